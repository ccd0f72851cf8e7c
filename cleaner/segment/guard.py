"""Rebuild pages that would stall the parser, and leave every other page as it is.

A page's HTML comes in and the same goes out as UTF-8, unless its shape is one that the parser
meets with quadratic work or memory (deep nesting, unclosed formatting, floods of attributes,
options or end tags) or that would take every later stage seconds (more tags than any page has).
Such a page is rewritten tag by tag: what goes beyond a limit loses its markup, not its text (save
where a million tags stand with next to none), so the article it holds still comes out. A cheap
look at a quarter of the page decides who is looked at closely; what then breaks a limit is rewritten.

The shapes were found by experiment with selectolax 1.0.2 (Lexbor).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import islice
from typing import Final

from cleaner.segment.census import draws_doubtfully, keeps_limits
from cleaner.segment.limits import (
    BREAKOUTS,
    DRAWINGS,
    FLOOD,
    FLOOD_TAG,
    FLOODED_ATTRIBUTES,
    FORMATTING,
    IGNORED,
    IN_TABLES,
    LARGE_PAGE,
    MAX_ATTRIBUTES,
    MAX_DEPTH,
    MAX_FORMATTING,
    MAX_IGNORED,
    MAX_NAMES,
    MAX_OPTIONS,
    MAX_REOPENED,
    MAX_ROOTS,
    MAX_TAGS,
    MAX_UNMATCHED,
    NOT_NESTING,
    OPTIONS,
    RAW,
    ROOTS,
    SMALL_PAGE,
    STEP,
)
from cleaner.segment.look import holds_text, looks_normal
from cleaner.utf8 import encoded

_RAW: Final = "|".join(sorted(RAW))
_NAME: Final = r"(?P<name>[a-z][^\s/>]*+)"
_ATTRIBUTES: Final = r"(?P<attrs>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?)*+)(?:>|\Z)"
_RAW_ATTRIBUTES: Final = _ATTRIBUTES.replace("attrs", "raw_attrs")
_TOKEN: Final = re.compile(
    r"<!--(?:-?>|.*?--!?>|.*+)"
    rf"|<(?P<raw>{_RAW})(?=[\s/>]){_RAW_ATTRIBUTES}"
    r"(?:.*?(?=</(?P=raw)[\s/>])|.*+)"
    rf"|<(?P<end>/?){_NAME}{_ATTRIBUTES}"
    r"|<(?:[!?]|/(?![a-z]))[^>]*+>?",
    re.DOTALL | re.IGNORECASE,
)
_TAG: Final = re.compile(rf"<(?!(?:{_RAW})[\s/>])/?{_NAME}{_ATTRIBUTES}".encode(), re.DOTALL | re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"([^\s=]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'][^\s]*+)?)?\s*+")
_RAW_ATTRIBUTE: Final = re.compile(_ATTRIBUTE.pattern.encode())
_STRUCTURE: Final = "html|head|body|title|meta|link|script|style|time|article|main"
_NEEDLESS_TAG: Final = (
    re.compile(rf"<(?!!|/?(?:{_STRUCTURE})\b)[^<>]*+>(?=[^<]{{0,63}}+<)", re.IGNORECASE),
    re.compile(r"<[^<>]*+>?+(?=[^<]{0,63}+<)"),
    re.compile(r"<[^<>]*+>?+(?=[^<]{0,199}+<)"),
)
"""Tags to give up, step by step, when a page has too many: those before little or no text. With the
last, 20 million characters hold no more than `MAX_TAGS`."""


def tame(html: str | bytes) -> bytes:
    """Return `html` as UTF-8, or for a hostile page one with the same article that parses in linear time.

    The quick look costs about a fifth of a microsecond per kilobyte, the close one three times as much.
    Any string or UTF-8 is accepted; whatever is returned is parsed, walked and serialised by Lexbor within
    two seconds and one gigabyte when it came from at most 20 million characters.
    """
    utf8 = html if isinstance(html, bytes) else encoded(html, "ignore")
    if len(utf8) < SMALL_PAGE or (len(utf8) < LARGE_PAGE and looks_normal(utf8, partial(_in_long_tag, utf8))):
        return utf8
    if utf8.count(b"<") <= MAX_TAGS and keeps_limits(utf8):
        return utf8
    html = utf8.decode("utf-8", "ignore")
    if html.count("<") > FLOOD:
        html = _without_floods(html)
    for pattern in _NEEDLESS_TAG:
        if html.count("<") <= MAX_TAGS:
            break
        html = pattern.sub(" ", html)
    drawings = not draws_doubtfully(html.encode("utf-8", "ignore"))
    return _Limiter(drawings).rewrite(html).encode("utf-8", "ignore")


def _without_floods(html: str) -> str:
    """Leave out the stretches that are nothing but tags: a million tags leave no time to read each."""
    pieces = []
    start = 0
    while start < len(html):
        end = html.find("<", start + STEP)  # a stretch begins with a tag, so that none is cut in two
        end = end if end >= 0 else len(html)
        flood = html.count("<", start, end) * FLOOD_TAG > end - start
        if not flood or holds_text(html, start, end):
            pieces.append(html[start:end])
        start = end
    return "".join(pieces)


def _in_long_tag(utf8: bytes, place: int) -> bool:
    start = utf8.rfind(b"<", 0, place)
    tag = _TAG.match(utf8, start) if start >= 0 else None
    return tag is not None and any(
        True for _ in islice(_RAW_ATTRIBUTE.finditer(utf8, *tag.span("attrs")), MAX_ATTRIBUTES, None)
    )


class _Limiter:
    """Follows a page's open elements roughly, as the parser would, and drops tags beyond the limits.

    An end tag goes with its start tag: the last one dropped of a name is the first one closed. Without
    `drawings` the tags go that make the parser read by the rules of drawings and formulas.
    """

    def __init__(self, drawings: bool = True) -> None:
        self._drawings = drawings
        self._stack: list[str] = []
        self._open: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._formatting: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()
        self._reopened = 0
        self._unmatched = 0
        self._names: set[str] = set()

    def rewrite(self, html: str) -> str:
        pieces: list[str] = []
        done = 0
        for token in _TOKEN.finditer(html):
            if token["raw"]:
                instead, end = self._raw(token["raw"], token["raw_attrs"]), token.end("raw_attrs")
            elif token["name"]:
                name, end = token["name"].lower(), token.end()
                instead = self._end(name) if token["end"] else self._start(name, token["attrs"])
            else:
                continue
            if instead is not None:
                pieces += html[done : token.start()], instead
                done = end
        return "".join([*pieces, html[done:]]) if pieces else html

    def _raw(self, name: str, attrs: str) -> str | None:
        """What stands instead of a start tag, up to its `>`, that no markup follows; None leaves it."""
        short = self._known_attributes(attrs) if attrs else attrs
        return None if short == attrs else f"<{name} {short}"

    def _end(self, name: str) -> str | None:
        """What stands instead of an end tag; None leaves it."""
        if not self._drawings and name in DRAWINGS:
            return ""
        if self._dropped[name]:
            self._dropped[name] -= 1
            return ""
        if name in FORMATTING:
            # A second end tag would make the parser look for an element it has cloned by then.
            if self._formatting[name]:
                self._formatting[name] -= 1
            else:
                self._unmatched += 1
                return "" if self._unmatched > MAX_UNMATCHED else None
        elif self._open[name]:
            while self._open[name]:
                last = self._stack.pop()
                self._open[last] -= 1
                if last == name:
                    break
        return None

    def _start(self, name: str, attrs: str) -> str | None:
        """What stands instead of a start tag; None leaves it."""
        if self._is_ignored(name) or (not self._drawings and name in DRAWINGS):
            return ""
        if name in ROOTS or name in OPTIONS:
            self._seen[name] += 1
            if self._seen[name] > (MAX_ROOTS if name in ROOTS else MAX_OPTIONS):
                return " "
        elif name in FORMATTING:
            if not self._may_format(name):
                self._dropped[name] += 1
                return ""
        elif name not in NOT_NESTING:
            if len(self._stack) >= MAX_DEPTH:
                self._dropped[name] += 1
                return " "
            # In a drawing a tag may close itself; elsewhere the slash means nothing.
            drawn = name not in BREAKOUTS and (self._open["svg"] or self._open["math"])
            if not (attrs.endswith("/") and drawn):
                self._stack.append(name)
                self._open[name] += 1
        closed = self._close_formatting() if name not in FORMATTING else ""
        short = self._known_attributes(attrs) if attrs else attrs
        return None if not closed and short == attrs else f"{closed}<{name} {short}>"

    def _is_ignored(self, name: str) -> bool:
        """Whether the parser would pass over the tag; a few may stay, for who knows."""
        if name in IN_TABLES:
            ignored = not self._open["table"] and not self._open["template"]
        else:
            ignored = name in IGNORED or (name == "form" and self._open["form"] > 0)
        self._seen["ignored"] += ignored
        return ignored and self._seen["ignored"] > MAX_IGNORED

    def _known_attributes(self, attrs: str) -> str:
        """The attributes without those beyond the limits."""
        flooded = len(self._names) > MAX_NAMES
        if len(attrs) > 2 * MAX_ATTRIBUTES:
            attrs = _first_attributes(attrs, FLOODED_ATTRIBUTES if flooded else MAX_ATTRIBUTES)
        if not flooded:
            self._names.update(_ATTRIBUTE.findall(attrs))
            return attrs
        found = [(match[1], match[0]) for match in _ATTRIBUTE.finditer(attrs)]
        known = [attribute for name, attribute in found if name in self._names]
        return attrs if len(known) == len(found) else " ".join(known)

    def _may_format(self, name: str) -> bool:
        if self._reopened > MAX_REOPENED or self._formatting.total() >= MAX_FORMATTING:
            return False
        if name != "a" or not self._formatting["a"]:  # a link ends the link before it
            self._formatting[name] += 1
        return True

    def _close_formatting(self) -> str:
        """Count what a new element reopens; once that is too much, the end tags of all that is open."""
        open_now = self._formatting.total()
        if not open_now:
            return ""
        self._reopened += open_now
        if self._reopened <= MAX_REOPENED:
            return ""
        ends = "".join(f"</{name}>" * count for name, count in self._formatting.items())
        self._formatting.clear()
        return ends


def _first_attributes(attrs: str, most: int) -> str:
    last = None
    for last in islice(_ATTRIBUTE.finditer(attrs), most):  # noqa: B007 - the last one is wanted
        pass
    return attrs if last is None else attrs[: last.end()]
