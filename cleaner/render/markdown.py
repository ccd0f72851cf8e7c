"""An article in, Markdown out: the headline as title, then the body with its headings, lists and tables.

Only structure is written as marks; characters of the text that Markdown would take for
marks are escaped, because a scraped "* " or "#1" is what the newspaper wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from textwrap import indent
from typing import Final

from cleaner.model import Article, Kept, Shape
from cleaner.render.text import one_line
from cleaner.segment.markdown import TABLE_RULE

_INLINE_MARK = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|(?<!~)~~|&(?=#?\w+;)")
_LINE_MARK = re.compile(
    r"(?P<digits>\d{1,9})(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|>|[-+](?:\s|$)|={3,}|-{3,}|~{3,})"
)
_OWN_MARK: Final = {
    "heading": re.compile(r"#{1,6}\s+"),
    "quote": re.compile(r">\s*"),
    "item": re.compile(r"(?:[•‣◦⁃▪▫■□●○·∙➤►▶➢✓✔★*+-]|(?P<number>\d{1,3}[.)]))\s+"),
}
"""Marks that scraped text brings along, which the same marks of Markdown take the place of."""

_CLOSING_MARK = re.compile(r"(?<!\S)(?=#+$)")
_STEP: Final = 4
"""Columns that an item's lists and paragraphs are indented by; numbers above 99 take more."""
_BEGINNINGS: Final = ("-", "1.", "1)")
"""Marks of items that may begin a list right below a line of words."""
_BAR: Final = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")
_HIGHEST: Final = 999_999_999
"""CommonMark reads no longer number as an item's."""


def as_markdown(article: Article) -> str:
    """The article as CommonMark (tables as in GitHub's dialect), ending in a line feed when not empty."""
    parts = [f"# {_heading(article.title)}"] if article.title else []
    for shape, group in groupby(article.body, key=_part):
        blocks = list(group)
        match shape:
            case "row":
                parts.append(_table([one_line(kept) for kept in blocks]))
            case "item":
                parts.append(_list(blocks))
            case "quote":
                parts.append("\n>\n".join(f"> {_escape(_unmarked(kept))}" for kept in blocks))
            case _:
                parts.extend(_block(kept) for kept in blocks)
    return "\n\n".join(parts) + "\n" if parts else ""


def _part(kept: Kept) -> Shape:
    """The shape of the whole that a block is part of: what an item goes on with is part of its list."""
    return "item" if kept.level and kept.shape in ("paragraph", "code") else kept.shape


def _block(kept: Kept) -> str:
    if kept.shape == "code":
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", kept.text)), default=0))
        return f"{fence}\n{kept.text}\n{fence}"
    if kept.shape == "heading":
        # The headline has the first level to itself.
        return f"{'#' * max(2, kept.level)} {_heading(_unmarked(kept))}"
    return _escape(one_line(kept))


def _list(blocks: Iterable[Kept]) -> str:
    """Items, and what they go on with, each below the words of the item around it."""
    text = ""
    columns = [0]  # where the items of each depth begin
    ends_item = False
    for kept in blocks:
        depth = min(kept.level, len(columns) - 1)
        is_first = depth == len(columns) - 1
        del columns[depth + 1 :]
        if kept.shape == "item":
            bullet = _bullet(kept)
            columns.append(columns[depth] + max(_STEP, len(bullet) + 1))
            written = f"{bullet} {_escape(_unmarked(kept))}"
            # Right below words, numbers from 2 on begin no list.
            is_close = ends_item and not (is_first and bullet not in _BEGINNINGS)
        else:
            written, is_close = _block(kept), False
        ends_item = kept.shape == "item"
        text += ("\n" if is_close else "\n\n" if text else "") + indent(written, " " * columns[depth])
    return text


def _bullet(kept: Kept) -> str:
    mark = _OWN_MARK["item"].match(one_line(kept))
    if kept.number is not None and 0 <= kept.number <= _HIGHEST:
        return f"{kept.number}."
    return mark["number"] if mark and mark["number"] else "-"


def _unmarked(kept: Kept) -> str:
    text = one_line(kept)
    mark = _OWN_MARK[kept.shape].match(text)
    return text[mark.end() :] if mark else text


def _table(rows: Sequence[str]) -> str:
    """Consecutive rows as a table, the first as its head; a single row, which is none, as a paragraph."""
    cells = [_cells(row) for row in rows if not TABLE_RULE.fullmatch(row)]
    columns = max((len(row) for row in cells), default=0)
    if len(cells) < 2 or columns < 2:
        return "\n\n".join(_escape(row) for row in rows)
    lines = ["| " + " | ".join(_filled(row, columns)) + " |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * columns, *lines[1:]])


def _filled(row: list[str], columns: int) -> list[str]:
    """A row as wide as its table: empty cells at its beginning are not in its text, those behind are."""
    missing = [""] * (columns - len(row))
    return row + missing if len(row) == 1 else missing + row


def _cells(row: str) -> list[str]:
    """A row's cells, apart by tabs or bars; a bar at both ends is a frame, one within words is not."""
    if row.startswith("|"):
        row = row.removeprefix("|").removesuffix("|")
    parts = row.split("\t") if "\t" in row else _BAR.split(row)
    return [
        _escape(part.strip()).replace("|", r"\|") for part in (parts if len(parts) > 1 else row.split("|"))
    ]


def _heading(text: str) -> str:
    """A heading's text; number signs at its end would close it."""
    return _CLOSING_MARK.sub(r"\\", _escape(text.strip()), count=1)


def _escape(text: str) -> str:
    """The text with a backslash before what Markdown would read as a mark."""
    text = _INLINE_MARK.sub(lambda found: "\\" + found.group(), text)
    if mark := _LINE_MARK.match(text):
        place = mark.end("digits") if mark["digits"] else 0
        return f"{text[:place]}\\{text[place:]}"
    return text
