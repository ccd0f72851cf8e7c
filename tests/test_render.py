"""Outputs: plain text, Markdown, JSON, and the report for the terminal, from articles made by hand."""

from __future__ import annotations

import dataclasses
import json
import pickle
import re

import pytest

from cleaner.model import Article, Kept, Metadata, Removal, Shape
from cleaner.render.json import as_dict, as_json
from cleaner.render.markdown import as_markdown
from cleaner.render.report import explain
from cleaner.render.text import as_text, without_controls

LONG = "The council met on Tuesday evening and talked for three hours about the new bridge over the bay."


def kept(*texts: str, shape: Shape = "paragraph", level: int = 0, start: int = 0) -> tuple[Kept, ...]:
    blocks = []
    for text in texts:
        blocks.append(Kept(text, shape, level, start, start + len(text)))
        start += len(text) + 1
    return tuple(blocks)


def article(*body: Kept, **fields: object) -> Article:
    return Article(text=as_text(body), body=body, **fields)  # type: ignore[arg-type]


def markdown(text: str, shape: Shape = "paragraph", level: int = 0) -> str:
    return as_markdown(article(*kept(text, shape=shape, level=level))).rstrip("\n")


def test_text_is_paragraphs_apart_by_one_blank_line() -> None:
    assert as_text(kept("One.", "Two.")) == "One.\n\nTwo."
    assert as_text(()) == ""


@pytest.mark.parametrize(
    ("wrapped", "line"),
    [
        ("One line\nof a text", "One line of a text"),
        ("One line \r\n   of a text", "One line of a text"),
        ("One\u2028of a text", "One of a text"),
        ("昨日の午後に\n橋が開いた", "昨日の午後に橋が開いた"),
        ("다리가\n열렸다", "다리가 열렸다"),
        ("two  spaces", "two  spaces"),
    ],
)
def test_wrapped_lines_are_joined(wrapped: str, line: str) -> None:
    assert as_text(kept(wrapped)) == line


def test_the_report_shows_every_field_of_metadata() -> None:
    values: dict[str, object] = {}
    for field in dataclasses.fields(Metadata):
        if field.name != "provenance":
            values[field.name] = (field.name.upper(),) if field.default == () else field.name.upper()
    report = explain(article(*kept("Text."), **values), False, 100)
    assert [
        name for name in values if not re.search(rf"^{name} +{name.upper()}$", report, re.MULTILINE)
    ] == []


def test_code_keeps_its_lines() -> None:
    assert as_text(kept("a = 1\n  b = 2", shape="code")) == "a = 1\n  b = 2"
    assert markdown("a = ```\n  b", shape="code") == "````\na = ```\n  b\n````"


def test_markdown_writes_structure() -> None:
    body = (
        *kept("Intro."),
        *kept("The bridge", shape="heading", level=3),
        *kept("One", "Two", shape="item"),
        *kept("Inner", shape="item", level=1),
        *kept("Said one.", "Said two.", shape="quote"),
        *kept("Team | Points", "Northshore | 12", "Southshore", shape="row"),
        *kept("End."),
    )
    assert as_markdown(article(*body, title="Council votes")) == (
        "# Council votes\n\nIntro.\n\n### The bridge\n\n- One\n- Two\n    - Inner\n\n"
        "> Said one.\n>\n> Said two.\n\n"
        "| Team | Points |\n| --- | --- |\n| Northshore | 12 |\n| Southshore |  |\n\nEnd.\n"
    )


def test_what_an_item_goes_on_with_stands_below_it() -> None:
    body = (
        *kept("One", shape="item"),
        *kept("More of one", level=1),
        *kept("a = 1\n\nb", shape="code", level=1),
        *kept("Two", shape="item"),
        *kept("End."),
    )
    assert as_markdown(article(*body)) == (
        "- One\n\n    More of one\n\n    ```\n    a = 1\n\n    b\n    ```\n\n- Two\n\nEnd.\n"
    )


