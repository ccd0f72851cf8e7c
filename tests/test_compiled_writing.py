"""The compiled columns of how pieces are written agree with what one would write in Python, on any text."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.label.features.context import neighbour_columns
from cleaner.label.features.fragments import LONGEST_LINE, PROBED, QUOTES, shape_columns

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
        assert columns["times"][i] == (len(text) <= LONGEST_LINE and _TIME.search(text) is not None)
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
