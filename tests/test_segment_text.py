"""Blocks of scraped text: lines, wrapped paragraphs, markers, and exact offsets."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.segment.text import segment_text

PARAGRAPHS = [
    "The council of Northshore met on Tuesday evening and talked for three hours about the new bridge, "
    "which will cost twice what the engineers had said a year ago, and about the price of bread.",
    "Jane Roe, who leads the opposition, said that nobody had told the members about the second report. "
    "She wants to see all the letters between the town hall and the builders before she agrees.",
    "The vote is on Friday. If the members say no, the old bridge stays closed, and the bus takes the "
    "long way round the bay until the spring, as it has since the storm of last November.",
]
GERMAN = [
    "Der Stadtrat von Nordufer hat am Dienstagabend drei Stunden lang über die neue Brücke gesprochen, die "
    "doppelt so viel kosten wird, wie die Ingenieure vor einem Jahr gesagt hatten. Die Abstimmung über den "
    "Haushalt und die Brücke ist am Freitag, und niemand im Rathaus weiß, wie sie ausgehen wird.",
    "Die Vorsitzende der Opposition sagte, dass den Mitgliedern niemand von dem zweiten Gutachten erzählt "
    "habe, und dass sie zuerst alle Briefe zwischen dem Rathaus und den Baufirmen sehen wolle. Wenn der Rat "
    "ablehnt, bleibt die alte Brücke geschlossen, und der Bus fährt bis zum Frühling den langen Weg.",
]
HEADLINES = [
    "Council votes on the new bridge after three hours of talk on Tuesday",
    "Bakers raise prices for the third time this year, and tell us why it is",
    "Storm takes the roof of the old school in the night to Wednesday again",
    "Opposition leader wants to see the letters of the builders, and soon",
    "Bus takes the long way round the bay until spring, company says now",
    "Northshore wins again: three goals in ten minutes, and none against",
    "Weather for the weekend: rain in the north, sun in the south, wind",
    "Letters to the editor: what our readers think of the price of bread",
]


def shapes(text: str) -> list[str]:
    return [block.shape for block in segment_text(text)]


def texts(text: str) -> list[str]:
    return [block.text for block in segment_text(text)]


@pytest.mark.parametrize(
    "ending", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x85", "\x0b", "\f", " \n\t\n "]
)
def test_any_line_ending_ends_a_block(ending: str) -> None:
    text = ending.join(PARAGRAPHS) + ending
    assert texts(text) == PARAGRAPHS


@given(
    st.text(
        alphabet=st.sampled_from("ab Z1.\n\r\t|#>-•*\u2028\u00a0\u3000。本") | st.characters(), max_size=300
    )
)
def test_offsets_are_exact_and_only_whitespace_lies_between(text: str) -> None:
    reached = 0
    for block in segment_text(text):
        assert block.text == text[block.start : block.end] == block.text.strip() != ""
        assert not text[reached : block.start].strip()
        reached = block.end
    assert not text[reached:].strip()


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t", "\u3000\u00a0"])
def test_nothing_gives_no_blocks(text: str) -> None:
    assert segment_text(text) == ()


def test_markup_only_facts_are_unknown() -> None:
    (block,) = segment_text("A line.")
    assert (block.tag, block.element, block.link_chars) == (None, -1, None)


def test_a_line_that_glues_is_one_block() -> None:
    assert len(segment_text("Give today.The bridge opened.")) == 1


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        ("• Bread", "item"),
        ("- Bread", "item"),
        ("* Bread", "item"),
        ("▪ Bread", "item"),
        ("-Bread", "paragraph"),
        ("*Bread*", "paragraph"),
        ("-- Jane Roe", "paragraph"),
        ("– Nej, sade hon.", "paragraph"),
        ("— Да, — сказала она.", "paragraph"),
        ("-5 degrees", "paragraph"),
        ("1. FC Nordstadt wins", "paragraph"),
        ("5. Mai 2022", "paragraph"),
        ("2022. The year", "paragraph"),
        ("# Bridge", "heading"),
        ("### Bridge", "heading"),
        ("#Bridge #News", "paragraph"),
        ("####### Bridge", "paragraph"),
        ("> Quoted words", "quote"),
        (">Quoted words", "quote"),
        (">= 5", "paragraph"),
        (">> next page", "paragraph"),
        ("Team\tPoints", "row"),
        ("Team | Points | Goals", "row"),
        ("| Team | Points |", "row"),
        ("Bridge opens | Northshore News", "paragraph"),
        ("a||b", "paragraph"),
        ("|", "paragraph"),
        ("-", "paragraph"),
        ("#", "paragraph"),
        (">", "paragraph"),
    ],
)
def test_shape_of_a_line_alone(line: str, shape: str) -> None:
    assert shapes(line) == [shape]


def test_numbers_that_count_on_are_items() -> None:
    assert shapes("Three reasons\n1. Bread\n2. Bridges\n3) Storms\nThe end") == [
        "paragraph", "item", "item", "item", "paragraph",
    ]  # fmt: skip
    assert shapes("1. The first reason\n\nIt is long.\n\n2. The second reason") == [
        "item",
        "paragraph",
        "item",
    ]
    assert shapes("5. Mai 2022\n1. FC Nordstadt wins\n90. minute") == ["paragraph"] * 3


def test_rows_with_one_bar_need_a_neighbour() -> None:
    assert shapes("Team | Points\nNorthshore | 12\nThe season is over.") == ["row", "row", "paragraph"]


def test_levels() -> None:
    blocks = segment_text("## Bridge\n- One\n  - Two\n    - Three")
    assert [block.level for block in blocks] == [2, 0, 1, 2]


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize("paragraphs", [PARAGRAPHS, GERMAN], ids=["en", "de"])
def test_a_wrapped_paragraph_is_one_block(width: int, between: str, paragraphs: list[str]) -> None:
    wrapped = [textwrap.fill(paragraph, width) for paragraph in paragraphs]
    assert texts(between.join(wrapped)) == wrapped


def test_wrapped_text_with_a_headline_a_list_and_an_address() -> None:
    parts = [
        "Council talks about bridge",
        textwrap.fill(PARAGRAPHS[0], 72),
        textwrap.fill("- " + PARAGRAPHS[1], 72, subsequent_indent="  "),
        textwrap.fill("- " + PARAGRAPHS[2], 72, subsequent_indent="  "),
        textwrap.fill(PARAGRAPHS[1], 72),
        "https://news.example/" + "long" * 20,
    ]
    assert texts("\n\n".join(parts)) == parts
    assert shapes("\n\n".join(parts)) == ["paragraph", "paragraph", "item", "item", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "lines",
    [
        HEADLINES,
        PARAGRAPHS,
        ["Home", "News", "Sport", "Weather", "Contact us", "Log in"],
        [sentence + "." for paragraph in PARAGRAPHS for sentence in paragraph.split(". ")],
    ],
    ids=["headlines", "paragraphs", "menu", "sentences"],
)
def test_what_is_not_wrapped_stays_lines(lines: list[str]) -> None:
    assert texts("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "unit", ["a\n", "\n", " ", "- a\n", "1. a\n2. b\n", "a | b\n", "word " * 12 + "\n", "a\t", "# "]
)
def test_cost_grows_with_length_only(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    start = time.perf_counter()
    segment_text(text)
    assert time.perf_counter() - start < 3
