"""Every section of rules fires on what it is for, and all rules stay silent on news that uses their words.

`rules/<language>.toml` has for each label `hits`, of which every section of the phrase file must
find one, and `near`: sentences of news with the same words, on which no sure rule of any language may fire.
"""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from cleaner.label import phrasebook, rules
from cleaner.label.search import EDGE

HERE = Path(__file__).parent
PHRASES = Path(phrasebook.__file__).parent / "phrases"
LANGUAGES = sorted(path.stem for path in PHRASES.glob("*.txt"))
CASES = {
    language: tomllib.loads((HERE / "rules" / f"{language}.toml").read_text(encoding="utf-8"))
    for language in LANGUAGES
}


def _book_of_each_section() -> list[tuple[str, str, str]]:
    """(language, section, file text with that section's rules alone) for every section of sure rules."""
    books = []
    for language in LANGUAGES:
        parts = list(phrasebook.sections((PHRASES / f"{language}.txt").read_text(encoding="utf-8")))
        groups = [part for part in parts if part[0].startswith("@")]
        for section, lines in parts:
            if section[0] == "@" or section in phrasebook.SPEAKING or section.split()[1].endswith("?"):
                continue
            alone = [*groups, (section, lines)]
            text = "\n".join(f"[{name}]\n" + "\n".join(body) for name, body in alone)
            books.append((language, section, text))
    return books


@pytest.mark.parametrize(
    ("language", "section", "text"),
    _book_of_each_section(),
    ids=lambda value: None if "\n" in value else value,
)
def test_every_section_fires(language: str, section: str, text: str) -> None:
    label = section.split()[0]
    book = phrasebook.compile_book([(language, text)])
    hits = rules.search(book, CASES[language][label]["hits"])
    assert any(hit is not None and hit.sure and hit.label == label for hit in hits)


@pytest.mark.parametrize(
    ("label", "text"),
    [(label, text) for cases in CASES.values() for label, case in cases.items() for text in case["hits"]],
)
def test_prompts_are_named(label: str, text: str) -> None:
    (hit,) = rules.find_hits([text])
    assert hit is not None
    assert hit.sure
    assert hit.label == label


@pytest.mark.parametrize(
    "text", [text for cases in CASES.values() for case in cases.values() for text in case["near"]]
)
def test_news_is_left_alone(text: str) -> None:
    (hit,) = rules.find_hits([text])
    assert hit is None or not hit.sure, hit


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_several_terms_fires_on_its_own_words(language: str) -> None:
    text = (PHRASES / f"{language}.txt").read_text(encoding="utf-8")
    for rule in phrasebook.compile_book([(language, text)]).rules:
        if len(rule.wants) > 1 and rule.kind != "end":
            alone = phrasebook.compile_book(
                [(language, f"[{rule.label} {rule.kind}]\n{' + '.join(rule.wants)}")]
            )
            (hit,) = rules.search(alone, [" ".join(term[0].strip("*") for term in rule.terms)])
            assert hit is not None, rule.heads


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_empty_without_its_edge(language: str) -> None:
    text = (PHRASES / f"{language}.txt").read_text(encoding="utf-8")
    lines = [rule for rule in phrasebook.compile_book([(language, text)]).rules if rule.kind == "line"]
    assert not [phrase for rule in lines for phrase in rule.terms[0] if not phrase.strip(EDGE)]


def test_a_line_may_be_written_with_its_edge() -> None:
    book = phrasebook.compile_book([("xx", "[login line]\n¿ya tienes cuenta? | (password)")])
    assert all(rules.search(book, ["¿Ya tienes cuenta?", "Ya tienes cuenta", "Password"]))


def test_rules_about_reader_and_site_ask_for_words_to_either() -> None:
    rule = "[you]\nour\n\n[paywall has]\nfull access + archive"
    book = phrasebook.compile_book([("xx", rule)])
    hits = rules.search(book, ["Full access to our archive", "Full access to the archive"])
    assert [hit is not None and hit.sure for hit in hits] == [True, False]


def test_every_label_has_a_near_miss() -> None:
    for language, cases in CASES.items():
        for label, case in cases.items():
            assert case["near"], (language, label)


APPEAL = [
    "Your support keeps our newsroom going",
    "From flooded valleys to crowded courtrooms, the story of this decade is told one town at a time.",
    "We believe good journalism should be free to everyone, paid for by those who can afford it.",
]
NEWS = [
    "The council voted on Tuesday to close the harbour bridge for repairs until spring.",
    "Shop owners on the north bank fear a long winter without passing trade.",
    "Ferries will run every twenty minutes, the mayor said.",
    "Work starts on Monday.",
]


