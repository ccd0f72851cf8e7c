"""The rules a block opens with: folded blocks in, matches of the kinds `start` and `bar` out.

Most blocks begin like no phrase, and a look at their first characters tells; so these phrases are kept
in a table instead of the automaton, which would find them all over the prose, hundreds a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from cleaner.label.phrasebook import EDGE, OPENING, Phrasebook, Rule, bounded

LEAD: Final = 12
"""Most characters (bullets, brackets, numbers) before a phrase that still begins its block."""


class Match(NamedTuple):
    """A rule, the phrase of its first term as the file has it, and where in the block that stands."""

    rule: Rule
    phrase: str
    start: int
    end: int


def openings(book: Phrasebook, blocks: Sequence[str], settled: Sequence[bool]) -> dict[int, list[Match]]:
    """The rules that blocks, not yet settled, begin with a phrase of: by the block's index."""
    known, signs, longest = book.openings, book.signs, book.longest_opening
    found: dict[int, list[Match]] = {}
    groups = map(known.get, [block[:OPENING] for block in blocks])
    for index, (block, phrases) in enumerate(zip(blocks, groups, strict=True)):
        if (phrases is None or not block.startswith(phrases)) and block[:1] not in signs:
            continue
        if len(block) > longest or settled[index]:
            continue
        if matches := _opened(book, block):
            found[index] = matches
    return found


def _opened(book: Phrasebook, block: str) -> list[Match]:
    """The rules a phrase of which the block begins with, after none to all of the characters of its edge.

    A phrase may itself begin with such a character, as a credit in brackets does. Of a rule's phrases
    the shortest names the hit, so the matches are put in order of their ends.
    """
    heads = _heads(book, block)
    if len(heads) > 1:
        heads.sort(key=lambda head: (head[1] + len(head[0]), head[1]))
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
    return list(matches.values())


def _heads(book: Phrasebook, block: str) -> list[tuple[str, int]]:
    """The phrases that the block begins with, each with where it starts."""
    if block[:1] not in book.signs:  # most blocks: nothing to skip, no short phrase
        return [(phrase, 0) for phrase in book.openings[block[:OPENING]] if block.startswith(phrase)]
    bare = block.lstrip(EDGE)
    edge = len(block) - len(bare)
    if bare[:OPENING] not in book.openings and book.strays.isdisjoint(block[: edge + 1]):
        return []
    heads: list[tuple[str, int]] = []
    for start in range(min(edge, LEAD) + 1):
        for width in range(1 if block[start : start + 1] in book.signs else OPENING, OPENING + 1):
            phrases = book.openings.get(block[start : start + width])
            if phrases and block.startswith(phrases, start):
                heads += [(phrase, start) for phrase in phrases if block.startswith(phrase, start)]
    return heads


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
