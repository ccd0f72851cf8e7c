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

from cleaner.label.features.names import known_words
from cleaner.label.features.wordtable import WordTable
from cleaner.model import BODY, Verdict


@cache
def markup_tokens() -> Mapping[str, tuple[str, int]]:
    """Token to (label, polarity): -1 where it speaks against body, +1 where it speaks for it."""
    source = (files("cleaner.label") / "markup.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    tokens = dict.fromkeys(table["for"]["body"].split(), (BODY, 1))
    for label, words in table["against"].items():
        tokens |= dict.fromkeys(words.split(), (label, -1))
    return MappingProxyType(tokens)


class Said(NamedTuple):
    """A word in an element's names that speaks against body, and the verdict it speaks for."""

    word: str
    verdict: Verdict


def said_against(attrs: str) -> tuple[Said, ...]:
    """What the names in an element's attributes say against its being body, in their order."""
    said, numbers = _against()
    return tuple([said[number] for number in known_words(attrs, numbers)])


@cache
def _against() -> tuple[tuple[Said, ...], WordTable]:
    """What all words that speak against body say, and which of it each word says."""
    said = tuple(
        Said(word, Verdict(label, f"markup/{word}"))
        for word, (label, polarity) in markup_tokens().items()
        if polarity < 0
    )
    return said, WordTable({one.word: number for number, one in enumerate(said)})
