"""Dates that machines write, and the reconciling of what several of them say about one moment.

In come date candidates, out go one ISO 8601 value and its source. A page often states one
moment twice, once in UTC for machines and once in local time for readers; the local one is
the day its readers know, so its offset is taken over, worked out where it is not written.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from cleaner.label.lines.dates import find_dates
from cleaner.metadata.candidates import Candidate

EARLIEST = 1990
"""Year; older values are placeholders (1970-01-01) or of the thing an article is about."""
_WEST, _EAST = -10 * 3600, 13 * 3600
"""Seconds from UTC between which news is written."""
_DAY = timedelta(days=1)
_HALF_HOUR = 1800
_TWELVE_HOURS = 43200
"""The difference that a lost "pm" makes."""
DAY_ONLY = 10
"""Characters of a day in ISO 8601; what is longer tells a time."""
_LONGEST = 120
"""Characters of a date candidate in which a date is looked for."""
_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T\s]+(\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?(?![\d:])",
    re.I,
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z)?")
_SLASHED = re.compile(r"(?<!\d)(?:0?\d|1[0-2])/(?:0?\d|1[0-2])/\d{4}")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


class Moment(NamedTuple):
    """A date candidate that could be read."""

    value: datetime
    has_time: bool
    source: str

    def iso(self) -> str:
        """ISO 8601: a day, or a day with time and, where known, offset."""
        if not self.has_time:
            return self.value.date().isoformat()
        return self.value.isoformat(timespec="seconds")


def read_moment(text: str, order: str | None) -> tuple[datetime, bool] | None:
    """A machine-written or localised date and whether it tells a time; None when it is no date."""
    text = text.strip()
    if text[4:5] == "-" == text[7:8]:
        try:
            return datetime.fromisoformat(text).replace(microsecond=0), len(text) > DAY_ONLY
        except ValueError:
            pass  # not written as the standard wants; the patterns below take more
    m = _STAMP.match(text)
    if m is not None and text[m.end() :].strip():
        # What follows may change the hour ("11:30 PM EST"); what reads dates for people knows.
        for said in find_dates(text[:_LONGEST], order)[:1]:
            if len(said.iso) > DAY_ONLY and said.start == 0:
                return datetime.fromisoformat(said.iso), True
    if m is None and _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=0), True
    m = m or _COMPACT.fullmatch(text)
    if m is not None:
        return _built(m)
    found = find_dates(text[:_LONGEST], order)
    if not found:
        return None
    return datetime.fromisoformat(found[0].iso), len(found[0].iso) > DAY_ONLY


def _built(m: re.Match[str]) -> tuple[datetime, bool] | None:
    """The moment of a match, or its day where the time is none; 24:00 is the midnight that ends a day."""
    year, month, day, hour, minute, second, zone = m.groups()
    time = timedelta(hours=int(hour or 0), minutes=int(minute or 0), seconds=int(second or 0))
    try:
        value = datetime(int(year), int(month), int(day))
        if hour is None or time > _DAY or int(minute or 0) > 59 or int(second or 0) > 59:
            return value, False
        return (value + time).replace(tzinfo=_zone(zone) if zone else None), True
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone | None:
    if text in "Zz":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:] if len(text) > 3 else 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def read_moments(
    candidates: Iterable[Candidate], order: str | None, today: date, changed: date | None = None
) -> list[Moment]:
    """The candidates that are dates between `EARLIEST` and tomorrow, in their order.

    `changed` is the day of the last change, before which they lie: one written as 09/04/2022 is turned
    where that makes it so, or no day to come.
    """
    latest = today + timedelta(days=1)
    known: dict[str, tuple[datetime, bool] | None] = {}
    moments: list[Moment] = []
    unsure: list[int] = []
    for candidate in candidates:
        value = candidate.value
        if value not in known:
            known[value] = read_moment(value, order)
        read = known[value]
        if not read or read[0].year < EARLIEST:
            continue
        moment = Moment(read[0], read[1], candidate.source)
        ambiguous = read[0].day <= 12 and is_ambiguous(value)
        if ambiguous:
            moment = _turned_before(moment, latest)
        if moment.value.date() > latest:
            continue
        if ambiguous:
            unsure.append(len(moments))
        moments.append(moment)
    if not unsure:
        return moments
    sure = {m.value.date() for index, m in enumerate(moments) if index not in unsure}
    for index in unsure:
        moments[index] = _turned(moments[index], sure, changed)
    return moments


def is_ambiguous(value: str) -> bool:
    """Whether a date is written so that day and month could change places ("04/02/2022")."""
    return "/" in value and bool(_SLASHED.search(value))


def _turned(moment: Moment, sure: set[date], changed: date | None) -> Moment:
    """A moment written as 04/02/2022, with day and month changed over where another source says so."""
    if moment.value.date() in sure:
        return moment
    other = _swapped(moment)
    if other.value.date() in sure:
        return other
    return moment if changed is None else _turned_before(moment, changed)


def _turned_before(moment: Moment, latest: date) -> Moment:
    """Such a moment as it is, or changed over where only that makes it no later than a day."""
    other = _swapped(moment)
    return other if other.value.date() <= latest < moment.value.date() else moment


def _swapped(moment: Moment) -> Moment:
    return moment._replace(value=moment.value.replace(day=moment.value.month, month=moment.value.day))


def tells_utc(moment: Moment) -> bool:
    """Whether a moment is told in UTC, as machines do."""
    return moment.has_time and moment.value.utcoffset() == timedelta(0)


def localised(chosen: Moment, others: Sequence[Moment], shown: Container[date] = ()) -> Moment:
    """`chosen` in the local time of the page, where another source states the same moment locally.

    A moment without offset that differs from a UTC one by whole half hours, and not by
    more than offsets can, is taken for the same moment in local time. `shown` are the days the
    page shows; an offset that any of its dates has, and that makes the day one of them, will do.
    """
    if not tells_utc(chosen):
        return chosen
    for other in others:
        between = _zone_between if other.has_time else _midnight_zone
        zone = between(chosen.value, other)
        if zone is not None:
            return Moment(chosen.value.astimezone(zone), True, chosen.source)
    for other in others if chosen.value.date() not in shown else ():
        if other.value.utcoffset() and chosen.value.astimezone(other.value.tzinfo).date() in shown:
            return Moment(chosen.value.astimezone(other.value.tzinfo), True, chosen.source)
    return chosen


def zoned(chosen: Moment, others: Iterable[Moment], apart: Iterable[Moment]) -> Moment:
    """`chosen` with the offset of another source that tells the same minute, or the same moment in UTC.

    The same minute in UTC says little: systems write "Z" behind local times. What is one of `apart` too, of
    another field, may be hours away by chance.
    """
    if not chosen.has_time or chosen.value.tzinfo is not None:
        return chosen
    stated = [m.value for m in others if m.has_time and m.value.tzinfo is not None]
    minute = chosen.value.replace(second=0)
    for value in stated:
        if value.utcoffset() and value.replace(second=0, tzinfo=None) == minute:
            return chosen._replace(value=chosen.value.replace(tzinfo=value.tzinfo))
    passed = {m.value for m in apart if m.value.tzinfo is not None}
    for value in stated:
        if not value.utcoffset() and value not in passed and (zone := _zone_between(value, chosen)):
            return chosen._replace(value=chosen.value.replace(tzinfo=zone))
    return chosen


def _midnight_zone(utc: datetime, other: Moment) -> timezone | None:
    """The offset of a day without time that a system wrote down in UTC as the evening before."""
    hours = 24 - utc.hour
    is_eve = hours <= 2 and not utc.minute and not utc.second
    return timezone(timedelta(hours=hours)) if is_eve and other.value.date() - utc.date() == _DAY else None


def _zone_between(utc: datetime, other: Moment) -> timezone | None:
    offset = other.value.utcoffset()
    if offset is not None:
        same = abs((other.value - utc).total_seconds()) < 60
        return timezone(offset) if offset and same else None
    away = (other.value - utc.replace(tzinfo=None)).total_seconds()
    if other.value.second == 0:
        away += utc.second
    if away == 0 or away % _HALF_HOUR or abs(away) == _TWELVE_HOURS or not _WEST <= away <= _EAST:
        return None
    return timezone(timedelta(seconds=away))
