"""Whether a scraped text opens with its headline: the pieces of a text in, yes or no out.

Most scrapers set the headline above the article and say nothing of it. Such a text is clean otherwise, and of
a clean text the labeller touches nothing: gold bodies begin with lines without a full stop as well, with
standfirsts for the most part. So the one line is asked about by itself, by a small forest that has seen
bodies with their headlines and without.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import SENTENCE_END, Columns
from cleaner.label.forest import Forest
from cleaner.label.pieces import Pieces

Flags = npt.NDArray[np.bool_]

TOLD: Final = (
    "words", "chars", "upper_share", "capitals", "word_length", "digit_share", "colon_share", "end_mark",
    "shared", "shared_often", "odds_mean", "odds_low3", "appeal_mean", "appeal_low3", "opening",
    "words+1", "end_mark+1", "upper_share+1", "shared+1", "prose_own+1", "odds_mean+1", "words+2",
    "end_mark+2",
)  # fmt: skip
"""Columns of the text labeller that tell a headline: its form, the words it shares with the article, and what
stands below it."""
LEAST_ODDS: Final = 1.75
"""Log-odds from which on the line is a headline. Of unseen gold bodies 3 in 100 lose their first line,
headings of web pages for the most part, and six in ten headlines set above a body are found."""
LONGEST_TITLE: Final = 220
"""Characters of the longest headline; the longest of a thousand real ones has 180."""
FEWEST_WORDS: Final = 3
"""Words of the shortest headline: one or two are a section's or a site's name."""
LEAST_BELOW: Final = 40.0
"""Words in whole sentences that a line must have below it to be the headline of an article."""
NO_END: Final = ".。:：,;،۔।"
"""Signs that no headline ends with."""


def opens_with_headline(cut: Pieces, columns: Columns, kept: Flags, forest: Forest) -> bool:
    """Whether the first piece, which was kept as body, is the headline."""
    below = kept & (columns["end_mark"] >= SENTENCE_END)
    below[0] = False
    if not kept[0] or float(columns["words"][below].sum()) < LEAST_BELOW:
        return False
    told = opening_columns(cut, columns)
    return told is not None and float(-forest.log_odds(told)[0]) >= LEAST_ODDS


def opening_columns(cut: Pieces, columns: Columns) -> Columns | None:
    """What tells a headline of the first piece; None where it can be none, or is not a whole line."""
    hit, is_line = cut.hits[0], cut.lines[1:2] != cut.lines[:1]
    if not is_line or (hit is not None and hit.sure):
        return None
    if not may_be_headline(cut.pieces[0].text, float(columns["words"][0])):
        return None
    return {name: columns[name][:1] for name in TOLD}


def may_be_headline(text: str, words: float) -> bool:
    """Whether a text of so many words has the form of a headline."""
    return words >= FEWEST_WORDS and len(text) <= LONGEST_TITLE and text[-1] not in NO_END
