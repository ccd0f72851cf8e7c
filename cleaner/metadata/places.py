"""Where on a page something stands: at the headline, or in another article's place.

In come elements and blocks, out go the blocks round the headline, and whether class names
say that an element belongs to comments, teasers, sidebars. Class words count as whole words
only, and an element that holds the headline is the article's whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from cleaner.metadata.classwords import ClassWords
from cleaner.metadata.wordings import all_bare
from cleaner.model import Block
from cleaner.records import places_of
from cleaner.segment.finding import Element
from cleaner.segment.html import Page

BEFORE: Final = 6
"""Blocks above the headline that may be its date line or byline; more are another article's."""
AFTER: Final = 16
"""Blocks below the headline that may be: standfirst, picture, share bar, byline, date."""
PARAGRAPHS: Final = 3
"""Long paragraphs below the headline after which no date line or byline is looked for."""
LONG: Final = 200
"""Characters that make a block a paragraph of prose rather than a line about the article."""
_TELLING: Final = 15
"""Letters beyond which a part of a title can stand for it."""
_MOST_FULLER: Final = 10
"""First-level headings that are asked whether they hold more than a title."""
ANCESTORS: Final = 5
"""Elements around a line that are asked what they are; wrappers of whole columns stand further out."""

_AUTHOR_WORDS: Final = (
    "authors?(?:name)? bylines? autore?s? autori autorka? auteurs? verfasser skribent writers? journalists?"
    " forfatter signature redaktor redakteur creator contributors? reporters? yazari? muhabir syntaktis avtor"
)
AUTHOR_CUE: Final = ClassWords(_AUTHOR_WORDS)
DATE_CUE: Final = ClassWords(
    "dates? datetime dateline datum fecha time timestamp published publish pubdate posted updated"
    " datepublished publicado erstellt veroeffentlicht calendar"
)
FILING_CUE: Final = ClassWords(
    "category categories section kicker topics? tags? location place rubrik rubric rubrique rubrica categoria"
    " seccion secao editoria kategorie kategori city region league team"
)
"""What a line's own element is called that says where the article is filed, or where it happened."""
_CAPTION_LEVELS: Final = 3
"""Elements around a line that are asked whether they are a caption."""
_ELSEWHERE: Final = ClassWords(
    "comments? commentlist respond related recommended sidebar nav teasers? popular trending carousel slider"
    " splide swiper breadcrumbs?"
)
_OPTIONAL: Final = re.compile(r"\w\?|\(")
_LONGEST_SITE: Final = 60
"""Characters of a site's name."""
_POST_TITLE: Final = re.compile(r"(?i)(?:post|entry|article)[-_]?(?:title|headline)")
"""What class names call the headline of one of a site's articles."""
_OF_ARTICLE: Final = re.compile(r"(?i)entry|article|post|meta|content|story|author|byline")
"""What class names call the footer or margin of an article, as against that of the page."""


def _stems(words: str) -> tuple[bytes, ...]:
    """What each of several class words begins with, in small letters, before what it may leave out."""
    stems = {_OPTIONAL.split(word)[0] for word in words.split()}
    return tuple(stem.encode() for stem in sorted(stems) if not any(o != stem and o in stem for o in stems))


AUTHOR_STEMS: Final = _stems(_AUTHOR_WORDS)
"""Parts of all class names that `AUTHOR_CUE` finds, and of others: what the markup is searched for."""


class Headings:
    """The headings of a page and which of them is its headline; lives for one page.

    `titles` are the page's stated titles as `bare` makes them.
    """

    def __init__(self, page: Page, titles: frozenset[str]) -> None:
        self.page = page
        self.titles = titles
        blocks = page.blocks
        self._all = places_of("heading", blocks)
        self.first_level = [i for i in self._all if blocks[i].tag == "h1"]
        self._wordings = all_bare([blocks[i].text for i in self._all]) if titles and self._all else []
        self._headlines: list[int] | None = None
        self.site, headline = self._find_site()
        """The index of a first-level heading that is the site's name, above the headline."""
        self.titles = titles = titles | headline
        self.exact = [i for i, wording in zip(self._all, self._wordings, strict=False) if wording in titles]
        """Headings with a stated title's wording."""

    def _find_site(self) -> tuple[int | None, frozenset[str]]:
        """The first-level heading that a title has beside the wording of a heading below it ("POST - BLOG").

        That wording goes with it. The two can be headline and subtitle as well ("PIER: BOARD VOTES"), so
        where the upper one comes first in the title, a link or the lower one's class must tell.
        """
        nowhere: tuple[None, frozenset[str]] = None, frozenset()
        blocks, titles = self.page.blocks, self.titles
        if not self.first_level or not self._wordings or not _may_name_site(blocks[self.first_level[0]].text):
            return nowhere
        index = self.first_level[0]
        at = self._all.index(index)
        name = self._wordings[at]
        last = {title.removesuffix(name) for title in titles if title.endswith(name)} - {""}
        first = {title.removeprefix(name) for title in titles if title.startswith(name)} - {""}
        if not name or not (first or last):
            return nowhere
        for heading, wording in zip(self._all[at + 1 :], self._wordings[at + 1 :], strict=False):
            if wording in last or (wording in first and self._is_masthead(index, heading)):
                prose = any(len(block.text) > LONG for block in blocks[index:heading])
                return nowhere if prose else (index, frozenset((wording,)))
        return nowhere

    def _is_masthead(self, index: int, below: int) -> bool:
        """Whether a heading is one link, or the one below it is called an article's headline."""
        block = self.page.blocks[index]
        return (block.link_chars or 0) >= len(block.text) - 2 or bool(_POST_TITLE.search(self._attrs(below)))

    def _attrs(self, index: int) -> str:
        element = self.page.blocks[index].element
        return self.page.elements.attrs[element] if element >= 0 else ""

    def fuller(self) -> Iterator[int]:
        """First-level headings with a stated title's wording and something before or behind it."""
        wordings = dict(zip(self._all, self._wordings, strict=False))
        for index in self.first_level[:_MOST_FULLER]:
            wording = wordings.get(index, "")
            if wording not in self.titles and any(title in wording for title in self.titles):
                yield index

    def headlines(self) -> list[int]:
        """Indexes of the blocks that are the headline: headings worded like it, else the first one."""
        if self._headlines is None:
            self._headlines = self._find_headlines()
        return self._headlines

    def _find_headlines(self) -> list[int]:
        page = self.page
        for several, most in ((self._alike(), 2), (self.first_level, 1), (self._all, 1)):
            found = list(islice((i for i in several if not is_breadcrumb(page, i)), most))
            if found:
                return found
        return []

    def _alike(self) -> Iterator[int]:
        """Headings with a stated title's wording, or with more or less of it."""
        titles = self.titles
        together = "\v".join(titles)
        long = [title for title in titles if len(title) > _TELLING]
        shortest = min(map(len, long), default=0)
        for index, wording in zip(self._all, self._wordings, strict=False):
            if len(wording) <= _TELLING:
                alike = bool(wording) and wording in titles
            else:
                alike = wording in together
                if not alike and len(wording) >= shortest:
                    alike = any(title in wording for title in long)
            if alike:
                yield index


