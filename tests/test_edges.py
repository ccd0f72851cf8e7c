"""Prompts in the first or last sentences of a paragraph: where a text is cut, and what decides it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from cleaner.label.edges import (
    EDGE,
    LEAST_PROSE,
    LONGEST,
    LONGEST_READ,
    MAY_HOLD,
    MOST_SENTENCES,
    SURE_ODDS,
    TOLD,
    EdgeReader,
    Prose,
    cut_edges,
    edge_columns,
    edges_of,
    find_prose,
    first_words,
    gate_columns,
    has_edges,
    last_words,
    parted,
    promptlike,
)
from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import Columns, count_characters
from cleaner.label.features.vocabulary import WordOdds, vocabulary_columns
from cleaner.label.pieces import Pieces, cut_pieces
from cleaner.label.rules import Hit
from cleaner.label.scraped import packaged_labeller, read_text
from cleaner.model import Block
from cleaner.pipeline import clean
from cleaner.segment.text import segment_text
from cleaner.train.edges import OTHER_END, _fit_gate, _Gated, _gated, _Maker
from cleaner.train.texts_corpus import CleanText, Junk
from tests.forests import of_columns

NEWS = "The harbour board closed the old pier on Monday after cracks were found in two of its pillars."
MORE = "Boats will moor at the fish market until the pillars are mended, which may take all winter."
PROMPT = "Zorp your flib today!"
VOCABULARY = Vocabulary(WordOdds({"zorp": -4.0, "flib": -4.0, "blen": -2.0, "pillars": 3.0}, {}, {}, {}))


def reader(prompt_odds: float = 3.0) -> EdgeReader:
    """One that takes words all of which are unlikely in a body for a prompt, with these log-odds.

    It looks into paragraphs with a word that is as unlikely as those of prompts are.
    """
    gate = of_columns("odds_low", -5.0, 5.0, -3.0)
    return EdgeReader(VOCABULARY, gate, of_columns("odds_high", -prompt_odds, 5.0))


def of_words(prompts: tuple[str, ...]) -> EdgeReader:
    """One that takes sentences for a prompt in which no other words than these are known."""
    words = dict.fromkeys(prompts, -4.0) | {"pillars": 3.0, "boats": 3.0}
    return reader()._replace(vocabulary=Vocabulary(WordOdds(words, {}, {}, {})))


def columns_of(texts: list[str], vocabulary: Vocabulary = VOCABULARY) -> Columns:
    return vocabulary_columns(texts, np.zeros(len(texts), np.float32), vocabulary) | count_characters(texts)


def prose_of(text: str, least: float = 1.0, prompt_odds: float = 3.0) -> str | None:
    likely = promptlike([text], columns_of([text]), reader(prompt_odds))
    found = find_prose([text], likely, reader(prompt_odds), least).get(0)
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
        (f"{NEWS[:-1]} [Zorp the flib]", NEWS[:-1]),
        (f"[Zorp the flib] {NEWS.lower()}", NEWS.lower()),
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
        f"{NEWS} {'No. ' * LONGEST}{PROMPT}",  # no paragraph has as many sentences
        f"{NEWS[:-1]}▶Zorp flib",  # a sign within a word
        PROMPT,
        "",
    ],
)
def test_other_paragraphs_are_left_whole(text: str) -> None:
    assert prose_of(text) is None


def test_a_long_paragraph_has_no_edges() -> None:
    assert list(edges_of(0, f"{NEWS} {PROMPT}"))
    assert not list(edges_of(0, f"{NEWS} {'No and no ' * (LONGEST_READ // 10)}. {PROMPT}"))


def test_what_is_cut_is_as_likely_as_asked_for() -> None:
    text = f"{NEWS} {PROMPT}"
    assert prose_of(text, least=2.0, prompt_odds=2.1) == NEWS
    assert prose_of(text, least=2.0, prompt_odds=1.9) is None


def test_paragraphs_without_words_of_prompts_are_not_looked_into() -> None:
    text = f"{NEWS} Blen."
    assert any(edge.words == "Blen." for edge in edges_of(0, text))
    assert prose_of(text) is None


@pytest.mark.parametrize("odds", [MAY_HOLD + 0.1, MAY_HOLD - 0.1])
def test_paragraphs_are_looked_into_that_are_likely_to_hold_a_prompt(odds: float) -> None:
    texts = [f"{NEWS} {PROMPT}", f"{NEWS} {MORE}"]
    asked = reader()._replace(gate=of_columns("odds_low", -odds, 9.0, -3.0))
    assert promptlike(texts, columns_of(texts), asked).tolist() == [odds > MAY_HOLD, False]


def test_the_gate_sees_the_last_words_of_a_paragraph_too_long_to_be_read() -> None:
    texts = [f"{MORE} {MORE * 9} {PROMPT}", f"{PROMPT} {MORE}", MORE]
    columns = gate_columns(texts, columns_of(texts), VOCABULARY)
    assert set(columns) == {f"{side}{name}" for side in ("", "first_", "last_") for name in TOLD}
    assert [bool(low < 0) for low in columns["odds_low3"]] == [False, True, False]
    assert [bool(low < 0) for low in columns["first_odds_low3"]] == [False, True, False]
    assert [bool(low < 0) for low in columns["last_odds_low3"]] == [True, False, False]
    assert columns["chars"].tolist() == [len(text) for text in texts]
    assert columns["last_chars"][0] == len(PROMPT)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("One is here. Two is. Three is it.", "One is here.", "Three is it."),
        ("Mr. Crane left. He sailed", "Mr. Crane left.", "He sailed"),
        ("島は静かだ。船が出る。", "島は静かだ。船が出る。", "船が出る。"),
        ("No stop", "No stop", "No stop"),
        ("", "", ""),
        (".", ".", "."),
    ],
)
def test_first_and_last_words_are_those_about_stops(text: str, first: str, last: str) -> None:
    assert (first_words(text), last_words(text)) == (first, last)


@pytest.mark.parametrize(
    ("text", "several"),
    [
        (f"{NEWS} {MORE}", True),
        (f"{NEWS} No", True),
        (NEWS, False),
        ("It was shut. It is open.", False),
        ("", False),
    ],
)
def test_only_texts_of_several_sentences_are_looked_into(text: str, several: bool) -> None:
    assert has_edges(text) == several


def test_edges_leave_a_sentence_of_prose() -> None:
    edges = list(edges_of(7, f"{NEWS} Yes. No. {MORE}"))
    assert {edge.paragraph for edge in edges} == {7}
    assert all(len(edge.rest) >= LEAST_PROSE for edge in edges)
    assert {edge.words for edge in edges if edge.at_end} == {MORE, f"No. {MORE}", f"Yes. No. {MORE}"}
    assert {edge.words for edge in edges if not edge.at_end} == {NEWS, f"{NEWS} Yes.", f"{NEWS} Yes. No."}


def test_an_edge_leaves_more_than_a_word() -> None:
    assert {edge.words for edge in edges_of(0, f"Yes. {NEWS}")} == {"Yes."}


def test_each_prompt_beside_prose_is_as_sure_as_its_own_odds() -> None:
    text = f"{PROMPT} {NEWS} {PROMPT}"
    prose = Prose(len(PROMPT) + 1, len(text) - len(PROMPT), SURE_ODDS + 1, SURE_ODDS - 1)
    hits = [hit for _, hit, _ in parted(Block(text, 0, len(text)), prose)]
    assert hits == [EDGE._replace(sure=True), None, EDGE]


def test_words_count_as_shared_that_another_paragraph_has() -> None:
    paragraphs = [f"{NEWS} The pillars crumble.", MORE]
    edges = [edge for edge in edges_of(0, paragraphs[0]) if edge.words == "The pillars crumble."]
    with_other = edge_columns(paragraphs, edges, VOCABULARY)["shared_often"]
    alone = edge_columns(paragraphs[:1], edges, VOCABULARY)["shared_often"]
    assert with_other[0] > alone[0] == 0


@pytest.mark.parametrize(("odds", "sure"), [(SURE_ODDS + 0.1, True), (SURE_ODDS - 0.1, False)])
def test_pieces_of_a_line_have_the_prompt_apart(odds: float, sure: bool) -> None:
    text = f"{NEWS} {PROMPT}\n\n{MORE}"
    uncut = cut_pieces(segment_text(text))
    cut = cut_edges(uncut, columns_of([piece.text for piece in uncut.pieces]), reader(odds))
    assert [piece.text for piece in cut.pieces] == [NEWS, PROMPT, MORE]
    assert [text[piece.start : piece.end] for piece in cut.pieces] == [NEWS, PROMPT, MORE]
    assert cut.lines == (0, 0, 1)
    assert cut.hits == (None, EDGE._replace(sure=sure), None)


def test_the_surest_of_several_cuts_is_made() -> None:
    class Surest:
        """A forest that is surest of edges of two sentences."""

        def log_odds(self, columns: Columns) -> npt.NDArray[np.float32]:
            return np.abs(columns["sentences"] - 2) - 5

    text = f"{NEWS} {MORE} Zorp one. Zorp two. Zorp three."
    surest = reader()._replace(forest=Surest())  # type: ignore[arg-type]
    found = find_prose([text], np.array([True]), surest, 1.0)[0]
    assert text[found.end :].strip() == "Zorp two. Zorp three."
    assert found.behind == 5.0


def test_two_prompts_are_not_cut_off_where_too_little_would_be_left() -> None:
    text = f"{PROMPT} The pillars crack. {PROMPT}"
    assert len(prose_of(text) or text) >= LEAST_PROSE


def test_rules_name_what_is_cut_and_one_about_the_beginning_is_not_the_last_word() -> None:
    prompt = "Zorp now: sign up for our newsletter."
    text = f"{prompt} {NEWS} {MORE}"
    start = Hit("media", "en/media/start-zorp", True, "Zorp")
    uncut = Pieces((Block(text, 0, len(text)),), (0,), (start,))
    prompts = of_words(("zorp", "now", "sign", "up", "for", "our", "newsletter"))
    told = columns_of([text], prompts.vocabulary)
    cut = cut_edges(uncut, told, prompts)
    assert [(piece.text, hit and hit.label) for piece, hit in zip(cut.pieces, cut.hits, strict=True)] == [
        (prompt, "newsletter"),
        (f"{NEWS} {MORE}", None),
    ]
    whole = uncut._replace(hits=(start._replace(rule="en/media/zorp"),))
    assert cut_edges(whole, told, prompts) is whole
    text = f"{prompt} {NEWS}"  # as short as what rules about the beginning are for
    short = Pieces((Block(text, 0, len(text)),), (0,), (start,))
    assert cut_edges(short, columns_of([text], prompts.vocabulary), prompts) is short


def test_pieces_that_are_not_asked_about_are_not_mixed_up_with_those_that_are() -> None:
    short, sure = Block("Share", 0, 5), Hit("share", "en/share/share", True, "share")
    glued = Block(f"{NEWS} {PROMPT}", 6, 6 + len(f"{NEWS} {PROMPT}"))
    uncut = Pieces((short, glued), (0, 1), (sure, None))
    cut = cut_edges(uncut, columns_of([short.text, glued.text]), reader())
    assert [piece.text for piece in cut.pieces] == ["Share", NEWS, PROMPT]
    assert cut.hits[0] is sure


def test_a_text_without_prompts_keeps_its_pieces() -> None:
    pieces = cut_pieces(segment_text(f"{NEWS}\n\n{MORE}"))
    assert cut_edges(pieces, columns_of([NEWS, MORE]), reader()) is pieces


LAST = "The board hopes that the first boats can come back to the pier before Easter, it said."
APPEAL = "We rely on gifts from readers like you, so please chip in what you can spare this winter."


@pytest.mark.parametrize("as_page", [False, True])
def test_an_appeal_behind_news_goes_and_the_news_stays(as_page: bool) -> None:
    third = "Skippers had asked for a floating pier, which the board called too dear for two months."
    paragraphs = [f"{NEWS} {MORE}", f"{third} {APPEAL}", LAST]
    source = "\n\n".join(paragraphs)
    if as_page:
        source = f"<article><h1>Pier closed</h1>{''.join(f'<p>{text}</p>' for text in paragraphs)}</article>"
    article = clean(source, kind="html" if as_page else "text")
    assert article.text.split("\n\n")[-3:] == [f"{NEWS} {MORE}", third, LAST]
    assert APPEAL in [removal.text for removal in article.removed]


def test_a_text_is_read_without_prompts_at_the_edges_of_its_lines() -> None:
    labeller = packaged_labeller()._replace(vocabulary=VOCABULARY, edges=reader())
    cut, columns = read_text(segment_text(f"{NEWS} {PROMPT}\n\n{MORE}"), labeller)
    assert [piece.text for piece in cut.pieces] == [NEWS, PROMPT, MORE]
    assert columns["chars"].tolist() == [len(piece.text) for piece in cut.pieces]
    assert columns["hit_label"][1] != columns["hit_label"][0]


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
    learned = [one for one in prompted if one.is_prompt.any()]
    assert all(set(one.weight[one.is_prompt]) == {1} for one in learned)
    assert all(set(one.weight[~one.is_prompt]) <= {np.float32(OTHER_END)} for one in learned)


def test_paragraphs_without_prompts_teach_nothing_beside_one_that_has() -> None:
    paragraphs = (f"{NEWS} {MORE}", f"{MORE} {NEWS}", f"{NEWS} {LAST}", f"{LAST} {MORE}")
    two = body(1)._replace(paragraphs=paragraphs)
    maker = _Maker([Junk(1, "en", PROMPT, "donation")], seed=1)
    for one in (one for _ in range(8) for one in maker.examples(two, VOCABULARY)):
        told = {edge.paragraph for edge, yes in zip(one.edges, one.is_prompt, strict=True) if yes}
        outside = np.array([edge.paragraph not in told for edge in one.edges])
        assert set(one.weight[outside]) == ({0} if told else {1})


def test_the_gate_learns_from_news_and_from_paragraphs_with_a_prompt_that_is_found() -> None:
    paragraphs = (f"{NEWS} {MORE}", f"{MORE} {NEWS}", f"{NEWS} {LAST}", f"{LAST} {MORE}")
    maker = _Maker([Junk(1, "en", PROMPT, "donation")], seed=1)
    news, *prompted = maker.examples(body(1)._replace(paragraphs=paragraphs), VOCABULARY)
    assert _gated(news, reader().forest).has_prompt.tolist() == [False] * 4
    for one in prompted:
        count = len({edge.paragraph for edge, yes in zip(one.edges, one.is_prompt, strict=True) if yes})
        found = _gated(one, reader().forest)
        assert found.has_prompt.tolist() == [True] * count
        assert (found.columns["odds_low"] <= -4).all()
        assert not len(_gated(one, of_columns("odds_high", 0.0, 0.0)).has_prompt)


def test_a_prompt_longer_than_is_looked_for_is_no_news_for_the_gate() -> None:
    long = " ".join([PROMPT] * (MOST_SENTENCES + 2))
    _, *prompted = _Maker([Junk(1, "en", long, "donation")], seed=1).examples(body(1), VOCABULARY)
    assert prompted
    assert not any(len(_gated(one, reader().forest).has_prompt) for one in prompted)


def test_real_paragraphs_with_prompts_weigh_more_for_the_gate() -> None:
    told = [[0.0] * 4, [1.0] * 4]
    real, invented = (
        _Gated(0, {"x": np.array(values, np.float32)}, np.array([True, True, False, False]), made)
        for values, made in zip(told, (False, True), strict=True)
    )
    gate = _fit_gate([real, invented])
    odds = -gate.log_odds({"x": np.array([0.0, 1.0], np.float32)})
    assert odds[0] > odds[1]
    assert odds[0] > 0


def test_bodies_without_prompts_of_their_fold_are_shown_as_they_are() -> None:
    maker = _Maker([Junk(2, "en", PROMPT, "donation")], seed=1)
    examples = list(maker.examples(body(1), VOCABULARY))
    assert len(examples) == 1
    assert not examples[0].is_prompt.any()
