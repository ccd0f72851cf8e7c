"""Where the items of a page's lists stand: kept blocks in, the same with depths and numbers out.

Blocks are flat, so that one labeller can judge pages and texts alike. Only the outputs want lists
as lists, and only of the body, so this is asked about the few items that were kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from cleaner.model import Kept, LabelledBlock, Shape
from cleaner.records import homes_of
from cleaner.segment.html import Elements

LISTS: Final = frozenset(("ul", "ol", "menu", "dl"))
"""Elements that hold the items of a list."""
_ITEMS: Final = frozenset(("li", "dt", "dd"))
_DEEPER: Final = LISTS | {"dd"}
"""What an item is one deeper in for each: the meaning of a term stands below it."""
_IN_ITEMS: Final[tuple[Shape, ...]] = ("item", "paragraph", "code")
"""Shapes of blocks that can be in an item of a list: it begins with the first and goes on with all."""
_START: Final = re.compile(r' start="(-?\d{1,9})"')
_VALUE: Final = re.compile(r' value="(-?\d{1,9})"')


class _Place(NamedTuple):
    """How many lists are around a block, and its number where it begins an item of a numbered one."""

    depth: int
    number: int | None = None
    begins: bool = True
    """Whether it begins an item; what an item goes on with is one deeper."""


def in_lists(
    body: tuple[Kept, ...], labelled: tuple[LabelledBlock, ...], elements: Elements
) -> tuple[Kept, ...]:
    """The body with the depth and number of each list item.

    `labelled` are the blocks that the body was taken from. Depth counts from the outermost list that
    a run of items has in common. A second paragraph of an item is no item of its own, but a paragraph
    one deeper than it, and so is code.
    """
    if not any(kept.shape == "item" for kept in body):
        return body
    homes = homes_of(labelled, _IN_ITEMS)
    lists = _Lists(elements)
    placed: list[Kept] = []
    run: list[tuple[Kept, _Place]] = []
    for kept in body:
        place = lists.place(kept.shape, homes.get(kept.start))
        if place is None:
            placed += (*_placed(run), kept)
            run = []
        else:
            run.append((kept, place))
    return (*placed, *_placed(run))


def _placed(run: Sequence[tuple[Kept, _Place]]) -> Iterator[Kept]:
    outermost = min((place.depth for _, place in run), default=0)
    for kept, place in run:
        shape = kept.shape if place.begins or kept.shape != "item" else "paragraph"
        yield Kept(kept.text, shape, place.depth - outermost, kept.start, kept.end, place.number)


class _Lists:
    """The lists of a page while its body is walked through, block by block."""

    def __init__(self, elements: Elements) -> None:
        self._elements = elements
        self._begun: set[int] = set()
        self._numbers: dict[int, int] = {}
        self._depths: dict[int, int] = {}
        """Of the elements around items: how many lists one is inside, itself included."""

    def place(self, shape: Shape, element: int | None) -> _Place | None:
        """Where the next block, of `element`, stands; None for one in no item of the run, which ends it."""
        is_item = shape == "item" and element is not None
        if not is_item and not self._begun:
            return None
        item = -1 if element is None else element
        while item >= 0 and item not in self._begun and not (is_item and self._elements.tags[item] in _ITEMS):
            item = self._elements.parents[item]
        if item in self._begun:
            return _Place(self._depth(item) + 1, begins=False)
        if not is_item:
            self._begun.clear()
            return None
        if item >= 0:
            self._begun.add(item)
        return _Place(self._depth(item), self._number(item))

    def _depth(self, item: int) -> int:
        """How many lists are around an item; -1 stands for one without an element of its own."""
        if item < 0:
            return 0
        tags, parents = self._elements.tags, self._elements.parents
        around = parents[item]
        if around not in self._depths:
            chain = around
            self._depths[around] = 0
            while chain >= 0:
                self._depths[around] += tags[chain] in _DEEPER
                chain = parents[chain]
        return self._depths[around] + (tags[item] in _DEEPER)

    def _number(self, item: int) -> int | None:
        listed = self._elements.parents[item] if item >= 0 else -1
        if listed >= 0 and self._elements.tags[listed] == "ol" and item not in self._numbers:
            self._numbers |= _numbers(self._elements, listed)
        return self._numbers.get(item)


def _numbers(elements: Elements, listed: int) -> dict[int, int]:
    """What HTML's rules number the items of an `<ol>` with."""
    inside = range(listed + 1, elements.ends[listed])
    items = [i for i in inside if elements.parents[i] == listed and elements.tags[i] == "li"]
    falling = " reversed" in elements.attrs[listed]
    start = _START.search(elements.attrs[listed])
    number = int(start[1]) if start else len(items) if falling else 1
    numbers = {}
    for item in items:
        value = _VALUE.search(elements.attrs[item])
        numbers[item] = number = int(value[1]) if value else number
        number += -1 if falling else 1
    return numbers