def _may_name_site(heading: str) -> bool:
    return len(heading) <= _LONGEST_SITE and ":" not in heading


def window(page: Page, heads: list[int]) -> list[int]:
    """Indexes of the blocks near the headline, in document order; the page's first blocks without one.

    A menu counts as many blocks as it has entries.
    """
    blocks = page.blocks
    near: set[int] = set()
    for head in heads or [0]:
        end, steps, paragraphs = head + 1, 0, 0
        while end < len(blocks) and steps < AFTER and paragraphs < PARAGRAPHS:
            paragraphs += len(blocks[end].text) > LONG and blocks[end].shape != "menu"
            steps += _entries(blocks[end])
            end += 1
        start, steps = head, 0
        while start and steps < BEFORE:
            start -= 1
            steps += _entries(blocks[start])
        near.update(range(start, min(end, len(blocks))))
    return sorted(near)


def _entries(block: Block) -> int:
    return 1 + block.text.count("\n") if block.shape == "menu" else 1


def cues(page: Page, index: int, head: int) -> str | None:
    """Attributes of the elements around a block, innermost first; None where they say it is elsewhere."""
    elements = page.elements
    element = page.blocks[index].element
    found = [page.inline_attrs[index]]
    anchor = page.blocks[head].element if 0 <= head < len(page.blocks) else -1
    for depth in range(ANCESTORS):
        if element < 0 or (depth and element <= anchor < elements.ends[element]):
            break
        attrs = elements.attrs[element]
        if _is_aside(elements.tags[element], attrs):
            return None
        if _says_elsewhere(attrs, below=index == head + 1):
            return None
        if depth < 3:
            found.append(attrs)
        element = elements.parents[element]
    return " ".join(found)


def _says_elsewhere(attrs: str, below: bool) -> bool:
    """Whether class names say so; right below the headline a "teaser" is the article's own."""
    found = _ELSEWHERE.named(attrs) if attrs else ()
    return any(not (below and word.startswith("teaser")) for word in found)


def is_elsewhere(element: Element) -> bool:
    """Whether an element of the page stands in a comment, a teaser, a sidebar, or a list of links."""
    return are_elsewhere(map(told_of, element.around))


def told_of(element: Element) -> tuple[str, dict[str, str]]:
    """What `are_elsewhere` asks of an element around another."""
    return element.tag, element.attributes


def are_elsewhere(around: Iterable[tuple[str, Mapping[str, str | None]]]) -> bool:
    """The same of what the tags and attributes of the elements around it say, innermost first."""
    for tag, attributes in islice(around, ANCESTORS):
        if tag in ("body", "html", "main"):
            return False
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if _is_aside(tag, names) or (len(names) > 1 and _ELSEWHERE.search(names)):
            return True
        if tag == "article":
            return False
    return False


def _is_aside(tag: str, names: str) -> bool:
    """Whether an element is a menu, a quotation, or the foot or margin of what is not the article."""
    return tag in ("nav", "blockquote") or (tag in ("footer", "aside") and not _OF_ARTICLE.search(names))


def is_caption(page: Page, index: int, head: int) -> bool:
    """Whether a block stands in the caption of a picture; a figure that holds the headline is none."""
    elements, element = page.elements, page.blocks[index].element
    anchor = page.blocks[head].element if 0 <= head < len(page.blocks) else -1
    for _ in range(_CAPTION_LEVELS):
        if element < 0 or element <= anchor < elements.ends[element]:
            return False
        if elements.tags[element] in ("figcaption", "figure") or "wp-caption" in elements.attrs[element]:
            return True
        element = elements.parents[element]
    return False


def place_in_markup(page: Page, index: int) -> int:
    """Where in the markup the element of a block stands; its beginning for a block without one."""
    element, places = page.blocks[index].element, page.elements.places
    return places[element] if 0 <= element < len(places) else 0


def is_breadcrumb(page: Page, index: int) -> bool:
    """Whether a heading is the last step of a trail of links, not the headline."""
    element = page.blocks[index].element
    if element < 0:
        return False
    parent = page.elements.parents[element]
    around = page.elements.attrs[parent] if parent >= 0 else ""
    return "breadcrumb" in f"{page.elements.attrs[element]} {around}".lower()
