"""One sentence of a paragraph that a rule is sure of does not take the others along, as text or as a page."""

from __future__ import annotations

import pytest

from cleaner.label.rules import Hit, find_hits
from cleaner.label.spoken import speaks_for_all
from cleaner.model import Block

SURE = Hit("paywall", "en/paywall/unlock+this-story", True, "unlock + this story")
PROMPT = "Unlock this story with a subscription and read on today."
HINTED = "Read more about it in the report that the council paid for."
NEWS = "The dispute had dragged on for twelve years before the ministry stepped in last week."


def _block(text: str) -> Block:
    return Block(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (PROMPT, True),
        (f"{PROMPT} {PROMPT}", True),
        (f"{NEWS} {PROMPT} {NEWS}", False),
        (f"{PROMPT} {NEWS} {NEWS}", False),
        (f"{PROMPT} {PROMPT} {PROMPT} {NEWS}", True),
        (f"{NEWS} {NEWS} {HINTED} {HINTED} {PROMPT}", False),
    ],
)
def test_a_hit_speaks_for_a_paragraph_of_which_it_is_a_good_part(text: str, whole: bool) -> None:
    (hit,) = find_hits([text])
    assert speaks_for_all(_block(text), hit or SURE) is whole
