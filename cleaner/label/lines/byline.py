"""Whether a whole line is a byline, and whom it names.

In comes a short text, out go the names, or None. Lines of prose begin with "By" and "Von" as
well, so everything after such a word must look like full names, roles and places; words that
only bylines use ("Written by", "Autor:") ask for less.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.label.lines.dateline import read_dateline
from cleaner.label.lines.dates import find_dates, may_hold_date
from cleaner.label.lines.eastern import parted_names, run_together, without_report
from cleaner.label.lines.letters import fold, has_cjk, has_digit, head_word, may_be_byline
from cleaner.label.lines.names import clean, find_cue, read_names, strip_cue
from cleaner.label.lines.people import PARTICLES, is_cjk_name, is_desk, is_full_name, is_person, is_role
from cleaner.label.lines.trimming import without_after_cue
from cleaner.label.lines.words import Words, fold_in_place, load_words
from cleaner.segment.signs import STOPS

LONGEST = 200
"""Characters; longer lines are prose even when they begin like a byline."""

_LONGEST_CUE = 30
"""Letters of the words before names, where these follow on the next line."""
_SEGMENTS = re.compile(r" ?[|•‣｜] ?| [·⋅–—-] ")
"""What parts a cleaned line, whose spaces are single ones; most lines have none of these signs."""
_MAY_PART = re.compile(r"[|•‣｜·⋅–—-]")
_DATE_TAIL = re.compile(r"(?<=\w)[\s,.;]+(?=\d|(?:[^\W\d_]{2,12}[.,]?\s){1,2}\d)")
_LABEL = re.compile(r"(?<=\s)([^\W\d_]{1,20})(?:\s?[:：]|(?<=[\u3400-\u9fff])\s)")
"""A word with a colon within a line; in Chinese a space will do."""
_ACRONYM = re.compile(r"\b[A-Z]{2,6}\b")
_BESIDE_SIGNS = (":", "=", " by", " von")
"""One of these stands behind each word in ASCII for who did something else."""
_OPENING, _CLOSING = tuple("([（【［〔"), tuple(")]）】］〕")
_SENTENCE_END = tuple(STOPS)
_LONGEST_DATED = 120
"""Characters of a line that begins or ends with a date and names somebody beside it."""
_BEHIND_DATE = re.compile(r"\s*([,|/·•–—-]?)\s*")
_BEFORE_DATE = re.compile(r"\s*(?:[,|·•]|\s[–—-])\s*$")
"""Signs between a date and the name on either side of it."""


def read_byline(text: str) -> tuple[str, ...] | None:
    """The names a line gives when the whole line is a byline, else None.

    Names are kept as the line writes them; roles, places, dates, e-mail addresses and handles
    are dropped.
    """
    text = text.strip()
    if text.startswith(_OPENING):
        text = unwrapped(text)
    if not 3 <= len(text) <= LONGEST or text.endswith(("!", "?", "؟")):
        return None
    names = _read_byline(text) if may_be_byline(text, load_words().cue_heads) else None
    if names is None and len(text) <= _LONGEST_DATED and may_hold_date(text):
        names = _behind_date(text)
        name = name_beside_date(text) if names is None else None
        return names if name is None else (name,)
    return names


def unwrapped(line: str) -> str:
    """A line without the one pair of brackets that all of it stands in ("(By Jane Roe)")."""
    if not (line.startswith(_OPENING) and line.endswith(_CLOSING)):
        return line
    inner = line[1:-1]
    return line if any(sign in inner for sign in _OPENING) else inner.strip()


@lru_cache(maxsize=1 << 10)  # labelling and metadata ask for the same lines
def _read_byline(text: str) -> tuple[str, ...] | None:
    words = load_words()
    line = _without_besides(clean(text), words)
    segments = [s for s in (_SEGMENTS.split(line) if _MAY_PART.search(line) else (line,)) if s]
    named = [s for s in segments if not _is_side_note(s, words)]
    if not named or len(named) > 3:
        return None
    first = _without_date(named[0])
    names = _with_cue(first, words)
    if names is None:
        names = _with_role(first, [s for s in segments if s != named[0]], words)
    if names is None or not all(_fits_beside(s, words) for s in named[1:]):
        return None
    return names


@lru_cache(maxsize=1 << 9)
def _behind_date(text: str) -> tuple[str, ...] | None:
    """Names behind a date and a word that announces them ("Posted on April 3, 2025 by Jane Roe")."""
    _, _, rest = _around_dates(text)
    cue = find_cue(rest, load_words()) if rest and not rest.endswith(("!", "?")) else None
    return _read_byline(rest) if cue is not None and cue[0].kind in ("author", "by", "label") else None


@lru_cache(maxsize=1 << 9)
def name_beside_date(text: str) -> str | None:
    """The full name that makes a line with a date, and a sign between them ("Jane Roe, 3 June 2025")."""
    ahead, sign, rest = _around_dates(text)
    if rest:
        # "On 3 June 2025, Jane Roe" begins a sentence.
        return rest if sign and fold(ahead) not in load_words().filler and _is_bare_name(rest) else None
    found = find_dates(text)
    before = _BEFORE_DATE.search(text[: found[0].start]) if found else None
    name = text[: before.start()] if before else ""
    return name if _is_bare_name(name) and read_dateline(text[found[0].start :]) is not None else None


def _around_dates(text: str) -> tuple[str, str, str]:
    """What stands before the dates that begin a line, the sign behind them, and the rest; else nothing."""
    found = find_dates(text)
    if not found or read_dateline(text[: found[-1].end]) is None:
        return "", "", ""
    sign = _BEHIND_DATE.match(text, found[-1].end)
    return text[: found[0].start].strip(), sign[1] if sign else "", text[sign.end() if sign else len(text) :]


def _is_bare_name(text: str) -> bool:
    """Whether a text beside a date is a person's name; capitals are a place's ("CAPE TOWN, 3 June 2025")."""
    return not text.isupper() and is_full_name(text)


def _without_besides(text: str, words: Words) -> str:
    """The line up to who did something else ("Words: Jane Roe. Pictures: Max Doe").

    In Japanese a dot or a double stroke can stand between word and name ("文・山田太郎　写真・佐藤花子").
    """
    low = fold_in_place(text)
    if not low.isascii() or any(sign in low for sign in _BESIDE_SIGNS):
        known = find_cue(text, words)
        behind = len(known[0].text) if known else 0  # "Text and photos: Jane Roe" names both in one
        beside = words.besides.search(low, behind)
        if beside is not None:
            text = text[: beside.start()]
    if "・" not in text and "＝" not in text:
        return text
    cue = next((cue for cue in words.unspaced_cues if text.startswith(cue)), text[:1])
    joined = text[len(cue) : len(cue) + 1] in ("・", "＝") and cue in words.cues
    return f"{cue}：{text[len(cue) + 1 :]}" if joined else text


def parted_at_cues(line: str) -> list[str]:
    """A line cut before each word with a colon that stands before names, or tells who did something else."""
    if ":" not in line and line.isascii():
        return [line.strip()]
    words = load_words()
    parts, start = [], 0
    for found in _LABEL.finditer(line):
        low = fold(found[1])
        if low in words.unspaced_cues or _is_label(low, words) or words.besides.match(f" {low}:"):
            parts.append(line[start : found.start(1)].strip())
            start = found.start(1)
    return [*parts, line[start:].strip()]


def _is_label(low: str, words: Words) -> bool:
    return any(
        cue.text == low and cue.kind in ("author", "label") for cue in words.cues.get(head_word(low), ())
    )


def says_author(line: str) -> bool:
    """Whether a line begins with words that only bylines use, and goes on."""
    cue = find_cue(line, load_words())
    return cue is not None and cue[0].kind == "author" and not names_editor(line)


def names_editor(line: str) -> bool:
    """Whether a byline begins with a word for who edited the article."""
    return line.lstrip("（(【[ ").startswith(load_words().editors)


def _is_side_note(segment: str, words: Words) -> bool:
    """A part of a byline that is not about names: a date, a reading time, a prompt, lone accents."""
    tokens = fold(segment).split()
    if not tokens:
        return True
    if len(tokens) <= 12 and read_dateline(segment) is not None:
        return True
    return len(tokens) <= 5 and (
        tokens[0] in words.prompts or all(t.replace(":", "").isdigit() or t in words.filler for t in tokens)
    )


def _fits_beside(segment: str, words: Words) -> bool:
    """Whether a further part can stand beside the names: a role, a desk, a short proper name."""
    tokens = segment.split()
    return len(tokens) <= 6 and (
        is_role(segment, words) or is_desk(segment, words) or tokens[0][:1].isupper()
    )


def _without_date(segment: str) -> str:
    """`segment` up to a date that follows the names ("By Jane Roe, 4 February 2022")."""
    if not has_digit(segment):
        return segment
    for m in _DATE_TAIL.finditer(segment):
        if read_dateline(segment[m.end() :]) is not None:
            return segment[: m.start()]
    return segment


def _with_cue(segment: str, words: Words) -> tuple[str, ...] | None:
    found = find_cue(segment, words)
    if found is None:
        return _cue_after(segment, words)
    cue, rest = found
    if cue.kind == "listing":
        return None
    if cue.kind == "via":
        return _organisation(rest, words)
    mark = segment[len(cue.text) : len(segment) - len(rest)].strip(" .")
    if (cue.kind == "label" and mark not in (":", "：", "|", "-")) or (
        has_cjk(cue.text) and not mark and not has_cjk(rest)
    ):
        return None
    return _check(rest, words, sure=cue.kind in ("author", "label") or mark in (":", "："))


def _check(rest: str, words: Words, sure: bool) -> tuple[str, ...] | None:
    """The names of `rest` if they look like names; how like depends on the cue before them."""
    if rest.endswith(_SENTENCE_END) and not rest[:-1].endswith((" Jr", " Sr")):
        rest = rest[:-1]
    names = read_names(rest)
    if has_cjk(rest):
        names = _cjk_names(names)
    if not names or len(names) > 12:
        return None
    # A single word beside full names is a place or an agency ("Von Erika Beispiel, Hamburg").
    full = tuple(name for name in names if " " in name) if not has_cjk(rest) else ()
    names = tuple(name for name in full if not name[:1].islower()) or full or names
    people = tuple(name for name in names if not is_desk(name, words))
    if any(is_person(name.split(), words) for name in people):
        names = people  # as with single words: whom they write for
    if all(_is_name(name, words, sure) for name in names):
        return names
    return None


def _cjk_names(names: tuple[str, ...]) -> tuple[str, ...]:
    words = load_words()
    return tuple(part for name in names for part in parted_names(name, words))


def _is_name(name: str, words: Words, sure: bool) -> bool:
    tokens = name.split()
    if is_person(tokens, words) or is_desk(name, words):
        return tokens[0][:1].isupper() or not name.isascii()
    if has_cjk(name):
        return sure and is_cjk_name(name)
    if not sure or len(tokens) > 4 or ":" in name:
        return False
    caseless = name[:1].isalpha() and name[:1].upper() == name[:1].lower()
    if caseless:
        return len(tokens) <= 5 and not any(fold(t) in words.not_names for t in tokens)
    first = fold(tokens[0])
    return all(t[:1].isupper() or t in PARTICLES for t in tokens) and first not in words.not_names


def _organisation(rest: str, words: Words) -> tuple[str, ...] | None:
    """An agency after "via": an acronym or a word such as "wire", in a few words."""
    name = rest.strip(" .:")
    tokens = name.split()
    if not 1 <= len(tokens) <= 5 or any(c.isdigit() for c in name) or not tokens[0][:1].isupper():
        return None
    if any(fold(t) in words.not_names for t in tokens):
        return None
    return (name,) if is_desk(name, words) or _ACRONYM.search(name) else None


def _cue_after(segment: str, words: Words) -> tuple[str, ...] | None:
    """ "홍길동 기자", "山田太郎記者", "서울=홍길동 특파원": the cue follows the name."""
    if not has_cjk(segment) or len(segment) > 60:
        return None
    line = segment.rstrip(" =")
    local = without_report(line, words)
    if behind := run_together(local, words):
        return tuple(behind.split())
    head = without_after_cue(local, words) or (local if local != line else None)
    if head is None:
        return None
    for sign in "=])":
        head = head.rpartition(sign)[2]
    head = strip_cue(head.strip("[](){}【】（） "), words)
    cue = next((cue for cue in words.unspaced_cues if head.startswith(cue)), "")
    names = _cjk_names(read_names(head[len(cue) :]))
    if names and all(is_cjk_name(name) and not is_role(name, words) for name in names):
        return names
    return None


def _with_role(segment: str, beside: list[str], words: Words) -> tuple[str, ...] | None:
    """ "Jane Roe, Political Correspondent" or "Jane Roe | Political Correspondent"."""
    head, comma, role = segment.partition(",")
    if not comma:
        role = next((s for s in beside if is_role(s, words)), "")
    role = role.strip()
    if not role or len(role.split()) > 7 or role.endswith(_SENTENCE_END) or not is_role(role, words):
        return None
    if any(fold(t) in words.joiners for t in head.split()):
        names = read_names(head)
        return names if all(is_person(name.split(), words) for name in names) else None
    return (head,) if is_person(head.split(), words) else None


def is_cue(line: str) -> bool:
    """Whether a line is nothing but the words before names ("By", "Written by:"), names to follow."""
    line = line.strip(" :：")
    if len(line) > _LONGEST_CUE and line.isascii():
        return False
    low = fold(line).strip(" :：")
    words = load_words()
    return 0 < len(low) <= _LONGEST_CUE and any(
        cue.text == low and cue.kind in ("author", "by") for cue in words.cues.get(head_word(low), ())
    )
