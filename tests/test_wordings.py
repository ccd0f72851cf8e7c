"""The compiled comparing of wordings agrees with what one would write in Python, on any text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cleaner.metadata.wordings import all_bare, bare

TEXTS = st.lists(
    st.sampled_from(["Bridge", " – ", "Größe", "_", "ǅ", "市長", "٣", "½", "İ", "e\u0301", "a b", "|"])
    | st.text(max_size=9),
    max_size=9,
).map("".join)


def plainly(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


@given(TEXTS)
def test_a_bare_wording_is_its_letters_and_digits(text: str) -> None:
    assert bare(text) == plainly(text)


@given(st.lists(TEXTS.map(lambda text: text.replace("\v", "")), min_size=1, max_size=5))
def test_many_wordings_are_made_bare_in_one_go(texts: list[str]) -> None:
    assert all_bare(texts) == [plainly(text) for text in texts]
