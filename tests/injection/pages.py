"""Made cases as pages: the case's lines in, markup that tells nothing of them out.

Editors paste appeals and offers between the paragraphs of an article, in the paragraphs' own markup. A page
made here has all of a case so, prompts and body alike, between a small head and foot. Where a case has a
prompt in one line with a paragraph of the body, they are one paragraph.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import cleaner
from cleaner.train.pages_invented import TELLING, squeezed
from tests.injection.cases import Case
from tests.injection.material import Material

HEAD = '<header><a href="/">Gazette</a><nav><a href="/a">A</a> <a href="/b">B</a></nav></header>'
FOOT = "<footer><p>© Gazette</p></footer>"
LINE = re.compile(r"[^\n]*\S[^\n]*")


def told_by_words(material: Material) -> Material:
    """The material without passages that are told by their markup alone, as headlines of other articles."""
    return material._replace(passages=tuple(p for p in material.passages if p.label in TELLING))


def lines_of(case: Case) -> Iterator[tuple[int, int]]:
    """Where each line of each span stands in the case's text."""
    for span in case.spans:
        yield from (found.span() for found in LINE.finditer(case.text, span.start, span.end))


def page_of(case: Case) -> str:
    """The case as a page, each line of its text a paragraph without any attribute."""
    paragraphs = "".join(f"<p>{html.escape(line[0])}</p>" for line in LINE.finditer(case.text))
    body = f"{HEAD}<main><article>{paragraphs}</article></main>{FOOT}"
    return f'<!doctype html><html lang="{case.language}"><title>Gazette</title><body>{body}</body></html>'


def removed_from_page(case: Case) -> list[bool]:
    """Which characters of the case are gone once it is a page and cleaned: those of a span's whole lines."""
    left = squeezed(cleaner.clean(page_of(case)).text)
    mask = [False] * len(case.text)
    for start, end in lines_of(case):
        if squeezed(case.text[start:end]) not in left:
            mask[start:end] = [True] * (end - start)
    return mask
