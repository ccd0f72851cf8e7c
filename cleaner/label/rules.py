"""The labels that a block's words alone give it: texts in, the best rule that hits each text out.

All blocks of a page are searched in one pass for the phrases of all languages, because looking at
them one by one, language by language, would cost more than parsing the page did. A hit that is
`sure` may be acted on anywhere in a text; the other hits are hints, for the labeller to weigh
and to name what it removes. What words alone cannot tell (a paragraph of an appeal that speaks
of news) `spread` decides from the hits around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from cleaner.label.counters import counters
from cleaner.label.judging import loudest
from cleaner.label.phrasebook import Phrasebook, Rule, phrasebook, slugged

BRIDGE: Final = 2
"""Most blocks without any cue that are bridged between two sure hits: appeals have 3 to 6 paragraphs,
all but one or two of which say what they are."""

MARGIN: Final = 12
"""How many blocks from the start or end of a text count as its margin, where banners stand."""

REST: Final = 3
"""Fewest blocks without a hit outside the gap: with fewer, the gap may be the article itself."""

COUNTER: Final = "spread/counter"
"""The rule of a line that counts the pictures of a gallery."""

_QUOTED: Final = re.compile(r"""[,.!?…]["”»’]\s+(\w)|\A\s*[–—]\s[^–—]*[,.!?…]\s+[–—]\s+(\w)""")
"""Where a sentence goes on behind somebody's words, which quotation marks or dashes set apart."""
_QUOTATION: Final = re.compile(
    r"""(?:(?<![^\s(\[])(?:“[^“”]{40,}|„[^„“”]{40,}|«[^«»]{40,}|»(?=[^\s,.;:!?)])[^«»]{40,}|"[^"]{40,})"""
    r"""|「[^「」]{16,}|『[^『』]{16,})(?:[“”«»"」』]|\Z)"""
)
"""Somebody's words, long enough not to be a name or a button; left open, they go on to the end of a text.
A mark opens them only behind a space: what opens in one language closes in another."""


class Hit(NamedTuple):
    """A rule that hit a block: `sure` enough to act on alone, or a hint; `evidence` is what it saw."""

    label: str
    rule: str
    sure: bool
    evidence: str

    @property
    def at_start(self) -> bool:
        """Whether the rule asks for words at the text's beginning that more may follow."""
        return "/start-" in self.rule


def find_hits(texts: Sequence[str]) -> list[Hit | None]:
    """The best hit of each text, or None: one entry for each text, in order."""
    return search(phrasebook(), texts)


def may_hold_hits(texts: Sequence[str]) -> list[bool]:
    """For each text, which may be of any length, whether a rule may hit one of its sentences."""
    return phrasebook().index.murmurs(texts)


def search(book: Phrasebook, texts: Sequence[str]) -> list[Hit | None]:
    """`find_hits` with the rules of another book."""
    hits: list[Hit | None] = [None] * len(texts)
    lines, speaking = book.index.look(texts)
    for index, number, line in lines:
        if not _is_quoted(texts[index]):
            hits[index] = hit_of(book.rules[number], line)
    for index, block, heads, places in speaking:
        found = loudest(book, block, heads, places)
        if found is not None:
            rule, evidence, sure = found
            hit = hit_of(rule, evidence)
            hits[index] = hit if sure and not _is_reported(texts[index]) else hit._replace(sure=False)
    return _own_words_first(book, texts, hits)


def _own_words_first(book: Phrasebook, texts: Sequence[str], hits: list[Hit | None]) -> list[Hit | None]:
    """The hits, those as mere hints that only what a text quotes makes: news prints letters and appeals."""
    sure = [i for i, hit in enumerate(hits) if hit is not None and hit.sure and _QUOTATION.search(texts[i])]
    if sure:
        own = search(book, [without_quotations(texts[i]) for i in sure])
        for i, hit in zip(sure, own, strict=True):
            if hit is None or not hit.sure:
                hits[i] = as_hint(hits[i])
    return hits


def without_quotations(text: str) -> str:
    """The text with blanks in place of what it quotes at length, which leaves all else where it was."""
    return _QUOTATION.sub(lambda quoted: " " * len(quoted[0]), text)


def as_hint(hit: Hit | None) -> Hit | None:
    """The hit, if any, as one that is not to be acted on alone."""
    return None if hit is None else hit._replace(sure=False)


def _is_quoted(line: str) -> bool:
    """Whether a whole line is somebody's words; the angles that say so point like arrows at other places."""
    return line.lstrip()[:1] == "«" and "»" in line


def _is_reported(text: str) -> bool:
    """Whether the sentence goes on behind somebody's words: “Give now,” the appeal read."""
    return any((found[1] or found[2]).islower() for found in _QUOTED.finditer(text))


def hit_of(rule: Rule, evidence: str) -> Hit:
    """The hit of a rule that saw the evidence."""
    return _hit(rule.language, rule.label, rule.kind, rule.sure, rule.heads or evidence, evidence)


@lru_cache(maxsize=1 << 13)  # the phrases of menus and share bars are the same on most sites
def _hit(language: str, label: str, kind: str, sure: bool, sought: str, evidence: str) -> Hit:
    """A hit with a readable, stable id: language, label, what the rule looks for; a hint's ends with `?`."""
    slug = "bar" if kind == "bar" else slugged(sought)
    place = f"{kind}-" if kind in ("start", "end") else ""
    return Hit(label, f"{language}/{label}/{place}{slug}{'' if sure else '?'}", sure, evidence)


def spread(hits: Sequence[Hit | None], texts: Sequence[str]) -> list[Hit | None]:
    """The hits, with those that only the other texts tell: counters, and what lies between appeals.

    Gaps between sure donation hits are closed where what stands there fits.

    An appeal's middle paragraphs speak of the news as articles do. One goes with its neighbours
    when it has a cue of its own, or when at most `BRIDGE` blocks without one stand between two
    sure hits near the start or end of the text; otherwise it stays.
    """
    result = list(hits)
    for i in counters(texts):
        result[i] = Hit("media", COUNTER, True, texts[i])
    sure = [i for i, hit in enumerate(hits) if hit is not None and hit.sure and hit.label == "donation"]
    silent = hits.count(None)
    for left, right in pairwise(sure):
        between = range(left + 1, right)
        plain = [i for i in between if hits[i] is None]
        at_margin = right < MARGIN or left >= len(texts) - MARGIN
        rest = silent - len(plain)
        if not plain or (len(plain) <= BRIDGE and at_margin and rest >= REST):
            for i in between:
                result[i] = _bridged(hits[i])
    return result


def _bridged(hit: Hit | None) -> Hit:
    if hit is None:
        return Hit("donation", "spread/donation", True, "between two appeals")
    return hit if hit.sure else Hit("donation", "spread/donation", True, hit.evidence)
