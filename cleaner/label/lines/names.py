"""Names out of an author string: one per person or organisation, nothing else.

In comes what a page puts where authors belong ("By Jane Roe, Political Editor and Max
Mustermann (AP)"), out go the names. Two readings share the steps: a strict one for lines of
text, where everything must look like a name or the line is no byline, and a lenient one for
markup, where the field says that it holds an author and only pollution must go.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from cleaner.label.lines.beside import is_any_desk, is_beside, is_whole_name, without_others
from cleaner.label.lines.dates import find_dates
from cleaner.label.lines.eastern import without_report
from cleaner.label.lines.letters import fold, has_digit, head_word
from cleaner.label.lines.people import PARTICLES, TRIM, is_desk, is_person, is_role
from cleaner.label.lines.trimming import CREDENTIALS, trim, without_tail
from cleaner.label.lines.words import Cue, Words, fold_in_place, load_words

_GENERATIONS = frozenset("jr jr. sr sr. ii iii iv".split())
_MARKUP = re.compile(r"<[^<>]*>")
_CONTACT = re.compile(
    # Each run of characters is read once: only from where it begins, and never again in parts.
    r"(?:(?<!\w)mailto:|(?<![\w.+-]))[\w.+-]++@[\w-]+(?:\.[\w-]+)+|https?://\S+|\bwww\.\S+|(?<![\w@])@\w+"
    r"|(?<![\w-])[\w-]++\.(?:com|org|net)/\S+",
    re.I,
)
_MAY_LINK = re.compile(r"[:mgtMGT]/|[wW]{3}\.")
"""Part of each address with a stroke, which a date or "Jane Roe/AFP" has as well."""
_BRACKETED = re.compile(r"[(\[（【<][^()\[\]（）【】<>]{0,80}[)\]）】>]")
_HARD_SPLIT = re.compile(r"( ?[;|•·⋅、，،／] ?| [/–—-] |(?<=[\u3400-\u9fff])/(?=[\u3400-\u9fff]))")
"""What parts names in a cleaned field, whose spaces are single ones; most have none of these signs."""
_MAY_PART = re.compile(r"[;|•·⋅、，،／/–—-]")
_COMMA = re.compile(r"\s*,\s*")
_NEVER_BY = frozenset(("de", "da"))
"""Particles that begin surnames far more often than they stand before a name in a field."""
_ARABIC_AND = "و"
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.[ -]?){0,2}[^\W\d_a-z]\.?")
_ARTICLES = frozenset("el al la le".split())
"""Particles that the names of newspapers begin with as well."""
_LONGEST_NAME = 6
"""Words of one person's name, with an "and" in it as well ("Maria da Costa e Lima")."""
_UNSEEN = ("\u00ad", "\u200b", "\ufeff")
"""Soft hyphens, zero-width spaces and byte-order marks, which no reader sees."""
_LONGEST_CUE_WORD = 40
"""Characters in which the first word of a cue ends."""
_TIME = re.compile(r"(?<!\d)\d\d?[:.]\d\d(?:\s?[ap]m\b|\s?uhr\b|\s?h\b)?", re.I)
_LONGEST = 300
"""Characters of an author field in which dates are looked for."""
_LONGEST_FIELD = 4000
"""Characters of an author field that are read at all; thirty authors with their titles fit."""
_GLUED_BY = re.compile(r"\b(B[yY])(?=[A-Z][a-z])")
"""A "By" that the page sets in an element of its own, without a space ("ByJane Roe")."""


def clean(value: str) -> str:
    """`value` without markup, entities, e-mail addresses, links, handles, and double spaces."""
    if "<" in value:
        value = _MARKUP.sub(" ", value)
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "@" in value or "www" in value or ("/" in value and _MAY_LINK.search(value)):
        value = _CONTACT.sub(" ", value)
    if value.startswith(("By", "BY")):
        value = _GLUED_BY.sub(r"\1 ", value, count=1)
    if not value.isascii():
        for unseen in _UNSEEN:
            value = value.replace(unseen, "")
    return " ".join(value.split())


def clean_list(value: str) -> list[str]:
    """Values parted by commas, each cleaned; all in one go where there is nothing that needs care."""
    if any(sign in value for sign in ("<", "&", "@", "/", "www")):
        return [clean(part) for part in value.split(",")]
    return [part.strip() for part in clean(value).split(",")]


def read_names(value: str) -> tuple[str, ...]:
    """The names in an author field of markup, cleaned; () when it names nobody."""
    words = load_words()
    value = clean(_lines(value[:_LONGEST_FIELD]))
    value = _without_cue(without_report(_without_dates(value), words), words)
    named = without_others(value, words)
    return _read_parts(named, words) or (_read_parts(value, words) if named != value else ())


