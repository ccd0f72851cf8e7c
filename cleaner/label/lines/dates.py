"""Dates inside a short text: where they stand and what day, time and offset they tell.

In comes a line of a page, out go its dates as spans with ISO 8601 values. One pattern finds
the shapes a date can have (4 February 2022, Feb 4, 2022, 04.02.2022, 2022-02-04, 2022年2月4日);
tables, not patterns, know the words. A general date parser does the same two hundred times
slower, and guesses where nothing should be guessed: a date without a year is no date here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from cleaner.label.lines.letters import fold, has_digit, has_year
from cleaner.label.lines.words import Words, load_words

MARKS = "\u0300-\u036f\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
"""Accents and vowels that are signs of their own, in a pattern's brackets."""
_WORD = rf"(?:[^\W\d_]|[{MARKS}])"
_YEAR = r"(?:19|20)\d\d"
_YEAR_END = r"(?!\d(?!\d:\d\d))"
"""What follows a year: no digit, unless it is a time of day that the page glues to it ("4 May 202221:25")."""

# Both patterns begin with what any of their matches begins with, which most places of a text fail at once.
_DATE = re.compile(
    rf"""(?=\d|\b|[令平])(?<![\d/])(?:
      (?P<y1>{_YEAR})\s?(?P<s1>[-/.])\s?(?P<m1>\d\d?)\s?(?P=s1)\s?(?P<d1>\d\d?)(?!\d)\.?
    | (?P<y2>{_YEAR}|(?P<era>令和|平成)\s?(?:\d\d?|元))\s?[年년]
      \s?(?P<m2>\d\d?)\s?[月월]\s?(?P<d2>\d\d?)\s?[日일]?
    | (?P<a3>\d\d?)\s?(?P<s3>[./-])\s?(?P<b3>\d\d?)\s?(?P=s3)\s?(?P<y3>{_YEAR}|\d\d)(?!\d)
    | (?P<d4>\d\d?)(?:st|nd|rd|th|er|[ºª°])?[\s.,/-]{{0,3}}
      (?P<w4>{_WORD}{{1,12}}+(?:[\s.,/'’-]{{1,3}}{_WORD}{{1,12}}+){{0,3}}+)
      [\s.,،/-]{{0,3}}['’]?(?P<y4>{_YEAR}){_YEAR_END}
    | \b(?P<w5>{_WORD}{{3,12}}+)\.?[\s/-]{{0,2}}(?P<d5>\d\d?)(?:st|nd|rd|th|ª|º)?
      (?:\s?[,،]\s?|\s+|[/-]|(?<=\d\d)(?=20\d\d\b))(?P<y5>{_YEAR}){_YEAR_END}
    | (?P<d7>\d\d?)\stháng\s(?P<m7>\d\d?)(?:\s?,|\snăm)?\s(?P<y7>{_YEAR})(?!\d)
    | (?P<y6>{_YEAR})[\s.,-]{{1,3}}(?:m\.\s?)?(?P<w6>{_WORD}{{3,12}}+)[\s.,-]{{1,2}}(?P<d6>\d\d?)(?!\d)
    )""",
    re.X | re.I,
)
_TIME = re.compile(
    rf"""(?=\s?\d|[午上下晚凌早오])(?<![\d.:/+-])(?P<half>午前|午後|上午|下午|晚上|凌晨|早上|오전|오후)?\s?
    (?P<h>\d\d?)(?:\s?(?:[:.：]|h(?:rs|r)?|u)\s?(?P<m>\d\d)|\s?[時时点點시]\s?(?:(?P<m2>\d\d?)\s?[分분])?|(?=\s?(?:[ap]\.?m\b|uhr\b|h\b)))
    (?:[:.](?P<s>\d\d)(?:[.,]\d{{1,9}})?)?(?!\d)
    (?:\s?(?P<ap>[ap]\.?\s?m\b\.?|[πμ]\.?μ\b\.?|صباح\w*|مساء\w*|[صم](?!\w)))?
    (?:\s?(?:uhr|hrs|hours|Uhr|h)\b)?
    (?:\s?\(?(?P<zone>{_WORD}{{1,4}}\b))?
    (?:\s?(?P<sign>[+−-])(?P<oh>\d\d?)(?::?(?P<om>\d\d))?(?!\d))?\)?""",
    re.X | re.I,
)
_OTHER_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९０１２３４５６７８９"
_DIGITS = str.maketrans(_OTHER_DIGITS, "0123456789" * 4)
_BUDDHIST = re.compile(r"(?<=[\u0e01-\u0e4e\s.])25[3-9]\d(?!\d)")
_THAI = re.compile("[\u0e01-\u0e2e]")
_BUDDHA = 543
"""Years by which Thai ones are ahead."""
_OTHER_DIGIT = re.compile(f"[{_OTHER_DIGITS}]")
_HANGUL = re.compile("[가-힣]")
"""Letters of a language that writes the year first, even where it has two digits ("25.03.12")."""
_AMERICAN = re.compile(r"(?i)\b(?:[ap]\.?m|[ecmp][sd]?t)\b")
_APART = re.compile(rf"[^\w{MARKS}]+")
_CLOCK_SHAPED = re.compile(r"\d\s?[:.：hHuUaApP时時点點시]")
"""What every time of day has."""
_LINKS = frozenset("de del of di d den da do the e no na г a des le พ ศ".split())
_PM = frozenset(("午後", "下午", "晚上", "오후"))
_ERAS = {"令和": 2018, "平成": 1988}
_REACH = 26
"""Characters that may stand between a date and its time: "Friday 4 February 2022 at around 16:18"."""

