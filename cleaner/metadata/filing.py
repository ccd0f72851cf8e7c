"""Where a site files an article: its section and tags as links on the page say them.

In come a page, its headline and where its body ends; out go candidates. Asked for what neither
structured data nor the head names: trails of links ("Home › Sport › …") and links whose relation
says that they lead to a category or a tag, at the headline or below the body.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final

from cleaner.label.lines.letters import fold
from cleaner.metadata.candidates import Candidate, Found
from cleaner.metadata.classwords import ClassWords
from cleaner.metadata.places import Headings, place_in_markup
from cleaner.metadata.wordings import bare
from cleaner.segment.finding import element_there
from cleaner.segment.html import Page

TRAIL_WORDS: Final = "breadcrumbs? crumbs? brotkrumen pfad migas filariane ariane rastro"
_TRAIL: Final = ClassWords(TRAIL_WORDS)
TRAIL_PARTS: Final = ("rumb", "rume", "fad", "igas", "riane", "astro")
"""One of these is in each of the words above: most pages have none, and a plain search is fast."""
_STEP: Final = re.compile(r"\s*[\v\n>›»/|→·]+\s*")
"""What parts the steps of a trail."""
_LONGEST_STEP: Final = 40
"""Characters of a section's name; longer steps are headlines."""
_MOST_STEPS: Final = 2
"""Steps of a trail that are handed on: the first may be the site's name."""
_LONGEST_TRAIL: Final = 800
"""Bytes of a trail's texts; what has more is a menu."""
_ABOVE: Final = 3000
"""Bytes of markup above the headline in which an article's own category stands."""
_UNDER: Final = 8000
"""Bytes of markup below the headline in which a trail may stand."""
_BELOW: Final = 8000
"""Bytes behind the body in which its tags stand; further down they are other articles', or a cloud of all."""
_MOST_LINKS: Final = 100
"""Links to categories and tags that are looked at."""
_RELATION: Final = re.compile(rb' rel="(?:[a-z]+ )??(tag|category)[ "]')
_TAG_PATHS: Final = tuple(
    b"/tag/ /tags/ /etiqueta/ /etiquetas/ /stichwort/ /schlagwort/ /tema/ /temas/ /emne/".split()
)
_TAG_LINK: Final = re.compile(rb"""<a [^<>]*?href="[^"<>]*?(?:%s)[^"<>]+\"""" % b"|".join(_TAG_PATHS))
"""Links to a tag's page, by their addresses."""
_LIST_OF_TAGS: Final = 2
"""Tags that stand together right behind a body from which on they are the article's."""


@cache
def _words() -> Mapping[str, frozenset[str]]:
    table = tomllib.loads((files(__package__) / "filing_words.toml").read_text("utf-8"))
    return {
        key: frozenset(fold(entry) for line in value.splitlines() for entry in line.split("|") if entry)
        for key, value in table.items()
    }


def is_section(name: str) -> bool:
    """Whether a name can be a section's: not the front page, nor where articles without section are."""
    low = fold(name.strip())
    words = _words()
    return 1 < len(low) <= 3 * _LONGEST_STEP and low not in words["homes"] and low not in words["unfiled"]


def sections_of(steps: Sequence[str], titles: frozenset[str]) -> list[str]:
    """The steps of a trail that may be sections, from the front page on; `titles` are the page's, bare."""
    labels = _words()["labels"]
    named = [step.strip(" :：") for step in steps]
    return [
        step
        for step in named
        if len(step) <= _LONGEST_STEP
        and is_section(step)
        and fold(step) not in labels
        and bare(step) not in titles
    ][:_MOST_STEPS]


def from_links(headings: Headings, found: Found, end: int) -> Iterator[Candidate]:
    """Section and tags where the page's data do not name them; `end` is where in the markup the body ends."""
    has_section = any(is_section(c.value) for c in found.of("section"))
    if not has_section or all(c.source == "meta:keywords" for c in found.of("tags")):
        for candidate in from_relations(headings, end):
            has_section |= candidate.field == "section"
            yield candidate
    if not has_section:
        yield from section_of_trail(headings)


def section_of_trail(headings: Headings) -> Iterator[Candidate]:
    """The section that a trail of links at the headline names."""
    page = headings.page
    place = _trail(page, _headline_place(headings) + _UNDER)
    text = element_there(page.markup, place).text("\v", _LONGEST_TRAIL + 1) if place >= 0 else ""
    if not text or len(text) > _LONGEST_TRAIL:
        return
    steps = [step for part in _STEP.split(text) if (step := " ".join(part.split()))]
    heads = {bare(page.blocks[head].text) for head in headings.headlines()}
    for section in sections_of(steps, headings.titles | heads):
        yield Candidate("section", section, "visible:breadcrumb")


def _trail(page: Page, end: int) -> int:
    """The place of the first element before another that is called a trail; -1 for none."""
    elements = page.elements
    several = elements.attrs[: bisect_right(elements.places, end)]
    together = "\n".join(several)
    parts = [part for part in TRAIL_PARTS if part in together]
    parts = [part for part in parts if page.markup.find(part.encode(), 0, end) >= 0]
    for place, attrs in zip(elements.places, several, strict=False) if parts else ():
        if any(part in attrs for part in parts) and _TRAIL.named(attrs):
            return place
    return -1


def _headline_place(headings: Headings) -> int:
    """Where in the markup the headline stands; its beginning without one."""
    heads = headings.headlines()
    return place_in_markup(headings.page, heads[0]) if heads else 0


def from_relations(headings: Headings, end: int) -> Iterator[Candidate]:
    """Sections and tags of links whose relation says what they lead to; `end` is where the body does."""
    page = headings.page
    start = max(0, _headline_place(headings) - _ABOVE)
    tagged = False
    for place, relation in _related(page, start, end + _BELOW):
        name = _name_at(page, place)
        if not is_section(name):
            continue
        if relation == b"category":
            yield Candidate("section", name, "visible:category-link")
        else:
            tagged = True
            yield Candidate("tags", name, "visible:tag-link")
    if not tagged:
        yield from _tags_by_path(page, end)


def _name_at(page: Page, place: int) -> str:
    """What a link to a section or tag calls it."""
    text = element_there(page.markup, place).text(" ", 4 * _LONGEST_STEP)
    return " ".join(text.split()).strip(" #,;")


def _tags_by_path(page: Page, end: int) -> Iterator[Candidate]:
    """Several links right behind the body that lead to pages of tags; within it they are other articles'."""
    markup, last = page.markup, end + _BELOW
    if all(markup.find(path, end, last) < 0 for path in _TAG_PATHS):
        return
    places = [found.start() + 1 for found in islice(_TAG_LINK.finditer(markup, end, last), _MOST_LINKS)]
    names = [name for place in places if is_section(name := _name_at(page, place)) and ":" not in name]
    counted = bool(names) and all(name[-1].isdigit() or name[-1] == ")" for name in names)
    if len(names) >= _LIST_OF_TAGS and not counted:  # in a cloud of all tags each has its number
        yield from (Candidate("tags", name, "visible:tag-path") for name in names)


def _related(page: Page, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Where links to categories and tags stand, each with its relation."""
    markup = page.markup
    if markup.find(b'tag"', start, end) < 0 and markup.find(b'"category', start, end) < 0:
        return
    for found in islice(_RELATION.finditer(markup, start, end), _MOST_LINKS):
        yield markup.rfind(b"<", 0, found.start()) + 1, found[1]
