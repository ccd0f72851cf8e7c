"""The made cases are sound, and the cleaner takes out what they put in and nothing else.

The floors are pinned a little under what was measured; lowering one is a decision, raising one is
the point. The goals beside them are what the figures are meant to reach.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from tests.injection.cases import Case, clean_cases, injected_cases, near_miss_cases
from tests.injection.material import LABELS, LANGUAGES, load
from tests.injection.pages import removed_from_page, told_by_words
from tests.injection.score import Tally, score, score_language

ROUNDS = 2
"""Times each passage is used; more only narrows the figures."""

GONE_FLOOR = 0.974
"""Share of inserted characters gone over all languages. Goal: 0.97."""
GONE_FLOOR_LANGUAGE = 0.925
"""The same for the worst language. Goal: 0.93."""
LOST_CEILING = 1.1
"""Body characters lost per 1,000. Goal: 2."""
TOUCHED_CEILING = 0.01
"""Share of near-miss paragraphs that lose anything. Goal: 0.01."""
GONE_FLOOR_PAGES = 0.975
"""Share of the characters of prompts that are gone from pages where they are set like the body."""
LOST_CEILING_PAGES = 0.5
"""Characters of body lost from these pages, per 1,000."""
GONE_FLOOR_GLUED = 0.95
"""The same of pages in which some prompts stand in one paragraph with prose."""
LOST_CEILING_GLUED = 14
"""And of the body of these."""


@cache
def tally(language: str) -> Tally:
    return score_language(language, "test", ROUNDS)


@cache
def pages(glued: bool) -> Tally:
    """Cases in which some prompt is in one paragraph with prose, or all others."""
    cases = (
        case
        for material in map(told_by_words, map(load, LANGUAGES))
        for case in (*injected_cases(material, "test", rounds=1), *near_miss_cases(material))
        if case.glued == glued
    )
    return score(cases, removed_from_page)


@cache
def total() -> Tally:
    whole = Tally()
    for language in LANGUAGES:
        whole.merge(tally(language))
    return whole


def test_twenty_languages() -> None:
    assert len(LANGUAGES) == 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_material_is_complete(language: str) -> None:
    material = load(language)
    rich = language in {"en", "de", "fr", "es"}
    labels = Counter(passage.label for passage in material.passages)
    assert set(labels) == set(LABELS)
    assert min(labels.values()) >= (3 if rich else 2)
    assert len(material.bodies) >= (6 if language == "en" else 3)
    assert all(6 <= len(body.paragraphs) <= 12 for body in material.bodies)
    assert len(material.near_misses) >= (30 if language == "en" else 8)


@pytest.mark.parametrize("language", LANGUAGES)
def test_halves_share_no_passage(language: str) -> None:
    halves = {
        half: {p.text for p in load(language).passages if p.split == half} for half in ("train", "test")
    }
    assert not halves["train"] & halves["test"]
    assert len(halves["test"]) >= len(halves["train"])
    for half in ("train", "test"):
        assert {p.label for p in load(language).passages if p.split == half} == set(LABELS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_cases_say_whose_every_character_is(language: str) -> None:
    material = load(language)
    cases = [*injected_cases(material), *near_miss_cases(material), *clean_cases(material)]
    for case in cases:
        assert [span.start for span in case.spans] == sorted(span.start for span in case.spans)
        covered = "".join(case.text[span.start : span.end] for span in case.spans)
        assert "".join(covered.split()) == "".join(case.text.split())
    inserted = Counter(span.label for case in cases for span in case.spans if span.owner == "inserted")
    assert set(inserted) == set(LABELS)


def test_same_seed_same_cases() -> None:
    material = load("en")
    assert list(injected_cases(material)) == list(injected_cases(material))
    assert list(injected_cases(material)) != list(injected_cases(material, seed=8))


def test_some_cases_are_glued_and_some_are_not() -> None:
    cases = [case for language in LANGUAGES for case in injected_cases(load(language))]
    glued = [case for case in cases if case.glued]
    assert 0.05 < len(glued) / len(cases) < 0.5
    for case in glued:
        gaps = {case.text[a.end : b.start] for a, b in pairwise(case.spans)}
        assert gaps & {"", " "}, "a glued case has two spans without a line break between them"
    assert any(" " in {case.text[a.end : b.start] for a, b in pairwise(case.spans)} for case in glued)


def test_no_near_miss_stands_in_a_body() -> None:
    for language in LANGUAGES:
        material = load(language)
        prose = {text for body in material.bodies for text in body.paragraphs}
        assert not prose & set(material.near_misses)


def test_tally_counts_what_went() -> None:
    case = next(case for case in injected_cases(load("en")) if case.spans[0].owner == "inserted")
    everything, nothing = Tally(), Tally()
    everything.add(case, [True] * len(case.text))
    nothing.add(case, [False] * len(case.text))
    assert (everything.gone_share, everything.lost) == (1.0, 1000.0)
    assert (nothing.gone_share, nothing.lost) == (0.0, 0.0)
    perfect = Tally()
    perfect.add(case, _truth(case))
    assert (perfect.gone_share, perfect.lost) == (1.0, 0.0)
    assert not perfect.misses


def test_tally_counts_a_touched_near_miss_once() -> None:
    case = next(near_miss_cases(load("en")))
    span = next(span for span in case.spans if span.owner == "near")
    mask = [span.start < at < span.start + 5 for at in range(len(case.text))]
    touched = Tally()
    touched.add(case, mask)
    assert (touched.near, touched.near_touched, touched.body_lost) == (1, 1, 0)


def test_inserted_passages_go() -> None:
    assert total().gone_share >= GONE_FLOOR, total().misses[:20]


@pytest.mark.parametrize("language", LANGUAGES)
def test_inserted_passages_go_in_every_language(language: str) -> None:
    assert tally(language).gone_share >= GONE_FLOOR_LANGUAGE, tally(language).misses[:20]


def test_body_stays() -> None:
    assert total().lost <= LOST_CEILING, [miss for miss in total().misses if miss[0] == "took body"]


def test_near_misses_stay() -> None:
    assert total().touched_share <= TOUCHED_CEILING, [m for m in total().misses if m[0] == "took near"]


def test_prompts_set_like_the_body_go_from_pages() -> None:
    assert pages(glued=False).gone_share >= GONE_FLOOR_PAGES, pages(glued=False).misses[:20]


def test_body_and_near_misses_stay_in_pages() -> None:
    assert pages(glued=False).lost <= LOST_CEILING_PAGES
    assert pages(glued=False).touched_share <= TOUCHED_CEILING


def test_prompts_within_paragraphs_go_from_pages() -> None:
    assert pages(glued=True).gone_share >= GONE_FLOOR_GLUED, pages(glued=True).misses[:20]


def test_what_stands_beside_prompts_within_paragraphs_stays_in_pages() -> None:
    assert pages(glued=True).lost <= LOST_CEILING_GLUED, pages(glued=True).misses


def _truth(case: Case) -> list[bool]:
    mask = [False] * len(case.text)
    for span in case.spans:
        if span.owner == "inserted":
            mask[span.start : span.end] = [True] * (span.end - span.start)
    return mask
