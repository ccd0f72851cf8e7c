"""Paragraphs of pages that begin or end with a prompt: the prompt goes, the prose stays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

import cleaner.label.glued as glued_module
from cleaner.label.edges import TOLD, EdgeReader
from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import Columns, count_characters
from cleaner.label.features.vocabulary import WordOdds, vocabulary_columns
from cleaner.label.glued import (
    LEAST_ODDS,
    LEAST_ODDS_MARKED,
    Searched,
    search_page,
    search_words,
    whole_page,
)
from cleaner.label.passes import packaged_labeller
from cleaner.model import BODY, LabelledBlock, Verdict
from cleaner.pipeline import clean
from cleaner.segment.html import Page, parse
from cleaner.train.pages import _label_invented, label_record
from cleaner.train.pages_invented import MarkedPage, squeezed
from tests.forests import of_columns

BEFORE = "The ferry to Sallow Island will run again from Monday, two winters after a storm broke its pier."
NEWS = "The new pier cost four million pounds, of which the islanders raised a tenth themselves."
AFTER = "The first boat leaves at twenty to seven, and the last one comes back a little before midnight."
KEPT = Verdict(BODY, "model/body")
REMOVED = Verdict("widget", "markup/widget")


def page_with(paragraph: str) -> str:
    return (
        "<html><head><title>Ferry to sail again</title></head><body><article><h1>Ferry to sail again</h1>"
        f"<p>{BEFORE}</p><p>{paragraph}</p><p>{AFTER} {BEFORE}</p><p>{AFTER}</p></article></body></html>"
    )


def parts_of(page: Page, verdict: Verdict) -> list[tuple[str, str]]:
    """The texts and labels of a page whose blocks all have that verdict."""
    searched = search_page(page)
    labelled = tuple(LabelledBlock(block, verdict) for block in searched.page.blocks)
    _, entries = whole_page(searched.page, searched.glued, labelled)
    return [(entry.block.text, entry.verdict.label) for entry in entries]


@pytest.mark.parametrize(
    ("paragraph", "prompt", "label"),
    [
        (
            f"{NEWS} Sign up for our free daily newsletter.",
            "Sign up for our free daily newsletter.",
            "newsletter",
        ),
        (
            f"{NEWS} <strong>Please support our journalism with a donation.</strong>",
            "Please support our journalism with a donation.",
            "donation",
        ),
        (f"<em>Sign up for our newsletter.</em> {NEWS}", "Sign up for our newsletter.", "newsletter"),
        (
            f'{NEWS} <a href="/keeper">Read more: Lighthouse keeper sells cottage</a>',
            "Read more: Lighthouse keeper sells cottage",
            "related",
        ),
        (
            f'<a href="/keeper">See also: Keeper sells cottage.</a> {NEWS}',
            "See also: Keeper sells cottage.",
            "related",
        ),
        (f"{NEWS} Log in to post a comment.", "Log in to post a comment.", "comment"),
        (f"{NEWS} All rights reserved.", "All rights reserved.", "legal"),
        (f"{NEWS} Story continues below advertisement.", "Story continues below advertisement.", "ad"),
        (f"Accept all cookies. {NEWS}", "Accept all cookies.", "consent"),
        (
            f"Allow push notifications from the Courier. {NEWS}",
            "Allow push notifications from the Courier.",
            "notification",
        ),
        (
            f"{NEWS} Please consider making a donation to our newsroom today. Every gift counts.",
            "Please consider making a donation to our newsroom today. Every gift counts.",
            "donation",
        ),
    ],
)
def test_a_prompt_goes_and_the_news_beside_it_stays(paragraph: str, prompt: str, label: str) -> None:
    article = clean(page_with(paragraph))
    assert NEWS in article.text.split("\n\n")
    assert (prompt, label) in [(removal.text, removal.label) for removal in article.removed]
    visible = "\n".join(block.text for block in parse(page_with(paragraph)).blocks)
    assert all(visible[removal.start : removal.end] == removal.text for removal in article.removed)
    assert all(visible[kept.start : kept.end] == kept.text for kept in article.body)


@pytest.mark.parametrize(
    "paragraph",
    [
        f"{NEWS} Photo: Ines Corrigan/Harbour Courier",  # a caption is one with its credit
        f"{NEWS} Sign up for our newsletter. {AFTER}",  # only what stands at an edge is cut off
        "Read on. Sign up for our free daily newsletter.",  # too little prose
        f"The pier cost a lot, it was said. Sign up for our free daily newsletter{', day after day' * 8}.",
        f"{NEWS} {AFTER}",
        f"</p><h2>{NEWS} Sign up for our free daily newsletter.</h2><p>",  # no paragraph
        f"{NEWS} See also: Keeper sells cottage",  # a hint without a link
        f"{NEWS} Read more about it in the council's own report, the mayor said.",  # a mere hint
    ],
)
def test_other_paragraphs_are_judged_whole(paragraph: str) -> None:
    page = parse(page_with(paragraph))
    searched = search_page(page)
    assert not searched.glued
    assert searched.page is page


def test_a_box_that_ends_with_a_prompt_goes_as_a_whole() -> None:
    page = parse(page_with(f"{NEWS} Sign up for our free daily newsletter."))
    assert [label for _, label in parts_of(page, REMOVED)] == ["widget"] * len(page.blocks)
    assert [text for text, _ in parts_of(page, REMOVED)] == [block.text for block in page.blocks]


def test_blocks_and_page_go_on_together() -> None:
    page = parse(page_with(f"{NEWS} Sign up for our free daily newsletter."))
    searched = search_page(page)
    labelled = tuple(LabelledBlock(block, KEPT) for block in searched.page.blocks)
    whole, entries = whole_page(searched.page, searched.glued, labelled)
    assert tuple(entry.block for entry in entries) == whole.blocks
    assert len(whole.blocks) == len(page.blocks) + 1 == len(whole.inline_attrs)
    assert whole.fields.texts == [block.text for block in whole.blocks]


def test_links_are_taken_to_be_in_the_prompt() -> None:
    linked = "Sign up for our free daily newsletter."
    page = parse(page_with(f'{NEWS} <a class="letter" href="/mail">{linked}</a>'))
    searched = search_page(page)
    assert not any("letter" in attrs for attrs in searched.page.inline_attrs)
    labelled = tuple(LabelledBlock(block, KEPT) for block in searched.page.blocks)
    whole, _ = whole_page(searched.page, searched.glued, labelled)
    counts = {block.text: block.link_chars for block in whole.blocks}
    assert (counts[NEWS], counts[linked]) == (0, len(linked))
    names = dict(zip(whole.fields.texts, whole.inline_attrs, strict=True))
    assert "letter" in names[linked]
    assert "letter" not in names[NEWS]


def test_links_that_have_no_room_in_the_prompt_are_in_the_prose() -> None:
    prompt = "Sign up for our free daily newsletter."
    searched = search_page(parse(page_with(f'<a href="/mail">{NEWS} {prompt}</a>')))
    (glued,) = searched.glued.values()
    assert [part.block.link_chars for part in glued.parts] == [len(NEWS) + 1, len(prompt)]


def test_a_page_without_prompts_is_the_same_object() -> None:
    page = parse(page_with(NEWS))
    searched = search_page(page)
    labelled = tuple(LabelledBlock(block, KEPT) for block in page.blocks)
    whole, entries = whole_page(searched.page, searched.glued, labelled)
    assert whole is page
    assert entries is labelled


def reader(odds: float) -> EdgeReader:
    """One that takes words all of which are unlikely in a body for a prompt, with these log-odds."""
    vocabulary = Vocabulary(WordOdds({"zorp": -4.0, "pier": 3.0, "subscriber": -4.0}, {}, {}, {}))
    gate = of_columns("odds_low", -5.0, 5.0, -3.0)
    return EdgeReader(vocabulary, gate, of_columns("odds_high", -odds, 5.0))


def columns_of(page: Page, numbers: npt.NDArray[np.intp]) -> tuple[Columns, Columns]:
    """Columns of the words of the blocks with these numbers, and of the characters of all."""
    texts = [page.blocks[i].text for i in numbers]
    words = vocabulary_columns(texts, np.zeros(len(texts), np.float32), reader(0).vocabulary)
    return words, count_characters(page.fields.texts)


@pytest.mark.parametrize("likely", [True, False])
@pytest.mark.parametrize(
    "markup", ['<a href="/x">Zorp today.</a>', "<b>Zorp today.</b>", "Zorp <b>today</b>."]
)
@pytest.mark.parametrize("behind", [True, False])
def test_words_alone_must_tell_more_than_those_in_an_element_of_their_own(
    likely: bool, markup: str, behind: bool
) -> None:
    searched = search_page(parse(page_with(f"{NEWS} {markup}" if behind else f"{markup} {NEWS}")))
    numbers = np.arange(len(searched.page.blocks))
    odds = LEAST_ODDS + 0.1 if likely else LEAST_ODDS_MARKED + 0.1
    found = search_words(searched, numbers, *columns_of(searched.page, numbers), reader(odds))
    assert bool(found.glued) == (likely or "Zorp today." in markup)
    assert (NEWS in found.page.fields.texts) == bool(found.glued)


@pytest.mark.parametrize("told", [True, False])
def test_rules_are_asked_where_words_may_tell(told: bool) -> None:
    prompt = "Already a subscriber? Log in." if told else "Log in to read on."
    page = parse(page_with(f"{NEWS} {AFTER} {prompt}"))
    searched = Searched(page, [None] * len(page.blocks), {})
    numbers = np.arange(len(page.blocks))
    found = search_words(searched, numbers, *columns_of(page, numbers), reader(-9.0))
    assert bool(found.glued) == told


def test_what_a_rule_finds_is_not_cut_another_way() -> None:
    page = parse(page_with(f"Zorp today. {NEWS} {AFTER} Already a subscriber? Log in."))
    numbers = np.array([i for i, text in enumerate(page.fields.texts) if "Zorp" in text])
    searched = Searched(page, [None] * len(page.blocks), {})
    found = search_words(searched, numbers, *columns_of(page, numbers), reader(9.0))
    hits = [part.hit.label for glued in found.glued.values() for part in glued.parts if part.hit is not None]
    assert hits == ["login"]


@pytest.mark.parametrize(
    ("paragraph", "prose"),
    [
        (f"Sign up for our free daily newsletter. {NEWS}", NEWS),
        (f"{NEWS} Sign up for our free daily newsletter.", NEWS),
        (f"{NEWS} Subscribe to our newsletter today. It is free.", NEWS),
        (f"Log in to read on. {NEWS} Sign up for our free daily newsletter.", NEWS),
        ("© 2024 Courier. All rights reserved.", None),  # no room for prose
        ("Sign up for our free daily newsletter. Subscribe to read on.", None),
    ],
)
def test_a_paragraph_is_cut_where_prose_has_room_beside_the_prompts(
    paragraph: str, prose: str | None
) -> None:
    page = parse(page_with(paragraph))
    searched = search_page(page)
    assert [searched.page.blocks[i].text for i in searched.glued] == ([] if prose is None else [prose])


def test_blocks_are_looked_into_by_their_own_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[list[str], Columns]] = []

    def like(texts: list[str], columns: Columns, reader: EdgeReader) -> npt.NDArray[np.bool_]:
        asked.append((texts, columns))
        return np.zeros(len(texts), np.bool_)

    monkeypatch.setattr(glued_module, "promptlike", like)
    clean(f"<nav><p>Harbour</p><p>Sport</p><p>Weather and tides</p></nav>{page_with(f'{NEWS} {AFTER}')}")
    ((texts, columns),) = asked
    vocabulary = packaged_labeller().vocabulary
    words = vocabulary_columns(texts, np.zeros(len(texts), np.float32), vocabulary) | count_characters(texts)
    assert f"{NEWS} {AFTER}" in texts
    assert all(columns[name].tolist() == words[name].tolist() for name in TOLD)


def test_training_labels_the_prose_of_such_a_paragraph() -> None:
    page = page_with(f"{NEWS} Sign up for our free daily newsletter.")
    body = "\n".join((BEFORE, NEWS, f"{AFTER} {BEFORE}", AFTER))
    known = label_record({"body": body, "domain": "courier.example"}, page, "pages")
    assert known is not None
    number = known.page.fields.texts.index(NEWS)
    assert known.is_body[number]
    hit = known.hits[number]
    assert hit is not None
    assert (hit.label, hit.sure) == ("newsletter", False)


def test_planted_prompts_are_known_by_all_their_words() -> None:
    prompt = f"{NEWS} Sign up for our free daily newsletter."
    marked = MarkedPage(page_with(prompt), {squeezed(prompt): False, squeezed(AFTER): True})
    known = _label_invented(marked, "planted", "courier.example")
    assert known is not None
    told = [(known.page.fields.texts[i], bool(known.is_body[i])) for i in known.invented]
    assert told == [(NEWS, False), (AFTER, True)]