_SHORTEST_CUE = 3
"""Characters between a date and a time that hold no word for a publication or change."""
_SPACED = re.compile(rf"{_WORD}+")
_HOURS = re.compile(r"(?i)\d+\s?h?")
_YEARLESS = re.compile(r"(?<!\d)(\d\d?)\s?[/.月-]\s?(\d\d?)\s?日?(?![\d:]).{0,6}$")
_LATEST_CHANGE = 60
"""Days from a date to a change of which a line tells day and month alone."""

_Day = tuple[int, int, date]
"""Start and end of a calendar day in a text, and its value."""


class Found(NamedTuple):
    """A date in a text: its span (time and zone included) and its ISO 8601 value."""

    start: int
    end: int
    iso: str


class _Clock(NamedTuple):
    start: int
    end: int
    hour: int
    minute: int
    second: int | None
    offset: int | None
    place: str | None
    """Whose offset it is on that day, where no `offset` is told."""


def may_hold_date(text: str) -> bool:
    """The cheap test for a date: something shaped like a year, which most lines with digits lack."""
    return has_year(text) if text.isascii() else has_digit(text) and _has_year(_plain_digits(text), 0)


def _has_year(text: str, start: int) -> bool:
    """Whether something shaped like a year stands in `text` from `start` on; an era may stand before it."""
    return has_year(text, start) or (not text.isascii() and any(era in text for era in _ERAS))


def _plain_digits(text: str) -> str:
    """`text` with ASCII digits and years of our era; looking for others is cheaper than to translate."""
    if text.isascii():
        return text
    if _OTHER_DIGIT.search(text):
        text = text.translate(_DIGITS)
    if _THAI.search(text):
        text = _BUDDHIST.sub(lambda m: str(int(m[0]) - _BUDDHA), text)
    return text


def find_dates(text: str, order: str | None = None) -> tuple[Found, ...]:
    """All dates of `text` that name day, month and year, in order.

    `order` ("dmy", "mdy") decides 04/02/2022; None takes month first only where the text
    looks American ("pm", a US time zone) and day first elsewhere. "ymd" is for years of two digits.
    """
    return _find_dates(text, order if "/" in text or order == "ymd" else None)


@lru_cache(maxsize=1 << 9)  # labelling and metadata ask what is a date line, and what else it says
def _find_dates(text: str, order: str | None) -> tuple[Found, ...]:
    if not may_hold_date(text):
        return ()
    text = _plain_digits(text)
    words = load_words()
    days = _days(text, order, words)
    if not days:
        return ()
    clocks = _clocks(text, days, words)
    if not clocks:
        return tuple(Found(start, end, day.isoformat()) for start, end, day in days)
    return tuple(_timed(text, days, clocks, words))


