"""What the words of short blocks promise: texts and learned log-odds in, columns out.

Prompts, captions and bars say the same few things everywhere, and none of them is long. Each word
(each pair of characters in scripts without spaces) carries the log-odds that a short block holding
it is body, learned across sites; long blocks are left to other signs, which costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from cleaner.label.features.characters import Columns

LONGEST: Final = 320
"""Characters of a block beyond which its words are not looked up."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_PLENTY_OF_CHARS_A_WORD: Final = 12


def short_words(text: str) -> list[str]:
    """Lower-case words of a short text; pairs of characters where spaces do not part words."""
    words = _WORD.findall(text.lower())
    if words and sum(map(len, words)) > _PLENTY_OF_CHARS_A_WORD * len(words):
        run = "".join(words)
        return [run[i : i + 2] for i in range(len(run) - 1)]
    return words


def word_columns(texts: Sequence[str], odds: Mapping[str, float]) -> Columns:
    """Mean, lowest and highest log-odds of each short block's words, and the share known."""
    table = np.zeros((4, len(texts)), np.float32)
    for i, text in enumerate(texts):
        if len(text) > LONGEST:
            continue
        words = short_words(text)
        known = [odds[word] for word in words if word in odds]
        if known:
            table[:, i] = sum(known) / len(words), min(known), max(known), len(known) / len(words)
    return dict(zip(("word_mean", "word_low", "word_high", "word_known"), table, strict=True))
