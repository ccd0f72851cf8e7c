"""Rule hits as numbers: the hits of a page's or a text's blocks in, two columns out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from cleaner.label.features.characters import Columns
from cleaner.label.rules import Hit
from cleaner.model import REMOVAL_LABELS

_NUMBERS: Final = {label: number for number, label in enumerate(REMOVAL_LABELS, 1)}


def hit_columns(hits: Sequence[Hit | None]) -> Columns:
    """How sure each block's hit is (0 none, -1 a hint, -2 sure), and the number of its label (0 none)."""
    strength, label = np.zeros((2, len(hits)), np.float32)
    for i, hit in enumerate(hits):
        if hit is not None:
            strength[i] = -2 if hit.sure else -1
            label[i] = _NUMBERS[hit.label]
    return {"hit": strength, "hit_label": label}
