"""Metadata from elements whose markup says what they hold: microdata, `<time>`, author links.

In comes the parsed tree, out go candidates. Each value is one element's text, so a name never
runs into the role or the newspaper that stands beside it; the price is a walk over the tree,
so the search by class names and addresses is left out when structured data named the authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.label.lines import read_byline
from cleaner.label.lines.dateline import DateLine, read_dateline, sort_dates
from cleaner.label.lines.dates import find_dates, may_hold_date
from cleaner.label.lines.names import clean, read_names
from cleaner.label.lines.people import has_cjk, is_cjk_name, is_desk, is_person
from cleaner.label.lines.words import load_words
from cleaner.metadata.candidates import Candidate, Field
from cleaner.metadata.places import AUTHOR_CUE, LONG, is_elsewhere

HAS_DIGIT: Final = re.compile(r"\d").search
_MOST_NODES: Final = 80
_MOST_AUTHORS: Final = 40
_LONGEST_NAME: Final = 120
_SHORTEST_DATE, _LONGEST_DATE = 8, 60
"""Characters of an element that holds a date alone."""
_PROPERTIES: Final[dict[str, Field]] = {
    "headline": "title",
    "author": "authors",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
    "articlesection": "section",
    "description": "description",
}
_AUTHOR_PATHS: Final = tuple(
    "/author /autor /auteur /staff/ /profile /people/ /redakt /contributor /journalist /writer /by/ /reporter"
    " /columnist /member/ /skribent".split()
)
"""What stands in the address of an author's page."""
_AUTHOR_NODES: Final = (
    "[rel~=author],byline,address,[class*=aut i],[class*=byline i],[class*=signature i],.username"
    ",a[href*='/aut']"
)
"""What most pages mark authors by; the rest is asked for where this finds nobody."""
_CARD: Final = frozenset(("vcard", "fn"))
"""Class names of the hCard format, which content systems put on the name alone."""
_PERSON_LINK: Final = re.compile("|".join(map(re.escape, _AUTHOR_PATHS)))


def walk(tree: LexborHTMLParser) -> tuple[list[LexborNode], list[LexborNode]]:
    """Head elements that stand in the body, and what has microdata or is a `<time>`."""
    body = tree.body
    if body is None:
        return [], []
    astray: list[LexborNode] = []
    marked: list[LexborNode] = []
    # One query for all: it is the way through the tree that costs, not what is asked on it.
    for node in body.css("time,[itemprop],meta,link[rel=canonical]"):
        if node.tag not in ("meta", "link"):
            marked.append(node)
        elif node.tag == "meta" or (node.attributes.get("rel") or "").lower() == "canonical":
            astray.append(node)
    return astray, marked


def from_nodes(nodes: Sequence[LexborNode], order: str | None) -> Iterator[Candidate]:
    """Candidates from microdata and `<time>`; `order` settles dates such as 04/02/2022."""
    for node in nodes[:_MOST_NODES]:
        if node.tag == "time":
            if not is_elsewhere(node):
                yield from _time(node, (node.attributes.get("itemprop") or "").lower(), order)
            continue
        name = (node.attributes.get("itemprop") or "").lower()
        if name in _PROPERTIES and node.tag not in ("h1", "h2") and not is_elsewhere(node):
            yield from _property(node, _PROPERTIES[name])


def _time(node: LexborNode, name: str, order: str | None) -> Iterator[Candidate]:
    """A `<time>`: what its attribute says, or its text, as published or modified."""
    attributes = node.attributes
    text = " ".join(node.text(separator=" ").split())
    value = attributes.get("datetime") or attributes.get("content") or ""
    field: Field = _PROPERTIES.get(name, "published")
    if field not in ("published", "modified"):
        return
    cue = f"{attributes.get('class') or ''} {text}".lower()
    if (
        field == "published"
        and not name
        and ("updated" in cue or "modified" in cue)
        and "published" not in cue
    ):
        field = "modified"
    if HAS_DIGIT(value):
        yield Candidate(field, value, f"itemprop:{name}" if name else "visible:time")
    for found in dates_in(text, order, "visible:time-text"):
        yield found if field == "published" else found._replace(field="modified")


