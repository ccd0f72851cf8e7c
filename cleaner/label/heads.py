"""The headline, standfirst, byline and date line at the head of a scraped text: pieces in, verdicts out.

A text has no markup to say which line is its headline, but heads are built alike everywhere: a short
line without a full stop, then a standfirst, names and dates in some order, then prose. Only
pieces up to the first paragraph of the body are looked at, and all but one of them have been left
out already, so nothing is ever guessed from the body itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import SENTENCE_END, Columns
from cleaner.label.features.fragments import QUOTES
from cleaner.label.lines import read_byline, read_dateline
from cleaner.label.lines.bare import bare_names, goes_with_name
from cleaner.label.lines.people import is_full_name
from cleaner.label.opening import FEWEST_WORDS, LONGEST_TITLE, may_be_headline
from cleaner.label.rules import Hit
from cleaner.model import Block, Verdict

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

REACH: Final = 40
"""Pieces before the first paragraph that are searched; above that stand menus only."""
UNDER_TITLE: Final = 5
"""Pieces below the headline among which its standfirst stands."""
LONGER_THAN_KICKERS: Final = 6
"""Words of a line above another from which on it is the headline, and the other one its standfirst."""
TOLD_BY_ARTICLE: Final = 0.25
"""Share of its rarer words that must stand in the article for it."""
OF_THE_ARTICLE: Final = 0.1
"""Share of a standfirst's rarer words that stand in the article too: a prompt has none of them."""
NAME_LINE: Final = "head/name"
"""Rule of such a byline, the evidence of which is its names, parted by semicolons."""
_MOST_ABOVE: Final = 6
"""Pieces above a date line among which its authors' names and roles stand."""
LONGEST_CUE: Final = 20
"""Characters of a line such as "By" or "Written by:", below which its name stands."""
OF_NO_KIND: Final = frozenset(("other", "related"))
"""Labels of rules that a date line may hit."""
SAID_ABOVE: Final = 8
"""Pieces above a headline among which the page's own title begins with it."""
NEAR_LINE: Final = 6
"""Pieces below a headline among which a byline or date line speaks for it."""


def read_head(
    pieces: Sequence[Block],
    hits: Sequence[Hit | None],
    kept: Flags,
    columns: Columns,
    headlines: Sequence[bool],
    first: int,
) -> dict[int, Verdict]:
    """Verdicts for the pieces of the head; `kept` says which are body, `headlines` which can be the headline,
    `first` which is it by its words (-1: none is).

    Some that were kept can be among them: the sentence between the headline and the names and dates below it,
    which reads like a first paragraph but for its place, or the headline itself, marked or over such lines.
    """
    marked = (
        kept[1:].any() and not _is_ruled_out(pieces[0].text, hits[0]) and _is_marked_headline(pieces, columns)
    )
    first = 0 if marked and first < 0 else first
    kept = kept & (np.arange(len(kept)) != first)
    body = _first_prose(pieces, kept, columns)
    open_ = [i for i in range(max(0, body - REACH), body) if not _is_ruled_out(pieces[i].text, hits[i])]
    near = range(body, min(body + NEAR_LINE, len(pieces)))
    right_below = set(takewhile(lambda i: _read_line(pieces[i].text) is not None, near[1:]))
    after = [
        i for i in near if (not kept[i] or i in right_below) and not _is_ruled_out(pieces[i].text, hits[i])
    ]
    verdicts = read_lines(pieces, [*open_, *after])
    verdicts |= _names_at_dates(pieces, open_, verdicts)
    verdicts |= _names_below_cues(pieces, [i for i in (*open_, *after) if i not in verdicts])
    title = first
    if title < 0 or title in verdicts:
        title = _find_title(
            pieces, [i for i in open_ if headlines[i] and i not in verdicts], verdicts, columns, body
        )
    if title < 0:
        return {i: verdict for i, verdict in verdicts.items() if not kept[i]}
    seen = "marked as headline" if marked and title == 0 else "a short line above the article"
    verdicts[title] = Verdict("title", "head/title", seen)
    for i in open_:
        if i not in verdicts and pieces[i].text == pieces[title].text:
            verdicts[i] = Verdict("title", "head/title", "the headline again")
    standfirst = _find_standfirst([i for i in open_ if i not in verdicts], title, hits, columns)
    if standfirst < 0 and _is_between(verdicts, title, body, kept):
        standfirst = body
    if standfirst >= 0:
        verdicts[standfirst] = Verdict("standfirst", "head/standfirst", "between headline and article")
    return verdicts


def _is_marked_headline(pieces: Sequence[Block], columns: Columns) -> bool:
    """Whether a text opens with its one heading of the first level, as an article in Markdown does."""
    marked = [i for i, piece in enumerate(pieces) if piece.shape == "heading" and piece.level == 1]
    return marked == [0] and columns["words"][0] >= FEWEST_WORDS and len(pieces[0].text) <= LONGEST_TITLE


def _first_prose(pieces: Sequence[Block], kept: Flags, columns: Columns) -> int:
    """The first piece of the body but bylines and date lines, or what is below one with a fragment above."""
    places = np.flatnonzero(kept).tolist() or [0]
    first = next((i for i in places[:UNDER_TITLE] if _read_line(pieces[i].text) is None), places[0])
    if columns["end_mark"][first] < SENTENCE_END:
        below = range(first + 1, min(first + 1 + UNDER_TITLE, len(pieces)))
        lines = read_lines(pieces, below)
        last = max(lines, default=-1)
        if (
            lines
            and all(i in lines or i == first + 1 for i in range(first + 1, last))
            and kept[last + 1 :].any()
        ):
            return last + 1 + int(kept[last + 1 :].argmax())
    return first


