"""Who draws the line: a page in, one labelling out, after asking the library where need be.

This is the one place that decides between the two extractors. The labeller is asked always. Where
it doubts the page as a whole, trafilatura is asked too, and what it says of each block shifts the
labeller's log-odds for that block; neither opinion alone does as well on such pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from cleaner.extract.library import library_body
from cleaner.label.forest import log_odds, probabilities
from cleaner.label.glued import whole_page
from cleaner.label.labelling import Labelling, by_length
from cleaner.label.page import Judged, judge_page, label_page
from cleaner.label.recurrence import count_pieces
from cleaner.model import BODY
from cleaner.segment.guard import tame
from cleaner.segment.html import Page

OWN: Final = "labeller"
LIBRARY: Final = "trafilatura"

DOUBT: Final = 0.7
"""Confidence below which the library is asked: one page in thirty. On unseen sites .86, which asks about
twice as many, moved no set's F by more than .002; .65 costs aeb .003."""
SWAY: Final = 1.25
"""By how much the library's yes or no moves a block's log-odds. Of 0.5, 1, 1.5, 2 and 3, those around 1 did
best on the least confident tenth of pages: F .806, where the labeller alone has .770, the library .761."""
MANY: Final = 16
"""Texts of one length from which on to seek them all at once is faster than one by one."""
_EDGE: Final = 1e-3
"""Chances are kept this far from 0 and 1, so that their log-odds are finite."""


def choose(page: Page, html: str | bytes) -> tuple[Page, Labelling]:
    """The labelling to go by, of a page that has at least one block, and the page as it is cut for that."""
    judged = judge_page(page)
    chosen = _chosen(judged, html)
    words = float(judged.columns["words"][_kept(chosen)].sum())
    page, labelled = whole_page(judged.page, judged.glued, chosen.labelled)
    return page, replace(chosen, labelled=labelled, confidence=by_length(chosen.confidence, words))


def _chosen(judged: Judged, html: str | bytes) -> Labelling:
    own = label_page(judged, OWN)
    if own.confidence >= DOUBT:
        return own
    body = library_body(tame(html).decode())
    if body is None:
        return own
    swayed = label_page(_swayed(judged, body), LIBRARY)
    return swayed if _kept(swayed) != _kept(own) else replace(swayed, extractor=OWN)


def _swayed(judged: Judged, body: str) -> Judged:
    # Compared without white space, which is where the two differ in taste.
    agrees = np.array(_held("".join(body.split()), ["".join(b.text.split()) for b in judged.page.blocks]))
    swayed = log_odds(judged.chances, _EDGE) + np.where(agrees, SWAY, -SWAY)
    return judged._replace(chances=probabilities(swayed))


def _held(flat: str, texts: Sequence[str]) -> list[bool]:
    """Whether each text stands in `flat`; of many texts of one length all are sought at once."""
    by_length: defaultdict[int, dict[str, bool]] = defaultdict(dict)
    for text in texts:
        by_length[len(text)][text] = False
    for length, group in by_length.items():
        if len(group) < MANY or not length:
            group.update((text, text in flat) for text in group)
        else:
            pieces = list(group)
            group.update(zip(pieces, map(bool, count_pieces(flat, pieces)), strict=True))
    return [by_length[len(text)][text] for text in texts]


def _kept(labelling: Labelling) -> list[bool]:
    return [block.verdict.label == BODY for block in labelling.labelled]
