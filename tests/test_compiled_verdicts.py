"""The compiled passes over a page's blocks agree with what one would write in Python."""

from __future__ import annotations

import re
from itertools import islice, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.label.glances import capitals, most_teasers, turns
from cleaner.label.naming import TITLE_LIKE, UNSAID, hit_blocks, name_by_words
from cleaner.label.rules import Hit
from cleaner.label.verdicts import kept_verdict, known_verdicts
from cleaner.model import BODY, Block, LabelledBlock, Shape, Verdict
from cleaner.records import homes_of, renamed, tagged

CHANCES = st.floats(0, 1, width=32)
HITS = st.sampled_from(
    [None, Hit("share", "en/share/share", True, "share"), Hit("login", "en/login/log-in?", False, "log in")]
)
ROWS = st.lists(st.tuples(st.booleans(), CHANCES, HITS, CHANCES), min_size=1, max_size=9)
BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from(["Bridge shut", "Share"]),
        st.integers(0, 9),
        st.just(9),
        st.sampled_from(["item", "paragraph", "row"]),
        tag=st.sampled_from(["td", "p", None]),
        element=st.integers(-1, 3),
    ),
    min_size=1,
    max_size=9,
)


@given(CHANCES)
def test_a_kept_blocks_evidence_is_its_chance(chance: float) -> None:
    assert kept_verdict(chance) == Verdict(BODY, "model/body", f"{chance:.2f}")


def test_chances_between_two_hundredths_are_rounded_as_python_does() -> None:
    for thousandths in range(5, 1000, 10):
        near = np.float32(thousandths / 1000)
        for chance in (np.nextafter(near, np.float32(0)), near, np.nextafter(near, np.float32(1))):
            assert kept_verdict(float(chance)).evidence == f"{float(chance):.2f}"


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
def test_what_is_no_chance_is_an_error(chance: float) -> None:
    with pytest.raises(ValueError, match="no chance"):
        kept_verdict(chance)


@given(ROWS, st.integers(0, 9), st.integers(0, 9))
def test_verdicts_known_without_reading(
    rows: list[tuple[bool, float, Hit | None, float]], low: int, high: int
) -> None:
    kept = np.array([row[0] for row in rows])
    chances, likes = (np.array([row[i] for row in rows], np.float32) for i in (1, 3))
    found = known_verdicts(kept.view(np.uint8), chances, [row[2] for row in rows], likes, low, high)
    for i, (is_kept, chance, hit, like) in enumerate(rows):
        if is_kept:
            expected = kept_verdict(chance)
        elif low <= i < high:
            expected = UNSAID
        else:
            expected = name_by_words(Block("By Jane Roe", 0, 11), hit, False, like) or UNSAID
        assert found[i] == expected
        assert type(found[i]) is Verdict
    assert TITLE_LIKE == 0.75  # one that a float holds exactly, as the comparison of floats asks


def test_columns_of_several_lengths_are_refused() -> None:
    one, two = np.zeros(1, np.float32), np.zeros(2, np.float32)
    with pytest.raises(ValueError, match="for each block"):
        known_verdicts(np.zeros(2, np.uint8), two, [None], two, 0, 0)
    with pytest.raises(ValueError, match="for each block"):
        turns("item", [], np.zeros(1, np.uint8))
    with pytest.raises(ValueError, match="as many"):
        most_teasers(one, two, np.zeros(2, np.uint8), [], 3, 0.8, frozenset())


@given(st.lists(HITS))
def test_hits_are_numbered(hits: list[Hit | None]) -> None:
    assert list(hit_blocks(hits)) == [(i, hit) for i, hit in enumerate(hits) if hit is not None]


@given(BLOCKS, st.data())
def test_turns_are_where_one_item_is_kept_and_the_next_is_not(
    blocks: list[Block], data: st.DataObject
) -> None:
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(blocks), max_size=len(blocks))))
    items = [i for i, block in enumerate(blocks) if block.shape == "item"]
    expected = [(one, other) for one, other in pairwise(items) if kept[one] != kept[other]]
    assert turns("item", blocks, kept.view(np.uint8)) == expected
    assert tagged("td", blocks) == [i for i, block in enumerate(blocks) if block.tag == "td"]


@given(BLOCKS, st.data())
def test_teasers_are_counted_by_the_headlines_above_them(blocks: list[Block], data: st.DataObject) -> None:
    rows = data.draw(
        st.lists(
            st.tuples(st.sampled_from([1, 3, 9]), st.sampled_from([0, 0.5, 0.9]), st.booleans()),
            min_size=len(blocks),
            max_size=len(blocks),
        )
    )
    words, shares, kept = (np.array(column) for column in zip(*rows, strict=True))
    words, shares = words.astype(np.float32), shares.astype(np.float32)
    leading = (shares >= 0.8) & (words >= 3)
    below = np.cumsum(leading)[kept & ~leading]
    alone = sum(leading[i] or block.tag == "td" for i, block in enumerate(blocks) if kept[i])
    counted = most_teasers(words, shares, kept.view(np.uint8), blocks, 3, 0.8, frozenset(("td",)))
    assert counted == (len(set(below.tolist())), alone)


@given(BLOCKS)
def test_blocks_are_found_by_text_verdict_and_shape(blocks: list[Block]) -> None:
    body, other, headline = Verdict(BODY, "model/body"), Verdict("other", "x"), Verdict("title", "y")
    labelled = tuple(LabelledBlock(block, (body, other)[i % 2]) for i, block in enumerate(blocks))
    assert renamed(labelled, "Share", other, headline) == tuple(
        LabelledBlock(block, headline if block.text == "Share" and verdict == other else verdict)
        for block, verdict in labelled
    )
    shapes: tuple[Shape, ...] = ("item", "row")
    assert homes_of(labelled, shapes) == {
        block.start: block.element for block, verdict in labelled if verdict == body and block.shape in shapes
    }


WORD_ENDS = re.compile(r"(?<=[\w?!’'»”)])[ \u00a0]+(?=([^\W\d_]))")


@given(
    st.lists(st.text(st.sampled_from("aBéБ \u00a0\t'?)_7中ǅ"), max_size=40), max_size=3),
    *[st.integers(0, 30)] * 2,
    *[st.integers(0, 6)] * 2,
)
def test_capitals_behind_words_are_those_of_a_pattern(
    texts: list[str], first: int, last: int, most: int, behind: int
) -> None:
    expected = [
        (number, found.start())
        for number, text in enumerate(texts)
        for found in islice(WORD_ENDS.finditer(text, max(first, 1), last), most)
        if found[1].isupper() and len(text) - found.end() >= behind
    ]
    assert capitals(texts, first, last, most, behind) == expected
