"""The records that pass between the stages, and the words for them.

This module names things, and says which articles deserve the name. Every stage takes
records from here and makes new ones; none changes what it was given. Records made once a
page are frozen dataclasses; those made once a block are named tuples, which are as frozen
and cost a third as much to make, and a page has hundreds of them. Python does not guard one
field, `provenance`: it is a plain dict, because a mapping that is read-only cannot be pickled and
is no JSON. Its type says that nobody writes to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

Kind = Literal["html", "text"]
Shape = Literal["paragraph", "heading", "item", "quote", "row", "code", "menu"]
"""A menu is a whole list of short links, an entry a line; of the body its entries are items again."""

BODY: Final = "body"
ARTICLE_LIKE: Final = 0.5
"""Confidence below which a page is taken for something else: an index, a search page, an empty one."""

REMOVAL_LABELS: Final = (
    "title",
    "standfirst",
    "byline",
    "dateline",
    "donation",
    "login",
    "newsletter",
    "notification",
    "consent",
    "paywall",
    "share",
    "related",
    "comment",
    "ad",
    "media",
    "navigation",
    "legal",
    "widget",
    "other",
)
"""What a block can be when it is not body, in the order the README explains them."""


class CleanError(ValueError):
    """The input cannot be cleaned at all; the message says why in one plain line."""


@dataclass(frozen=True, slots=True)
class Source:
    """The input, checked and told apart as HTML or scraped text, perhaps with its URL.

    `content` is its text, or for a page that came in UTF-8 those bytes: the parser takes bytes.
    """

    content: str | bytes = field(repr=False)
    kind: Kind
    url: str | None = None
    encoding: str | None = None

    @property
    def text(self) -> str:
        """The input as text; bytes are decoded each time, so ask once."""
        return self.content if isinstance(self.content, str) else self.content.decode()


class Block(NamedTuple):
    """One run of text a reader sees as a unit, in document order.

    `start` and `end` are character offsets: into `Source.text` for scraped text; for HTML
    into the page's visible text, which is all blocks' texts joined by line feeds. What only
    markup can tell is None for scraped text: unknown, never "no".
    """

    text: str
    start: int
    end: int
    shape: Shape = "paragraph"
    level: int = 0
    """Heading level 1 to 6, or depth of a text's list item; 0 elsewhere: a page's items have it in `Kept`."""
    tag: str | None = None
    """Name of the nearest block-level element."""
    element: int = -1
    """Index into the page's elements; -1 for scraped text."""
    link_chars: int | None = None
    """How many characters of the text stand inside links."""


class Verdict(NamedTuple):
    """A label, the rule or model that gave it, and what it saw."""

    label: str
    rule: str
    evidence: str = ""


class LabelledBlock(NamedTuple):
    """A block with its verdict."""

    block: Block
    verdict: Verdict


class Kept(NamedTuple):
    """A block of the body, as the outputs need it; offsets as in `Block`."""

    text: str
    shape: Shape
    level: int
    """Heading level 1 to 6, or depth of a list item, from 0; of a paragraph or code that an item of a page's
    list goes on with, one more than the item's; 0 elsewhere."""
    start: int
    end: int
    number: int | None = None
    """Of an item in a numbered list of a page; a scraped text has its numbers in its words."""


class Removal(NamedTuple):
    """An entry of the ledger: what was left out, why, and where it stood (offsets as in `Block`)."""

    text: str
    label: str
    rule: str
    start: int
    end: int
    evidence: str = ""


@dataclass(frozen=True)
class Metadata:
    """What is known about an article; `provenance` says for each field where it came from.

    `published` and `modified` are ISO 8601, with time and offset where the page gives them.
    `language` is a BCP 47 primary subtag ("en"). `url` is the canonical address.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    site_name: str | None = None
    url: str | None = None
    description: str | None = None
    image: str | None = None
    image_caption: str | None = None
    image_credit: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    paywalled: bool | None = None
    provenance: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Article(Metadata):
    """A cleaned article: metadata, body, and the ledger of everything left out.

    `text` is the body with paragraphs apart by one blank line. `extractor` names who drew the
    line between body and rest; `confidence` in 0..1 says how sure it is, less in long bodies.
    """

    text: str = ""
    body: tuple[Kept, ...] = ()
    removed: tuple[Removal, ...] = ()
    extractor: str = "none"
    confidence: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain lists, dicts, strings and numbers, ready for JSON."""
        from cleaner.render.json import as_dict

        return as_dict(self)

    def to_json(self, indent: int | None = None) -> str:
        """The article as one JSON object."""
        from cleaner.render.json import as_json

        return as_json(self, indent)

    def to_markdown(self) -> str:
        """The headline and body as Markdown: headings, lists, quotations and tables kept."""
        from cleaner.render.markdown import as_markdown

        return as_markdown(self)


def article_like(article: Article) -> bool:
    """Whether what was found is an article, not the rest of an index, a search or an empty page."""
    return bool(article.text) and article.confidence >= ARTICLE_LIKE
