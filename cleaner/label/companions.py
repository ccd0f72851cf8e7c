"""Short blocks that belong to kept ones: what is kept in, the numbers of those that go with it out.

Who said a quotation, and when an entry of a live blog was written, look like credits and menus by
themselves. What they stand at tells more: the quotation itself, the entry right below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.rules import Hit
from cleaner.segment.html import Elements, Page

Flags = npt.NDArray[np.bool_]

LONGEST_ATTRIBUTION: Final = 120
"""Characters; what is longer says more than who spoke."""
LEAST_ENTRIES: Final = 3
"""Clock times in lines of their own, with body below, that make a live blog. On the benchmark's pages golds
have 7 of the 14 single ones and all that come in threes."""
LONGEST_CLOCK: Final = 14

_CLOCK: Final = re.compile(
    r"\W*(?:kl\.?\s*)?\d{1,2}(?:[.:]|\s?[hH]\s?)\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|h)?\W*", re.IGNORECASE
)


def attributions(page: Page, hits: Sequence[Hit | None], kept: Flags) -> Iterator[int]:
    """Last blocks of quotations of which others are kept, and captions of figures around such quotations."""
    elements, places = page.elements, page.fields.elements
    if "blockquote" not in elements.tags:
        return
    for i in ((kept[:-1] & ~kept[1:]).nonzero()[0] + 1).tolist():
        quotation = _around(elements, places[i], ("blockquote", "figure"))
        if quotation < 0 or hits[i] is not None or len(page.fields.texts[i]) > LONGEST_ATTRIBUTION:
            continue
        end = elements.ends[quotation]
        is_last = i + 1 == len(kept) or places[i + 1] >= end
        if is_last and "blockquote" in elements.tags[quotation:end] and places[i - 1] >= quotation:
            yield i


def _around(elements: Elements, element: int, tags: tuple[str, ...]) -> int:
    """The outermost element with one of the tags among the block's own and two above it, or -1."""
    found = -1
    for _ in range(3):
        if element < 0:
            break
        if elements.tags[element] in tags:
            found = element
        element = elements.parents[element]
    return found


def entry_times(texts: Sequence[str], hits: Sequence[Hit | None], kept: Flags) -> list[int]:
    """Several clock times in lines of their own above kept blocks, with headings between the two."""
    near = kept[1:].copy()  # an entry has kept text in one of the two blocks below its time
    near[:-1] |= kept[2:]
    clocks = (i for i in near.nonzero()[0].tolist() if _is_clock(texts[i]))
    entries = [found for i in clocks if (found := _entry(i, hits, kept))]
    return [i for entry in entries for i in entry] if len(entries) >= LEAST_ENTRIES else []


def _is_clock(text: str) -> bool:
    """Whether a line is a time of day and nothing else."""
    return len(text) <= LONGEST_CLOCK and _CLOCK.fullmatch(text) is not None


def _entry(clock: int, hits: Sequence[Hit | None], kept: Flags) -> list[int]:
    """The lines above the entry that a clock time stands over; none where nothing kept is near."""
    if kept[clock + 1 : clock + 2].any():
        return [clock]
    heading = clock + 1
    return [clock, heading] if kept[heading + 1 : heading + 2].any() and hits[heading] is None else []