def _timed(text: str, days: list[_Day], clocks: list[_Clock], words: Words) -> Iterator[Found]:
    """The days with their times of day: those behind each, or before each where the line begins with one."""
    before = len(clocks) == len(days) and all(
        _belongs(text, clock.end, start, days, words)
        for clock, (start, _, _) in zip(clocks, days, strict=True)
    )
    for index, (start, end, day) in enumerate(days):
        limit = days[index + 1][0] if index + 1 < len(days) else len(text)
        floor = days[index - 1][1] if index else 0
        behind = (c for c in clocks if c.start <= limit and _belongs(text, end, c.start, days, words))
        above = (c for c in clocks if floor <= c.start and _belongs(text, c.end, start, days, words))
        clock = next(chain(above, behind) if before else chain(behind, above), None)
        if clock is None:
            yield Found(start, end, day.isoformat())
            continue
        clocks.remove(clock)
        yield Found(min(start, clock.start), max(end, clock.end), _stamp(day, clock))


def _belongs(text: str, start: int, end: int, days: list[_Day], words: Words) -> bool:
    """Whether a date and a time with `text[start:end]` between them are one moment's.

    A word for a change says that what follows is another's, and so does one for the publication
    where there are more dates.
    """
    if not 0 <= end - start <= _REACH:
        return False
    between = _SPACED.findall(fold(text[start:end])) if end - start > _SHORTEST_CUE else ()
    if words.modified.isdisjoint(between):
        return len(days) == 1 or words.publishing.isdisjoint(between)
    return False


def on_day(iso: str, text: str) -> str | None:
    """The time of day behind a word for a change in `text`, which tells no year, on a date's day.

    Day and month before the time are the next such day ("4/11 12:30"); other words than those of dates can
    tell another one ("today at 12:30"). An amount of hours is no time of day, and where the text tells no
    offset the date's is taken over.
    """
    words = load_words()
    text = _plain_digits(text)
    clock = next(iter(_clocks(text, [], words)), None)
    if clock is None or _HOURS.fullmatch(text[clock.start : clock.end].strip()):
        return None
    named = _YEARLESS.search(text[: clock.start])
    if not _leads_to_change(text[: named.start() if named else clock.start], words):
        return None
    told = datetime.fromisoformat(iso)
    day = _next_day(told.date(), int(named[1]), int(named[2])) if named else told.date()
    if day is None:
        return None
    value = datetime.fromisoformat(_stamp(day, clock))
    if value.replace(tzinfo=None) < told.replace(tzinfo=None):
        return None  # of a later day, which nothing tells
    return (value if value.tzinfo else value.replace(tzinfo=told.tzinfo)).isoformat()


def _leads_to_change(text: str, words: Words) -> bool:
    """Whether nothing but the words around dates stands behind the first word for a change in a text."""
    said = _SPACED.findall(fold(text))
    change = next((at for at, word in enumerate(said) if word in words.modified), len(said))
    return change < len(said) and (words.modified | words.filler).issuperset(said[change:])


def _next_day(day: date, first: int, second: int) -> date | None:
    """The first date from `day` on that two numbers name, whichever is the month; None if it is far away."""
    pairs = ((first, second), (second, first))
    named = (_valid(year, *pair) for year in (day.year, day.year + 1) for pair in pairs)
    near = [other for other in named if other and 0 <= (other - day).days <= _LATEST_CHANGE]
    return min(near, default=None)


def _days(text: str, order: str | None, words: Words) -> list[_Day]:
    """Start, end and value of every calendar day; a shape that is none does not hide the next."""
    days = []
    m = _DATE.search(text)
    while m:
        day = _day(m, words, order, text)
        if day:
            days.append((m.start(), m.end(), day))
        at = m.end() if day else m.start() + 1
        m = _DATE.search(text, at) if _has_year(text, at) else None
    return days


def _stamp(day: date, clock: _Clock) -> str:
    zone = _zone_at(clock.place) if clock.offset is None else timezone(timedelta(minutes=clock.offset))
    return datetime(
        day.year, day.month, day.day, clock.hour, clock.minute, clock.second or 0, tzinfo=zone
    ).isoformat()


def _zone_at(place: str | None) -> tzinfo | None:
    """The time zone of a place; None for none, and where the machine has no time zone database."""
    if place is None:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(place)
    except ZoneInfoNotFoundError:
        return None


