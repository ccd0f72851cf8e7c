"""Which of a page's dates is its publication, and by which day its readers know it.

In come the dates that could be read, the most believed first, out goes one of them. Structured
data is believed before what is shown, save where it tells of a move, stands alone against head
and page, or tells in UTC of what was another day's news where it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Final

from cleaner.metadata.moments import Moment, localised, tells_utc, zoned

_REPUBLISHED: Final = 30
"""Days between a shown date and a later structured one that mean the article was moved; a shorter
while is more often a neighbour's date."""
_DATELINES: Final = ("block:dateline", "visible:dateline")
_SHOWN: Final = (*_DATELINES, "visible:date-class", "visible:time")
_UNSURE: Final = (
    "visible:date-text",
    "visible:time-text",
    "visible:card-time",
    "visible:opening-date",
    "visible:far-dateline",
    "json-ld:uploadDate",
    "json-ld:dateCreated",
    "itemprop:datecreated",
    "meta:dc.date.created",
)
"""Sources whose time of day can be another article's, or another event's."""
_STAND_INS: Final = (time(0), time(12))
"""Times of day that systems write where they know the day alone."""
_ONE: Final = timedelta(days=1)
_FIRST_EVENING, _LAST_MORNING = 13, 10
"""Hours in UTC from which it is tomorrow in Sydney, and until which it is yesterday in Honolulu."""


def publication(published: Sequence[Moment], modified: Sequence[Moment]) -> Moment:
    """The publication among one or more dates called so; `modified` are those of the last change."""
    chosen = _publication(published, modified)
    if not chosen.has_time:
        chosen = _with_time(chosen, published, modified)
    return zoned(chosen, (m for m in published if m.source not in _UNSURE), modified)


def _with_time(chosen: Moment, published: Sequence[Moment], modified: Sequence[Moment]) -> Moment:
    """The most believed date of the same day with a time that is not the change's and stands in for none."""
    day = chosen.value.date()
    changes = {_minute(m) for m in modified}
    timed = (m for m in published if m.has_time and m.value.date() == day and m.source not in _UNSURE)
    return next((m for m in timed if m.value.time() not in _STAND_INS and _minute(m) not in changes), chosen)


def _publication(published: Sequence[Moment], modified: Sequence[Moment]) -> Moment:
    """The date that is believed, with or without a time."""
    chosen = published[0]
    day = chosen.value.date()
    if any(moment.value.date() != day for moment in published):
        chosen = _first_shown(published)
        if chosen is published[0]:
            chosen = _outvoting(chosen, published, modified) or chosen
    if not tells_utc(chosen):
        return chosen
    shown = frozenset(m.value.date() for m in published if m.source in _SHOWN)
    zoned = [m for m in modified if m.value.utcoffset() is not None]
    local = localised(chosen, [*published, *zoned], shown)
    return local if local is not chosen else _as_shown(chosen, published)


def _first_shown(published: Sequence[Moment]) -> Moment:
    """The most believed date, unless the page shows its readers an earlier one at the headline.

    Systems that move or republish an article write the day they did so into structured data;
    a later visible date is an unmarked update. Of visible dates the one that the address names
    is the article's own.
    """
    chosen = published[0]
    named = next((m.value.date() for m in published if m.source == "url"), None)
    if named and chosen.source.startswith("visible:"):
        agreeing = next(m for m in published if m.value.date() == named)
        return chosen if agreeing.source == "url" and _is_day(chosen, named) else agreeing
    if named and (chosen.value.date() - named).days > _REPUBLISHED:
        return next(m for m in published if m.value.date() == named)
    shown = [moment for moment in published if moment.source in _DATELINES]
    days = {moment.value.date() for moment in shown}
    if len(days) == 1 and (chosen.value.date() - shown[0].value.date()).days > _REPUBLISHED:
        return shown[0]
    return chosen


def _is_day(moment: Moment, day: date) -> bool:
    """Whether a date is the day, or, told with a time, the one before or after: addresses may be in UTC."""
    away = abs(moment.value.date() - day)
    return not away or (away == _ONE and moment.has_time)


def _outvoting(chosen: Moment, published: Sequence[Moment], modified: Sequence[Moment]) -> Moment | None:
    """The date that the head states and the page shows, where JSON-LD alone has another one.

    A date of the last change has no vote, whatever it is called.
    """
    if not chosen.source.startswith("json-ld:"):
        return None
    day = chosen.value.date()
    stated = [m for m in published if m.source.startswith("meta:") and m.value.date() != day]
    if not stated:
        return None
    changes = {_minute(m) for m in modified}
    others = [m for m in published if not m.source.startswith("json-ld:") and _minute(m) not in changes]
    if any(m.value.date() == day for m in others):
        return None
    shown = {m.value.date() for m in others if m.source in _SHOWN}
    return next((m for m in stated if m in others and m.value.date() in shown), None)


def _minute(moment: Moment) -> tuple[object, bool]:
    return moment.value.replace(second=0, microsecond=0, tzinfo=None), moment.has_time


def _as_shown(chosen: Moment, published: Sequence[Moment]) -> Moment:
    """The date itself, or the day by which readers know it: an evening's news is dated tomorrow in UTC."""
    day, hour = chosen.value.date(), chosen.value.hour
    told = [m for m in published if m.source in (*_SHOWN, "url")]
    if any(m.value.date() == day for m in told):
        return chosen
    days = {m.value.date(): m for m in told if not m.has_time}
    after = days.get(day + _ONE) if hour >= _FIRST_EVENING else None
    before = days.get(day - _ONE) if hour < _LAST_MORNING else None
    return after or before or chosen
