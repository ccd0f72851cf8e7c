"""Metadata of an article, each field with where it came from.

In come a parsed page or a scraped text and its labelled blocks, out goes a `Metadata`.
Sources only collect (JSON-LD, the head, what is visible); one merge step decides by a table.
All of it is a few look-ups in the markup that is serialised anyway: no second parse, no slow date
or language library unless a page leaves no other way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from cleaner.addresses import absolute
from cleaner.label.lines.letters import fold
from cleaner.metadata import figures, head, jsonld, marked, visible
from cleaner.metadata.authored import authors_by_markup
from cleaner.metadata.authors import Bylines, site_names
from cleaner.metadata.candidates import Candidate, Found
from cleaner.metadata.farline import from_far_line
from cleaner.metadata.filing import from_links
from cleaner.metadata.headlines import from_headings
from cleaner.metadata.labels import labelled_as
from cleaner.metadata.language import SAMPLE, choose_language
from cleaner.metadata.merge import Circumstances, merge, ranked
from cleaner.metadata.moments import is_ambiguous
from cleaner.metadata.paywall import is_paywalled
from cleaner.metadata.pictures import from_pictures, stands_in
from cleaner.metadata.places import Headings
from cleaner.metadata.shown_dates import date_by_element
from cleaner.metadata.signatures import from_end
from cleaner.metadata.standfirsts import from_standfirst
from cleaner.metadata.titles import stated_wordings
from cleaner.metadata.written import date_order, shown_order, site_in_text
from cleaner.model import BODY, LabelledBlock, Metadata
from cleaner.segment.finding import Element
from cleaner.segment.html import Page

_PROSE = 80
"""Characters that make an unlabelled block prose, for telling the language."""


def from_page(
    page: Page, labelled: Sequence[LabelledBlock], url: str | None, today: date | None = None
) -> Metadata:
    """Metadata of an HTML page.

    `url` is the address the page was taken from, if known. `today` bounds publication dates;
    it is the one thing asked of the clock, and only when it is not given.
    """
    found = Found(jsonld.collect(page.json_ld, url))
    found.add(head.collect(page))
    found.add(head.from_elements(page.marked))
    stated = found.of("language")
    order = _shown_order(page, found) or date_order([c.value for c in stated], url)
    last = _last_of_body(page, labelled)
    end = _end_of_body(page, last)
    found.add(marked.from_elements(_in_body(page), order, end, page.markup))
    headings = Headings(page, stated_wordings(found.of("title")))
    found.add(from_links(headings, found, end))
    found.add(from_headings(headings))
    found.add(from_standfirst(headings, labelled))
    sites = site_names(found, url)
    bylines = Bylines(sites)
    has_authors = bylines.name_people(found)
    has_dates = any(c.source != marked.CARD and not is_ambiguous(c.value) for c in found.of("published"))
    if not has_dates:
        found.add(marked.from_hatom(page))
    lines = visible.from_lines(headings, order, last, not has_authors, not has_dates)
    found.add(_without_filing(lines, found))
    if not found.of("published") and not found.of("modified"):
        found.add(date_by_element(page, order))
    if not has_authors and not any(c.source == "visible:byline" for c in found.of("authors")):
        found.add(_unstated_authors(headings, labelled, found))
    found.add(_pictures(headings, labelled, found))
    opening = _opening(page, labelled)
    language = choose_language(sorted(stated, key=_html_last), opening)
    about = Circumstances(url, _base(page, url), sites, order, today or date.today(), opening)
    return merge(found, about, bylines, language, is_paywalled(found.of("free"), labelled))


def _shown_order(page: Page, found: Found) -> str | None:
    """The order of day and month in the dates that the page shows, and that its data state."""
    stated = (c.value for c in (*found.of("published"), *found.of("modified")))
    return shown_order(chain(page.fields.texts, stated))


def _base(page: Page, url: str | None) -> str | None:
    """What the page's relative addresses are relative to: what it says itself, or its own address."""
    stated = next((element for element in page.head if element.tag == "base"), None)
    address = None if stated is None else absolute(stated.attributes.get("href", ""), url)
    return address or url


