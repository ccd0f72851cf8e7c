"""Where a page goes on with the next article: a page and what is kept of it in, the place out.

Sites load another article below the one that was asked for, and it looks like the first in every
way: same containers, same prose. What gives it away is a second main headline, named like the
first one, after a whole article's text. The page's title tells which article was asked for.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.names import attr_names, words_of
from cleaner.segment.html import Page

HEADLINE: Final = 0.6
"""Likeness to the stated title from which on a block is taken for the headline."""
NAMED: Final = frozenset(("headline", "title"))
"""Words in a main headline's names; first-level headings without them are also used within articles."""
LEAST: Final = 1000
"""Characters kept between two headlines that make an article of what stands there."""


def next_article(page: Page, title_like: npt.NDArray[np.float32], kept: npt.NDArray[np.bool_]) -> int:
    """Index of the next article's headline; the number of blocks where the page has no next article."""
    blocks = page.blocks
    first = int(title_like.argmax())
    kind = _kind(page, first) if title_like[first] > HEADLINE else ""
    if kind:
        text = 0
        for i in range(first + 1, len(blocks)):
            if text >= LEAST and _kind(page, i) == kind:
                return i
            text += len(blocks[i].text) if kept[i] else 0
    return len(blocks)


def _kind(page: Page, block: int) -> str:
    """The first of the names of a block that is a main headline by tag and name; "" for others."""
    if page.blocks[block].level != 1:
        return ""
    names = attr_names(page.elements.attrs[page.blocks[block].element])
    headline = any(not NAMED.isdisjoint(words_of(name)) for name in names)
    return names[0] if headline else ""
