"""What to call a block that is not body: rule, place and markup in, a verdict out.

Whether a block stays is decided before; here it only gets its name for the ledger. The surest
sign names it: a phrase rule, then the headline it repeats, then a byline or date line, then the
words in its own and its containers' class names, then its tag, then what its links suggest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.features.names import signs_around
from cleaner.label.features.wordtable import WordTable
from cleaner.label.lines import read_byline, read_dateline
from cleaner.label.markup import said_against, sayings
from cleaner.label.rules import Hit
from cleaner.model import Block, Verdict
from cleaner.segment.html import Page

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]

NEAR_HEADLINE: Final = 12
"""Blocks on either side of the headline (or of the body's start) where bylines and dates stand."""
TITLE_LIKE: Final = 0.75
"""Share of words in common with the stated title (or description) that makes a block the headline's twin."""
HIGHEST_ASKED: Final = 8
"""Containers above a block whose names are asked, innermost first."""

_BY_TAG: Final = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "navigation",
    "header": "navigation",
    "figcaption": "media",
    "figure": "media",
    "caption": "media",
    "aside": "related",
    "button": "widget",
    "form": "widget",
    "select": "widget",
    "textarea": "widget",
    "fieldset": "widget",
    "dialog": "widget",
}
LINKED: Final = 0.5
"""Share of the characters inside links from which on a block, or a list, is taken for links."""
LISTING: Final = frozenset(("related",))
"""Labels of the headings that stand over lists."""
VAGUE: Final = frozenset(("navigation", "media", "title", "related", "other"))
"""Labels that markup gives items of such lists, for all they are to it is links, pictures and titles."""
LISTED: Final = Verdict("related", "place/listed", "below a heading that a rule names")
DATE_LINE: Final = Verdict("dateline", "line/date")
_MOSTLY_LINKS: Final = Verdict("related", "model/links", "mostly links")
NAMELESS: Final = Verdict("other", "model/not-body")
TWIN: Final = Verdict("title", "place/title", "same words as the page's title")
UNSAID: Final = Verdict("other", "", "not named yet")


def name_by_words(block: Block, hit: Hit | None, near_headline: bool, title_like: float) -> Verdict | None:
    """The verdict that the block's words give, in either kind of input; None where they are silent."""
    if hit is not None and hit.sure:
        return Verdict(hit.label, hit.rule, hit.evidence)
    if title_like >= TITLE_LIKE:
        return TWIN
    if near_headline:
        if read_dateline(block.text) is not None:
            return DATE_LINE
        names = read_byline(block.text)
        if names is not None:
            return Verdict("byline", "line/byline", "; ".join(names))
    if hit is not None:
        return Verdict(hit.label, hit.rule, hit.evidence)
    return None


def name_by_markup(page: Page, numbers: Sequence[int], kept: Flags) -> list[Verdict]:
    """The verdicts that names, tags and links give those blocks of a page that no words have named.

    What a container is called that holds all that is kept says nothing of what else is in it.
    """
    verdicts, words, by_tag = _signs()
    elements = page.elements
    texts, _, own, linked = page.fields
    attrs = _attrs_beside(page, kept)
    signs = signs_around(
        list(numbers), own, page.inline_attrs, elements.parents, elements.tags, attrs, words, by_tag,
        HIGHEST_ASKED,
    )  # fmt: skip
    unsigned = (NAMELESS, _MOSTLY_LINKS)
    return [
        verdicts[sign] if sign >= 0 else unsigned[linked[number] > LINKED * len(texts[number])]
        for sign, number in zip(signs, numbers, strict=True)
    ]


def _attrs_beside(page: Page, kept: Flags) -> list[str]:
    """The attributes of all elements, without those of elements around the whole body."""
    attrs, elements = list(page.elements.attrs), page.elements
    places = kept.nonzero()[0]
    if len(places):
        around, last = page.fields.elements[int(places[0])], page.fields.elements[int(places[-1])]
        while around >= 0:
            if elements.ends[around] > last and len(places) > 1:
                attrs[around] = ""
            around = elements.parents[around]
    return attrs


def points_elsewhere(block: Block, hit: Hit) -> bool:
    """Whether a block is words such as "Read more", a colon, and a link."""
    after = len(hit.evidence)
    colon = hit.label == "related" and ":" in block.text[after - 1 : after + 1]
    return colon and (block.link_chars or 0) >= LINKED * len(block.text)


def own_name(page: Page, number: int) -> Verdict | None:
    """The verdict that the names of a block's own element, or of what is inline in it, give it."""
    element = page.blocks[number].element
    for attrs in (page.inline_attrs[number], page.elements.attrs[element] if element >= 0 else ""):
        said = said_against(attrs)
        if said is not None:
            return said.verdict
    return None


def below_listings(page: Page, hits: Sequence[Hit | None], numbers: Sequence[int]) -> Iterator[int]:
    """Those of the blocks that no words have named which a heading such as "Most read" stands over.

    They follow it, without a named block between, in the container that it stands in.
    """
    headings = [i for i, hit in hit_blocks(hits) if hit.sure and hit.label in LISTING]
    if not headings:
        return
    elements, places, nameless = page.elements, page.fields.elements, set(numbers)
    for heading in headings:
        number = heading + 1
        if number not in nameless:
            continue
        around = places[heading]
        if not around <= places[number] < elements.ends[around]:
            around = elements.parents[around]
        container = range(around, elements.ends[around]) if around >= 0 else range(0)
        while number in nameless and places[number] in container:
            yield number
            number += 1


def hit_blocks(hits: Sequence[Hit | None]) -> Iterator[tuple[int, Hit]]:
    """The numbers of the blocks that a rule hits, each with its hit."""
    return zip(compress(range(len(hits)), hits), filter(None, hits), strict=True)


class _Signs(NamedTuple):
    verdicts: tuple[Verdict, ...]
    words: WordTable
    by_tag: dict[str, int]


@cache
def _signs() -> _Signs:
    """The verdicts that words of names and tags give, and the number in them of each word and tag."""
    said, words = sayings()
    tags = tuple(Verdict(label, f"markup/<{tag}>") for tag, label in _BY_TAG.items())
    by_tag = {tag: len(said) + number for number, tag in enumerate(_BY_TAG)}
    return _Signs((*(one.verdict for one in said), *tags), words, by_tag)


def headline_window(title_like: Floats, body_start: int) -> tuple[int, int]:
    """Range of blocks where bylines and dates stand: around the headline, or before the body."""
    best = int(title_like.argmax())
    if title_like[best] >= TITLE_LIKE:
        return best - NEAR_HEADLINE // 2, max(best, body_start) + NEAR_HEADLINE
    return body_start - NEAR_HEADLINE, body_start + NEAR_HEADLINE // 3
