"""A line of text in, the places where it may be cut out: sentences, and seams.

A seam is where two sentences stand against each other without a space, as happens when a
scraper joins elements ("…all the difference.The mayor said…"). Neither cut is made for its own
sake: prose is never split, but where a line holds boilerplate and prose, the labeller can ask for
the pieces. So a missed cut costs more than a needless one, except inside names and addresses.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, NamedTuple

from cleaner.model import Block
from cleaner.segment.glue import GlueFinder
from cleaner.segment.signs import DENSE_STOPS, SPACED_STOPS, STOPS

_UPPER: Final = "".join(c for c in map(chr, (*range(0x41, 0x530), *range(0x1E00, 0x2000))) if c.isupper())
_LOWER: Final = "".join(c for c in map(chr, (*range(0x61, 0x530), *range(0x1E00, 0x2000))) if c.islower())
_CASELESS: Final = "".join(
    chr(code)
    for letters in (range(0x5D0, 0x5EB), range(0x620, 0x64B), range(0x66E, 0x6D4), range(0xAC00, 0xD7A4))
    for code in letters
)
"""Hebrew and Arabic letters and Hangul: a full stop before one, without a space, is a seam."""
_CLOSING: Final = "\"'”’»›)]"
"""Marks that close a quotation or an aside."""
_OPENING: Final = "\"'“„«‹‘([¿¡"
_CLOSERS: Final = re.escape(_CLOSING)
_OPENERS: Final = re.escape(_OPENING)
SIGNS: Final = "▶►▸▷☞👉➡→🔴📌📍🎥📷📹■●◆★※©"
"""What editors set before a line that they put into an article, and prose has at no sentence's beginning."""
_GLUED: Final = GlueFinder(
    begins=_UPPER + _CASELESS,
    ends=_LOWER + string.digits + SPACED_STOPS + _CLOSING + _OPENING,
    letters=_LOWER + _CASELESS,
    stops=SPACED_STOPS,
    signs=SIGNS,
)

