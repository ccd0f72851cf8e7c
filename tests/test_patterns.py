"""Regular expressions mean the same on every Python that the package runs on.

Before Python 3.11.5, which Debian 12 does not have, a possessive group that fails half-way through a round
leaves the search where the round failed, not where it began (CPython's issue 106052).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

import cleaner
from cleaner.metadata.repair import read_json

_PARSER: Any = import_module("re._parser")
_CONSTANTS: Any = import_module("re._constants")
GROUPS = (_CONSTANTS.POSSESSIVE_REPEAT, _CONSTANTS.ATOMIC_GROUP)
LOOKS = (_CONSTANTS.ASSERT, _CONSTANTS.ASSERT_NOT)


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    for module in walk_packages(cleaner.__path__, "cleaner."):
        if not module.name.endswith("__main__"):  # which would run
            for name, value in vars(import_module(module.name)).items():
                held = value if isinstance(value, list | tuple) else [value]
                yield from ((f"{module.name}.{name}", one) for one in held if isinstance(one, re.Pattern))


def parts(item: Any) -> Iterator[Any]:
    """The operations of a parsed pattern, each with its arguments, from the outside in."""
    if isinstance(item, _PARSER.SubPattern | list | tuple):
        if isinstance(item, tuple) and item and isinstance(item[0], int) and len(item) == 2:
            yield item
        for part in item:
            yield from parts(part)


def looks_within_possessive_groups(pattern: re.Pattern[Any]) -> bool:
    groups = (part for part in parts(_PARSER.parse(pattern.pattern)) if part[0] in GROUPS)
    return any(inner[0] in LOOKS for group in groups for inner in parts(group[1]))


@pytest.mark.parametrize(
    ("pattern", "looks"),
    [
        (r"<(?:[^<]++|<(?!/?p\b))*+", True),
        (r"(?>a(?=b))", True),
        (r"(?:[^<]++|<(?!/?p\b))*", False),
        (r'"(?:[^"\\]++|\\.)*+"', False),
        (rb"[^<]*+(?!b)", False),
    ],
)
def test_looks_within_possessive_groups_are_seen(pattern: str | bytes, looks: bool) -> None:
    assert looks_within_possessive_groups(re.compile(pattern)) == looks


def test_no_possessive_group_looks_ahead_or_behind() -> None:
    found = dict(patterns())
    assert len(found) > 100
    assert [name for name, pattern in found.items() if looks_within_possessive_groups(pattern)] == []


def test_comments_in_descriptions_are_left_out() -> None:
    (value,) = read_json('{"headline": /* of * the ** day **/ "Bridge /* shut */", "pages": 3,}')
    assert value == {"headline": "Bridge /* shut */", "pages": 3}
