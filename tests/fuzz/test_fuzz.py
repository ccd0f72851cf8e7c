"""Wrong pages and texts by the thousand: no crash, no hang, no lost block.

A short run belongs to the suite; CLEANER_FUZZ=20000 makes that many of each, CLEANER_FUZZ_SEED
begins elsewhere. A failure names the seed of its page.
"""

from __future__ import annotations

import os
import random
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.model import Article
from cleaner.segment.html import parse
from tests.fuzz import mutate

RUNS = int(os.environ.get("CLEANER_FUZZ", "150"))
FIRST = int(os.environ.get("CLEANER_FUZZ_SEED", "0"))
SECONDS = 2.0


def clean(source: str | bytes, kind: str) -> Article | None:
    begun = time.process_time()
    try:
        article = cleaner.clean(source, kind=kind)
    except cleaner.CleanError:
        return None
    assert time.process_time() - begun < SECONDS
    article.to_json()
    article.to_markdown()
    return article


def squeezed(text: str) -> str:
    return "".join(text.split())


def check_page(seed: int) -> None:
    chance = random.Random(seed)
    html = mutate.page(chance)
    article = clean(html, "html")
    clean(mutate.scrambled(chance, html.encode("utf-8", "replace")), "auto")
    if article is None:
        return
    sound = re.sub("[\ud800-\udfff]", "\ufffd", html)
    blocks = [block.text for block in parse(sound).blocks]
    spans = sorted(
        [(kept.start, kept.text) for kept in article.body] + [(r.start, r.text) for r in article.removed]
    )
    assert squeezed("".join(text for _, text in spans)) == squeezed("".join(blocks))


def check_text(seed: int) -> None:
    text = mutate.text(random.Random(seed))
    article = clean(text, "text")
    if article is None:
        return
    spans = sorted((span.start, span.end) for span in (*article.body, *article.removed))
    place = 0
    for start, end in spans:
        assert start >= place
        assert not text[place:start].strip()
        place = end
    assert not text[place:].strip()


@pytest.mark.parametrize("part", range(10))
def test_mutated_pages(part: int) -> None:
    for seed in range(FIRST + part, FIRST + RUNS, 10):
        try:
            check_page(seed)
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise


@pytest.mark.parametrize("part", range(10))
def test_random_texts(part: int) -> None:
    for seed in range(FIRST + part, FIRST + RUNS, 10):
        try:
            check_text(seed)
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise


@settings(max_examples=RUNS, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.binary(max_size=500), st.text(max_size=500)))
def test_anything_at_all_is_an_article_or_a_plain_error(source: bytes | str) -> None:
    clean(source, "auto")
