"""What surrounds each block in reading order: columns in, columns of neighbours and runs out.

A prompt between two paragraphs reads like prose alone and stands out beside its neighbours; a
teaser list after the article is known by its heading. Everything here is shifts, running sums
and ranks over the page, in either kind of input.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns

Floats = npt.NDArray[np.float32]

_WINDOWS: Final = (3, 8)
_LARGEST: Final = 400_000
"""Characters of a page beyond which no piece is looked for: the search grows with the square."""
_PROBED: Final = 150
_PROBE: Final = 40
"""Characters of a block to be probed for, and of the probe: shorter ones recur by chance."""
PROSE_LEAST: Final = 25.0
"""Characters a block must have beyond its links before any of it counts as prose."""


def prose_mass(columns: Columns, links: Floats) -> Floats:
    """Characters of running text in each block: sentences count whole, fragments a quarter.

    Dense scripts say in one character what others say in about three.
    """
    chars = columns["chars"] * (1 + 2 * columns["dense_share"])
    free = np.maximum(chars * (1 - links / columns["chars"]) - PROSE_LEAST, 0)
    sentence = (columns["end_mark"] >= 2) | (columns["stops"] + columns["commas"] >= 2)
    return (free * np.where(sentence, 1.0, 0.25)).astype(np.float32)


def place_columns(prose: Floats, chars: Floats) -> Columns:
    """Where in the page, by blocks, by text and by prose; and how dense the prose is around."""
    n = len(prose)
    total, total_chars = max(float(prose.sum()), 1.0), max(float(chars.sum()), 1.0)
    running = np.cumsum(prose)
    columns: Columns = {
        "place": (np.arange(n) / max(n - 1, 1)).astype(np.float32),
        "index": np.log1p(np.arange(n)).astype(np.float32),
        "index_back": np.log1p(np.arange(n)[::-1]).astype(np.float32),
        "chars_before": ((np.cumsum(chars) - chars) / total_chars).astype(np.float32),
        "prose_before": ((running - prose) / total).astype(np.float32),
        "prose_after": ((running[-1] - running) / total).astype(np.float32),
        "prose_own": (prose / total).astype(np.float32),
        "rank": (_ranks(chars) / n).astype(np.float32),
    }
    padded = np.concatenate(([0.0], running))
    for width in _WINDOWS:
        low = np.maximum(np.arange(n) - width, 0)
        high = np.minimum(np.arange(n) + width + 1, n)
        columns[f"prose_back{width}"] = ((padded[:-1] - padded[low]) / total).astype(np.float32)
        columns[f"prose_on{width}"] = ((padded[high] - padded[1:]) / total).astype(np.float32)
    return columns


def page_columns(columns: Columns, prose: Floats, links: Floats) -> Columns:
    """What the whole page is like; the same value for each of its blocks."""
    n = len(prose)
    chars = columns["chars"]
    values = {
        "page_blocks": np.log1p(n),
        "page_prose": np.log1p(float(prose.sum())),
        "page_prose_share": float(prose.sum()) / max(float(chars.sum()), 1.0),
        "page_links": float(links.sum()) / max(float(chars.sum()), 1.0),
        "page_sentences": float((columns["end_mark"] == 3).mean()),
        "page_longest": np.log1p(float(chars.max())),
        "page_dense": float((columns["dense_share"] * chars).sum() / max(float(chars.sum()), 1.0)),
    }
    return {name: np.full(n, value, np.float32) for name, value in values.items()}


def section_columns(
    heading: npt.NDArray[np.bool_], prose: Floats, chars: Floats, links: Floats, cue: Floats
) -> Columns:
    """The run from one heading to the next: how far in, how much prose, and what the heading hints."""
    n = len(prose)
    section = np.cumsum(heading)
    starts = np.concatenate(([0], np.flatnonzero(heading)))
    at = starts[section]
    size = np.bincount(section, minlength=section[-1] + 1)
    masses = np.bincount(section, weights=prose)
    linked = np.bincount(section, weights=links) / np.maximum(np.bincount(section, weights=chars), 1)
    following = masses[np.minimum(section + 1, section[-1])]
    total = max(float(prose.sum()), 1.0)
    return {
        "since_heading": np.log1p(np.arange(n) - at).astype(np.float32),
        "section_blocks": np.log1p(size[section]).astype(np.float32),
        "section_prose": (masses[section] / total).astype(np.float32),
        "section_links": linked[section].astype(np.float32),
        "section_cue": cue[at],
        "next_section_prose": (following / total).astype(np.float32),
    }


def repeat_columns(texts: Sequence[str]) -> Columns:
    """How often the same words stand elsewhere on the page, and whether they stood before."""
    counts: dict[str, int] = {}
    earlier = np.zeros(len(texts), np.float32)
    for i, text in enumerate(texts):
        earlier[i] = counts.get(text, 0)
        counts[text] = int(earlier[i]) + 1
    return {
        "copies": np.array([counts[text] for text in texts], np.float32),
        "copies_before": earlier,
        "echoes": _echoes(texts),
    }


def _echoes(texts: Sequence[str]) -> Floats:
    """How often a piece out of the middle of each long block stands on the page.

    Pages hold the whole article a second time, as one run for machines or in another layout.
    """
    echoes = np.zeros(len(texts), np.float32)
    joined = "\n".join(texts)
    if len(joined) > _LARGEST:
        return echoes
    for i, text in enumerate(texts):
        if len(text) >= _PROBED:
            middle = len(text) // 2
            echoes[i] = joined.count(text[middle - _PROBE // 2 : middle + _PROBE // 2])
    return echoes


def neighbour_columns(columns: Columns, names: Sequence[str], steps: Sequence[int]) -> Columns:
    """The named columns of the blocks that many steps away; beyond the page's ends -1."""
    table = np.stack([columns[name] for name in names])
    shifted: Columns = {}
    for step in steps:
        moved = np.full_like(table, -1.0)
        if step < 0:
            moved[:, -step:] = table[:, :step]
        else:
            moved[:, :-step] = table[:, step:]
        if abs(step) >= table.shape[1]:
            moved[:] = -1.0
        shifted.update({f"{name}{step:+d}": row for name, row in zip(names, moved, strict=True)})
    return shifted


def _ranks(values: Floats) -> Floats:
    order = np.argsort(-values, kind="stable")
    ranks = np.empty(len(values), np.float32)
    ranks[order] = np.arange(len(values), dtype=np.float32)
    return ranks
