"""Lists stay or go as one: blocks and their chances of being body in, one chance for the items of a list out.

An item is often a word or two, of which a labeller can tell little; the list it stands in tells more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import COLON
from cleaner.label.glances import turns
from cleaner.label.naming import LINKED
from cleaner.model import Block
from cleaner.records import places_of
from cleaner.segment.html import Page
from cleaner.segment.lists import LISTS

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

TOGETHER: Final = frozenset(("item", "row"))
"""Shapes of pieces that are body together with those above and below them or not at all."""

ANNOUNCED: Final = 0.1
"""Mean chance of a list's items from which on a colon before it decides. Of 8 such lists on unseen sites,
with a chance below a half, golds keep four fifths; none was below .1."""


def shared_chances(chances: Floats, words: Floats, groups: Iterable[Sequence[int]]) -> Floats:
    """The chances, but one for all blocks of a group: their mean by words. A list stays or goes as one."""
    result = chances.copy()
    for group in groups:
        places = list(group)
        result[places] = np.average(chances[places], weights=np.maximum(words[places], 1))
    return result


def text_lists(pieces: Sequence[Block]) -> Iterator[Sequence[int]]:
    """The items of each list and the rows of each table of a text, by number."""
    shapes = [piece.shape for piece in pieces]
    if TOGETHER.isdisjoint(shapes):
        return
    for shape, run in groupby(range(len(pieces)), key=shapes.__getitem__):
        if shape in TOGETHER:
            yield list(run)


def torn_lists(page: Page, kept: Flags) -> Iterator[Sequence[int]]:
    """The items of each list of a page of which some would be kept and some not, by number."""
    pairs = turns("item", page.blocks, kept.view(np.uint8))
    if not any(_list_around(page, one) == _list_around(page, other) for one, other in pairs):
        return  # as on most pages, of which no list has both
    items = places_of("item", page.blocks)
    for _, run in groupby(items, key=lambda i: _list_around(page, i)):
        group = list(run)
        if 0 < np.count_nonzero(kept[group]) < len(group):
            yield group


def announced_lists(page: Page, chances: Floats, end_marks: Floats, kept: Flags) -> Iterator[Sequence[int]]:
    """The items of each list that would go although a kept line with a colon at its end announces it."""
    spoken_of = (kept[:-1] & (end_marks[:-1] == COLON) & ~kept[1:]).nonzero()[0] + 1
    walked = -1
    for first in spoken_of.tolist():
        blocks, around = page.blocks, _list_around(page, first)
        if around < 0 or first <= walked:
            continue
        group = [first]
        while group[-1] + 1 < len(blocks) and _list_around(page, group[-1] + 1) == around:
            group.append(group[-1] + 1)
        walked = group[-1]
        linked = sum(blocks[i].link_chars or 0 for i in group) / sum(len(blocks[i].text) for i in group)
        likely = chances[group].mean() >= ANNOUNCED
        if likely and linked < LINKED and all(blocks[i].shape == "item" for i in group):
            yield group


def _list_around(page: Page, number: int) -> int:
    """The element of the list that an item stands in; -1 for none."""
    tags, parents, element = page.elements.tags, page.elements.parents, page.fields.elements[number]
    while element >= 0 and tags[element] not in LISTS:
        element = parents[element]
    return element
