"""HTML in, a page of blocks out: what a reader sees, in order, with the elements around it.

The parser (Lexbor) repairs the markup and drops what is never seen; its serialisation is so
regular that one compiled pass reads it back as a flat run of tags and texts. That costs a tenth
of visiting the tree node by node, because no Python object is made for a node.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.model import Block
from cleaner.records import fields_of
from cleaner.segment.finding import Element, marked, told
from cleaner.segment.guard import tame
from cleaner.segment.look import may_open
from cleaner.segment.reading import read_markup
from cleaner.utf8 import encoded

INVISIBLE: Final = [
    "script", "style", "svg", "noscript", "template", "iframe", "object", "audio", "video", "canvas",
    "textarea", "annotation",
]  # fmt: skip
"""Elements whose text no reader sees; the tree loses them, and with them most of its weight."""

_SHADOW: Final = b"shadowrootmode"
_SHADOW_ROOT: Final = "template[shadowrootmode]"
_TEMPLATE: Final = re.compile(rb"<(/?)template\b([^<>]*+)", re.IGNORECASE)
_ARTICLE_BODY: Final = re.compile(r'"articleBody"\s*+:\s*+("(?:[^"\\]++|\\.)*+")', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Elements:
    """The block-level elements of a page, in document order, as columns.

    `parents[i]` is the index of the element around element i (-1 at the root); elements i up to,
    not including, `ends[i]` are element i and all in it; `attrs[i]` are its attributes as
    serialised, with a leading space, and a custom element's name as one more class; `places[i]` is
    where its name stands in the page's `markup`.
    There are no places where the elements come from elsewhere.
    """

    parents: list[int]
    ends: list[int]
    tags: list[str]
    attrs: list[str]
    hidden: list[bool]
    places: list[int]


@dataclass(frozen=True, slots=True)
class Hints:
    """What the page's head says its article is, as far as labelling can use it."""

    titles: tuple[str, ...] = ()
    description: str = ""
    article_body: str = ""


class Fields(NamedTuple):
    """Fields of a page's blocks, a list of each: for what looks at one of them in every block."""

    texts: list[str]
    levels: list[int]
    elements: list[int]
    linked: list[int]
    """Characters inside links."""


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: what it says of itself for metadata, the blocks and their elements for labelling."""

    tree: LexborHTMLParser
    json_ld: tuple[str, ...]
    head: tuple[Element, ...]
    """The head's title, base, meta elements and canonical links."""
    markup: bytes
    """The body, or what a page of frames has in its place, as serialised."""
    marked: tuple[Element, ...]
    """Its elements that say what they hold: microdata, times, and head elements that went astray."""
    hints: Hints
    elements: Elements
    blocks: tuple[Block, ...]
    fields: Fields
    inline_attrs: list[str]
    """For each block the attributes of the first inline element in it, which often name it."""


def parse(html: str | bytes) -> Page:
    """Parse a page and cut it into blocks.

    Any string or UTF-8 will do; hostile shapes are tamed first so that time stays bounded.
    """
    tamed = tame(html)
    there = may_open(tamed, INVISIBLE)  # to look for an element takes a walk through the tree
    tree = _tree(tamed, "template" in there)
    json_ld = tuple(node.text() for node in tree.tags("script") if _is_json_ld(node))
    tree.strip_tags(there)
    head = tuple(marked(_markup(tree.head)))
    markup = _markup(tree.body if tree.body is not None else tree.root)
    elements, blocks, inline_attrs, inside = read_markup(markup)
    hints = _hints([*head, *inside], json_ld)
    return Page(
        tree,
        json_ld,
        head,
        markup,
        tuple(inside),
        hints,
        Elements(*elements),
        tuple(blocks),
        Fields(*fields_of(blocks)),
        inline_attrs,
    )


def _tree(html: bytes, templates: bool) -> LexborHTMLParser:
    """The parsed page. Few that have templates have shadow roots, and the tree is asked for them."""
    tree = LexborHTMLParser(html)
    if templates and tree.css_first(_SHADOW_ROOT) is not None:
        return LexborHTMLParser(open_shadows(html))
    return tree


def open_shadows(html: bytes) -> bytes:
    """The page with the templates of its shadow roots as elements, since browsers show what they hold."""
    shown: list[bool] = []

    def renamed(tag: re.Match[bytes]) -> bytes:
        if tag[1]:
            show = bool(shown) and shown.pop()
        else:
            show = _SHADOW in tag[2].lower()
            shown.append(show)
        return b"<%bshadow-root%b" % (tag[1], tag[2]) if show else tag[0]

    return _TEMPLATE.sub(renamed, html)


def _is_json_ld(script: LexborNode) -> bool:
    kind, _, _ = (script.attributes.get("type") or "").partition(";")
    return kind.strip().lower() == "application/ld+json"


def _markup(node: LexborNode | None) -> bytes:
    """An element as serialised; nothing for none."""
    return encoded((node.html if node is not None else None) or "", "surrogatepass")


def _hints(elements: list[Element], json_ld: tuple[str, ...]) -> Hints:
    """What the first title and the first meta element of each name say."""
    title = next((element.text("").strip() for element in elements if element.tag == "title"), "")
    about = told(elements, "property", "og:description")
    if about is None:
        about = told(elements, "name", "description")
    return Hints(
        tuple(title for title in (title, told(elements, "property", "og:title")) if title),
        about or "",
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
