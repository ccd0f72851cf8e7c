"""The rules a block opens with: a folded block and the phrases it begins with in, matches out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleaner.label.phrasebook import Phrasebook, Rule
from cleaner.label.search import EDGE, bounded


class Match(NamedTuple):
    """A rule, the phrase of its first term as the file has it, and where in the block that stands."""

    rule: Rule
    phrase: str
    start: int
    end: int


def openings(book: Phrasebook, block: str, heads: Sequence[tuple[str, int]]) -> Iterable[Match]:
    """The rules of the phrases that a folded block opens with, given with where each begins.

    A phrase may itself begin with a sign of the edge, as a credit in brackets does. Of a rule's phrases
    the shortest names the hit, so the matches are put in order of their ends.
    """
    if len(heads) > 1:
        heads = sorted(heads, key=lambda head: (head[1] + len(head[0]), head[1]))
    matches: dict[int, Match] = {}
    words: Sequence[str] | None = None
    for found, start in heads:
        end = start + len(found)
        for phrase, number in book.opened.get(found, ()):
            rule = book.rules[number]
            if number not in matches and len(block) <= rule.limit and bounded(phrase, block, start, end):
                matches[number] = Match(rule, phrase, start, end)
        if found in book.barred:
            words = _bar_words(book, block) if words is None else words
            bar = _bar(book, len(block), words, book.barred[found]) if words else None
            if bar is not None and bar not in matches:
                matches[bar] = Match(book.rules[bar], found, start, end)
    return matches.values()


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


def _bar(book: Phrasebook, size: int, words: Sequence[str], numbers: Sequence[int]) -> int | None:
    """The first of the `bar` rules, by number, of whose phrases a block of so many characters is a row."""
    return next((n for n in numbers if size <= book.rules[n].limit and _is_row(words, book.bars[n])), None)


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
