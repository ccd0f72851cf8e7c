"""The commonest words of each language that is written with spaces: a table, read when first asked for.

They tell which language a text is in, and that a line which ends with one is not over.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def stopwords() -> Mapping[str, frozenset[str]]:
    """The words in small letters, by the primary subtag of their language."""
    table = tomllib.loads(files("cleaner").joinpath("stopwords.toml").read_text(encoding="utf-8"))
    return {code: frozenset(words.split()) for code, words in table.items()}
