"""Depths and numbers of list items, from small lists that say what they are."""

from __future__ import annotations

import pytest

from cleaner.model import BODY, LabelledBlock, Verdict
from cleaner.records import part
from cleaner.segment.html import parse
from cleaner.segment.lists import in_lists

Placed = list[tuple[str, str, int, int | None]]


def placed(html: str) -> Placed:
    """Text, shape, depth and number of each block, all of them taken for body."""
    page = parse(html)
    labelled = tuple(LabelledBlock(block, Verdict(BODY, "test")) for block in page.blocks)
    body = in_lists(part(labelled)[0], labelled, page.elements)
    return [(kept.text, kept.shape, kept.level, kept.number) for kept in body]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>One<li>Two</ul>", [("One", "item", 0, None), ("Two", "item", 0, None)]),
        ("<ol><li>One<li>Two</ol>", [("One", "item", 0, 1), ("Two", "item", 0, 2)]),
        ("<ol start=7><li>One<li>Two</ol>", [("One", "item", 0, 7), ("Two", "item", 0, 8)]),
        ("<ol reversed><li>One<li>Two</ol>", [("One", "item", 0, 2), ("Two", "item", 0, 1)]),
        ("<ol><li value=5>One<li>Two</ol>", [("One", "item", 0, 5), ("Two", "item", 0, 6)]),
        ("<ol start=x><li>One</ol>", [("One", "item", 0, 1)]),
        ("<li>Stray", [("Stray", "item", 0, None)]),
        ("<p>None at all", [("None at all", "paragraph", 0, None)]),
    ],
)
def test_numbers_follow_the_list(html: str, expected: Placed) -> None:
    assert placed(html) == expected


def test_a_list_in_a_list_has_its_own_numbers_and_one_level_more() -> None:
    html = "<ol><li>One<ol><li>Of one</ol><ul><li>Also of one</ul><li>Two</ol>"
    assert placed(html) == [
        ("One", "item", 0, 1),
        ("Of one", "item", 1, 1),
        ("Also of one", "item", 1, None),
        ("Two", "item", 0, 2),
    ]


def test_a_second_paragraph_of_an_item_is_no_item() -> None:
    assert placed("<ol><li><p>One</p><p>More of one</p><li>Two</ol>") == [
        ("One", "item", 0, 1),
        ("More of one", "paragraph", 1, None),
        ("Two", "item", 0, 2),
    ]


def test_what_an_item_goes_on_with_is_one_deeper() -> None:
    html = "<ol><li>One<ul><li>Of one</ul><pre>x = 1</pre><p>More of one</p><li>Two</ol><p>After</p>"
    assert placed(html) == [
        ("One", "item", 0, 1),
        ("Of one", "item", 1, None),
        ("x = 1", "code", 1, None),
        ("More of one", "paragraph", 1, None),
        ("Two", "item", 0, 2),
        ("After", "paragraph", 0, None),
    ]


def test_code_that_is_all_of_its_item_is_no_part_of_another() -> None:
    html = "<ul><li>One</ul><ul><li><pre>x = 1</pre></ul>"
    assert [level for _, _, level, _ in placed(html)] == [0, 0]


def test_a_meaning_stands_below_its_term() -> None:
    html = "<ol><li>Peel<li>Boil</ol><dl><dt>Prep time<dd>20 minutes<dd>or more<dt>Serves<dd>8</dl>"
    levels = {"Peel": 0, "Boil": 0, "Prep time": 0, "20 minutes": 1, "or more": 1, "Serves": 0, "8": 1}
    assert {text: level for text, _, level, _ in placed(html)} == levels


def test_a_menu_is_a_list() -> None:
    html = "<menu><li>Starters<menu><li>Soup</menu></menu>"
    assert [(text, level) for text, _, level, _ in placed(html)] == [("Starters", 0), ("Soup", 1)]


def test_depth_counts_from_the_outermost_list_of_the_run() -> None:
    html = "<ul><li><h2>Soup</h2><ul><li>Leeks<li>Butter</ul></ul>"
    assert [(text, level) for text, _, level, _ in placed(html)] == [("Soup", 2), ("Leeks", 0), ("Butter", 0)]


def test_ten_thousand_items_cost_no_more_each_than_ten() -> None:
    html = "<ol>" + "<li>A line of the list that says one thing" * 10_000 + "</ol>"
    assert placed(html)[-1][3] == 10_000
