"""What a text gives away about its origin: the order of its dates, the name of its site.

In come language tags, texts and labelled blocks, out go a date order and site name candidates. The
name is read from lines of the site about itself ("Stay up to date with notifications from
The Example", "© 2022 The Example"), never from the body, where others are named as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from cleaner.label.lines.letters import fold
from cleaner.label.lines.words import load_words
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.language import primary
from cleaner.model import LabelledBlock

_SELF_LABELS: Final = frozenset(
    ("donation", "login", "newsletter", "notification", "consent", "legal", "comment", "paywall")
)
"""What a site says about itself."""
_CAPITAL: Final = "A-ZÀ-ÖØ-ÞŁŚŻŠČŽΑ-ΩА-ЯІЇЄ"
_NAME: Final = (
    rf"((?:(?:The|Der|Die|Das|Le|La|El|Il|De)\s)?[{_CAPITAL}][\w&’'-]*+(?:\s[{_CAPITAL}][\w&’'-]*+){{0,3}})"
)
_INSIDE: Final = re.compile(rf"(?:(?<=[a-zà-ÿа-я,] )|(?=The\s)){_NAME}")
_RIGHTS: Final = re.compile(
    rf"(?:©|\(c\)|[Cc]opyright)[\s©]*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:20)?\d\d)?\s*)?(?:by\s)?{_NAME}"
)
_LAST: Final = re.compile(rf"\s(?:from|von|vom|de|da|di|van|od|fra|från|af|от|від|από)\s{_NAME}[.!]?$")
_LINE: Final = 120
"""Characters of a line whose last words can name the site ("notifications from The Example")."""
_REGION: Final = re.compile(r"[a-z]{2,3}[-_]([a-z]{2})\b")
_COUNTRY: Final = re.compile(r"://[^/]*\.([a-z]{2})(?:[:/]|$)")
_SLASHED: Final = re.compile(r"(?<![\d/])(\d\d?)\s?/\s?(\d\d?)\s?/\s?((?:19|20)\d\d)(?![\d/])")
_MONTHS: Final = 12
_WORD: Final = re.compile(r"[^\W\d_]+")
_YEAR_FIRST: Final = frozenset(("ko", "ja", "zh"))
_MONTH_FIRST: Final = frozenset(("us", "ph", "fm", "pw"))


def date_order(tags: Sequence[str], url: str | None) -> str | None:
    """ "mdy", "dmy" or "ymd" from language tags ("en-US") and the address; None where neither tells."""
    for tag in tags:
        if primary(tag) in _YEAR_FIRST:
            return "ymd"
        region = _REGION.match(tag.strip().lower())
        if region:
            return "mdy" if region[1] in _MONTH_FIRST else "dmy"
    code = next((code for tag in tags if (code := primary(tag))), None)
    if code == "en":
        ending = _COUNTRY.search(url or "")
        return "dmy" if ending and ending[1] not in ("us", "ph", "io", "co", "ai", "tv", "me") else "mdy"
    return "dmy" if code else None


def shown_order(texts: Iterable[str]) -> str | None:
    """ "mdy" or "dmy" from slashed dates in a page's texts that can be read in one way only.

    A site writes all its dates alike, whatever its language and address let expect. None where no date is
    such, or some are of either kind.
    """
    orders: set[str] = set()
    for text in texts:
        if "/" in text:
            orders.update(order for m in _SLASHED.finditer(text) if (order := _order_of(m)))
    return orders.pop() if len(orders) == 1 else None


def _order_of(slashed: re.Match[str]) -> str | None:
    """The order of a date with a number that is no month, or on a line with the weekday of one of them."""
    first, second, year = map(int, slashed.groups())
    if (first > _MONTHS) != (second > _MONTHS):
        return "dmy" if first > _MONTHS else "mdy"
    if not 0 < first <= _MONTHS or not second or len(slashed.string) > _LINE:
        return None
    weekdays = load_words().weekdays
    told = {day for word in _WORD.findall(fold(slashed.string)) if (day := weekdays.get(word))}
    if len(told) != 1 or first == second:
        return None
    days = {"dmy": date(year, second, first), "mdy": date(year, first, second)}
    true = [order for order, day in days.items() if day.isoweekday() in told]
    return true[0] if len(true) == 1 else None


def site_in_text(labelled: Sequence[LabelledBlock]) -> Iterator[Candidate]:
    """The site's name, if a line about the site ends in it or two such blocks share it."""
    named: dict[str, set[int]] = {}
    for index, (block, verdict) in enumerate(labelled):
        if verdict.label not in _SELF_LABELS:
            continue
        closing = _LAST.search(block.text) if len(block.text) <= _LINE else None
        rights = _RIGHTS.search(block.text) if verdict.label == "legal" else None
        for source, m in (("text:closing words", closing), ("text:copyright", rights)):
            if m:
                yield Candidate("site_name", m[1], source)
        for m in _INSIDE.finditer(block.text):
            named.setdefault(m[1], set()).add(index)
    shared = max(named, key=lambda name: len(named[name]), default=None)
    if shared is not None and len(named[shared]) > 1:
        yield Candidate("site_name", shared, "text:repeated name")
