"""What the characters of each block are: texts in, one column of counts per character class out.

All blocks are looked up in one table at once, so the cost is that of a few array passes over
the page's text, not of Python code per character. Length is counted in `words`: runs of letters
in scripts that put spaces between words, and two characters a word in those that do not
(Chinese, Japanese, Thai …), so that no script is judged by another's spaces.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

Columns = dict[str, npt.NDArray[np.float32]]

CLASSES: Final = (
    "space", "lower", "upper", "uncased", "dense", "digit", "stop", "comma", "colon", "quote",
    "bracket", "bar", "dash", "symbol",
)  # fmt: skip
(
    _SPACE, _LOWER, _UPPER, _UNCASED, _DENSE, _DIGIT, _STOP, _COMMA, _COLON, _QUOTE, _BRACKET, _BAR, _DASH,
    _SYMBOL,
) = range(len(CLASSES))  # fmt: skip
_MARKS: Final = {
    ".!?…。！？؟।۔．｡": _STOP,
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
_ENDS: Final = frozenset(".!?…。！？؟।۔．｡\"”“»」』’'")
_HARD_ENDS: Final = frozenset(".!?…。！？؟।۔．｡")
_CLOSERS: Final = "\"”“»」』’')）]"
SENTENCE_END: Final = 3.0
"""Value of `end_mark` for a block that ends as a sentence does."""
DENSE_WORD: Final = 2.0
"""Characters a word in scripts without spaces: the mean of Chinese and Japanese segmenters."""


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


def count_characters(texts: Sequence[str]) -> Columns:
    """Columns of the blocks' character counts, shares, and word counts; one row a text."""
    joined = "\n".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    classes = np.where(codes < _TABLE_SIZE, _class_table()[np.minimum(codes, _TABLE_SIZE - 1)], _DENSE)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    owner = np.repeat(np.arange(len(texts)), lengths + 1)[: len(codes)]
    counts = np.bincount(owner * len(CLASSES) + classes, minlength=len(texts) * len(CLASSES))
    table = counts.reshape(len(texts), len(CLASSES)).astype(np.float32)
    table[:-1, _SPACE] -= 1  # the line feed between blocks
    letter = (classes >= _LOWER) & (classes <= _DIGIT) & (classes != _DENSE)
    starts = letter.copy()
    starts[1:] &= ~letter[:-1]
    spaced_words = np.bincount(owner[starts], minlength=len(texts))
    chars = np.maximum(lengths, 1).astype(np.float32)
    words = (spaced_words + table[:, _DENSE] / DENSE_WORD).astype(np.float32)
    shares: npt.NDArray[np.float32] = (table / chars[:, None]).astype(np.float32)
    columns: Columns = {"chars": chars, "words": words}
    for name in ("upper", "digit", "stop", "comma", "quote", "bar", "dash", "symbol", "colon", "bracket"):
        columns[f"{name}_share"] = shares[:, CLASSES.index(name)]
    columns["stops"] = table[:, _STOP]
    columns["commas"] = table[:, _COMMA]
    columns["word_length"] = ((chars - table[:, _SPACE]) / np.maximum(words, 1)).astype(np.float32)
    columns["dense_share"] = shares[:, _DENSE]
    columns.update(_edges(texts))
    return columns


def _edges(texts: Sequence[str]) -> Columns:
    """How each text begins and ends: marks there tell a sentence from a button."""
    return {
        "end_mark": np.array([_end_mark(text) for text in texts], dtype=np.float32),
        "first_char": np.array([_first_kind(text[0]) for text in texts], dtype=np.float32),
    }


def _end_mark(text: str) -> float:
    last = text[-1]
    if last in _CLOSERS:
        last = text[-2:-1] or last
    if last in _HARD_ENDS:
        return SENTENCE_END
    if last in ":：":
        return 2.0
    return 1.0 if text[-1] in _ENDS else 0.0


def _first_kind(head: str) -> float:
    if head.isupper():
        return 1.0
    if head.islower():
        return 2.0
    if head.isdigit():
        return 3.0
    return 4.0 if head in _ENDS else 0.0
