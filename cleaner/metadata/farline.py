"""The author line that stands neither at the headline nor below the body, on a page that names nobody there.

In comes the page, out go candidates, if exactly one line of it begins as only bylines do. Two
such lines are two articles' and say nothing about this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final
from unicodedata import combining, normalize

from cleaner.label.lines import read_byline
from cleaner.label.lines.letters import fold, head_word
from cleaner.label.lines.names import find_cue
from cleaner.label.lines.words import load_words
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.places import LONG, cues
from cleaner.segment.html import Page

_SHORTEST_BYLINE: Final = 6
"""Characters of a line that can have the words before a name, and one."""
_HEAD_WORDS: Final = re.compile(r"\n([^\s.:：=/／-]+)")
"""What cues are filed under: the first word of each line, behind the sign that ends the one before."""

_ACCENTS: Final = "\u0300\u036f"
"""The first and last of most accents, which folding takes away."""


def from_far_line(page: Page, head: int) -> Iterator[Candidate]:
    """Authors of the one line that begins as only bylines do ("Autor: Jane Roe"), outside of others' places.

    `head` is the number of the headline's block.
    """
    named: dict[tuple[str, ...], None] = {}
    for index, line in _author_lines(page):
        if (names := read_byline(line)) and cues(page, index, head) is not None:
            named[names] = None
    if len(named) == 1:
        yield from (Candidate("authors", name, "visible:far-byline") for name in next(iter(named)))


@cache
def _author_heads() -> frozenset[str]:
    """First words of what only bylines begin with."""
    cues = load_words().cues.items()
    return frozenset(head for head, group in cues if any(cue.kind == "author" for cue in group))


@cache
def _first_letters() -> frozenset[str]:
    """What these words begin with, without accents."""
    return frozenset(normalize("NFD", head)[0] for head in _author_heads())


def _may_begin(letter: str) -> bool:
    """Whether a word with this first letter can be one of them once it is folded."""
    if letter.isascii():
        return letter.lower() in _first_letters()
    base = normalize("NFD", letter.casefold())[0]
    return base in _first_letters() or _ACCENTS[0] <= base <= _ACCENTS[1] or combining(base) > 0


def _author_lines(page: Page) -> Iterator[tuple[int, str]]:
    """The page's short lines that begin with words only bylines use, each with its block's number.

    Only words that begin as these do are folded, for folding a whole page is dear where it is not ASCII.
    """
    words = load_words()
    texts = [(i, text) for i, text in enumerate(page.fields.texts) if _SHORTEST_BYLINE <= len(text) <= LONG]
    text = "\n".join([text for _, text in texts])
    found = set(_HEAD_WORDS.findall(f"\n{text}"))
    strange = {word for word in found if not word.isascii()}
    letters = set(filter(_may_begin, {word[0] for word in strange}))
    known = _author_heads()
    heads = (
        *(word for word in found - strange if word.lower() in known),
        *(word for word in strange if word[0] in letters and head_word(fold(word)) in known),
    )
    for index, line in _lines_of(texts) if heads else ():
        cue = find_cue(line, words) if line.startswith(heads) else None
        if cue is not None and cue[0].kind == "author":
            yield index, line


def _lines_of(texts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    return ((index, line) for index, text in texts for line in text.split("\n"))
