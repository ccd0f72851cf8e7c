"""Metadata from elements whose markup says what they hold: microdata, `<time>`, author links.

In come a page's elements, out go candidates. Each value is one element's text, so a name never
runs into the role or the newspaper that stands beside it; the price is another pass over the
markup, so the search by class names and addresses is left out when structured data named the authors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborNode

from cleaner.label.lines import read_byline
from cleaner.label.lines.byline import is_cue
from cleaner.label.lines.dateline import DateLine, read_dateline, sort_dates
from cleaner.label.lines.dates import find_dates, may_hold_date
from cleaner.label.lines.letters import fold, has_cjk, has_digit
from cleaner.label.lines.names import clean, read_names, strip_cue
from cleaner.label.lines.people import is_cjk_name, is_desk, is_full_name, is_person, is_role
from cleaner.label.lines.words import Words, load_words
from cleaner.metadata.candidates import Candidate, Field
from cleaner.metadata.places import AUTHOR_CUE, LONG, are_elsewhere, is_elsewhere, told_of
from cleaner.segment.finding import Element, authored, element_there, linking
from cleaner.segment.html import Page

_MOST_ELEMENTS: Final = 80
_MOST_AUTHORS: Final = 40
CARD: Final = "visible:card-time"
"""The source of times in a list of articles, or behind the body: the headline's are believed before."""
_CARD_LEVELS: Final = 3
"""Elements around a time that make its card; a list's entries are alike that far."""
_CARDS: Final = 3
"""Times that stand alike from which on they are a list's; an article's own are two, published and updated."""
_DAYS_OF_OTHERS: Final = 2
"""Days that such times tell from which on none of them is this article's."""
_DAY_ONLY: Final = 10
"""Characters of a day in ISO 8601."""
_LONGEST_NAME: Final = 120
_ROUND: Final = " |,·•–—-"
"""Signs round a name in an element of its own."""
_ESCAPE: Final = 6
"""Most bytes that one character takes in markup (`&quot;`)."""
_LONGEST_DESCRIPTION: Final = 2000
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
_READERS_PROPERTIES: Final = frozenset(("comment", "comments", "review", "reviews", "suggestedanswer"))
_READERS_KINDS: Final = ("/comment", "/usercomments", "/answer")
"""Ends of the types of items that readers write."""
_NAMED_KINDS: Final = ("/person", "/organization")
"""Ends of the types of items that only name somebody, for the item around them."""
_AUTHOR_PATHS: Final = tuple(
    "/author /autor /auteur /staff/ /profile /people/ /redakt /contributor /journalist /writer /by/ /reporter"
    " /columnist /member/ /skribent".split()
)
"""What stands in the address of an author's page."""
_CARD: Final = frozenset(("vcard", "fn"))
"""Class names of the hCard format, which content systems put on the name alone."""
_PERSON_PATHS: Final = tuple(path.encode() for path in _AUTHOR_PATHS)
"""What links are asked for where what most pages mark authors by finds nobody."""


def from_elements(elements: Iterable[Element], order: str | None, end: int) -> Iterator[Candidate]:
    """Candidates from microdata and `<time>`; `order` settles dates such as 04/02/2022.

    `end` is where in the markup the body is over; times behind it are mostly other articles'.
    """
    looked_at = list(islice(elements, _MOST_ELEMENTS))
    times = {element.place: element.around for element in looked_at if element.tag == "time"}
    listed = _listed(times)
    cards: list[Candidate] = []
    for element in looked_at:
        if "itemprop" in element.attributes and _is_of_reader(element):
            continue
        if element.tag == "time":
            if not are_elsewhere(map(told_of, times[element.place])):
                dates = _time(element, element.attributes.get("itemprop", "").lower(), order)
                if "itemprop" not in element.attributes and (element.place > end or element.place in listed):
                    cards.extend(found._replace(source=CARD) for found in dates)
                else:
                    yield from dates
            continue
        name = element.attributes.get("itemprop", "").lower()
        if name in _PROPERTIES and element.tag not in ("h1", "h2") and not is_elsewhere(element):
            yield from _property(element, _PROPERTIES[name])
    if len({_day(card.value) for card in cards if card.field == "published"}) < _DAYS_OF_OTHERS:
        yield from cards