def _is_between(lines: Mapping[int, Verdict], title: int, body: int, kept: Flags) -> bool:
    """Whether the first piece kept stands right between the headline and a byline or date line, alone."""
    return title == body - 1 and body + 1 in lines and int(kept.sum()) > 1


def read_lines(pieces: Sequence[Block], places: Sequence[int]) -> dict[int, Verdict]:
    """Verdicts for those of the pieces that are date lines or bylines all through."""
    read = {i: _read_line(pieces[i].text) for i in places}
    return {i: verdict for i, verdict in read.items() if verdict is not None}


def _names_at_dates(
    pieces: Sequence[Block], places: Sequence[int], lines: Mapping[int, Verdict]
) -> dict[int, Verdict]:
    """Verdicts for pieces that are people's full names alone, right above or below a date line.

    Above it there may be several, and a person's role, handle or e-mail address below each.
    """
    free = {i for i in places if i not in lines}
    named: dict[int, str] = {}
    beside: set[int] = set()
    for at in (i for i, verdict in lines.items() if verdict.label == "dateline"):
        if at + 1 in free and (names := bare_names(pieces[at + 1].text)):
            named[at + 1] = "; ".join(names)
        for i in range(at - 1, max(at - 1 - _MOST_ABOVE, -1), -1):
            if i not in free:
                break
            if names := bare_names(pieces[i].text):
                named[i] = "; ".join(names)
            elif goes_with_name(pieces[i].text):
                beside.add(i)
            else:
                break
    borne = {i: Verdict("byline", "head/role", named[i - 1]) for i in beside if i - 1 in named}
    return borne | {i: Verdict("byline", NAME_LINE, names) for i, names in named.items()}


def _names_below_cues(pieces: Sequence[Block], places: Sequence[int]) -> dict[int, Verdict]:
    """Verdicts for pieces that are a full name alone, and for the line right above them that is but a cue."""
    verdicts: dict[int, Verdict] = {}
    for i, below in pairwise(places):
        cue, name = pieces[i].text, pieces[below].text
        if len(cue) > LONGEST_CUE or below != i + 1 or not is_full_name(name):
            continue
        if read_byline(f"{cue} {name}") == (name,):
            verdicts[i] = Verdict("byline", "line/cue", cue)
            verdicts[below] = Verdict("byline", NAME_LINE, name)
    return verdicts


@lru_cache(maxsize=1 << 10)  # the same lines are read from above and from below
def _read_line(text: str) -> Verdict | None:
    if read_dateline(text) is not None:
        return Verdict("dateline", "line/date")
    names = read_byline(text)
    return None if names is None else Verdict("byline", "line/byline", "; ".join(names))


def _find_title(
    pieces: Sequence[Block], places: Sequence[int], lines: Mapping[int, Verdict], columns: Columns, body: int
) -> int:
    """The likeliest headline among the pieces, or -1."""
    best, best_score = -1, 0.0
    for i in places:
        if not may_be_headline(pieces[i].text, float(columns["words"][i])):
            continue
        score = _title_score(pieces, i, lines, columns, body)
        if score > best_score:
            best, best_score = i, score
    return best - 1 if _is_subtitle(pieces, best, places, columns) else best


def _is_subtitle(pieces: Sequence[Block], i: int, places: Sequence[int], columns: Columns) -> bool:
    """Whether the headline is the line right above a piece, which is its standfirst then."""
    above = i - 1
    if above not in places or pieces[above].shape == "item" or columns["hit"][above]:
        return False
    words = float(columns["words"][above])
    return (
        may_be_headline(pieces[above].text, words)
        and LONGER_THAN_KICKERS <= words <= columns["words"][i]
        and columns["shared"][above] >= TOLD_BY_ARTICLE
        and pieces[i].text not in pieces[above].text  # said twice
    )


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
    prefix = any(pieces[other].text.startswith(pieces[i].text) for other in range(max(0, i - SAID_ABOVE), i))
    item = pieces[i].shape == "item"
    quoted = pieces[i].text[0] in QUOTES and pieces[i].text[-1] in QUOTES
    marked = pieces[i].shape == "heading" and pieces[i].level == 1
    return 2 * shared + 2 * marked + long_enough + 0.5 * followed + near + 0.5 * prefix - item - quoted


def _find_standfirst(places: Sequence[int], title: int, hits: Sequence[Hit | None], columns: Columns) -> int:
    """The first piece under the headline as long as a sentence and with words of the article, or -1."""
    for i in places:
        fits = (
            hits[i] is None
            and columns["words"][i] >= 2 * FEWEST_WORDS
            and columns["shared"][i] >= OF_THE_ARTICLE
        )
        if title < i <= title + UNDER_TITLE and fits:
            return i
    return -1


def _is_ruled_out(text: str, hit: Hit | None) -> bool:
    """Whether a sure rule says what a piece is, and it is no date line with a word that a rule knows.

    Above Korean and Chinese articles stands "Entered 2025.04.09 08:11", and rules know such words for menus.
    """
    if hit is None or not hit.sure:
        return False
    told = read_dateline(text) if hit.label in OF_NO_KIND else None
    return told is None or not (told.published or told.modified)
