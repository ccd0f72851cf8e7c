"""How many words of a page stand in whole sentences: what is kept of it in, a number out.

A body is told from the line or two that are left of an index by its sentences, and these by the stops at
their paragraphs' ends. Thai, Lao and Tibetan write none, and some sites set a mark behind it: a note's
number, an agency's name, a picture.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import SENTENCE_END, Columns
from cleaner.label.notices import LONGEST
from cleaner.segment.html import Page
from cleaner.segment.stops import last_stop

Flags = npt.NDArray[np.bool_]

PARAGRAPH: Final = 15
"""Words from which on a block without a stop at its end may be a paragraph. If all such were, of 933 pages
without their article 20 more would be taken for one; with the two conditions below, 4."""
BEHIND: Final = 12
"""Most characters behind the last stop of a sentence: a note's number, an agency's name."""
UNSTOPPED: Final = re.compile("[\u0e01-\u0fff]")
"""Letters of Thai, Lao and Tibetan, which are written without stops."""


def words_in_sentences(page: Page, columns: Columns, kept: Flags) -> float:
    """The words of the kept blocks that are whole sentences; `LONGEST` or more if there are so many."""
    words = columns["words"]
    ended = kept & (columns["end_mark"] >= SENTENCE_END)
    whole = float(words[ended].sum())
    if whole >= LONGEST:
        return whole  # nothing hangs on how many more there are
    others = (kept & ~ended & (words >= PARAGRAPH)).nonzero()[0].tolist()
    return whole + sum(float(words[i]) for i in others if _is_whole(page.fields.texts[i]))


def _is_whole(text: str) -> bool:
    """Whether a long block that does not end in a stop is sentences nevertheless."""
    return last_stop(text, len(text)) >= len(text) - BEHIND or UNSTOPPED.search(text) is not None
