"""Rows of buttons: a folded block and the rules about bars that it may keep in, the rule that it keeps out.

A row such as "Share Tweet Email" is none of its words alone; it is a bar if all of it is phrases of one rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.label.phrasebook import Phrasebook
from cleaner.label.search import EDGE


def bar_of(book: Phrasebook, block: str, numbers: Sequence[int]) -> int | None:
    """The first of the `bar` rules, by number, of whose phrases a block is a row; None where none is."""
    words = _bar_words(book, block)
    if not words:
        return None
    return next(
        (n for n in numbers if len(block) <= book.rules[n].limit and _is_row(words, book.bars[n])), None
    )


def _bar_words(book: Phrasebook, block: str) -> Sequence[str]:
    """The words of a block that may be a bar; none where it is too long or says anything else."""
    if len(block) > book.longest_bar or " " not in block:
        return ()
    words: list[str] = []
    for part in block.split():
        if word := part.strip(EDGE):
            if word not in book.bar_words:
                return ()
            words.append(word)
    return words if len(words) > 1 else ()


def _is_row(words: Sequence[str], phrases: frozenset[str]) -> bool:
    """Whether the words are two or more of the phrases and nothing else."""
    at = count = 0
    while at < len(words):
        width = next((n for n in (3, 2, 1) if " ".join(words[at : at + n]) in phrases), 0)
        if not width:
            return False
        at += width
        count += 1
    return count > 1
