"""Prompts in boxes: a name and a phrase that agree take the whole box, one of them alone does not."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.label.boxes import listed_cards, prompt_boxes
from cleaner.label.rules import Hit, find_hits
from cleaner.segment.html import parse

SENTENCE = "The council voted on Monday to close the bridge to lorries until the spring of next year. "
NEWS = f"<p>{SENTENCE}</p>" * 8
APPEAL = (
    "<p>Why we ask</p><p>From wildfires to ministers who dodge questions, we are there.</p><p>Give today.</p>"
)


def hint(label: str) -> Hit:
    return Hit(label, f"en/{label}/x?", False, "x")


@pytest.mark.parametrize(
    ("box", "said", "chance", "gone"),
    [
        (f'<div class="donation-box">{APPEAL}</div>', {10: "donation"}, 0.99, {8, 9, 10}),
        (f'<div class="donation-box">{APPEAL}</div>', {}, 0.99, set()),
        (f'<div class="donation-box">{APPEAL}</div>', {10: "newsletter"}, 0.99, set()),
        (f'<div class="condonationalist">{APPEAL}</div>', {10: "donation"}, 0.99, set()),
        (f"<div>{APPEAL}</div>", {8: "donation", 10: "donation"}, 0.9, {8, 9, 10}),
        (f"<div>{APPEAL}</div>", {8: "donation", 10: "donation"}, 0.99, set()),
        (f"<div>{APPEAL}</div>", {10: "donation"}, 0.5, set()),
        (f"<div>{APPEAL}</div>", {8: "paywall", 10: "paywall"}, 0.5, set()),
    ],
)
def test_boxes(box: str, said: dict[int, str], chance: float, gone: set[int]) -> None:
    page = parse(f"<main>{NEWS}{box}</main>")
    hits = [hint(said[i]) if i in said else None for i in range(len(page.blocks))]
    assert set(prompt_boxes(page, hits, np.full(len(hits), chance, np.float32))) == gone


@pytest.mark.parametrize(
    ("box", "chance", "sure", "gone"),
    [
        ("<div>{}</div>", 0.9, False, False),
        ("<div>{}</div>", 0.9, True, True),
        ("<div>{}</div>", 0.7, False, True),
        ("<details>{}</details>", 0.7, False, False),
        ('<details class="donation-box">{}</details>', 0.7, False, True),
    ],
)
def test_a_question_about_giving_and_its_answer_are_no_box(
    box: str, chance: float, sure: bool, gone: bool
) -> None:
    question = "<h3>How can I donate?</h3><p>You can donate blood at the town hall on Friday.</p>"
    page = parse(f"<main>{NEWS}{box.format(question)}</main>")
    hits = [None] * 8 + [hint("donation"), hint("donation")._replace(sure=sure)]
    found = prompt_boxes(page, hits, np.full(len(hits), chance, np.float32))
    assert set(found) == ({8, 9} if gone else set())


@pytest.mark.parametrize(("paragraphs", "is_box"), [(1, False), (2, False), (12, True), (30, True)])
def test_what_holds_much_of_the_page_is_no_box(paragraphs: int, is_box: bool) -> None:
    page = parse(f'<main>{f"<p>{SENTENCE}</p>" * paragraphs}<div class="donation-box">{APPEAL}</div></main>')
    asks = len(page.blocks) - 1
    hits = [hint("donation") if i == asks else None for i in range(len(page.blocks))]
    found = prompt_boxes(page, hits, np.full(len(hits), 0.99, np.float32))
    assert set(found) == ({asks - 2, asks - 1, asks} if is_box else set())


@pytest.mark.parametrize(
    ("box", "gone"),
    [
        ("<div><p>{}</p><p>{}</p></div>", {8, 9}),
        ("<div><div><p>{}</p></div><div><p>{}</p></div></div>", set()),
        ('<div class="newsletter"><div><p>{}</p></div><div><p>{}</p></div></div>', {8, 9}),
    ],
)
def test_phrases_together_make_only_what_is_right_around_them_a_box(box: str, gone: set[int]) -> None:
    page = parse(
        f"<main>{NEWS}{box.format('Never miss a ferry again.', 'Every morning in your inbox.')}</main>"
    )
    hits = [*[None] * 8, hint("newsletter"), hint("newsletter")]
    assert set(prompt_boxes(page, hits, np.full(10, 0.5, np.float32))) == gone


def test_the_main_text_is_no_box() -> None:
    page = parse(f'<main class="donation-news">{NEWS}</main>')
    hits = [hint("donation"), *[None] * 7]
    assert prompt_boxes(page, hits, np.full(8, 0.99, np.float32)) == {}


CARDS = "".join(
    f"<article><p>{line}</p></article>" for line in ("The ferry sails again.", "A mayor resigns.")
)


@pytest.mark.parametrize(
    ("html", "gone"),
    [
        (f"<main>{NEWS}</main><div><h3>You may also like</h3>{CARDS}</div>", {9, 10}),
        (f"<main>{NEWS}</main><div><h3>Read more about the bridge</h3>{CARDS}</div>", set()),
        (f"<main>{NEWS}</main><div><h3>What we know</h3>{CARDS}</div>", set()),
        (f"<main>{NEWS}</main><div><p>{CARDS}</p><h3>You may also like</h3>{CARDS}</div>", set()),
        (f"<main>{NEWS}<h3>You may also like</h3><p>The works go on.</p></main>", set()),
        (f"<main><h3>You may also like</h3>{NEWS}</main>", set()),
        (f"<div><h3>You may also like</h3>{CARDS}</div>", set()),
        (f"<p>Where to go.</p><div><h3>You may also like</h3>{CARDS}</div>", set()),
        (f"<p>Two cards. {SENTENCE}</p><div><h3>You may also like</h3>{CARDS}</div>", set()),
        (f"<p>{SENTENCE * 4}</p><div><h3>You may also like</h3>{CARDS}</div>", {2, 3}),
    ],
)
def test_cards_below_a_heading_of_other_articles_go(html: str, gone: set[int]) -> None:
    page = parse(f"<body>{html}</body>")
    hits = find_hits(page.fields.texts)
    kept = np.array([level == 0 for level in page.fields.levels])
    words = np.array([len(text.split()) for text in page.fields.texts], np.float32)
    assert set(listed_cards(page, hits, kept, words)) == gone
