"""The standfirst of a page that stays: columns and what is kept in, the numbers of its blocks out.

A standfirst is half article, half announcement, and the golds that labellers learn from are divided over
it; so whether it stays would change from one training to the next. What stands at the headline, has the
words of the page's description and ends like a sentence stays where the labeller does not speak against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns
from cleaner.label.naming import TITLE_LIKE, headline_window
from cleaner.label.rules import Hit

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

NOT_DENIED: Final = 0.3
"""Chance of being body from which a standfirst stays. On unseen sites this takes in 26 blocks of 1,550 pages:
exact pages of np4k rise by .004, those of wcxb fall by .002; .1 does twice of both."""

LEAST_WORDS: Final = 4
"""Words of the shortest standfirst: fewer are a section's name. A full stop is not asked for, as many sites
set none: 8 blocks more of 1,550 pages; lost words of np4k fall by .2 in 1,000, and junk rises by .2."""


def standfirsts(hits: Sequence[Hit | None], columns: Columns, chances: Floats, kept: Flags) -> list[int]:
    """The numbers of the blocks at the headline that are the page's standfirst and not kept yet."""
    about = (columns["description_like"] >= TITLE_LIKE).nonzero()[0].tolist()
    if not about or not kept.any():
        return []
    likes = columns["title_like"]
    low, high = headline_window(likes, int(kept.argmax()))
    return [
        i
        for i in about
        if low <= i <= high
        and not kept[i]
        and hits[i] is None
        and likes[i] < TITLE_LIKE
        and columns["words"][i] >= LEAST_WORDS
        and chances[i] >= NOT_DENIED
    ]