def test_spread_bridges_an_appeal() -> None:
    texts = APPEAL + NEWS
    hits = rules.spread(rules.find_hits(texts), texts)
    assert [hit.label if hit else None for hit in hits] == ["donation"] * 3 + [None] * 4
    assert hits[1] is not None
    assert hits[1].rule == "spread/donation"


def test_spread_keeps_a_short_article_between_two_appeals() -> None:
    texts = [APPEAL[0], *NEWS[:2], APPEAL[2]]
    hits = rules.spread(rules.find_hits(texts), texts)
    assert hits[1] is None
    assert hits[2] is None


def test_spread_takes_a_time_that_grows_with_the_text() -> None:
    donate = rules.Hit("donation", "en/donation/donate-now", True, "donate now")
    hits: list[rules.Hit | None] = [donate, None] * 20_000
    begun = time.process_time()
    rules.spread(hits, ["Donate now", "x y z"] * 20_000)
    assert time.process_time() - begun < 1.0


def test_spread_keeps_a_long_gap() -> None:
    texts = [APPEAL[0], *NEWS, APPEAL[2], *NEWS]
    assert rules.spread(rules.find_hits(texts), texts)[1:5] == [None] * 4


def test_texts_and_hits_correspond() -> None:
    assert rules.find_hits([]) == []
    assert rules.find_hits(["", "a\x1fb", "Advertisement"])[:2] == [None, None]
    assert [hit is not None for hit in rules.find_hits(["x", "Share on Facebook", "y"])] == [
        False,
        True,
        False,
    ]


def test_a_hit_tells_its_rule_and_evidence() -> None:
    (hit,) = rules.find_hits(["Please refresh the page to be logged in"])
    assert hit == rules.Hit(
        "login",
        "en/login/refresh-your-browser+logged-in+please",
        True,
        "refresh the page + logged in + please",
    )


def test_quoted_and_reported_words_are_only_hints() -> None:
    quoted = 'The banner read: "Please refresh your browser to be logged in", which puzzled users.'
    reported = "The site said users must please refresh the page to be logged in."
    assert all(hit is not None and not hit.sure for hit in rules.find_hits([quoted, reported]))


def test_wrong_section_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such section"):
        phrasebook.compile_book([("xx", "[weather line]\nsunny")])


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("“Please support our journalism,” the appeal on the front page read.", False),
        ("»Unterstützen Sie unseren unabhängigen Journalismus«, schrieb das Blatt.", False),
        ("– Please support our journalism! – cried the woman at the megaphone.", False),
        ("– Please support our journalism! – Every gift counts.", True),
        ("Please support our journalism.", True),
        ("Please support our journalism: click “Give.” Every gift counts.", True),
    ],
)
def test_what_somebody_is_quoted_with_is_a_hint(text: str, sure: bool) -> None:
    (hit,) = rules.find_hits([text])
    assert hit is not None
    assert hit.sure is sure


@pytest.mark.parametrize(
    "text",
    [
        'The mail read: "Dear customer, your subscription has expired. Log in to continue reading."',
        "„Wir und unsere 214 Partner verwenden Cookies, um Ihnen personalisierte Anzeigen zu zeigen.“",
        "“Sign up for our newsletter and never miss a story, get the best in your inbox,",  # goes on below
    ],
)
def test_what_only_a_quotation_says_is_a_hint(text: str) -> None:
    (hit,) = rules.find_hits([text])
    assert hit is not None
    assert not hit.sure


@pytest.mark.parametrize(
    "text",
    [
        'Subscribe to our newsletter "The Morning Call" to get the best of the harbour every day.',
        "Sign up for our newsletter. “It is the best thing I read all week, and I read all of it.”",
        'Get our free 12" calendar: sign up for our newsletter and never miss a story from the harbour.',
    ],
)
def test_a_prompt_that_quotes_is_sure(text: str) -> None:
    (hit,) = rules.find_hits([text])
    assert hit is not None
    assert hit.sure


@pytest.mark.parametrize("quoted", ["»{}«", "«{}»", "« {} »", "„{}“", "“{}”", '"{}"', "»{}»", "”{}”"])
def test_what_closes_a_short_quotation_opens_none(quoted: str) -> None:
    """In one language the marks open that close in another."""
    said = quoted.format("I shut my eyes")
    text = f"{said}, she said. Sign up for our newsletter and never miss a story from the harbour."
    assert rules.without_quotations(text) == text


def test_quotations_are_blanked_in_place() -> None:
    text = "He said: “We will pay for all of it, all of you, by the end of the year.” They laughed."
    own = rules.without_quotations(text)
    assert len(own) == len(text)
    assert own.split() == ["He", "said:", "They", "laughed."]
