"""The commonest prompts of ten languages nothing was learned from: they go, and the news they stand in stays.

All articles are invented. Each has four paragraphs, with a prompt behind each of them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import cleaner

ARTICLES = tomllib.loads((Path(__file__).parent / "more_languages.toml").read_text(encoding="utf-8"))


def scraped(language: str) -> tuple[list[str], list[str]]:
    """The paragraphs of a language's article, and all lines of it as a scraper has them."""
    paragraphs: list[str] = ARTICLES[language]["paragraphs"]
    prompts: list[str] = ARTICLES[language]["prompts"]
    return paragraphs, [line for pair in zip(paragraphs, prompts, strict=True) for line in pair]


@pytest.mark.parametrize("language", ARTICLES)
def test_prompts_go_from_scraped_text(language: str) -> None:
    paragraphs, lines = scraped(language)
    assert cleaner.clean("\n\n".join(lines), kind="text").text.split("\n\n") == paragraphs


@pytest.mark.parametrize("language", ARTICLES)
def test_prompts_go_from_pages(language: str) -> None:
    paragraphs, lines = scraped(language)
    body = "".join(f"<p>{line}</p>" for line in lines)
    headline = paragraphs[0][:30]
    page = f"<html><body><article><h1>{headline}</h1>{body}</article></body></html>"
    assert cleaner.clean(page).text.split("\n\n") == paragraphs


def test_paragraphs_without_full_stops_are_no_list_below_a_link() -> None:
    paragraphs, _ = scraped("th")
    text = "\n".join([paragraphs[0], "ข่าวที่เกี่ยวข้อง", *paragraphs[1:]])
    kept = cleaner.clean(text, kind="text").text
    assert all(paragraph in kept for paragraph in paragraphs)
