"""What the third pass looks at: the words of what may be body, block beside block, in; named columns out.

The first two passes go by markup for the most part, and an editor who pastes an appeal between two
paragraphs leaves no mark there. So the blocks that may be body are read once more as a reader does
who sees no markup: what the words of each promise, what those around it do, whether it is made
like the others. Only some two dozen blocks of a page are read so, which costs little.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns
from cleaner.label.features.context import constant_columns, neighbour_columns
from cleaner.label.features.textform import window_columns

Floats = npt.NDArray[np.float32]

TAKEN: Final = (
    "words", "chars", "first_char", "end_mark", "hit", "hit_label", "link_share", "tag", "own_low",
    "chain_low", "title_like", "description_like", "since_title", "stated",
)  # fmt: skip
"""Columns of the first pass that the words are weighed against."""
_NEAR: Final = (
    "words", "end_mark", "hit", "odds_mean", "odds_low3", "pairs_sum", "opening", "appeal_mean", "shared",
    "log_odds", "make_share", "link_share",
)  # fmt: skip
_FAR: Final = ("words", "end_mark", "hit", "odds_mean", "appeal_mean", "shared")


def wording_columns(
    columns: Columns, words: Columns, log_odds: Floats, makes: npt.NDArray[np.int32]
) -> Columns:
    """Columns of the blocks that may be body, all given for these alone; there is at least one.

    `columns` are those of the first pass named in `TAKEN`, `words` those of their words, and `log_odds` what
    two passes made of them; `makes` numbers what each block's element is called.
    """
    read = columns | words | {"log_odds": log_odds}
    read |= _make_columns(makes, read["words"])
    read |= window_columns(read)
    read |= neighbour_columns(read, _NEAR, (-1, 1))
    read |= neighbour_columns(read, _FAR, (-2, 2, -3, 3))
    whole = {"all_blocks": math.log1p(len(log_odds)), "all_chars": math.log1p(float(read["chars"].sum()))}
    return read | constant_columns(whole, len(log_odds))


def _make_columns(makes: npt.NDArray[np.int32], words: Floats) -> Columns:
    """How many of the blocks, and how many of their words, are in elements named alike."""
    shares = np.bincount(makes) / len(makes)
    weighed = np.bincount(makes, words) / max(float(words.sum()), 1.0)
    return {"make_share": shares[makes].astype(np.float32), "make_words": weighed[makes].astype(np.float32)}
