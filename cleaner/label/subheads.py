"""Headings within the article: a page and what is kept of it in, the headings out.

Sites name their subheadings like teasers and titles, and a labeller that goes by names doubts them. What
they stand over tells more: body right below, in the same container, and body above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.naming import TITLE_LIKE
from cleaner.label.rules import Hit
from cleaner.segment.html import Page

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

REACH: Final = 6
"""Blocks above a heading among which body must stand, within the container around the heading's own. On
unseen sites golds have 150 of 165 such headings."""


def subheadings(page: Page, hits: Sequence[Hit | None], kept: Flags, title_like: Floats) -> Iterator[int]:
    """Headings that are left out, without a rule's word, between kept blocks.

    Those of the first level are so where the page's headline, of that level as well, stands above.
    """
    ends, parents = page.elements.ends, page.elements.parents
    places, levels = page.fields.elements, page.fields.levels
    headline = _headline(levels, title_like)
    for i in compress(range(len(levels) - 1), levels):  # a heading has a level, others have none
        if kept[i] or not kept[i + 1] or hits[i] is not None:
            continue
        if levels[i] == 1 and not headline < i:
            continue
        around = parents[places[i]]
        wider = parents[around] if around > 0 else -1
        if wider >= 0 and around <= places[i + 1] < ends[around]:
            above = range(max(0, i - REACH), i)
            if any(kept[k] and wider <= places[k] < ends[wider] for k in above):
                yield i


def _headline(levels: Sequence[int], title_like: Floats) -> int:
    """The last first-level heading with the page's title; the number of blocks where there is none."""
    own = [i for i, level in enumerate(levels) if level == 1 and title_like[i] >= TITLE_LIKE]
    return own[-1] if own else len(levels)
