"""What stands in an author field beside the people: roles, newsrooms, places, who took the pictures.

In comes a cleaned field or one name of it, out goes what is left without the others, or whether it is
one of them. Behind a person's full name more can be told than where nobody has been named.
"""

from __future__ import annotations

import re

from cleaner.label.lines.letters import fold, has_cjk, has_digit
from cleaner.label.lines.people import is_desk, is_person, is_role
from cleaner.label.lines.words import Words, load_words

_PLACE_SIGNS = frozenset("-–—/|")
"""Signs behind which a single word is the writer's town or site."""
_BRACKETED = re.compile(r"\s?[(（\[【]([^()（）\[\]【】]{1,30})[)）\]】]")
_PARTS = re.compile(r"[,;/|、・，／]")
"""What parts the name before a bracket from other names."""
_MOST_WORDS = 4
"""Words of a full name in a script without capitals."""


def without_others(value: str, words: Words) -> str:
    """A field without the names that a word in brackets says took the pictures ("... und Max Doe (Foto)")."""
    kept: list[str] = []
    at = 0
    for found in _BRACKETED.finditer(value) if "(" in value or "（" in value else ():
        if fold(found[1]).strip(" :.") in words.beside:
            kept.append(_without_last(value[at : found.start()], words))
            at = found.end()
    return "".join((*kept, value[at:]))


def _without_last(names: str, words: Words) -> str:
    """Names without the last of them, and the sign or "and" before it."""
    sign = max((found.start() for found in _PARTS.finditer(names)), default=-1)
    at = len(names)
    for token in reversed(names[sign + 1 :].split(" ")):
        at -= len(token) + 1
        if token == "&" or fold(token) in words.joiners:
            return names[: max(at, 0)]
    return names[: max(sign, 0)]


def is_beside(name: str, sign: str, words: Words) -> bool:
    """Whether what stands behind a person and a sign is no second one: a role, place, lone cue."""
    if is_role(name, words) or is_any_desk(name, words):
        return True
    if fold(name) in words.agencies:
        return False
    if all(token in words.published or token in words.modified for token in fold(name).split()):
        return True
    return sign.strip() in _PLACE_SIGNS and " " not in name and not has_cjk(name)


def tells_pictures(role: str) -> bool:
    """Whether a role is that of somebody who took the pictures ("Fotograf", "Chief Photographer")."""
    return not load_words().beside.isdisjoint(fold(role).split())


def is_any_desk(name: str, words: Words) -> bool:
    """Whether a name is but a word for newsrooms or agencies ("Agencias", "wires"), not saying whose."""
    low = fold(name)
    return low in words.desks or (name[:1].islower() and low not in words.agencies and is_desk(name, words))


def is_whole_name(name: str, words: Words) -> bool:
    """Whether a name is a person's full one, in any script that parts words."""
    tokens = name.split()
    if is_person(tokens, words):
        return not is_desk(name, words)
    caseless = name[:1].isalpha() and name[:1].upper() == name[:1].lower() and not has_cjk(name)
    return caseless and 2 <= len(tokens) <= _MOST_WORDS and not has_digit(name)
