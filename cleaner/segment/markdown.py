"""Scraped Markdown in, what a reader sees of it out, with the way back to the text as it came.

Many scrapers hand over Markdown. Its marks hide what rules and the labeller go by: a byline in italics,
a date in bold, a name that is a link, a menu that is mostly addresses. So a text with such marks is
labelled as a reader sees it, and the blocks are then mapped back: what is kept and removed is the text
as it came, marks included. Marks at the beginnings of lines (headings, items, quotations, rows) stay;
segmentation reads them itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from cleaner.model import Block, LabelledBlock
from cleaner.segment.text import unwrapped

PICTURE: Final = "\ufffc"
"""Stands for a picture (Unicode's object replacement character)."""

TABLE_RULE: Final = re.compile(r"[\s|:]*-{3,}[\s|:-]*")
"""The line below the head of a table."""

_GONE: Final = "\x00"
_TITLE: Final = r"""(?:[ \t]++(?:"[^"\n]*+"|'[^'\n]*+'))?"""
_ADDRESS: Final = rf"\([ \t]*+<?[^()\s<>]*+(?:\([^()\s<>]*+\)[^()\s<>]*+)*>?{_TITLE}[ \t]*+\)"
"""No group in it is possessive: early releases of Python 3.11 do not go back when one has failed half-way."""
_BROKEN_ADDRESS: Final = rf"\([^()\n\"]*+(?:\([^()\n\"]*+\)[^()\n\"]*+)*{_TITLE}[ \t]*+\)"
"""An address in wrapped Markdown, with a space wherever a line ended in it."""


def _pictures(address: str) -> re.Pattern[str]:
    return re.compile(rf"!\[[^\[\]\n]{{0,500}}+\]{address}")


def _links(address: str) -> re.Pattern[str]:
    return re.compile(rf"\[((?=\S)[^\[\]]{{1,1000}}+(?<=\S)|)\]{address}")


_PICTURES_AND_LINKS: Final = _pictures(_ADDRESS), _links(_ADDRESS)
_THOSE_WRAPPED: Final = _pictures(_BROKEN_ADDRESS), _links(_BROKEN_ADDRESS)
_EMPHASIS: Final = (
    re.compile(r"(?<![\w*\\])(\*{1,3}+)(?=[^\s*])[^\n*]*[^\s*](\1)(?![\w*])"),
    re.compile(r"(?<![\w_\\])(_{1,3}+)(?=[^\s_])[^\n_]*[^\s_](\1)(?![\w_])"),
)
_ESCAPE: Final = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_SIGNS: Final = re.compile(rf"\]{_ADDRESS}|(?m:^(?:#{{1,6}} |\*\*)\S)")
"""What tells Markdown from text that has an asterisk: a link, a picture, a heading, a line in bold type."""
_BLANK: Final = f"{_GONE} \t\n*_"
"""What a link may be made of that has no words; a reader takes it for a picture."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader sees of a Markdown text, and where it stands in it."""

    plain: str
    _text: str
    _seen: list[int] = field(default_factory=list)
    """Where runs of what is seen begin in `plain`; `_there` has where they begin in the text."""
    _there: list[int] = field(default_factory=list)
    _openers: dict[int, int] = field(default_factory=dict)
    """Marks that belong to what follows: where each ends, and where it begins."""
    _closers: dict[int, int] = field(default_factory=dict)
    """Marks that belong to what stands before: where each begins, and where it ends."""

    def back(self, labelled: Iterable[LabelledBlock]) -> tuple[LabelledBlock, ...]:
        """Blocks of `plain`, in order, as blocks of the text, each with the marks that belong to it.

        Marks around nothing belong to the block that follows them, or to the last.
        """
        found: list[LabelledBlock] = []
        reached = 0
        for block, verdict in labelled:
            start, end = self._place_of(block)
            start = reached + _blanks(self._text[reached:start])
            found.append(LabelledBlock(self._stretch(block, start, end), verdict))
            reached = end
        if found and (rest := self._text[reached:].rstrip()):
            last = found[-1].block
            found[-1] = found[-1]._replace(block=self._stretch(last, last.start, reached + len(rest)))
        return tuple(found)

    def _place_of(self, block: Block) -> tuple[int, int]:
        """Where a block of `plain` begins and ends in the text."""
        start, end = self._place(block.start), self._place(block.end - 1) + 1
        while (before := self._openers.get(_skip_back(self._text, start))) is not None:
            start = before
        while (behind := self._closers.get(_skip(self._text, end))) is not None:
            end = behind
        return start, end

    def _stretch(self, block: Block, start: int, end: int) -> Block:
        return block._replace(text=self._text[start:end], start=start, end=end)

    def _place(self, place: int) -> int:
        run = bisect_right(self._seen, place) - 1
        return self._there[run] + place - self._seen[run]


def is_picture(block: Block) -> bool:
    """Whether a block of what a reader sees is nothing but pictures."""
    return PICTURE in block.text and not any(map(str.isalnum, block.text))


def read_markdown(text: str) -> Reading | None:
    """What a reader sees of a text, or None for one that is no Markdown."""
    if _GONE in text or not _SIGNS.search(text):
        return None
    marks = _Marks(text)
    return marks.reading() if marks.found else None


class _Marks:
    """The marks of a text, painted over one kind after the other so that places stay."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._canvas = unwrapped(text)
        self.found: list[tuple[int, int, bool]] = []
        pictures, named = _PICTURES_AND_LINKS if self._canvas == text else _THOSE_WRAPPED
        self._picture(list(pictures.finditer(self._canvas)))
        links = list(named.finditer(self._canvas))
        self._picture([link for link in links if not link[1].strip(_BLANK)])
        links = [link for link in links if link[1].strip(_BLANK)]
        self._cut([(link.start(), link.start(1), True) for link in links])
        self._cut([(link.end(1), link.end(), False) for link in links])
        for pattern in _EMPHASIS:
            pairs = list(pattern.finditer(self._canvas))
            self._cut([(*pair.span(1), True) for pair in pairs])
            self._cut([(*pair.span(2), False) for pair in pairs])
        self._cut([(*escape.span(), True) for escape in _ESCAPE.finditer(self._canvas)])

    def _picture(self, found: list[re.Match[str]]) -> None:
        """Put the sign of a picture in the place of each match."""
        self._cut([(match.start() + 1, match.end(), False) for match in found])
        letters = list(self._canvas)
        for match in found:
            letters[match.start()] = PICTURE
        self._canvas = "".join(letters)

    def _cut(self, spans: list[tuple[int, int, bool]]) -> None:
        """Take spans out, which come in order; True is for what belongs to the text behind it."""
        parts: list[str] = []
        done = 0
        for start, end, _ in spans:
            parts += self._canvas[done:start], _GONE * (end - start)
            done = end
        self._canvas = "".join((*parts, self._canvas[done:]))
        self.found += spans

    def reading(self) -> Reading:
        seen, there, plain, size = [], [], [], 0
        for run in re.finditer(f"[^{_GONE}]+", self._canvas):
            seen.append(size)
            there.append(run.start())
            plain.append(run[0])
            size += len(run[0])
        openers = {end: start for start, end, opens in self.found if opens}
        closers = {start: end for start, end, opens in self.found if not opens}
        return Reading("".join(plain), self._text, seen, there, openers, closers)


def _blanks(gap: str) -> int:
    """How many blanks a gap begins with."""
    return len(gap) - len(gap.lstrip())


def _skip(text: str, place: int) -> int:
    """Over blanks to the right."""
    while place < len(text) and text[place] in " \t":
        place += 1
    return place


def _skip_back(text: str, place: int) -> int:
    while place and text[place - 1] in " \t":
        place -= 1
    return place
