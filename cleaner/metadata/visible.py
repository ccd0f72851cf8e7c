"""Metadata from what a reader sees: headline, byline and date lines, microdata, `<time>`.

In come the page and its labelled blocks, out go candidates. A page shows the dates and names
of many articles; those of its own stand round its headline, so visible lines count only in a
window there, and the microdata of comments, teasers and sidebars does not count at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from selectolax.lexbor import LexborNode

from cleaner.label.lines import read_byline, read_dateline
from cleaner.label.lines.dateline import sort_dates
from cleaner.label.lines.dates import find_dates
from cleaner.metadata.candidates import Candidate, Field
from cleaner.model import LabelledBlock
from cleaner.segment.html import Page

BEFORE: Final = 6
"""Blocks above the headline that may be its date line or byline; more are another article's."""
AFTER: Final = 16
"""Blocks below the headline that may be: standfirst, picture, share bar, byline, date."""
PARAGRAPHS: Final = 4
"""Long paragraphs below the headline after which no date line or byline is looked for."""
LONG: Final = 200
"""Characters that make a block a paragraph of prose rather than a line about the article."""
_MOST_NODES: Final = 80
_ANCESTORS: Final = 6

_AUTHOR_CUE: Final = re.compile(
    r"(?:(?<![a-zA-Z])(?:authors?|byline|bylines|autore?s?|autori|autorka?|auteurs?|verfasser|skribent|writers?|journalists?"
    r"|forfatter|signature|redaktor|redakteur|creator|contributors?|reporters?)"
    r"|(?<=[a-z])(?:Authors?|Byline|Writer|Autor))(?![a-z])"
)
_DATE_CUE: Final = re.compile(
    r"(?:(?<![a-zA-Z])(?:date|dates|datetime|dateline|datum|fecha|time|timestamp|published|publish|pubdate|posted|updated"
    r"|datepublished|publicado|erstellt|veroeffentlicht)|(?<=[a-z])(?:Date|Time|Timestamp|Published))(?![a-z])"
)
_ELSEWHERE: Final = re.compile(
    r"(?:(?<![a-zA-Z])(?:comments?|commentlist|respond|related|recommended|sidebar|aside|footer|nav|teasers?|widgets?|popular"
    r"|trending|latest|newsletter|cards?|carousel|archive)|(?<=[a-z])(?:Comments?|Related|Sidebar|Footer|Teaser|Card|Widget))"
    r"(?![a-z])"
)
_PROPERTIES: Final[dict[str, Field]] = {
    "headline": "title",
    "author": "authors",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
    "articlesection": "section",
    "description": "description",
}


def collect(page: Page, labelled: Sequence[LabelledBlock], order: str | None) -> Iterator[Candidate]:
    """Candidates from the visible page; `order` settles dates such as 04/02/2022."""
    yield from from_labels(labelled, order)
    yield from _from_nodes(page, order)
    yield from _from_window(page, order)


def from_labels(labelled: Sequence[LabelledBlock], order: str | None) -> Iterator[Candidate]:
    """Candidates from blocks that labelling named title, standfirst, byline or dateline."""
    for block, verdict in labelled:
        if verdict.label == "title":
            yield Candidate("title", block.text, "block:title")
        elif verdict.label == "standfirst":
            yield Candidate("description", block.text, "block:standfirst")
        elif verdict.label == "byline":
            for name in read_byline(block.text) or ():
                yield Candidate("authors", name, "block:byline")
        elif verdict.label == "dateline":
            yield from _dates(block.text, order, "block:dateline")


def _dates(text: str, order: str | None, source: str, whole: bool = False) -> Iterator[Candidate]:
    """Dates of a line; `whole` demands that the line be nothing but dates."""
    line = read_dateline(text, order=order)
    if line is None and not whole and len(text) <= LONG:
        found = find_dates(text, order)
        edges = [0, *(edge for f in found for edge in (f.start, f.end)), len(text)]
        line = (
            sort_dates(found, [text[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2)])
            if found
            else None
        )
    if line is not None and line.published:
        yield Candidate("published", line.published, source)
    if line is not None and line.modified:
        yield Candidate("modified", line.modified, source)


