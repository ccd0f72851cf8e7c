"""Paragraphs built like those of the body: a page and what is kept of it in, the others' numbers out.

A short paragraph at the end of an article, or one in other words than the rest, is doubted for what stands
around it. Where it ends as a sentence does and its element and the one around it have the very tags and
attributes of many kept paragraphs, the site has set it as a part of its article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import SENTENCE_END, Columns
from cleaner.label.rules import Hit
from cleaner.segment.html import Elements, Page

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Make = tuple[str, str, str, str]

NOT_DENIED: Final = 0.3
"""Chance of being body from which such a paragraph stays. On unseen sites golds have 122 of 219 of them, and
four fifths of their words."""
LEAST_ALIKE: Final = 5
"""Kept paragraphs that are built so. With 3 to 8, F rises by .0002 to .0006 on three sets of four, and exact
pages of fundus by .014; with 3 and 5, junk of aeb (119 pages) rises by 2, with 8 it does not."""
SHAPES: Final = frozenset(("paragraph", "quote"))


def built_alike(
    page: Page, hits: Sequence[Hit | None], columns: Columns, chances: Floats, kept: Flags
) -> list[int]:
    """The numbers of the blocks, none of them kept or hit by a rule, that are set like the body's."""
    doubted = ~kept & (chances >= NOT_DENIED) & (columns["end_mark"] >= SENTENCE_END)
    numbers = [
        i
        for i in np.flatnonzero(doubted).tolist()
        if hits[i] is None and page.blocks[i].shape in SHAPES and page.fields.elements[i] >= 0
    ]
    if not numbers:
        return []
    places = (page.fields.elements[i] for i in np.flatnonzero(kept).tolist())
    makes = Counter(_make(page.elements, place) for place in places if place >= 0)
    return [i for i in numbers if makes[_make(page.elements, page.fields.elements[i])] >= LEAST_ALIKE]


def _make(elements: Elements, place: int) -> Make:
    """Tags and attributes of an element and of the one around it."""
    around = elements.parents[place]
    outer = (elements.tags[around], elements.attrs[around]) if around >= 0 else ("", "")
    return elements.tags[place], elements.attrs[place], *outer
