"""A headline right above a clean text is told from the first line of the text itself, in every language."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cleaner
from cleaner.label.features.characters import count_characters
from cleaner.label.opening import (
    FEWEST_WORDS,
    LEAST_BELOW,
    LONGEST_TITLE,
    TOLD,
    may_be_headline,
    opening_columns,
    opens_with_headline,
)
from cleaner.label.pieces import cut_pieces
from cleaner.label.rules import Hit
from cleaner.label.scraped import packaged_labeller, read_text
from cleaner.segment.text import segment_text
from cleaner.train.texts_corpus import CleanText
from cleaner.train.texts_invented import parted, read_articles
from tests.forests import of_columns

ARTICLES = Path(__file__).parent / "articles"
LEAST_FOUND = 0.55
"""Share of headlines found above invented articles that nothing was learned from."""
MOST_TAKEN = 0.03
"""Share of these articles that lose a first line without their headline."""

PROSE = [
    "The harbour board of Sallow Island voted on Monday to open the new ferry pier a month early.",
    "Islanders had waited two winters for the crossing, which a storm cut off when it broke the old pier.",
    "The first boat will leave on Monday at 06:40 and come back before the shops close, the board said.",
]


def held_out() -> list[CleanText]:
    return [one for path in sorted(ARTICLES.glob("*.txt")) for one in parted(read_articles(path))[1]]


def test_headlines_above_articles_are_found() -> None:
    articles = [article for article in held_out() if article.title]
    found = [cleaner.clean(f"{one.title}\n\n{one.text}", kind="text").title == one.title for one in articles]
    assert len(found) > 200
    assert np.mean(found) >= LEAST_FOUND


def test_articles_by_themselves_keep_their_first_line() -> None:
    articles = held_out()
    taken = [cleaner.clean(article.text, kind="text").title is not None for article in articles]
    assert np.mean(taken) <= MOST_TAKEN


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_headline_is_title_and_no_body(gap: str) -> None:
    headline = "Sallow Island ferry pier to open a month early"
    article = cleaner.clean(gap.join([headline, *PROSE]), kind="text")
    assert article.title == headline
    assert article.text == "\n\n".join(PROSE)
    assert [(block.label, block.text) for block in article.removed] == [("title", headline)]


def test_a_sentence_above_stays() -> None:
    article = cleaner.clean("\n\n".join(PROSE), kind="text")
    assert article.title is None
    assert article.text == "\n\n".join(PROSE)


def test_it_takes_an_article_below() -> None:
    """Two short lines are no headline and article."""
    blocks = segment_text(f"Sallow Island ferry pier to open a month early\n\n{PROSE[0]}")
    labeller = packaged_labeller()
    cut, columns = read_text(blocks, labeller)
    assert not opens_with_headline(cut, columns, np.ones(len(cut.pieces), np.bool_), labeller.opening)


@pytest.mark.parametrize(
    ("first", "below", "kept", "opens"),
    [
        ("Ferry pier to open early", int(LEAST_BELOW), True, True),
        ("Ferry pier to open early", int(LEAST_BELOW) - 1, True, False),
        ("Why does the ferry pier open early?", int(LEAST_BELOW) - 1, True, False),
        ("Ferry pier to open early", int(LEAST_BELOW), False, False),
    ],
)
def test_a_headline_is_a_kept_line_with_so_many_words_below(
    first: str, below: int, kept: bool, opens: bool
) -> None:
    """Whatever the forest makes of it, which here takes everything for a headline."""
    cut = cut_pieces(segment_text(f"{first}\n\n{'tide ' * (below - 1)}tide."))
    columns = count_characters([piece.text for piece in cut.pieces])
    columns = dict.fromkeys(TOLD, columns["words"]) | columns
    flags = np.array([kept, *[True] * (len(cut.pieces) - 1)])
    assert opens_with_headline(cut, columns, flags, of_columns("words", -9.0, -9.0)) is opens


def test_a_hint_does_not_deny_a_headline() -> None:
    cut, columns = read_text(segment_text("\n\n".join(["Ferry news by letter", *PROSE])), packaged_labeller())
    hint = Hit("newsletter", "en/newsletter/letter?", False, "letter")
    assert opening_columns(cut._replace(hits=(hint, *cut.hits[1:])), columns) is not None
    assert opening_columns(cut._replace(lines=(0, *cut.lines[:-1])), columns) is None  # part of a line


def test_signs_and_sizes_of_headlines() -> None:
    assert may_be_headline("tide" * (LONGEST_TITLE // 4), FEWEST_WORDS)
    assert [sign for sign in ".。:：,;،۔।" if may_be_headline(f"Ferry pier to open{sign}", 4)] == []


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("Ferry pier to open early", 5, True),
        ("Why does the ferry pier open early?", 7, True),
        ("Ferry pier", 2, False),
        ("The ferry pier opens early.", 5, False),
        ("What the ferry pier costs:", 5, False),
        ("渡し船の桟橋は一か月早く開く。", 8, False),
        ("Ferry pier " * 30 + "opens", 61, False),
    ],
)
def test_form_of_a_headline(text: str, words: float, told: bool) -> None:
    assert may_be_headline(text, words) is told


def test_a_sure_prompt_is_no_headline() -> None:
    """Whatever the forest makes of it."""
    blocks = segment_text("\n\n".join(["Sign up for our newsletter", *PROSE]))
    cut, columns = read_text(blocks, packaged_labeller())
    assert cut.hits[0] is not None
    assert cut.hits[0].sure
    assert opening_columns(cut, columns) is None
    unsure = cut._replace(hits=[None, *cut.hits[1:]])
    assert opening_columns(unsure, columns) is not None


def test_standfirst_without_a_stop_is_no_title() -> None:
    headline = "Sallow Island ferry pier to open a month early"
    standfirst = "Islanders had waited two winters for the crossing after a storm broke the old pier"
    article = cleaner.clean(
        "\n\n".join([headline, standfirst, "By Jane Roe", "3 June 2025", *PROSE]), kind="text"
    )
    assert (article.title, article.authors, article.published) == (headline, ("Jane Roe",), "2025-06-03")
    assert article.text == "\n\n".join(PROSE)


def test_date_under_a_kept_byline_goes() -> None:
    lines = [
        "Marrow Bay stimmt für eine neue Flutmauer",
        "Vier Mitglieder änderten nach elf Stunden Debatte ihre Meinung.",
        "Von Jana Roe",
        "3. Juni 2025",
        "Der Stadtrat von Marrow Bay hat am Dienstagabend beschlossen, die alte Flutmauer neu zu bauen.",
        "Vier Mitglieder hatten vor der Debatte angekündigt, dagegen zu stimmen, und taten es nicht.",
        "Die Arbeiten sollen im Herbst beginnen und drei Jahre dauern, sagte der Bürgermeister nachher.",
    ]
    article = cleaner.clean("\n\n".join(lines), kind="text")
    assert article.published == "2025-06-03"
    assert article.text == "\n\n".join(lines[4:])


@pytest.mark.parametrize(
    ("line", "published"),
    [("입력 2025.04.09 08:11", "2025-04-09T08:11:00"), ("发布时间：2025-04-09 08:26", "2025-04-09T08:26:00")],
)
def test_a_date_line_is_one_even_if_a_rule_knows_its_word(line: str, published: str) -> None:
    headline = "Sallow Island ferry pier to open a month early"
    article = cleaner.clean("\n\n".join([headline, line, *PROSE]), kind="text")
    assert article.published == published
    assert "dateline" in [block.label for block in article.removed]


def test_a_role_may_stand_between_name_and_date() -> None:
    lines = [
        "Sallow Island ferry pier to open a month early",
        "Bea Lorn",
        "Political Editor",
        "3 June 2025",
        *PROSE,
    ]
    article = cleaner.clean("\n\n".join(lines), kind="text")
    assert (article.authors, article.published) == (("Bea Lorn",), "2025-06-03")
    assert article.text == "\n\n".join(PROSE)
