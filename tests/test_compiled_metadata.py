"""The compiled loops of metadata agree with what one would write in Python, on any text."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.metadata.classwords import ClassWords
from cleaner.metadata.creditwords import credit_words
from cleaner.metadata.head import HEAD_TAGS
from cleaner.metadata.labels import labelled_as
from cleaner.metadata.letters import letters_in, signs_between, words_of
from cleaner.metadata.metarows import stated_in
from cleaner.metadata.titles import _MAY_SEPARATE, _SEPARATOR
from cleaner.model import Block, LabelledBlock, Verdict
from cleaner.segment.finding import marked

WORDS = "authors?(?:name)? galler(?:y|ies) advert(?:isement)?s? teasers? ads? bu autore?s? og"
SPELLED = (
    "author authors authorname authorsname gallery galleries advert adverts advertisement advertisements"
    " teaser teasers ad ads bu autor autors autore autores og"
)
PIECES = st.sampled_from(
    "author Author AUTHORS name Name gallery Galleries gallerie adverts Advertisement Teasers ad ADS adſ BU"
    " x X 1 - _ é s y co autor autores OG . K".split()
)
NAMES = st.lists(PIECES | st.just(" "), max_size=8).map("".join) | st.text("authorsAUTHOR -é", max_size=20)
HOLDERS = st.sampled_from(
    [' class="', ' id="', '\tdata-testid="', ' data-component="', ' data-x="', ' xclass="', ' class= "']
)
ATTRIBUTES = st.lists(st.tuples(HOLDERS, NAMES, st.sampled_from(['"', '"', ""])).map("".join), max_size=5)
TEXTS = st.text(max_size=60) | st.text("ab1_²٣é市ä½ ", max_size=60)


def found_in(names: str) -> list[str]:
    """Every word that a pattern finds in names, in small letters."""
    begins = r"(?:(?<![a-zA-Z])|(?<=[a-z])(?=[A-Z]))(?=[a-zA-Z])"
    words = re.finditer(rf"{begins}(?=(?i:{'|'.join(SPELLED.split())})(?![a-z]))", names)
    return [names[word.start() :].lower() for word in words]


@given(NAMES)
def test_words_of_class_names_are_whole_ones_in_any_case(names: str) -> None:
    found = ClassWords(WORDS).search(names)
    expected = found_in(names)
    assert (found is not None) == bool(expected)
    if found is not None and names.isascii():
        assert found in SPELLED.split()
        assert expected[0].startswith(found)


@given(ATTRIBUTES.map("".join))
def test_names_stand_in_the_attributes_that_hold_names(attrs: str) -> None:
    held = re.findall(r'\s(?:class|id|data-testid|data-component)="([^"]*)"', attrs)
    words = ClassWords(WORDS)
    assert words.named(attrs) == [word for names in held if (word := words.search(names)) is not None]


@given(TEXTS, st.integers(1, 5), st.integers(-1, 6))
def test_words_are_runs_of_letters(text: str, least: int, most: int) -> None:
    words = re.findall(rf"[^\W\d_]{{{least},}}", text)
    assert words_of(text, least, most) == [word[:most] if most >= 0 else word for word in words]


@given(TEXTS)
def test_letters_and_signs_are_counted(text: str) -> None:
    assert letters_in(text) == sum(map(str.isalpha, text))
    greek_or_han = re.findall("[\u0370-\u03ff\u1f00-\u1fff\u3040-\u9fff]", text)
    assert signs_between(text, "\u0370\u03ff\u1f00\u1fff\u3040\u9fff") == len(greek_or_han)


@given(st.lists(st.sampled_from(["body", "media", "bod", "Körper"])))
def test_blocks_with_a_label_are_numbered(labels: Sequence[str]) -> None:
    rows = [LabelledBlock(Block("", 0, 0), Verdict(label, "made")) for label in labels]
    assert labelled_as("body", rows) == [number for number, label in enumerate(labels) if label == "body"]


META = [
    (' property="a" content="1"', [("title", "1", "meta:a")], {}),
    (' name=" A " content="1"', [("title", "1", "meta:a")], {}),
    (' property="x" name="a" content="1"', [("title", "1", "meta:a")], {}),
    (' property="row:x" name="a" content="1"', [], {"row:x": "1"}),
    (' name="a" value="2"', [("title", "2", "meta:a")], {}),
    (' name="a" content=""', [], {}),
    (' content="1"', [], {}),
]


@pytest.mark.parametrize(("attributes", "candidates", "rows"), META)
def test_meta_elements_say_what_their_names_mean(
    attributes: str, candidates: list[tuple[str, str, str]], rows: dict[str, str]
) -> None:
    elements = marked(f"<meta{attributes}><time>1</time>".encode())
    assert stated_in(elements, HEAD_TAGS, {"a": ("title", "meta:a")}, ("row:",)) == (candidates, rows)


SEPARATED = st.lists(
    st.sampled_from([" ", "  ", "|", "-", "::", ":", "– ", "a.com", "bc", "d.de", "\n", "｜", "»"]),
    max_size=9,
)


@given(SEPARATED.map("".join) | st.text(" \t|-–:/~aB.｜ㅣ\n", max_size=14))
def test_separators_of_titles_begin_with_a_space_or_bar(title: str) -> None:
    signs = r"[|–—\-·•»«›‹:/~]{1,2}"
    plain = rf"\s+{signs}\s+|\s*[|｜ㅣ]\s*|\s+::\s+|\s+[-–—]\s*(?=[^\s]+\.\w{{2,3}}$)"
    cuts = [cut.span() for cut in re.finditer(plain, title)]
    assert [cut.span() for cut in _SEPARATOR.finditer(title)] == cuts
    assert _MAY_SEPARATE.search(title) or not cuts


SAYINGS = st.sampled_from(
    ["enlarge", "READ MORE", "画像を拡大", "more >", "The bridge", "x", ".", " ", " - "]
)


@given(st.lists(SAYINGS, max_size=6).map("".join))
def test_buttons_are_taken_away_wherever_they_are_sought(text: str) -> None:
    text = " ".join(text.split())
    assert credit_words().without_button(text) == credit_words().button.sub("", text)
