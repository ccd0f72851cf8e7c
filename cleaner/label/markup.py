"""What words of class and id attributes tell: the package's table in, a mapping of tokens out.

Sites name their containers in a few hundred words, in some dozen languages. A word counts only as a
whole token: `ad` in `ad-slot` tells something, in `heading` or `download` nothing. A token is
evidence for features, never a reason to drop a block by itself, for sites also call the
article `content-teaser` or the page `has-sidebar`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NamedTuple

from cleaner.label.features.names import attr_names, words_of
from cleaner.model import BODY, Verdict

LONGEST_REMEMBERED: Final = 600
"""Characters of the longest attributes that are remembered, so that memory stays bounded."""

_TOKEN: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-zß-ÿ]+")


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
    return _remembered(attrs) if len(attrs) <= LONGEST_REMEMBERED else _said_against(attrs)


@lru_cache(maxsize=1 << 12)  # the items of a menu, the cards of a list are all named alike
def _remembered(attrs: str) -> tuple[Said, ...]:
    return _said_against(attrs)


def _said_against(attrs: str) -> tuple[Said, ...]:
    return tuple([said for name in attr_names(attrs) for said in _said_by(name)])


@lru_cache(maxsize=1 << 14)  # sites use few names and use them on every page
def _said_by(name: str) -> list[Said]:
    against = _against()
    return [against[word] for word in words_of(name) if word in against]


@cache
def _against() -> dict[str, Said]:
    known = markup_tokens().items()
    return {
        word: Said(word, Verdict(label, f"markup/{word}"))
        for word, (label, polarity) in known
        if polarity < 0
    }


def split_tokens(attribute: str) -> list[str]:
    """The tokens of a class or id attribute, in lower case: `mainNav_top-2` gives main, nav, top."""
    return [token.lower() for token in _TOKEN.findall(attribute)]
