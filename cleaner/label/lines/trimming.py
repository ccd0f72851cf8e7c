"""One name without what trails or leads it: roles, degrees, cues, places, counts of comments.

In comes a single name as a field or a byline has it ("Jane Roe, PhD", "編集委員・山田太郎", "Jane Roe in
Berlin"), out goes the name. Words are taken off an end only while a whole name is left.
"""

from __future__ import annotations

import re

from cleaner.label.lines.letters import fold, has_cjk
from cleaner.label.lines.people import PARTICLES, TRIM, is_cjk_name, is_desk, is_person, is_role
from cleaner.label.lines.words import Words, fold_in_place

CREDENTIALS = frozenset(
    "phd ph.d md m.d mba jd j.d rd rn msc bsc ma ba cfa cfp cpa esq dds dvm mph lcsw rdn cscs pharmd edd llm"
    " obe mbe cbe do np pa-c ms bs".split()
)
_HONORIFICS = frozenset("mr mrs ms".split())
_WIRE_TAIL = re.compile(r"(?<=[^\W\d_]{2})/[A-Z][A-Z-]{1,5}$")
"""The agency's letters behind its writer ("Jane Roe/AFP")."""


def trim(name: str, words: Words) -> str:
    """A single name without what trails it: a role after the name, a place, a prompt."""
    name = name.strip(TRIM)
    if not name:
        return ""
    name = without_after_cue(name, words) or name
    if "/" in name:
        name = _WIRE_TAIL.sub("", name)
    if has_cjk(name):
        name = _without_joined_role(name, words)
    tokens = name.split()
    if len(tokens) > 2:
        tokens = _without_titles(tokens, words)
    tokens = without_tail(_without_filler(tokens, words), words)
    name = " ".join(tokens).rstrip(":")
    return name + "." if name.endswith((" Jr", " Sr")) else name


def _without_titles(tokens: list[str], words: Words) -> list[str]:
    """The words of a longer name without titles, degrees, prompts and roles round it."""
    while len(tokens) > 2 and fold(tokens[0]).rstrip(".") in _HONORIFICS:
        del tokens[0]
    while len(tokens) > 2 and fold(tokens[-1]).rstrip(".") in CREDENTIALS:
        tokens.pop()
    tokens = _without_counter(tokens, words)
    if fold(tokens[-1]) in words.roles:  # with what it is about, else half of it stays
        while len(tokens) > 2 and _is_of_role(fold(tokens[-1]), words):
            tokens.pop()
    return _without_leading_role(tokens, words)


def _is_of_role(word: str, words: Words) -> bool:
    return word in words.roles or word in words.beats


def _without_joined_role(name: str, words: Words) -> str:
    """A Chinese or Japanese name without the role that runs into it ("編集委員・山田太郎", "记者王小明")."""
    role = next((cue for cue in words.unspaced_cues if len(cue) > 1 and name.startswith(cue)), "")
    bare = name[len(role) :].lstrip("・：:／/ ")
    return bare if role and is_cjk_name(bare) else name


def _without_counter(tokens: list[str], words: Words) -> list[str]:
    """Tokens without the prompt that follows a name, and its count ("Jane Roe 3 Comments")."""
    end = len(tokens)
    while end > 2 and fold(tokens[end - 1]) in words.prompts:
        end -= 1
    counted = 2 < end < len(tokens) and tokens[end - 1].isdigit()
    return tokens[: end - counted]


def _without_leading_role(tokens: list[str], words: Words) -> list[str]:
    """Tokens without the role before a name ("Political Editor Jane Roe", "EXAMPLE-Redakteur Max Roe")."""
    if len(tokens) < 3:
        return tokens
    compound = "-" in tokens[0] and is_role(tokens[0].rpartition("-")[2], words)
    low = [fold(token).strip(".:") for token in tokens]
    end = next((place for place, token in enumerate(low) if token not in words.beats), 0)
    named = low[end] in words.roles and is_person(tokens[end + 1 :], words)
    return tokens[end + 1 :] if named else tokens[1:] if compound else tokens


def _without_filler(tokens: list[str], words: Words) -> list[str]:
    """Tokens without "at", "am", "on" that a date or time left behind."""
    while len(tokens) > 1 and tokens[-1].islower() and tokens[-1] in words.filler:
        tokens = tokens[:-1]
    return tokens


def without_after_cue(name: str, words: Words) -> str | None:
    """`name` without a cue that follows it ("홍길동 기자", "Jane Roe reports"); None if there is none."""
    low = fold_in_place(name)
    cue = words.after.of(low)
    if not cue:
        return None
    head = name[: -len(cue)]
    if len(head) < 2 or not (head[-1] == " " or has_cjk(cue)) or is_desk(head, words):
        return None
    return head.strip(TRIM)


def without_tail(tokens: list[str], words: Words) -> list[str]:
    """Tokens up to "in Berlin", "for The Example": a name before and capitals after."""
    for i in range(2, len(tokens) - 1):
        if tokens[i].lower() in words.tails and tokens[i] not in PARTICLES and is_person(tokens[:i], words):
            return tokens[:i]
    return tokens
