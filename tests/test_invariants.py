"""The four promises of the cleaner, held against made-up pages, texts and bytes.

Nothing is lost, clean text stays as it is, the same input gives the same article in any thread, and
any bytes at all give an article or a plain `CleanError`.
"""

from __future__ import annotations

import html
import tomllib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.model import REMOVAL_LABELS, Article, article_like
from cleaner.segment.html import parse
from tests.regenerate import ROOT, Fixture, fixtures, flat

ALL = fixtures()
KNOWN = tomllib.loads((ROOT / "known_failures.toml").read_text(encoding="utf-8"))
relaxed = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

PROSE = (
    "The council of Lower Dray voted on Tuesday to rebuild the footbridge, which the flood took in March.",
    "“We have waited long enough,” said the mayor, who has crossed the river by boat since then.",
    "Die Brücke soll im Herbst fertig sein, teilte die Verwaltung am Dienstag mit.",
    "Les travaux coûteront trois millions d'euros, dont la moitié à la charge de la région.",
    "Строительство моста начнётся осенью, сообщила администрация города во вторник.",
    "市議会は火曜日、三月の洪水で流された歩道橋を再建することを決めた。",
    "وقال رئيس البلدية إن أعمال البناء ستبدأ في الخريف.",
)
PROMPTS = (
    "Sign up for our newsletter",
    "Support us from £1 a month",
    "Advertisement",
    "Read more: Two held over bridge fraud",
    "Share",
    "Log in",
    "Wir verwenden Cookies",
    "©",
)
FERRY = [
    f"The harbour board said on Monday that ferry number {number} will sail again in spring, after repairs."
    for number in range(10)
]
GLUED = (
    "Please support our journalism with a donation today.",
    "Sign up for our free daily newsletter.",
    "Read more: Two held over bridge fraud",
    "Log in to read on. Subscribe to read the whole article for £1 a month.",
)
lines = st.one_of(st.sampled_from(PROSE + PROMPTS), st.text(max_size=60))
gaps = st.sampled_from(["\n", "\n\n", "\r\n", " ", "", "\t", "\u2028", " \n \n", "\u00a0"])
texts = st.lists(st.tuples(lines, gaps), max_size=24).map(lambda parts: "".join(a + b for a, b in parts))
texts = texts.filter(lambda text: any(character.isalnum() for character in text))

tags = st.sampled_from(
    ["p", "div", "h2", "li", "blockquote", "td", "figcaption", "aside", "nav", "form", "span"]
)
names = st.sampled_from(["", ' class="story"', ' class="ad-slot"', ' id="comments"', " hidden"])
elements = st.tuples(tags, names, lines).map(lambda e: f"<{e[0]}{e[1]}>{html.escape(e[2])}</{e[0]}>")
pages = st.lists(
    st.one_of(elements, st.sampled_from(["<div>", "</div>", "<br><br>", "<article>", "<!--"])), max_size=24
)
pages = pages.map(lambda parts: f"<html><body><h1>Bridge</h1>{''.join(parts)}</body></html>")


def spans(article: Article) -> list[tuple[int, int, str]]:
    return sorted((part.start, part.end, part.text) for part in (*article.body, *article.removed))


def article_or_message(source: bytes) -> Article | str:
    try:
        return cleaner.clean(source)
    except cleaner.CleanError as error:
        return str(error)


def squeezed(text: str) -> str:
    return "".join(text.split())


def check_tiles(source: str) -> None:
    """Kept and removed spans cover the text without overlap; only white space stands between them."""
    place = 0
    for start, end, text in spans(cleaner.clean(source, kind="text")):
        assert place <= start < end
        assert not source[place:start].strip()
        assert squeezed(source[start:end]) == squeezed(text)
        place = end
    assert not source[place:].strip()


def check_blocks(source: str) -> None:
    """Every visible block of the page is in the body or in the ledger, with its reason."""
    article = cleaner.clean(source, kind="html")
    told = spans(article)
    known = "\n".join(text for _, _, text in told)
    assert [text for start, end, text in told if known[start:end] != text] == []
    assert squeezed(known) == squeezed("".join(block.text for block in parse(source).blocks))
    assert all(entry.rule and entry.label in REMOVAL_LABELS for entry in article.removed)


@relaxed
@example("\ufeffA\r\nB \u2029C")
@given(texts)
def test_kept_and_removed_tile_a_text(source: str) -> None:
    check_tiles(source)


