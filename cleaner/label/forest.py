"""A forest of oblivious decision trees: columns of features in, chances out.

An oblivious tree asks the same question of every block at each depth, so a whole page goes
through a tree in a few loops over a column: compare, pack the answers into a leaf number, look
the leaf up. Trained by CatBoost (Prokhorenkova et al. 2018), which is not needed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.label.scoring import add_scores

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Forest:
    """`names[f]` is the column that feature number f reads; a tree is one row of each array."""

    names: tuple[str, ...]
    features: npt.NDArray[np.int32]  # (trees, depth)
    thresholds: Floats  # (trees, depth)
    leaves: Floats  # (trees, 2 ** depth)
    bias: float

    def log_odds(self, columns: Mapping[str, Floats]) -> Floats:
        """Log-odds of body for each block, from the named columns."""
        asked = [columns[name] for name in self.names]
        scores = np.empty(len(asked[0]), np.float32)
        scores.fill(self.bias)
        add_scores(asked, self.features, self.thresholds, self.leaves, scores)
        return scores

    def probabilities(self, columns: Mapping[str, Floats]) -> Floats:
        """Probability of body for each block, from the named columns."""
        return probabilities(self.log_odds(columns))


def log_odds(chances: npt.ArrayLike, edge: float) -> Floats:
    """The log-odds of chances, which are kept that far from 0 and 1 so that these are finite."""
    clipped = np.clip(np.asarray(chances, np.float32), edge, 1 - edge)
    odds: Floats = np.log(clipped / (1 - clipped))
    return odds


def probabilities(log_odds: Floats) -> Floats:
    """The probabilities that log-odds stand for."""
    return (1 / (1 + np.exp(-log_odds))).astype(np.float32)
