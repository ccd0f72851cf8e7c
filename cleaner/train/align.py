"""Which blocks of a page are body, given the body as plain text.

In go the texts of a page's blocks and the body; out comes, for each block, the share of it
that stands in the body, in the body's order. Teasers and pull-quotes repeat body text
elsewhere on the page, so a block counts only if it lies on the best chain of matches that runs
through both in the same order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\w+")
_SHINGLE: Final = 4
_BIN: Final = 8
_NEXT: Final = 3
_NEXT_BONUS: Final = 0.5
"""Words a match is worth more when it comes within so many blocks of the one before."""
_MOST_PLACES: Final = 8
"""Places of one block in the body that are tried; a short block may have hundreds."""


class _Match(NamedTuple):
    block: int
    start: int
    end: int
    share: float


def tokens(text: str) -> list[str]:
    """Words in lower case; single characters in scripts that put no space between words."""
    text = unicodedata.normalize("NFKC", text).lower()
    if sum("\u3040" <= c <= "\u9fff" for c in text) > len(text) / 4:
        return [c for c in text if c.isalnum()]
    return _WORD.findall(text)


def body_shares(texts: Sequence[str], body: str) -> list[float]:
    """For each block text the share (0..1) of its words that the body has at that place."""
    gold = tokens(body)
    places = _index(gold)
    matches: list[_Match] = []
    for number, text in enumerate(texts):
        matches.extend(_matches(number, tokens(text), gold, places))
    shares = [0.0] * len(texts)
    for match in _best_chain(matches):
        shares[match.block] = match.share
    return shares


def _index(gold: list[str]) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = {}
    for n in range(1, _SHINGLE + 1):
        for i in range(len(gold) - n + 1):
            places.setdefault(tuple(gold[i : i + n]), []).append(i)
    return places


def _matches(
    number: int, words: list[str], gold: list[str], places: dict[tuple[str, ...], list[int]]
) -> list[_Match]:
    """Places of one block in the body: diagonals that at least half of its shingles vote for."""
    if not words:
        return []
    n = min(_SHINGLE, len(words))
    grams = len(words) - n + 1
    width = _BIN if grams > _BIN else 1
    votes: dict[int, list[int]] = {}
    for i in range(grams):
        for place in places.get(tuple(words[i : i + n]), ())[:64]:
            # A word more or less on one side moves the diagonal: neighbours share a bin.
            votes.setdefault((place - i) // width, []).append(place)
    found: list[_Match] = []
    for key, hits in sorted(votes.items(), key=lambda item: -len(item[1]))[:_MOST_PLACES]:
        hits = sorted({*hits, *(votes.get(key + 1, ()) if width > 1 else ())})
        if len(hits) * 2 >= grams:
            found.append(_Match(number, hits[0], hits[-1] + n, min(1.0, len(hits) / grams)))
    return found


def _best_chain(matches: list[_Match]) -> list[_Match]:
    """The heaviest run of matches that goes forward in page and body alike."""
    matches = sorted(matches, key=lambda m: (m.start, m.block))
    best: list[float] = []
    before: list[int] = []
    for i, match in enumerate(matches):
        weight = match.share * (match.end - match.start)
        top, link = 0.0, -1
        for j in range(i):
            other = matches[j]
            if other.block < match.block and other.end <= match.start:
                # Where the page holds the body twice, stay in one copy.
                value = best[j] + (_NEXT_BONUS if match.block - other.block <= _NEXT else 0.0)
                if value > top:
                    top, link = value, j
        best.append(top + weight)
        before.append(link)
    chain: list[_Match] = []
    i = max(range(len(matches)), key=best.__getitem__, default=-1)
    while i >= 0:
        chain.append(matches[i])
        i = before[i]
    return chain[::-1]
