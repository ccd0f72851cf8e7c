"""Metadata from a page's head: meta elements of all vocabularies, links, the title, the root.

In come a page's elements, out go candidates. A data file says which name means which field.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final

from cleaner.label.lines.names import find_cue
from cleaner.label.lines.words import load_words
from cleaner.metadata.candidates import Candidate, Field
from cleaner.metadata.metarows import stated_in
from cleaner.segment.finding import Element
from cleaner.segment.html import Page

HEAD_TAGS: Final = frozenset(("meta", "link"))
_CARD_ROWS: Final = ("twitter:label", "twitter:data", "twitter:misc:")


@cache
def _fields() -> Mapping[str, tuple[Field, str]]:
    """Meta names to field and source, from package data."""
    table: dict[Field, str] = tomllib.loads((files(__package__) / "meta_names.toml").read_text("utf-8"))  # type: ignore[assignment]
    return {name: (field, f"meta:{name}") for field, names in table.items() for name in names.split()}


def collect(page: Page) -> Iterator[Candidate]:
    """Candidates from the head and the root element."""
    tree = page.tree
    if tree.head is not None:
        yield from from_elements(page.head)
        titles = (element.text("") for element in (*page.head, *page.marked) if element.tag == "title")
        for title in islice(titles, 1):
            yield Candidate("title", title, "title")
    root = tree.root
    if root is not None and root.tag == "html":
        attributes = root.attributes
        language = attributes.get("lang") or attributes.get("xml:lang")
        if language:
            yield Candidate("language", language, "html:lang")


def from_elements(elements: Iterable[Element]) -> Iterator[Candidate]:
    """Candidates from the meta and canonical link elements among others, wherever in the page they stand."""
    found, labels = stated_in(elements, HEAD_TAGS, _fields(), _CARD_ROWS)
    yield from found
    if labels:
        yield from _labelled_data(labels)


def _labelled_data(pairs: Mapping[str, str]) -> Iterator[Candidate]:
    """Authors that a social card shows as a labelled row.

    The label stands in an element of its own ("Written by" in label1, a name in data1), or in the
    name (twitter:misc:written by).
    """
    for name, content in pairs.items():
        label, value = content, pairs.get(name.replace(":label", ":data"), "")
        if name.startswith("twitter:misc:"):
            label, value = name.removeprefix("twitter:misc:"), content
        elif ":label" not in name or not value:
            continue
        found = find_cue(f"{label} {value}", load_words())
        if found is not None and found[0].kind == "author":
            yield Candidate("authors", value, "meta:twitter:data")
