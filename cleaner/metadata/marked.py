"""Metadata from elements whose markup says what they hold: microdata, `<time>`, hAtom's `<abbr>`.

In come a page's elements, out go candidates. Each value is one element's text or attribute. Times
in cards of other articles, and what readers wrote, are told from the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from cleaner.label.lines.dateline import announces_change, read_dateline, tells
from cleaner.label.lines.letters import has_digit
from cleaner.label.lines.words import load_words
from cleaner.metadata.candidates import Candidate, Field
from cleaner.metadata.moments import DAY_ONLY
from cleaner.metadata.places import LONG, are_elsewhere, is_elsewhere, told_of
from cleaner.metadata.shown_dates import dates_in
from cleaner.segment.finding import Element, element_there
from cleaner.segment.html import Page

_MOST_ELEMENTS: Final = 80
CARD: Final = "visible:card-time"
"""The source of times in a list of articles, or behind the body: the headline's are believed before."""
_CARD_LEVELS: Final = 3
"""Elements around a time that make its card; a list's entries are alike that far."""
_CARDS: Final = 3
"""Times that stand alike from which on they are a list's; an article's own are two, published and updated."""
_DAYS_OF_OTHERS: Final = 2
"""Days that such times tell from which on none of them is this article's."""
_ESCAPE: Final = 6
"""Most bytes that one character takes in markup (`&quot;`)."""
_LONGEST_DESCRIPTION: Final = 2000
_NEAR: Final = 200
"""Bytes of markup before a time in which the words stand that say what it tells."""
_LONGEST_CUE: Final = 30
"""Characters of these words."""
_TAGS: Final = re.compile(rb"<[^<>]*>")
_CUT_TAG: Final = re.compile(rb"\A[^<>]*>")
"""The rest of a tag that begins before the bytes that are looked at."""
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


def from_elements(
    elements: Iterable[Element], order: str | None, end: int, markup: bytes
) -> Iterator[Candidate]:
    """Candidates from microdata and `<time>` of a page's markup; `order` settles dates such as 04/02/2022.

    `end` is where in the markup the body is over; times behind it are mostly other articles'.
    """
    looked_at = list(islice(elements, _MOST_ELEMENTS))
    times = {element.place: element.around for element in looked_at if element.tag == "time"}
    listed = _listed(times)
    cards: list[Candidate] = []
    for element in looked_at:
        name = element.attributes.get("itemprop", "").lower()
        if name in _PROPERTIES and _is_of_reader(element):
            continue
        if element.tag == "time":
            if not are_elsewhere(map(told_of, times[element.place])):
                before = "" if name else _before(element, times[element.place], markup)
                dates = _time(element, name, order, before)
                if "itemprop" not in element.attributes and (element.place > end or element.place in listed):
                    cards.extend(found._replace(source=CARD) for found in dates)
                else:
                    yield from dates
            continue
        if name in _PROPERTIES and element.tag not in ("h1", "h2") and not is_elsewhere(element):
            yield from _property(element, _PROPERTIES[name])
    if len({_day(card.value) for card in cards if card.field == "published"}) < _DAYS_OF_OTHERS:
        yield from cards


def _day(value: str) -> str:
    """What cards of one day have in common: the numbers of a date in a machine's order, or all of another."""
    return value[:DAY_ONLY] if value[4:5] == "-" else value


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


def _before(element: Element, around: Sequence[Element], markup: bytes) -> str:
    """The end of the text right before an element, within the one around it."""
    start = around[0].place if around else element.place
    near = _CUT_TAG.sub(b"", markup[max(start, element.place - _NEAR) : element.place - 1])
    text = _TAGS.sub(b" ", near.rpartition(b"</time>")[2]).decode("utf-8", "ignore")
    return " ".join(text.split())[-_LONGEST_CUE:]


def _time(element: Element, name: str, order: str | None, before: str) -> Iterator[Candidate]:
    """A `<time>`: what its attribute says, or its text, as published or modified.

    What does not say so itself can be called the one or the other by the words `before` it.
    """
    attributes = element.attributes
    text = " ".join(element.text(" ").split())
    value = attributes.get("datetime") or attributes.get("content") or ""
    field: Field = _PROPERTIES.get(name, "published")
    if field not in ("published", "modified"):
        return
    if field == "published" and not name and _is_change(attributes.get("class") or "", text, before):
        field = "modified"
    if has_digit(value):
        yield Candidate(field, value, f"itemprop:{name}" if name else "visible:time")
    for found in dates_in(text, order, "visible:time-text"):
        yield found if field == "published" else found._replace(field="modified")


def _is_change(classes: str, text: str, before: str) -> bool:
    """Whether a time is that of the last change, by its class, its text, or the words before it."""
    cue = f"{classes} {text}".lower()
    if "published" in cue:
        return False
    if "updated" in cue or "modified" in cue:
        return True
    before_it = announces_change(before)
    if not before_it and (len(text) > LONG or not tells(text, load_words().modified)):
        return False
    told = read_dateline(text)
    if told is not None and (told.published or told.modified):
        return told.published is None or (told.modified is None and before_it)
    return before_it or (told is not None and announces_change(text))


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
