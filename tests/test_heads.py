"""The head of a text line by line: which is its headline, standfirst, byline or date."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pytest

from cleaner.label.features.characters import count_characters
from cleaner.label.heads import REACH, UNDER_TITLE, read_head
from cleaner.label.opening import LONGEST_TITLE
from cleaner.label.rules import Hit
from cleaner.model import Block, Shape

TITLE = "Ferry pier on Sallow Island opens a month early"
STANDFIRST = "Islanders had waited two winters for the crossing"
BYLINE = "By Jane Roe"
NAME = "Bea Lorn"
DATE = "3 June 2025"
PROSE = "The harbour board of Sallow Island voted on Monday to open the new ferry pier a month early."
MORE = "The first boat will leave on Monday and come back before the shops close, the board said."
AD = Hit("ad", "en/ad/x", True, "x")
OTHER = Hit("other", "en/other/x", True, "x")
HINT = Hit("other", "en/other/x?", False, "x")


def read(
    *lines: str,
    kept: Collection[str] = (PROSE, MORE),
    shapes: Mapping[str, Shape] | None = None,
    hits: Mapping[str, Hit] | None = None,
    shared: Mapping[str, float] | None = None,
    unlike: Collection[str] = (),
    opens: bool = False,
) -> list[str]:
    """What each line of a head is, "" for none; headline and standfirst share words with the article."""
    pieces = [Block(line, 0, len(line), (shapes or {}).get(line, "paragraph"), 1) for line in lines]
    columns = count_characters(lines)
    worth = {TITLE: 1.0, STANDFIRST: 0.5} | dict(shared or {})
    columns["shared"] = np.array([worth.get(line, 0.0) for line in lines], np.float32)
    found = [(hits or {}).get(line) for line in lines]
    columns["hit"] = np.array([hit is not None for hit in found], np.float32)
    flags = np.array([line in kept for line in lines])
    verdicts = read_head(pieces, found, flags, columns, [line not in unlike for line in lines], opens - 1)
    return [verdicts[i].label if i in verdicts else "" for i in range(len(lines))]


def test_a_head_is_read_from_top_to_bottom() -> None:
    found = read("Local news", TITLE, STANDFIRST, BYLINE, DATE, PROSE, MORE)
    assert found == ["", "title", "standfirst", "byline", "dateline", "", ""]


# ------------------------------------------------------------------ marked headlines, and such as open


def test_a_marked_headline_goes_though_it_was_kept() -> None:
    kept, shapes = (TITLE, PROSE, MORE), {TITLE: "heading"}
    found = read(TITLE, BYLINE, STANDFIRST, PROSE, MORE, kept=kept, shapes=shapes)  # type: ignore[arg-type]
    assert found == ["title", "byline", "standfirst", "", ""]
    assert read(TITLE, STANDFIRST, PROSE, kept=kept, shapes=shapes)[1] == "standfirst"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "below", "hits"),
    [
        (TITLE, PROSE, {TITLE: AD}),
        ("Sallow Island", PROSE, {}),
        ("Ferry pier " * (LONGEST_TITLE // 10), PROSE, {}),
        (TITLE, STANDFIRST, {}),  # which is not kept
    ],
)
def test_what_is_marked_but_no_headline_stays(line: str, below: str, hits: dict[str, Hit]) -> None:
    assert read(line, below, kept=(line, PROSE), shapes={line: "heading"}, hits=hits) == ["", ""]


def test_one_of_several_first_level_headings_is_not_the_headline() -> None:
    lines = (TITLE, PROSE, STANDFIRST, MORE)
    assert read(*lines, kept=lines, shapes={TITLE: "heading", STANDFIRST: "heading"}) == [""] * 4
    assert read(*lines, kept=lines, shapes={TITLE: "heading"})[0] == "title"


def test_a_date_that_is_marked_as_headline_is_a_date() -> None:
    line = "Tuesday, 3 June 2025"
    assert read(TITLE, line, PROSE, opens=True)[:2] == ["title", "dateline"]
    assert read(line, PROSE, MORE, kept=(line, PROSE, MORE), shapes={line: "heading"})[0] != "title"


# ------------------------------------------------------------------ the likeliest headline


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((TITLE, "Ferry pier on the island"), TITLE),
        (("Winter on the north island", TITLE), TITLE),
        (("Winter on the north island", "Ferries of the north coast"), "Ferries of the north coast"),
        ((TITLE[:20], TITLE[20:40], TITLE), TITLE),
    ],
)
def test_the_headline_has_words_of_the_article_and_stands_near_it(lines: tuple[str, ...], title: str) -> None:
    found = read(*lines, PROSE, MORE)
    assert [line for line, label in zip(lines, found, strict=False) if label == "title"] == [title]


@pytest.mark.parametrize(
    ("shapes", "one", "other"),
    [
        ({"Boats of the north coast": "item"}, "Ferries of the north coast", "Boats of the north coast"),
        ({"Boats of the north coast": "heading"}, "Boats of the north coast", "Ferries of the north coast"),
        ({}, "Ferries of the north coast", "“Boats of the north coast”"),
    ],
)
def test_of_two_like_lines_the_form_tells(shapes: dict[str, Shape], one: str, other: str) -> None:
    for lines in ((one, other), (other, one)):
        found = read("Local", *lines, PROSE, MORE, shapes=shapes)
        assert found[1 + lines.index(one)] == "title"


def test_what_begins_a_line_above_is_the_headline() -> None:
    whole = "Boats of the north coast | The Sallow Post"
    assert read(whole, "Boats of the north coast", "Winter on the north island", PROSE, MORE)[1] == "title"


def test_a_byline_below_speaks_for_a_headline() -> None:
    assert read("Boats of the north coast", BYLINE, "Winter on the north island", PROSE)[0] == "title"
    assert read("Boats of the north coast", "Local", "Winter on the north island", PROSE)[0] == ""


def test_lines_that_cannot_be_headlines_are_none() -> None:
    assert read(TITLE, PROSE, unlike=(TITLE,)) == ["", ""]
    assert read(TITLE, PROSE, hits={TITLE: AD}) == ["", ""]
    assert read(f"{TITLE}.", PROSE) == ["", ""]
    assert read(TITLE, *["Menu"] * (REACH - 1), PROSE)[0] == "title"
    assert read(TITLE, *["Menu"] * REACH, PROSE)[0] == ""


def test_a_headline_said_twice_goes_twice() -> None:
    assert read(TITLE, "Local", TITLE, PROSE, MORE) == ["title", "", "title", "", ""]


# ------------------------------------------------------------------ standfirsts


LONGER = "Islanders on Sallow had waited two winters for the new ferry pier to open"


def test_a_longer_line_below_the_headline_is_its_standfirst() -> None:
    worth = {TITLE: 0.4, LONGER: 0.9}
    assert read(TITLE, LONGER, PROSE, MORE, shared=worth)[:2] == ["title", "standfirst"]
    assert read(LONGER, TITLE, PROSE, MORE, shared=worth)[0] == "title"
    as_long = "Keeper of Sallow pier waits for the boats"
    assert read(as_long, TITLE, PROSE, MORE, shared={as_long: 0.4})[:2] == ["title", "standfirst"]


def test_the_headline_between_signs_is_not_above_its_standfirst() -> None:
    assert read(f"» {TITLE}", TITLE, PROSE, MORE, shared={f"» {TITLE}": 0.5})[1] == "title"


@pytest.mark.parametrize(
    ("above", "more"),
    [
        ("Ferries of the coast", {}),  # too short: a kicker
        (TITLE, {"shared": {TITLE: 0.2, LONGER: 0.9}}),
        (TITLE, {"shapes": {TITLE: "item"}, "shared": {TITLE: 0.4, LONGER: 0.9}}),
        (TITLE, {"hits": {TITLE: HINT}, "shared": {TITLE: 0.4, LONGER: 0.9}}),
    ],
)
def test_a_line_above_that_is_no_headline_makes_no_standfirst(above: str, more: dict[str, object]) -> None:
    worth = {"shared": {above: 0.4, LONGER: 0.9}} | more
    assert read(above, LONGER, PROSE, MORE, **worth)[1] == "title"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("Two winters of waiting", {"shared": {"Two winters of waiting": 0.5}}),  # too short
        (STANDFIRST, {"shared": {STANDFIRST: 0.0}}),
        (STANDFIRST, {"hits": {STANDFIRST: HINT}}),
    ],
)
def test_another_line_below_the_headline_is_no_standfirst(line: str, more: dict[str, object]) -> None:
    assert read(TITLE, line, PROSE, MORE, unlike=(line,), **more)[:2] == ["title", ""]  # type: ignore[arg-type]


def test_a_standfirst_stands_right_below_the_headline() -> None:
    above = read(STANDFIRST, TITLE, PROSE, unlike=(STANDFIRST,))
    assert above[:2] == ["", "title"]
    near = read(TITLE, *["Menu"] * (UNDER_TITLE - 1), STANDFIRST, PROSE, unlike=(STANDFIRST,))
    far = read(TITLE, *["Menu"] * UNDER_TITLE, STANDFIRST, PROSE, unlike=(STANDFIRST,))
    assert (near[-2], far[-2]) == ("standfirst", "")


def test_a_sentence_kept_between_headline_and_byline_is_the_standfirst() -> None:
    sentence = "Islanders had waited two winters for the crossing."
    kept = (sentence, PROSE, MORE)
    assert read(TITLE, sentence, BYLINE, PROSE, MORE, kept=kept)[1] == "standfirst"
    assert read(TITLE, "Local", sentence, BYLINE, PROSE, MORE, kept=kept)[2] == ""
    assert read(TITLE, sentence, PROSE, BYLINE, MORE, kept=kept)[1] == ""
    assert read(TITLE, sentence, BYLINE, kept=(sentence,))[1] == ""


def test_a_fragment_kept_above_a_byline_is_not_where_the_article_begins() -> None:
    kept = (STANDFIRST, PROSE, MORE)
    assert read(TITLE, STANDFIRST, BYLINE, DATE, PROSE, kept=kept) == [
        "title", "standfirst", "byline", "dateline", "",
    ]  # fmt: skip
    assert read(TITLE, STANDFIRST, "Local", BYLINE, PROSE, kept=kept)[1] == "standfirst"
    assert read(TITLE, STANDFIRST, "Local", "News", BYLINE, PROSE, kept=kept)[1] == ""
    assert read(TITLE, STANDFIRST, BYLINE, kept=(STANDFIRST,))[1] == ""


# ------------------------------------------------------------------ bylines and date lines


def test_lines_right_below_the_first_paragraph_go_though_they_were_kept() -> None:
    kept = (PROSE, BYLINE, DATE, MORE)
    assert read(TITLE, PROSE, BYLINE, DATE, MORE, kept=kept)[2:4] == ["byline", "dateline"]
    assert read(TITLE, PROSE, MORE, BYLINE, kept=kept)[3] == ""
    assert read(TITLE, PROSE, MORE, BYLINE)[3] == "byline"


def test_without_a_headline_no_line_that_was_kept_goes() -> None:
    kept = (PROSE, BYLINE, MORE)
    assert read(PROSE, BYLINE, DATE, MORE, kept=kept) == ["", "", "dateline", ""]


@pytest.mark.parametrize("place", [0, 2])
def test_a_line_that_a_rule_is_sure_of_is_no_byline(place: int) -> None:
    lines = [TITLE, PROSE, MORE]
    lines.insert(place, BYLINE)
    assert read(*lines)[place] == "byline"
    assert read(*lines, hits={BYLINE: HINT})[place] == "byline"
    assert read(*lines, hits={BYLINE: AD})[place] == ""
    assert read(*lines, hits={BYLINE: OTHER})[place] == ""


@pytest.mark.parametrize(
    ("line", "label", "out"),
    [
        (DATE, "other", "dateline"),
        (DATE, "related", "dateline"),
        (f"Updated {DATE}", "other", "dateline"),
        (DATE, "ad", ""),
        ("2 hours ago", "other", ""),
    ],
)
def test_a_rule_for_menus_takes_no_date(line: str, label: str, out: str) -> None:
    hit = Hit(label, f"en/{label}/x", True, "x")
    assert read(TITLE, line, PROSE, hits={line: hit})[1] == out


def test_a_name_alone_stands_at_a_date() -> None:
    assert read(TITLE, NAME, DATE, PROSE)[1] == "byline"
    assert read(TITLE, DATE, NAME, PROSE)[2] == "byline"
    assert read(TITLE, NAME, "Local", DATE, PROSE)[1] == ""
    assert read(TITLE, BYLINE, NAME, PROSE)[2] == ""


def test_a_role_stands_between_a_name_and_a_date() -> None:
    assert read(TITLE, NAME, "Political Editor", DATE, PROSE)[1:3] == ["byline", "byline"]
    assert read(TITLE, NAME, "Political Editor", PROSE)[1:3] == ["", ""]
    assert read(TITLE, "Political Editor", DATE, PROSE)[1] == ""
    roles = "Editor, reporter, correspondent, editor, reporter and correspondent"
    assert read(TITLE, NAME, roles[-35:].strip(), DATE, PROSE)[1] == "byline"
    assert read(TITLE, NAME, roles, DATE, PROSE)[1] == ""


def test_a_name_stands_right_below_its_cue() -> None:
    assert read(TITLE, "Written by:", NAME, PROSE)[1:3] == ["byline", "byline"]
    assert read(TITLE, "Written by:", "Local", PROSE)[1:3] == ["", ""]
    assert read(TITLE, "Additional reporting by", NAME, PROSE)[1:3] == ["", ""]
    gap = "Sign up for our newsletter"
    assert read(TITLE, "Written by:", gap, NAME, PROSE, hits={gap: AD})[1:4] == ["", "", ""]
