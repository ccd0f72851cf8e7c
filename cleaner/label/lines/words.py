"""The words date lines and bylines are made of, in twenty languages, and those of dates in ten more.

In come the data files of `words/`, one a language, and `zones.toml`; out goes one `Words`
record that joins them, since a line seldom says what language it is in and a page's markup
often says it wrongly. All words are folded (case and accents off), so that a headline's
capitals and a writer's missing accents find them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from cleaner.label.features.wordtable import WordTable
from cleaner.label.lines.letters import fold, head_word

LANGUAGES = tuple("en de fr es it pt nl pl sv no da cs tr ru uk el ja zh ko ar".split())
DATED = tuple("fi hu ro he fa hi ur th vi id".split())
"""Languages of which there is little more than the words of dates."""


CueKind = Literal["author", "label", "by", "via", "listing"]


class Cue(NamedTuple):
    """Words that stand before names.

    "author" ones are sure, "label" ones are when a colon follows, "by" ones need full names,
    "via" ones an agency; "listing" ones ("All posts by") stand in links to an author.
    """

    text: str
    kind: CueKind


class Endings:
    """Ends of words or lines, by their last letters: a word is not compared with hundreds of them."""

    def __init__(self, entries: Iterable[str]) -> None:
        ends = _longest_first(entries)
        self._telling = min(3, *map(len, ends))
        """Letters by which they are found."""
        self._by_last: dict[str, list[str]] = {}
        for end in ends:
            self._by_last.setdefault(end[-self._telling :], []).append(end)

    def of(self, text: str) -> str:
        """The longest of them that a text ends with; "" for none."""
        for end in self._by_last.get(text[-self._telling :], ()):
            if text.endswith(end):
                return end
        return ""


@dataclass(frozen=True, slots=True)
class Words:
    """Every language's words together; each set holds folded words or phrases."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    """Word to day of the week from 1, Monday; 0 for one that means several in several languages."""
    published: frozenset[str]
    modified: frozenset[str]
    """Words that only modification cues use."""
    publishing: frozenset[str]
    """Words that only publication cues use."""
    filler: frozenset[str]
    ago: frozenset[str]
    now: frozenset[str]
    relative: WordTable
    """Single words of `ago` and `now`."""
    units: Mapping[str, int]
    """Unit word to seconds; months count 30 days, years 365."""
    cues: Mapping[str, tuple[Cue, ...]]
    """First word of a cue to the cues that begin with it, longest first."""
    cue_heads: WordTable
    """These words, to find by letters."""
    unspaced_cues: tuple[str, ...]
    """Author cues in Chinese and Japanese, which may run into the name."""
    after: Endings
    besides: re.Pattern[str]
    """Where a line goes on with who took the pictures or edited, or how often it was read."""
    beside: frozenset[str]
    """Words for who took the pictures or edited."""
    editors: tuple[str, ...]
    """Author cues of who edited, not wrote."""
    joiners: frozenset[str]
    and_names: frozenset[str]
    """Arabic names that begin with the letter that is "and" before a word."""
    roles: frozenset[str]
    beats: frozenset[str]
    """What a role's bearer writes about, before the role ("Political Editor")."""
    role_ends: Endings
    """Roles long enough to end a compound ("Sportredakteur")."""
    desks: frozenset[str]
    desk_ends: Endings
    agencies: frozenset[str]
    """News agencies, which are called so by their letters or a single word."""
    places: frozenset[str]
    """Places and clubs of two words and more, which are written like a person's name."""
    headings: frozenset[str]
    """Words in names of sections and lists that a person's name has not."""
    prompts: frozenset[str]
    not_names: frozenset[str]
    nameless: frozenset[str]
    """All words that no person's full name has: these, prompts, and words of dates that are no initials."""
    tails: frozenset[str]
    nobody: frozenset[str]
    """What systems write where an author's name belongs."""
    articles: frozenset[str]
    """Small words that a site's name may begin with."""
    papers: Endings
    """Ends of newspapers' and broadcasters' names in Chinese and Korean."""
    place_ends: frozenset[str]
    """Last signs of places' names in Japanese."""
    surnames: frozenset[str]
    """First signs of Chinese and Korean names."""
    reported: re.Pattern[str]
    """In Chinese, the place behind a name, and that it was reported from there."""
    orders: Mapping[str, str]
    zones: Mapping[str, int]
    zone_places: Mapping[str, str]
    """Zones whose offset changes with the season, by the name of their place in the time zone database."""
    unsure_zones: frozenset[str]


SECONDS: Mapping[str, int] = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "month": 2592000,
    "year": 31536000,
}


def fold_in_place(text: str) -> str:
    """`fold`, letter by letter ("ß" is one "s"), so that what is found in it stands there in `text` too."""
    low = fold(text)
    return low if len(low) == len(text) else "".join(fold(letter)[:1] or letter for letter in text)


def _joined(tables: Iterable[Mapping[str, Any]], key: str) -> list[str]:
    """Entries of one key over all languages: a list's items, or a string's words."""
    entries: list[str] = []
    for table in tables:
        value = table.get(key, ())
        entries.extend(value.split() if isinstance(value, str) else value)
    return [fold(entry) for entry in entries]


def _longest_first(entries: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(entries), key=lambda entry: (-len(entry), entry)))


def _split_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase.split())


def _alternatives(tables: Iterable[Mapping[str, Any]], key: str) -> frozenset[str]:
    return frozenset(fold(entry) for table in tables for entry in table.get(key, "").split("|") if entry)


