"""Markdown is labelled as a reader sees it, and nothing of the text as it came is lost on the way."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.model import BODY, LabelledBlock, Verdict
from cleaner.segment.markdown import PICTURE, is_picture, read_markdown
from cleaner.segment.text import segment_text

MARKS = [
    "[", "]", "(", ")", "!", "*", "**", "_", "\\", "# ", "\n", "\n\n", " ", "word", "A sentence.", "[a](b)",
    "![p](q)", "[![p](q)](r)", "[](x)", "- ", "> ", "| a | b |", "|---|---|", "***b***", "[x\ny](z)",
    "[ s ](t)", "[__](u)", "[**](v)", "__",
]  # fmt: skip
STORY = (
    "The harbour board of **Lowmere** said on Tuesday that the old ferry would be replaced by an "
    "[electric one](https://news.example/ferries) before the end of next year.",
    "Residents of the island have waited for the decision since the spring, when engineers told a public "
    "meeting that the hull of the present boat would not pass another inspection.",
    "The council will pay a third of the cost, and the rest is to come from a regional fund for coastal "
    "transport, which has until December to confirm the grant.",
)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("[By Jane Roe](https://news.example/jane)", "By Jane Roe"),
        ("**[Jane Roe](https://news.example/jane)**", "Jane Roe"),
        ('# A [link](https://news.example/a_(b) "with a title") in it', "# A link in it"),
        ("![The ferry](https://news.example/a.jpg)", PICTURE),
        ("[![The ferry](a.jpg)](https://news.example/) [](b)", f"{PICTURE} {PICTURE}"),
        ("# *In italics* and __in bold__", "# In italics and in bold"),
        ("# One\n\n2 * 3 * 4 and snake_case_name", None),
        ("# Costs \\*not\\* marked", "# Costs *not* marked"),
        ("Plain text with (brackets) and [square ones].", None),
        ("Plain text with an asterisk* and *another", None),
    ],
)
def test_what_a_reader_sees(text: str, seen: str | None) -> None:
    reading = read_markdown(text)
    assert (reading.plain if reading else None) == seen


@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join))
def test_blocks_that_are_mapped_back_tile_the_text(text: str) -> None:
    reading = read_markdown(text)
    if reading is None:
        return
    labelled = [LabelledBlock(block, Verdict(BODY, "test")) for block in segment_text(reading.plain)]
    place = 0
    for block, _ in reading.back(labelled):
        assert block.text == text[block.start : block.end]
        assert place <= block.start
        assert not text[place : block.start].strip()
        place = block.end
    assert not text[place:].strip()


def test_a_scraped_page_is_cleaned_like_its_text() -> None:
    source = "\n\n".join(
        (
            "[Skip to content](https://news.example/story#content)",
            "# Electric ferry to replace island boat",
            "By [Nora Whitlock](https://news.example/nora)",
            "**8 October 2024**",
            "![The old ferry](https://news.example/ferry.jpg)",
            *STORY[:2],
            "| Port | Departs |\n| --- | --- |\n| Lowmere | 06:40 |\n| Sallow | 07:30 |",
            STORY[2],
            "[Sign up for our newsletter](https://news.example/newsletter)",
        )
    )
    article = cleaner.clean(source, kind="text")
    assert article.title == "Electric ferry to replace island boat"
    assert (article.authors, article.published) == (("Nora Whitlock",), "2024-10-08")
    assert [kept.text for kept in article.body if kept.shape == "paragraph"] == list(STORY)
    assert [kept.text for kept in article.body if kept.shape == "row"][2:] == [
        "| Lowmere | 06:40 |",
        "| Sallow | 07:30 |",
    ]
    labels = {removal.text: removal.label for removal in article.removed}
    assert labels["![The old ferry](https://news.example/ferry.jpg)"] == "media"
    assert labels["[Sign up for our newsletter](https://news.example/newsletter)"] == "newsletter"


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("# The old ferry is sold", "The old ferry is sold"),
        ("# **The old ferry** is sold, he says.", "The old ferry is sold, he says."),
        ("# Ferries", None),
        ("## The old ferry is sold", None),
        ("# The old ferry is sold\n\n# What it cost the islanders", None),
    ],
)
def test_a_heading_of_the_first_level_that_opens_a_text_is_its_headline(
    opening: str, title: str | None
) -> None:
    article = cleaner.clean("\n\n".join((opening, *STORY)))
    assert article.title == title
    assert (opening in article.text) == (title is None)


def test_a_headline_alone_is_left_to_the_text() -> None:
    assert cleaner.clean("# The old ferry is sold").text == "# The old ferry is sold"


def test_markdown_of_an_article_keeps_its_headline() -> None:
    title = "Electric ferry to replace island boat"
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY[1:])
    page = f"<html><title>{title}</title><article><h1>{title}</h1>{paragraphs}</article></html>"
    again = cleaner.clean(cleaner.clean(page).to_markdown())
    assert (again.title, again.text) == (title, "\n\n".join(STORY[1:]))


def test_a_picture_is_told_from_a_line_with_one() -> None:
    blocks = segment_text(f"{PICTURE}\n- {PICTURE}\n{PICTURE} The old ferry")
    assert [is_picture(block) for block in blocks] == [True, True, False]


@pytest.mark.parametrize("mark", ["[", "[a](b", "![a](b) ", "**a** ", "_a", "\\*", "[a]((", "](("])
def test_marks_by_the_hundred_thousand_are_read_in_time(mark: str) -> None:
    begun = time.process_time()
    read_markdown("# x\n" + mark * 100_000)
    assert time.process_time() - begun < 2.0


WRAPPED = """\
  * [Home](/)
  * [News](https://news.example/news)

# Lowmere's ferry is to be electric

By [Dana Holt](https://news.example/people/dana-holt-who-writes-on-ships-and-
harbours)

The harbour board of **Lowmere** said on Tuesday that the old ferry would be
replaced by an [electric one](https://news.example/2024/05/the-ferry-that-
needs-no-oil) before the end of next year.

Residents of the island have waited for the decision since the spring, when
engineers told a public meeting that the hull of the present boat would not
pass another inspection.

> We have lived by the supply boat and the tide, and nobody has asked us when
> the next boat should sail, which is what matters to those who live here.

The new boat will carry sixty people and twelve cars, and the crossing, which
takes forty minutes today, is to be shorter by a third once both engines have
been tested.

[Share this article](https://news.example/share)
"""


def test_wrapped_markdown_is_read_by_paragraphs() -> None:
    article = cleaner.clean(WRAPPED, kind="text")
    link = "[electric one](https://news.example/2024/05/the-ferry-that-needs-no-oil)"
    paragraphs = article.text.split("\n\n")
    assert paragraphs[0].endswith(f"would be replaced by an {link} before the end of next year.")
    assert paragraphs[2].endswith("and nobody has asked us when the next boat should sail, which is what "
                                  "matters to those who live here.")  # fmt: skip
    assert [len(paragraphs), article.title, article.authors] == [
        4,
        "Lowmere's ferry is to be electric",
        ("Dana Holt",),
    ]


@given(st.lists(st.sampled_from([*MARKS, "> ", "word " * 12, "[a](b-" + "c" * 70 + ")"]), max_size=30))
def test_blocks_of_wrapped_markdown_tile_the_text(parts: list[str]) -> None:
    paragraphs = (*STORY, " ".join("".join(parts).split()), *STORY)
    text = "\n\n".join(textwrap.fill(paragraph, 78) for paragraph in paragraphs)
    reading = read_markdown(text)
    assert reading is not None
    labelled = [LabelledBlock(block, Verdict(BODY, "test")) for block in segment_text(reading.plain)]
    place = 0
    for block, _ in reading.back(labelled):
        assert block.text == text[block.start : block.end]
        assert place <= block.start
        assert not text[place : block.start].strip()
        place = block.end
    assert not text[place:].strip()
