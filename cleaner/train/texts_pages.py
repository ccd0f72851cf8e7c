"""Rows of labelled pages and of scraped texts: JSON lines in, rows without markup out.

What other tools leave in a text differs from tool to tool, but some of its kinds can be had from any
labelled page: all that the page shows, what a good extractor takes for its body, and that with a piece
of the page's code in it. Pages of which no scraped text is at hand are learned from in these forms.
"""

from __future__ import annotations

import gzip
import json
import lzma
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from cleaner.extract.library import library_body
from cleaner.segment.dumps import LONGEST_PARAGRAPH
from cleaner.segment.html import parse

Row = dict[str, Any]

FOLDED: Final = 3
"""One in so many texts is learned from a second time with all its white space folded, as one line."""
LEAKY: Final = 3
"""One in so many pages is learned from with code in its text, which few tools leave there."""
LONGEST_CODE: Final = 1200
"""Characters of the code in a text."""
_SCRIPT: Final = re.compile(r"<script(?![^>]*ld\+json)[^>]*+>([^<]{200,})", re.IGNORECASE)


def read_rows(paths: Iterable[Path]) -> Iterator[Row]:
    """The rows of files of JSON lines (plain, .gz or .xz), each with at least `key` or `url`."""
    for path in paths:
        with opened(path) as lines:
            for number, line in enumerate(lines, 1):
                try:
                    row = dict(json.loads(line))
                    row.setdefault("key", row.get("url"))
                    row["key"] = str(row["key"] or f"{path.name}/{number}")
                except (ValueError, TypeError) as problem:
                    raise SystemExit(f"{path}, line {number}: not a row ({problem!r})") from None
                yield row


def bare_pages(pages: Iterable[Row], scraped: list[Row]) -> list[Row]:
    """The pages without their markup; texts of those not scraped yet are added to `scraped`."""
    known = {page_key(row) for row in scraped}
    bare: list[Row] = []
    for page in pages:
        html = str(page.pop("html", ""))
        if not page.get("body"):
            continue
        bare.append(page)
        if html and page["key"] not in known:
            scraped.extend(page_texts(page, html))
    return bare


def page_key(row: Mapping[str, Any]) -> str:
    """The key of the page that a scraped row comes from: what stands before the `@` of its own."""
    return str(row["key"]).partition("@")[0]


def page_texts(page: Mapping[str, Any], html: str) -> Iterator[Row]:
    """A page as rows of scraped text: all it shows, trafilatura's body, that with code."""
    shown = "\n".join(block.text for block in parse(html).blocks)
    body = library_body(html)
    leaky = body and leak(html, body, zlib.crc32(str(page["key"]).encode()))
    for scraper, text in (("everything", shown), ("library", body), ("leaky", leaky)):
        if text:
            yield {
                "key": f"{page['key']}@{scraper}",
                "scraper": scraper,
                "scraped": text,
                "body": page["body"],
                "domain": page.get("domain"),
            }


def folded(rows: Iterable[Row]) -> Iterator[Row]:
    """Some of the texts as one line each, of those that make one which no paragraph is as long as."""
    for row in rows:
        line = " ".join(row["scraped"].split())
        if len(line) > LONGEST_PARAGRAPH and zlib.crc32(str(row["key"]).encode()) % FOLDED == 0:
            yield {**row, "scraper": "one line", "scraped": line}


def leak(html: str, text: str, number: int) -> str | None:
    """A text with some code of its page between two of its lines, or None for most of the numbers."""
    codes = _SCRIPT.findall(html) if number % LEAKY == 0 else []
    if not codes:
        return None
    code = codes[number // LEAKY % len(codes)]
    start = number % max(1, len(code) - LONGEST_CODE)
    lines = text.split("\n")
    lines.insert(1 + number % len(lines), code[start : start + LONGEST_CODE].strip())
    return "\n".join(lines)


def opened(path: Path) -> IO[str]:
    """A file of JSON lines, plain or packed, to read as text."""
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")
