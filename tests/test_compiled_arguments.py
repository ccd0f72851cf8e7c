"""Compiled functions say what is wrong with their arguments: they look at memory that may not be there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from cleaner.label.features import context
from cleaner.label.features.frame import Frame
from cleaner.label.features.landmarks import landmark_columns
from cleaner.label.features.mass import second_columns
from cleaner.label.features.names import NameOdds
from cleaner.label.features.structure import (
    Makes,
    ancestor_columns,
    container_columns,
    kinship_columns,
    name_columns,
    sibling_columns,
)
from cleaner.label.lines.letters import has_year
from cleaner.label.phrasebook import compile_book
from cleaner.label.search import Alternatives, PhraseSet
from cleaner.segment.stops import first_stop, last_stop

MANY = 100_000


def ones(count: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.ones(count, np.float32)


FRAME = Frame([-1, 0], [2, 2], [1, 1])
MAKES = Makes(FRAME, ["body", "p"], ["", ""])
ODDS = NameOdds({}, {})
COLUMNS = {name: ones(2) for name in ("chars", "dense_share", "end_mark", "stops", "commas")}


@pytest.mark.parametrize(
    "call",
    [
        lambda: first_stop("abc", -MANY),
        lambda: last_stop("abc", MANY),
        lambda: has_year("abc", -MANY),
        lambda: kinship_columns(FRAME, "longest", MANY),
    ],
)
def test_places_outside_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(IndexError):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: Makes(FRAME, ["p"] * MANY, [""] * MANY),
        lambda: Makes(FRAME, ["body", "p"], [""]),
        lambda: ancestor_columns(FRAME, ["p"] * MANY, []),
        lambda: ancestor_columns(FRAME, ["body", "p"], [True]),
        lambda: name_columns(FRAME, ["body", "p"], [], ["", ""], ODDS, ones(2), ones(2)),
        lambda: name_columns(FRAME, ["body", "p"], ["", ""], [""], ODDS, ones(2), ones(2)),
        lambda: name_columns(FRAME, ["body", "p"], ["", ""], ["", ""], ODDS, ones(1), ones(2)),
        lambda: container_columns(FRAME, ones(2), ones(1)),
        lambda: sibling_columns(FRAME, MAKES, ones(1), ones(2)),
        lambda: sibling_columns(Frame([-1], [1], [0]), MAKES, ones(1), ones(1)),
        lambda: landmark_columns(FRAME, ["body", "p"], ones(2), ones(2), ones(1)),
        lambda: landmark_columns(FRAME, ["body", "p"], ones(1), ones(2), ones(2)),
        lambda: second_columns(FRAME, MAKES, ones(2), ones(2), ones(2), ones(2), ones(1)),
        lambda: context.prose_mass(COLUMNS, ones(1)),
        lambda: context.prose_mass(COLUMNS | {"commas": ones(1)}, ones(2)),
        lambda: context.place_columns(ones(MANY), ones(1)),
        lambda: context.page_columns(COLUMNS, ones(MANY), ones(2)),
        lambda: context.section_columns(ones(1), ones(2), ones(2), ones(2), ones(2)),
        lambda: context.neighbour_columns({"a": ones(2), "b": ones(1)}, ("a", "b"), (-1, 1)),
        lambda: context.headline_columns(ones(0)),
    ],
)
def test_columns_of_other_lengths_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"values|blocks"):
        call()


def test_what_fits_is_taken() -> None:
    assert len(name_columns(FRAME, ["body", "p"], ["", ""], ["", ""], ODDS, ones(2), ones(2))) > 14
    assert (
        sibling_columns(FRAME, MAKES, ones(2), ones(2))["siblings"].tolist() == [np.float32(np.log1p(2))] * 2
    )
    assert ancestor_columns(Frame([], [], [0]), [], [])["depth"].tolist() == [1]


@pytest.mark.parametrize("phrase", ["*", "**", "log in | *", "* | log in", "log in + *"])
def test_a_phrase_without_words_is_refused_by_the_name_of_its_section(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"en: .*\[login has\]"):
        compile_book([("en", f"[login line]\nlog in\n[login has]\nsign up\n{phrase}\n")])


@pytest.mark.parametrize("phrases", [["*"], [""], ["log in", "**"]])
def test_sets_of_phrases_refuse_one_without_words(phrases: list[str]) -> None:
    for kind in (PhraseSet, Alternatives):
        with pytest.raises(ValueError, match="without words"):
            kind(phrases)
