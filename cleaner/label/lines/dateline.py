"""Whether a whole line is a date line, and which of its dates is which.

In comes a short text, out go its publication and modification dates, or None when the line
says anything beside them: a sentence that names a date is not a date line. Relative times
("2 hours ago") are recognised, but tell a date only to a caller who knows when the page was
taken; nothing here reads the clock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from cleaner.label.lines.dates import MARKS, Found, find_dates, on_day
from cleaner.label.lines.letters import fold, has_digit, may_be_relative
from cleaner.label.lines.names import find_cue
from cleaner.label.lines.words import Words, load_words

LONGEST = 200
"""Characters; longer lines are prose."""

_LONG_NUMBER = re.compile(r"\d{3}")
_WORDS = re.compile(rf"(?:[^\W\d_]|[{MARKS}])+")
_OTHER = re.compile(rf"[^\w\s{MARKS}]|_")
_AMOUNT = re.compile(r"(?<!\d)(?:(?P<n>\d{1,3})|an?|one|une?|ein(?:er|em)?|una?)\s?(?P<rest>.*)", re.I | re.S)
_SOME_DAY = -1
"""For "today" and "just now", which tell no exact time."""
_TO_THE_MINUTE = 16
"""Characters of an ISO 8601 date up to the minutes."""
_HARMLESS = frozenset("|•·–—-‣,.:;()[]/'’\"⏱🕒📅©→>+&،、。：（）【】｜・～~")


class DateLine(NamedTuple):
    """ISO 8601 dates of a date line; both None where it is one but tells no absolute date."""

    published: str | None
    modified: str | None


def read_dateline(
    text: str, language: str | None = None, now: datetime | None = None, order: str | None = None
) -> DateLine | None:
    """The dates of a line that is nothing but dates and the words around dates, else None.

    `language` (primary subtag) or `order` ("dmy", "mdy") settle what 04/02/2022 means; `now`
    is the time the page was taken, for relative dates.
    """
    if not text or len(text) > LONGEST or "\n" in text.strip():
        return None
    if not has_digit(text):
        return _relative(text, now) if len(text) <= 60 else None
    words = load_words()
    found = find_dates(text, order or words.orders.get(language or ""))
    if not found:
        return _relative(text, now) if len(text) <= 60 else None
    gaps = _gaps(text, found)
    *before, last = gaps
    if not all(_is_filling(gap, words) for gap in before):
        return None
    if not (_is_filling(last, words) or _is_source(last, words) or _relative(last.lstrip(" ,;"), None)):
        return None
    return sort_dates(found, gaps)


def _gaps(text: str, found: Sequence[Found]) -> list[str]:
    """What stands before, between and after the dates; one more than there are dates."""
    edges = [0, *(edge for f in found for edge in (f.start, f.end)), len(text)]
    return [text[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2)]


def _is_source(gap: str, words: Words) -> bool:
    """Whether text behind a date says where the article was taken from ("来源：…")."""
    found = find_cue(gap.strip(), words)
    return found is not None and found[0].kind == "via"


def _is_filling(gap: str, words: Words) -> bool:
    """Whether text around dates is only cue words, weekdays, times and separators."""
    if not gap or gap.isspace():
        return True
    gap = fold(gap)
    if not _HARMLESS.issuperset(_OTHER.findall(gap)) or _LONG_NUMBER.search(gap):
        return False
    return all(_is_date_word(word, words) for word in _WORDS.findall(gap))


def _is_date_word(word: str, words: Words) -> bool:
    return (
        word in words.filler
        or word in words.published
        or word in words.modified
        or word in words.weekdays
        or word in words.zones
        or word in words.unsure_zones
    )


def sort_dates(found: Sequence[Found], gaps: list[str]) -> DateLine:
    """Which date is the publication and which the modification, by the words before each.

    `gaps` are the texts before each date, and after the last. A word for a change behind the only date
    is about this date if it ends the line; a time of day behind the word is the change's.
    """
    words = load_words()
    published = modified = None
    alone = len(found) == 1 and not gaps[0].strip() and _ends_with_change(gaps[-1], words)
    for date, gap in zip(found, gaps, strict=False):
        if alone or tells(gap, words.modified):
            modified = modified or date.iso
        elif published is None:
            published = date.iso
        elif modified is None and tells(gap, words.publishing):
            published, modified = both_published(published, date.iso, called=tells(gaps[0], words.publishing))
    if published and modified is None and tells(gaps[-1], words.modified):
        modified = on_day(found[-1].iso, gaps[-1])
    return DateLine(published, modified)


def tells(gap: str, cues: frozenset[str]) -> bool:
    """Whether one of the words stands in a text."""
    return len(gap) > 1 and not cues.isdisjoint(_WORDS.findall(fold(gap)))


def announces_change(text: str) -> bool:
    """Whether a text ends with a word for a change ("Updated:"), not with one for a publication."""
    words = load_words()
    for word in reversed(_WORDS.findall(fold(text))):
        if word in words.modified or not _is_date_word(word, words):
            return word in words.modified
        if word in words.publishing:
            break
    return False


def _ends_with_change(gap: str, words: Words) -> bool:
    """Whether text behind a date has a word for a change and nothing that would tell when else it was."""
    return tells(gap, words.modified) and not has_digit(gap) and _is_filling(gap, words)


def both_published(first: str, second: str, called: bool) -> tuple[str, str | None]:
    """Publication and modification of two dates, the second of which is called the publication.

    So is the first one if `called` ("Stand: 10.04.2025 | Erstellt: 09.04.2025"); the later of them is the
    last change, as is an earlier one that is not called anything ("Wed 9 Apr 2025 First published on Tue 8
    Apr 2025"). Of one day the times must tell.
    """
    size = min(len(first), len(second), _TO_THE_MINUTE)
    early, late = first[:size], second[:size]
    if late < early:
        return second, first
    return first, second if called and early < late else None


def _relative(text: str, now: datetime | None) -> DateLine | None:
    """A line such as "Updated 5 minutes ago": recognised by tables, resolved only with `now`."""
    words = load_words()
    if not may_be_relative(text, words.relative):
        return None
    tokens = fold(text).replace(":", " ").strip(" |•·-–—.()").split()
    is_update = False
    while (told := _told(" ".join(tokens), words)) is None:
        if len(tokens) < 2 or not _is_date_word(tokens[0], words):
            return None
        is_update |= tokens.pop(0) in words.modified
    seconds = None if told == _SOME_DAY else told
    if now is None or seconds is None:
        return DateLine(None, None)
    moment = now - timedelta(seconds=seconds)
    iso = moment.date().isoformat() if seconds >= 86400 else moment.replace(microsecond=0).isoformat()
    return DateLine(None, iso) if is_update else DateLine(iso, None)


def _told(line: str, words: Words) -> int | None:
    """Seconds that a relative line tells, `_SOME_DAY` for "today"; None if the line is anything else."""
    return _SOME_DAY if line in words.now else _seconds_ago(line, words)


def _seconds_ago(line: str, words: Words) -> int | None:
    """Seconds told by "2 hours ago", "vor 3 Stunden", "3時間前"; None if the line is anything else."""
    starts = [ago for ago in words.ago if line.startswith(ago + " ")]
    for ago in sorted(starts, key=len, reverse=True):
        m = _AMOUNT.fullmatch(line[len(ago) + 1 :])
        if m and m["rest"] in words.units:
            return int(m["n"] or 1) * words.units[m["rest"]]
    m = _AMOUNT.fullmatch(line)
    if not m:
        return None
    for ago in words.ago:
        unit = m["rest"].removesuffix(ago).strip()
        if unit != m["rest"] and unit in words.units:
            return int(m["n"] or 1) * words.units[unit]
    return None