@relaxed
@given(pages)
def test_every_visible_block_is_kept_or_in_the_ledger(source: str) -> None:
    check_blocks(source)


@relaxed
@given(st.lists(st.tuples(st.sampled_from(GLUED), gaps), max_size=4))
def test_offsets_count_on_behind_prompts_within_paragraphs(prompts: list[tuple[str, str]]) -> None:
    paragraphs = [f"<p>{line} {line.replace('ferry', 'boat')}</p>" for line in FERRY]
    for at, (prompt, gap) in enumerate(prompts):
        paragraphs[2 * at + 1] = paragraphs[2 * at + 1].replace("</p>", f"{gap}{prompt}</p>")
    check_blocks(f"<h1>Ferry sails again</h1>{''.join(paragraphs)}<ul><li>One</li><li>Two</li></ul>")


def test_a_prompt_without_a_space_before_it_moves_what_follows() -> None:
    paragraphs = [*FERRY[:4], f"{FERRY[4]}{GLUED[0]}", *FERRY[5:]]
    source = f"<h1>Ferry sails again</h1>{''.join(f'<p>{line}</p>' for line in paragraphs)}"
    assert [entry.text for entry in cleaner.clean(source).removed][1:] == [GLUED[0]]
    check_blocks(source)


@pytest.mark.parametrize("fixture", ALL, ids=lambda fixture: fixture.name)
def test_nothing_of_a_fixture_is_lost(fixture: Fixture) -> None:
    try:
        source = fixture.source.decode("utf-8")
    except UnicodeDecodeError:
        pytest.skip("not in UTF-8: covered by what it expects")
    (check_tiles if fixture.kind == "text" else check_blocks)(source)


@pytest.mark.parametrize(
    "source", ["Home\nNews\nSport\nAbout us\nContact\n", "<nav><a href=/>Home</a></nav>"]
)
def test_what_holds_no_article_has_no_extractor(source: str) -> None:
    article = cleaner.clean(source)
    assert article.removed
    assert (article.body, article.extractor, article.confidence) == ((), "none", 0.0)


def again() -> list[object]:
    """The fixtures; those of which a paragraph is known to go when their body is cleaned again must fail."""
    marks = {
        name: [pytest.mark.xfail(reason=known["reason"], strict=True)]
        for name, known in KNOWN.items()
        if "again" in known["parts"]
    }
    return [pytest.param(fixture, id=fixture.name, marks=marks.get(fixture.name, [])) for fixture in ALL]


@pytest.mark.parametrize("fixture", again())
def test_cleaning_again_keeps_every_paragraph(fixture: Fixture) -> None:
    article = fixture.clean()
    if not article_like(article):
        pytest.skip("no article was found, so its text is not a clean one")
    if "text" in KNOWN.get(fixture.name, {"parts": []})["parts"]:
        pytest.skip("its body is known not to be clean")
    kept = {flat(paragraph) for paragraph in cleaner.clean(article.text, kind="text").text.split("\n\n")}
    assert [p for p in article.text.split("\n\n") if flat(p) not in kept] == []


@relaxed
@given(st.lists(st.sampled_from(PROSE), min_size=3, max_size=7, unique=True))
def test_clean_prose_stays_as_it_is(paragraphs: list[str]) -> None:
    source = "\n\n".join(paragraphs)
    assert cleaner.clean(source, kind="text").text == source


@relaxed
@given(st.one_of(texts, pages))
def test_same_input_same_article(source: str) -> None:
    assert cleaner.clean(source).to_json() == cleaner.clean(source).to_json()


def test_threads_and_order_change_nothing() -> None:
    sources = [(fixture.source, fixture.kind) for fixture in ALL]
    alone = [cleaner.clean(source, kind=kind).to_json() for source, kind in sources]
    with ThreadPoolExecutor(8) as pool:
        mixed = list(pool.map(lambda s: cleaner.clean(s[0], kind=s[1]).to_json(), [*sources[::-1], *sources]))
    assert mixed == [*alone[::-1], *alone]


@relaxed
@example(b"")
@example(b"\x00" * 100)
@example(b"%PDF-1.7\n")
@example("<p>Bridge</p>".encode("utf-16-le"))
@example(b"\xff\xfe")
@example(b"\x1f\x8b\x08")
@given(st.one_of(st.binary(max_size=2000), texts.map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_are_an_article_or_a_plain_error(source: bytes) -> None:
    made = article_or_message(source)
    if isinstance(made, str):
        assert made
        assert "\n" not in made
    else:
        assert 0 <= made.confidence <= 1
