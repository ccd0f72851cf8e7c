"""The compiled loops over words agree with what one would write in Python, on any text."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.likeness import likest, stands_in
from cleaner.label.features.names import attr_names, first_known_word, words_of
from cleaner.label.features.spelling import odds_rows, short_words
from cleaner.label.features.vocabulary import (
    WordOdds,
    block_words,
    openings,
    vocabulary_columns,
    word_pairs,
)
from cleaner.label.features.wordtable import WordTable
from cleaner.label.recurrence import count_pieces

WORDS = [
    "share",
    "story",
    "the",
    "mayor",
    "Café",
    "İzmir",
    "市長",
    "発表",
    "слово",
    "기사를",
    "กำลัง",
    "x2",
    "2024",
    "e-mail",
]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=70).map(" ".join)
ANY = st.text(max_size=80)
ODDS = WordOdds(
    {"share": -2.0, "mayor": 1.5, "café": 0.5, "слово": -0.25, "市長": 0.75},
    {"share story": -3.0, "the mayor": 1.0, "長発": -1.0},
    {"share": -1.0, "the mayor": 2.0, "story .": -4.0},
    {"story": -1.5, "mayor": 2.5, "share": -3.5, "長発": -0.5},
)
_PAIRED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0010ffff"
)
_RUN = re.compile(rf"[{_PAIRED}]+|[^{_PAIRED}]+")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_NUMBER = re.compile(r"\w+")


def split_words(text: str, word: re.Pattern[str]) -> list[str]:
    """Words, and where they are read in pairs, pairs of characters."""
    words: list[str] = []
    for run in _RUN.findall(text.lower()):
        letters = "".join(word.findall(run))
        if not re.match(f"[{_PAIRED}]", run):
            words += word.findall(run)
        elif len(letters) == 1:
            words.append(letters)
        else:
            words += map("".join, pairwise(letters))
    return words


@given(TEXTS | ANY)
def test_words_are_runs_of_letters(text: str) -> None:
    assert short_words(text) == split_words(text, _WORD)


@given(TEXTS | ANY)
def test_odds_of_words_are_those_of_the_table(text: str) -> None:
    words = short_words(text)
    known = [ODDS.words[word] for word in words if word in ODDS.words]
    rows = odds_rows([text], WordTable(ODDS.words), 10_000)
    expected = (
        [sum(known) / len(words), min(known), max(known), len(known) / len(words)] if known else [0] * 4
    )
    assert rows[:, 0].tolist() == pytest.approx(expected, abs=1e-6)


@given(st.lists(TEXTS | ANY.filter(str.strip), min_size=1, max_size=6))
def test_columns_of_words_pairs_and_openings_are_those_of_the_tables(texts: list[str]) -> None:
    prose = np.array([100.0 * (i % 2) for i in range(len(texts))], np.float32)
    columns = vocabulary_columns(texts, prose, Vocabulary(ODDS))
    for i, words in enumerate(map(block_words, texts)):
        known = [ODDS.words[word] for word in words if word in ODDS.words]
        pairs = sorted(ODDS.pairs[pair] for pair in word_pairs(words) if pair in ODDS.pairs)
        first = [ODDS.openings[head] for head in openings(words) if head in ODDS.openings]
        assert columns["odds_mean"][i] == pytest.approx(sum(known) / len(known) if known else 0, abs=1e-6)
        assert columns["pairs_sum"][i] == pytest.approx(sum(pairs[:3]), abs=1e-6)
        assert columns["opening"][i] == pytest.approx(max(first, key=abs, default=0.0), abs=1e-6)
        told = sorted(ODDS.appeals[word] for word in words if word in ODDS.appeals)
        assert columns["appeal_mean"][i] == pytest.approx(sum(told) / max(len(words), 1), abs=1e-6)
        assert columns["appeal_low3"][i] == pytest.approx(sum(told[:3]), abs=1e-6)


@given(st.lists(TEXTS | ANY.filter(str.strip), min_size=1, max_size=6), st.integers(0, 5))
def test_mates_share_their_words_and_are_told_nothing_of(texts: list[str], mates: int) -> None:
    mates = min(mates, len(texts) - 1)
    prose = np.array([100.0 * (i % 2) for i in range(len(texts))], np.float32)
    whole = vocabulary_columns(texts, prose, Vocabulary(ODDS))
    columns = vocabulary_columns(texts, prose, Vocabulary(ODDS), mates)
    assert all(columns[name][mates:].tolist() == whole[name][mates:].tolist() for name in whole)
    assert not any(columns[name][:mates].any() for name in columns)


@given(TEXTS | ANY, TEXTS | ANY)
def test_likeness_is_dices_share_of_words(text: str, stated: str) -> None:
    sets = [frozenset(split_words(t, _WORD_OR_NUMBER)) for t in (text, stated)]
    near = len(stated) < 2.5 * len(text) and len(text) < 2.5 * len(stated)
    total = len(sets[0]) + len(sets[1])
    expected = 2 * len(sets[0] & sets[1]) / total if near and total else 0.0
    assert likest([text], [[stated]])[0, 0] == pytest.approx(expected, abs=1e-6)


@given(st.lists(TEXTS | ANY, min_size=1), st.data())
def test_a_text_stands_in_a_whole_one_whatever_the_white_space(texts: list[str], data: st.DataObject) -> None:
    whole_text = " ".join(data.draw(st.lists(st.sampled_from(texts) | ANY)))
    start = data.draw(st.integers(0, len(whole_text)))
    part = whole_text[start : start + 9]
    flat = "".join(whole_text.split())
    expected = [1.0 if "".join(text.split()) in flat else -1.0 for text in [*texts, part]]
    assert stands_in([*texts, part], whole_text).tolist() == expected


NAMES = st.lists(
    st.sampled_from(["mainNav", "ad-slot", "RSSFeed", "x", "Élan", "newsletter", "a_b"]), max_size=20
)


@given(NAMES, NAMES)
def test_names_are_those_of_the_attributes_that_hold_names(classes: list[str], others: list[str]) -> None:
    attrs = f' data-x="{" ".join(others)}" class="{" ".join(classes)}" id="top" href="a=b"'
    names = attr_names(attrs)
    assert names == [*classes[:16], "top"]
    numbers = {"ad": 1.0, "newsletter": 2.0, ".x": 3.0, "nav": 4.0, "feed": 5.0, ".élan": 6.0}
    expected = [int(numbers[word]) for name in names for word in words_of(name) if word in numbers]
    assert first_known_word(attrs, WordTable(numbers)) == next(iter(expected), None)


@given(st.text("ab", min_size=3, max_size=60) | ANY, st.integers(1, 12), st.data())
def test_pieces_are_counted_as_strings_count_them(text: str, size: int, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, max(0, len(text) - size))))
    pieces = [text[at : at + size] for at in places if at + size <= len(text)] + ["x" * size, "a" * size]
    assert count_pieces(text, pieces) == [text.count(piece) for piece in pieces]


def test_pieces_of_several_lengths_are_refused() -> None:
    assert count_pieces("abc", []) == []
    for pieces in ([""], ["a", "bc"]):
        with pytest.raises(ValueError, match="one length"):
            count_pieces("abc", pieces)
