"""HTML in, a page of blocks out: what a reader sees, in order, with the elements around it.

The parser (Lexbor) repairs the markup and drops what is never seen; its serialisation is so
regular that one compiled pass reads it back as a flat run of tags and texts. That costs a tenth
of visiting the tree node by node, because no Python object is made for a node.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from cleaner.model import Block
from cleaner.segment.guard import tame
from cleaner.segment.reading import read_markup

INVISIBLE: Final = [
    "script", "style", "svg", "noscript", "template", "iframe", "object", "audio", "video", "canvas",
]  # fmt: skip
"""Elements whose text no reader sees; the tree loses them, and with them most of its weight."""

_ARTICLE_BODY: Final = re.compile(r'"articleBody"\s*+:\s*+("(?:[^"\\]++|\\.)*+")', re.DOTALL)


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


def parse(html: str | bytes) -> Page:
    """Parse a page and cut it into blocks.

    Any string or UTF-8 will do; hostile shapes are tamed first so that time stays bounded.
    """
    tree = LexborHTMLParser(tame(html))
    json_ld = tuple(node.text() for node in tree.css('script[type="application/ld+json" i]'))
    tree.strip_tags(INVISIBLE)
    body = tree.body
    elements, blocks, inline_attrs = read_markup((body.html if body is not None else tree.html) or "")
    return Page(tree, json_ld, _hints(tree, json_ld), Elements(*elements), tuple(blocks), inline_attrs)


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
