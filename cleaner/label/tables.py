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
LAST_CHANCE: Final = 0.25
"""The same of a table below the article's last paragraph, in the element that holds the article: results and
prices often end it."""
MOST_LINKED: Final = 0.3
"""Share of a table's characters in links from which on it is no table of the article but a list of pages."""


def article_tables(page: Page, hits: Sequence[Hit | None], chances: Floats, kept: Flags) -> Iterator[int]:
    """Rows left out of tables right between kept blocks, or that end the body, or whose second row is kept.

    Of the latter it is the first row alone, and so it is where a sure rule hits any row of the former.
    """
    for rows in _tables(page):
        if len(rows) < 2 or all(kept[i] for i in rows):
            continue
        said = any((hit := hits[i]) is not None and hit.sure for i in rows)
        if not said and _belongs(page, rows, chances, kept):
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


def _belongs(page: Page, rows: Sequence[int], chances: Floats, kept: Flags) -> bool:
    """Whether a table is likely to be the article's and stands right between kept blocks, or ends it."""
    if not rows[0] or not kept[rows[0] - 1]:
        return False
    chars = sum(len(page.fields.texts[i]) for i in rows)
    if sum(page.fields.linked[i] for i in rows) > MOST_LINKED * chars:
        return False
    chance = float(chances[rows].mean())
    if rows[-1] + 1 < len(kept) and kept[rows[-1] + 1]:
        return chance >= LEAST_CHANCE
    return chance >= LAST_CHANCE and not kept[rows[-1] + 1 :].any() and _is_in_body(page, rows, kept)


def _is_in_body(page: Page, rows: Sequence[int], kept: Flags) -> bool:
    """Whether the innermost element with more in it than a table's rows holds most of the kept blocks."""
    places, ends, parents = page.fields.elements, page.elements.ends, page.elements.parents
    above = places[rows[0] - 1]
    element = _table(page.elements, places[rows[0]])
    while element >= 0 and not element <= above < ends[element]:
        element = parents[element]
    numbers = kept.nonzero()[0].tolist()
    inside = sum(element <= places[i] < ends[element] for i in numbers) if element >= 0 else 0
    return 2 * inside > len(numbers)
