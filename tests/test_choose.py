"""Who draws the line: the library is asked only in doubt, and what it says moves single blocks."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.extract import choose as choosing
from cleaner.label.page import judge_page
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
    chosen = choosing.choose(parse(ARTICLE), ARTICLE)
    assert chosen.extractor == "labeller"
    assert chosen.confidence >= choosing.DOUBT


def test_the_librarys_word_moves_each_block() -> None:
    judged = judge_page(parse("<p>One thing happened.</p><p>Another did.</p><p>Third.</p>"))
    even = judged._replace(chances=np.full(3, 0.5, np.float32))
    moved = choosing._swayed(even, "One thing\nhappened.")
    assert (moved.chances > 0.5).tolist() == [True, False, False]


@pytest.mark.parametrize(("body", "extractor"), [(None, "labeller"), ("Nothing of this.", "labeller")])
def test_a_doubtful_page_without_help_stays_the_labellers(
    monkeypatch: pytest.MonkeyPatch, body: str | None, extractor: str
) -> None:
    monkeypatch.setattr(choosing, "library_body", lambda html: body)
    html = "<ul><li><a href=/a>Bridge shut</a></li><li><a href=/b>Road open</a></li></ul>"
    chosen = choosing.choose(parse(html), html)
    assert chosen.confidence < choosing.DOUBT
    assert chosen.extractor == extractor
