"""Title candidates among a page's headings.

In come the headings round the article's own, out go candidates: first-level headings, those with
the wording of a stated title, and, where nothing is marked up as a heading, the line that has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cleaner.metadata.candidates import Candidate
from cleaner.metadata.places import LONG, Headings, is_breadcrumb
from cleaner.metadata.wordings import bare
from cleaner.segment.finding import element_there

_LONGEST_HEADING: Final = 4 * LONG
"""Bytes of a heading's text."""
_LEADING: Final = " :|•·/–—-"
"""Signs between a kicker and its headline."""
_HEADLESS: Final = 40
"""Blocks from the top among which a headline that is no heading stands."""


def from_headings(headings: Headings) -> Iterator[Candidate]:
    """Title candidates among the headings: first-level ones, and those worded like a stated title."""
    page = headings.page
    if headings.site is not None:
        yield Candidate("site_name", page.blocks[headings.site].text, "visible:h1")
    for index in headings.first_level:
        block = page.blocks[index]
        linked = (block.link_chars or 0) >= len(block.text) - 2
        kind = "breadcrumb" if is_breadcrumb(page, index) else "linked-h1" if linked else "h1"
        yield Candidate("title", block.text, f"visible:{kind}")
    for index in headings.fuller():
        yield from _without_aside(headings, index)
    for index in headings.exact:
        if page.blocks[index].tag != "h1" and not is_breadcrumb(page, index):
            yield Candidate("title", page.blocks[index].text, "visible:heading")
    if not headings.first_level and not headings.exact:
        yield from _title_line(headings)


def _without_aside(headings: Headings, index: int) -> Iterator[Candidate]:
    """A heading as a title states it: without the element that holds its kicker, or a footnote's mark."""
    page, element = headings.page, headings.page.blocks[index].element
    if element < 0 or not page.elements.places:
        return
    runs = element_there(page.markup, page.elements.places[element]).text("\v", _LONGEST_HEADING).split("\v")
    parts = [part for run in runs if (part := " ".join(run.split()))]
    if len(parts) > 1 and not any(map(str.isalpha, parts[-1])):
        parts.pop()  # a footnote's mark
    for rest in (parts, parts[1:]):
        title = " ".join(rest).lstrip(_LEADING)
        if title and bare(title) in headings.titles:
            yield Candidate("title", title, "visible:h1")
            return


def _title_line(headings: Headings) -> Iterator[Candidate]:
    """The line with a stated title's wording, on a page that marks up no headline."""
    for block in headings.page.blocks[:_HEADLESS]:
        for line in block.text.split("\n"):
            if 20 < len(line) <= LONG and bare(line) in headings.titles:
                yield Candidate("title", line.strip(" |"), "visible:line")
                return
