"""The lead picture's caption and credit: how they are parted, and on which figures they are found."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.label.lines.words import LANGUAGES
from cleaner.metadata.credits import split_caption
from cleaner.model import Article
from cleaner.segment.finding import element_there
from cleaner.segment.html import parse

CAPTIONS: dict[str, list[list[str]]] = tomllib.loads(
    (Path(__file__).parent / "metadata" / "captions.toml").read_text("utf-8")
)
HEADLINE = "Old bridge closes after cracks are found"
PARAGRAPHS = (
    "The old bridge over the river was closed on Friday after engineers found cracks in two of its pillars,"
    " the council said in a statement that it read out at noon.",
    "It would be shut for at least six weeks, and buses would take another way along the northern bank, past"
    " the mill and the two schools that stand there.",
    "Traders in the old town fear for their takings. Some of them said that they had not been told anything,"
    " and that they had learned of it from the radio.",
    "The bridge was built by the grandfather of the present mayor, and last mended when she was a child,"
    " as a plate on its eastern side still tells.",
)


def shown(shape: str) -> str:
    """The markup of a figure; what it shows is written in brackets for short."""
    start = "<figure><img src='/a.jpg'><figcaption>"
    return shape.replace("[", start).replace("]", "</figcaption></figure>")


FIGURE = (
    '<figure><img src="/img/old-bridge-1200x800.jpg" alt="A bridge">'
    "<figcaption>The bridge on Friday. Photo: Jane Roe/River Press</figcaption></figure>"
)
FOUND = ("The bridge on Friday.", "Jane Roe/River Press")
OG_IMAGE = '<meta property="og:image" content="https://rivernews.example/img/old-bridge.jpg?w=600">'


def read(above: str = "", below: str = "", end: str = "", head: str = "", over: str = "") -> Article:
    """A page with a picture over or under the headline, below the first paragraph, or at the end."""
    first, *others = (f"<p>{text}</p>" for text in PARAGRAPHS)
    return cleaner.clean(
        f"<html lang=en><head><title>{HEADLINE}</title>{head}</head><body><article>"
        f"{over}<h1>{HEADLINE}</h1>{above}"
        f"<div class=text>{first}{below}{''.join(others)}{end}</div></article></body></html>",
        kind="html",
    )


def told(article: Article) -> tuple[str | None, str | None]:
    return article.image_caption, article.image_credit


def test_the_table_covers_every_language() -> None:
    assert set(CAPTIONS) == set(LANGUAGES)
    assert sum(map(len, CAPTIONS.values())) >= 40


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"{language}-{i}")
        for language in CAPTIONS
        for i, row in enumerate(CAPTIONS[language])
    ],
)
def test_captions_and_credits_are_parted(row: list[str]) -> None:
    text, caption, credit = row
    assert tuple(split_caption(text)) == (caption, credit)


def test_the_figure_below_the_headline() -> None:
    article = read(FIGURE)
    assert told(article) == FOUND
    assert article.provenance["image_caption"] == article.provenance["image_credit"] == "visible:figcaption"
    assert told(read(FIGURE, head=OG_IMAGE)) == FOUND
    assert told(read(over=FIGURE)) == FOUND
    assert told(read(below=FIGURE)) == FOUND


@pytest.mark.parametrize(
    "figure",
    [
        '<div class="wp-caption"><img src="/a.jpg"><p class="wp-caption-text">{text} Photo: {name}</p></div>',
        "[{text} <span class='credit'>{name}</span>]",
        "[{text} <small>Credit: {name}</small>]",
        "[{text} <cite>© {name}</cite>]",
        "[{text} <b itemprop='copyrightHolder'>{name}</b>]",
        "[<p>{text}</p><p class='copyright'>{name}</p>]",
        "<figure><img src='/a.jpg'><p class='caption'>{text}</p><p class='photographer'>{name}</p></figure>",
        '<div class="lead"><img src="/a.jpg"><div class="imageCaption">{text} Image: {name}</div></div>',
    ],
)
def test_figures_in_other_shapes(figure: str) -> None:
    assert told(read(shown(figure.format(text=FOUND[0], name=FOUND[1])))) == FOUND


def test_a_short_caption_with_a_credit_is_no_button() -> None:
    assert told(read(shown("[The pier in March (photo: Nora Whitlock)]"))) == (
        "The pier in March",
        "Nora Whitlock",
    )


def test_a_caption_in_a_cell_needs_no_credit() -> None:
    cell = f"<td class='tr-caption'>{FOUND[0]}</td>"
    table = f"<table class=tr-caption-container><tr><td><img src='/a.jpg'></td></tr><tr>{cell}</tr></table>"
    assert told(read(over=shown(table))) == (FOUND[0], None)


@pytest.mark.parametrize(
    ("end", "credit"), [("<span>Nora Whitlock</span>", "Nora Whitlock"), ("<b>below</b>", None)]
)
def test_a_name_in_an_element_of_its_own_ends_a_caption(end: str, credit: str | None) -> None:
    text = FOUND[0] if credit else f"{FOUND[0]} below"
    assert told(read(shown(f"[{FOUND[0]} {end}]"))) == (text, credit)


@pytest.mark.parametrize(
    "figure",
    [
        "[Advertisement]",
        "[Image]",
        "<figure><img src='/a.jpg' alt='A bridge over a river'></figure>",
        "[Video: Watch the bridge close]",
        f"[{HEADLINE}]",
        "<div class='author'>[By Jane Roe]</div>",
        "<nav class='related'>[Another bridge somewhere]</nav>",
        "<a href='/b'>[Read about another bridge]</a>",
    ],
)
def test_what_is_no_caption(figure: str) -> None:
    assert told(read(shown(figure))) == (None, None)


def test_figures_further_down_are_not_the_lead() -> None:
    assert told(read(end=FIGURE)) == (None, None)
    other = FIGURE.replace("old-bridge", "another-view").replace("The bridge", "Another bridge")
    assert told(read(below=other + f"<p>{PARAGRAPHS[1]}</p>" + FIGURE, head=OG_IMAGE)) == FOUND


def test_structured_captions_are_believed_first() -> None:
    image = {"@type": "ImageObject", "url": "/a.jpg", "caption": "The bridge in spring"}
    data = {"@type": "NewsArticle", "headline": HEADLINE, "image": image}
    article = read(FIGURE, head=f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert told(article) == ("The bridge in spring", FOUND[1])
    assert article.provenance["image_caption"] == "json-ld:image.caption"


def test_alternative_texts_are_no_captions() -> None:
    assert told(read(head='<meta property="og:image:alt" content="A bridge over a river">')) == (None, None)


def test_scraped_texts_have_no_captions() -> None:
    text = f"{HEADLINE}\n\nThe bridge on Friday. Photo: Jane Roe\n\n" + "\n\n".join(PARAGRAPHS)
    assert told(cleaner.clean(text, kind="text")) == (None, None)


def test_places_are_those_of_the_elements() -> None:
    page = parse(f"<body><h1>{HEADLINE}</h1>{FIGURE}<p>x</p></body>")
    tags = [element_there(page.markup, place).tag for place in page.elements.places]
    assert tags == page.elements.tags
    figure: Any = element_there(page.markup, page.elements.places[tags.index("figure")])
    assert [element.tag for element in figure.inside()] == ["img", "figcaption"]
    with pytest.raises(IndexError):
        element_there(page.markup, len(page.markup))
