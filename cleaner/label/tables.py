"""Tables of the article: a page and what is kept of it in, the rows that belong to it out.

Row by row a table looks like a menu or a widget: names, numbers, no sentences. Whether it is the article's is
told by where it stands, and then all of its rows are, the head first of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.rules import Hit
from cleaner.records import places_of
from cleaner.segment.html import Elements, Page

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

LEAST_CHANCE: Final = 0.15
"""Mean chance of being body from which on a table right between two kept blocks stays. Of the four of the
benchmark with a chance below one half and few links, golds have three."""
MOST_LINKED: Final = 0.3
"""Share of a table's characters in links from which on it is no table of the article but a list of pages."""


def article_tables(page: Page, hits: Sequence[Hit | None], chances: Floats, kept: Flags) -> Iterator[int]:
    """Rows that are left out of tables right between kept blocks, and of those whose second row is kept.

    Of the latter it is the first row alone, and so it is where a sure rule hits any row of the former.
    """
    for rows in _tables(page):
        if len(rows) < 2 or all(kept[i] for i in rows):
            continue
        said = any((hit := hits[i]) is not None and hit.sure for i in rows)
        if not said and _between(rows, kept) and _is_likely(page, rows, chances):
            yield from (i for i in rows if not kept[i])
        elif kept[rows[1]] and not kept[rows[0]] and hits[rows[0]] is None:
            yield rows[0]


def _tables(page: Page) -> Iterator[list[int]]:
    """The numbers of the rows of each table in one piece."""
    places = page.fields.elements
    rows = places_of("row", page.blocks)
    # Rows in a row have numbers that grow as their places among the rows do.
    runs = groupby(enumerate(rows), lambda row: (row[1] - row[0], _table(page.elements, places[row[1]])))
    return ([i for _, i in run] for (_, table), run in runs if table >= 0)


def _table(elements: Elements, element: int) -> int:
    """The table around an element, or -1."""
    while element >= 0 and elements.tags[element] != "table":
        element = elements.parents[element]
    return element


def _between(rows: Sequence[int], kept: Flags) -> bool:
    """Whether the blocks right above and right below are kept."""
    return bool(rows[0] and rows[-1] + 1 < len(kept) and kept[rows[0] - 1] and kept[rows[-1] + 1])


def _is_likely(page: Page, rows: Sequence[int], chances: Floats) -> bool:
    chars = sum(len(page.fields.texts[i]) for i in rows)
    linked = sum(page.fields.linked[i] for i in rows)
    return float(chances[rows].mean()) >= LEAST_CHANCE and linked <= MOST_LINKED * chars
