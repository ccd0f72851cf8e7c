"""What the words of a scraped text's blocks promise: texts and learned log-odds in, columns out.

Prompts say the same few things everywhere, however long they are, so each word (each pair of
characters in scripts without spaces), each pair of words and each opening carries the log-odds
that a block holding it is body. And a block that shares its rarer words with the prose around it
belongs there, in any language, while a teaser of another story does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns
from cleaner.label.features.words import short_words

Floats = npt.NDArray[np.float32]

MOST_WORDS: Final = 60
"""Words of a block that are looked at: a prompt has told itself by then."""
MOST_CHARS: Final = 600
"""Characters that these words are looked for in."""
SHORTEST_CONTENT: Final = 4
"""Letters of the shortest word that says what a text is about; character pairs count whatever they are."""
PROSE_LEAST: Final = 60.0
"""Prose mass from which on a block's words tell what the article is about."""


class WordOdds(NamedTuple):
    """Learned log-odds of body for single words, pairs of words in a row, and a block's first words."""

    words: Mapping[str, float]
    pairs: Mapping[str, float]
    openings: Mapping[str, float]


def block_words(text: str) -> list[str]:
    """The words of a block that its odds are read from, in order."""
    return short_words(text[:MOST_CHARS])[:MOST_WORDS]


def word_pairs(words: Sequence[str]) -> list[str]:
    """Each word with the one after it."""
    return [f"{left} {right}" for left, right in pairwise(words)]


def openings(words: Sequence[str]) -> list[str]:
    """How a block begins: its first word, its first two, and whether the first word is all there is."""
    if not words:
        return []
    return [words[0], " ".join(words[:2]), *([f"{words[0]} ."] if len(words) == 1 else [])]


def vocabulary_columns(texts: Sequence[str], prose: Floats, odds: WordOdds) -> Columns:
    """Odds of the words of each block, of its pairs of words and of its opening; words shared with prose."""
    listed = [block_words(text) for text in texts]
    table = np.array([_odds_row(words, odds) for words in listed], np.float32)
    names = (
        "odds_mean",
        "odds_low",
        "odds_low3",
        "odds_high",
        "odds_known",
        "pairs_low",
        "pairs_sum",
        "opening",
    )
    columns: Columns = dict(zip(names, table.T, strict=True))
    columns |= _shared_columns(listed, prose)
    return columns


def _odds_row(words: Sequence[str], odds: WordOdds) -> tuple[float, ...]:
    known = _found(odds.words, words)
    found = _found(odds.pairs, word_pairs(words))
    opening = _found(odds.openings, openings(words))
    low3 = sum(known[:3]) / 3
    return (
        sum(known) / len(known) if known else 0.0,
        known[0] if known else 0.0,
        low3,
        known[-1] if known else 0.0,
        len(known) / len(words) if words else 0.0,
        found[0] if found else 0.0,
        sum(found[:3]),
        min(opening, key=lambda value: -abs(value), default=0.0),
    )


def _found(table: Mapping[str, float], keys: Sequence[str]) -> list[float]:
    """The values of those keys that the table has, lowest first."""
    return sorted(value for value in map(table.get, keys) if value is not None)


def _shared_columns(listed: Sequence[Sequence[str]], prose: Floats) -> Columns:
    """Share of each block's rarer words that other blocks of prose use, and how often."""
    content = [
        {word for word in words if len(word) >= SHORTEST_CONTENT or not word.isascii()} for words in listed
    ]
    telling = (prose >= PROSE_LEAST).tolist()
    uses: Counter[str] = Counter()
    for words, tells in zip(content, telling, strict=True):
        if tells:
            uses.update(words)
    shared = np.zeros(len(listed), np.float32)
    often = np.zeros(len(listed), np.float32)
    for i, words in enumerate(content):
        own = 1 if telling[i] else 0
        others = [uses[word] - own for word in words]
        if others:
            shared[i] = sum(n > 0 for n in others) / len(others)
            often[i] = sum(n > 1 for n in others) / len(others)
    return {"shared": shared, "shared_often": often}
