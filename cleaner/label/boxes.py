"""Boxes that name themselves and speak accordingly: a page and its rule hits in, blocks to leave out.

A long appeal talks about the news like an article, and a class name alone may mean anything. But an
element whose name says "newsletter" and in which a phrase of a newsletter stands is one, whole: two
weak signs of different kinds agree. The page's main text is never taken for such a box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.names import attr_names, words_of
from cleaner.label.markup import markup_tokens
from cleaner.label.rules import Hit
from cleaner.model import Verdict
from cleaner.segment.html import Page

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

PROMPTS: Final = frozenset(("donation", "login", "newsletter", "notification", "consent", "paywall"))
"""Labels of boxes that ask the reader for something; the others need no such care."""
ASKING: Final = frozenset(("donation", "login", "newsletter", "notification"))
"""Labels whose phrases together make a box; those of the others are words of business news too."""
DOUBTED: Final = 0.96
"""Mean chance of body below which the labeller doubts a box; paragraphs of articles have 0.98 and more."""
CLOSE: Final = 1
"""Elements above a block's own that can be its box without a name that says so."""
LARGEST_BOX: Final = 0.3
"""Share of the page's characters in a box from which on it may hold the article as well."""


def prompt_boxes(page: Page, hits: Sequence[Hit | None], chances: Floats) -> dict[int, Verdict]:
    """Verdicts for all blocks in boxes that two signs call the same prompt.

    The signs are a phrase and the box's name; or phrases in half of the box's blocks, and the
    labeller's doubt that these are body.
    """
    spoken = {i: hit.label for i, hit in enumerate(hits) if hit is not None and hit.label in PROMPTS}
    if not spoken:
        return {}
    blocks = page.blocks
    places: Ints = np.array([block.element for block in blocks], dtype=np.int64)
    sizes: Ints = np.array([len(block.text) for block in blocks], dtype=np.int64)
    verdicts: dict[int, Verdict] = {}
    for i, label in spoken.items():
        if i not in verdicts:
            for element, sign in _boxes_around(page, blocks[i].element, label):
                inside = np.flatnonzero((places >= element) & (places < page.elements.ends[element])).tolist()
                saying = sum(spoken.get(j) == label for j in inside)
                crowd = label in ASKING and saying > 1 and saying * 2 >= len(inside)
                agreed = sign or (crowd and float(chances[inside].mean()) < DOUBTED)
                if agreed and sizes[inside].sum() < LARGEST_BOX * sizes.sum():
                    verdict = Verdict(label, f"box/{label}/{sign or 'phrases'}", "two signs agree")
                    verdicts.update(dict.fromkeys(inside, verdict))
                    break
    return verdicts


def _boxes_around(page: Page, element: int, label: str) -> Iterator[tuple[int, str]]:
    """The elements around a block, innermost first, each with the word in its name that says the label."""
    steps = 0
    while element > 0:
        word = _word_for(page.elements.attrs[element], label)
        if word or steps <= CLOSE:
            yield element, word
        element, steps = page.elements.parents[element], steps + 1


def _word_for(attrs: str, label: str) -> str:
    tokens = markup_tokens()
    for name in attr_names(attrs) if attrs else ():
        for word in words_of(name):
            if tokens.get(word) == (label, -1):
                return word
    return ""