def _day(m: re.Match[str], words: Words, order: str | None, text: str) -> date | None:
    """The calendar day a match tells, or None when it tells none ("31 of them in 2022")."""
    if m["y1"]:
        return _valid(m["y1"], m["m1"], m["d1"])
    if m["y2"]:
        return _valid(_era_year(m["y2"], m["era"]), m["m2"], m["d2"])
    if m["y7"]:
        return _valid(m["y7"], m["m7"], m["d7"])
    if m["y3"]:
        year_first = len(m["y3"]) == 2 and (order == "ymd" or _HANGUL.search(text))
        return (year_first and _valid(f"20{m['a3']:0>2}", m["b3"], m["y3"])) or _numeric(
            m, order or _guess_order(m["s3"], text)
        )
    for year, name, day in (("y4", "w4", "d4"), ("y5", "w5", "d5"), ("y6", "w6", "d6")):
        if m[year]:
            return _valid(m[year], _month(m[name], words), m[day])
    return None


def _era_year(year: str, era: str | None) -> int:
    if not era:
        return int(year)
    count = year.removeprefix(era).strip()
    return _ERAS[era] + (1 if count == "元" else int(count))


def _numeric(m: re.Match[str], order: str) -> date | None:
    first, second, year = int(m["a3"]), int(m["b3"]), int(m["y3"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if order == "mdy" and m["s3"] == "/":
        return _valid(year, first, second) or _valid(year, second, first)
    return _valid(year, second, first) or _valid(year, first, second)


def _guess_order(separator: str | None, text: str) -> str:
    american = separator == "/" and _AMERICAN.search(text)
    return "mdy" if american else "dmy"


def _month(name: str | None, words: Words) -> int | None:
    """The month among the words between day and year; None if one of them has no business there."""
    parts = [p for p in _APART.split(fold(name or "")) if p]
    pair = words.months.get("_".join(parts))
    if pair:
        return pair
    rest = [p for p in parts if p not in _LINKS]
    return words.months.get("_".join(rest)) or _twice_named(rest, words)


def _twice_named(parts: Sequence[str], words: Words) -> int | None:
    """The month that words tell by two of its names, as is usual in Arabic ("آذار/مارس")."""
    for cut in range(1, len(parts)):
        month = words.months.get("_".join(parts[:cut]))
        if month and month == words.months.get("_".join(parts[cut:])):
            return month
    return None


def _valid(year: int | str | None, month: int | str | None, day: int | str | None) -> date | None:
    if not (year and month and day):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _clocks(text: str, days: list[_Day], words: Words) -> list[_Clock]:
    """The times of day in `text`, with the dates themselves painted over."""
    if len(text) <= sum(end - start for start, end, _ in days) + 1:
        return []
    for start, end, _ in days:
        # A "T" between date and time would make one word of them.
        after = end + 1 if text[end : end + 1] in ("T", "t") and text[end + 1 : end + 2].isdigit() else end
        text = text[:start] + "\n" * (after - start) + text[after:]
    if not _CLOCK_SHAPED.search(text):
        return []
    return [clock for m in _TIME.finditer(text) if (clock := _clock(m, words))]


def _clock(m: re.Match[str], words: Words) -> _Clock | None:
    hour, minute = int(m["h"]), int(m["m"] or m["m2"] or 0)
    second = int(m["s"]) if m["s"] else None
    half = fold(m["ap"] or "").replace(".", "").replace(" ", "")
    if (half in ("pm", "μμ", "م") or half.startswith("مساء") or m["half"] in _PM) and hour < 12:
        hour += 12
    elif (half in ("am", "πμ", "ص") or half.startswith("صباح")) and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or (second or 0) > 59:
        return None
    zone = fold(m["zone"] or "")
    known = zone in words.zones or zone in words.unsure_zones
    end = m.end() if known or not zone or m["sign"] else m.start("zone")
    offset = words.zones.get(zone)
    # "10:00-11:30" is a span of time; only an ISO time or a zone's name makes a minus an offset.
    if m["sign"] and (m["sign"] == "+" or known or m.string[m.start() - 1 : m.start()] == "\n"):
        away = int(m["oh"]) * 60 + int(m["om"] or 0)
        offset = -away if m["sign"] != "+" else away
    elif m["sign"]:
        end = m.start("sign")
    if offset is not None and abs(offset) > 14 * 60:
        offset = None
    place = words.zone_places.get(zone) if (m["zone"] or "").isupper() else None
    return _Clock(m.start("half" if m["half"] else "h"), end, hour, minute, second, offset, place)
