"""The rules about words: phrase files in, one searchable book of rules out.

What comes in are the files `phrases/<language>.txt`; what goes out is a `Phrasebook`: the rules,
and one index of the phrases of all languages, so that a page is searched once whatever its
language. The files are plain lines because twenty of them have to be read in a few milliseconds,
which a TOML reader does not manage, and because a line is what a native speaker can correct.

A file has sections. `[label kind limit]` opens rules for a label: a block longer than `limit`
characters is never hit. The kind says where the first term of a rule must stand:

- `line`: it is the whole block, apart from punctuation and numbers around it;
- `start`: the block begins with it; `end`: the block ends with it;
- `has`: anywhere in the block;
- `bar`: the block is nothing but two or more of the section's phrases, as in a row of buttons.

A `?` after the kind makes hints: true of many prompts, but of some news as well. A rule is one line:
phrases apart by ` | ` are alternatives, terms apart by ` + ` must all be in the block, and `@name`
stands for the phrases of the section `[@name]` (`@*` is any handle). A phrase stands between word
boundaries, where its script has them, unless a `*` leaves one end open. `[said]` holds words of
reporting, which turn a `has` hit into a hint. `[you]` holds the words by which a site speaks of itself
and to its reader; where none of them is, nobody is told to do anything, and a `has` hit of several
terms, each of which news uses, is a hint (of the labels in `ADDRESSING`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np

from cleaner.label.search import EDGE, Alternatives, PhraseIndex, fold
from cleaner.model import REMOVAL_LABELS

KINDS: Final = ("line", "start", "end", "bar", "has")
"""Where a rule's first term must stand, strongest evidence first."""

SHORTEST_OPENER: Final = 4
"""Letters of the shortest word a bar may begin with: shorter ones match hundreds of times a page."""

HANDLE: Final = "@*"
"""A phrase, not a section: the at sign that opens somebody's handle."""

LIMITS: Final[Mapping[str, int]] = {"line": 80, "start": 160, "end": 200, "bar": 160, "has": 400}
"""Longest block in characters that a kind may hit where its section gives no limit of its own."""

ADDRESSING: Final = frozenset(("consent", "paywall", "login", "ad"))
"""Labels whose prompts say "you" or "we" in some way, or what only sites say, and whose rules have terms as
common as "access" and "archive". The others have words of their own, as a newsletter is one."""

SPEAKING: Final = ("said", "you")
"""Sections of words that decide how sure a rule is."""

_BETWEEN_WORDS: Final = re.compile(r"[^\w\u0900-\u0dff\u0e00-\u109f]+")
"""What is none of words, whose vowels in India's and Thailand's writings are signs of their own."""
LINE_EDGE: Final = 24
"""Room in characters for numbers and punctuation around a whole line."""


_NO_WORDS: Final = re.compile(r"(?:^| [|+] )\**(?: [|+] |$)", re.MULTILINE)
"""A phrase that is nothing, or nothing but stars."""


class Rule(NamedTuple):
    """One rule: a line of several terms, or all lines of a section that are a single term.

    `wants` holds the terms as the file has them, the phrases of groups filled in. `heads` is the first
    phrase of each term of a line of several and empty for single terms, where the phrase that was
    found names the hit.
    """

    language: str
    label: str
    kind: str
    sure: bool
    limit: int
    wants: tuple[str, ...]
    heads: str

    @property
    def terms(self) -> tuple[tuple[str, ...], ...]:
        """The alternatives of each term."""
        return tuple(alternatives(term) for term in self.wants)


@dataclass(frozen=True)
class Phrasebook:
    """All rules of all languages, ready to search; a rule goes by its number in `rules`.

    `opened` holds the `start` rules of each phrase that opens a text, with the phrase as the file has
    it, and `barred` the `bar` rules. `phrases` are those found anywhere, the first terms of `has` and
    `end` rules as the files have them, and `uses` the rules of each. `bars` holds the phrases of bars by
    rule, `bar_words` all their words, `longest_bar` the longest text, in characters, that may be one;
    `said` and `you` the words of these sections by language. `index` finds where lines and phrases stand.
    """

    rules: tuple[Rule, ...]
    opened: dict[str, list[tuple[str, int]]]
    barred: dict[str, list[int]]
    phrases: tuple[str, ...]
    uses: tuple[Sequence[int], ...]
    bars: Mapping[int, frozenset[str]]
    bar_words: frozenset[str]
    longest_bar: int
    said: Mapping[str, Alternatives]
    you: Mapping[str, Alternatives]
    index: PhraseIndex


@cache
def phrasebook() -> Phrasebook:
    """The phrase files of the package, read once; about 30 ms."""
    folder = files("cleaner.label") / "phrases"
    sources = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".txt"))
    return compile_book((name[:-4], entry.read_text(encoding="utf-8")) for name, entry in sources)


