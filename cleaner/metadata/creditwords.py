"""The words that captions tell credits with, in twenty languages, as patterns.

In comes a data file, out goes one record that joins its languages: a page's captions are seldom in
one alone, and agencies sign in all of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from cleaner.label.lines.letters import fold, has_cjk
from cleaner.label.lines.people import PARTICLES

_WORD_BEGINS: Final = r"(?:(?<![^\W_])|(?<=[a-z])(?=[A-Z]))"
"""A word's beginning, or a capital that is glued to the word before ("LiverpoolCredit: Jane Roe")."""
_SIGN: Final = r"\s*(?:[:：＝=|｜]|[–—-](?=\s))\s*"
MARK: Final = re.compile(r"(?:©|ⓒ|[(（][cｃ][)）]|copyright\b\s*:?)\s*(?:(?:19|20)\d\d\s+)?", re.I)


@dataclass(frozen=True, slots=True)
class CreditWords:
    """What tells credits in all languages."""

    spaced: re.Pattern[str]
    """A word before a credit, with the sign behind it, in scripts that part words by spaces."""
    joined: re.Pattern[str]
    """The same in Chinese and Japanese, which part word and name by a stroke as well."""
    after: re.Pattern[str]
    """A word behind a credit, at the end."""
    bracketed: re.Pattern[str]
    """A word before a credit in brackets, which need no sign behind it ("(foto Jane Roe)")."""
    agency: re.Pattern[str]
    unspaced: re.Pattern[str]
    """An agency behind a sign at the end ("＝共同")."""
    button: re.Pattern[str]
    """What buttons at a caption's beginning or end say."""
    longest_button: int
    player: re.Pattern[str]
    inner: frozenset[str]

    def without_button(self, text: str) -> str:
        """A text without what buttons at its beginning and end say; most texts have none there."""
        at_end = self.button.search(text, max(0, len(text) - self.longest_button))
        return self.button.sub("", text) if at_end or self.button.match(text) else text

    def cues(self, text: str) -> Iterator[re.Match[str]]:
        """Where words before a credit stand."""
        yield from self.spaced.finditer(text)
        if has_cjk(text):
            yield from self.joined.finditer(text)

    def lead(self, text: str) -> re.Match[str] | None:
        """The word before a credit that a text begins with."""
        return self.spaced.match(text) or self.joined.match(text) or MARK.match(text)


def _alternatives(entries: Iterable[str]) -> str:
    """A pattern of any of the entries, the longest first; by first letters, which is read faster."""
    groups: dict[str, list[str]] = {}
    for entry in sorted({e for e in entries if e}, key=lambda e: (-len(e), e)):
        groups.setdefault(entry[0].lower(), []).append(re.escape(entry[1:]))
    return "|".join(
        f"[{c}{c.upper()}](?:{'|'.join(rest)})" if c.isalpha() else f"{re.escape(c)}(?:{'|'.join(rest)})"
        for c, rest in groups.items()
    )


@cache
def credit_words() -> CreditWords:
    table: dict[str, Any] = tomllib.loads((files(__package__) / "credit_words.toml").read_text("utf-8"))
    languages = [value for value in table.values() if isinstance(value, dict)]

    def entries(key: str) -> list[str]:
        return [entry for language in languages for entry in language.get(key, "").split("|")]

    agencies = [name for line in table["agencies"].splitlines() for name in line.split("|")]
    unspaced = table["agencies_unspaced"].split()
    sayings = [name for line in table["buttons"].splitlines() for name in line.split("|")]
    buttons = _alternatives(sayings)
    signed, plain = _alternatives(entries("signed")), _alternatives(entries("plain"))
    joined = _alternatives(entry for entry in entries("signed") if has_cjk(entry))
    return CreditWords(
        re.compile(rf"{_WORD_BEGINS}(?i:(?:{signed}){_SIGN}|(?:{plain})\s+:?\s*)"),
        re.compile(rf"(?:{joined})(?:{_SIGN}|\s*[/／・]\s*)"),
        re.compile(rf"\s?(?:{_alternatives(entries('after'))})$"),
        re.compile(rf"(?<=[(\[（])(?i:{signed})(?:{_SIGN}|\s+)"),
        re.compile(rf"(?<![^\W_])(?:{_alternatives(agencies)})(?![^\W_])|{_alternatives(unspaced)}"),
        re.compile(rf"[＝=／/]\s*((?:{_alternatives([*agencies, *unspaced])}))$"),
        re.compile(rf"^(?:{buttons})(?![^\W_])\W*|\W*(?<![^\W_])(?:{buttons})$", re.I),
        max(map(len, sayings)),
        re.compile(rf"(?:{_alternatives(table['players'].split())})(?![^\W_])", re.I),
        frozenset(fold(w) for entry in entries("inner") for w in entry.split()) | PARTICLES,
    )
