"""The compiled columns of how pieces are written agree with what one would write in Python, on any text."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.label.features.context import neighbour_columns
from cleaner.label.features.fragments import LONGEST_READ, PROBED, QUOTES, shape_columns
from cleaner.label.features.textform import line_columns
from cleaner.label.features.textmarks import likeness_columns, passage_columns

PARTS = [
    "Mayor ",
    "the ",
    "Ärzte ",
    "x2 ",
    "²A ",
    "7:30 ",
    "١٢:٣٠",
    "1984",
    "2051 ",
    "_",
    "市長",
    "İ",
    "»",
    '"',
    "*",
    "ab",
]
TEXTS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=90).map("".join) | st.text(
    min_size=1, max_size=120
)
_WORD = re.compile(r"[^\W\d_]+")
_TIME = re.compile(r"\d:\d\d|(?:19|20)\d\d")


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_capitals_times_quotes_and_probes(texts: list[str]) -> None:
    columns = shape_columns(texts)
    for i, text in enumerate(texts):
        words = _WORD.findall(text[:200])[1:]
        raised = sum(word[0].isupper() for word in words) / len(words) if words else 0.0
        assert columns["capitals"][i] == np.float32(raised)
        assert columns["times"][i] == (len(text) <= LONGEST_READ and _TIME.search(text) is not None)
        assert columns["quoted"][i] == (text[0] in QUOTES and text[-1] in QUOTES)
        probe = text.strip(QUOTES) if len(text) in PROBED else ""
        assert columns["inside"][i] == ("\n".join(texts).count(probe) - 1 if probe else 0)


@pytest.mark.parametrize(
    "code",
    [
        'isEditor":false,"adsEnabled":true},"screenName":"lowmere","channelId":"30"',
        "const element = document.getElementById('data');",
        ".menu__item{display:block;margin:0}",
    ],
)
@pytest.mark.parametrize(
    "prose",
    [
        "The harbour bridge will close for nine weeks; buses take the long way round.",
        '"We were surprised," said Ms McAllen: "nobody had told us."',
    ],
)
def test_code_has_more_marks_of_code_than_prose(code: str, prose: str) -> None:
    marks = shape_columns([code, prose])["code"]
    assert marks[0] > 2 * marks[1]


@given(st.lists(st.floats(0, 9, width=32), min_size=1, max_size=6), st.integers(-3, 3).filter(bool))
def test_neighbours_columns_are_those_that_many_steps_away(values: list[float], step: int) -> None:
    shifted = neighbour_columns({"words": np.array(values, np.float32)}, ("words",), (step,))
    expected = [values[i + step] if 0 <= i + step < len(values) else -1.0 for i in range(len(values))]
    assert shifted[f"words{step:+d}"].tolist() == expected


@pytest.mark.parametrize(
    "quote",
    [
        "“We shall rebuild … before the winter storms arrive”",
        "We shall rebuild [...] before the winter storms arrive",
        "…before the winter storms arrive",
    ],
)
def test_a_quotation_cut_short_stands_in_what_it_is_cut_from(quote: str) -> None:
    prose = "“We shall rebuild every pier before the winter storms arrive,” the harbour master said."
    assert list(shape_columns([quote, prose])["inside"]) == [1, 0]


@pytest.mark.parametrize("quote", ["“We shall rebuild … soon”", "… before the summer storms arrive …", "…"])
def test_other_words_or_too_few_of_them_stand_nowhere_else(quote: str) -> None:
    prose = "“We shall rebuild every pier before the winter storms arrive, and soon,” she said."
    assert list(shape_columns([quote, prose])["inside"]) == [0, 0]


def test_what_is_said_twice_in_a_row_is_told_by_its_beginning() -> None:
    caption = "Ferries at the pier of Eldhaven in the storm."
    credited = "Ferries at the pier of Eldhaven in the storm. Photo: E. Moss"
    prose = "The ferries stay in port."
    columns = likeness_columns([caption, credited, prose])
    shared = len(caption) - 1
    assert columns["twin"] == pytest.approx([shared / len(credited), shared / len(credited), 0])
    assert columns["twin_head"] == pytest.approx([1, 1, 0])


def test_lines_that_differ_in_a_number_begin_alike() -> None:
    columns = likeness_columns(["Rating: 36 votes", "I like it.", "RATING: 7 of 10", "Rating of 36 votes"])
    assert list(columns["alike"]) == [2, 1, 2, 1]
    assert list(columns["alike_gap"]) == [2, 40, 2, 40]


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_likeness_is_mutual(texts: list[str]) -> None:
    ahead, back = likeness_columns(texts), likeness_columns(texts[::-1])
    for name, values in ahead.items():
        assert list(values) == list(back[name])[::-1]


def test_marks_are_counted_from_the_first_prose_on() -> None:
    row = {
        "line_kind": [2, 0, 0, 1, 0, 0, 0, 0, 0],
        "times": [0, 0, 1, 0, 0, 0, 0, 0, 0],
        "hit": [-2, 0, 0, -1, 0, 0, 0, 0, -2],
        "to_first_core": [-1, 0, 1, 2, 3, 4, 5, 6, 7],
        "end_mark": [0, 3, 3, 0, 0, 0, 0, 3, 0],
        "prose": [0, 90, 40, 5, 5, 5, 5, 60, 0],
    }
    columns = passage_columns({name: np.array(values, np.float32) for name, values in row.items()})
    assert list(columns["lines_before"]) == [0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert list(columns["hits_before"]) == [0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert list(columns["since_line"]) == [0, 1, 2, 0, 1, 2, 3, 4, 5]
    assert list(columns["since_sure"]) == [0, 1, 2, 3, 4, 5, 6, 7, 0]
    assert list(columns["until_sure"]) == [0, 7, 6, 5, 4, 3, 2, 1, 0]
    assert list(columns["breaks"]) == [0, 0, 0, 0, 0, 0, 1, 1, 1]
    assert columns["prose_since_break"][[5, 6, 7]] == pytest.approx(np.log1p([145, 5, 65]))
    assert list(columns["times_back"]) == [0, 1, 1, 2, 2, 2, 2, 2, 2]
    assert list(columns["times_on"]) == [1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert columns["all_lines"][0] == pytest.approx(2 / 9)
    assert columns["all_times"][0] == pytest.approx(2 / 9)


def test_a_piece_sees_what_the_rest_of_its_line_is() -> None:
    hit = np.array([0, -2, -1, -2, 0], np.float32)
    columns = line_columns([0, 10, 20, 40, 60], [9, 19, 30, 50, 80], [0, 0, 0, 1, 2], hit)
    assert columns["line_share"].tolist() == pytest.approx([0.3, 0.3, 1 / 3, 1, 1])
    assert columns["line_hit"].tolist() == [-2, -1, -2, 0, 0]
    assert columns["gap"].tolist() == [3, 0, 0, 1, 1]
    assert columns["gap_after"].tolist() == [0, 0, 1, 1, 3]
