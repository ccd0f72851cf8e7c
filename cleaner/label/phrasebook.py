"""The rules about words: phrase files in, one searchable book of rules out.

What comes in are the files `phrases/<language>.txt`; what goes out is a `Phrasebook`: the rules,
and one automaton over the phrases of all languages, so that a page is searched once whatever its
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
reporting, which turn a `has` hit into a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from cleaner.model import REMOVAL_LABELS

KINDS: Final = ("line", "start", "end", "bar", "has")
"""Where a rule's first term must stand, strongest evidence first."""

SHORTEST_OPENER: Final = 4
"""Letters of the shortest word a bar may begin with: shorter ones match hundreds of times a page."""

HANDLE: Final = "@*"
"""A phrase, not a section: the at sign that opens somebody's handle."""

LIMITS: Final[Mapping[str, int]] = {"line": 80, "start": 160, "end": 200, "bar": 160, "has": 400}
"""Longest block in characters that a kind may hit where its section gives no limit of its own."""

LINE_EDGE: Final = 24
"""Room in characters for numbers and punctuation around a whole line."""

EDGE: Final = (
    " \t\n\r.,:;!?…•·‧∙-–—−|/\\()[]{}<>«»‹›→←↑↓▶►"
    "▸▾▼▲◀■□◆◇●○★☆※・♦×✕✓*#+=_~&@©®™¿¡、。，．：；！？（）［］【】｜＞≫〉《》،؛؟0123456789"
)
"""Characters around a phrase that do not change what a line says; quotation marks do, so they stay."""

FOLDS: Final = (
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("＇", "'"),  # one apostrophe for all
    ("\u00a0", " "), ("\u202f", " "), ("\u3000", " "), ("\n", " "), ("\r", " "), ("\t", " "),
    ("\u00ad", ""), ("\u200b", ""),  # soft hyphen, zero-width space
    ("i\u0307", "i"), ("ı", "i"),  # Turkish capitals lose the dot, or gain one, in lower case
)  # fmt: skip


class Rule(NamedTuple):
    """One rule: a line of several terms, or all lines of a section that are a single term.

    `heads` is the first phrase of each term of the former and empty for the latter, where the
    phrase that was found names the hit.
    """

    language: str
    label: str
    kind: str
    sure: bool
    limit: int
    terms: tuple[tuple[str, ...], ...]
    heads: str


@dataclass(frozen=True)
class Phrasebook:
    """All rules of all languages, ready to search.

    `lines` maps a whole line to the number of its rule. `phrases` are what the automaton finds, the
    first terms of all other rules, as the files have them; `uses` holds for each the numbers of
    its rules, `reach` the longest block they hit and whether that may be anywhere in it. `bars`
    holds the phrases of bars by rule; `said` holds words of reporting by language.
    `longest` is the longest block that may be a line.
    """

    rules: tuple[Rule, ...]
    lines: Mapping[str, int]
    phrases: tuple[str, ...]
    uses: tuple[Sequence[int], ...]
    reach: tuple[tuple[int, bool], ...]
    bars: Mapping[int, frozenset[str]]
    said: Mapping[str, tuple[str, ...]]
    longest: int
    automaton: AhoCorasick


def fold(text: str) -> str:
    """The text in lower case with one form of apostrophe and space; its length may change."""
    text = text.lower()
    for old, new in FOLDS:
        text = text.replace(old, new)
    while "  " in text:
        text = text.replace("  ", " ")
    return text


@cache
def phrasebook() -> Phrasebook:
    """The phrase files of the package, read once; about 20 ms."""
    folder = files("cleaner.label") / "phrases"
    sources = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".txt"))
    return compile_book((name[:-4], entry.read_text(encoding="utf-8")) for name, entry in sources)


def compile_book(sources: Iterable[tuple[str, str]]) -> Phrasebook:
    """A book from (language, file text) pairs; ValueError names the section that is wrong."""
    rules: list[Rule] = []
    lines: dict[str, int] = {}
    uses: dict[str, list[int]] = {}
    bars: dict[int, frozenset[str]] = {}
    said: dict[str, tuple[str, ...]] = {}
    for language, text in sources:
        for rule in _parse(language, fold_file(text)):
            if rule.kind == "said":
                said[language] = rule.terms[0]
            elif rule.kind == "line":
                for phrase in rule.terms[0]:
                    lines.setdefault(phrase, len(rules))
            else:
                if rule.kind == "bar":
                    bars[len(rules)] = frozenset(rule.terms[0])
                for phrase in rule.terms[0] if rule.kind != "bar" else filter(_opens_bar, rule.terms[0]):
                    uses.setdefault(phrase, []).append(len(rules))
            rules.append(rule)
    automaton = AhoCorasick([p.strip("*") for p in uses], matchkind=MatchKind.Standard, store_patterns=False)
    longest = max(map(len, lines), default=0) + LINE_EDGE
    return Phrasebook(
        tuple(rules),
        lines,
        tuple(uses),
        tuple(uses.values()),
        _reach(rules, uses),
        bars,
        said,
        longest,
        automaton,
    )


