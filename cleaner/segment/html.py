"""HTML in, a page of blocks out: what a reader sees, in order, with the elements around it.

The parser (Lexbor) repairs the markup and drops what is never seen; its serialisation is so
regular that one regular expression reads it back as a flat run of tags and texts. Walking
that run costs a third of visiting the tree node by node, because no Python object is made
for a node. Inline markup adds to the block that is open; block-level markup ends it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from cleaner.model import Block, Shape
from cleaner.segment.guard import tame

INVISIBLE: Final = [
    "script", "style", "svg", "noscript", "template", "iframe", "object", "audio", "video", "canvas",
]  # fmt: skip
"""Elements whose text no reader sees; the tree loses them, and with them most of its weight."""

_TOKEN: Final = re.compile(
    r"<(?:(/?)([a-zA-Z][^\s>]*+)((?:\s[^=>\s]*+(?:=\"[^\"]*+\")?+)*+)\s*+>|!--.*?-->|[!?][^>]*+>)([^<]*+)",
    re.DOTALL,
)

_ARTICLE_BODY: Final = re.compile(r'"articleBody"\s*+:\s*+("(?:[^"\\]++|\\.)*+")', re.DOTALL)

_BLOCK_LEVEL: Final = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main
    marquee menu nav ol p pre search section select summary table tbody td textarea tfoot th thead tr
    ul""".split()
)
_VOID: Final = frozenset(
    """area base basefont bgsound br col embed frame hr img input keygen link meta param source track
    wbr""".split()
)
_PARAGRAPH_LIKE: Final = frozenset("p h1 h2 h3 h4 h5 h6".split())
_CELLS: Final = frozenset(("td", "th"))
_SHAPES: Final[dict[str, Shape]] = {
    "li": "item", "dd": "item", "dt": "item", "tr": "row", "td": "row", "th": "row", "pre": "code",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip

_HIDDEN: Final = re.compile(
    r"""\shidden(?=[\s=]|$)|style="[^"]*?(?:display:\s*none|visibility:\s*hidden)"""
    r"""|class="[^"]*?(?<![\w-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?|u-hidden)(?![\w-])""",
    re.IGNORECASE,
)
_ESCAPES: Final = (("&nbsp;", "\xa0"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))
_BREAK: Final = "\x00"  # stands for <br>; the parser lets no NUL through
_CELL: Final = "\x01"  # stands between two cells of a row; control characters are white space to us

_LONG_CELL: Final = 160
"""Characters before a cell that make the row a layout, not data: its cells are blocks of their own."""

_BREAK_PARAGRAPH: Final = 80
"""Mean characters of the lines between single <br>s above which each line is a paragraph."""


@dataclass(frozen=True, slots=True)
class Elements:
    """The block-level elements of a page, in document order, as columns.

    `parents[i]` is the index of the element around element i (-1 at the root); elements i up to,
    not including, `ends[i]` are element i and all in it; `attrs[i]` are its attributes as
    serialised, with a leading space.
    """

    parents: list[int]
    ends: list[int]
    tags: list[str]
    attrs: list[str]
    hidden: list[bool]


@dataclass(frozen=True, slots=True)
class Hints:
    """What the page's head says its article is, as far as labelling can use it."""

    titles: tuple[str, ...] = ()
    description: str = ""
    article_body: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: the tree for metadata, the blocks and their elements for labelling."""

    tree: LexborHTMLParser
    json_ld: tuple[str, ...]
    hints: Hints
    elements: Elements
    blocks: tuple[Block, ...]
    inline_attrs: list[str]
    """For each block the attributes of the first inline element in it, which often name it."""


def parse(html: str) -> Page:
    """Parse a page and cut it into blocks.

    Any string will do; hostile shapes are tamed first so that time stays bounded.
    """
    tree = LexborHTMLParser(tame(html))
    json_ld = tuple(node.text() for node in tree.css('script[type="application/ld+json" i]'))
    tree.strip_tags(INVISIBLE)
    body = tree.body
    reader = _Reader()
    reader.read((body.html if body is not None else tree.html) or "")
    return Page(
        tree, json_ld, _hints(tree, json_ld), reader.elements, tuple(reader.blocks), reader.inline_attrs
    )


def _hints(tree: LexborHTMLParser, json_ld: tuple[str, ...]) -> Hints:
    title = tree.css_first("title")
    shared = tree.css_first('meta[property="og:title"]')
    about = tree.css_first('meta[property="og:description"]') or tree.css_first('meta[name="description"]')
    titles = (
        title.text().strip() if title else "",
        (shared.attributes.get("content") or "") if shared else "",
    )
    return Hints(
        tuple(t for t in titles if t),
        (about.attributes.get("content") or "") if about else "",
        "\n".join(_stated_body(script) for script in json_ld if "articleBody" in script),
    )


def _stated_body(script: str) -> str:
    found = _ARTICLE_BODY.search(script)
    if found is None:
        return ""
    try:
        return str(json.loads(found[1], strict=False))
    except ValueError:
        return ""


class _Reader:
    """Builds blocks and elements from the run of tags; lives for one page."""

    def __init__(self) -> None:
        self.elements = Elements([], [], [], [], [])
        self.blocks: list[Block] = []
        self.inline_attrs: list[str] = []
        self._place = 0
        self._pieces: list[str] = []
        self._links = 0
        self._in_link = False
        self._inline = ""
        self._open: list[int] = []
        self._skip_tag = ""
        self._skip_depth = 0

    def read(self, html: str) -> None:
        pieces = self._pieces
        for close, name, attrs, text in _TOKEN.findall(html):
            if self._skip_depth:
                self._leave_hidden(close, name)
                if self._skip_depth:
                    continue
            elif name in _BLOCK_LEVEL or ("-" in name and not self._in_paragraph()):
                if close:
                    self._close(name)
                else:
                    self._open_element(name, attrs)
            elif name:
                self._inline_tag(close, name, attrs)
            if text and not self._skip_depth and (pieces or not text.isspace()):
                if "&" in text:
                    text = _unescape(text)
                pieces.append(text)
                if self._in_link:
                    self._links += len(text.strip())
        if pieces:
            self._flush()
        for element in self._open:
            self.elements.ends[element] = len(self.elements.tags)

    def _in_paragraph(self) -> bool:
        return bool(self._open) and self.elements.tags[self._open[-1]] in _PARAGRAPH_LIKE

    def _inline_tag(self, close: str, name: str, attrs: str) -> None:
        if name == "a":
            self._in_link = not close
        elif name == "br":
            self._pieces.append(_BREAK)
        elif name == "hr":
            if self._pieces:
                self._flush()
        elif name == "option":
            self._pieces.append(" ")
        if attrs and not close:
            if name not in _VOID and _is_hidden(attrs):
                self._skip_tag, self._skip_depth = name, 1
            elif not self._inline:
                self._inline = attrs

    def _leave_hidden(self, close: str, name: str) -> None:
        if name == self._skip_tag:
            self._skip_depth += -1 if close else 1

    def _open_element(self, name: str, attrs: str) -> None:
        if self._pieces:
            if name in _CELLS and sum(map(len, self._pieces)) < _LONG_CELL:
                self._pieces.append(_CELL)
            else:
                self._flush()
        elements, parent = self.elements, self._open[-1] if self._open else -1
        self._open.append(len(elements.tags))
        elements.parents.append(parent)
        elements.ends.append(0)
        elements.tags.append(name)
        elements.attrs.append(attrs)
        hidden = parent >= 0 and elements.hidden[parent]
        elements.hidden.append(hidden or (bool(attrs) and _is_hidden(attrs)))

    def _close(self, name: str) -> None:
        if self._pieces and name not in _CELLS:
            self._flush()
        # The serialisation is well formed: an end tag closes the innermost open element, save for
        # a custom element that was taken as inline when it opened.
        elements = self.elements
        if self._open and elements.tags[self._open[-1]] == name:
            elements.ends[self._open.pop()] = len(elements.tags)

    def _flush(self) -> None:
        raw = "".join(self._pieces)
        self._pieces.clear()
        links, self._links = self._links, 0
        inline, self._inline = self._inline, ""
        element = self._open[-1] if self._open else -1
        if _BREAK in raw:
            for text in _split_breaks(raw):
                self._add(text, element, links * len(text) // max(1, len(raw)), inline)
        else:
            text = " ".join(raw.replace(_CELL, " | ").split()) if _CELL in raw else " ".join(raw.split())
            self._add(text, element, links, inline)

    def _add(self, text: str, element: int, links: int, inline: str) -> None:
        if not text:
            return
        tag = self.elements.tags[element] if element >= 0 else None
        end = self._place + len(text)
        level = int(tag[1]) if tag and len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0
        self.blocks.append(
            Block(
                text, self._place, end, self._shape(tag, element), level, tag, element, min(links, len(text))
            )
        )
        self.inline_attrs.append(inline)
        self._place = end + 1

    def _shape(self, tag: str | None, element: int) -> Shape:
        if tag is None:
            return "paragraph"
        shape = _SHAPES.get(tag)
        if shape is not None:
            return shape
        # A paragraph that is all a list item or quotation holds takes that one's shape.
        elements = self.elements
        for _ in range(2):
            element = elements.parents[element]
            if element < 0:
                break
            if elements.tags[element] == "li":
                return "item"
            if elements.tags[element] == "blockquote":
                return "quote"
        return "quote" if tag == "blockquote" else "paragraph"


def _is_hidden(attrs: str) -> bool:
    # Four substring tests cost a tenth of the pattern, and few attributes pass one.
    if "hidden" in attrs or "display" in attrs or "sr-only" in attrs or "screen-reader" in attrs:
        return _HIDDEN.search(attrs) is not None
    return False


def _unescape(text: str) -> str:
    for escape, character in _ESCAPES:
        if escape in text:
            text = text.replace(escape, character)
    return text


def _split_breaks(raw: str) -> list[str]:
    """Cut a block at its <br>s: always at two in a row, at single ones where lines are paragraphs."""
    lines = [" ".join(line.replace(_CELL, " | ").split()) for line in raw.split(_BREAK)]
    groups: list[list[str]] = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    blocks: list[str] = []
    for group in groups:
        if sum(map(len, group)) > _BREAK_PARAGRAPH * len(group):
            blocks.extend(group)
        elif group:
            blocks.append("\n".join(group))
    return blocks