def _read_parts(value: str, words: Words) -> tuple[str, ...]:
    """The names in the parts of a cleaned field; behind a person's, roles, newsrooms and places are none."""
    parts = _HARD_SPLIT.split(value) if _MAY_PART.search(value) else [value]
    names: list[str] = []
    person = False
    for sign, part in zip(("", *parts[1::2]), parts[::2], strict=True):
        read = _lenient(part, words)
        names += [name for name in read if not (person and is_beside(name, sign, words))]
        person = person or any(is_whole_name(name, words) for name in read)
    return _distinct(name for name in names if fold(name) not in words.nobody and len(name) > 1)


def _without_dates(value: str) -> str:
    """`value` with dates and times of day made separators ("Jane Roe, 4 February 2022")."""
    if not has_digit(value):
        return value
    for found in reversed(find_dates(value[:_LONGEST])):
        value = f"{value[: found.start]};{value[found.end :]}"
    return _TIME.sub(";", value)


def _lines(value: str) -> str:
    """Line breaks in an author field part names; keep them apart from plain spaces."""
    if value.isprintable():  # as most are; no line break is
        return value.strip()
    return ";".join(line for line in (part.strip() for part in value.splitlines()) if line)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(fold(name), name)
    return tuple(kept.values())


def strip_cue(text: str, words: Words) -> str:
    """`text` without leading "By", "Written by", "Autor:"; twice, for "Author: By Jane Roe"."""
    for _ in range(2):
        found = find_cue(text, words)
        if found is None or (found[0].kind == "label" and not _has_colon(text, found)):
            break
        text = found[1]
    return text


def _without_cue(text: str, words: Words) -> str:
    """`strip_cue` for a field, whose value is a name: "Von Jana Roe" begins with "by", "Di Roe" does not."""
    found = find_cue(text, words)
    if found is None or found[0].text not in PARTICLES or _has_colon(text, found):
        return strip_cue(text, words)
    if found[0].text in _NEVER_BY or _is_inverted(_COMMA.split(text)):
        return text
    first = _COMMA.split(found[1], maxsplit=1)[0].split()
    solid = [token for token in first if fold(token) not in PARTICLES]
    return strip_cue(text, words) if len(solid) > 1 else text


def _has_colon(text: str, found: tuple[Cue, str]) -> bool:
    """Whether a sign parts a cue from what follows: "Redaktion: Jane Roe", but not "Redaktion Example"."""
    cue, rest = found
    return bool(text[len(cue.text) : len(text) - len(rest)].strip(" .\u00a0"))


def find_cue(text: str, words: Words) -> tuple[Cue, str] | None:
    """The cue that `text` begins with and what follows it; None if there is no cue or nothing follows."""
    cues = words.cues.get(head_word(fold(text[:_LONGEST_CUE_WORD])))
    if cues is None:
        return None
    low = fold_in_place(text)
    for cue in cues:
        at = len(cue.text)
        if not low.startswith(cue.text) or len(low) <= at or low[at] not in " .:：=/／-–\u00a0":
            continue
        rest = text[at:].lstrip(" .:：=/／-–\u00a0")
        if rest:
            return cue, rest
    return None


def _lenient(part: str, words: Words) -> list[str]:
    if "(" in part or "[" in part or "（" in part or "【" in part:
        part = _BRACKETED.sub(" ", part)
    part = _without_cue(part.strip(TRIM), words)
    pieces = [p for p in (_COMMA.split(part) if "," in part else (part,)) if p]
    if len(pieces) > 1 and (turned := _turned(part, pieces, words)):
        return turned
    names: list[str] = []
    for index, piece in enumerate(pieces):
        if fold(piece).rstrip(".") in CREDENTIALS or (index and _is_cue_alone(piece, words)):
            continue
        if names and fold(piece) in _GENERATIONS:
            names[-1] = f"{names[-1]} {piece}"
        elif index == 0:
            names.extend(_split_joined(piece, words))
        elif not is_role(piece, words):
            joined = _split_joined(piece, words)
            # Behind a person, newsrooms are whom they write for.
            named = is_person(pieces[0].split(), words)
            names.extend(name for name in joined if not (named and is_desk(name, words)))
        elif names:
            # What follows a role describes its bearer ("CEO of X, Y Division").
            continue
    names = [name for name in (trim(name, words) for name in names) if name and not name.isdigit()]
    return names[:1] + [name for name in names[1:] if not is_any_desk(name, words)]


def _is_cue_alone(piece: str, words: Words) -> bool:
    """Whether a piece is but a word that stands before names (", oprac.")."""
    low = fold(piece).strip(" .:")
    return any(cue.text == low for cue in words.cues.get(head_word(low), ()))


