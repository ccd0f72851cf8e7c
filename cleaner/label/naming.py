"""What to call a block that is not body: rule, place and markup in, a verdict out.

Whether a block stays is decided before; here it only gets its name for the ledger. The surest
sign names it: a phrase rule, then the headline it repeats, then a byline or date line, then the
words in its own and its containers' class names, then its tag, then what its links suggest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleaner.label.lines import read_byline, read_dateline
from cleaner.label.markup import said_against
from cleaner.label.rules import Hit
from cleaner.model import Block, Verdict
from cleaner.segment.html import Page

LONGEST_LINE: Final = 200
"""Characters of the longest byline or date line worth reading."""
NEAR_HEADLINE: Final = 12
"""Blocks on either side of the headline (or of the body's start) where bylines and dates stand."""
TITLE_LIKE: Final = 0.75
"""Share of words in common with the stated title (or description) that makes a block the headline's twin."""
HIGHEST_ASKED: Final = 6
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
_LINKED: Final = 0.5
"""Share of a block's characters inside links from which on it is taken for a link."""
_MOSTLY_LINKS: Final = Verdict("related", "model/links", "mostly links")
_NAMELESS: Final = Verdict("other", "model/not-body")


def name_by_words(block: Block, hit: Hit | None, near_headline: bool, title_like: float) -> Verdict | None:
    """The verdict that the block's words give, in either kind of input; None where they are silent."""
    if hit is not None and hit.sure:
        return Verdict(hit.label, hit.rule, hit.evidence)
    if title_like >= TITLE_LIKE:
        return Verdict("title", "place/title", "same words as the page's title")
    if near_headline and len(block.text) <= LONGEST_LINE:
        if read_dateline(block.text) is not None:
            return Verdict("dateline", "line/date")
        names = read_byline(block.text)
        if names is not None:
            return Verdict("byline", "line/byline", "; ".join(names))
    if hit is not None:
        return Verdict(hit.label, hit.rule, hit.evidence)
    return None


class MarkupNames:
    """The verdicts that names and tags give the blocks of one page, each element asked once."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._known: dict[int, Verdict | None] = {}

    def of(self, number: int) -> Verdict:
        """The verdict that names, tags and links give a block that no words have named."""
        block, inline = self._page.blocks[number], self._page.inline_attrs[number]
        verdict = (_name_of(inline) if inline else None) or self._of_element(block.element)
        if verdict is not None:
            return verdict
        if (block.link_chars or 0) > _LINKED * len(block.text):
            return _MOSTLY_LINKS
        return _NAMELESS

    def _of_element(self, element: int) -> Verdict | None:
        """The first verdict on the way up from an element, innermost first."""
        elements = self._page.elements
        asked: list[int] = []
        verdict = None
        while verdict is None and element >= 0 and len(asked) < HIGHEST_ASKED:
            if element in self._known:
                verdict = self._known[element]
                break
            asked.append(element)
            tag = elements.tags[element]
            attrs = elements.attrs[element]
            verdict = _name_of(attrs) if attrs else None
            if verdict is None and tag in _BY_TAG:
                verdict = Verdict(_BY_TAG[tag], f"markup/<{tag}>")
            element = elements.parents[element]
        self._known.update(dict.fromkeys(asked, verdict))
        return verdict


def _name_of(attrs: str) -> Verdict | None:
    said = said_against(attrs)
    return said[0].verdict if said else None


def headline_window(title_likes: Sequence[float], body_start: int) -> tuple[int, int]:
    """Range of blocks where bylines and dates stand: around the headline, or before the body."""
    best = max(range(len(title_likes)), key=title_likes.__getitem__, default=-1)
    if best >= 0 and title_likes[best] >= TITLE_LIKE:
        return best - NEAR_HEADLINE // 2, max(best, body_start) + NEAR_HEADLINE
    return body_start - NEAR_HEADLINE, body_start + NEAR_HEADLINE // 3
