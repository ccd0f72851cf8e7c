"""Paragraphs built like those of the body: a page and what is kept of it in, the others' numbers out.

A short paragraph at the end of an article, or one in other words than the rest, is doubted for what stands
around it. Where it ends as a sentence does and its element and the one around it have the tags and classes
of many kept paragraphs, the site has set it as a part of its article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import SENTENCE_END, Columns
from cleaner.label.rules import Hit
from cleaner.segment.html import Page

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

NOT_DENIED: Final = 0.3
"""Chance of being body from which such a paragraph stays. On unseen sites golds have 124 of 224 of them, and
78 in 100 of their words."""
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
        for i in doubted.nonzero()[0].tolist()
        if hits[i] is None and page.blocks[i].shape in SHAPES and page.fields.elements[i] >= 0
    ]
    if not numbers:
        return []
    of_body = Counter(_make(page, i) for i in kept.nonzero()[0].tolist())
    return [i for i in numbers if of_body[_make(page, i)] >= LEAST_ALIKE]


def _make(page: Page, block: int) -> tuple[str, ...]:
    """The tags and classes of a block's element and of the one around it; the root stands in itself."""
    own = max(page.fields.elements[block], 0)
    around = max(page.elements.parents[own], 0)
    return (
        page.elements.tags[own],
        _class_of(page.elements.attrs[own]),
        page.elements.tags[around],
        _class_of(page.elements.attrs[around]),
    )


def _class_of(attrs: str) -> str:
    return attrs.partition(' class="')[2].partition('"')[0]
