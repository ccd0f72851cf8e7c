"""The author line that stands neither at the headline nor below the body, on a page that names nobody there.

In comes the page, out go candidates, if exactly one line of it begins as only bylines do. Two
such lines are two articles' and say nothing about this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from cleaner.label.lines import read_byline
from cleaner.label.lines.names import find_cue
from cleaner.label.lines.words import fold, load_words
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.places import LONG
from cleaner.segment.html import Page

_SHORTEST_BYLINE: Final = 6
"""Characters of a line that can have the words before a name, and one."""
_HEAD_WORDS: Final = re.compile(r"^[^\s.:：=/／-]+", re.M)
"""What cues are filed under: the first word of each line."""


def from_far_line(page: Page) -> Iterator[Candidate]:
    """Authors of the one line anywhere that begins as only bylines do ("Autor: Jane Roe")."""
    named: dict[tuple[str, ...], None] = {}
    for line in _author_lines(page):
        if names := read_byline(line):
            named[names] = None
    if len(named) == 1:
        yield from (Candidate("authors", name, "visible:far-byline") for name in next(iter(named)))


@cache
def _author_heads() -> frozenset[str]:
    """First words of what only bylines begin with."""
    cues = load_words().cues.items()
    return frozenset(head for head, group in cues if any(cue.kind == "author" for cue in group))


def _author_lines(page: Page) -> Iterator[str]:
    """The page's short lines that begin with words only bylines use, found in one go."""
    words = load_words()
    texts = [b.text for b in page.blocks if _SHORTEST_BYLINE <= len(b.text) <= LONG]
    text = "\n".join(texts)
    folded = fold(text)
    heads = _author_heads()
    if heads.isdisjoint(_HEAD_WORDS.findall(folded)):
        return
    for line, low in zip(text.split("\n"), folded.split("\n"), strict=True):
        head = _HEAD_WORDS.match(low)
        if head is None or head.group() not in heads:
            continue
        cue = find_cue(line, words)
        if cue is not None and cue[0].kind == "author":
            yield line
