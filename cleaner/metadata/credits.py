"""Captions parted from the names of who took the picture.

In comes the text below a picture, out go what the picture shows and whose it is. Credits stand at
a caption's end, behind a word that says so ("Photo: Jane Roe"), in brackets, or as an agency's name
behind the last sentence; what only might be a credit stays with the caption.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from cleaner.label.lines.letters import fold, has_cjk
from cleaner.label.lines.words import load_words
from cleaner.metadata.creditwords import MARK, credit_words

LONGEST_CREDIT: Final = 120
"""Characters; three photographers and their agencies fit, a sentence with its date does not."""
_MOST_CREDITS: Final = 3
"""Credits of one caption, one behind the other ("Photo: Jane Roe (CC BY 2.0)")."""
_MOST_WORDS: Final = 14
"""Words of a credit, for the same reason."""
_LONGEST_UNSPACED: Final = 30
"""Characters of a credit in a script without spaces."""
_MOST_CASELESS: Final = 7
"""Words of a credit in a script without capitals, where these do not tell names from prose."""
_MOST_SMALL: Final = 4
"""One in so many words may be a small one that credits are not known to have."""
_SHARED: Final = 3
"""Words in brackets from which on a stroke parts a name from a paper's, not two places ("Rhine/Main")."""
_AGENCY_WORDS: Final = 8
"""Words of a credit that nothing but an agency's name tells."""
_INITIAL: Final = 4
"""Letters up to which a word before a full stop is an initial or an abbreviation ("J. Roe", "Inc. ")."""

_OWNERLESS: Final = frozenset(
    "privat private zvg handout archiv archiwum archivo arquivo arkiv arşiv imago dpa".split()
)
"""Small words that are credits by themselves."""
_OPENING, _CLOSING = "([（【［〔", ")]）】］〕"
_BRACKETED: Final = re.compile(r"[(\[（【［〔]([^()\[\]（）【】［］〔〕]{2,120})[)\]）】］〕]")
_EDGES: Final = " \t\u00a0|‖•·/–—-:：;,、，＝=＿_"
_TRAIL: Final = re.compile(r"\s(?:via|by|von|/|\|)$")
"""What a link behind a credit leaves of it."""
_SENTENCE_END: Final = re.compile(
    r"(?=\s)(?:(?:(?<=[^\W_]{3}[.!?…])|(?<=[»”\"\'’)!?…。！？]))\s+|\s+[|–—-]\s+)|(?<=[。！？])"
    r"|(?<=\.)(?=[A-Z])(?<=[^\W\d_A-Z]{3}\.)"
)
"""Behind what a credit without a word that says so can stand; a stop behind two letters is an initial's."""
_INNER_STOP: Final = re.compile(r"(\w+)[.!?]\s+\w|[。！？].")
_LETTERED: Final = re.compile(r"[^\W\d_]")


class Caption(NamedTuple):
    """What a picture shows and whose it is; "" for what is not said."""

    text: str
    credit: str


@lru_cache(maxsize=64)  # a caption is asked for its credit, then for itself
def split_caption(text: str) -> Caption:
    """What a picture shows and whose it is, out of the text below it."""
    text = credit_words().without_button(" ".join(text.split()))
    owners: list[str] = []
    for _ in range(_MOST_CREDITS):
        found = _part(text)
        if found is None:
            break
        text = found.text
        owners.insert(0, bare_credit(found.credit))
    return Caption(_tidy(text), ", ".join(dict.fromkeys(filter(None, owners))))


def _part(text: str) -> Caption | None:
    """A text and the last credit in it; None where it has none."""
    readings = (_bracketed, _behind_cue, _behind_mark, _behind_agency_sign, _before_cue, _agency)
    return next((found for reading in readings if (found := reading(text)) is not None), None)


def bare_credit(text: str) -> str:
    """A credit without the words and signs that say it is one."""
    words = credit_words()
    text = " ".join(text.split())
    for _ in range(3):
        inner = _BRACKETED.fullmatch(text.strip(" ."))
        text = (inner[1] if inner else text).strip(_EDGES)
        lead = words.lead(text)
        if lead is None:
            break
        text = text[lead.end() :]
    text = words.after.sub("", text) if has_cjk(text) else text
    if text.endswith(".") and len(text.rpartition(" ")[2]) > _INITIAL + 1:
        text = text[:-1]
    text = _TRAIL.sub("", text.strip(_EDGES)).strip(_EDGES)
    if text[-1:] in _CLOSING and not any(sign in text for sign in _OPENING):
        text = text[:-1]
    if text[:1] in _OPENING and not any(sign in text for sign in _CLOSING):
        text = text[1:]
    return text if _names_somebody(text) else ""


def _names_somebody(text: str) -> bool:
    """Whether there is a word in a credit that is no button's, role's or preposition's."""
    words = load_words()
    known = (
        words.prompts,
        words.filler,
        words.roles,
        words.not_names,
        words.cues.keys(),
        credit_words().inner,
    )
    tokens = [fold(token).strip("/|,.:()\"'’") for token in text.split()]
    return any(
        _LETTERED.search(token) and (token in _OWNERLESS or not any(token in group for group in known))
        for token in tokens
    )


@lru_cache(maxsize=64)
def has_cue(text: str) -> bool:
    """Whether a text has a word, sign or agency's name of credits."""
    words = credit_words()
    patterns = (MARK, words.bracketed, words.agency, words.after)
    return any(True for _ in words.cues(text)) or any(pattern.search(text) for pattern in patterns)


def is_players(text: str) -> bool:
    """Whether a text begins as those of players do ("Video: ...", "Audio 03:07 min")."""
    return credit_words().player.match(text) is not None


