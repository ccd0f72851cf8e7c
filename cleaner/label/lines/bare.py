"""Lines that are full names and nothing else, which are bylines only where a date or role stands beside them.

In comes a line, out go the names it is made of. Agencies that a writer works with may stand behind
the names, and who took the pictures is left out.
"""

from __future__ import annotations

import re
from itertools import chain

from cleaner.label.lines.beside import without_others
from cleaner.label.lines.letters import fold
from cleaner.label.lines.names import clean
from cleaner.label.lines.people import PARTICLES, is_desk, is_full_name, is_role
from cleaner.label.lines.words import Words, load_words

LONGEST_ROLE = 60
"""Characters of a line that tells a writer's role; longer ones are sentences about somebody."""
_LONGEST = 100
_MOST_NAMES = 4
_BRACKET = re.compile(r"\s?\(([^()]{2,20})\)")
_SIGN = re.compile(r"\s?[,/&|]\s?")
"""What parts two names, or a name and an agency."""
_LETTERS = re.compile(r"[^\W\d_a-z]{2,5}")
"""An agency's letters."""


def bare_names(line: str) -> tuple[str, ...]:
    """The full names that make a line ("Jane Roe and Max Doe", "Jane Roe/AFP"); () for any other line."""
    if len(line) > _LONGEST or not line[:1].isupper() or " " not in line:
        return ()
    second = line.split(" ", 2)[1]
    if not (second[:1].isupper() or second in PARTICLES or second[1:2] in ("'", "’")):
        return ()
    words = load_words()
    kept = _BRACKET.sub(r", \1", without_others(line, words))
    parts = [*chain.from_iterable(_joined(part, words) for part in _SIGN.split(kept))]
    names = tuple(part for place, part in enumerate(parts) if not (place and _is_agency(part, words)))
    if 0 < len(names) <= _MOST_NAMES and all(map(is_full_name, names)):
        return names
    return (line,) if is_full_name(line) else ()


def _joined(part: str, words: Words) -> list[str]:
    """What stands on either side of each "and" in a part."""
    sides: list[list[str]] = [[]]
    for token in part.split():
        if fold(token) in words.joiners:
            sides.append([])
        else:
            sides[-1].append(token)
    return [" ".join(side) for side in sides]


def _is_agency(part: str, words: Words) -> bool:
    """Whether a part behind a name is whom it writes for, or says that it did the text."""
    low = fold(part)
    labels = words.cues.get(low, ())
    return (
        low in words.agencies
        or is_desk(part, words)
        or (_LETTERS.fullmatch(part) is not None and part.isupper())
        or any(cue.text == low and cue.kind == "label" for cue in labels)
    )


def goes_with_name(line: str) -> bool:
    """Whether a line below a name is its bearer's role, handle or e-mail address, and nothing else."""
    return len(line) <= LONGEST_ROLE and (is_role(line, load_words()) or not clean(line))
