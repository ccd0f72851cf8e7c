"""Boxes that say what they are: a page and its rule hits in, blocks to leave out.

A long appeal talks about the news like an article, and a class name alone may mean anything. But an
element whose name says "newsletter" and in which a phrase of a newsletter stands is one, whole: two
weak signs of different kinds agree. The page's main text is never taken for such a box. And what stands in
cards of its own below a heading such as "You may also like", in the heading's container, is what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.markup import word_for
from cleaner.label.naming import hit_blocks
from cleaner.label.rules import Hit
from cleaner.model import Block, Verdict
from cleaner.segment.html import Page

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

PROMPTS: Final = frozenset(("donation", "login", "newsletter", "notification", "consent", "paywall"))
"""Labels of boxes that ask the reader for something; the others need no such care."""
ASKING: Final = frozenset(("donation", "login", "newsletter", "notification"))
"""Labels whose phrases together make a box; those of the others are words of business news too."""
DOUBTED: Final = 0.96
"""Mean chance of body below which the labeller doubts a box; paragraphs of articles have 0.98 and more."""
PAIR: Final = 2
"""Blocks of a box that may be a question and its answer."""
DOUBTED_PAIR: Final = 0.8
"""The same of such a pair without a sure phrase: "How can I donate?" and its answer have 0.83 to 0.96."""
ANSWERS: Final = "details"
"""Element that holds a question and its answer, and no appeal: these are to be seen at once."""
CLOSE: Final = 1
"""Elements above a block's own that can be its box without a name that says so."""
ABOVE: Final = 40
"""Kept words above a list of other articles: with fewer, what stands below its heading may be the article."""
LARGEST_BOX: Final = 0.3
"""Share of the page's characters in a box from which on it may hold the article as well."""


def prompt_boxes(page: Page, hits: Sequence[Hit | None], chances: Floats) -> dict[int, Verdict]:
    """Verdicts for all blocks in boxes that two signs call the same prompt.

    The signs are a phrase and the box's name; or phrases in half of the box's blocks, and the
    labeller's doubt that these are body.
    """
    spoken = {i: hit.label for i, hit in hit_blocks(hits) if hit.label in PROMPTS}
    if not spoken:
        return {}
    blocks = page.blocks
    most = LARGEST_BOX * _characters(blocks, range(len(blocks)))
    verdicts: dict[int, Verdict] = {}
    asked = {label: _Asked(set(), set()) for label in spoken.values()}
    for i, label in spoken.items():
        if i not in verdicts:
            for element, sign in _boxes_around(page, blocks[i].element, label, asked[label]):
                inside = _blocks_in(page, element, i)
                agreed = sign or _is_crowd(
                    label, hits[inside.start : inside.stop], chances[inside.start : inside.stop]
                )
                if agreed and _characters(blocks, inside) < most:
                    verdict = Verdict(label, f"box/{label}/{sign or 'phrases'}", "two signs agree")
                    verdicts.update(dict.fromkeys(inside, verdict))
                    break
    return verdicts


def listed_cards(page: Page, hits: Sequence[Hit | None], kept: Flags, words: Floats) -> dict[int, Verdict]:
    """Verdicts for kept blocks in cards below a heading that names a list, and opens the list's container.

    The article stands above: at least `ABOVE` of its words.
    """
    verdicts: dict[int, Verdict] = {}
    asked: set[int] = set()
    for i, hit in hit_blocks(hits):
        if not _heads_list(hit) or not page.fields.levels[i] or i in verdicts:
            continue
        box = page.elements.parents[page.fields.elements[i]]
        if box in asked:
            continue  # only the first heading of a container opens it
        asked.add(box)
        cards = [k for k in _cards_below(page, i, box, kept) if kept[k]]
        if cards and words[:i][kept[:i]].sum() >= ABOVE:
            verdict = Verdict(hit.label, "box/related/heading", f"below “{page.blocks[i].text}”")
            verdicts.update(dict.fromkeys(cards, verdict))
    return verdicts


def _cards_below(page: Page, heading: int, box: int, kept: Flags) -> range:
    """The blocks behind a heading that opens its container, if the kept ones stand in others within it."""
    elements, places = page.elements, page.fields.elements
    if box > 0:
        inside = _blocks_in(page, box, heading)
        below = range(heading + 1, inside.stop)
        apart = all(elements.parents[places[k]] != box for k in below if kept[k])
        if apart and not kept[inside.start : heading].any():
            return below
    return range(0)


def _heads_list(hit: Hit) -> bool:
    """Whether a whole line is a sure heading of other articles."""
    return hit.label == "related" and hit.sure and not hit.at_start


def _characters(blocks: Sequence[Block], run: range) -> int:
    """The characters of blocks that stand in a row, one line feed apart."""
    return blocks[run[-1]].end - blocks[run[0]].start - (len(run) - 1)


def _blocks_in(page: Page, element: int, among: int) -> range:
    """The blocks in an element, which stand in a row, around one that is known to be there."""
    places, after = page.fields.elements, page.elements.ends[element]
    first, last = among, among
    while first and element <= places[first - 1] < after:
        first -= 1
    while last + 1 < len(places) and element <= places[last + 1] < after:
        last += 1
    return range(first, last + 1)


def _is_crowd(label: str, hits: Sequence[Hit | None], chances: Floats) -> bool:
    """Whether half of a box's blocks, and more than one, say the same, and the labeller doubts them."""
    saying = [hit for hit in hits if hit is not None and hit.label == label]
    if len(saying) < 2 or len(saying) * 2 < len(hits):
        return False
    is_pair = len(hits) <= PAIR and not any(hit.sure for hit in saying)
    return float(chances.mean()) < (DOUBTED_PAIR if is_pair else DOUBTED)


class _Asked(NamedTuple):
    """The elements that were asked for the same label: closely, as boxes without a name, and at all."""

    close: set[int]
    all: set[int]


def _boxes_around(page: Page, element: int, label: str, asked: _Asked) -> Iterator[tuple[int, str]]:
    """The elements around a block, innermost first, each with the word in its name that says the label.

    What was asked for another block that says the same was no box, nor was what stands around it.
    Without such a word only the closest may be one, and only where phrases together make a box; one
    that is opened to be read is none.
    """
    parents, attrs, tags = page.elements.parents, page.elements.attrs, page.elements.tags
    steps = 0
    while element > 0 and (steps <= CLOSE or element not in asked.all):
        fresh = element not in (asked.close if steps <= CLOSE else asked.all)
        asked.all.add(element)
        if steps <= CLOSE:
            asked.close.add(element)
        word = word_for(label, attrs[element]) if fresh else ""
        crowded = steps <= CLOSE and label in ASKING and tags[element] != ANSWERS
        if fresh and (word or crowded):
            yield element, word
        element, steps = parents[element], steps + 1
