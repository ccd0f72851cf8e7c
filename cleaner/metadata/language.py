"""The language of an article: what the markup says, checked against the body.

In come the markup's statements and the body, out goes a primary subtag ("en") and who said
so. A script or the commonest words confirm the markup almost always, at the cost of a few
set look-ups; a language identifier (py3langid, BSD, 97 languages) is loaded only for a page
whose markup says nothing, or whose body does not look like what it says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from cleaner.metadata.candidates import Candidate
from cleaner.metadata.letters import letters_in, signs_between, words_of
from cleaner.stopwords import stopwords

SAMPLE: Final = 1500
"""Characters of the body that are looked at; more changes nothing."""
OPENING: Final = 500
"""Characters of it that nearly always confirm the markup, so that the rest need not be looked at."""
LEAST: Final = 80
"""Characters below which a body tells no language."""
CONFIRMS: Final = 0.12
"""Share of a language's commonest words that confirms it; prose has .2 to .5, other languages below .1."""

LEADS: Final = 0.2
"""Share of commonest words at which a body without markup needs no identifier."""

_ALIASES: Final = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "gr": "el", "cz": "cs", "jp": "ja",
    "kr": "ko", "cn": "zh", "ua": "uk", "dk": "da", "se": "sv",
}  # fmt: skip
"""Macrolanguage, withdrawn codes, and country codes that pages write where a language belongs."""
_NAMES: Final = {
    "english": "en", "deutsch": "de", "german": "de", "français": "fr", "french": "fr", "español": "es",
    "spanish": "es", "italiano": "it", "japanese": "ja", "korean": "ko",
}  # fmt: skip
_RELATIVES: Final = {
    "sv": ("da", "no"), "da": ("sv",), "no": ("sv",), "ru": ("uk",), "uk": ("ru",), "es": ("pt", "it"),
    "pt": ("es",), "it": ("es",), "de": ("nl",), "nl": ("de",),
}  # fmt: skip
"""Languages that are stated one for another and have many words in common."""
_NEARER: Final = 1.5
"""How many times the share of a stated language's words a relative's must be to deny it."""
_SCRIPTS: Final = (
    ("\u3040\u30ff", frozenset(("ja",))),
    ("\uac00\ud7a3", frozenset(("ko",))),
    ("\u3400\u9fff", frozenset(("zh", "ja", "yue"))),
    ("\u0370\u03ff\u1f00\u1fff", frozenset(("el",))),
    ("\u0e00\u0e7f", frozenset(("th",))),
    ("\u0590\u05ff", frozenset(("he", "yi"))),
    ("\u0900\u097f", frozenset(("hi", "mr", "ne"))),
    ("\u0980\u09ff", frozenset(("bn", "as"))),
)
"""Scripts, by their first and last signs, that leave one language, or say at least which ones it can be."""
_SCRIPT: Final = "\u0370\u03ff\u0590\u05ff\u0900\u09ff\u0e00\u0e7f\u1f00\u1fff\u3040\u9fff\uac00\ud7a3"
"""Any of these scripts' letters; most pages have none and need not be asked for each."""
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    """The languages that each of the commonest words belongs to."""
    codes: dict[str, tuple[str, ...]] = {}
    for code, words in stopwords().items():
        for word in words:
            codes[word] = (*codes.get(word, ()), code)
    return codes


@lru_cache(maxsize=1 << 8)  # there are few tags, and each page states its own three or four times
def primary(tag: str) -> str | None:
    """The primary subtag of a language tag or locale ("en" of en_GB); None if it is none."""
    tag = tag.strip().split(",")[0].strip().lower()
    m = _TAG.match(tag)
    code = m.group() if m else _NAMES.get(tag)
    return _ALIASES.get(code, code) if code not in (None, "und", "mul", "zxx") else None


def choose_language(candidates: Sequence[Candidate], body: str) -> tuple[str, str] | None:
    """Language and source; None when neither markup nor body tells it."""
    stated = [(code, c.source) for c in candidates if (code := primary(c.value))]
    sample = body[:SAMPLE]
    if len(sample) < LEAST and not _by_script(sample):
        return stated[0] if stated else None
    script = _by_script(sample)
    if script is not None:
        fitting = next(((code, source) for code, source in stated if code in script), None)
        code = _only(script) if fitting is None else None
        return fitting or ((code, "body:script") if code else _identified(sample, (), ()))
    opening = words_of(sample[:OPENING].lower())
    for code, source in stated:
        if _is_confirmed(opening, code):
            return code, source
    tokens = words_of(sample.lower())
    for code, source in stated:
        if _is_confirmed(tokens, code):
            return code, source
    return _identified(sample, tokens, stated)


def _by_script(sample: str) -> frozenset[str] | None:
    """Languages the script allows, if it is one of few languages' own; None if it says nothing."""
    if sample.isascii() or not signs_between(sample, _SCRIPT):
        return None
    letters = letters_in(sample)
    for edges, codes in _SCRIPTS:
        if signs_between(sample, edges) > (0.05 if "ja" in codes and len(codes) == 1 else 0.3) * letters:
            return codes
    return None


def _only(codes: frozenset[str]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else ("zh" if "zh" in codes else None)


def _is_confirmed(tokens: Sequence[str], code: str) -> bool:
    """Whether the commonest words are a language's, and not more of them a relative's that shares many."""
    share = _share(tokens, code)
    relatives = _RELATIVES.get(code, ())
    return share >= CONFIRMS and not any(_share(tokens, other) > _NEARER * share for other in relatives)


def _share(tokens: Sequence[str], code: str) -> float:
    """Share of the tokens that are the language's commonest words; 0 for languages without a table."""
    words = stopwords().get(code)
    return len(list(filter(words.__contains__, tokens))) / len(tokens) if words and tokens else 0.0


def _identified(
    sample: str, tokens: Sequence[str], stated: Sequence[tuple[str, str]]
) -> tuple[str, str] | None:
    """What the identifier says, unless the markup can be right as well.

    Its word beats the markup's where the commonest words agree with it, or where they deny
    what the markup says; a language without a table keeps the benefit of the doubt.
    """
    counts = Counter(chain.from_iterable(filter(None, map(_speakers().get, tokens))))
    denied = False
    if stated:
        code, source = stated[0]
        denied = code in stopwords() and len(tokens) >= 30 and counts[code] / len(tokens) < CONFIRMS / 2
        if not denied and not any(count / len(tokens) >= CONFIRMS for count in counts.values()):
            return code, source  # the identifier could be sure of nothing else
    found = _by_words(counts, tokens) or identify(sample)
    if stated:
        sure = found is not None and _share(tokens, found) >= CONFIRMS
        if found is None or found == code or not (sure or denied):
            return code, source
    return (found, "body:identified") if found else None


def _by_words(counts: Counter[str], tokens: Sequence[str]) -> str | None:
    """The language whose commonest words clearly lead; None where relatives (Danish, Norwegian) compete."""
    (code, best), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return code if best and best >= LEADS * len(tokens) and best >= 1.5 * second else None


def identify(text: str) -> str | None:
    """The likeliest of 97 languages for a text, by py3langid; None when it sees no language in it.

    None, too, where the library has no room to unpack its tables, for which it needs a temporary file.
    """
    import py3langid  # type: ignore[import-untyped]

    try:
        code, _ = py3langid.classify(text)
    except OSError:
        return None
    return primary(str(code))
