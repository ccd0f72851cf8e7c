"""The labels that a block's words alone give it: texts in, the best rule that hits each text out.

All blocks of a page are searched in one pass for the phrases of all languages, because looking at
them one by one, language by language, would cost more than parsing the page did. A hit that is
`sure` may be acted on anywhere in a text; the other hits are hints, for the labeller to weigh
and to name what it removes. What words alone cannot tell (a paragraph of an appeal that speaks
of news) `spread` decides from the hits around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from cleaner.label.phrasebook import EDGE, KINDS, Phrasebook, Rule, bounded, fold, phrasebook, slugged

SEPARATOR: Final = "\x1f"
"""Stands between blocks while they are searched as one text; in no phrase, so no hit crosses it."""

QUOTES: Final = re.compile('["“”„«»「」『』]')
"""Speech in quotation marks is somebody's words in the news, not the site's to its reader."""

LEAD: Final = 12
"""Most characters (bullets, brackets, numbers) before a phrase that still begins its block."""

BRIDGE: Final = 2
"""Most blocks without any cue that are bridged between two sure hits: appeals have 3 to 6 paragraphs,
all but one or two of which say what they are."""

MARGIN: Final = 12
"""How many blocks from the start or end of a text count as its margin, where banners stand."""

REST: Final = 3
"""Fewest blocks without a hit outside the gap: with fewer, the gap may be the article itself."""


class Hit(NamedTuple):
    """A rule that hit a block: `sure` enough to act on alone, or a hint; `evidence` is what it saw."""

    label: str
    rule: str
    sure: bool
    evidence: str


_Match = tuple[int, int, int]
"""A phrase's number and where it stands: a plain tuple, for there are hundreds a page."""


class _Found(NamedTuple):
    rule: Rule
    match: _Match
    evidence: str


def find_hits(texts: Sequence[str]) -> list[Hit | None]:
    """The best hit of each text, or None: one entry for each text, in order."""
    return search(phrasebook(), texts)


def search(book: Phrasebook, texts: Sequence[str]) -> list[Hit | None]:
    """`find_hits` with the rules of another book."""
    if not texts:
        return []
    folded = fold(SEPARATOR.join(texts))
    blocks = folded.split(SEPARATOR)
    if len(blocks) != len(texts):  # a text held the separator itself
        blocks = [fold(text.replace(SEPARATOR, " ")) for text in texts]
        folded = SEPARATOR.join(blocks)
    hits = [_line_hit(book, block) if len(block) <= book.longest else None for block in blocks]
    for index, matches in _matches_by_block(book, folded, blocks, hits):
        hits[index] = _judge(book, blocks[index], matches) or hits[index]
    return hits


def _line_hit(book: Phrasebook, block: str) -> Hit | None:
    bare = block.strip(EDGE)
    number = book.lines.get(bare)
    if number is None:
        return None
    rule = book.rules[number]
    return Hit(rule.label, rule_id(rule, bare), rule.sure, bare)


def _matches_by_block(
    book: Phrasebook, folded: str, blocks: Sequence[str], hits: Sequence[Hit | None]
) -> Iterator[tuple[int, list[_Match]]]:
    """The matches, with offsets into the block, of each block that is not yet surely hit.

    Matches that no rule can use are left out here, at the price of two comparisons: nine in ten
    are words of prose that would have to stand at the start of a short block.
    """
    index, offset, size = 0, 0, len(blocks[0])
    found: list[_Match] = []
    for phrase, start, end in book.automaton.find_matches_as_indexes(folded, overlapping=True):
        if start >= offset + size:
            if found:
                yield index, found
                found = []
            while start >= offset + size:
                offset += size + 1
                index += 1
                size = len(blocks[index])
        longest, anywhere = book.reach[phrase]
        if size > longest or (start - offset > LEAD and not anywhere):
            continue
        known = hits[index]
        if known is None or not known.sure:
            found.append((phrase, start - offset, end - offset))
    if found:
        yield index, found


def _judge(book: Phrasebook, block: str, matches: Sequence[_Match]) -> Hit | None:
    """The best of the rules whose first term is among the matches and whose others are in the block."""
    found = [
        _Found(rule, match, evidence)
        for number, match in _first_terms(book, block, matches)
        if (evidence := _evidence(book, rule := book.rules[number], block, match)) is not None
    ]
    found.sort(key=_strength, reverse=True)
    for rule, match, evidence in found:
        if rule.sure and _stands(book, rule, block, match):
            return Hit(rule.label, rule_id(rule, evidence), True, evidence)
    if not found:
        return None
    rule, _, evidence = found[0]
    return Hit(rule.label, rule_id(rule, evidence), False, evidence)