def compile_book(sources: Iterable[tuple[str, str]]) -> Phrasebook:
    """A book from (language, file text) pairs; ValueError names the section that is wrong."""
    rules = [rule for language, text in sources for rule in _parse(language, fold(text, keep_lines=True))]
    firsts = [alternatives(rule.wants[0]) for rule in rules]
    of_kind: dict[str, list[int]] = {kind: [] for kind in (*KINDS, *SPEAKING)}
    for number, rule in enumerate(rules):
        of_kind[rule.kind].append(number)
    opened: dict[str, list[tuple[str, int]]] = {}
    for number in of_kind["start"]:
        for phrase in firsts[number]:
            opened.setdefault(phrase.strip("*"), []).append((phrase, number))
    barred: dict[str, list[int]] = {}
    for number in of_kind["bar"]:
        for phrase in filter(_opens_bar, firsts[number]):
            barred.setdefault(phrase, []).append(number)
    uses: dict[str, list[int]] = {}
    for number in sorted(of_kind["has"] + of_kind["end"]):
        for phrase in firsts[number]:
            uses.setdefault(phrase, []).append(number)
    lines: dict[str, int] = {}
    for number in reversed(of_kind["line"]):  # of two rules the first has the last word
        bare = [phrase.strip(EDGE) for phrase in firsts[number]]  # as the texts are when lines are sought
        lines.update(dict.fromkeys(filter(None, bare), number))
    bars = {number: frozenset(firsts[number]) for number in of_kind["bar"]}
    limits = [rule.limit for rule in rules]
    index = PhraseIndex(
        lines=lines,
        sure=bytes([rule.sure for rule in rules]),
        heads=opened.keys() | barred.keys(),
        anywhere=tuple(uses),
        reach=np.array([max([limits[n] for n in numbers]) for numbers in uses.values()], np.intc),
        longest_line=max(map(len, lines), default=0) + LINE_EDGE,
        longest_head=max((limits[n] for n in of_kind["start"] + of_kind["bar"]), default=0),
    )
    return Phrasebook(
        tuple(rules),
        opened,
        barred,
        tuple(uses),
        tuple(uses.values()),
        bars,
        frozenset(" ".join(" ".join(phrases) for phrases in bars.values()).split()),
        max((limits[n] for n in of_kind["bar"]), default=0),
        said={rules[n].language: Alternatives(firsts[n]) for n in of_kind["said"]},
        you={rules[n].language: Alternatives(firsts[n]) for n in of_kind["you"]},
        index=index,
    )


def _parse(language: str, text: str) -> Iterator[Rule]:
    groups: dict[str, str] = {}
    for section, lines in sections(text):
        head, *rest = section.split()
        single = _resolve(" | ".join([line for line in lines if " + " not in line]), groups)
        if _NO_WORDS.search("\n".join(lines)):
            raise ValueError(f"{language}: a phrase without words: [{section}]")
        if head.startswith("@"):
            groups[head] = single
        elif head in SPEAKING:
            yield Rule(language, head, head, False, 0, (single,), "")
        elif head not in REMOVAL_LABELS or not rest or rest[0].rstrip("?") not in KINDS:
            raise ValueError(f"{language}: no such section: [{section}]")
        else:
            kind = rest[0].rstrip("?")
            sure = kind == rest[0]
            limit = int(rest[1]) if len(rest) > 1 else LIMITS[kind]
            if single:
                yield Rule(language, head, kind, sure, limit, (single,), "")
            for line in lines:
                if " + " in line:
                    terms = line.split(" + ")
                    heads = " + ".join([term.partition(" | ")[0] for term in terms])
                    wants = tuple([_resolve(term, groups) for term in terms])
                    yield Rule(language, head, kind, sure, limit, wants, heads)


def sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """The sections of a phrase file, each with its lines; comments and blank lines left out."""
    section, lines = "", list[str]()
    for raw in text.split("\n"):
        line = raw.strip()
        if not line or line[0] == "#":
            continue
        if line[0] == "[" and line[-1] == "]":
            if lines:
                yield section, lines
            section, lines = line[1:-1], []
        else:
            lines.append(line)
    if lines:
        yield section, lines


def _resolve(term: str, groups: Mapping[str, str]) -> str:
    """The term with the phrases of a group in place of its name."""
    if "@" not in term:
        return term
    phrases = term.split(" | ")
    return " | ".join([groups[p] if p[0] == "@" and p != HANDLE else p for p in phrases])


@lru_cache(maxsize=1 << 12)  # more than the terms of the package's files
def alternatives(term: str) -> tuple[str, ...]:
    """The phrases of a term."""
    return tuple(term.split(" | "))


@lru_cache(maxsize=1 << 12)
def sought(term: str) -> Alternatives:
    """The phrases of a term, to look for."""
    return Alternatives(alternatives(term))


def slugged(words: str) -> str:
    """The words joined by hyphens and the terms by plus signs, as rule ids have them."""
    if words.replace(" ", "").isalnum():  # the usual case, at a fifth of the price
        return words.replace(" ", "-")
    slug = "+".join(_BETWEEN_WORDS.sub("-", term).strip("-") for term in words.split(" + "))
    return slug or "sign"


def _opens_bar(phrase: str) -> bool:
    """Whether a row of buttons may begin with the phrase; short words such as "on" only stand inside."""
    return len(phrase) >= SHORTEST_OPENER or phrase[0] >= "\u3040"