_STOP = re.compile(rf"[{STOPS};\n][{STOPS};]*+[{_CLOSERS}」』）]*+(?:[ \u00a0\u202f]»(?!\w))?")
"""What may end a sentence. Nothing is demanded after it: a megabyte of dots would be tried from each."""
_NEXT = re.compile(rf"\s*+[{_OPENERS}\-–—•*]*+\s*+(?P<first>.)", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_WORD_BEFORE = re.compile(r"[^\s\"“„«‹(\[]++$")
_GLUE = re.compile(
    rf"(?P<before>[{_CLOSERS}]*+)(?P<mark>[{SPACED_STOPS}]*+)(?P<closers>[{_CLOSERS}]*+)[“„«‹‘(\[¿¡]*+\Z"
)
_NUMBER_AFTER_STOP = re.compile(
    rf"(?<=[{_LOWER}{_CASELESS}][{SPACED_STOPS}])\d{{1,2}}(?=(?:[.)]|[.:]\d\d)\s+[–—“„«¿\"{_UPPER}{_CASELESS}])"
)
"""A number or the time of day that opens the next sentence, as in interviews and live reports."""
_LETTERS_AFTER = re.compile(r"[^\W\d_]++")
_LETTERS_BEFORE = re.compile(rf"[{_LOWER}{_UPPER}{_CASELESS}]++$")
_CASE_CHANGE = re.compile(rf"[{_LOWER}][{_UPPER}]")
_ADDRESS = re.compile(r"://|^www\b|^[#@]|[@_=\\]")
_DOMAINS: Final = frozenset("com net org gov edu info biz io ai js ts py exe html".split())
"""What follows the dot of an address or a file even when written with a capital."""
_VOWEL = re.compile(r"[aeiouyàáâäåæèéêëìíîïòóôöøùúûüаеёиіїоуыэюяαεηιουωάέήίόύώ]")

_BEFORE_SIGNS: Final = frozenset(STOPS + _CLOSING)

_GLUE_CHARACTERS: Final = frozenset(SPACED_STOPS + "\"'”’»›)]“„«‹‘([¿¡")
LONG_WORD: Final = 7
"""Letters from which on a word before a capital is no prefix any more."""
TOKEN_REACH: Final = 80
"""Characters looked at on either side of a cut: longer than any word that is not an address."""


class _Words(NamedTuple):
    abbreviations: frozenset[str]
    before_number: frozenset[str]
    after_ordinal: frozenset[str]
    openers: frozenset[str]


@cache
def _words() -> _Words:
    """The word lists of all languages together: a line of text does not say which it is in."""
    tables = [
        tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in files("cleaner.segment").joinpath("words").iterdir()
        if entry.name.endswith(".toml")
    ]
    return _Words(*(frozenset(word for table in tables for word in table[field]) for field in _Words._fields))


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of `text` stand: spans that tile it, each with its trailing whitespace.

    They end at the signs of `signs.STOPS` and the Greek question mark, with the quotation marks that close
    after these, at blank lines, and at seams. Abbreviations, initials, ordinals, decimals and addresses do
    not end a sentence.
    """
    ends = set(seams(text))
    reached = 1
    for stop in _STOP.finditer(text):
        if stop.start() >= reached - 1 and _ends_sentence(text, stop):
            reached = _past_space(text, stop.end())
            ends.add(reached)
    ends.discard(len(text))
    cuts = [0, *sorted(ends), len(text)]
    return [(begin, end) for begin, end in pairwise(cuts) if begin < end]


def seams(line: str) -> list[int]:
    """Positions where two sentences are glued without a space, in order."""
    places, numbered, signed = _GLUED.find(line)
    if signed:
        signed = [place for place in signed if line[place - 1] in _BEFORE_SIGNS]
    if not places and not numbered:
        return signed
    found = {_seam_before(line, place) for place in places}
    if numbered:
        found.update(number.start() for number in _NUMBER_AFTER_STOP.finditer(line))
    return sorted(found.union(signed) - {0})


def signs(text: str) -> list[int]:
    """Where such signs stand in a text, but for its first character."""
    return [] if text.isascii() else _GLUED.find(text)[2]


def opens_sentences(word: str) -> bool:
    """Whether a word, in small letters, is one that opens sentences and prompts."""
    return word in _words().openers


def split_at_seams(block: Block) -> tuple[Block, ...]:
    """The block cut at its seams, with exact offsets; the block itself when it has none."""
    return cut(block, seams(block.text))


def split_sentences(block: Block) -> tuple[Block, ...]:
    """The block cut into its sentences (and at its seams), with exact offsets."""
    return cut(block, [begin for begin, _ in sentence_spans(block.text)][1:])


def cut(block: Block, cuts: Sequence[int]) -> tuple[Block, ...]:
    """The block cut at places of its text, with exact offsets."""
    if not cuts:
        return (block,)
    pieces: list[Block] = []
    for begin, end in zip([0, *cuts], [*cuts, len(block.text)], strict=True):
        text = block.text[begin:end]
        stripped = text.strip()
        if not stripped:
            continue
        start = block.start + begin + text.index(stripped[0])
        piece = block._replace(text=stripped, start=start, end=start + len(stripped))
        # A marker stands before the first sentence only; links cannot be told apart any more.
        pieces.append(piece if not pieces else piece._replace(shape="paragraph", level=0))
    return tuple(piece._replace(link_chars=None) for piece in pieces)


def _past_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    mark = text[stop.start()]
    if mark == "\n":
        return bool(_BLANK_LINE.match(text, stop.start()))
    if mark in DENSE_STOPS:
        # A quotation that closes goes on in its sentence when a particle follows: 「…。」と述べた.
        return not (stop.group()[-1] in "」』" and "\u3041" <= text[stop.end() : stop.end() + 1] <= "\u309f")
    if not text[stop.end() : stop.end() + 1].isspace():
        return False
    following = _NEXT.match(text, stop.end())
    if not following or following["first"].islower():
        return False
    before = text[max(0, stop.start() - TOKEN_REACH) : stop.start()]
    if mark == ";":  # The Greek question mark.
        return "\u0370" <= before[-1:] <= "\u03ff" or "\u1f00" <= before[-1:] <= "\u1fff"
    if mark != "." or stop.group().startswith(".."):
        return True
    word = _WORD_BEFORE.search(before)
    begin = following.start("first")
    return not word or _stop_ends_word(word.group(), text[begin : begin + TOKEN_REACH])


def _stop_ends_word(word: str, following: str) -> bool:
    """Whether a full stop after `word` is more than part of it."""
    words = _words()
    if word.isdigit() and len(word) <= 2:
        if following[:1].isdigit():
            return False  # "11. 10. 2023"
        first_word = re.match(r"\w+", following)
        return not (first_word and first_word.group().lower() in words.after_ordinal)
    if word in words.abbreviations:
        return False
    if word in words.before_number:
        return not following[:1].isdigit()
    last = word.rsplit(".", 1)[-1]
    return not (len(last) == 1 and last.isalpha() and (last.isupper() or last.islower()))


def _seam_before(line: str, capital: int) -> int:
    """Where the seam before the letter at `capital` is; 0 when there is none."""
    near = line[max(0, capital - TOKEN_REACH) : capital].rsplit(None, 1)
    after = _LETTERS_AFTER.match(line, capital, capital + TOKEN_REACH)
    if not near or not after or line[capital - 1].isspace():
        return 0
    token, right = near[-1], after.group()
    tail = line[after.end() : after.end() + 2]
    start = len(token)
    while start and token[start - 1] in _GLUE_CHARACTERS:
        start -= 1
    left, glue = token[:start], _GLUE.match(token, start)
    if not left or not glue or tail[:1] in ("=", "@", "_") or _ADDRESS.search(token):
        return 0
    if glue["mark"]:
        is_seam = _is_stop_seam(left, glue["mark"], right, tail)
    elif glue["before"]:
        is_seam = glue["before"] in "”»)" and len(left) > 2 and "(" not in left and len(right) > 1
    else:
        is_seam = not glue.group() and _is_bare_seam(left, right, tail)
    return capital - (len(token) - glue.end("closers")) if is_seam else 0


def _is_stop_seam(left: str, mark: str, right: str, tail: str) -> bool:
    """A full stop, question or exclamation mark between `left` and `right` ends a sentence."""
    if len(right) == 1 and not tail[:1].isspace():
        return False
    if mark == "…" and right[0] in _CASELESS:
        return False  # as a dash parts a headline in Korean
    if mark != ".":
        return True
    if right.lower() in _DOMAINS or left in _words().abbreviations:
        return False
    if letters := _LETTERS_BEFORE.search(left):
        return len(letters.group()) > 1 and not (right.isupper() and letters.group().isupper())
    return not left.isdigit() or len(left) > 1


def _is_bare_seam(left: str, right: str, tail: str) -> bool:
    """A lower-case letter or digit against a capital: a seam, unless it is how a name is written.

    Names are written so in English ("YouTube"), German ("KollegInnen"), and all the time in Irish and the
    Bantu languages ("kaMasipala"), so it takes a word that opens sentences, or a long one before it.
    """
    opens = len(right) > 2 and right.lower() in _words().openers
    goes_on = tail[:1].isspace() and tail[1:2].islower()
    letters = _LETTERS_BEFORE.search(left)
    if not letters or letters.group()[0].isupper():
        # "2022The year" and "BidenThe president", but "7Eleven" and "PlayStation".
        return opens and goes_on and (not letters or not _CASE_CHANGE.search(letters.group()))
    word = letters.group()
    if len(word) < 2 or not _VOWEL.search(word) or _CASE_CHANGE.search(word):
        return False
    return opens or (len(word) >= LONG_WORD and right[1:2].islower() and right != "Innen")
