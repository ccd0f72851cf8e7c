"""What a field could be and who says so: the records the sources fill and the merge reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, NamedTuple

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


class Candidate(NamedTuple):
    """One value a source gives for a field, as the page writes it."""

    field: Field
    value: str
    source: str
    """Where it stood: "json-ld:headline", "meta:og:title", "visible:h1", "block:byline" ..."""


class Found:
    """All candidates of one page by field, in the order they were found; lives for one page."""

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self._by_field: defaultdict[Field, list[Candidate]] = defaultdict(list)
        self.add(candidates)

    def add(self, candidates: Iterable[Candidate]) -> None:
        """File more candidates behind those that are there."""
        by_field = self._by_field
        for candidate in candidates:
            by_field[candidate[0]].append(candidate)

    def of(self, field: Field) -> list[Candidate]:
        """The candidates of one field."""
        return self._by_field.get(field, [])

    def by_source(self, field: Field) -> dict[str, list[str]]:
        """The values of one field, grouped by source."""
        groups: dict[str, list[str]] = {}
        for candidate in self.of(field):
            groups.setdefault(candidate.source, []).append(candidate.value)
        return groups
