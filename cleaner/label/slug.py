"""Which of a text's first lines its address names: the pieces and the address's words in, a place out.

Most addresses of news end in the words of the headline ("/2024/10/ferry-to-sallow-island-to-sail-again"), and
a job that has only the text of a page mostly has its address too. A line with these words, and few others,
is the headline, whatever it looks like; no line of the article's prose is mostly made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from cleaner.label.features.characters import SENTENCE_END, Columns
from cleaner.label.lines.letters import fold
from cleaner.label.opening import LONGEST_TITLE, NO_END
from cleaner.label.pieces import Pieces

FEWEST_NAMED: Final = 3
"""Words of an address that names a headline; two are a section or a product."""
LEAST_NAMED: Final = 0.6
"""Share of the address's words that a headline has; sites leave words out, and change headlines later. Of 742
headlines with such an address 597 have it; of 104 bodies' first lines without a stop 20, headlines mostly."""
LEAST_COVERED: Final = 0.3
"""Share of the headline's own words that the address has; addresses are cut, and go without small words."""
COVERED_SENTENCE: Final = 0.5
"""The same of a line that ends like a sentence, as paragraphs do."""
REACH: Final = 60
"""Pieces of a text among which its headline stands; above it stands no more than a menu."""
FIRST_PROSE: Final = 15.0
"""Words of a sentence that was kept, below which no headline stands."""
_ENDS: Final = NO_END + "!"
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_PARTED: Final = re.compile(r"[-_+ ]")
_SUFFIX: Final = re.compile(r"\.\w{2,5}$")
_UMLAUTS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"))
"""How addresses write what folding leaves without its dots."""


def headline_words(url: str | None) -> frozenset[str]:
    """The words by which an address names a headline: its longest segment's; none if that has too few."""
    try:
        path = unquote(urlsplit(url or "").path)
    except ValueError:
        return frozenset()
    segments = (_SUFFIX.sub("", segment) for segment in path.split("/"))
    named = [_words(segment) for segment in segments if len(_PARTED.split(segment)) >= FEWEST_NAMED]
    longest = max(named, key=len, default=frozenset())
    return longest if len(longest) >= FEWEST_NAMED else frozenset()


def named_headline(
    cut: Pieces, columns: Columns, kept: Sequence[bool], headlines: Iterable[bool], named: frozenset[str]
) -> int:
    """The number of the piece with the words of an address, or -1; `headlines` are those that can be one."""
    best, most = -1, 0.0
    for i, (piece, may_be) in enumerate(zip(cut.pieces[:REACH], headlines, strict=False) if named else ()):
        hit = cut.hits[i]
        if may_be and (hit is None or not hit.sure):
            likeness = _likeness(piece.text, named)
            if likeness >= most and likeness:  # the last of several: above stand breadcrumbs
                best, most = i, likeness
                continue
        if kept[i] and columns["end_mark"][i] >= SENTENCE_END and columns["words"][i] >= FIRST_PROSE:
            break
    return best


def _likeness(line: str, named: frozenset[str]) -> float:
    """How far a line has the words of an address and no others, 0..1; 0 for one that is no headline."""
    if len(line) > LONGEST_TITLE:
        return 0.0
    words = _words(line)
    shared = len(words & named)
    least = COVERED_SENTENCE if line[-1] in _ENDS else LEAST_COVERED
    if shared < LEAST_NAMED * len(named) or shared < least * len(words):
        return 0.0
    return shared / len(words | named)


def _words(text: str) -> frozenset[str]:
    low = fold(text)
    for written, letter in _UMLAUTS:
        low = low.replace(written, letter)
    return frozenset(_WORD.findall(low))
