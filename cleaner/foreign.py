"""What is written for programs and reads like a page or a text: feeds, sitemaps, JSON.

A decoded document comes in; what it is, in plain words, goes out, or None. All of these hold headlines and
whole sentences, so an article would come out that nobody wrote. Only what is beyond doubt counts, by the
first tag for markup and by a parser for JSON, and of anything else no more than the beginning is looked at.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

_PROLOG: Final = re.compile(
    r"(?:[\s\ufeff\x00]++|<!--.*?-->|<\?.*?\?>|<!doctype\s+(?:rss|rdf)[^<>]*>)*", re.DOTALL | re.IGNORECASE
)
_ROOT: Final = re.compile(
    r"<(?:[\w.-]+:)?(rss|feed|rdf|urlset|sitemapindex)((?:\s[^<>]*)?)>(?=\s*<)", re.IGNORECASE
)
"""The first tag of a feed or sitemap; one that is written about is followed by words."""
_WHAT: Final = {
    "rss": "a feed (RSS), not a page; fetch the pages that it links to",
    "feed": "a feed (Atom), not a page; fetch the pages that it links to",
    "rdf": "a feed or other data (RDF), not a page; fetch the pages that it links to",
    "urlset": "a sitemap, not a page; fetch the pages that it lists",
    "sitemapindex": "a sitemap, not a page; fetch the pages that its sitemaps list",
}
_NAMESPACE: Final = {
    "feed": re.compile(r"//www\.w3\.org/2005/Atom|//purl\.org/atom/"),
    "rdf": re.compile("xmlns"),
}
"""What must stand in a tag whose name alone might be another's."""
_OBJECT: Final = re.compile(r'[\[\s]*\{\s*"[^"\\\r\n]{1,200}"\s*:')
MOST_PARSED: Final = 4 * 2**20
"""Bytes up to which all is parsed, which takes thirty times as many; of more, no text begins as an object."""
_AROUND: Final = "\ufeff \t\r\n"
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_DECODER: Final = json.JSONDecoder()


def made_for_programs(opening: str, content: bytes | str) -> str | None:
    """What a document is that begins with `opening`, when that is a feed, a sitemap or JSON."""
    start = _PROLOG.match(opening)
    begin = start.end() if start else 0
    if opening.startswith("<", begin):
        root = _ROOT.match(opening, begin)
        if root is None:
            return None
        name = root[1].lower()
        needed = _NAMESPACE.get(name)
        return _WHAT[name] if needed is None or needed.search(root[2]) else None
    if opening.startswith(("{", "["), begin):
        is_long = len(content) > MOST_PARSED
        if _OBJECT.match(opening, begin) is not None if is_long else is_json(content):
            return "JSON, not a page or a text; take these out of its fields first"
    return None


def is_json(content: bytes | str) -> bool:
    """Whether all of `content` is JSON with an object in it: one, or several in an array or in a row.

    "[1]" and "[sic]" are what a text may be.
    """
    return any(isinstance(member, dict) and member for member in json_members(content) or ())


def json_members(content: bytes | str) -> list[Any] | None:
    """The values of JSON, one or several in a row, with arrays taken apart; None where it is none."""
    text = content.strip(_AROUND.encode()) if isinstance(content, bytes) else content.strip(_AROUND)
    if text[:1] not in ("{", "[", b"{", b"[") or text[-1:] not in ("}", "]", b"}", b"]"):
        return None
    members: list[Any] = []
    end = 0
    try:
        text = text.decode() if isinstance(text, bytes) else text
        while end < len(text):
            value, end = _DECODER.raw_decode(text, end)
            members.extend(value if isinstance(value, list) else (value,))
            space = _SPACE.match(text, end)
            end = space.end() if space else end
    except (ValueError, RecursionError):
        return None
    return members
