"""Rows of labelled pages and of scraped texts: JSON lines in, rows without markup out.

What other tools leave in a text differs from tool to tool, but two of its kinds can be had from any
labelled page: all that the page shows, and what a good extractor takes for its body. Pages of
which no scraped text is at hand are learned from in these two forms.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cleaner.extract.library import library_body
from cleaner.segment.html import parse
from cleaner.train.pages import opened

Row = dict[str, Any]


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
    """A page as two rows of scraped text: all that it shows, and what trafilatura takes for its body."""
    shown = "\n".join(block.text for block in parse(html).blocks)
    for scraper, text in (("everything", shown), ("library", library_body(html))):
        if text:
            yield {
                "key": f"{page['key']}@{scraper}",
                "scraper": scraper,
                "scraped": text,
                "body": page["body"],
                "domain": page.get("domain"),
            }
