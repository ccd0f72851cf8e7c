"""Words of class and id attributes: whole words only, and each with the label its name says."""

from __future__ import annotations

import pytest

from cleaner.label.features.names import words_of
from cleaner.label.markup import markup_tokens, said_against, word_for
from cleaner.model import REMOVAL_LABELS


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mainNav_top-2", (".mainnav_top-2", "main", "nav", "top")),
        ("AdSlot", (".adslot", "ad", "slot")),
        ("RSSFeed-HTML5", (".rssfeed-html5", "rss", "feed", "html")),
        ("article__body--wide", (".article__body--wide", "article", "body", "wide")),
        ("x", (".x",)),
    ],
)
def test_names_split_into_words(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("attrs", "labels"),
    [
        (' class="mainNav wide" id="x"', ["navigation"]),
        (' class="box" id="newsletter-ad"', ["newsletter", "ad"]),
        (' class="heading download" title="comments"', []),
        ("", []),
    ],
)
def test_what_names_say_against_body(attrs: str, labels: list[str]) -> None:
    said = said_against(attrs)
    assert (said.verdict.label if said is not None else None) == next(iter(labels), None)
    assert [label for label in ("navigation", "newsletter", "ad") if word_for(label, attrs)] == labels


@pytest.mark.parametrize(
    ("token", "meaning"),
    [
        ("comments", "comment"),
        ("social", "share"),
        ("donation", "donation"),
        ("cookie", "consent"),
        ("caption", "media"),
    ],
)
def test_tokens_have_their_meaning(token: str, meaning: str) -> None:
    assert markup_tokens()[token] == meaning


def test_no_token_is_part_of_an_unrelated_word() -> None:
    tokens = markup_tokens()
    for word in ("heading", "download", "shadow", "thread", "headers-list-of-nothing"):
        assert word not in tokens


def test_every_entry_is_one_token_with_a_known_label() -> None:
    for token, label in markup_tokens().items():
        assert words_of(token) == (f".{token}", token)
        assert label in REMOVAL_LABELS
