"""How each block relates to what the page says of itself: its title, description and article body.

Texts in, columns out. Compared are sets of words (of character pairs in scripts without spaces),
since pages shorten and decorate their own titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from cleaner.label.features.characters import Columns

_WORD: Final = re.compile(r"\w+")
_PLENTY_OF_CHARS_A_WORD: Final = 12
_ALIKE: Final = 2.5
"""Times one text may be longer than another to be compared: beyond it they cannot be alike."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text, or its pairs of characters where spaces do not part words."""
    words = _WORD.findall(text.lower())
    if words and sum(map(len, words)) > _PLENTY_OF_CHARS_A_WORD * len(words):
        run = "".join(words)
        return frozenset(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(words)


def likeness(words: frozenset[str], others: frozenset[str]) -> float:
    """Share of words in common, 0..1 (Dice)."""
    return 2 * len(words & others) / (len(words) + len(others)) if words and others else 0.0


def likeness_columns(
    texts: Sequence[str], titles: Sequence[str], description: str, article_body: str
) -> Columns:
    """Likeness to title and description, place relative to the headline, presence in a stated body."""
    n = len(texts)
    stated_sets = [(len(title), word_set(title), 0) for title in dict.fromkeys(titles) if title]
    if description:
        stated_sets.append((len(description), word_set(description), 1))
    likes = np.zeros((2, n), np.float32)
    stated = np.zeros(n, np.float32)
    for i, text in enumerate(texts):
        size, words = len(text), None
        for length, others, row in stated_sets:
            if length < _ALIKE * size and size < _ALIKE * length:
                words = word_set(text) if words is None else words
                likes[row, i] = max(likes[row, i], likeness(words, others))
    title_like, about_like = likes
    if article_body:
        flat = "".join(article_body.split())
        for i, text in enumerate(texts):
            stated[i] = 1.0 if "".join(text.split()) in flat else -1.0
    headline = int(title_like.argmax()) if n and title_like.max() > 0.6 else -1
    since = np.arange(n, dtype=np.float32) - headline if headline >= 0 else np.full(n, -999.0, np.float32)
    return {
        "title_like": title_like,
        "description_like": about_like,
        "stated": stated,
        "since_title": np.sign(since) * np.log1p(np.abs(since)),
        "has_title": np.full(n, float(headline >= 0), np.float32),
    }
