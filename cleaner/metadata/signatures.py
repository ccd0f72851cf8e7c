"""Authors who sign below the article.

In come the page and its labelled blocks, out go the names on the first lines below the body's last
paragraph: "Text: Jane Roe", a full name alone, or Japanese names in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cleaner.label.lines import read_byline
from cleaner.label.lines.byline import unwrapped
from cleaner.label.lines.letters import has_cjk
from cleaner.label.lines.people import is_cjk_name, is_full_name
from cleaner.label.lines.words import load_words
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.labels import labelled_as
from cleaner.metadata.places import LONG, cues
from cleaner.model import BODY, LabelledBlock
from cleaner.segment.html import Page

_CLOSING: Final = 2
"""Blocks below the body's last paragraph that can be its author's signature."""
_BRACKETED: Final = re.compile(r"[（(【［]([^）)】］]+)[）)】］]")
_CLOSING_NAMES: Final = re.compile(r"[぀-ゟ]。\s?【([^【】]{3,40})】$")
"""Names behind the last sentence of Japanese prose."""
_SIGNED: Final = re.compile(r"[㐀-鿿々]{2}[぀-ヿ㐀-鿿々]{1,4}")
"""A full name in Japanese: two signs of a surname and more behind them."""
_KANA: Final = re.compile(r"[぀-ゟ]")


def from_end(page: Page, labelled: Sequence[LabelledBlock], head: int) -> Iterator[Candidate]:
    """Authors named where the body ends: "Text: Jane Roe", or a full name alone on the last line.

    `head` is the number of the headline's block; readers' names stand in elements for comments.
    """
    body = reversed(labelled_as(BODY, labelled))
    last = next((number for number in body if _is_paragraph(labelled[number].block.text)), -1)
    if last >= 0 and (closing := _CLOSING_NAMES.search(labelled[last].block.text)):
        yield from (Candidate("authors", name, "visible:signature") for name in _signed(closing[1]))
    for index in range(last + 1, min(last + 1 + _CLOSING, len(labelled))) if last >= 0 else ():
        block = labelled[index].block
        if len(block.text) > LONG or block.shape == "heading" or cues(page, index, head) is None:
            return
        name = unwrapped(block.text.lstrip("–—- "))
        alone = (name,) if is_full_name(name) and not block.link_chars else ()
        names = read_byline(block.text) or alone or _in_brackets(block.text, labelled[last].block.text)
        yield from (Candidate("authors", name, "visible:signature") for name in names)
        if names:
            return


def _is_paragraph(text: str) -> bool:
    """Whether a text is a paragraph of prose by its length; an Eastern sign says as much as three letters."""
    return len(text) > (LONG // 6 if has_cjk(text) else LONG // 2)


def _in_brackets(line: str, above: str) -> tuple[str, ...]:
    """Names in brackets below Japanese prose ("【例田一郎】", "（例田一郎、例田花子）"), else ()."""
    told = _BRACKETED.fullmatch(line)
    return _signed(told[1]) if told is not None and _KANA.search(above) else ()


def _signed(line: str) -> tuple[str, ...]:
    """The Japanese names that make a line, none of which is a place's ("下戸田町"), else ()."""
    names = tuple(line.split("、"))
    ends = load_words().place_ends
    return names if all(_SIGNED.fullmatch(n) and is_cjk_name(n) and n[-1] not in ends for n in names) else ()
