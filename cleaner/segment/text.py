"""Scraped text in, blocks out: one for each line, or for each paragraph where its lines were wrapped or torn.

Lines are the only structure that scraped text has, so nothing else is cut here; where one
line glues two things together, `cleaner.segment.sentences` says where it may be cut. List
items, headings, quotations and table rows are told by their markers, which stay part of the
block, so that only whitespace lies between blocks and offsets point into the text as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from cleaner.model import Block, Shape
from cleaner.read import LINE, LINE_ENDS
from cleaner.segment.signs import STOPS
from cleaner.segment.torn import Line, mend

WRAP_WIDTHS: Final = range(45, 101)
"""Widths at which mail, wire copy and old files are wrapped; unwrapped news has longer lines."""
WRAP_PAIRS: Final = 4
"""Fewer line pairs than this are no evidence of a width."""
WRAP_FILLED: Final = 0.6
"""Share of line pairs where the next word would not have fitted; the rest are ends of paragraphs."""
WRAP_CONTINUED: Final = 0.4
"""Share of the filled lines whose sentence goes on in the next line. Lists of headlines have none, prose
has most; German, with its capitals, has some six in ten."""
LONG_LINES: Final = 0.05
"""Share of lines that may be longer than the width: addresses and other things that cannot be broken."""

_MARKED = re.compile(
    r"(?P<heading>#{1,6})\s+\S"
    r"|(?P<quote>>)\s*+[^\s>=<]"
    r"|(?P<item>[•‣◦⁃▪▫■□●○·∙➤►▶➢✓✔★*+-])\s+\S"
    r"|(?P<number>\d{1,3})[.)]\s+\S"
)
_QUOTE: Final = re.compile(r">[ \t]*+")
_MARKERS: Final = frozenset("#>•‣◦⁃▪▫■□●○·∙➤►▶➢✓✔★*+-0123456789")
_PLAIN_GAPS: Final = ("\n", "\n\n")
_SENTENCE_BEGINS = re.compile(r"[^\W\d_]{2}[.!?][\"”»]?\s\w")
_TERMINAL: Final = frozenset(STOPS + ':"”»’')


def segment_text(text: str) -> tuple[Block, ...]:
    """The blocks of `text` in order; only whitespace lies between them, and none is empty.

    `block.text` is `text[block.start:block.end]`. Any line ending that Unicode knows ends a line.
    A list item's level is its depth of indentation, from 0.
    """
    lines = list(_lines(text))
    width = _wrap_width(lines)
    lines = _unwrap(text, lines, width) if width else mend(text, lines)
    shapes = [_shape(line.text) for line in lines]
    _settle_numbers(lines, shapes)
    _settle_rows(lines, shapes)
    return tuple(
        Block(line.text, line.start, line.start + len(line.text), *_shape_and_level(line, shape))
        for line, shape in zip(lines, shapes, strict=True)
    )


def _lines(text: str) -> Iterator[Line]:
    """The lines that hold something, stripped of outer whitespace."""
    end = 0
    for found in LINE.finditer(text):
        start = found.start()
        gap = text[end:start]
        if end and gap in _PLAIN_GAPS:
            indent, after_blank = 0, len(gap) > 1
        else:  # counted and not gone through, for a gap may be a flood of line feeds
            breaks = sum(map(gap.count, LINE_ENDS)) - gap.count("\r\n")
            indent = len(gap) - 1 - max(map(gap.rfind, LINE_ENDS))
            after_blank = breaks > (1 if end else 0)
        yield Line(found[0].rstrip(), start, indent, after_blank)
        end = found.end()


def _shape(line: str) -> str:
    """What a line's own form says: a shape, or "number" and "row?" for what its neighbours must confirm."""
    if line[0] in _MARKERS and (marked := _MARKED.match(line)):
        return marked.lastgroup or "paragraph"
    if "\t" in line:
        return "row"
    if "|" in line:
        if line.count(" | ") > 1 or (len(line) > 2 and line[0] == line[-1] == "|"):
            return "row"
        return "row?" if " | " in line else "paragraph"
    return "paragraph"