def _day(value: str) -> str:
    """What cards of one day have in common: the numbers of a date in a machine's order, or all of another."""
    return value[:_DAY_ONLY] if value[4:5] == "-" else value


def _is_of_reader(element: Element) -> bool:
    """Whether the nearest item around a property that has properties of its own is a comment or review."""
    for around in element.around:
        attributes = around.attributes
        if attributes.get("itemprop", "").lower() in _READERS_PROPERTIES:
            return True
        kind = attributes.get("itemtype", "").lower()
        if "itemscope" in attributes and not kind.endswith(_NAMED_KINDS):
            return kind.endswith(_READERS_KINDS)
    return False


def from_hatom(page: Page) -> Iterator[Candidate]:
    """The dates of hAtom's `<abbr class="published" title="2022-02-04T08:15Z">`, on a page of one post."""
    stated: dict[str, set[str]] = {"published": set(), "updated": set()}
    place = 0
    for _ in range(_MOST_ELEMENTS):
        place = page.markup.find(b"<abbr ", place) + 1
        if not place:
            break
        attributes = element_there(page.markup, place).attributes
        for name in stated.keys() & attributes.get("class", "").split():
            if has_digit(attributes.get("title", "")):
                stated[name].add(attributes["title"])
    fields: tuple[tuple[Field, str], ...] = (("published", "published"), ("modified", "updated"))
    for field, name in fields:
        if len(stated[name]) == 1:
            yield Candidate(field, stated[name].pop(), f"hatom:{name}")


def _listed(times: Mapping[int, Sequence[Element]]) -> set[int]:
    """The places of times that stand in links, or each in one of several containers of the same kind.

    `times` are what is around each, innermost first, by their places.
    """
    alike: dict[tuple[str, ...], dict[int, int]] = {}
    listed: set[int] = set()
    for place, around in times.items():
        near = around[:_CARD_LEVELS]
        if any(a.tag == "a" and "bookmark" not in a.attributes.get("rel", "") for a in near):
            listed.add(place)
        elif near and len(times) >= _CARDS:
            kind = tuple([f"{a.tag} {a.attributes.get('class', '')}" for a in near])
            alike.setdefault(kind, {})[place] = near[0].place
    for cards in alike.values():
        if len(set(cards.values())) >= _CARDS:
            listed.update(cards)
    return listed


def _time(element: Element, name: str, order: str | None) -> Iterator[Candidate]:
    """A `<time>`: what its attribute says, or its text, as published or modified."""
    attributes = element.attributes
    text = " ".join(element.text(" ").split())
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
    if has_digit(value):
        yield Candidate(field, value, f"itemprop:{name}" if name else "visible:time")
    for found in dates_in(text, order, "visible:time-text"):
        yield found if field == "published" else found._replace(field="modified")


def _property(element: Element, field: Field) -> Iterator[Candidate]:
    attributes = element.attributes
    value = attributes.get("content") or attributes.get("datetime") or ""
    if field in ("published", "modified") and has_digit(attributes.get("title", "")):
        value = value or attributes["title"]
    if field == "authors" and not value:
        named = element.first("itemprop", "name")
        value = (named.attributes.get("content") or named.text(" ")) if named is not None else ""
    longest = LONG if field != "description" else _LONGEST_DESCRIPTION
    value = value or element.text(" ", _ESCAPE * longest)
    if len(value) <= longest and value.strip():
        yield Candidate(field, value, f"itemprop:{attributes.get('itemprop', '').lower()}")


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


def authors_by_markup(page: Page) -> list[Candidate]:
    """Names in elements that class names or addresses call an author's: the first group of them."""
    return _first_group(authored(page.markup)) or _first_group(linking(page.markup, _PERSON_PATHS))


def _first_group(elements: Sequence[Element]) -> list[Candidate]:
    group: int | None = None
    found: list[Candidate] = []
    sources = ((element, source) for element in elements if (source := _source(element)))
    for element, source in islice(sources, _MOST_AUTHORS):
        if group is not None and group not in _places(element):
            break
        runs = element.text("\v")
        text = " ".join(runs.replace("\v", " ").split())
        if not 1 < len(text) <= _LONGEST_NAME or is_elsewhere(element):
            continue
        names = named_apart(parts_of(runs)) or _names_in(text, source)
        if names and group is None:
            group = _around(element)
        found.extend(Candidate("authors", name, source) for name in names)
    # An element around a name and a role or newspaper is marked as well as the name alone.
    return [
        c
        for c in found
        if not any(" " in o.value and o.value != c.value and o.value in c.value for o in found)
    ]


