"""The compiled makers of records make what the named tuples' own constructors make."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleaner.model import BODY, Article, Block, Kept, LabelledBlock, Removal, Verdict
from cleaner.records import fields_of, label_blocks, part, places_of

BLOCKS = (
    Block("The bridge is shut.", 0, 19, "heading", 2, "h2", 3, 0),
    Block("Share", 20, 25, tag="a", element=4, link_chars=5),
)
VERDICTS = [Verdict(BODY, "model/body", "0.98"), Verdict("share", "en/share/share", "share")]


def test_blocks_get_their_verdicts() -> None:
    labelled = label_blocks(BLOCKS, VERDICTS)
    assert labelled == tuple(LabelledBlock(*pair) for pair in zip(BLOCKS, VERDICTS, strict=True))
    assert [type(one) for one in labelled] == [LabelledBlock, LabelledBlock]
    assert labelled[1].verdict.evidence == "share"


def test_body_and_ledger_are_parted() -> None:
    kept, removed = part(label_blocks(BLOCKS, VERDICTS))
    assert kept == (Kept("The bridge is shut.", "heading", 2, 0, 19),)
    assert removed == (Removal("Share", "share", "en/share/share", 20, 25, "share"),)
    assert [type(one) for one in (*kept, *removed)] == [Kept, Removal]
    assert [hash(one) for one in (*kept, *removed)] == [hash(tuple(one)) for one in (*kept, *removed)]


def test_a_block_without_a_verdict_is_an_error() -> None:
    with pytest.raises(ValueError, match="2 blocks have 1 verdicts"):
        label_blocks(BLOCKS, VERDICTS[:1])


def test_a_menu_is_told_of_entry_by_entry() -> None:
    menu = Block("Home\nSport", 20, 30, "menu", tag="ul", element=4, link_chars=9)
    kept, removed = part(label_blocks((menu, menu), VERDICTS))
    assert kept == (Kept("Home", "item", 0, 20, 24), Kept("Sport", "item", 0, 25, 30))
    assert [(one.text, one.start, one.end, one.label) for one in removed] == [
        ("Home", 20, 24, "share"),
        ("Sport", 25, 30, "share"),
    ]


def test_fields_of_blocks() -> None:
    texts, levels, elements, linked = fields_of(BLOCKS)
    assert (texts, levels) == (["The bridge is shut.", "Share"], [2, 0])
    assert (elements, linked) == ([3, 4], [0, 5])
    assert fields_of((*BLOCKS[:1], Block("x", 0, 1)))[3] == [0, 0]
    assert places_of("heading", BLOCKS) == [0]


def test_an_article_can_be_in_a_set() -> None:
    article = Article(title="Bridge shut", provenance={"title": "og:title"})
    assert len({article, replace(article)}) == 1
