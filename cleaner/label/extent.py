"""From where to where a page's article can reach, by its main headline: a page in, two places out.

Nothing above the main headline is the article's text, nor is a first-level heading that opens it:
where a site words its stated title anew, place tells the headline. And sites load another article
below the one that was asked for, which looks like the first in every way: same containers, same
prose. What gives it away is a second main headline, named like the first one or in an `<article>` of its
own as that one is, after a whole article's text. The page's title tells which article was asked for.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.context import HEADLINE
from cleaner.label.features.names import attr_names, words_of
from cleaner.segment.html import Page

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

SURE_HEADLINE: Final = 0.75
"""Likeness to the stated title from which what stands above a headline is left out; `HEADLINE`, a lower one,
is enough for a headline to be the next article's."""
NAMED: Final = frozenset(("headline", "title"))
"""Words in a main headline's names; first-level headings without them are also used within articles."""
LEAST: Final = 1000
"""Characters kept between two headlines that make an article of what stands there."""
LEAST_APART: Final = 300
"""The same where both headlines stand in `<article>` elements of their own, which says more than names."""
LEAST_BELOW: Final = 500
"""Characters kept below a headline that make it the article's, not the site's."""


def article_extent(page: Page, title_like: Floats, chars: Floats, kept: Flags) -> tuple[int, int]:
    """The first block that can be body, and the one behind the last; `chars` are the blocks' lengths."""
    headline = int(title_like.argmax())
    if page.blocks[headline].level != 1 or title_like[headline] <= HEADLINE:
        return 0, len(kept)
    sizes = chars * kept
    sure = title_like[headline] >= SURE_HEADLINE and sizes[headline:].sum() >= LEAST_BELOW
    return headline if sure else 0, _next_article(page, headline, sizes)


def opening_headline(page: Page, title_like: Floats, kept: Flags) -> int:
    """The first kept block if it is the headline, by its place; -1 where it is not.

    A first-level heading opens a body as its headline, unless the headline stands before it.
    """
    first = int(kept.argmax())
    is_heading = bool(kept[first]) and page.blocks[first].level == 1
    return first if is_heading and not (title_like[:first] > HEADLINE).any() else -1


def _next_article(page: Page, headline: int, sizes: Floats) -> int:
    """Index of the next article's headline; the number of blocks where the page has no next article."""
    levels = page.fields.levels
    if 1 not in levels[headline + 1 :]:
        return len(sizes)
    others = [i for i in range(headline + 1, len(levels)) if levels[i] == 1]
    kind, around, places = _kind(page, headline), _articles(page), page.fields.elements
    for i in others:
        between = sizes[headline + 1 : i].sum()
        alike = kind and between >= LEAST and _kind(page, i) == kind
        if alike or (between >= LEAST_APART and _is_apart(page, around[places[headline]], around[places[i]])):
            return i
    return len(sizes)


def _articles(page: Page) -> list[int]:
    """For each element the innermost `<article>` around it, or it itself; -1 for none."""
    around: list[int] = []
    for element, (tag, parent) in enumerate(zip(page.elements.tags, page.elements.parents, strict=True)):
        around.append(element if tag == "article" else around[parent] if parent >= 0 else -1)
    return around or [-1]


def _is_apart(page: Page, one: int, other: int) -> bool:
    """Whether both are elements, the other one behind the first and not in it."""
    return 0 <= one < page.elements.ends[one] <= other


def _kind(page: Page, block: int) -> str:
    """The first of the names of a block that is a main headline by tag and name; "" for others."""
    if page.blocks[block].level != 1:
        return ""
    names = attr_names(page.elements.attrs[page.blocks[block].element])
    headline = any(not NAMED.isdisjoint(words_of(name)) for name in names)
    return names[0] if headline else ""
