"""Who said a quotation and when an entry was written stay with what they stand at; menus of hours do not."""

from __future__ import annotations

import numpy as np

from cleaner import clean
from cleaner.label.companions import attributions, entry_times
from cleaner.segment.html import parse

QUOTATION = "<blockquote><p>We will build it again, stone by stone.</p>{}</blockquote>"


def attributed(html: str, kept: list[bool]) -> list[str]:
    page = parse(html)
    found = attributions(page, [None] * len(kept), np.array(kept))
    return [page.blocks[i].text for i in found]


def test_the_speaker_goes_with_the_quotation() -> None:
    footer = QUOTATION.format("<footer>— Maria Lind, <cite>letter to the board</cite></footer>")
    assert attributed(footer + "<p>More</p>", [True, False, True]) == ["— Maria Lind, letter to the board"]
    figure = f"<figure>{QUOTATION.format('')}<figcaption>— Maria Lind</figcaption></figure>"
    assert attributed(figure, [True, False]) == ["— Maria Lind"]


def test_what_is_no_attribution_stays_out() -> None:
    footer = QUOTATION.format("<footer>— Maria Lind</footer>")
    assert attributed(footer, [False, False]) == []
    assert attributed(QUOTATION.format("") + "<footer>Contact</footer>", [True, False]) == []
    assert attributed(QUOTATION.format(f"<footer>{'A long story. ' * 20}</footer>"), [True, False]) == []
    assert attributed("<figure><img><figcaption>The pier</figcaption></figure><p>x</p>", [False, True]) == []
    assert attributed("<p>x</p><figure><figcaption>The pier</figcaption></figure>", [True, False]) == []


def test_times_and_headings_go_with_their_entries() -> None:
    texts = ["10.12am", "Entry one.", "09:40", "Heading", "Entry two.", "kl. 8.05", "Entry three.", "07:00"]
    kept = np.array([text.startswith("Entry") for text in texts])
    assert sorted(entry_times(texts, [None] * len(texts), kept)) == [0, 2, 3, 5]


def test_two_times_make_no_live_blog() -> None:
    texts = ["10.12am", "Entry one.", "09:40", "Entry two.", "12:30", "Nothing", "Nothing"]
    kept = np.array([text.startswith("Entry") for text in texts])
    assert entry_times(texts, [None] * len(texts), kept) == []


def test_choices_of_a_form_are_never_body() -> None:
    prose = "<p>The board voted on Tuesday to rebuild the pier, and the harbour will be shut until May.</p>"
    article = clean(f"<article>{prose * 4}<select><option>2020<option>2021</select></article>")
    assert "2020" not in article.text
    assert ("2020 2021", "widget") in [(removal.text, removal.label) for removal in article.removed]