def _reach(rules: Sequence[Rule], uses: Mapping[str, Sequence[int]]) -> tuple[tuple[int, bool], ...]:
    of_rule = [(rule.limit, rule.kind in ("has", "end")) for rule in rules]
    return tuple(
        of_rule[numbers[0]]
        if len(numbers) == 1
        else (max(of_rule[n][0] for n in numbers), any(of_rule[n][1] for n in numbers))
        for numbers in uses.values()
    )


def fold_file(text: str) -> str:
    """A phrase file folded as texts are, its lines kept."""
    return "\n".join(map(str.strip, fold(text.replace("\n", "\x1f")).split("\x1f")))


def _parse(language: str, text: str) -> Iterator[Rule]:
    groups: dict[str, tuple[str, ...]] = {}
    for section, lines in sections(text):
        head, *rest = section.split()
        if head.startswith("@"):
            groups[head] = tuple(_single(lines, groups))
        elif head == "said":
            yield Rule(language, head, head, False, 0, (tuple(_single(lines, groups)),), "")
        elif head not in REMOVAL_LABELS or not rest or rest[0].rstrip("?") not in KINDS:
            raise ValueError(f"{language}: no such section: [{section}]")
        else:
            kind = rest[0].rstrip("?")
            limit = int(rest[1]) if len(rest) > 1 else LIMITS[kind]
            start = Rule(language, head, kind, kind == rest[0], limit, (), "")
            single = tuple(_single((line for line in lines if " + " not in line), groups))
            if single:
                yield start._replace(terms=(single,))
            for line in lines:
                if " + " in line:
                    yield _combined(start, line, groups)


def _single(lines: Iterable[str], groups: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for line in lines:
        yield from _resolve(line, groups)


def _combined(start: Rule, line: str, groups: Mapping[str, tuple[str, ...]]) -> Rule:
    terms = line.split(" + ")
    heads = " + ".join(term.partition(" | ")[0] for term in terms)
    return start._replace(terms=tuple(tuple(_resolve(term, groups)) for term in terms), heads=heads)


def sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """The sections of a phrase file, each with its lines; comments and blank lines left out."""
    section, lines = "", list[str]()
    for line in text.split("\n"):
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            if lines:
                yield section, lines
            section, lines = line[1:-1], []
        else:
            lines.append(line)
    if lines:
        yield section, lines


def _resolve(term: str, groups: Mapping[str, tuple[str, ...]]) -> list[str]:
    phrases = term.split(" | ")
    if "@" not in term:
        return phrases
    resolved: list[str] = []
    for phrase in phrases:
        resolved.extend(groups[phrase] if phrase[0] == "@" and phrase != HANDLE else (phrase,))
    return resolved


def slugged(words: str) -> str:
    """The words joined by hyphens and the terms by plus signs, as rule ids have them."""
    return "+".join(re.sub(r"\W+", "-", term).strip("-") for term in words.split(" + "))


def bounded(phrase: str, text: str, start: int, end: int) -> bool:
    """Whether the phrase, found at `text[start:end]`, stands between word boundaries as it asks to.

    None can be asked for beside kana and Han, which are written without spaces, nor after Hangul,
    where particles follow.
    """
    if start and phrase[0] != "*" and _spaced(text[start - 1]) and _spaced(text[start]):
        return False
    last = text[end - 1]
    open_end = end == len(text) or phrase[-1] == "*" or not _spaced(text[end])
    return open_end or not _spaced(last) or "\uac00" <= last <= "\ud7af"


def _spaced(char: str) -> bool:
    return char.isalnum() and not "\u3040" <= char <= "\u9fff"


def _opens_bar(phrase: str) -> bool:
    """Whether a row of buttons may begin with the phrase; short words such as "on" only stand inside."""
    return len(phrase) >= SHORTEST_OPENER or phrase[0] >= "\u3040"
