"""Addresses: the canonical one made absolute and plausible, the site behind it, a date in it."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urljoin, urlsplit, urlunsplit

from cleaner.label.lines.words import load_words

_DATE = re.compile(
    r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/._-]|$)|[/_-]((?:19|20)\d\d)(\d\d)(\d\d)(?=\D|$)"
)
_MONTH_NAMED = re.compile(r"/((?:19|20)\d\d)/([^\W\d_]{3,12})/(\d\d?)(?=/|$)")
_DAY_FIRST = re.compile(r"/(\d\d)-(\d\d)-(20\d\d)(?=[/.]|$)")
_STAMPED = re.compile(
    r"/[A-Za-z]{0,3}(20[0-3]\d)(\d\d)(\d\d)(?:[01]\d|2[0-3])[0-5]\d\d{0,9}(?=[^/\d][^/]*+$|$)"
)
"""A number at an address's end that begins with the minute it was made in; an archive's stands before."""
_PLAIN = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/[\w/.,;:&=?%+@!~*()-]*+\Z")
"""What most addresses are like: nothing in them needs taking apart, which costs ten times as much."""
_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([A-Za-z0-9._-]+)(?=[:/?#]|\Z)")
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+(?:[a-z]{2}_)?/(?=https?://)")
"""What an archive puts before the address of a page it keeps."""
_PLACEHOLDER = re.compile(r"(?:undefined|null|none|nan|true|false)\Z|\{\{", re.I)
"""What templates write where an address should stand."""
_SECOND_LEVEL = frozenset("co com org net gov edu ac or ne go gob nom gen info".split())


def absolute(value: str, base: str | None) -> str | None:
    """An http(s) address from `value`, resolved against `base`; None when it is none."""
    value = value.strip()
    if _PLAIN.match(value):
        return value
    if not value or " " in value or _PLACEHOLDER.match(value):
        return None
    try:
        joined = value if value.startswith(("https://", "http://")) else urljoin(base or "", value)
        parts = urlsplit(joined)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "." not in host:
        return None
    return urlunsplit(parts._replace(fragment="")) if parts.fragment or not parts.path else joined


def is_absolute(value: str) -> bool:
    """Whether a text is an address with http(s) and a host."""
    if _PLAIN.match(value):
        return True
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def is_front_page(url: str) -> bool:
    """Whether an address is a site's root, which is no article's canonical address."""
    before, _, query = url.partition("#")[0].partition("?")
    path = before.partition("://")[2].partition("/")[2]
    return path.strip("/") in ("", "index.html", "index.php") and not query


def same_site(one: str, other: str) -> bool:
    """Whether two addresses share their registered name ("news.example.co.uk", "www.example.co.uk")."""
    return site_label(one) == site_label(other)


def site_label(url: str) -> str:
    """The registered name in an address ("example" of www.example.co.uk); "" if there is none."""
    host = _host(url if "/web.archive.org/" not in url else _ARCHIVE.sub("", url))
    labels = host.split(".")
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else host


def _host(url: str) -> str:
    plain = _HOST.match(url)
    if plain:
        return plain[1].lower()
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def date_in(url: str) -> str | None:
    """The day an address names ("/2022/02/04/", "/2022/february/4/"), as ISO 8601; None if it names none."""
    if m := _DATE.search(url):
        return _iso(m[1] or m[4], m[2] or m[5], m[3] or m[6])
    if m := _MONTH_NAMED.search(url.lower()):
        return _iso(m[1], load_words().months.get(m[2], 0), m[3])
    if (m := _DAY_FIRST.search(url)) and int(m[1]) > 12:
        return _iso(m[3], m[2], m[1])
    if m := _STAMPED.search(url):
        return _iso(m[1], m[2], m[3])
    return None


def _iso(year: str, month: str | int, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
