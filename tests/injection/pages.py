"""Made cases as pages: the case's lines in, markup that tells nothing of them out.

Editors paste appeals and offers between the paragraphs of an article, in the paragraphs' own markup. A page
made here has all of a case so, prompts and body alike, between a small head and foot.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import cleaner
from cleaner.train.pages_invented import TELLING, squeezed
from tests.injection.cases import Case

HEAD = '<header><a href="/">Gazette</a><nav><a href="/a">A</a> <a href="/b">B</a></nav></header>'
FOOT = "<footer><p>© Gazette</p></footer>"


class PageTally(NamedTuple):
    """Characters, white space left out, that stand in the article's place and those that are gone from it."""

    prompts: Counter[str]
    gone: Counter[str]
    body: int
    lost: int

    @property
    def gone_share(self) -> float:
        """Share of the prompts' characters that are gone."""
        return self.gone.total() / max(1, self.prompts.total())

    @property
    def lost_per_mille(self) -> float:
        """Characters of body lost, per 1,000."""
        return 1000 * self.lost / max(1, self.body)


def page_of(case: Case) -> str:
    """The case as a page, each of its lines a paragraph without any attribute."""
    lines = [
        line for span in case.spans for line in case.text[span.start : span.end].split("\n") if line.strip()
    ]
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    body = f"{HEAD}<main><article>{paragraphs}</article></main>{FOOT}"
    return f'<!doctype html><html lang="{case.language}"><title>Gazette</title><body>{body}</body></html>'


def tally_pages(cases: Iterable[Case]) -> PageTally:
    """What is left of the cases' lines, of prompts only of the labels that their words tell."""
    prompts: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    body = lost = 0
    for case in cases:
        left = squeezed(cleaner.clean(page_of(case)).text)
        for span in case.spans:
            for line in map(squeezed, case.text[span.start : span.end].split("\n")):
                if span.owner == "inserted" and span.label in TELLING:
                    prompts[span.label] += len(line)
                    gone[span.label] += len(line) * (line not in left)
                elif span.owner in ("body", "near"):
                    body += len(line)
                    lost += len(line) * (line not in left)
    return PageTally(prompts, gone, body, lost)