def _settle_numbers(lines: Sequence[Line], shapes: list[str]) -> None:
    """A numbered line is an item when the numbers before or after it count on; "5. Mai" alone is none."""
    numbered = [index for index, shape in enumerate(shapes) if shape == "number"]
    values = [int(re.split(r"[.)]", lines[index].text, maxsplit=1)[0]) for index in numbered]
    items: set[int] = set()
    for (index, value), (after, value_after) in pairwise(zip(numbered, values, strict=True)):
        if value_after == value + 1:
            items.update((index, after))
    for index in numbered:
        shapes[index] = "item" if index in items else "paragraph"


def _settle_rows(lines: Sequence[Line], shapes: list[str]) -> None:
    """A line with one bar is a row when a neighbour has one too; "Headline | Site" alone is none."""
    doubtful = [index for index, shape in enumerate(shapes) if shape == "row?"]
    for index in doubtful:
        near = shapes[max(0, index - 1) : index] + shapes[index + 1 : index + 2]
        shapes[index] = "row" if "row?" in near or "row" in near else "paragraph"


def _shape_and_level(line: Line, shape: str) -> tuple[Shape, int]:
    match shape:
        case "heading":
            return "heading", len(line.text) - len(line.text.lstrip("#"))
        case "item":
            return "item", min(line.indent // 2, 6)
        case "row":
            return "row", 0
        case "quote":
            return "quote", 0
        case _:
            return "paragraph", 0


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """The width a text was wrapped at, or None when its lines are paragraphs.

    A wrapped text fills its lines: the next line's first word would not have fitted. That alone also
    holds for some pairs of headlines by chance, so sentences must go on from line to line too.
    """
    if len(lines) <= WRAP_PAIRS:
        return None
    lengths = sorted(line.indent + len(line.text) for line in lines)
    width = lengths[int((1 - LONG_LINES) * (len(lengths) - 1))]
    if width not in WRAP_WIDTHS:
        return None
    adjacent = filled = continued = 0
    for line, following in pairwise(lines):
        if following.after_blank:
            continue
        adjacent += 1
        if _is_filled(line, following, width):
            filled += 1
            continued += _goes_on(line.text, following.text)
    if adjacent < WRAP_PAIRS or filled < WRAP_FILLED * adjacent or continued < WRAP_CONTINUED * filled:
        return None
    return width


def _is_filled(line: Line, following: Line, width: int) -> bool:
    first_word = following.text.split(None, 1)[0]
    return line.indent + len(line.text) + 1 + len(first_word) > width


def _goes_on(line: str, following: str) -> bool:
    """A sentence runs over the line's end: the next line begins in lower case (or has no case), or this
    one begins another sentence and does not end it, which headlines do not do either."""
    first = following[0]
    if first.islower():
        return True
    if line[-1] in _TERMINAL:
        return False
    return (first.isalpha() and not first.isupper()) or _SENTENCE_BEGINS.search(line) is not None


def unwrapped(text: str) -> str:
    """Wrapped Markdown with its paragraphs as one line each, as long as it was; any other as it is.

    Its quotations have a marker in each line, and its addresses are longer than any width.
    """
    lines = list(_lines(text))
    width = _wrap_width([line for line in lines if "](" not in line.text and " " in line.text])
    if not width:
        return text
    characters = list(text)
    for line, following in pairwise(lines):
        mark = _QUOTE.match(following.text) if _QUOTE.match(line.text) else None
        start = following.start + (mark.end() if mark else 0)
        goes_on = following._replace(text=text[start : following.start + len(following.text)])
        if following.after_blank or not goes_on.text or _MARKED.match(goes_on.text):
            continue
        if _is_filled(line, goes_on, width):
            end = line.start + len(line.text)
            characters[end:start] = " " * (start - end)
    return "".join(characters)


def _unwrap(text: str, lines: Sequence[Line], width: int) -> list[Line]:
    """Join filled lines with what follows them, until a paragraph's last line, a blank line or a marker."""
    joined: list[Line] = []
    begin = lines[0]
    for line, following in pairwise([*lines, None]):
        if line is None:
            break
        ends = (
            following is None
            or following.after_blank
            or not _is_filled(line, following, width)
            or (following.text[0] in _MARKERS and _MARKED.match(following.text) is not None)
        )
        if ends:
            joined.append(begin._replace(text=text[begin.start : line.start + len(line.text)]))
            begin = following or line
    return joined
