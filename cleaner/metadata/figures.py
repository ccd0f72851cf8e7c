"""The lead picture's caption and credit, as a reader sees them below it.

In come a page, its labelled blocks and the address of its stated picture; out go candidates. The
picture stands at the headline or where the body begins; the stated one is sought by its file
name, and where another stands there, that one leads the article. Galleries, cards and pictures
further down tell of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import unquote

from cleaner.metadata.candidates import Candidate, Field
from cleaner.metadata.captions import CREDIT, LONGEST, is_aside, read_caption
from cleaner.metadata.classwords import ClassWords
from cleaner.metadata.credits import has_cue, says_credit, split_caption
from cleaner.metadata.labels import labelled_as
from cleaner.metadata.places import BEFORE, LONG, Headings, cues
from cleaner.model import BODY, LabelledBlock
from cleaner.segment.finding import element_there
from cleaner.segment.html import Page

_OPENING: Final = 1
"""Paragraphs of the body that may stand above a lead picture that is not the stated one: the standfirst."""
_STATED: Final = 3
"""Paragraphs that may stand above the stated picture."""
_FARTHEST: Final = 40
"""Blocks between headline and body's beginning, more of which are another part of the page."""
_HIGHEST: Final = 4
"""Elements around a block that are asked whether they are a caption, or hold its picture."""
_CAPTION_LEVELS: Final = 2
"""Elements around a block of the body that are asked whether they are a `<figcaption>`."""
_LARGEST: Final = 8
"""Blocks of a figure; what has more is a gallery, or a column of the page."""
_WIDEST: Final = 60_000
"""Bytes of its markup: a picture's addresses in all sizes take some thousand."""
_TELLING_NAME: Final = 6
"""Letters of a picture's file name by which it can be told from others."""

_MEDIA: Final = "media"
"""The label of captions; blocks of a figure that have another are asked as well."""
_CAPTION: Final = ClassWords(
    "captions? figcaption bildunterschrift bildtext bu legende? leyenda didascalia bijschrift onderschrift"
    " mediainfo popisek bildetekst billedtekst pie piefoto epigrafe epigraphe altyazi podpis"
)
_NO_PICTURE: Final = ClassWords(
    "videos? audio player podcast slideshow galler(?:y|ies) gallerie galerie authors? avatar bio"
)
_EMBED: Final = ClassWords("embeds?")
"""What a page shows of another, where no picture stands."""
_SIZES: Final = re.compile(
    r"(?:[-_](?:\d{2,5}x\d{2,5}|\d{3,4}w?|scaled|large|medium|small|thumb(?:nail)?))+$", re.I
)


class _Figure(NamedTuple):
    """A picture's caption on the page."""

    holder: int
    """Index of the element that holds picture and caption."""
    blocks: Sequence[int]
    """Those of the caption."""
    is_named: bool
    """Whether markup calls it a caption; without, it must have a credit to be one."""
    is_stated: bool


def from_figures(
    headings: Headings, labelled: Sequence[LabelledBlock], image: str | None
) -> Iterator[Candidate]:
    """The caption and credit of the lead picture; `image` is the address that the page states for it."""
    page, heads = headings.page, headings.headlines()
    if not page.elements.places or len(labelled) != len(page.blocks):
        return
    leading: list[Candidate] = []
    for figure in _figures(page, labelled, heads[0] if heads else -1, _file_name(image or "")):
        if figure.is_stated or not leading:
            told = _told(page, labelled, figure, headings.titles)
            if told and figure.is_stated:
                yield from told
                return
            leading = leading or told
    yield from leading


def _told(
    page: Page, labelled: Sequence[LabelledBlock], figure: _Figure, titles: frozenset[str]
) -> list[Candidate]:
    """What a figure's caption tells."""
    elements = page.elements
    holder = element_there(page.markup, elements.places[figure.holder])
    text, credit = read_caption([labelled[index] for index in figure.blocks], holder, titles)
    if not figure.is_named and not credit:
        return []
    source = "visible:figcaption" if elements.tags[figure.holder] == "figure" else "visible:caption"
    fields: tuple[tuple[Field, str], ...] = (("image_caption", text), ("image_credit", credit))
    return [Candidate(field, value, source) for field, value in fields if value]


def _figures(page: Page, labelled: Sequence[LabelledBlock], head: int, name: str) -> Iterator[_Figure]:
    """Figures that can lead the article; `name` is the stated picture's."""
    done = -1
    above = 0
    for index in _near(labelled, head):
        entry = labelled[index]
        if index > done and not is_aside(entry) and _may_be_caption(page, index, entry):
            figure = _figure_of(page, index, head, name)
            if figure is not None:
                done = figure.blocks[-1]
                if figure.is_stated or (above <= _OPENING and (index > head or figure.is_named)):
                    yield figure
        above += index > head and _is_paragraph(entry)


def _is_paragraph(entry: LabelledBlock) -> bool:
    """Whether a block is a paragraph of the body, not a line that was kept at its beginning."""
    return entry.verdict.label == BODY and len(entry.block.text) > LONG // 2