def _turned(part: str, pieces: list[str], words: Words) -> list[str]:
    """Names of "Roe, Jane" and "Roe, Jane and Doe, Max" as they are called; [] for other pieces."""
    people = [pieces] if len(pieces) == 2 else [_COMMA.split(side) for side in _sides(part, words)]
    turned = all(map(_is_inverted, people)) and not any(is_desk(p, words) for pair in people for p in pair)
    return [f"{_dotted(given)} {surname}" for surname, given in people] if turned else []


def _dotted(given: str) -> str:
    """Initials with the dot behind the last, which is lost at the end of a field."""
    return f"{given}." if _INITIALS.fullmatch(given) and given[-1] != "." else given


def _sides(part: str, words: Words) -> list[str]:
    """What stands on either side of each "and"."""
    sides: list[list[str]] = [[]]
    for token in part.split():
        if token == "&" or fold(token) in words.joiners:
            sides.append([])
        else:
            sides[-1].append(token)
    return [" ".join(side) for side in sides]


def _is_inverted(pieces: list[str]) -> bool:
    """Whether two pieces are "Surname, Given name": one word each, but for particles and initials."""
    if len(pieces) != 2:
        return False
    surname, given = pieces[0].split(), pieces[1].split()
    while len(surname) > 1 and _is_particle(surname[0]):
        del surname[0]
    initials = _INITIALS.fullmatch(pieces[1]) is not None
    if len(surname) != 1 or not (len(given) == 1 or initials):
        return False
    return all(
        len(w) > 1 and w[0].isupper() and w.replace("-", "").replace("'", "").isalpha()
        for w in (surname if initials else surname + given)
    )


def _is_particle(token: str) -> bool:
    """Whether a token can stand before a surname; capitals are an article's as well ("El País, Madrid")."""
    return token in PARTICLES or (token.lower() in PARTICLES and token.lower() not in _ARTICLES)


def _split_joined(piece: str, words: Words) -> list[str]:
    """ "A and B" as two names, unless the "and" stands inside one ("Food and Drink Team")."""
    tokens = _parted_tokens(piece, words)
    cuts = [i for i, token in enumerate(tokens) if token == "&" or fold(token) in words.joiners]
    if not cuts:
        return [piece]
    edges = [-1, *cuts, len(tokens)]
    groups = [tokens[edges[i] + 1 : edges[i + 1]] for i in range(len(edges) - 1)]
    groups = [without_tail(group, words) for group in groups if group]
    if not groups:
        return []
    if (
        tokens[cuts[0]] in ("y", "e", "i")
        and len(cuts) == 1
        and len(tokens) <= _LONGEST_NAME
        and min(map(len, groups)) == 1
        and not _is_acronym(groups[-1], piece)
        and not _is_desk(groups[-1], words)
    ):
        return [piece]  # "José Ortega y Gasset" is one man.
    groups = [_without_article(group, words) for group in groups]
    if _is_person(groups[0], words) and all(_is_person(g, words) or _is_desk(g, words) for g in groups):
        return [" ".join(group) for group in groups]  # "Jane Roe and the Valley Press"
    if cuts[0] and not all(_may_be_person(group, words) for group in groups):
        return [piece]
    if max(map(len, groups)) == 1 and len(groups) > 1:
        return [piece]
    return [" ".join(group) for group in groups]


def _parted_tokens(piece: str, words: Words) -> list[str]:
    """The words of a piece; the Arabic "and", which runs into the next word, alone between two full names."""
    tokens = piece.split()
    if _ARABIC_AND not in piece:
        return tokens
    parted = tokens[:2]
    for place, token in enumerate(tokens[2:], start=2):
        bare = fold(token)
        if (
            place + 1 < len(tokens)
            and bare[:1] == _ARABIC_AND
            and len(bare) > 3
            and bare not in words.and_names
        ):
            parted += [_ARABIC_AND, token[1:]]
        else:
            parted.append(token)
    return parted


def _may_be_person(tokens: list[str], words: Words) -> bool:
    return len(tokens) <= _LONGEST_NAME and not any(fold(token) in words.desks for token in tokens)


def _is_acronym(group: list[str], piece: str) -> bool:
    """Whether what stands behind an "and" is an agency's letters ("Jane Roe y EFE")."""
    return group[0].isupper() and len(group[0]) > 1 and not piece.isupper()


def _is_person(tokens: list[str], words: Words) -> bool:
    return is_person(tokens, words) and not _is_desk(tokens, words)


def _is_desk(tokens: list[str], words: Words) -> bool:
    return is_desk(" ".join(tokens), words)


def _without_article(tokens: list[str], words: Words) -> list[str]:
    """An organisation's name without the "the" before it."""
    has_article = len(tokens) > 1 and tokens[0].islower() and fold(tokens[0]) in words.not_names
    return tokens[1:] if has_article and _is_desk(tokens, words) else tokens
