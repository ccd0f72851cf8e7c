"""Prompts in the first or last sentences of a paragraph: where a text is cut, and what decides it."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.label.edges import (
    EDGE,
    LEAST_PROSE,
    SURE_ODDS,
    EdgeReader,
    cut_edges,
    edge_columns,
    edges_of,
    find_prose,
)
from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.vocabulary import WordOdds, vocabulary_columns
from cleaner.label.forest import Forest
from cleaner.label.pieces import cut_pieces
from cleaner.pipeline import clean
from cleaner.segment.text import segment_text
from cleaner.train.edges import _Maker
from cleaner.train.texts_corpus import CleanText, Junk

NEWS = "The harbour board closed the old pier on Monday after cracks were found in two of its pillars."
MORE = "Boats will moor at the fish market until the pillars are mended, which may take all winter."
PROMPT = "Zorp your flib today!"
VOCABULARY = Vocabulary(WordOdds({"zorp": -4.0, "flib": -4.0, "blen": -2.0, "pillars": 3.0}, {}, {}, {}))


def reader(prompt_odds: float = 3.0) -> EdgeReader:
    """One that takes words all of which are unlikely in a body for a prompt, with these log-odds."""
    questions = np.array([[-1.0, *[np.inf] * 5]], np.float32)  # all but the first are answered with no
    answers = np.zeros((1, 64), np.float32)
    answers[0, :2] = -prompt_odds, 5.0
    forest = Forest(("odds_high",), np.zeros((1, 6), np.int32), questions, answers, 0.0)
    return EdgeReader(VOCABULARY, forest)


def prose_of(text: str, least: float = 1.0, prompt_odds: float = 3.0) -> str | None:
    words = vocabulary_columns([text], np.zeros(1, np.float32), VOCABULARY)
    found = find_prose([text], words["odds_low3"], reader(prompt_odds), least).get(0)
    return None if found is None else text[found.begin : found.end].strip()


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        (f"{NEWS} {PROMPT}", NEWS),
        (f"{PROMPT} {NEWS}", NEWS),
        (f"{PROMPT} {NEWS} {PROMPT}", NEWS),
        (f"{NEWS} {MORE} {PROMPT}", f"{NEWS} {MORE}"),
        (f"{NEWS} ▶ Zorp flib", NEWS),
        (f"{NEWS} [Zorp the flib]", NEWS),
        (f"[Zorp the flib] {NEWS}", NEWS),
    ],
)
def test_prose_is_what_is_left_beside_the_prompt(text: str, prose: str) -> None:
    assert prose_of(text) == prose


@pytest.mark.parametrize(
    "text",
    [
        f"{NEWS} {MORE}",
        f"{NEWS} {PROMPT} {MORE}",  # within the paragraph: rules alone cut there
        f"{PROMPT} {'No.'} {PROMPT}",
        PROMPT,
        "",
    ],
)
def test_other_paragraphs_are_left_whole(text: str) -> None:
    assert prose_of(text) is None


def test_what_is_cut_is_as_likely_as_asked_for() -> None:
    text = f"{NEWS} {PROMPT}"
    assert prose_of(text, least=2.0, prompt_odds=2.1) == NEWS
    assert prose_of(text, least=2.0, prompt_odds=1.9) is None


def test_paragraphs_without_words_of_prompts_are_not_looked_into() -> None:
    text = f"{NEWS} Blen."
    assert any(edge.words == "Blen." for edge in edges_of(0, text))
    assert prose_of(text) is None


def test_edges_leave_a_sentence_of_prose() -> None:
    edges = list(edges_of(7, f"{NEWS} Yes. No. {MORE}"))
    assert {edge.paragraph for edge in edges} == {7}
    assert all(len(edge.rest) >= LEAST_PROSE for edge in edges)
    assert {edge.words for edge in edges if edge.at_end} == {MORE, f"No. {MORE}", f"Yes. No. {MORE}"}
    assert {edge.words for edge in edges if not edge.at_end} == {NEWS, f"{NEWS} Yes.", f"{NEWS} Yes. No."}


def test_words_count_as_shared_that_another_paragraph_has() -> None:
    paragraphs = [f"{NEWS} The pillars crumble.", MORE]
    edges = [edge for edge in edges_of(0, paragraphs[0]) if edge.words == "The pillars crumble."]
    with_other = edge_columns(paragraphs, edges, VOCABULARY)["shared_often"]
    alone = edge_columns(paragraphs[:1], edges, VOCABULARY)["shared_often"]
    assert with_other[0] > alone[0] == 0


@pytest.mark.parametrize(("odds", "sure"), [(SURE_ODDS + 0.1, True), (SURE_ODDS - 0.1, False)])
def test_pieces_of_a_line_have_the_prompt_apart(odds: float, sure: bool) -> None:
    text = f"{NEWS} {PROMPT}\n\n{MORE}"
    cut = cut_edges(cut_pieces(segment_text(text)), reader(odds))
    assert [piece.text for piece in cut.pieces] == [NEWS, PROMPT, MORE]
    assert [text[piece.start : piece.end] for piece in cut.pieces] == [NEWS, PROMPT, MORE]
    assert cut.lines == (0, 0, 1)
    assert cut.hits == (None, EDGE._replace(sure=sure), None)


def test_a_text_without_prompts_keeps_its_pieces() -> None:
    pieces = cut_pieces(segment_text(f"{NEWS}\n\n{MORE}"))
    assert cut_edges(pieces, reader()) is pieces


APPEAL = "We rely on gifts from readers like you, so please chip in what you can spare this winter."


@pytest.mark.parametrize("as_page", [False, True])
def test_an_appeal_behind_news_goes_and_the_news_stays(as_page: bool) -> None:
    last = "The board hopes that the first boats can come back to the pier before Easter, it said."
    third = "Skippers had asked for a floating pier, which the board called too dear for two months."
    paragraphs = [f"{NEWS} {MORE}", f"{third} {APPEAL}", last]
    source = "\n\n".join(paragraphs)
    if as_page:
        source = f"<article><h1>Pier closed</h1>{''.join(f'<p>{text}</p>' for text in paragraphs)}</article>"
    article = clean(source, kind="html" if as_page else "text")
    assert article.text.split("\n\n")[-3:] == [f"{NEWS} {MORE}", third, last]
    assert APPEAL in [removal.text for removal in article.removed]


def body(fold: int) -> CleanText:
    return CleanText("pier", "pier", "en", "Pier closed", f"{NEWS} {MORE}", (f"{NEWS} {MORE}",), fold)


def test_examples_have_prompts_of_the_own_fold_in_some_paragraphs() -> None:
    prompts = [Junk(1, "en", PROMPT, "donation"), Junk(2, "en", "Blen the flib now.", "donation")]
    maker = _Maker(prompts, seed=1)
    as_it_is, *prompted = (one for _ in range(8) for one in maker.examples(body(1), VOCABULARY))
    assert not as_it_is.is_prompt.any()
    told = {edge.words for one in prompted for edge, yes in zip(one.edges, one.is_prompt, strict=True) if yes}
    assert PROMPT in told
    assert not any("Blen" in words for words in told)
    assert all(one.weight[one.is_prompt].min() == 1 for one in prompted if one.is_prompt.any())


def test_bodies_without_prompts_of_their_fold_are_shown_as_they_are() -> None:
    maker = _Maker([Junk(2, "en", PROMPT, "donation")], seed=1)
    examples = list(maker.examples(body(1), VOCABULARY))
    assert len(examples) == 1
    assert not examples[0].is_prompt.any()
