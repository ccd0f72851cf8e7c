"""The trained weights of a labeller: reading and writing the one file they are kept in.

A file is a compressed NumPy archive without pickles: the labeller's forests, the log-odds of words
that they are asked with, and a version. It is read once a process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cleaner.label.forest import Forest

FORMAT: Final = 1
"""Raised whenever the meaning of a stored number changes; other formats are refused."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What training found: forests by pass, and word tables by name."""

    forests: Mapping[str, Forest]
    tables: Mapping[str, Mapping[str, float]]


def save_weights(weights: Weights, path: Path) -> None:
    """Write the weights; the same weights give the same bytes."""
    arrays: dict[str, npt.NDArray[Any]] = {"format": np.array(FORMAT)}
    for name, forest in weights.forests.items():
        arrays[f"forest/{name}/names"] = np.array("\n".join(forest.names))
        arrays[f"forest/{name}/features"] = forest.features.astype(np.int16)
        arrays[f"forest/{name}/thresholds"] = forest.thresholds
        arrays[f"forest/{name}/leaves"] = forest.leaves.astype(np.float16)
        arrays[f"forest/{name}/bias"] = np.array(forest.bias)
    for name, table in weights.tables.items():
        words = sorted(table)
        arrays[f"table/{name}/words"] = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
        arrays[f"table/{name}/values"] = np.array([table[word] for word in words], dtype=np.float16)
    with path.open("wb") as out:
        np.savez_compressed(out, allow_pickle=False, **arrays)


def read_weights(path: Path) -> Weights:
    """Read a file that `save_weights` wrote; ValueError when it is of another format."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    if int(arrays["format"]) != FORMAT:
        raise ValueError(
            f"{path}: weights of format {int(arrays['format'])}, but this version reads {FORMAT}"
        )
    forests = {name: _forest(arrays, f"forest/{name}") for name in _names(arrays, "forest")}
    tables = {name: _table(arrays, f"table/{name}") for name in _names(arrays, "table")}
    return Weights(forests, tables)


@cache
def packaged_weights(name: str) -> Weights:
    """The weights that come with the package, by the name of their labeller ("html" or "text")."""
    with as_file(files("cleaner.label").joinpath("weights", f"{name}.npz")) as path:
        return read_weights(path)


def _names(arrays: Mapping[str, Any], kind: str) -> list[str]:
    return sorted({key.split("/")[1] for key in arrays if key.startswith(f"{kind}/")})


def _forest(arrays: Mapping[str, npt.NDArray[Any]], key: str) -> Forest:
    return Forest(
        tuple(str(arrays[f"{key}/names"]).split("\n")),
        arrays[f"{key}/features"].astype(np.int32),
        arrays[f"{key}/thresholds"].astype(np.float32),
        arrays[f"{key}/leaves"].astype(np.float32),
        float(arrays[f"{key}/bias"]),
    )


def _table(arrays: Mapping[str, npt.NDArray[Any]], key: str) -> dict[str, float]:
    words = arrays[f"{key}/words"].tobytes().decode()
    return dict(zip(words.split("\n") if words else [], arrays[f"{key}/values"].tolist(), strict=True))
