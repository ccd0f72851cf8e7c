"""Tokens of class and id attributes: whole words only, and each with the label its name says."""

from __future__ import annotations

import pytest

from cleaner.label.markup import markup_tokens, split_tokens
from cleaner.model import BODY, REMOVAL_LABELS


@pytest.mark.parametrize(
    ("attribute", "tokens"),
    [
        ("mainNav_top-2", ["main", "nav", "top"]),
        ("AdSlot", ["ad", "slot"]),
        ("heading download", ["heading", "download"]),
        ("RSSFeed", ["rss", "feed"]),
        ("article__body--wide", ["article", "body", "wide"]),
        ("", []),
    ],
)
def test_attributes_split_into_words(attribute: str, tokens: list[str]) -> None:
    assert split_tokens(attribute) == tokens


@pytest.mark.parametrize(
    ("token", "meaning"),
    [
        ("comments", ("comment", -1)),
        ("social", ("share", -1)),
        ("donation", ("donation", -1)),
        ("cookie", ("consent", -1)),
        ("caption", ("media", -1)),
        ("artikeltext", (BODY, 1)),
        ("cuerpo", (BODY, 1)),
    ],
)
def test_tokens_have_their_meaning(token: str, meaning: tuple[str, int]) -> None:
    assert markup_tokens()[token] == meaning


def test_no_token_is_part_of_an_unrelated_word() -> None:
    tokens = markup_tokens()
    for word in ("heading", "download", "shadow", "thread", "headers-list-of-nothing"):
        assert word not in tokens


def test_every_entry_is_one_token_with_a_known_label() -> None:
    for token, (label, polarity) in markup_tokens().items():
        assert split_tokens(token) == [token]
        assert (label == BODY) == (polarity == 1)
        assert label == BODY or label in REMOVAL_LABELS
