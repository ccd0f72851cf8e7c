"""The headline of a scraped text that the page's address names, with the lines that it does not name."""

from __future__ import annotations

from urllib.parse import quote

import pytest

import cleaner
from cleaner.label.slug import headline_words

HEADLINE = "Deep beneath the harbour, a forgotten cannery wakes"
PROSE = (
    "The cannery below the old harbour had been shut for forty years when Ines Corrigan found its door. She "
    "had come to mend a drain, she said on Tuesday, and stood in a hall full of brass machines.",
    "The harbour board wants to open it to visitors next summer. It has asked two engineers from Marrow Bay "
    "to look at the roof, which has let in the sea at spring tide for as long as anybody can remember.",
    "Nobody knows how many tins were left behind. A survey in 1981 counted nine thousand, and the rats have "
    "had no use for them since, said Corrigan, who keeps the only key.",
)
ADDRESS = (
    "https://www.example.com/news/2024/10/deep-beneath-the-harbour-a-forgotten-cannery-wakes-20241008.html"
)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (ADDRESS, {"deep", "beneath", "the", "harbour", "forgotten", "cannery", "wakes"}),
        ("https://example.com/ferry_sails_again/comments/", {"ferry", "sails", "again"}),
        ("https://example.de/gruesse-aus-koeln-und-aachen", {"grusse", "aus", "koln", "und", "aachen"}),
        ("https://example.ru/" + quote("мост-закрыт-летом"), {"мост", "закрыт", "летом"}),
        ("https://example.com/local-news", set()),
        ("https://example.com/2024/10/08/4711-2-3", set()),
        ("https://example.com/", set()),
        ("https://[example.com/ferry-sails-again", set()),
        (None, set()),
    ],
)
def test_words_of_an_address(url: str | None, words: set[str]) -> None:
    assert headline_words(url) == words


@pytest.mark.parametrize("above", [(), ("News",), ("Harbour news, tides and boats",)])
def test_the_line_with_the_words_of_the_address_is_the_headline(above: tuple[str, ...]) -> None:
    article = cleaner.clean("\n".join([*above, HEADLINE, *PROSE]), url=ADDRESS, kind="text")
    assert article.title == HEADLINE
    assert HEADLINE not in article.text
    assert article.text.endswith("\n\n".join(PROSE))


def test_a_headline_that_ends_in_a_stop_is_named_by_the_address_alone() -> None:
    text = "\n\n".join([f"{HEADLINE}.", *PROSE])
    assert cleaner.clean(text, url=ADDRESS, kind="text").title == f"{HEADLINE}."
    assert cleaner.clean(text, kind="text").title is None


def test_the_last_of_several_such_lines_is_the_headline() -> None:
    lines = [f"Home > News > {HEADLINE}", HEADLINE, *PROSE]
    article = cleaner.clean("\n\n".join(lines), url=ADDRESS, kind="text")
    assert article.title == HEADLINE
    assert article.text == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    "line",
    [
        "A drain led to brass and tins",  # not one word of the address
        "What the harbour board has said so far about the cannery and its roof",  # two of many
        PROSE[0],  # four of its words, among many others
    ],
)
def test_other_lines_are_not_named_by_the_address(line: str) -> None:
    text = "\n\n".join([line, *PROSE[1:]])
    named, unnamed = (cleaner.clean(text, url=url, kind="text") for url in (ADDRESS, None))
    assert (named.title, named.text) == (unnamed.title, unnamed.text)


def test_a_subheading_below_the_first_paragraph_is_no_headline() -> None:
    text = "\n\n".join([PROSE[0], HEADLINE, *PROSE[1:]])
    article = cleaner.clean(text, url=ADDRESS, kind="text")
    assert article.title is None
    assert article.text == text
