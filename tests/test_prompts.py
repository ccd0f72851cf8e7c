"""What sites say in twenty languages is in part known to the rules, and news with the same words is not hit.

`prompts/<language>.txt` has prompts by label as publishers and their plug-ins word them, the lines of one
parted by ` ¶ `, and under `near` passages of news. The text labeller is trained on both.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.label.phrasebook import sections
from cleaner.label.pieces import cut_pieces
from cleaner.model import REMOVAL_LABELS
from cleaner.segment.text import segment_text
from cleaner.train.texts_invented import LINE_END
from tests.injection.material import LANGUAGES, load

HERE = Path(__file__).parent
PROMPTS = {
    language: list(sections((HERE / "prompts" / f"{language}.txt").read_text(encoding="utf-8")))
    for language in LANGUAGES
}

NAMED_FLOOR = 0.07
"""Share of a language's prompts, by characters, that sure rules hit. Most lines were written to be what no
phrase foresees: they are what the labeller learns the rest from."""


def surely_hit(line: str) -> tuple[int, int]:
    """Characters of a line that sure rules hit, and all of them."""
    cut = cut_pieces(segment_text(line.replace(LINE_END, "\n")))
    sizes = [len(piece.text) for piece in cut.pieces]
    hits = [hit is not None and hit.sure for hit in cut.hits]
    return sum(size for size, hit in zip(sizes, hits, strict=True) if hit), sum(sizes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_known(language: str) -> None:
    assert {name for name, _ in PROMPTS[language]} <= {*REMOVAL_LABELS, "near"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_some_of_what_sites_say_is_named(language: str) -> None:
    counts = [surely_hit(line) for name, lines in PROMPTS[language] if name != "near" for line in lines]
    assert sum(hit for hit, _ in counts) >= NAMED_FLOOR * sum(size for _, size in counts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_news_in_the_same_words_is_left_alone(language: str) -> None:
    touched = [
        line for name, lines in PROMPTS[language] if name == "near" for line in lines if surely_hit(line)[0]
    ]
    assert not touched


@pytest.mark.parametrize("language", LANGUAGES)
def test_prompts_are_not_those_the_injected_cases_are_scored_with(language: str) -> None:
    scored = "\n".join(passage.text for passage in load(language).passages if passage.split == "test")
    assert not [line for _, lines in PROMPTS[language] for line in lines if line in scored]
