"""Tell HTML from scraped text.

A decoded document comes in, "html" or "text" goes out. What decides is not whether tags
occur, since news about web pages mentions `<p>`, but whether they hold the document
together: it opens with one that is closed again, or most of the words stand inside
properly paired elements, or line-break tags are glued to words.
"""

from __future__ import annotations

import re
from typing import Final

from cleaner.model import Kind

WINDOW: Final = 50_000
"""Characters looked at: enough for the head of any page, and a bound on the cost for 20 MB of them."""
COVERED_SHARE: Final = 0.5
"""Text that mostly stands inside paired elements is HTML; code samples in prose stay far below half."""
GLUED_BREAKS: Final = 2
"""One break tag glued to a word may be a typing slip or a sample; two are a line structure."""

_SPACE_OR_COMMENT = re.compile(r"(?:[\s\ufeff\x00]++|<!--.*?-->)*", re.DOTALL)
_PAGE_START = re.compile(r"<(?:!--|!doctype\s|\?xml\s|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
_PAGE_LATER = re.compile(
    r"^[^\S\n]*+<!doctype\s+html[^<>]*>\s*<(?:!--|html[\s>])", re.IGNORECASE | re.MULTILINE
)
_FIRST_TAG = re.compile(r"<([a-z][a-z0-9:_-]*)((?:\s[^<>]*)?)>", re.IGNORECASE)
_BLOCKS: Final = (
    "address|article|aside|blockquote|body|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|header|html|li|main|nav|ol|p|pre|section|table|tbody|td|th|thead|tr|ul"
)
_INLINE: Final = "a|abbr|b|button|cite|code|em|font|i|label|mark|q|small|span|strong|sub|sup|time|title|u"
_OTHER: Final = (
    "audio|br|canvas|details|dialog|embed|hr|iframe|img|input|link|map|meta|noscript|object|picture|"
    "script|select|source|style|summary|svg|template|textarea|video"
)
_KNOWN = re.compile(rf"(?:{_BLOCKS}|{_INLINE}|{_OTHER})", re.IGNORECASE)
_STRAY_CLOSER = re.compile(rf"</(?:{_BLOCKS})\s*>(?! )", re.IGNORECASE)
_MENTIONED_AFTER: Final = frozenset(" `'\"“‘«(")
"""Before a closing tag these stand when it is written about, not when it closes a paragraph."""
_PAIR_TAG = re.compile(rf"<(/?)({_BLOCKS}|{_INLINE})((?:\s[^<>]*)?)>", re.IGNORECASE)
_IS_INLINE = re.compile(rf"(?:{_INLINE})", re.IGNORECASE)
_GLUED_BREAK = re.compile(
    r"(?:(?<=\w)|(?<=[.!?…:;,)»”\"。！？]))<(?:br|p|hr)\s*/?>(?=[\s<]|\w|[\"“«„(])"
    r"|<br\s*/?>(?=\w)|^<br\s*/?>$",
    re.IGNORECASE | re.MULTILINE,
)


def opens_as_page(opening: str) -> bool:
    """Whether a document that begins so is HTML whatever follows: its first thing is a page's own tag.

    No comment counts that ends, if at all, behind what is given.
    """
    start = _SPACE_OR_COMMENT.match(opening, 0, WINDOW)
    begin = start.end() if start else 0
    return not opening.startswith("<!--", begin) and _PAGE_START.match(opening, begin) is not None


def guess_kind(text: str) -> Kind:
    """Whether `text` is HTML (or another markup of tags) or text that is to be taken as it stands."""
    start = _SPACE_OR_COMMENT.match(text, 0, WINDOW)
    begin = start.end() if start else 0
    if text.startswith("<", begin):
        if _PAGE_START.match(text, begin) or _opens_with_element(text, begin):
            return "html"
    elif text.find("<", begin, begin + WINDOW) < 0:
        return "text"
    window = text[begin : begin + WINDOW]
    if _PAGE_LATER.search(window) or len(_GLUED_BREAK.findall(window)) >= GLUED_BREAKS:
        return "html"
    return "html" if _covered_share(window) >= COVERED_SHARE else "text"


def _opens_with_element(text: str, begin: int) -> bool:
    """The document's first thing is a tag that is used, not one that is talked about."""
    first = _FIRST_TAG.match(text, begin, begin + WINDOW)
    if not first:
        return _STRAY_CLOSER.match(text, begin) is not None
    name, attributes = first[1], first[2]
    known = _KNOWN.fullmatch(name) is not None
    if '="' in attributes or (known and "=" in attributes):
        return True
    follows = text[first.end() : first.end() + 1]
    if known and name.lower() in ("br", "hr", "meta", "link"):
        return follows != " " or text[first.end() :].lstrip().startswith("<")
    closer = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE)
    if closed := closer.search(text, first.end()):
        inside = text[first.end() : closed.start()]
        return inside.strip() == inside or "\n" in inside or "<" in inside or len(inside) > 60
    return (
        known and follows not in ("", " ") and (follows in "<\r\n" or follows.isalnum() or follows in '“"«„')
    )


def _covered_share(window: str) -> float:
    """Share of the characters that stand inside paired elements (tags themselves included).

    An opening tag followed by a space and a word is one that is mentioned ("the <p> tag"), and inline
    elements count only inside one line: over several lines they are links in a text.
    """
    open_at: dict[str, list[int]] = {}
    spans: list[tuple[int, int]] = []
    first = window.find("<")
    for tag in _PAIR_TAG.finditer(window):
        name = tag[2].lower()
        if not tag[1]:
            if tag[3] or not window.startswith(" ", tag.end()):
                open_at.setdefault(name, []).append(tag.start())
        elif open_at.get(name):
            begin = open_at[name].pop()
            if not _IS_INLINE.fullmatch(name) or window.find("\n", begin, tag.end()) < 0:
                spans.append((begin, tag.end()))
        elif tag.start() == first and window[first - 1 : first] not in _MENTIONED_AFTER:
            spans.append((0, tag.end()))  # A fragment that begins inside this element.
    covered = reached = 0
    for begin, end in sorted(spans):
        covered += max(0, end - max(begin, reached))
        reached = max(reached, end)
    return covered / max(1, len(window.strip()))
