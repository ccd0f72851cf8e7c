"""The headline, standfirst, byline and date line at the head of a scraped text: pieces in, verdicts out.

A text has no markup to say which line is its headline, but heads are built alike everywhere: a short
line without a full stop, then a standfirst, names and dates in some order, then prose. Only
pieces that labelling left out are looked at, and only up to the first paragraph of the body, so
nothing is ever guessed from the body itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns
from cleaner.label.lines import read_byline, read_dateline
from cleaner.label.rules import Hit
from cleaner.model import Block, Verdict

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

REACH: Final = 40
"""Pieces before the first paragraph that are searched; above that stand menus only."""
LONGEST_TITLE: Final = 220
"""Characters of the longest headline; the longest of a thousand real ones has 180."""
FEWEST_WORDS: Final = 3
"""Words of the shortest headline: one or two are a section's or a site's name."""
UNDER_TITLE: Final = 5
"""Pieces below the headline among which its standfirst stands."""
LONGEST_LINE: Final = 200
"""Characters of the longest byline or date line."""
NEAR_LINE: Final = 6
"""Pieces below a headline among which a byline or date line speaks for it."""


def read_head(pieces: Sequence[Block], hits: Sequence[Hit | None], kept: Flags, columns: Columns) -> dict[int, Verdict]:
    """Verdicts for the pieces that make up the head; `kept` says which pieces are body."""
    body = int(kept.argmax()) if kept.any() else 0
    open_ = [i for i in range(max(0, body - REACH), body) if not _is_sure(hits[i])]
    verdicts = read_lines(pieces, open_)
    title = _find_title(pieces, [i for i in open_ if i not in verdicts], verdicts, columns, body)
    if title < 0:
        return verdicts
    verdicts[title] = Verdict("title", "head/title", "a short line above the article")
    for i in open_:
        if i not in verdicts and pieces[i].text == pieces[title].text:
            verdicts[i] = Verdict("title", "head/title", "the headline again")
    standfirst = _find_standfirst([i for i in open_ if i not in verdicts], title, hits, columns)
    if standfirst >= 0:
        verdicts[standfirst] = Verdict("standfirst", "head/standfirst", "a sentence under the headline")
    return verdicts


def read_lines(pieces: Sequence[Block], places: Sequence[int]) -> dict[int, Verdict]:
    """Verdicts for those of the pieces that are date lines or bylines all through."""
    verdicts: dict[int, Verdict] = {}
    for i in places:
        text = pieces[i].text
        if len(text) > LONGEST_LINE:
            continue
        if read_dateline(text) is not None:
            verdicts[i] = Verdict("dateline", "line/date")
        elif (names := read_byline(text)) is not None:
            verdicts[i] = Verdict("byline", "line/byline", "; ".join(names))
    return verdicts


def _find_title(
    pieces: Sequence[Block], places: Sequence[int], lines: Mapping[int, Verdict], columns: Columns, body: int
) -> int:
    """The likeliest headline among the pieces, or -1."""
    best, best_score = -1, 0.0
    for i in places:
        text = pieces[i].text
        words = float(columns["words"][i])
        if not FEWEST_WORDS <= words or len(text) > LONGEST_TITLE or text[-1] in ".。:：,;،":
            continue
        score = _title_score(pieces, i, lines, columns, body)
        if score > best_score:
            best, best_score = i, score
    return best


def _title_score(
    pieces: Sequence[Block], i: int, lines: Mapping[int, Verdict], columns: Columns, body: int
) -> float:
    """How much speaks for a piece as headline: words of the article, a byline or date below, closeness.

    Each part is worth about as much as another; what names the article's own words is worth most.
    """
    shared = float(columns["shared"][i])
    long_enough = min(float(columns["words"][i]), 8.0) / 8.0
    followed = any(j in lines for j in range(i + 1, min(i + 1 + NEAR_LINE, body)))
    near = 1.0 - min(body - i, REACH) / REACH
    prefix = any(other != i and pieces[other].text.startswith(pieces[i].text) for other in range(max(0, i - 8), i))
    item = pieces[i].shape == "item"
    return 2 * shared + long_enough + 0.5 * followed + near + 0.5 * prefix - item


def _find_standfirst(places: Sequence[int], title: int, hits: Sequence[Hit | None], columns: Columns) -> int:
    """The first piece under the headline that is long enough to be a sentence, or -1."""
    for i in places:
        if title < i <= title + UNDER_TITLE and hits[i] is None and columns["words"][i] >= 2 * FEWEST_WORDS:
            return i
    return -1


def _is_sure(hit: Hit | None) -> bool:
    return hit is not None and hit.sure