def _without_filing(lines: Iterable[Candidate], found: Found) -> Iterator[Candidate]:
    """What lines tell, but for names beside a date that are the section's or a tag's."""
    filed: set[str] | None = None
    for candidate in lines:
        if candidate.source == visible.NAME_ALONE:
            if filed is None:
                stated = ",".join(c.value for c in (*found.of("section"), *found.of("tags")))
                filed = {name.strip() for name in fold(stated).split(",")}
            if fold(candidate.value) in filed:
                continue
        yield candidate


def _unstated_authors(
    headings: Headings, labelled: Sequence[LabelledBlock], found: Found
) -> Iterator[Candidate]:
    """Authors where neither structured data nor a byline at the headline names one."""
    page, head = headings.page, next(iter(headings.headlines()), 0)
    yield from authors_by_markup(page)
    yield from from_end(page, labelled, head)
    if not any(c.source.startswith("visible:") for c in found.of("authors")):
        yield from from_far_line(page, head)


def _pictures(headings: Headings, labelled: Sequence[LabelledBlock], found: Found) -> Iterator[Candidate]:
    """The lead picture where the page states none of its own, and its caption and credit in any case."""
    if all(stands_in(candidate.value) for candidate in found.of("image")):
        yield from from_pictures(headings, labelled)
    yield from figures.from_figures(headings, labelled, _lead_image(found))


def _lead_image(found: Found) -> str | None:
    """The address of the article's picture, as far as it is known."""
    addresses = [candidate.value for candidate in ranked(found, "image")]
    return next((address for address in addresses if not stands_in(address)), None)


def _end_of_body(page: Page, last: int) -> int:
    """Where in the markup the element of the body's last block is over; the markup's end without a body."""
    elements = page.elements
    element = page.blocks[last].element if last < len(page.blocks) else -1
    after = elements.ends[element] if 0 <= element < len(elements.ends) else len(elements.ends)
    return elements.places[after] if after < len(elements.places) else len(page.markup)


def _last_of_body(page: Page, labelled: Sequence[LabelledBlock]) -> int:
    """The number of the body's last block; one behind the page's last without a body."""
    return (labelled_as(BODY, labelled) or [len(page.blocks)])[-1]


def _in_body(page: Page) -> Iterator[Element]:
    """What has microdata or is a `<time>`, but for head elements that went astray."""
    return (element for element in page.marked if element.tag not in head.HEAD_TAGS)


def _html_last(candidate: Candidate) -> bool:
    return candidate.source == "html:lang"


def from_text(
    source_text: str, labelled: Sequence[LabelledBlock], url: str | None, today: date | None = None
) -> Metadata:
    """Metadata of a scraped text: what its own headline, standfirst, byline and date line say.

    Nothing is guessed from the body; a site's name is given only where the text around the
    article names it.
    """
    body = (block.text for block, verdict in labelled if verdict.label == BODY)
    language = choose_language([], _first(body) or source_text)
    order = shown_order(block.text for block, _ in labelled)
    order = order or date_order([language[0]] if language else [], url)
    found = Found(visible.from_labels(labelled, order))
    found.add(site_in_text(labelled))
    sites = site_names(found, url)
    about = Circumstances(url, url, sites, order, today or date.today(), "")
    return merge(found, about, Bylines(sites), language, is_paywalled((), labelled))


def _opening(page: Page, labelled: Sequence[LabelledBlock]) -> str:
    """The beginning of the body, or of the page's prose where nothing is labelled."""
    return (
        _first(labelled[number].block.text for number in labelled_as(BODY, labelled))
        or _first(block.text for block in page.blocks if len(block.text) > _PROSE and block.shape != "menu")
        or _first(block.text for block in page.blocks)
    )


def _first(texts: Iterable[str]) -> str:
    """As many texts as a language needs to be told by, joined."""
    taken: list[str] = []
    length = 0
    for text in texts:
        taken.append(text)
        length += len(text) + 1
        if length > SAMPLE:
            break
    return " ".join(taken)


__all__ = ["from_page", "from_text"]
