"""The stages in order: a page or a scraped text in, a clean article and its ledger out.

read, segment, label, choose between the extractors, read the metadata, assemble. Each stage is a
pure function over frozen records, so the same input gives the same article in any thread.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from cleaner.extract.choose import choose
from cleaner.label.labelling import Labelling
from cleaner.label.naming import NAMELESS
from cleaner.label.scraped import label_markdown, label_text
from cleaner.metadata import from_page, from_text
from cleaner.model import Article, Kind, LabelledBlock, Metadata, Source, Verdict
from cleaner.read import read
from cleaner.records import part, renamed
from cleaner.render.text import as_text
from cleaner.segment.embedded import reveal
from cleaner.segment.html import Elements, parse
from cleaner.segment.lists import in_lists
from cleaner.segment.markdown import read_markdown
from cleaner.segment.text import segment_text

HEADLINE: Final = Verdict("title", "place/headline", "same words as the article's title")


def clean(
    source: bytes | str,
    url: str | None = None,
    kind: Kind | Literal["auto"] = "auto",
    charset: str | None = None,
) -> Article:
    """Clean one page or scraped text.

    `source` is HTML or plain text, as str or undecoded bytes; `url` is where it came from, if known
    (absolute, with http or https; anything else is not given back); `kind` says what it is where guessing
    is not wanted; `charset` is what a server declared.
    Raises CleanError, with a plain message, for input that is neither text nor HTML.
    """
    known = read(source, url, kind, charset)
    return _clean_page(known) if known.kind == "html" else _clean_text(known)


def _clean_page(source: Source) -> Article:
    page = reveal(parse(source.content), source.content)
    if not page.blocks:
        return _assemble(Labelling((), "none", 0.0), from_page(page, (), source.url))
    page, chosen = choose(page, source.content)
    return _assemble(chosen, from_page(page, chosen.labelled, source.url), page.elements)


def _clean_text(source: Source) -> Article:
    text = source.text
    markdown = read_markdown(text)
    seen = markdown.plain if markdown else text
    blocks = segment_text(seen)
    if not blocks:
        return _assemble(Labelling((), "none", 0.0), from_text(seen, (), source.url))
    chosen = (label_markdown if markdown else label_text)(blocks, source.url)
    metadata = from_text(seen, chosen.labelled, source.url)
    if markdown:
        chosen = replace(chosen, labelled=markdown.back(chosen.labelled))
    return _assemble(chosen, metadata)


def _assemble(labelling: Labelling, metadata: Metadata, elements: Elements | None = None) -> Article:
    body, removed = part(_with_headline(labelling.labelled, metadata.title))
    if elements is not None:
        body = in_lists(body, labelling.labelled, elements)
    return Article(
        **vars(metadata),
        text=as_text(body),
        body=body,
        removed=removed,
        extractor=labelling.extractor if body else "none",
        confidence=round(labelling.confidence, 4) if body else 0.0,
    )


def _with_headline(labelled: tuple[LabelledBlock, ...], title: str | None) -> tuple[LabelledBlock, ...]:
    """The blocks, those named that nothing had a name for and that are the headline."""
    return labelled if title is None else renamed(labelled, title, NAMELESS, HEADLINE)
