"""What the words of a scraped text's blocks promise: texts and learned log-odds in, columns out.

Prompts say the same few things everywhere, however long they are, so each word (each pair of
characters in scripts without spaces), each pair of words and each opening carries the log-odds
that a block holding it is body. And a block that shares its rarer words with the prose around it
belongs there, in any language, while a teaser of another story does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns
from cleaner.label.features.spelling import short_words

Floats = npt.NDArray[np.float32]

MOST_WORDS: Final = 60
"""Words of a block that are looked at: a prompt has told itself by then."""
MOST_CHARS: Final = 600
"""Characters that these words are looked for in."""
SHORTEST_CONTENT: Final = 4
"""Letters of the shortest word that says what a text is about; character pairs count whatever they are."""
PROSE_LEAST: Final = 60.0
"""Prose mass from which on a block's words tell what the article is about."""
LONGEST_REMEMBERED: Final = 160
"""Characters of the longest block that is remembered: paragraphs do not come twice."""
REMEMBERED: Final = 1 << 13
"""Blocks that are remembered, of some 2 kB each at the most."""
COLUMNS: Final = (
    "odds_mean", "odds_low", "odds_low3", "odds_high", "odds_known", "pairs_low", "pairs_sum", "opening",
)  # fmt: skip


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


class Told(NamedTuple):
    """What a block's words tell: the values of `COLUMNS`, and its rarer words."""

    row: tuple[float, ...]
    content: frozenset[str]


class Vocabulary:
    """What the words of blocks tell by their odds, remembered for short blocks.

    Menus and prompts are the same in every text of a site; the memory is bounded and changes no answer.
    """

    def __init__(self, odds: WordOdds) -> None:
        self.odds = odds
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._told)

    def told(self, text: str) -> Told:
        """The odds of a block's words, pairs and opening, and its rarer words."""
        return self._remembered(text) if len(text) <= LONGEST_REMEMBERED else self._told(text)

    def _told(self, text: str) -> Told:
        words = block_words(text)
        content = frozenset([word for word in words if len(word) >= SHORTEST_CONTENT or not word.isascii()])
        return Told(_odds_row(words, self.odds), content)


def vocabulary_columns(texts: Sequence[str], prose: Floats, vocabulary: Vocabulary) -> Columns:
    """Odds of the words of each block, of its pairs of words and of its opening; words shared with prose."""
    told = [vocabulary.told(text) for text in texts]
    table = np.array([row for row, _ in told], np.float32).T.copy()
    columns: Columns = dict(zip(COLUMNS, table, strict=True))
    columns |= _shared_columns([content for _, content in told], prose)
    return columns


def _odds_row(words: Sequence[str], odds: WordOdds) -> tuple[float, ...]:
    known = _found(odds.words, words)
    found = _found(odds.pairs, word_pairs(words))
    opening = _found(odds.openings, openings(words))
    return (
        sum(known) / len(known) if known else 0.0,
        known[0] if known else 0.0,
        sum(known[:3]) / 3,
        known[-1] if known else 0.0,
        len(known) / len(words) if words else 0.0,
        found[0] if found else 0.0,
        sum(found[:3]),
        min(opening, key=lambda value: -abs(value), default=0.0),
    )


def _found(table: Mapping[str, float], keys: Sequence[str]) -> list[float]:
    """The values of those keys that the table has, lowest first."""
    return sorted([table[key] for key in keys if key in table])


def _shared_columns(content: Sequence[frozenset[str]], prose: Floats) -> Columns:
    """Share of each block's rarer words that other blocks of prose use, and how often."""
    telling = (prose >= PROSE_LEAST).tolist()
    uses: Counter[str] = Counter()
    for words, tells in zip(content, telling, strict=True):
        if tells:
            uses.update(words)
    shared = np.zeros(len(content), np.float32)
    often = np.zeros(len(content), np.float32)
    for i, words in enumerate(content):
        own = 1 if telling[i] else 0
        others = [uses[word] - own for word in words if word in uses]
        if others:
            shared[i] = sum([n > 0 for n in others]) / len(words)
            often[i] = sum([n > 1 for n in others]) / len(words)
    return {"shared": shared, "shared_often": often}
