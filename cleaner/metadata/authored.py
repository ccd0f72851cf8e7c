"""Authors by markup: names in elements that class names, addresses or hCard call an author's.

In come a page's markup or the runs of an element's text, out go names. An element often holds a
role, a newsroom or a date beside the name, each in an element of its own: these are told apart
before the whole is read as a byline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from cleaner.label.lines import read_byline
from cleaner.label.lines.beside import tells_pictures
from cleaner.label.lines.byline import is_cue
from cleaner.label.lines.dateline import read_dateline
from cleaner.label.lines.eastern import parted_names
from cleaner.label.lines.letters import fold, has_cjk, has_digit
from cleaner.label.lines.names import clean, read_names, strip_cue
from cleaner.label.lines.people import is_cjk_name, is_desk, is_full_name, is_person, is_role
from cleaner.label.lines.words import Words, load_words
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.places import AUTHOR_CUE, AUTHOR_STEMS, is_elsewhere
from cleaner.segment.finding import Element, authored, linking
from cleaner.segment.html import Page

_MOST_AUTHORS: Final = 40
_LONGEST_NAME: Final = 120
_ROUND: Final = " |,·•–—-"
"""Signs round a name in an element of its own."""
_AUTHOR_PATHS: Final = tuple(
    "/author /autor /auteur /staff/ /profile /people/ /redakt /contributor /journalist /writer /by/ /reporter"
    " /columnist /member/ /skribent /yazar /muhabir /syntaktes/ /firmas/ /periodistas/ /redactor/ /redacteur/"
    " /signataires/ /giornalist /firme/ /jornalist /colunist /avtor /dziennikarz /novinari/"
    " /medarbetare/".split()
)
"""What stands in the address of an author's page."""
_HAN_COMMA: Final = re.compile("[、，,/／]")
"""What parts names in Chinese, Japanese and Korean."""
_MOST_WORDS: Final = 4
"""Words of a full name in a script without capitals."""
_CARD: Final = frozenset(("vcard", "fn"))
"""Class names of the hCard format, which content systems put on the name alone."""
_PERSON_PATHS: Final = tuple(path.encode() for path in _AUTHOR_PATHS)
"""What links are asked for where what most pages mark authors by finds nobody."""


def authors_by_markup(page: Page) -> list[Candidate]:
    """Names in elements that class names or addresses call an author's: the first group of them."""
    return _first_group(authored(page.markup, AUTHOR_STEMS)) or _first_group(
        linking(page.markup, _PERSON_PATHS)
    )


def _first_group(elements: Sequence[Element]) -> list[Candidate]:
    group: int | None = None
    found: list[Candidate] = []
    pictures: set[str] = set()
    """Who took them, and is an author only of what nobody has written."""
    sources = ((element, source) for element in elements if (source := _source(element)))
    for element, source in islice(sources, _MOST_AUTHORS):
        if group is not None and group not in _places(element):
            break
        runs = element.text("\v")
        text = " ".join(runs.replace("\v", " ").split())
        if not 1 < len(text) <= _LONGEST_NAME or is_elsewhere(element):
            continue
        parts = parts_of(runs)
        names = named_apart(parts) or _names_in(text, source)
        if any(map(tells_pictures, parts[1:])):
            pictures.update(names)
        if names and group is None:
            group = _around(element)
        found.extend(Candidate("authors", name, source) for name in names)
    found = [candidate for candidate in found if candidate.value not in pictures] or found
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
    beside = (
        tells_pictures(part)
        or is_role(part, words)
        or is_desk(part, words)
        or "@" in part
        or read_dateline(part) is not None
    )
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
    if source == "visible:author-class" and (names := _caseless_names(text, words)):
        return names
    names = read_names(strip_cue(text, words) if len(text.split()) == 2 else text)  # "Von Mo"
    people = tuple(name for name in names if is_person(name.split(), words) and not is_role(name, words))
    if source == "visible:author-class" and people and names[0] in people:
        return people  # behind a slash or comma, the paper or place
    linked = source in ("visible:author-link", "visible:author-card")
    if all(name in people or is_desk(name, words) or (linked and _is_nick(name)) for name in names):
        return names
    return ()


def _caseless_names(text: str, words: Words) -> tuple[str, ...]:
    """The names that make a text in a script without capitals, where nothing in it is known to be none."""
    if (
        not text[:1].isalpha()
        or text[0].upper() != text[0].lower()
        or has_digit(text)
        or is_role(text, words)
    ):
        return ()
    if has_cjk(text):
        names = [name for part in _HAN_COMMA.split(text) for name in parted_names(part, words)]
        return tuple(names) if all(is_cjk_name(name) and not is_desk(name, words) for name in names) else ()
    low = fold(text)
    tokens = low.split()
    none = words.nameless | words.roles | words.published | words.modified
    named = 2 <= len(tokens) <= _MOST_WORDS and all(t.isalpha() or not t.isascii() for t in tokens)
    return (text,) if named and none.isdisjoint(tokens) and not is_desk(text, words) else ()


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