def _property(node: LexborNode, field: Field) -> Iterator[Candidate]:
    attributes = node.attributes
    value = attributes.get("content") or attributes.get("datetime") or ""
    if field in ("published", "modified") and HAS_DIGIT(attributes.get("title") or ""):
        value = value or attributes["title"] or ""
    if field == "authors" and not value:
        named = node.css_first("[itemprop=name]")
        value = (named.attributes.get("content") or named.text(separator=" ")) if named else ""
    value = value or node.text(separator=" ")
    if len(value) <= (LONG if field != "description" else 2000) and value.strip():
        yield Candidate(field, value, f"itemprop:{(attributes.get('itemprop') or '').lower()}")


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


def date_by_element(tree: LexborHTMLParser, order: str | None) -> list[Candidate]:
    """The date of the first element that holds nothing else; in lines it can stick to its neighbours."""
    for node in tree.css("span,time,small,em,i,b,div,p,li,td"):
        text = node.text(deep=False).strip()
        if _SHORTEST_DATE <= len(text) <= _LONGEST_DATE and may_hold_date(text):
            dates = list(dates_in(text, order, "visible:far-dateline", whole=True))
            if dates and not is_elsewhere(node):
                return dates
    return []


def authors_by_markup(tree: LexborHTMLParser) -> list[Candidate]:
    """Names in elements that class names or addresses call an author's: the first group of them."""
    return _first_group(tree.css(_AUTHOR_NODES)) or _first_group(_person_links(tree))


def _person_links(tree: LexborHTMLParser) -> list[LexborNode]:
    """The links to addresses of people's pages; a query with so many alternatives costs twice as much."""
    return [node for node in tree.css("a[href]") if _PERSON_LINK.search(node.attrs["href"] or "")]


def _first_group(nodes: Sequence[LexborNode]) -> list[Candidate]:
    group: LexborNode | None = None
    found: list[Candidate] = []
    sources = ((node, source) for node in nodes if (source := _source(node)))
    for node, source in islice(sources, _MOST_AUTHORS):
        if group is not None and not _is_within(node, group):
            break
        text = " ".join(node.text(separator=" ").split())
        if not 1 < len(text) <= _LONGEST_NAME or is_elsewhere(node):
            continue
        names = _names_in(text, source)
        if names and group is None:
            group = _around(node)
        found.extend(Candidate("authors", name, source) for name in names)
    # An element around a name and a role or newspaper is marked as well as the name alone.
    return [
        c
        for c in found
        if not any(" " in o.value and o.value != c.value and o.value in c.value for o in found)
    ]


def _source(node: LexborNode) -> str | None:
    """What marks an element as an author's: a link to one, or a class name that is a whole word."""
    attributes = node.attributes
    if node.tag == "a":
        href = (attributes.get("href") or "").lower()
        if "author" in (attributes.get("rel") or "") or "/author" in href or "/autor" in href:
            return "visible:author-link"
        if any(path in href for path in _AUTHOR_PATHS):
            return "visible:person-link"
    classes = (attributes.get("class") or "").split()
    if "username" in classes or ("author" in classes and not _CARD.isdisjoint(classes)):
        return "visible:author-card"
    if node.tag in ("byline", "address") or AUTHOR_CUE.search(attributes.get("class") or ""):
        return "visible:author-class"
    return None


def _names_in(text: str, source: str) -> tuple[str, ...]:
    """The names of an element's text, if it holds names alone; a link may hold a single word."""
    names = read_byline(text)
    if names is not None:
        return names
    words = load_words()
    names = read_names(text)
    linked = source in ("visible:author-link", "visible:author-card")
    if all(
        is_person(name.split(), words) or is_desk(name, words) or (linked and _is_nick(name))
        for name in names
    ):
        return names
    return ()


def _is_nick(name: str) -> bool:
    """Whether a linked text can be a single name: one or two words, not a prompt."""
    if has_cjk(name):
        return is_cjk_name(name)
    tokens = clean(name).casefold().split()
    words = load_words()
    return 1 <= len(tokens) <= 2 and not any(t in words.prompts or t in words.not_names for t in tokens)


def _around(node: LexborNode) -> LexborNode | None:
    """The element three levels up: what holds the other authors of the same article."""
    around: LexborNode | None = node
    for _ in range(3):
        parent = around.parent if around is not None else None
        if parent is None or parent.tag in ("body", "html", "main", "article"):
            break
        around = parent
    return around


def _is_within(node: LexborNode, group: LexborNode) -> bool:
    around: LexborNode | None = node
    for _ in range(6):
        if around is None:
            return False
        if around.mem_id == group.mem_id:
            return True
        around = around.parent
    return False
