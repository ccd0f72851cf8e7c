"""Where the items of a page's lists stand: kept blocks in, the same with depths and numbers out.

Blocks are flat, so that one labeller can judge pages and texts alike. Only the outputs want lists
as lists, and only of the body, so this is asked about the few items that were kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from cleaner.model import Kept, LabelledBlock
from cleaner.segment.html import Elements

_ITEMS: Final = frozenset(("li", "dt", "dd"))
_LISTS: Final = frozenset(("ul", "ol", "menu"))
_START: Final = re.compile(r' start="(-?\d{1,9})"')
_VALUE: Final = re.compile(r' value="(-?\d{1,9})"')


class _Place(NamedTuple):
    """The element of an item, how many lists are around it, and its number in a numbered one."""

    item: int
    depth: int
    number: int | None


def in_lists(
    body: tuple[Kept, ...], labelled: Sequence[LabelledBlock], elements: Elements
) -> tuple[Kept, ...]:
    """The body with the depth and number of each list item.

    `labelled` are the blocks that the body was taken from. Depth counts from the outermost list that
    a run of items has in common. A second paragraph of an item is no item of its own.
    """
    if not any(kept.shape == "item" for kept in body):
        return body
    items = {block.start: block.element for block, _ in labelled if block.shape == "item"}
    numbers: dict[int, int] = {}
    placed: list[Kept] = []
    for is_item, group in groupby(body, key=lambda kept: kept.start in items):
        run = tuple(group)
        if is_item:
            places = [_place(elements, items[kept.start], numbers) for kept in run]
            placed.extend(_placed(run, places))
        else:
            placed.extend(run)
    return tuple(placed)


def _placed(run: Sequence[Kept], places: Sequence[_Place]) -> Iterator[Kept]:
    outermost = min(place.depth for place in places)
    before = -1
    for kept, place in zip(run, places, strict=True):
        if before == place.item >= 0:
            yield kept._replace(shape="paragraph")
        else:
            yield kept._replace(level=place.depth - outermost, number=place.number)
        before = place.item


def _place(elements: Elements, element: int, numbers: dict[int, int]) -> _Place:
    """`numbers` holds those of the items of all numbered lists met so far."""
    item = element
    while item >= 0 and elements.tags[item] not in _ITEMS:
        item = elements.parents[item]
    depth, around = 0, item
    while around >= 0:
        depth += elements.tags[around] in _LISTS
        around = elements.parents[around]
    listed = elements.parents[item] if item >= 0 else -1
    if listed >= 0 and elements.tags[listed] == "ol" and item not in numbers:
        numbers |= _numbers(elements, listed)
    return _Place(item, depth, numbers.get(item))


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
