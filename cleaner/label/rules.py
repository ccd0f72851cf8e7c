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
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from cleaner.label.openings import Match, openings
from cleaner.label.phrasebook import KINDS, Phrasebook, Rule, alternatives, phrasebook, slugged
from cleaner.label.search import EDGE, find_phrase

QUOTES: Final = re.compile('["“”„«»「」『』]')
"""Speech in quotation marks is somebody's words in the news, not the site's to its reader."""

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


class _Found(NamedTuple):
    match: Match
    evidence: str


def find_hits(texts: Sequence[str]) -> list[Hit | None]:
    """The best hit of each text, or None: one entry for each text, in order."""
    return search(phrasebook(), texts)


def search(book: Phrasebook, texts: Sequence[str]) -> list[Hit | None]:
    """`find_hits` with the rules of another book."""
    hits: list[Hit | None] = [None] * len(texts)
    lines, speaking = book.index.look(texts)
    for index, number, line in lines:
        hits[index] = hit_of(book.rules[number], line)
    for index, block, heads, places in speaking:
        matches = [*openings(book, block, heads), *_anywhere(book, block, places)]
        hits[index] = _judge(book, block, matches) or hits[index]
    return hits


def _anywhere(book: Phrasebook, block: str, places: Sequence[tuple[int, int, int]]) -> Iterator[Match]:
    """The rules the first term of which stands where it should in a block, each once."""
    seen: set[int] = set()
    for number, start, end in places:
        for use in book.uses[number]:
            rule = book.rules[use]
            if use in seen or len(block) > rule.limit:
                continue
            if rule.kind == "has" or not block[end:].strip(EDGE):
                seen.add(use)
                yield Match(rule, book.phrases[number], start, end)


def _judge(book: Phrasebook, block: str, matches: Sequence[Match]) -> Hit | None:
    """The best of the rules whose first term is among the matches and whose others are in the block."""
    found = [
        _Found(match, evidence) for match in matches if (evidence := _evidence(block, match)) is not None
    ]
    if len(found) > 1:
        found.sort(key=_strength, reverse=True)
    for match, evidence in found:
        if match.rule.sure and _stands(book, block, match):
            return hit_of(match.rule, evidence)
    if not found:
        return None
    best = found[0]
    return hit_of(best.match.rule, best.evidence)._replace(sure=False)


def _strength(found: _Found) -> tuple[bool, int, bool, int, int]:
    """Best first: a prompt to log in for commenting is named for the comment, not for the log-in."""
    rule = found.match.rule
    named_first = rule.label == "comment"
    return rule.sure, -KINDS.index(rule.kind), named_first, len(rule.wants), len(found.evidence)


def _evidence(block: str, match: Match) -> str | None:
    """What of the rule's terms stands in the block, or None where one is missing."""
    found = match.phrase.strip("*")
    for term in match.rule.wants[1:]:
        phrase = find_phrase(block, alternatives(term))
        if phrase is None:
            return None
        found = f"{found} + {phrase}"
    return found


def hit_of(rule: Rule, evidence: str) -> Hit:
    """The hit of a rule that saw the evidence."""
    return _hit(rule.language, rule.label, rule.kind, rule.sure, rule.heads or evidence, evidence)


@lru_cache(maxsize=1 << 13)  # the phrases of menus and share bars are the same on most sites
def _hit(language: str, label: str, kind: str, sure: bool, sought: str, evidence: str) -> Hit:
    """A hit with a readable, stable id: language, label, what the rule looks for; a hint's ends with `?`."""
    slug = "bar" if kind == "bar" else slugged(sought)
    place = f"{kind}-" if kind in ("start", "end") else ""
    return Hit(label, f"{language}/{label}/{place}{slug}{'' if sure else '?'}", sure, evidence)


def _stands(book: Phrasebook, block: str, match: Match) -> bool:
    """Whether neither quotation marks around the match nor a word of reporting speak against the rule."""
    before = len(QUOTES.findall(block, 0, match.start))
    if before % 2 == 1 and QUOTES.search(block, match.end):
        return False
    said = book.said.get(match.rule.language) if match.rule.kind == "has" else None
    return said is None or find_phrase(block, said) is None


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
