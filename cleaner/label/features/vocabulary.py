"""What the words of a scraped text's blocks promise: texts and learned log-odds in, columns out.

Prompts say the same few things everywhere, however long they are, so each word (each pair of
characters in scripts without spaces), each pair of words and each opening carries the log-odds
that a block holding it is body. And a block that shares its rarer words with the prose around it
belongs there, in any language, while a teaser of another story does not. The looking up is
compiled (`blockwords`); what the words of a block are is said here, for the training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.features.blockwords import CHARS_READ, WORDS_READ, Vocabulary, word_columns
from cleaner.label.features.characters import Columns
from cleaner.label.features.spelling import short_words

Floats = npt.NDArray[np.float32]

PROSE_LEAST: Final = 60.0
"""Prose mass from which on a block's words tell what the article is about."""


class WordOdds(NamedTuple):
    """Learned log-odds of body for single words, pairs of words in a row, and a block's first words.

    `appeals` are for single words as well, but against appeals for money alone, in which a medium speaks
    about itself: their words are those of news, and are lost among those of menus and buttons.
    """

    words: Mapping[str, float]
    pairs: Mapping[str, float]
    openings: Mapping[str, float]
    appeals: Mapping[str, float]


def block_words(text: str) -> list[str]:
    """The words of a block that its odds are read from, in order."""
    return short_words(text[:CHARS_READ])[:WORDS_READ]


def word_pairs(words: Sequence[str]) -> list[str]:
    """Each word with the one after it."""
    return [f"{left} {right}" for left, right in pairwise(words)]


def openings(words: Sequence[str]) -> list[str]:
    """How a block begins: its first word, its first two, and whether the first word is all there is."""
    if not words:
        return []
    return [words[0], f"{words[0]} {words[1] if len(words) > 1 else '.'}"]


def vocabulary_columns(
    texts: Sequence[str], prose: Floats, vocabulary: Vocabulary, mates: int = 0
) -> Columns:
    """Odds of the words of each block, of its pairs of words and of its opening; words shared with prose.

    The first `mates` texts are only there to share words with; their columns are nought.
    """
    return word_columns(list(texts), prose, vocabulary, PROSE_LEAST, mates)