@pytest.mark.parametrize(
    ("items", "shown"),
    [
        ((("One", 0, None), ("Deep", 2, None), ("Less", 1, None)), "- One\n    - Deep\n    - Less\n"),
        ((("Deep", 1, None), ("One", 0, None)), "- Deep\n- One\n"),
        ((("One", 0, 120), ("Of one", 1, None)), "120. One\n     - Of one\n"),
        ((("One", 0, None), ("Of one", 1, 1), ("Two", 0, None)), "- One\n    1. Of one\n- Two\n"),
        ((("One", 0, None), ("Fourth", 1, 4), ("Fifth", 1, 5)), "- One\n\n    4. Fourth\n    5. Fifth\n"),
    ],
)
def test_items_stand_below_the_words_of_the_item_around_them(
    items: tuple[tuple[str, int, int | None], ...], shown: str
) -> None:
    body = [Kept(text, "item", level, 0, len(text), number) for text, level, number in items]
    assert as_markdown(article(*body)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("C #", "C \\#"),
        ("A # title ##", "A # title \\##"),
        ("#", "\\#"),
        ("#######", "\\#######"),
        ("C#", "C#"),
    ],
)
def test_a_heading_keeps_the_number_sign_at_its_end(text: str, shown: str) -> None:
    assert markdown(text, "heading", 3) == f"### {shown}"
    assert as_markdown(article(title=text)) == f"# {shown}\n"


def test_the_headline_keeps_the_first_level_to_itself() -> None:
    assert markdown("Part", "heading", 1) == "## Part"
    assert markdown("Part", "heading", 0) == "## Part"
    assert markdown("Part", "heading", 6) == "###### Part"


@pytest.mark.parametrize(
    ("text", "shape", "expected"),
    [
        ("## Bridge", "heading", "## Bridge"),
        ("• Bread", "item", "- Bread"),
        ("- Bread", "item", "- Bread"),
        ("2. Bread", "item", "2. Bread"),
        ("> Said", "quote", "> Said"),
        ("Only | one", "row", "Only | one"),
    ],
)
def test_marks_that_text_brought_along_are_not_doubled(text: str, shape: Shape, expected: str) -> None:
    assert markdown(text, shape, 2 if shape == "heading" else 0) == expected


def test_empty_cells_keep_their_columns() -> None:
    rows = as_markdown(article(*kept("Team\t\tPoints", "| a |  | b |", shape="row")))
    assert rows == "| Team |  | Points |\n| --- | --- | --- |\n| a |  | b |\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# not a heading", "\\# not a heading"),
        ("#hashtag", "#hashtag"),
        ("> not a quote", "\\> not a quote"),
        ("- not an item", "\\- not an item"),
        ("-5 degrees", "-5 degrees"),
        ("1984. A year", "1984\\. A year"),
        ("1984.5 metres", "1984.5 metres"),
        ("a * b and *c*", "a \\* b and \\*c\\*"),
        ("snake_case but _this_", "snake_case but \\_this\\_"),
        ("[link](x) <b>", "\\[link\\](x) \\<b>"),
        ("back\\slash `code`", "back\\\\slash \\`code\\`"),
        ("AT&T but &amp;", "AT&T but \\&amp;"),
        ("---", "\\---"),
        ("~~gone~~ ~5", "\\~~gone\\~~ ~5"),
        ("Plain. Text, (yes) – “so” 5 > 3!", "Plain. Text, (yes) – “so” 5 > 3!"),
    ],
)
def test_markdown_escapes_what_would_be_marks(text: str, expected: str) -> None:
    assert markdown(text) == expected


def test_markdown_of_nothing_is_nothing() -> None:
    assert as_markdown(Article()) == ""


FULL = article(
    *kept(LONG, start=60),
    title="Council votes",
    authors=("Jane Roe", "Max Muster"),
    published="2026-01-02T10:00:00+01:00",
    tags=("bridge",),
    paywalled=False,
    provenance={"title": "json-ld:headline", "published": "meta"},
    removed=(
        Removal(
            "Your support helps us to tell the story.",
            "donation",
            "en/donation/support",
            0,
            40,
            "your support",
        ),
        Removal("Log in \x1b[31mnow", "login", "en/login/log-in", 45, 59),
        Removal("More 北浜 stories", "related", "model", 200, 215),
    ),
    extractor="own",
    confidence=0.934,
)


def test_json_is_plain_and_complete() -> None:
    plain = as_dict(FULL)
    assert json.loads(as_json(FULL)) == plain
    assert plain["text"] == LONG
    assert plain["authors"] == ["Jane Roe", "Max Muster"]
    assert plain["provenance"] == {"title": "json-ld:headline", "published": "meta"}
    assert plain["removed"][0] == {
        "text": "Your support helps us to tell the story.",
        "label": "donation",
        "rule": "en/donation/support",
        "start": 0,
        "end": 40,
        "evidence": "your support",
    }
    assert plain["body"][0]["start"] == 60
    assert set(plain) == set(FULL.__dataclass_fields__)
    assert FULL.to_dict() == plain


