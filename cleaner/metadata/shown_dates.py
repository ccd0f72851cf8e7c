"""Dates as a page shows them: in date lines, in lines that say more, at the start of a paragraph.

In come a line, an element or a page, out go candidates for when the article was published and
modified. The first two readers are for lines at the headline; the others ask the whole page, and
only where nothing nearer told a date.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from cleaner.label.lines.dateline import DateLine, read_dateline, sort_dates
from cleaner.label.lines.dates import find_dates, may_hold_date
from cleaner.label.lines.names import find_cue
from cleaner.label.lines.words import load_words
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.places import AUTHOR_CUE, DATE_CUE, LONG, are_elsewhere, cues
from cleaner.segment.html import Page

_SHORTEST_DATE, _LONGEST_DATE = 8, 60
"""Characters of an element that holds a date alone."""
_OPENING = 40
"""Characters at the start of a first paragraph that can hold its date ("Berlin, 4 February 2022 - ...")."""


def dates_in(text: str, order: str | None, source: str, whole: bool = False) -> Iterator[Candidate]:
    """Dates of a line; `whole` demands that the line be nothing but dates."""
    if len(text) > LONG or not may_hold_date(text):
        return
    line = read_dateline(text, order=order)
    if line is None and not whole:
        yield from loose_dates(text, order, source)
    elif line is not None:
        yield from as_candidates(line, source)


def loose_dates(text: str, order: str | None, source: str) -> Iterator[Candidate]:
    """Dates of a line that says more than dates."""
    found = find_dates(text, order)
    if not found:
        return
    edges = [0, *(edge for f in found for edge in (f.start, f.end)), len(text)]
    gaps = [text[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2)]
    yield from as_candidates(sort_dates(found, gaps), source)


def as_candidates(line: DateLine, source: str) -> Iterator[Candidate]:
    """The dates of a date line."""
    if line.published:
        yield Candidate("published", line.published, source)
    if line.modified:
        yield Candidate("modified", line.modified, source)


def date_by_element(page: Page, order: str | None) -> list[Candidate]:
    """The date of the first element that holds nothing else; in lines it can stick to its neighbours."""
    for node in page.tree.css("span,time,small,em,i,b,div,p,li,td"):
        text = node.text(deep=False).strip()
        if _SHORTEST_DATE <= len(text) <= _LONGEST_DATE and may_hold_date(text):
            dates = list(dates_in(text, order, "visible:far-dateline", whole=True))
            if dates and not are_elsewhere(_parents(node)):
                return dates
    return []


def _parents(node: LexborNode) -> Iterator[tuple[str, dict[str, str | None]]]:
    around = node.parent
    while around is not None:
        yield around.tag or "", around.attributes
        around = around.parent


def opening_date(paragraph: str, order: str | None) -> Iterator[Candidate]:
    """The date a first paragraph opens with."""
    found = find_dates(paragraph[:_OPENING], order)
    if found and found[0].start <= 25:
        yield Candidate("published", found[0].iso, "visible:opening-date")


def far_dates(page: Page, head: int, order: str | None) -> Iterator[Candidate]:
    """The first line anywhere that is a date line all through and does not stand in another's place."""
    for index, block in enumerate(page.blocks):
        if len(block.text) > 120 or not may_hold_date(block.text):
            continue
        for line in block.text.split("\n"):
            dates = list(dates_in(line, order, "visible:far-dateline"))
            if dates and _is_dated_line(page, index, head, line, order):
                yield from dates
                return


def _is_dated_line(page: Page, index: int, head: int, line: str, order: str | None) -> bool:
    """Whether a line with a date is a date line all through, or its elements say that it tells one."""
    marks = cues(page, index, head)
    if marks is None:
        return False
    cue = find_cue(line, load_words())
    whole = any(dates_in(line, order, "", whole=True)) or (cue is not None and cue[0].kind == "author")
    return whole or bool(DATE_CUE.search(marks) or AUTHOR_CUE.search(marks))
