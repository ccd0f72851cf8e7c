"""What the characters of each block are: texts in, one column of counts per character class out.

Every character is looked up in one table of classes, in compiled code. Length is counted in
`words`: runs of letters in scripts that put spaces between words, and two characters a word in
those that do not (Chinese, Japanese, Thai …), so that no script is judged by another's spaces.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.spelling import CLASSES, ROWS, character_rows
from cleaner.segment.signs import STOPS

Columns = dict[str, npt.NDArray[np.float32]]

(
    _SPACE, _LOWER, _UPPER, _UNCASED, _DENSE, _DIGIT, _STOP, _COMMA, _COLON, _QUOTE, _BRACKET, _BAR, _DASH,
    _SYMBOL,
) = range(len(CLASSES))  # fmt: skip
_STOPS: Final = f"{STOPS}．"
_MARKS: Final = {
    _STOPS: _STOP,
    ",;、，；،؛": _COMMA,
    ":：": _COLON,
    "\"“”„«»‘’'「」『』‹›＂": _QUOTE,
    "()[]{}（）【】［］": _BRACKET,
    "|•·›»▸▶►→/\\＞>": _BAR,
    "-–—‐‑―": _DASH,
}
_TABLE_SIZE: Final = 0x20000
_DENSE_RANGES: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
)
_SIGNS: Final = (_STOPS, f"{_STOPS}\"”“»」』’'", "\"”“»」』’')）]")
"""Signs that end a sentence, that end a text, and that may stand behind the end of a sentence."""
SENTENCE_END: Final = 3.0
"""Value of `end_mark` for a block that ends as a sentence does."""
COLON: Final = 2.0
"""The same for one that ends in a colon."""


@cache
def _class_table() -> npt.NDArray[np.uint8]:
    """Class of each code point below `_TABLE_SIZE`; those above count as dense (rare Han)."""
    table = np.full(_TABLE_SIZE, _SYMBOL, dtype=np.uint8)
    categories = {
        "Lu": _UPPER, "Lt": _UPPER, "Ll": _LOWER, "Lo": _UNCASED, "Lm": _UNCASED, "Mn": _UNCASED,
        "Mc": _UNCASED, "Nd": _DIGIT, "Zs": _SPACE, "Cc": _SPACE, "Zl": _SPACE, "Zp": _SPACE,
    }  # fmt: skip
    for code in range(0x3000):
        table[code] = categories.get(unicodedata.category(chr(code)), _SYMBOL)
    table[0xAC00:0xD7A4] = _UNCASED  # Hangul has spaces
    for low, high in _DENSE_RANGES:
        table[low : high + 1] = _DENSE
    for marks, kind in _MARKS.items():
        for mark in marks:
            table[ord(mark)] = kind
    table[0x3000] = _SPACE
    table.setflags(write=False)
    return table


@cache
def _sign_table() -> npt.NDArray[np.uint8]:
    """What each code point does at the end of a text: one bit for each of `_SIGNS`."""
    table = np.zeros(0x10000, dtype=np.uint8)
    for bit, signs in enumerate(_SIGNS):
        table[[ord(sign) for sign in signs]] |= 1 << bit
    table.setflags(write=False)
    return table


def count_characters(texts: Sequence[str]) -> Columns:
    """Columns of the blocks' character counts, shares, and word counts; one row a text."""
    return dict(zip(ROWS, character_rows(list(texts), _class_table(), _sign_table()), strict=True))
