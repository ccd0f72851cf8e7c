"""Whether a page or text is a server's notice: its headlines in, a factor on the confidence out.

"Page not found" and "Not available in your region" come with a sentence or two of advice, which are
prose like any news in brief. Their headlines are few, and nobody writes an article under one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from cleaner.label.labelling import SHORT_BODY
from cleaner.segment.html import Page

LONGEST: Final = 2 * SHORT_BODY
"""Words in whole sentences from which on a text is no notice, whatever stands above it."""
DOUBT: Final = 0.5
"""Factor on the confidence in a notice; without it, those of two sentences have .4 to .7."""
LONGEST_HEADLINE: Final = 80
"""Characters of the longest such headline."""

_APART: Final = re.compile(r"\s+[-–—|·•»]+\s+|[|:_]")
_CODE: Final = re.compile(r"\b(?:40[0134]|410|429|451|50[0234])\b")
_MARKS: Final = re.compile(r"[^\w']+|_+")


def notice_doubt(headlines: Iterable[str], sentence_words: float) -> float:
    """Factor 0..1 on the confidence in a body of so many words in whole sentences."""
    if not 0 < sentence_words < LONGEST:
        return 1.0
    return DOUBT if any(map(is_notice, headlines)) else 1.0


def headlines_of(page: Page) -> Iterator[str]:
    """What a page calls itself: its titles and main headings."""
    yield from page.hints.titles
    texts, levels, *_ = page.fields
    yield from (text for text, level in zip(texts, levels, strict=True) if level == 1)


def is_notice(headline: str) -> bool:
    """Whether one part of a headline is nothing but a server's notice or a status code."""
    parts = (headline, *_APART.split(headline)) if len(headline) <= LONGEST_HEADLINE else ()
    return any(_says_so(part) for part in parts)


def _says_so(part: str) -> bool:
    said, codes = _CODE.subn(" ", part.casefold().replace("’", "'"))
    said = _MARKS.sub(" ", said).strip()
    return said in _notices() or (codes > 0 and not said)


@cache
def _notices() -> frozenset[str]:
    """The notices in all languages."""
    lines = files("cleaner.label").joinpath("notices.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))
