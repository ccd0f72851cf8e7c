"""What stands at a kept quotation or entry goes with it: who said it, and when it was written."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner import clean
from cleaner.label.companions import attributions, entry_times
from cleaner.label.rules import Hit
from cleaner.segment.html import parse

NEWS = "The council voted on Monday to close the bridge to lorries until the spring of next year."
SAID = "We have waited for this day since the flood."
WHO = "Ana Ruiz, mayor of Sallow"
HINT = Hit("share", "en/share/x?", False, "x")


@pytest.mark.parametrize(
    ("quotation", "out", "hit", "back"),
    [
        (f"<blockquote><p>{SAID}</p><p>{WHO}</p></blockquote>", WHO, None, True),
        (f"<figure><blockquote>{SAID}</blockquote><figcaption>{WHO}</figcaption></figure>", WHO, None, True),
        (f"<figure><blockquote>{SAID}</blockquote><figcaption>{WHO}</figcaption></figure>", WHO, HINT, False),
        (f"<blockquote><p>{SAID}</p></blockquote><p>{WHO}</p>", WHO, None, False),
        (f"<div><p>{SAID}</p><p>{WHO}</p></div>", WHO, None, False),
        (
            f"<blockquote>{SAID}</blockquote><figure><p>{NEWS}</p><figcaption>{WHO}</figcaption></figure>",
            WHO,
            None,
            False,
        ),
        (f"<blockquote><p>{WHO}</p></blockquote>", WHO, None, False),
        (f"<blockquote><p>{SAID}</p><div><p>{WHO}</p></div></blockquote>", WHO, None, True),
        (f"<blockquote><p>{SAID}</p><div><div><p>{WHO}</p></div></div></blockquote>", WHO, None, False),
        (
            f"<figure><blockquote><p>{SAID}</p><p>{WHO}</p></blockquote><figcaption>{NEWS}</figcaption></figure>",
            WHO,
            None,
            False,
        ),
        (f"<blockquote><p>{SAID}</p><p>{WHO}</p><p>{NEWS}</p></blockquote>", WHO, None, False),
        (f"<blockquote><p>{SAID}</p><p>{NEWS * 2}</p></blockquote>", NEWS * 2, None, False),
    ],
)
def test_who_said_it_stays_with_a_quotation(quotation: str, out: str, hit: Hit | None, back: bool) -> None:
    page = parse(f"<article><p>{NEWS}</p>{quotation}<p>{NEWS}</p></article>")
    texts = page.fields.texts
    kept = np.array([text != out for text in texts])
    hits = [hit if text == out else None for text in texts]
    assert [texts[i] for i in attributions(page, hits, kept)] == ([out] if back else [])


def test_who_said_it_at_the_very_end_stays_too() -> None:
    page = parse(f"<p>{NEWS}</p><blockquote><p>{SAID}</p><p>{WHO}</p></blockquote>")
    assert list(attributions(page, [None] * 3, np.array([True, True, False]))) == [2]


def report(*entries: tuple[str, ...]) -> list[str]:
    """The lines of a live report: above each paragraph what its entry begins with."""
    return [line for entry in entries for line in (*entry, NEWS)]


@pytest.mark.parametrize(
    ("lines", "back"),
    [
        (report(("14:05",), ("14.20 Uhr",), ("kl. 15.10",)), ["14:05", "14.20 Uhr", "kl. 15.10"]),
        (report(("2:05 pm",), ("14h20",), ("[15:10:30]",)), ["2:05 pm", "14h20", "[15:10:30]"]),
        (
            report(("14:05", "Doors open"), ("14:20",), ("15:10", "Doors shut")),
            ["14:05", "Doors open", "14:20", "15:10", "Doors shut"],
        ),
        (report(("14:05",), ("14:20",)), []),
        (report(("14:05",), ("14:20",), ("15:10", "Doors", "shut")), []),
        (report(("14:05",), ("14:20",), ("15:10", "Share this")), []),
        (report((f"14:05{'.' * 10}",), (f"14:20{'.' * 10}",), (f"15:10{'.' * 10}",)), []),
        (report(("3:1",), ("4:0",), ("2:2",)), []),
        (report(("Trains at 14:05",), ("Trains at 14:20",), ("Trains at 15:10",)), []),
    ],
)
def test_several_clock_times_above_entries_stay(lines: list[str], back: list[str]) -> None:
    kept = np.array([line == NEWS for line in lines])
    hits = [HINT if line == "Share this" else None for line in lines]
    assert [lines[i] for i in entry_times(lines, hits, kept)] == back


def test_clock_times_above_what_is_left_out_do_not_stay() -> None:
    lines = report(("14:05",), ("14:20",), ("15:10",))
    assert entry_times(lines, [None] * 6, np.zeros(6, np.bool_)) == []
    assert entry_times(lines[:-1], [None] * 5, np.array([False, True, False, True, False])) == []


def test_choices_of_a_form_are_never_body() -> None:
    prose = "<p>The board voted on Tuesday to rebuild the pier, and the harbour will be shut until May.</p>"
    article = clean(f"<article>{prose * 4}<select><option>2020<option>2021</select></article>")
    assert "2020" not in article.text
    assert ("2020 2021", "widget") in [(removal.text, removal.label) for removal in article.removed]
