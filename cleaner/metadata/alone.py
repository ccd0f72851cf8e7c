"""Whether a name that has a line for itself can be an author's, or names a place, club, section or the site.

In come a page, the number of its headline's block and that of the line's, out goes yes or no. Nothing
beside such a name says whose it is, so all that speaks against an author counts.
"""

from __future__ import annotations

from cleaner.metadata.authored import leads_elsewhere
from cleaner.metadata.places import AFTER, FILING_CUE, LONG, cues, is_caption
from cleaner.segment.finding import element_there
from cleaner.segment.html import Page


def may_stand_alone(page: Page, head: int, index: int) -> bool:
    """Whether the line's place lets a name on it be an author's."""
    if cues(page, index, head) is None or is_in_header(page, head, index):
        return False
    return not is_caption(page, index, head) and not _is_filing(page, index)


def may_be_author(page: Page, head: int, index: int, name: str) -> bool:
    """Whether neither a link on the line, the first paragraphs nor a menu says that a name is another's."""
    return not (
        _leads_elsewhere(page, index, name) or _is_spoken_of(page, head, name) or _is_entry(page, name)
    )


def is_in_header(page: Page, head: int, index: int) -> bool:
    """Whether a line above the headline stands in the site's header: the day of the visit, mostly."""
    if index >= head:
        return False
    elements, element = page.elements, page.blocks[index].element
    anchor = page.blocks[head].element
    while element >= 0 and not element <= anchor < elements.ends[element]:
        if elements.tags[element] in ("header", "nav"):
            return True
        element = elements.parents[element]
    return False


def _is_filing(page: Page, index: int) -> bool:
    """Whether a line's own element is called a section's, topic's or place's."""
    element = page.blocks[index].element
    attrs = page.elements.attrs[element] if element >= 0 else ""
    return bool(FILING_CUE.named(attrs) or FILING_CUE.named(page.inline_attrs[index]))


def _is_entry(page: Page, name: str) -> bool:
    """Whether a menu has the name, as it has sections', clubs' and places'."""
    return any(
        block.shape == "menu" and name in block.text and name in block.text.split("\n")
        for block in page.blocks
    )


def _leads_elsewhere(page: Page, index: int, name: str) -> bool:
    """Whether a name is a link, and not one to a person: a section's or another article's."""
    element = page.blocks[index].element
    if not page.blocks[index].link_chars or not page.elements.places or element < 0:
        return False
    around = element_there(page.markup, page.elements.places[element])
    return any(
        inner.tag == "a" and leads_elsewhere(inner) and inner.text("").strip() == name
        for inner in (around, *around.inside())
    )


def _is_spoken_of(page: Page, head: int, name: str) -> bool:
    """Whether a first paragraph has the name, as it has its place's and seldom its author's."""
    low = name.casefold()
    return any(
        len(block.text) > LONG and low in block.text.casefold()
        for block in page.blocks[head + 1 : head + 1 + AFTER]
    )
