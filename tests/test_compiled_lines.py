"""The compiled loops over the letters of lines agree with what one would write in Python, on any text."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cleaner.label.features.wordtable import WordTable
from cleaner.label.lines.letters import (
    fold,
    has_cjk,
    has_digit,
    has_year,
    head_word,
    may_be_byline,
    may_be_relative,
)
from cleaner.label.lines.words import Endings

ODD = "ßŉİıſǅςΐйёґ\u0301\u0323\u0345\u037a\u0483\u0654أإ\u064bが\u3099か한\u1112\u1161\u11abé市…—“ﬁ١２৩𝟗𐐀"
LETTERS = st.text(st.sampled_from(f"aB. :=/-\u3000：／{ODD}") | st.characters(), max_size=20)
SIGNS = ["ago", "Il y a", "By", *"jJǅÉ|,[().-•–\n前전", *4 * " "]
LINES = st.lists(st.sampled_from(SIGNS) | LETTERS, max_size=24).map("".join)
KNOWN = WordTable(dict.fromkeys(("ago", "by", "e", "前"), 1.0))
DATES = st.text(st.sampled_from("1902. /-\u00a0a٣２年"), max_size=14)


def plainly_folded(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u036f\u064b-\u0652]+", "", bare))


@given(LETTERS)
def test_folding_takes_case_and_accents_away(text: str) -> None:
    assert fold(text) == plainly_folded(text)


def test_every_letter_folds_alone_and_between_others() -> None:
    for number in range(0x11000):
        text = f"a{chr(number)}\u0301e"
        assert fold(chr(number)) == plainly_folded(chr(number))
        assert fold(text) == plainly_folded(text)
        assert fold(text.replace("\u0301", "")) == plainly_folded(text.replace("\u0301", ""))


@given(LETTERS)
def test_a_head_word_ends_at_a_space_or_sign(text: str) -> None:
    head = re.match(r"[^\s.:：=/／-]*", text)
    assert head is not None
    assert head_word(text) == head[0]


@given(LETTERS)
def test_eastern_letters_are_seen(text: str) -> None:
    eastern = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
    assert has_cjk(text) == (eastern.search(text) is not None)


@given(DATES | LETTERS, st.integers(0, 9))
def test_digits_and_years_are_seen(text: str, start: int) -> None:
    assert has_digit(text) == (re.search(r"\d", text) is not None)
    shaped = re.compile(r"(?:19|20)\d\d|\d\s?[./-]\s?\d\d?\s?[./-]\s?\d\d")
    assert has_year(text, start) == (shaped.search(text, start) is not None)


@given(LINES)
def test_few_words_one_of_which_is_known_may_be_a_time_from_now(line: str) -> None:
    words = fold(line).strip(" |•·-–—.()").split()
    tells = not KNOWN.words.keys().isdisjoint(words) or (words and words[-1].endswith(("前", "전")))
    assert may_be_relative(line, KNOWN) == bool(len(words) <= 9 and tells)


@given(LINES)
def test_a_known_first_word_or_a_second_in_capitals_beside_a_sign_may_be_a_byline(line: str) -> None:
    known = head_word(fold(line[:40]).lstrip(" |•·–—-[(")) in KNOWN.words
    glued = line.startswith(("By", "BY")) and line[2:3].isupper()
    words = line.split(" ", 2)
    capital = len(words) == 3 and words[1][:1].isupper()
    beside = any(sign in line for sign in (",", "|", " - ", "–"))
    assert may_be_byline(line, KNOWN) == (known or has_cjk(line) or glued or (capital and beside))


@given(st.sets(st.text("abc", min_size=1, max_size=6), min_size=1), st.text("abc", max_size=8))
def test_the_longest_ending_is_found(ends: set[str], text: str) -> None:
    assert Endings(ends).of(text) == max((end for end in ends if text.endswith(end)), key=len, default="")
