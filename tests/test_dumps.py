"""Whole pages in one line: where they are cut, and what comes out of them."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.segment.dumps import LONGEST_PARAGRAPH, is_dump, split_dump
from cleaner.segment.text import segment_text

PROSE = (
    "The north pier of Lowmere will open again on Monday, two winters after a storm broke it, the harbour "
    "board said. Repairs cost four million, of which the islanders raised a tenth themselves. “We have lived "
    "by the supply boat and the tide,” said Ines Corrigan, who keeps the only shop. The first boat leaves at "
    "06:40. "
)


def parts(line: str) -> list[str]:
    """The parts of a line that is filled up with prose to the length of a dump."""
    filled = line + " " + PROSE * 8
    (block,) = segment_text(filled)
    assert is_dump(block)
    return [part.text for part in split_dump(block) if part.end <= len(line)]


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        (
            "Home News Sport Log in to read The mayor resigned on Monday.",
            ["Home News Sport", "Log in to read", "The mayor resigned on Monday."],
        ),
        (
            "By Dana Holt 12 May 2024 Lowmere has a new mayor after a long night.",
            ["By Dana Holt 12 May 2024", "Lowmere has a new mayor after a long night."],
        ),
        (
            "Dana Holt | Updated 10:45 PM EST Lowmere has a new mayor after all.",
            ["Dana Holt | Updated 10:45 PM EST", "Lowmere has a new mayor after all."],
        ),
        (
            "Most read Storm warnings LOWMERE, Norland — Hours before the vote the mayor resigned.",
            ["Most read Storm warnings", "LOWMERE, Norland — Hours before the vote the mayor resigned."],
        ),
        (
            "首页 新闻频道 体育频道 天气预报频道 港口管理局周一表示北码头将于下周重新开放。",
            ["首页 新闻频道 体育频道", "天气预报频道 港口管理局周一表示北码头将于下周重新开放。"],
        ),
        # What begins nothing new is left whole.
        (
            "She met Mr. Holt of the U.S. embassy in Lowmere.",
            ["She met Mr. Holt of the U.S. embassy in Lowmere."],
        ),
        (
            "Ten people sat in the 2024 council and none left.",
            ["Ten people sat in the 2024 council and none left."],
        ),
    ],
)
def test_a_dump_is_cut_where_something_may_begin(line: str, cut: list[str]) -> None:
    assert parts(line) == cut


def test_a_paragraph_is_no_dump() -> None:
    (block,) = segment_text((PROSE * 8)[:LONGEST_PARAGRAPH])
    assert not is_dump(block)


PAGE = (
    "Lowmere pier opens again - The Harbour Courier Home News Sport Log in Lowmere pier opens again "
    "By Dana Holt Share on Facebook "
)


def test_the_words_it_begins_with_are_the_headline_where_they_stand_again() -> None:
    article = cleaner.clean(PAGE + PROSE * 5, kind="text")
    assert article.title == "Lowmere pier opens again"
    assert article.text.startswith("The north pier of Lowmere")


def test_no_other_part_of_it_is_a_headline() -> None:
    once = PAGE.replace("Lowmere pier opens again By", "By")
    assert cleaner.clean(once + PROSE * 5, kind="text").title is None


@given(
    st.lists(
        st.sampled_from(["The ", "a", " ", "2024 ", "中 ", "ABC, ", "— ", ". ", "(x) ", "10:45 "]),
        max_size=60,
    )
)
def test_parts_tile_the_line(words: list[str]) -> None:
    (block,) = segment_text(("".join(words) + PROSE * 8).strip())
    found = split_dump(block)
    assert all(part.text == block.text[part.start : part.end] for part in found)
    assert all(not block.text[one.end : other.start].strip() for one, other in pairwise(found))
    assert (found[0].start, found[-1].end) == (0, len(block.text))


@pytest.mark.parametrize(
    "unit", ["a ", "ab" + " " * 1000, "ABC DEF, ", "中 ", "2024 ", "A. ", "ABC (x", "The man "]
)
def test_time_is_in_proportion(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    begin = time.perf_counter()
    cleaner.clean(text + "x", kind="text")
    assert time.perf_counter() - begin < 4


def test_an_article_in_one_line_is_not_touched() -> None:
    article = cleaner.clean(PROSE * 8, kind="text")
    assert article.text.split() == (PROSE * 8).split()
    assert len(article.body) == 1
