"""Labelled pages for training: JSON lines in, pages with the share of body in each block out.

A line is an object with `html` (the page as text), `url`, and `body`, the article's text with
paragraphs apart by line feeds; `site` may name the registered domain where `url` does not tell.
Where the body is not known, `must` and `must_not` may list passages that are and are not in it:
blocks holding neither are not learned from. Lines may be compressed (.gz, .xz).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
from selectolax.lexbor import LexborHTMLParser

from cleaner.extract.library import library_body
from cleaner.label.glued import search_page
from cleaner.label.rules import Hit
from cleaner.segment.html import Page, parse
from cleaner.train.align import body_shares
from cleaner.train.pages_invented import MarkedPage, PageMaker, Planter, squeezed
from cleaner.train.texts_corpus import CleanText, clean_bodies
from cleaner.train.texts_pages import opened

Floats = npt.NDArray[np.float32]

VARIANTS: Final = 3
"""Pages made of each invented article."""
BODY_SHARE: Final = 0.5
"""Share of a block's words in the body from which it is body."""


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """A page, whether each block is body, and how much each block counts (0: not known)."""

    source: str
    site: str
    page: Page
    hits: Sequence[Hit | None]
    body: str
    is_body: npt.NDArray[np.bool_]
    weight: Floats
    second_opinion: npt.NDArray[np.bool_] | None
    """What trafilatura takes for body, on pages whose body is known only in passages."""
    invented: tuple[int, ...] = ()
    """Numbers of the blocks that are invented; of most other blocks such a page says nothing."""


def read_pages(paths: Iterable[Path], planter: Planter) -> Iterator[TrainingPage]:
    """The labelled pages of files in the format above; pages without a visible block are passed over.

    Behind each page whose body is known comes the same with lines planted in it.
    """
    for path in paths:
        with opened(path) as lines:
            for number, line in enumerate(lines, 1):
                try:
                    record = json.loads(line)
                    html = str(record["html"])
                except (ValueError, KeyError, TypeError) as problem:
                    raise SystemExit(f"{path}, line {number}: not a labelled page ({problem!r})") from None
                page = label_record(record, html, path.name.split(".")[0])
                if page is not None:
                    yield page
                    yield from _planted(page, html, planter)


def _planted(page: TrainingPage, html: str, planter: Planter) -> Iterator[TrainingPage]:
    """The page with lines planted in it, learned from in these alone: the others are learned already."""
    for body in clean_bodies([{"key": page.site, "domain": page.site, "body": page.body}]):
        marked = planter.plant(html, body)
        labelled = marked and _label_invented(marked, "planted", page.site)
        if labelled:
            yield labelled


def made_pages(articles: Sequence[CleanText], maker: PageMaker) -> Iterator[TrainingPage]:
    """Pages made of invented articles, `VARIANTS` of each."""
    for _ in range(VARIANTS):
        for article in articles:
            labelled = _label_invented(maker.make(article), "made", article.site)
            if labelled:
                yield labelled


def _label_invented(marked: MarkedPage, source: str, site: str) -> TrainingPage | None:
    parsed = _parsed(marked.html)
    page, hits, _ = search_page(parsed)
    told = [marked.lines.get(squeezed(block.text)) for block in parsed.blocks]
    texts = page.fields.texts
    invented = tuple(number for number, is_news in enumerate(told) if is_news is not None)
    if not invented:
        return None
    weight = importance(texts, np.array([is_news is not None for is_news in told], np.float32))
    is_body = np.array([bool(is_news) for is_news in told])
    return TrainingPage(source, site, page, hits, "", is_body, weight, None, invented)


def _parsed(html: str) -> Page:
    """A page without its tree: thousands of trees would fill the memory."""
    return replace(parse(html), tree=LexborHTMLParser(""))


def label_record(record: Mapping[str, Any], html: str, source: str) -> TrainingPage | None:
    """One labelled page, or None where it holds no visible text; `source` names its file in reports."""
    page, hits, _ = search_page(_parsed(html))
    if not page.blocks:
        return None
    texts = page.fields.texts
    body = str(record.get("body") or "")
    if body:
        shares = np.array(body_shares(texts, body), dtype=np.float32)
        known = np.ones(len(texts), dtype=np.float32)
    else:
        shares, known = _from_passages(texts, record.get("must") or (), record.get("must_not") or ())
    weight = importance(texts, known)
    site = str(
        record.get("site") or record.get("domain") or urlsplit(str(record.get("url") or "")).hostname or ""
    )
    opinion = None if body else _second_opinion(texts, html)
    return TrainingPage(source, site, page, hits, body, shares >= BODY_SHARE, weight, opinion)


def importance(texts: Sequence[str], known: Floats) -> Floats:
    """How much each block counts: long ones more (users read words), pages of many blocks not in full.

    Both grow with the square root: in full, menus of a thousand links would drown the articles.
    """
    words = np.array([len(text) for text in texts], dtype=np.float32) / 6
    weight = np.clip(np.sqrt(words / 8), 0.6, 4.0) * known
    total = float(weight.sum())
    weighed: Floats = (weight * np.sqrt(30 / max(total, 10.0))).astype(np.float32)
    return weighed


def _from_passages(
    texts: Sequence[str], must: Sequence[str], must_not: Sequence[str]
) -> tuple[Floats, Floats]:
    wanted = [squeezed(passage) for passage in _listed(must)]
    unwanted = [squeezed(passage) for passage in _listed(must_not)]
    shares, known = np.zeros(len(texts), np.float32), np.zeros(len(texts), np.float32)
    for i, text in enumerate(texts):
        flat = squeezed(text)
        if any(passage in flat for passage in unwanted):
            known[i] = 1.0
        elif any(passage in flat for passage in wanted):
            shares[i] = known[i] = 1.0
    return shares, known


def _second_opinion(texts: Sequence[str], html: str) -> npt.NDArray[np.bool_] | None:
    body = library_body(html)
    if body is None:
        return None
    flat = squeezed(body)
    return np.array([squeezed(text) in flat for text in texts])


def _listed(passages: Sequence[str]) -> Sequence[str]:
    return [passages] if isinstance(passages, str) else passages