def _strength(found: _Found) -> tuple[bool, int, bool, int, int]:
    """Best first: a prompt to log in for commenting is named for the comment, not for the log-in."""
    rule = found.rule
    named_first = rule.label == "comment"
    return rule.sure, -KINDS.index(rule.kind), named_first, len(rule.terms), len(found.evidence)


def _first_terms(book: Phrasebook, block: str, matches: Sequence[_Match]) -> Iterator[tuple[int, _Match]]:
    """The rules, by number, whose first term stands where it should, each with its first such match."""
    seen: set[int] = set()
    size = len(block)
    for match in matches:
        phrase, start, end = match
        if not bounded(book.phrases[phrase], block, start, end):
            continue
        for number in book.uses[phrase]:
            rule = book.rules[number]
            if size <= rule.limit and number not in seen and _in_place(book, number, block, match):
                seen.add(number)
                yield number, match


def _evidence(book: Phrasebook, rule: Rule, block: str, match: _Match) -> str | None:
    """What of the rule's terms stands in the block, or None where one is missing."""
    found = book.phrases[match[0]].strip("*")
    for term in rule.terms[1:]:
        phrase = _find(block, term)
        if phrase is None:
            return None
        found = f"{found} + {phrase}"
    return found


def _in_place(book: Phrasebook, number: int, block: str, match: _Match) -> bool:
    rule = book.rules[number]
    if rule.kind == "has":
        return True
    if rule.kind == "end":
        return not block[match[2] :].strip(EDGE)
    if match[1] > LEAD or block[: match[1]].strip(EDGE):
        return False
    return rule.kind == "start" or _is_bar(block, book.bars[number])


def _find(block: str, phrases: Sequence[str]) -> str | None:
    """The first of the phrases that is in the block between word boundaries, or None."""
    for phrase in phrases:
        bare = phrase.strip("*")
        at = block.find(bare)
        while at >= 0:
            if bounded(phrase, block, at, at + len(bare)):
                return bare
            at = block.find(bare, at + 1)
    return None


def _is_bar(block: str, phrases: frozenset[str]) -> bool:
    """Whether the block is two or more of the phrases and nothing else."""
    words = [word for word in (part.strip(EDGE) for part in block.split()) if word]
    at = count = 0
    while at < len(words):
        width = next((n for n in (3, 2, 1) if " ".join(words[at : at + n]) in phrases), 0)
        if not width:
            return False
        at += width
        count += 1
    return count > 1


def rule_id(rule: Rule, evidence: str) -> str:
    """A readable, stable id: language, label, then what the rule looks for; a hint's ends with `?`."""
    slug = "bar" if rule.kind == "bar" else slugged(rule.heads or evidence)
    place = f"{rule.kind}-" if rule.kind in ("start", "end") else ""
    return f"{rule.language}/{rule.label}/{place}{slug}{'' if rule.sure else '?'}"


def _stands(book: Phrasebook, rule: Rule, block: str, match: _Match) -> bool:
    """Whether neither quotation marks around the match nor a word of reporting speak against the rule."""
    before = len(QUOTES.findall(block, 0, match[1]))
    if before % 2 == 1 and QUOTES.search(block, match[2]):
        return False
    said = book.said.get(rule.language) if rule.kind == "has" else None
    return said is None or _find(block, said) is None


def spread(hits: Sequence[Hit | None], texts: Sequence[str]) -> list[Hit | None]:
    """The hits, with the gaps between sure donation hits closed where what stands there fits.

    An appeal's middle paragraphs speak of the news as articles do. One goes with its neighbours
    when it has a cue of its own, or when at most `BRIDGE` blocks without one stand between two
    sure hits near the start or end of the text; otherwise it stays.
    """
    result = list(hits)
    sure = [i for i, hit in enumerate(hits) if hit is not None and hit.sure and hit.label == "donation"]
    for left, right in pairwise(sure):
        between = range(left + 1, right)
        plain = [i for i in between if hits[i] is None]
        at_margin = right < MARGIN or left >= len(texts) - MARGIN
        rest = hits.count(None) - len(plain)
        if not plain or (len(plain) <= BRIDGE and at_margin and rest >= REST):
            for i in between:
                result[i] = _bridged(hits[i])
    return result


def _bridged(hit: Hit | None) -> Hit:
    if hit is None:
        return Hit("donation", "spread/donation", True, "between two appeals")
    return hit if hit.sure else Hit("donation", "spread/donation", True, hit.evidence)
