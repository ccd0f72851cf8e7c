"""What a line without markup looks like to a reader: texts in, columns about its form out.

Headlines, names, dates and pull-quotes are told apart from prose by how they are written: capitals at
the start of most words, a line that is a date or a byline all through, an address, words that
stand again inside another piece.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from cleaner.label.features.characters import Columns
from cleaner.label.features.textform import writing_columns
from cleaner.label.lines import read_byline, read_dateline

LONGEST_READ: Final = 90
"""Characters of a piece up to which it is read as a date line or byline: longer ones are rare and dear."""
MOST_LINES: Final = 60
"""Lines at either end of a text that are read so."""
PROBED: Final = range(25, 400)
"""Characters of a piece that is looked for inside others: a pull-quote, a standfirst, a headline again."""
QUOTES: Final = "\"'“”„«»‘’「」『』*_ "

_ADDRESS: Final = re.compile(r"https?://|www\.|@\w|\w@\w")
_DIGIT: Final = re.compile(r"\d")


def shape_columns(texts: Sequence[str]) -> Columns:
    """Columns `capitals`, `line_kind`, `inside`, `address`, `times`, `quoted` and `code`, one row a text."""
    n = len(texts)
    table = np.zeros((2, n), np.float32)
    for i, text in enumerate(texts):
        if len(text) <= LONGEST_READ and (i < MOST_LINES or i >= n - MOST_LINES):
            table[0, i] = _line_kind(text)
        # Looking for what every address holds costs a tenth of the pattern, and few texts have it.
        if "@" in text or "http" in text or "www" in text:
            table[1, i] = _ADDRESS.search(text) is not None
    columns = writing_columns(list(texts), QUOTES, PROBED.start, PROBED.stop - 1, LONGEST_READ)
    return columns | dict(zip(("line_kind", "address"), table, strict=True))


@lru_cache(maxsize=1 << 13)  # the lines of menus and bars are the same in all texts of a site
def _line_kind(text: str) -> float:
    """2 for a date line, 1 for a byline, else 0."""
    if _DIGIT.search(text) and read_dateline(text) is not None:
        return 2.0
    return 1.0 if read_byline(text) is not None else 0.0