def _months(tables: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    names = {}
    for table in tables:
        for number, variants in enumerate(table["months"], start=1):
            names.update({fold(name): number for name in variants.split()})
    return names


def _weekdays(tables: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    names: dict[str, int] = {}
    for table in tables:
        for number, variants in enumerate(table["weekdays"], start=1):
            for name in map(fold, variants.split()):
                names[name] = number if names.get(name, number) == number else 0
    return names


def _units(tables: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return {
        fold(word): SECONDS[unit]
        for table in tables
        for unit, words in table["units"].items()
        for word in words.split()
    }


def _cues(tables: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Cue, ...]]:
    index: dict[str, list[Cue]] = {}
    kinds: tuple[CueKind, ...] = ("author", "label", "by", "via", "listing")
    seen: set[str] = set()
    for kind in kinds:
        for text in _longest_first(_joined(tables, kind)):
            if text not in seen:
                seen.add(text)
                index.setdefault(head_word(text), []).append(Cue(text, kind))
    return {head: tuple(sorted(cues, key=lambda cue: -len(cue.text))) for head, cues in index.items()}


def _unspaced_cues(tables: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return _longest_first(cue for cue in _joined(tables, "author") if len(cue) > 1)


def _to_find(words: Iterable[str]) -> WordTable:
    return WordTable(dict.fromkeys(words, 1.0))


_FIRST_UNSPACED = "\u3040"
"""The first letter of Japanese, Chinese and Korean, which need no sign between a word and a name."""


def _besides(entries: Sequence[str]) -> re.Pattern[str]:
    """Finds such words behind a sign or space and before one that announces names."""
    spaced = "|".join(re.escape(entry) for entry in _longest_first(entries) if entry < _FIRST_UNSPACED)
    unspaced = "|".join(re.escape(entry) for entry in _longest_first(entries) if entry >= _FIRST_UNSPACED)
    return re.compile(
        rf"[\s.,;、，。|/／]+(?:(?:{spaced})(?:\s*[:：=]|\s+(?:by|von)\s)|(?:{unspaced})[\s:：=＝/／・])"
    )


def _reported(tables: Sequence[Mapping[str, Any]]) -> re.Pattern[str]:
    """Finds ("／", "台北", "報導") and ("发自", "北京") behind a name."""
    ends, starts = ("|".join(_joined(tables, key)) for key in ("reported", "sent"))
    return re.compile(
        rf"(?<=[\u3400-\u9fff])(?:\s?[／/｜\s]\s?[\u3400-\u9fff]{{2,8}}?(?:{ends})|\s?(?:{starts})\S{{2,8}})(?=[\s;]|$)"
    )


def _longer(letters: int, entries: Iterable[str]) -> frozenset[str]:
    return frozenset(entry for entry in entries if len(entry) > letters)


def _compound_ends(entries: Iterable[str]) -> Endings:
    return Endings(entry for entry in entries if len(entry) > 5)


def _read_table(path: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(path).read_text("utf-8"))


@cache
def load_words() -> Words:
    """The joined tables; read from package data once (about 15 ms)."""
    tables = {code: _read_table(f"words/{code}.toml") for code in (*LANGUAGES, *DATED)}
    rows = list(tables.values())
    zones = _read_table("zones.toml")
    published = _split_words(_joined(rows, "published"))
    filler = frozenset(_joined(rows, "filler"))
    weekdays = _weekdays(rows)
    prompts = frozenset(_joined(rows, "prompts"))
    not_names = frozenset(_joined(rows, "not_names"))
    modified = _split_words(_joined(rows, "modified")) - published - filler - set(weekdays)
    cues = _cues(rows)
    return Words(
        months=_months(rows),
        weekdays=weekdays,
        published=published,
        modified=modified,
        publishing=published - filler,
        filler=filler,
        ago=_alternatives(rows, "ago"),
        now=_alternatives(rows, "now"),
        relative=_to_find(_split_words(_alternatives(rows, "ago") | _alternatives(rows, "now"))),
        units=_units(rows),
        cues=cues,
        cue_heads=_to_find(cues),
        unspaced_cues=_unspaced_cues([tables["zh"], tables["ja"]]),
        after=Endings(_joined(rows, "after")),
        besides=_besides(_joined(rows, "besides")),
        beside=frozenset(_joined(rows, "besides")),
        editors=_longest_first(_joined(rows, "editors")),
        joiners=frozenset(_joined(rows, "and")),
        and_names=frozenset(_joined(rows, "and_names")),
        roles=frozenset(_joined(rows, "roles")),
        beats=frozenset(_joined(rows, "beats")),
        role_ends=_compound_ends(_joined(rows, "roles")),
        desks=frozenset(_joined(rows, "desks")),
        desk_ends=_compound_ends(_joined(rows, "desks")),
        places=frozenset(_joined(rows, "places")),
        headings=frozenset(_joined(rows, "headings")),
        agencies=frozenset(_joined(rows, "agencies")),
        prompts=prompts,
        not_names=not_names,
        nameless=prompts | _longer(2, not_names) | _longer(4, published | modified | set(weekdays)),
        tails=frozenset(_joined(rows, "tails")),
        nobody=frozenset(_joined(rows, "nobody")),
        articles=frozenset(_joined(rows, "articles")),
        papers=Endings(_joined(rows, "papers")),
        place_ends=frozenset(_joined(rows, "place_ends")),
        surnames=frozenset(_joined(rows, "surnames")),
        reported=_reported([tables["zh"]]),
        orders={code: table["order"] for code, table in tables.items()},
        zones=zones["minutes"],
        zone_places=zones["places"],
        unsure_zones=frozenset((*zones["unsure"].split(), *zones["places"])),
    )
