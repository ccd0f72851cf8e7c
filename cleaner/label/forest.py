"""A forest of oblivious decision trees, scored with numpy alone: a table of features in, scores out.

An oblivious tree asks the same question of every block at each depth, so a whole page goes
through a tree in a few array operations: compare, pack the answers into a leaf number, look the
leaf up. Trained by CatBoost (Prokhorenkova et al. 2018), which is not needed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_BATCH: Final = 1024
"""Blocks scored at once: bounds memory on huge pages to a few tens of MB."""


@dataclass(frozen=True, slots=True)
class Forest:
    """`names[f]` is the column that feature number f reads; a tree is one row of each array."""

    names: tuple[str, ...]
    features: npt.NDArray[np.int32]  # (trees, depth)
    thresholds: Floats  # (trees, depth)
    leaves: Floats  # (trees, 2 ** depth)
    bias: float

    def probabilities(self, columns: Mapping[str, Floats]) -> Floats:
        """Probability of body for each block, from the named columns."""
        table = np.stack([columns[name] for name in self.names])
        count = table.shape[1]
        parts = [self._score(table[:, at : at + _BATCH]) for at in range(0, count, _BATCH)]
        return (1 / (1 + np.exp(-np.concatenate(parts)))).astype(np.float32)

    def _score(self, table: Floats) -> Floats:
        trees, depth = self.features.shape
        answers = table[self.features.ravel()] > self.thresholds.reshape(-1, 1)
        bits = answers.view(np.uint8).reshape(trees, depth, -1)
        leaf = bits[:, 0].astype(np.intp)
        for question in range(1, depth):
            leaf += bits[:, question] * np.uint8(1 << question)
        leaf += (np.arange(trees, dtype=np.intp) << depth)[:, None]
        scores: Floats = self.leaves.ravel()[leaf].sum(axis=0) + np.float32(self.bias)
        return scores
