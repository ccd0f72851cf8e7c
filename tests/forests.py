"""Forests made by hand, for tests of what asks them."""

from __future__ import annotations

import numpy as np

from cleaner.label.forest import Forest


def of_columns(name: str, low: float, high: float, edge: float = 0.0) -> Forest:
    """A forest that says `low` of blocks where a column is at most at an edge and `high` of the others."""
    features, thresholds = np.zeros((1, 6), np.int32), np.full((1, 6), np.inf, np.float32)
    leaves = np.full((1, 64), high, np.float32)
    thresholds[0, 0] = edge
    leaves[0, 0] = low  # where no question has a yes; the others have none
    return Forest((name,), features, thresholds, leaves, 0.0)
