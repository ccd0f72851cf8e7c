"""Who draws the line: the library is asked only in doubt, and what it says moves single blocks."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.extract import choose as choosing
from cleaner.extract.library import library_body
from cleaner.label.labelling import Labelling
from cleaner.label.page import judge_page
from cleaner.model import BODY
from cleaner.segment.html import parse

NEWS = "".join(
    f"<p>The council of Oldham voted on day {day} to keep the bridge shut until engineers have looked "
    "at every one of its forty piers, which will take them until the spring.</p>"
    for day in range(1, 9)
)
ARTICLE = (
    f"<html><body><nav><a href=/>Home</a></nav><article><h1>Bridge shut</h1>{NEWS}</article></body></html>"
)


def test_a_clear_page_is_the_labellers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(html: str) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(choosing, "library_body", never)
    _, chosen = choosing.choose(parse(ARTICLE), ARTICLE)
    assert chosen.extractor == "labeller"
    assert chosen.confidence >= choosing.DOUBT


def test_the_librarys_word_moves_each_block() -> None:
    judged = judge_page(parse("<p>One thing happened.</p><p>Another did.</p><p>Third.</p>"))
    even = judged._replace(chances=np.full(3, 0.5, np.float32))
    moved = choosing._swayed(even, "One thing\nhappened.")
    assert (moved.chances > 0.5).tolist() == [True, False, False]


@given(st.text("abc", max_size=40), st.lists(st.text("abc", max_size=3), max_size=60))
def test_texts_sought_together_are_found_as_one_by_one(flat: str, texts: list[str]) -> None:
    assert choosing._held(flat, texts) == [text in flat for text in texts]


def test_very_many_blocks_are_sought_in_time() -> None:
    texts = [f"Harbournews{number:06}" for number in range(40_000)]
    begun = time.process_time()
    assert sum(choosing._held("".join(texts[::-1]) + "x" * 400_000, texts)) == len(texts)
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize(("body", "extractor"), [(None, "labeller"), ("Nothing of this.", "labeller")])
def test_a_doubtful_page_without_help_stays_the_labellers(
    monkeypatch: pytest.MonkeyPatch, body: str | None, extractor: str
) -> None:
    monkeypatch.setattr(choosing, "library_body", lambda html: body)
    html = "<ul><li><a href=/a>Bridge shut</a></li><li><a href=/b>Road open</a></li></ul>"
    _, chosen = choosing.choose(parse(html), html)
    assert chosen.confidence < choosing.DOUBT
    assert chosen.extractor == extractor


REPORT = [
    f"Engineers who climbed down to pier {pier} on Tuesday found rust as thick as a hand, and the surveyor "
    f"wrote in report {pier} that the stone around it had moved since the flood of last winter."
    for pier in ("one", "two", "three", "four", "five", "six", "seven", "eight")
]
MARGIN = [
    f"The {name} of the valley sells bread, cheese and cut flowers from six in the morning, and on Sundays "
    "its owners show visitors around the cellar, the orchard and the old mill behind the house."
    for name in ("bakery", "dairy", "nursery")
]


BESIDE = (
    "<html><head><title>Piers of the bridge rust</title></head><body>"
    f"<article>{''.join(f'<p>{text}</p>' for text in REPORT)}</article>"
    f"<aside>{''.join(f'<p>{text}</p>' for text in MARGIN)}</aside></body></html>"
)


def chosen_by(monkeypatch: pytest.MonkeyPatch, report: list[float], margin: list[float]) -> Labelling:
    """What is chosen, with the library itself, where the labeller gives the paragraphs these chances."""
    page = parse(BESIDE)
    judged = judge_page(page)._replace(chances=np.array([*report, *margin], np.float32))
    monkeypatch.setattr(choosing, "judge_page", lambda page: judged)
    return choosing.choose(page, BESIDE)[1]


def body_of(labelling: Labelling) -> list[str]:
    return [block.text for block, verdict in labelling.labelled if verdict.label == BODY]


def test_the_library_itself_settles_a_doubtful_page(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = chosen_by(monkeypatch, [0.6] * 3 + [0.27] * 5, [0.6] * 3)
    assert chosen.extractor == "trafilatura"
    assert body_of(chosen) == REPORT


def test_the_library_does_not_overrule_what_the_labeller_is_sure_of(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = chosen_by(monkeypatch, [0.55] * 2 + [0.27] * 5 + [0.05], [0.88, 0.55, 0.55])
    assert chosen.extractor == "trafilatura"
    assert body_of(chosen) == [*REPORT[:7], MARGIN[0]]


def test_a_page_that_the_labeller_is_sure_of_stays_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = chosen_by(monkeypatch, [0.9] * 7 + [0.27], [0.6, 0.1, 0.1])
    assert chosen.extractor == "labeller"
    assert body_of(chosen) == [*REPORT[:7], MARGIN[0]]


def test_the_library_is_asked_about_pages_of_a_common_size_only() -> None:
    usual = BESIDE.replace("<article>", f"<!--{'x' * 500_000}--><article>")
    body = library_body(usual)
    assert body is not None
    assert all(text in body for text in REPORT)
    assert library_body(BESIDE.replace("<article>", f"<!--{'x' * 5_000_000}--><article>")) is None