def _from_nodes(page: Page, order: str | None) -> Iterator[Candidate]:
    """Headlines, microdata, `<time>` and `rel=author`, in one walk over the tree."""
    for node in page.tree.css("h1,time,[itemprop],[rel~=author]")[:_MOST_NODES]:
        attributes = node.attributes
        name = (attributes.get("itemprop") or "").lower()
        if node.tag == "h1":
            yield Candidate("title", node.text(separator=" "), "visible:h1")
        if node.tag == "meta":
            continue
        if node.tag == "time" and not _is_elsewhere(node):
            yield from _time(node, name, order)
        elif name in _PROPERTIES and not _is_elsewhere(node):
            yield from _property(node, _PROPERTIES[name], order)
        elif (
            "author" in (attributes.get("rel") or "").lower().split()
            and node.tag == "a"
            and not _is_elsewhere(node)
        ):
            yield Candidate("authors", node.text(separator=" "), "visible:rel-author")


def _time(node: LexborNode, name: str, order: str | None) -> Iterator[Candidate]:
    """A `<time>`: what its attribute says, or its text, as published or modified."""
    text = node.text(separator=" ").strip()
    value = node.attributes.get("datetime") or node.attributes.get("content") or ""
    field: Field = _PROPERTIES.get(name, "published")
    cue = f"{node.attributes.get('class') or ''} {text}".lower()
    if field not in ("published", "modified"):
        return
    if (
        field == "published"
        and not name
        and ("updated" in cue or "modified" in cue)
        and "published" not in cue
    ):
        field = "modified"
    source = f"itemprop:{name}" if name else "visible:time"
    if any(c.isdigit() for c in value):
        yield Candidate(field, value, source)
    if text and len(text) <= LONG:
        for found in _dates(text, order, "visible:time-text"):
            yield found if field == "published" else Candidate("modified", found.value, found.source)


def _property(node: LexborNode, field: Field, order: str | None) -> Iterator[Candidate]:
    attributes = node.attributes
    value = attributes.get("content") or attributes.get("datetime") or ""
    if field == "authors" and not value:
        named = node.css_first("[itemprop=name]")
        value = (
            (named.attributes.get("content") or named.text(separator=" "))
            if named
            else node.text(separator=" ")
        )
    value = value or node.text(separator=" ")
    if len(value) <= (LONG if field != "description" else 2000) and value.strip():
        yield Candidate(field, value, f"itemprop:{(attributes.get('itemprop') or '').lower()}")


def _is_elsewhere(node: LexborNode) -> bool:
    """Whether an element stands in a comment, a teaser, a sidebar or another place not the article's."""
    around: LexborNode | None = node
    for _ in range(_ANCESTORS):
        around = around.parent if around is not None else None
        if around is None or around.tag in ("body", "html"):
            return False
        attributes = around.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if around.tag in ("aside", "footer", "nav") or (names != " " and _ELSEWHERE.search(names)):
            return True
    return False


def _from_window(page: Page, order: str | None) -> Iterator[Candidate]:
    """Lines round the headline that read as, or are marked as, byline or date line."""
    for index in _window(page):
        block = page.blocks[index]
        text = block.text
        if len(text) > LONG or block.tag == "h1":
            continue
        names = read_byline(text)
        for name in names or ():
            yield Candidate("authors", name, "visible:byline")
        dates = list(_dates(text, order, "visible:dateline", whole=True))
        yield from dates
        cues = _cues(page, index)
        if cues is None:
            continue
        if names is None and _AUTHOR_CUE.search(cues) and len(text) <= 120:
            yield Candidate("authors", text, "visible:author-class")
        if not dates and any(c.isdigit() for c in text):
            marked = bool(_DATE_CUE.search(cues)) or names is not None
            yield from _dates(text, order, "visible:date-class" if marked else "visible:date-text")


def _window(page: Page) -> range:
    """Indexes of the blocks near the headline; the page's first blocks when it has none."""
    blocks = page.blocks
    head = next((i for i, block in enumerate(blocks) if block.tag == "h1"), 0)
    end = head + 1
    paragraphs = 0
    while end < min(len(blocks), head + 1 + AFTER) and paragraphs < PARAGRAPHS:
        paragraphs += len(blocks[end].text) > LONG
        end += 1
    return range(max(0, head - BEFORE), min(end, len(blocks)))


def _cues(page: Page, index: int) -> str | None:
    """Attributes of a block's elements, innermost first; None where they say it is elsewhere."""
    element = page.blocks[index].element
    attrs, parents = page.elements.attrs, page.elements.parents
    cues = [page.inline_attrs[index]]
    depth = 0
    while element >= 0 and depth < _ANCESTORS:
        if _ELSEWHERE.search(attrs[element]):
            return None
        if depth < 3:
            cues.append(attrs[element])
        element = parents[element]
        depth += 1
    return " ".join(cues)