def test_an_article_is_a_value() -> None:
    again = pickle.loads(pickle.dumps(FULL))
    assert (again, hash(again)) == (FULL, hash(FULL))
    assert json.loads(json.dumps(dataclasses.asdict(FULL))) == json.loads(as_json(FULL)) | {
        "body": [list(block) for block in FULL.body],
        "removed": [list(removal) for removal in FULL.removed],
    }


def test_json_keeps_letters_and_is_one_line_unless_indented() -> None:
    assert "北浜" in as_json(FULL)
    assert "\n" not in as_json(FULL)
    assert json.loads(as_json(FULL, indent=2)) == as_dict(FULL)
    assert as_json(FULL, indent=2).startswith('{\n  "text"')


def test_report_shows_everything_in_its_place() -> None:
    report = explain(FULL, colour=False, width=80)
    places = [report.index(part) for part in ("Your support", "Log in", "The council met", "More 北浜")]
    assert places == sorted(places)
    for part in ("Council votes", "json-ld:headline", "Jane Roe, Max Muster", "own", "confidence 0.93"):
        assert report.index(part) < places[0]
    assert "[donation] en/donation/support  “your support”" in report
    footer = report[report.index("More 北浜") :]
    assert re.search(r"kept +1 block +\d+\.\d%", footer)
    assert re.search(r"login +1 block +\d+\.\d%", footer)


def test_report_dims_only_what_was_removed() -> None:
    lines = explain(FULL, colour=True, width=200).splitlines()
    (body,) = [line for line in lines if "The council met" in line]
    (removed,) = [line for line in lines if "helps us to tell" in line]
    assert "\x1b" not in body
    assert "\x1b[2m" in removed


def test_report_has_no_escape_of_the_pages_own_and_none_without_colour() -> None:
    assert "\x1b[31m" not in explain(FULL, colour=True, width=80)
    assert "\x1b" not in explain(FULL, colour=False, width=80)


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u202e", "\u2066"])
def test_no_sign_that_steers_a_terminal_gets_there(sign: str) -> None:
    assert without_controls(f"a{sign}b\tc\nd") == "a\ufffdb\tc\nd"
    assert sign not in explain(article(*kept(f"a{sign}b")), colour=False, width=80)


@pytest.mark.parametrize("width", [1, 40, 200])
def test_report_keeps_to_the_width(width: int) -> None:
    assert max(len(line) for line in explain(FULL, colour=False, width=width).splitlines()) <= max(20, width)


def test_report_of_nothing() -> None:
    assert "0 blocks" in explain(Article(), colour=False, width=60)


def test_items_of_a_numbered_list_have_their_numbers() -> None:
    items = kept("Wash the leeks", "Dry them", shape="item")
    numbered = (items[0]._replace(number=3), items[1]._replace(number=4, level=1))
    assert as_markdown(article(*numbered)) == "3. Wash the leeks\n\n    4. Dry them\n"
    assert as_markdown(article(items[0]._replace(number=-2))) == "- Wash the leeks\n"
    assert as_markdown(article(items[0]._replace(number=10**9))) == "- Wash the leeks\n"
    assert as_text(numbered) == "Wash the leeks\n\nDry them"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            ("Mon | Tue", "Leeks | | 3", "Butter | 1 |"),
            ("|  | Mon | Tue |", "| Leeks |  | 3 |", "| Butter | 1 |  |"),
        ),
        (("| Day | Price |", "| Mon | 3 |"), ("| Day | Price |", "| Mon | 3 |")),
        (("| Day | Price |", "| --- | :-: |", "| Mon | 3 |"), ("| Day | Price |", "| Mon | 3 |")),
        (("Group A", "Lakeside | 3"), ("| Group A |  |", "| Lakeside | 3 |")),
        (("Team | Score", "A|B | 3"), ("| Team | Score |", r"| A\|B | 3 |")),
    ],
)
def test_cells_stand_below_their_heads(rows: tuple[str, ...], lines: tuple[str, ...]) -> None:
    table = as_markdown(article(*kept(*rows, shape="row"))).splitlines()
    assert (table[0], *table[2:]) == lines
