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
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from cleaner.model import BODY

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


def split_tokens(attribute: str) -> list[str]:
    """The tokens of a class or id attribute, in lower case: `mainNav_top-2` gives main, nav, top."""
    return [token.lower() for token in _TOKEN.findall(attribute)]
