"""What a field could be and who says so: the records the sources fill and the merge reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

Field = Literal[
    "title",
    "authors",
    "published",
    "modified",
    "language",
    "site_name",
    "url",
    "description",
    "image",
    "image_caption",
    "image_credit",
    "section",
    "tags",
    "free",
]


LONGEST_VALUE: Final = 10_000
"""Characters of one value that are looked at; the longest field that may be filled has a third of them."""


class Candidate(NamedTuple):
    """One value a source gives for a field, as the page writes it."""

    field: Field
    value: str
    source: str
    """Where it stood: "json-ld:headline", "meta:og:title", "visible:h1", "block:byline" ..."""


def by_source(candidates: Iterable[Candidate]) -> dict[str, list[str]]:
    """The candidates' values grouped by source, in the order in which the sources come."""
    groups: dict[str, list[str]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.source, []).append(candidate.value)
    return groups


class Found:
    """All candidates of one page by field, in the order they were found; lives for one page."""

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self._by_field: defaultdict[Field, list[Candidate]] = defaultdict(list)
        self.add(candidates)

    def add(self, candidates: Iterable[Candidate]) -> None:
        """File more candidates behind those that are there."""
        by_field = self._by_field
        for candidate in candidates:
            if len(candidate[1]) > LONGEST_VALUE:
                candidate = candidate._replace(value=candidate[1][:LONGEST_VALUE])
            by_field[candidate[0]].append(candidate)

    def of(self, field: Field) -> list[Candidate]:
        """The candidates of one field."""
        return self._by_field.get(field, [])
