"""The third pass: the words of blocks that may be body, and the invented lines that it learns from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from selectolax.lexbor import LexborHTMLParser

from cleaner.label.edges import EdgeReader
from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.html import Odds, third_columns, words_told
from cleaner.label.features.names import NameOdds
from cleaner.label.features.vocabulary import WordOdds, vocabulary_columns
from cleaner.label.features.wording import TAKEN, wording_columns
from cleaner.label.features.wordtable import WordTable
from cleaner.label.forest import probabilities
from cleaner.label.passes import (
    MOST_READ,
    Labeller,
    Passes,
    in_learned_writing,
    may_be_body,
    pass_twice,
    read_words,
)
from cleaner.segment.html import parse
from cleaner.train.figures import Outcome, invented_figures, page_figures
from cleaner.train.folds import FOLDS, fold_of
from cleaner.train.pages import TrainingPage, made_pages, read_pages
from cleaner.train.pages_invented import MarkedPage, PageMaker, Planter, squeezed
from cleaner.train.texts_corpus import CleanText, Junk
from tests.forests import of_columns

PARAGRAPHS = (
    "The harbour bridge at Lowmere will close for nine weeks from Monday, the county said.",
    "Engineers found rust in two of the cables during a routine inspection in spring.",
    "Buses will take the long way round, through Northbridge and along the river bank.",
    "Shops in the old town fear for their Christmas trade & have asked for a later start.",
)
SITE = "lowmere.example"
BODY = CleanText(SITE, SITE, "en", "Bridge to close", "\n".join(PARAGRAPHS), PARAGRAPHS, fold_of(SITE))
PROMPTS = ("Help us keep the lights on: give what you can.", "Your gift pays\nfor tomorrow's paper.")
NEWS = ("The abbey asked its readers for gifts and had 40,000 by noon.", "Members pay five a month.")
PAGE = f"""<html><body><nav><p>Help</p></nav><article>{
    "".join(f'<p class="text">{text.replace("&", "&amp;")}</p>' for text in PARAGRAPHS)
}</article></body></html>"""
NO_WORDS = WordOdds({}, {}, {}, {})


def passages(texts: tuple[str, ...], fold: int, label: str = "") -> list[Junk]:
    return [Junk(fold, "en", text, label) for text in texts]


def planter(fold: int = BODY.fold, label: str = "donation") -> Planter:
    return Planter(passages(PROMPTS, fold, label), passages(NEWS, fold), seed=3)


def texts_of(page: str) -> list[str]:
    return [squeezed(block.text) for block in parse(page).blocks]


def test_planted_lines_are_blocks_between_the_paragraphs() -> None:
    marked = planter().plant(PAGE, BODY)
    assert marked is not None
    texts = texts_of(marked.html)
    assert [text for text in texts if text not in marked.lines] == texts_of(PAGE)
    assert {text for text in texts if text in marked.lines} == marked.lines.keys()
    first = texts.index(squeezed(PARAGRAPHS[0]))
    assert all(texts.index(line) > first for line in marked.lines)
    said = {squeezed(line): False for text in PROMPTS for line in text.split("\n")}
    said |= dict.fromkeys(map(squeezed, NEWS), True)
    assert marked.lines.items() <= said.items()
    assert set(marked.lines.values()) == {True, False}


def test_planted_news_is_set_like_the_paragraph_before() -> None:
    marked = planter().plant(PAGE, BODY)
    assert marked is not None
    tree = LexborHTMLParser(marked.html)
    news = [node for node in tree.css("*") if marked.lines.get(squeezed(node.text(deep=False)))]
    assert news
    assert {(node.tag, node.attributes.get("class")) for node in news} == {("p", "text")}


def test_nothing_is_planted_from_another_fold_or_where_words_do_not_tell() -> None:
    other = (BODY.fold + 1) % FOLDS
    assert planter(other).plant(PAGE, BODY) == MarkedPage(PAGE, {})
    marked = planter(label="related").plant(PAGE, BODY)
    assert marked is not None
    assert set(marked.lines.values()) == {True}


def test_a_page_of_few_paragraphs_is_left_alone() -> None:
    assert planter().plant(f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>", BODY) is None


def test_the_same_seed_plants_and_makes_the_same() -> None:
    assert planter().plant(PAGE, BODY) == planter().plant(PAGE, BODY)
    pages = [[maker.make(BODY) for _ in range(4)] for maker in (page_maker(), page_maker())]
    assert pages[0] == pages[1]
    assert len({page.html for page in pages[0]}) == 4


def page_maker() -> PageMaker:
    return PageMaker(passages(PROMPTS, BODY.fold, "donation"), seed=5)


def test_made_pages_hold_the_article_in_order_and_prompts_around_it() -> None:
    maker = page_maker()
    for page in (maker.make(BODY) for _ in range(20)):
        texts = texts_of(page.html)
        assert set(texts) == page.lines.keys()
        assert [text for text in texts if page.lines[text]] == list(map(squeezed, PARAGRAPHS))


def test_made_lists_and_subheadings_are_marked_as_such() -> None:
    article = BODY._replace(paragraphs=(*PARAGRAPHS[:2], "What is closed", "- the bridge", PARAGRAPHS[2]))
    maker = page_maker()
    pages = [maker.make(article).html for _ in range(20)]
    assert all(re.search(r"<li>the bridge</li>", page) for page in pages)
    assert any(re.search(r"<h[23]>What is closed</h[23]>", page) for page in pages)


def read(tmp_path: Path, planting: Planter) -> list[TrainingPage]:
    file = tmp_path / "set.jsonl"
    file.write_text(json.dumps({"html": PAGE, "url": f"https://{SITE}/1", "body": BODY.text}))
    return list(read_pages([file], planting))


def test_a_planted_page_comes_behind_its_page_and_tells_of_its_planted_lines_alone(tmp_path: Path) -> None:
    page, planted = read(tmp_path, planter())
    assert page.invented == ()
    assert (planted.source, planted.site) == ("planted", SITE)
    texts = [block.text for block in planted.page.blocks]
    assert {texts[number] for number in planted.invented}.isdisjoint(PARAGRAPHS)
    assert np.flatnonzero(planted.weight).tolist() == list(planted.invented)
    assert {texts[number] for number in planted.invented if planted.is_body[number]} <= set(NEWS)


def test_made_pages_are_learned_from_line_by_line() -> None:
    pages = list(made_pages([BODY], page_maker()))
    assert len(pages) > 1
    for page in pages:
        kept = [block.text for block, body in zip(page.page.blocks, page.is_body, strict=True) if body]
        assert kept == list(PARAGRAPHS)
        assert len(page.invented) == len(page.page.blocks)


@pytest.mark.parametrize(
    ("passed", "third", "kept"),
    [(3.0, (-6.0, 6.0), [True, False]), (-9.0, (6.0, 6.0), [False, False]), (-1.0, (6.0, 6.0), [True, True])],
)
def test_the_third_pass_hears_words_where_the_others_leave_something_open(
    passed: float, third: tuple[float, float], kept: list[bool]
) -> None:
    page = parse(f"<p>{PARAGRAPHS[0]}</p><p>{PROMPTS[0]}</p>")
    two = of_columns("words", passed, passed)
    vocabulary = Vocabulary(WordOdds({"harbour": 2.0, "lights": -2.0}, {}, {}, {}))
    passes = Passes(Odds(NameOdds({}, {}), WordTable({})), two, two)
    third_pass = of_columns("odds_mean", *third)
    labeller = Labeller(passes, vocabulary, third_pass, EdgeReader(vocabulary, third_pass, third_pass))
    twice = pass_twice(page, [None, None], passes)
    chances = probabilities(twice.log_odds)
    numbers = may_be_body(page, chances)
    if len(numbers):
        words = words_told(page, twice.scene, numbers, vocabulary)
        chances[numbers] = read_words(twice, words, numbers, labeller)
    assert (chances >= 0.5).tolist() == kept


def test_what_the_third_pass_does_not_read_is_no_neighbour() -> None:
    page = parse(f'<p>{PARAGRAPHS[0]}</p><p>On.</p><p class="x">{PROMPTS[0]}</p>')
    two = of_columns("words", 1.0, 1.0)
    passed = pass_twice(page, [None] * 3, Passes(Odds(NameOdds({}, {}), WordTable({})), two, two))
    log_odds = np.array([1.0, 2.0, 3.0], np.float32)
    numbers = np.array([0, 2], np.intp)
    vocabulary = Vocabulary(WordOdds({"lights": -2.0, "on": 5.0}, {}, {}, {}))
    words = words_told(page, passed.scene, numbers, vocabulary)
    read = third_columns(passed.scene, words, log_odds, numbers)
    assert read["log_odds"].tolist() == [1.0, 3.0]
    assert read["words"].tolist() == passed.columns["words"][numbers].tolist()
    assert read["words+1"].tolist() == [read["words"][1], -1]
    assert read["log_odds-1"].tolist() == [-1, 1.0]
    assert read["odds_low"].tolist() == [0, -2.0]
    assert read["make_share"].tolist() == [0.5, 0.5]


def test_blocks_named_alike_are_counted() -> None:
    ones = np.ones(4, np.float32)
    columns = dict.fromkeys(TAKEN, ones) | {"words": np.array([10, 20, 30, 40], np.float32)}
    makes = np.array([2, 0, 2, 2], np.int32)
    words = vocabulary_columns(PARAGRAPHS, ones, Vocabulary(NO_WORDS))
    read = wording_columns(columns, words, ones, makes)
    assert read["make_share"].tolist() == pytest.approx([0.75, 0.25, 0.75, 0.75])
    assert read["make_words"].tolist() == pytest.approx([0.8, 0.2, 0.8, 0.8])


def test_rows_and_what_is_beyond_any_article_are_not_read() -> None:
    page = parse(
        f"<p>{PARAGRAPHS[0]}</p><table><tr><td>Port<td>Departs</table>" + "<p>On.</p>" * (MOST_READ + 9)
    )
    likely = np.full(len(page.blocks), 0.5, np.float32)
    likely[2] = 0.1
    numbers = may_be_body(page, likely).tolist()
    assert numbers[:2] == [0, 3]
    assert len(numbers) == MOST_READ


def test_invented_lines_are_counted_apart_from_pages(tmp_path: Path) -> None:
    page, planted = read(tmp_path, planter())
    chances = np.zeros(len(planted.page.blocks), np.float32)
    chances[[number for number in planted.invented if planted.is_body[number]]] = 0.9
    outcomes = [Outcome(planted, {}, chances)]
    assert list(page_figures(outcomes)) == []
    news, prompts = invented_figures(outcomes)
    assert "planted" in news
    assert "news     0.000 left out" in news
    assert "prompts  1.000 left out" in prompts
    assert list(invented_figures([Outcome(page, {}, chances)])) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The harbour bridge will close on Monday.", True),
        ("Гавань закроют в понедельник.", True),
        ("สะพานท่าเรือปิดตั้งแต่วันจันทร์", False),
        ("बंदरगाह का पुल सोमवार से बंद है।", False),
        ("הגשר בנמל ייסגר ביום שני.", False),
        ("The word for bridge, written down by a clerk in 1904, is पुल.", True),
    ],
)
def test_words_are_read_in_writings_that_were_learned(text: str, read: bool) -> None:
    page = parse(f"<p>{PARAGRAPHS[0]}</p><p>{text}</p>")
    assert in_learned_writing(page, np.arange(2)).tolist() == [0, 1][: 1 + read]
