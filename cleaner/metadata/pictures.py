"""The address of the picture that leads the article, where the page's data give none or the site's sign.

In come the stated addresses, or a page, its headline and its body; out go candidates. Sharing services
want a picture of every page, so sites without one for the article state their logo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cleaner.metadata.candidates import Candidate
from cleaner.metadata.classwords import ClassWords
from cleaner.metadata.labels import labelled_as
from cleaner.metadata.places import Headings, place_in_markup
from cleaner.model import BODY, LabelledBlock
from cleaner.segment.finding import Element, element_there

_STAND_IN: Final = re.compile(
    r"(?<![a-z])(?:logos?|defaults?|placeholder|fallback|blank|favicon|no-?image|opengraph|og[-_]?image)(?![a-z])"
)
"""Words in the file name of a picture that stands in for one."""
_SHARED: Final = re.compile(r"(?<![a-z])(?:og|ogp|share|social|facebook|fb|twitter|card|wide|x|px)(?![a-z])")
"""Words in the file name of a picture for sharing services, which may be the article's all the same."""
_SIGNS: Final = ClassWords(
    "logos? defaults? placeholder fallback blank favicon no noimage opengraph og ogimage ogp share social"
    " facebook fb twitter card wide x px"
)
"""What all these words begin with, or are: most names have none of them."""
_TELLING: Final = 8
"""Letters and digits beside these words that tell one article's picture from the others'."""
_LONG: Final = 20
"""Letters and digits beside the words above that do, for there a site's name may stand ("example-logo-2")."""
_SOURCES: Final = ("src", "data-src", "data-lazy-src", "data-original", "data-srcset", "srcset")
"""Attributes with a picture's address; where scripts load it, the first is empty or a dot."""
_OTHERS: Final = ClassWords(
    "avatars? authors? logos? icons? emoji ads? advert(?:isement)?s? banners? badges? gravatar rss comments?"
    " transparent pixel spacer lazyload border"
)
_HOST: Final = re.compile(r"^(?:https?:)?//[^/]*|\?.*$", re.DOTALL)
"""What of an address is not the path."""
_SMALLEST: Final = 150
"""Pixels in width or height under which a picture is an icon, a face or a counter."""
_PIXELS: Final = re.compile(r"\d{1,5}")
"""A picture's width or height; more digits are none, and Python does not read thousands of them."""
_BELOW: Final = 3
"""Paragraphs of the body below the first that the leading picture may stand behind."""
_WIDEST: Final = 60_000
"""Bytes of markup that are looked through."""


def stands_in(address: str) -> bool:
    """Whether an address is by its file name the site's sign, not the article's picture."""
    name = _file_name(address).rpartition(".")[0]
    if not _SIGNS.search(name):
        return False
    rest, signs = _STAND_IN.subn("", name)
    rest, shared = _SHARED.subn("", rest)
    size = sum(map(str.isalnum, rest))
    return (signs > 0 and size < _LONG) or (shared > 0 and size < _TELLING)


def _file_name(address: str) -> str:
    return address.partition("?")[0].rstrip("/").rpartition("/")[2].lower()


def from_pictures(headings: Headings, labelled: Sequence[LabelledBlock]) -> Iterator[Candidate]:
    """The first picture of some size between the headline and the body's first paragraphs."""
    page = headings.page
    start, end = _extent(headings, labelled)
    at = start
    while (at := page.markup.find(b"<img ", at, end)) >= 0:
        at += 1
        address = _address(element_there(page.markup, at))
        if address and not stands_in(address):
            yield Candidate("image", address, "visible:picture")
            return


def _extent(headings: Headings, labelled: Sequence[LabelledBlock]) -> tuple[int, int]:
    """Where in the markup the article's picture may stand; nowhere without a body."""
    page, heads = headings.page, headings.headlines()
    elements = page.elements
    body = labelled_as(BODY, labelled)[: _BELOW + 1]
    if not body or not elements.places or len(labelled) != len(page.blocks):
        return 0, 0
    head = heads[0] if heads and heads[0] < body[0] else body[0]
    first, last = place_in_markup(page, head), place_in_markup(page, body[-1])
    return first, min(last, first + _WIDEST)


def _address(picture: Element) -> str:
    """Where a picture is, if it is one of the article's by its size and its names."""
    attributes = picture.attributes
    names = f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('alt', '')[:20]}"
    sizes = [attributes.get(side, "") for side in ("width", "height")]
    small = any(_PIXELS.fullmatch(size) and int(size) < _SMALLEST for size in sizes)
    if small or _OTHERS.search(names):
        return ""
    for source in _SOURCES:
        address = attributes.get(source, "").split(",")[0].strip().partition(" ")[0]
        name = _file_name(address)
        if name and not address.startswith("data:") and not name.endswith((".svg", ".gif")):
            return "" if _OTHERS.search(_HOST.sub("", address)) else address
    return ""