def parts_of(runs: str) -> list[str]:
    """The runs of an element's text, which "\\v" parts, without the signs and spaces round them."""
    return [part for run in runs.split("\v") if (part := " ".join(run.split()).strip(_ROUND))]


def named_apart(parts: Sequence[str]) -> tuple[str, ...]:
    """The names in an element's parts, if each of several is a person's or stands beside one, else ()."""
    words = load_words()
    names: dict[str, None] = {}
    for part in parts if len(parts) > 1 else ():
        if _stands_beside(part, words):
            continue
        found = (part,) if is_full_name(part) else read_byline(part)
        if found is None:
            return ()
        names.update(dict.fromkeys(found))
    return tuple(names)


def without_places(parts: Sequence[str]) -> list[str]:
    """The parts without a lone "in" or "for" and the part behind it, a place or the article's section."""
    tails = load_words().tails
    lone = {place for place, part in enumerate(parts) if place and fold(part) in tails}
    return [part for place, part in enumerate(parts) if place not in lone and place - 1 not in lone]


def _stands_beside(part: str, words: Words) -> bool:
    """Whether a part of a byline is "by", "and", or, if it names nobody, a role, newsroom, date or handle."""
    if is_cue(part) or (low := fold(part)) in words.joiners or low in words.filler:
        return True
    beside = is_role(part, words) or is_desk(part, words) or "@" in part or read_dateline(part) is not None
    return beside and read_byline(part) is None


def _source(element: Element) -> str | None:
    """What marks an element as an author's: a link to one, or a class name that is a whole word."""
    attributes = element.attributes
    tag = element.tag
    if tag == "a":
        href = attributes.get("href", "").lower()
        if "author" in attributes.get("rel", "") or "/author" in href or "/autor" in href:
            return "visible:author-link"
        if any(path in href for path in _AUTHOR_PATHS):
            return "visible:person-link"
    named = attributes.get("class", "")
    classes = named.split()
    if "username" in classes or ("author" in classes and not _CARD.isdisjoint(classes)):
        return "visible:author-card"
    if tag in ("byline", "address") or AUTHOR_CUE.search(named):
        return "visible:author-class"
    return None


def leads_elsewhere(link: Element) -> bool:
    """Whether a link has an address that is no person's."""
    href = link.attributes.get("href", "").lower()
    return bool(href) and not any(path in href for path in _AUTHOR_PATHS)


def _names_in(text: str, source: str) -> tuple[str, ...]:
    """The names of an element's text, if it holds names alone; a link may hold a single word."""
    names = read_byline(text)
    if names is not None:
        return names
    words = load_words()
    names = read_names(strip_cue(text, words) if len(text.split()) == 2 else text)  # "Von Mo"
    people = tuple(name for name in names if is_person(name.split(), words) and not is_role(name, words))
    if source == "visible:author-class" and people and names[0] in people:
        return people  # behind a slash or comma, the paper or place
    linked = source in ("visible:author-link", "visible:author-card")
    if all(name in people or is_desk(name, words) or (linked and _is_nick(name)) for name in names):
        return names
    return ()


def _is_nick(name: str) -> bool:
    """Whether a linked text can be a single name: one or two words, not a prompt."""
    if has_cjk(name):
        return is_cjk_name(name)
    tokens = clean(name).casefold().split()
    words = load_words()
    return 1 <= len(tokens) <= 2 and not any(t in words.prompts or t in words.not_names for t in tokens)


def _around(element: Element) -> int:
    """The place of the element three levels up: what holds the other authors of the same article."""
    place = element.place
    for around in element.around[:3]:
        if around.tag in ("body", "html", "main", "article"):
            break
        place = around.place
    return place


def _places(element: Element) -> list[int]:
    """The places of an element and those around it."""
    return [element.place, *(around.place for around in element.around)]
