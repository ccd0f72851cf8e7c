"""The compiled search of phrases finds what plain Python, asking one phrase after another, finds."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.label.rules import find_hits
from cleaner.label.search import DROPS, EDGE, FOLDS, Alternatives, PhraseIndex, bounded, fold

LEAD = 12
"""Signs before a phrase that still opens its text, at the most."""

LINES = {"sign up": 0, "donate": 1, "приглашаем": 2, "登録": 3}
SURE = bytes([1, 0, 1, 0])
HEADS = ("sign*", "read more", "(photo", "写", "x", "донат")
ANYWHERE = (
    "sign up",
    "up*",
    "*ing",
    "登録",
    "to",
    "donate to us",
    "donate",
    "후원",
    "don't",
    "приглашаем вас",
)
REACH = np.array([400, 30, 400, 400, 400, 50, 400, 400, 400, 400], np.intc)
LONGEST_LINE, LONGEST_HEAD = 40, 60
INDEX = PhraseIndex(LINES, SURE, HEADS, ANYWHERE, REACH, LONGEST_LINE, LONGEST_HEAD)

words = st.sampled_from(
    [
        *LINES,
        *(phrase.strip("*") for phrase in (*HEADS, *ANYWHERE)),
        "İstanbul",
        "ΟΔΟΣ",
        "Up",
        "DON’T",
        "후원을",
    ]
)
signs = st.sampled_from(
    [
        *(" ", "  ", "\n", "\u00a0", "\u00ad", "\u2009", "\u200f", "\u2028", "\ufe0f"),
        *("\u0301", "\u0307", "\u3099", "\u1161", ".", "(", "* ", "3", "の", "a", "\x1f", "😀"),
    ]
)
texts = st.lists(st.one_of(words, signs, st.characters()), max_size=14).map("".join)


def _plain_fold(text: str) -> str:
    if re.search("[\u0300-\u036f\u0653-\u0655\u1161-\u11c2\u3099\u309a]", text):
        text = unicodedata.normalize("NFC", text)
    for old, new in FOLDS:
        text = text.replace(old, new)
    text = text.lower()
    for old, new in FOLDS:
        text = text.replace(old, new)
    text = re.sub(f"[{DROPS}]", "", text)
    text = re.sub("i\u0307+", "i", text)
    return re.sub("  +", " ", text).replace("\n", " ")


def _plain_bounded(phrase: str, text: str, start: int, end: int) -> bool:
    def spaced(char: str) -> bool:
        return char.isalnum() and not "\u3040" <= char <= "\u9fff"

    if start and phrase[0] != "*" and spaced(text[start - 1]) and spaced(text[start]):
        return False
    if end == len(text) or phrase[-1] == "*" or not spaced(text[end]):
        return True
    return not spaced(text[end - 1]) or "\uac00" <= text[end - 1] <= "\ud7af"


def _plain_places(text: str) -> list[tuple[int, int, int]]:
    places = []
    for number, phrase in enumerate(ANYWHERE):
        bare = phrase.strip("*")
        for start in range(len(text)):
            end = start + len(bare)
            if text.startswith(bare, start) and _plain_bounded(phrase, text, start, end):
                places.append((end, start, number))
    return [(n, start, end) for end, start, n in sorted(places) if len(text) <= REACH[n]]


def _plain_heads(text: str) -> set[tuple[str, int]]:
    edge = len(text) - len(text.lstrip(EDGE))
    places = range(min(edge, LEAD) + 1)
    return {(p.strip("*"), at) for p in HEADS for at in places if text.startswith(p.strip("*"), at)}


@given(texts)
def test_folding_is_that_of_plain_python(text: str) -> None:
    assert fold(text) == _plain_fold(text)
    assert fold(text, keep_lines=True).replace("\n", " ") == _plain_fold(text)
    assert fold(text, keep_lines=True).count("\n") == text.count("\n")


SAID = [
    text
    for path in sorted((Path(__file__).parent / "rules").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8")).values()
    for text in (*case["hits"], *case["near"])
]
"""What rules hit in all languages, and what they do not."""
SPACES = "\u00a0\u2002\u2009\u202f\u205f\u3000"


def _rules(many: list[str]) -> list[str | None]:
    return [hit and hit.rule for hit in find_hits(many)]


@given(st.sampled_from(SAID), st.data())
def test_signs_that_nobody_sees_change_no_hit(text: str, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.sampled_from(DROPS)), max_size=6))
    changed = text
    for at, sign in sorted(places, reverse=True):
        changed = changed[:at] + sign + changed[at:]
    assert _rules([changed]) == _rules([text])


def test_any_space_is_a_space_and_letters_may_be_decomposed() -> None:
    plain = _rules(SAID)
    assert _rules([unicodedata.normalize("NFD", text) for text in SAID]) == plain
    for space in SPACES:
        assert _rules([text.replace(" ", space) for text in SAID]) == plain


@given(st.lists(texts, max_size=6))
def test_places_are_those_of_plain_python(many: list[str]) -> None:
    lines, speaking = INDEX.look(many)
    found = {number: (text, set(heads), list(places)) for number, text, heads, places in speaking}
    expected_lines = []
    for number, raw in enumerate(many):
        text = _plain_fold(raw)
        bare = text.strip(EDGE)
        rule = LINES.get(bare) if len(text) <= LONGEST_LINE else None
        if rule is not None:
            expected_lines.append((number, rule, bare))
        settled = rule is not None and SURE[rule]
        heads = _plain_heads(text) if len(text) <= LONGEST_HEAD and not settled else set()
        places = _plain_places(text) if not settled else []
        assert found.get(number, (text, set(), [])) == (text, heads, places)
    assert lines == expected_lines


@given(texts, st.sampled_from(ANYWHERE))
def test_a_phrase_is_found_where_plain_python_finds_it(raw: str, phrase: str) -> None:
    text, bare = fold(raw), phrase.strip("*")
    places = [at for at in range(len(text)) if text.startswith(bare, at)]
    stands = [_plain_bounded(phrase, text, at, at + len(bare)) for at in places]
    assert [bounded(phrase, text, at, at + len(bare)) for at in places] == stands
    assert Alternatives(("unheard of", phrase)).first_in(text) == (bare if any(stands) else None)


def test_more_phrases_than_one_place_can_hold_do_no_harm() -> None:
    many = ["a" * size for size in range(1, 200)]
    index = PhraseIndex({}, b"", many, [f"{phrase}*" for phrase in many], np.full(199, 999, np.intc), 0, 999)
    _, [(number, _, heads, places)] = index.look(["a" * 200])
    assert number == 0
    assert len(heads) == len(places) == 64


def test_a_text_longer_than_any_rule_hits_is_not_asked() -> None:
    assert INDEX.look(["sign up " * 60]) == ([], [])
    assert INDEX.look([]) == ([], [])


@given(texts, st.lists(texts, max_size=3))
def test_whatever_a_sentence_would_be_hit_for_is_heard_in_a_text_of_any_length(
    said: str, before: list[str]
) -> None:
    lines, speaking = INDEX.look([said])
    whole = ". ".join([*before, "Long " * LONGEST_HEAD, said])
    assert INDEX.murmurs([whole]) == [True] or not (lines or speaking)


def test_a_text_without_phrases_is_silent() -> None:
    assert INDEX.murmurs(["The bridge is shut.", "The signal, he said: read more", ""]) == [False] * 3
    assert INDEX.murmurs(["The bridge is shut. Read more", "He said: donate.", "(Sign up!"]) == [True] * 3
