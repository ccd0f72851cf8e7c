"""What the words of short blocks promise: texts and learned log-odds in, columns out.

Prompts, captions and bars say the same few things everywhere, and none of them is long. Each word
(each pair of characters in scripts without spaces) carries the log-odds that a short block holding
it is body, learned across sites; long blocks are left to other signs, which costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from cleaner.label.features.characters import Columns

LONGEST: Final = 320
"""Characters of a block beyond which its words are not looked up."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_REMEMBERED: Final = 1 << 14
_PLENTY_OF_CHARS_A_WORD: Final = 12


def short_words(text: str) -> list[str]:
    """Lower-case words of a short text; pairs of characters where spaces do not part words."""
    words = _WORD.findall(text.lower())
    if words and sum(map(len, words)) > _PLENTY_OF_CHARS_A_WORD * len(words):
        run = "".join(words)
        return [run[i : i + 2] for i in range(len(run) - 1)]
    return words


class TextOdds:
    """Learned log-odds of body for the words of short blocks, which are remembered block by block.

    Menus, prompts and bars are the same on every page of a site; the memory is bounded and changes
    no answer.
    """

    def __init__(self, words: Mapping[str, float]) -> None:
        self.words = words
        self.row = lru_cache(maxsize=_REMEMBERED)(self._row)

    def _row(self, text: str) -> tuple[float, float, float, float]:
        """Mean, lowest and highest log-odds of a text's words, and the share of them that is known."""
        odds, words = self.words, short_words(text)
        known = [odds[word] for word in words if word in odds]
        if not known:
            return 0.0, 0.0, 0.0, 0.0
        return sum(known) / len(words), min(known), max(known), len(known) / len(words)


def word_columns(texts: Sequence[str], odds: TextOdds) -> Columns:
    """What the words of each short block promise; zeros for long blocks."""
    table = np.zeros((len(texts), 4), np.float32)
    short = [i for i, text in enumerate(texts) if len(text) <= LONGEST]
    if short:
        table[short] = [odds.row(texts[i]) for i in short]
    return dict(zip(("word_mean", "word_low", "word_high", "word_known"), table.T, strict=True))
