"""The kept blocks in, the body as plain text out: paragraphs apart by one blank line, no marks added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cleaner.model import Kept

_LINE_BREAK = re.compile(
    r"[^\S\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What could steer the terminal; a page must not."""
_CLOSING_MARK: Final = re.compile(r"\n(?=[,.;)\]”’…،؛。，、；]|'s )|(?<=[(\[“])\n")
"""Where a line was torn at a mark that no space stands beside."""
_QUOTED_LINE: Final = re.compile(r"\n>[ \t]*")
"""Where the next line of a wrapped quotation begins, in Markdown."""
_ADDRESS: Final = re.compile(r"\]\([^()\"]*\)")
"""An address of Markdown, which may have been wrapped, too."""
_UNSPACED: Final = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_UNSPACED_BREAK = re.compile(rf"(?<=[{_UNSPACED}])\n(?=[{_UNSPACED}])")


def as_text(body: Sequence[Kept]) -> str:
    """The blocks' texts, one paragraph each; a paragraph that was wrapped over lines becomes one line."""
    return "\n\n".join(one_line(kept) for kept in body)


def one_line(kept: Kept) -> str:
    """A block's text without line breaks, except in code, where they mean something.

    Where two lines met, a space remains, but none between Chinese or Japanese characters and none beside a
    mark that closes or opens.
    """
    text = kept.text
    if kept.shape == "code" or len(text.splitlines()) < 2:
        return text
    broken = _LINE_BREAK.sub("\n", text)
    if kept.shape == "quote":
        broken = _QUOTED_LINE.sub("\n", broken)
    if "](" in broken:
        broken = _ADDRESS.sub(lambda address: address[0].replace("\n", ""), broken)
    return _CLOSING_MARK.sub("", _UNSPACED_BREAK.sub("", broken)).replace("\n", " ")


def without_controls(text: str) -> str:
    """The text for a terminal, which would obey some characters of a page instead of showing them."""
    return _CONTROL.sub("\ufffd", text)
