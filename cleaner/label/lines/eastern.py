"""Names in Chinese, Japanese and Korean bylines: without spaces, run together with papers and places.

In comes a byline or what stands before a cue, out go names, or the line without what is none. Where a
sign could begin a place, a paper or a heading as well, a surname that is known must begin the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.label.lines.letters import has_cjk
from cleaner.label.lines.people import is_cjk_name
from cleaner.label.lines.words import Words

_HANGUL = re.compile(r"[가-힣]")
_CORRESPONDENT = re.compile(r"(?:([㐀-鿿]{2,8}?)\s?)?(?:记者|記者)[\s：:]*")
"""A paper and its correspondent, before the name ("海州日报记者")."""
_KOREAN_NAME = 3
"""Letters of almost every Korean name; places and papers have two or four as often."""
_LONGEST_HAN = 3


def without_report(text: str, words: Words) -> str:
    """A byline without the place that an article was reported from ("記者林佳慧／台北報導")."""
    return words.reported.sub("", text) if has_cjk(text) else text


def parted_names(name: str, words: Words) -> list[str]:
    """Names parted by spaces alone ("王小明 李大伟"), or the one name that has such a space ("山田 太郎")."""
    pieces = [piece for piece in name.split() if piece not in words.unspaced_cues]
    if len(pieces) < 2:
        return pieces or [name]
    if not all(len(piece) > 1 and is_cjk_name(piece) for piece in pieces):
        return [name]
    if _HANGUL.search(name):
        return _korean(pieces, words)
    several = len(pieces) > 2 or pieces[1][0] in words.surnames
    return pieces if several else [name]


def _korean(pieces: Sequence[str], words: Words) -> list[str]:
    """Those of several words before "기자" that are names; a town or paper stands before or behind them."""
    people = [piece for piece in pieces if not words.papers.of(piece)]
    sure = [piece for piece in people if len(piece) == _KOREAN_NAME and piece[0] in words.surnames]
    return sure or people[-1:] or list(pieces[-1:])


def run_together(line: str, words: Words) -> str:
    """The names behind a correspondent without a sign ("海州日报记者 李明", "记者李明"); "" for a heading."""
    found = _CORRESPONDENT.match(line)
    if found is None or not (found[1] is None or words.papers.of(found[1])):
        return ""
    names = line[found.end() :]
    return names if all(_is_chinese_name(name, words) for name in names.split()) else ""


def _is_chinese_name(text: str, words: Words) -> bool:
    """Whether a text that may be a heading's end ("记者调查") can be a name: by its surname."""
    return 1 < len(text) <= _LONGEST_HAN and text[0] in words.surnames and is_cjk_name(text)