def says_credit(text: str) -> bool:
    """Whether a text is a credit and nothing else, and says so itself."""
    found = split_caption(text)
    return bool(found.credit) and not found.text


def is_credit(text: str) -> bool:
    """Whether a text is worded as credits are: names, agencies, few small words, no sentence."""
    text = text.strip(" .)]）】")
    tokens = text.split()
    if not tokens or len(text) > LONGEST_CREDIT or len(tokens) > _MOST_WORDS or not _LETTERED.search(text):
        return False
    if any(len(m[1] or "") > _INITIAL or m[1] is None for m in _INNER_STOP.finditer(text)):
        return False
    if sum(any(map(str.isdigit, token)) for token in tokens) * 3 > len(tokens) + 2:
        return False
    if has_cjk(text):
        return len(text) <= _LONGEST_UNSPACED and not any(sign in text for sign in "。！？")
    if all(t.lower() == t.upper() for t in tokens):
        return len(tokens) <= _MOST_CASELESS
    return _has_name_case(text, tokens)


def _has_name_case(text: str, tokens: list[str]) -> bool:
    small = _small_words(text, tokens)
    if fold(tokens[0]) in load_words().not_names and (small or len(tokens) > _MOST_SMALL):
        return False
    return small * (_MOST_SMALL if not credit_words().agency.search(text) else 2) <= len(tokens)


def _small_words(text: str, tokens: list[str]) -> int:
    """How many words begin small that credits are not known to have."""
    words = credit_words()
    known = " ".join(m.group() for m in words.agency.finditer(text)).split()
    letters = (bare for token in tokens if "@" not in token and (bare := token.strip("/|,.()\"'’")))
    return sum(
        word.islower() and word not in known and "." not in word and fold(word) not in words.inner
        for word in letters
    )


def _bracketed(text: str) -> Caption | None:
    """ "The bridge (Photo: Jane Roe)", "The bridge (Jane Roe/AP)": brackets say where a credit ends."""
    words = credit_words()
    for m in reversed(list(_BRACKETED.finditer(text))):
        inside = m[1].strip()
        behind = text[m.end() :].strip(" .")
        lead = words.lead(inside)
        plain = words.bracketed.match(text, m.start() + 1)
        if lead is None and plain is not None and is_credit(text[plain.end() : m.end() - 1]):
            return Caption(f"{text[: m.start()].rstrip()} {behind}".strip(), text[plain.end() : m.end() - 1])
        marked = lead is not None and is_credit(inside[lead.end() :])
        tail = has_cjk(inside) and words.after.search(inside) is not None and len(inside) <= _LONGEST_UNSPACED
        shared = not m.start() or ("/" in inside and len(inside.split()) >= _SHARED)
        named = not behind and (_names_agency(inside) or (shared and _is_names(inside)))
        if marked or tail or named:
            return Caption(f"{text[: m.start()].rstrip()} {behind}".strip(), inside)
    return None


def _behind_cue(text: str) -> Caption | None:
    """ "The bridge. Photo: Jane Roe"."""
    for m in credit_words().cues(text):
        if is_credit(text[m.end() :]):
            return Caption(text[: m.start()].rstrip(" (["), text[m.start() :].lstrip("([ "))
    return None


def _behind_mark(text: str) -> Caption | None:
    """ "The bridge © Jane Roe"."""
    for m in MARK.finditer(text):
        if is_credit(text[m.end() :]):
            return Caption(text[: m.start()], text[m.start() :])
    return None


def _behind_agency_sign(text: str) -> Caption | None:
    """ "橋＝共同"."""
    m = credit_words().unspaced.search(text) if has_cjk(text) else None
    return Caption(text[: m.start()], m[1]) if m else None


def _before_cue(text: str) -> Caption | None:
    """ "橋。新华社记者 王小明 摄": the cue stands at the end."""
    if not has_cjk(text):
        return None
    m = credit_words().after.search(text)
    if m is None:
        return None
    head = text[: m.start()]
    at = max(head.rfind(sign) for sign in (*"。！？＝=、", ". "))
    inside = head[at + 1 :].strip()
    if (at < 0 and len(inside) > _LONGEST_UNSPACED // 2) or not 1 < len(inside) <= _LONGEST_UNSPACED:
        return None
    return Caption(head[: at + 1].rstrip("＝"), inside)


def _agency(text: str) -> Caption | None:
    """ "The bridge on Friday. Jane Roe/AP", or an agency alone."""
    if "/" not in text and not credit_words().agency.search(text):
        return None
    ends = [0, *(m.end() for m in _SENTENCE_END.finditer(text))]
    for end in reversed(ends):
        rest = text[end:].strip(" .")
        if rest and ((_names_agency(rest) and _stands_alone(rest, end)) or ("/" in rest and _is_names(rest))):
            return Caption(text[:end].rstrip(), rest)
    return None


def _stands_alone(text: str, end: int) -> bool:
    """Whether a text with an agency is all credit: what opens a caption and has a comma shows somebody."""
    return end > 0 or "," not in text or len(text.split()) <= _MOST_SMALL


def _names_agency(text: str) -> bool:
    return credit_words().agency.search(text) is not None and _is_names(text)


def _is_names(text: str) -> bool:
    """Whether a text is names all through, with an agency's and what stands inside credits."""
    tokens = text.replace("/", " ").split()
    if not 0 < len(tokens) <= _AGENCY_WORDS or ":" in text or not is_credit(text):
        return False
    return has_cjk(text) or _small_words(text, tokens) == 0


def _tidy(text: str) -> str:
    """A caption without what parted it from its credit."""
    text = text.strip(_EDGES)
    if text[-1:] in _OPENING:
        text = text[:-1].strip(_EDGES)
    return text if _LETTERED.search(text) else ""
