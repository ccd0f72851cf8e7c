"""The article that a page holds only as data: HTML in, the same page with that article made visible.

Sites that build their pages in the browser send the article as a string in a script: as HTML in
the framework's data, often escaped twice, or as `articleBody` in JSON-LD; some send it in a `noscript`,
too. A reader sees it, so it counts as visible. Only asked of pages that show next to no prose without it.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Final

from cleaner.segment.html import Page, parse

LEAST_PROSE: Final = 300
"""Characters of running text below which a page is taken for an empty shell."""
LEAST_LINE: Final = 60
"""Characters of a block from which it can be running text."""
LEAST_STRING: Final = 300
"""Characters that a string must have to be looked into for an article."""
DEPTH: Final = 3
"""How many times a string may be a string in a string: data in a push call in a script has two."""
MOST_SCRIPT: Final = 4_000_000
"""Characters of scripts looked through at the most; time stays bounded."""

_SCRIPT: Final = (re.compile(r"<script\b", re.IGNORECASE), re.compile(r"</script", re.IGNORECASE))
_NO_SCRIPT: Final = (re.compile(r"<noscript\b", re.IGNORECASE), re.compile(r"</noscript", re.IGNORECASE))
"""Where such an element begins and ends."""
_STRING: Final = re.compile(r'"((?:[^"\\]++|\\.)*+)("|\\?\Z)', re.DOTALL)
"""A string, or one that does not end: that is the last, or each quotation mark in it would begin another."""
_PARAGRAPH: Final = re.compile(r"<p[\s>]")
_TAG: Final = re.compile(r"<[^<>]*+>")


def reveal(page: Page, html: str | bytes) -> Page:
    """The page itself, or, where it is a shell around data, the page with its embedded article shown."""
    if _shows_prose(page):
        return page
    article = page.hints.article_body
    fragment = _as_paragraphs(article) if len(article) >= LEAST_STRING else _longest_fragment(html)
    if not fragment:
        return page
    body = page.tree.body
    visible = (body.inner_html if body is not None else "") or ""
    revealed = parse(f"<body>{visible}<article>{fragment}</article></body>")
    return replace(
        page,
        elements=replace(revealed.elements, places=[]),
        blocks=revealed.blocks,
        fields=revealed.fields,
        inline_attrs=revealed.inline_attrs,
    )


def _shows_prose(page: Page) -> bool:
    shown = 0
    for block in page.blocks:
        size = len(block.text)
        if size >= LEAST_LINE and (block.link_chars or 0) * 2 < size:
            shown += size
            if shown >= LEAST_PROSE:
                return True
    return False


def _as_paragraphs(article: str) -> str:
    if _PARAGRAPH.search(article):
        return article
    lines = (line.strip() for line in article.splitlines())
    return "".join(f"<p>{entities.escape(line, quote=False)}</p>" for line in lines if line)


def _longest_fragment(html: str | bytes) -> str:
    """The longest HTML with paragraphs among what stands in for scripts and the strings in them."""
    html = html if isinstance(html, str) else html.decode()
    scripts = "\n".join(_inside(_SCRIPT, html))[:MOST_SCRIPT]
    plain = (held for held in _inside(_NO_SCRIPT, html) if len(_PARAGRAPH.findall(held)) > 1)
    best, most = "", LEAST_PROSE
    for fragment in chain(plain, _fragments(scripts)):
        size = len(_TAG.sub("", fragment))
        if size > most:
            best, most = fragment, size
    return best


def _inside(element: tuple[re.Pattern[str], re.Pattern[str]], html: str) -> Iterator[str]:
    """What elements of a kind hold, up to the first that does not end."""
    end = 0
    while (begun := element[0].search(html, end)) is not None:
        start = html.find(">", begun.end()) + 1
        ended = element[1].search(html, start) if start else None
        if ended is None:
            return
        yield html[start : ended.start()]
        end = ended.end()


def _fragments(text: str) -> Iterator[str]:
    """Strings in the text, and strings in those, that are HTML and no longer data around it."""
    layer = [text]
    for _ in range(DEPTH):
        inner: list[str] = []
        for source in layer:
            for literal, end in _STRING.findall(source):
                if len(literal) >= LEAST_STRING and end == '"':
                    inner.extend(_decoded(literal))
        for string in inner:
            if string.lstrip()[:1] == "<" and len(_PARAGRAPH.findall(string)) > 1:
                yield string
        layer = inner


def _decoded(literal: str) -> list[str]:
    try:
        return [str(json.loads(f'"{literal}"', strict=False))]
    except ValueError:
        return []  # a string of JavaScript that JSON does not know: no data of ours