def _near(labelled: Sequence[LabelledBlock], head: int) -> Iterator[int]:
    """Indexes of the blocks at the headline and at the body's beginning."""
    first = next((number for number in labelled_as(BODY, labelled) if number > head), -1)
    if first < 0:
        return
    start = max(head - BEFORE, 0) if head >= 0 and first - head <= _FARTHEST else max(first - BEFORE, 0)
    paragraphs = 0
    for index in range(start, len(labelled)):
        yield index
        if index >= first and _is_paragraph(labelled[index]):
            paragraphs += 1
            if paragraphs > _STATED:
                return


def _may_be_caption(page: Page, index: int, entry: LabelledBlock) -> bool:
    """Whether a block is labelled as captions are, or stands where they do (body in a `<figcaption>`)."""
    block, (label, _, _) = entry
    if len(block.text) > LONGEST:
        return False
    if label == BODY:
        return _stands_in(page, block.element, _CAPTION_LEVELS, ("figcaption",))
    return label == _MEDIA or _stands_in(page, block.element, _HIGHEST, ("figcaption", "figure"), "aption")


def _stands_in(page: Page, element: int, levels: int, tags: tuple[str, ...], named: str = "\0") -> bool:
    """Whether one of the elements around has such a tag, or attributes with that in them."""
    elements = page.elements
    kinds, attrs, parents = elements.tags, elements.attrs, elements.parents
    for _ in range(levels):
        if element < 0:
            break
        if kinds[element] in tags or named in attrs[element]:
            return True
        element = parents[element]
    return False


def _figure_of(page: Page, index: int, head: int, name: str) -> _Figure | None:
    """The figure in whose caption a block stands."""
    elements, text = page.elements, page.blocks[index].text
    caption, holder = _around(page, index)
    if caption < 0 and not (len(text) <= 2 * LONG and has_cue(text) and split_caption(text).credit):
        return None
    if holder < 0 and caption >= 0 and has_cue(text):
        holder = elements.parents[caption]  # a picture that scripts put there, or a background
    if holder < 0 or cues(page, index, head) is None:
        return None
    start, end = _span(page, holder)
    blocks = _blocks_in(page, index, holder)
    if len(blocks) == _LARGEST or end - start > _WIDEST:
        return None
    if caption < 0 or elements.tags[holder] != "figure":
        blocks = [i for i in blocks if i == index or _around(page, i)[0] >= 0]
    stated = bool(name) and any(name in picture for picture in _pictures(page, holder))
    if not stated and _shows_other(page, page.blocks[index].element, holder):
        return None
    return _Figure(holder, blocks, caption >= 0, stated)


def _blocks_in(page: Page, first: int, holder: int) -> list[int]:
    """Indexes of the blocks in an element, from one of them on, as many as a figure can have."""
    end = page.elements.ends[holder]
    near = range(first, min(first + _LARGEST, len(page.blocks)))
    return [i for i in near if holder <= page.blocks[i].element < end]


def _shows_other(page: Page, element: int, holder: int) -> bool:
    """Whether names say that a figure shows a video, a gallery, an author, or another site's post."""
    elements = page.elements
    embeds = False
    while element >= holder:
        attrs = elements.attrs[element]
        if _NO_PICTURE.named(attrs):
            return True
        embeds = embeds or bool(_EMBED.named(attrs))
        element = elements.parents[element]
    return embeds and not _has_picture(page, holder)


def _around(page: Page, index: int) -> tuple[int, int]:
    """Indexes of the caption element round a block and of the one that holds the picture too; -1 for none."""
    elements, block = page.elements, page.blocks[index]
    element = block.element
    row = element if block.tag == "tr" else -1
    caption = holder = -1
    for _ in range(_HIGHEST):
        if element < 0 or elements.tags[element] in ("body", "main", "article"):
            break
        attrs = elements.attrs[element] if element != row else _row_attrs(page, row)
        is_caption = elements.tags[element] == "figcaption" or (holder < 0 and _CAPTION.named(attrs))
        if is_caption or (caption < 0 and CREDIT.named(attrs) and says_credit(block.text)):
            caption = element
        if holder < 0 and _has_picture(page, element):
            holder = element
        if elements.tags[element] == "figure":
            return caption, element
        element = elements.parents[element]
    return caption, holder


def _row_attrs(page: Page, row: int) -> str:
    """The attributes of a table's row and its first cell: the block is the row, and the cell is named."""
    return "".join(page.elements.attrs[row : min(row + 2, page.elements.ends[row])])


def _span(page: Page, element: int) -> tuple[int, int]:
    """Where in the markup an element begins, and where the next that is not in it does."""
    places, after = page.elements.places, page.elements.ends[element]
    return places[element], places[after] if after < len(places) else len(page.markup)


def _has_picture(page: Page, element: int) -> bool:
    start, end = _span(page, element)
    return page.markup.find(b"<img ", start, end) >= 0


def _pictures(page: Page, holder: int) -> Iterator[str]:
    """The attributes of the pictures in an element, where their addresses are."""
    for element in element_there(page.markup, page.elements.places[holder]).inside():
        if element.tag in ("img", "source", "a"):
            yield unquote(" ".join(element.attributes.values()))


def _file_name(address: str) -> str:
    """A picture's file name without ending and size; "" for one that tells nothing."""
    name = unquote(address.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2])
    name = _SIZES.sub("", name.rpartition(".")[0] or name)
    return name if len(name) >= _TELLING_NAME else ""
