"""What words of class and id attributes tell: the package's table in, a mapping of tokens out.

Sites name their containers in a few hundred words, in some dozen languages. A word counts only as a
whole token: `ad` in `ad-slot` tells something, in `heading` or `download` nothing. A token is
evidence for features, never a reason to drop a block by itself, for sites also call the
article `content-teaser` or the page `has-sidebar`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from cleaner.label.features.names import first_known_word
from cleaner.label.features.wordtable import WordTable
from cleaner.model import Verdict


@cache
def markup_tokens() -> Mapping[str, str]:
    """The label that each token speaks for."""
    source = (files("cleaner.label") / "markup.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    return MappingProxyType({word: label for label, words in table.items() for word in words.split()})


class Said(NamedTuple):
    """A word in an element's names that speaks against body, and the verdict it speaks for."""

    word: str
    verdict: Verdict


class Sayings(NamedTuple):
    """What all tokens say, and the number in it of each token."""

    said: tuple[Said, ...]
    numbers: WordTable


@cache
def sayings() -> Sayings:
    """The sayings of the package's table."""
    said = tuple(Said(word, Verdict(label, f"markup/{word}")) for word, label in markup_tokens().items())
    return Sayings(said, WordTable({one.word: number for number, one in enumerate(said)}))


def said_against(attrs: str) -> Said | None:
    """What the first of the names in an element's attributes says against its being body."""
    said, numbers = sayings()
    number = first_known_word(attrs, numbers)
    return None if number is None else said[number]


@cache
def _saying(label: str) -> WordTable:
    """The number in `sayings` of each token that speaks for a label."""
    said, _ = sayings()
    return WordTable({one.word: number for number, one in enumerate(said) if one.verdict.label == label})


def word_for(label: str, attrs: str) -> str:
    """The first of the names in an element's attributes that speaks for a label; "" where none does."""
    number = first_known_word(attrs, _saying(label))
    return "" if number is None else sayings().said[number].word
