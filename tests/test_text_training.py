"""What the text labeller learns from: labels by alignment, mixed texts that keep folds apart, word odds."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from cleaner.label.features.vocabulary import Vocabulary, WordOdds, vocabulary_columns
from cleaner.label.pieces import cut_pieces
from cleaner.segment.text import segment_text
from cleaner.train.__main__ import main
from cleaner.train.folds import FOLDS, fold_of
from cleaner.train.texts_corpus import (
    CleanText,
    Junk,
    LabelledText,
    Mixer,
    clean_bodies,
    clean_text,
    cut_by_rules,
    folded_bodies,
    margins,
    scraped_texts,
)
from cleaner.train.texts_invented import Invented
from cleaner.train.texts_odds import Kind, Shown, Spoken, count_folds, learn_odds, shown_lines, spoken_lines
from cleaner.train.texts_pages import FOLDED, LEAKY, bare_pages, folded, leak, page_texts, read_rows

PARAGRAPHS = (
    "The harbour bridge at Lowmere will close for nine weeks from Monday, the county said.",
    "Engineers found rust in two of the cables during a routine inspection in spring.",
    "Buses will take the long way round, through Northbridge and along the river.",
)
TEXT = "\n\n".join(PARAGRAPHS)
SITE = "lowmere.example"
BODY = CleanText("set/1", SITE, "en", "Bridge to close", TEXT, PARAGRAPHS, fold_of(SITE))


def scraped(text: str) -> LabelledText:
    row = {"key": "set/1@tool", "scraper": "tool", "scraped": text, "body": "\n".join(PARAGRAPHS)}
    return next(scraped_texts([row], {"set/1": "lowmere.example"}, cut_by_rules))


def test_scraped_lines_are_labelled_by_the_gold_body() -> None:
    text = scraped("\n".join(["Subscribe to our newsletter", *PARAGRAPHS, "Most read today"]))
    assert [share >= 0.5 for share in text.shares] == [False, True, True, True, False]
    assert (text.site, text.kind) == ("lowmere.example", "tool")


def test_margins_are_the_lines_around_the_body() -> None:
    text = scraped("\n".join(["Subscribe to our newsletter", *PARAGRAPHS, "Most read today"]))
    found = {junk.text for junk in margins([text], {"set/1": "en"})}
    assert "Subscribe to our newsletter" in found
    assert not any(paragraph in junk for junk in found for paragraph in PARAGRAPHS)


def test_bodies_are_read_from_rows() -> None:
    rows = [
        {"key": "set/1", "body": "\n".join(PARAGRAPHS), "domain": "lowmere.example", "title": "T"},
        {"key": "x"},
    ]
    assert [body.paragraphs for body in clean_bodies(rows)] == [PARAGRAPHS]


def test_clean_texts_are_set_as_they_came() -> None:
    came = f"{PARAGRAPHS[0]}\n- {PARAGRAPHS[1]}\n\n\n{PARAGRAPHS[2]}"
    body = next(clean_bodies([{"key": "set/1", "body": came}]))
    assert clean_text(body, cut_by_rules).body == came
    assert [piece.shape for piece in clean_text(body, cut_by_rules).pieces.pieces] == [
        "paragraph",
        "item",
        "paragraph",
    ]


def test_mixed_texts_take_junk_of_their_own_fold_only() -> None:
    own = fold_of(BODY.site)
    junk = [Junk(fold, "en", f"Join the mailing list of fold {fold}.") for fold in range(FOLDS)]
    mixer = Mixer(junk, [], cut_by_rules, seed=3)
    mixed = [mixer.mix(BODY) for _ in range(20)]
    outside = [
        piece.text
        for text in mixed
        for piece, share in zip(text.pieces.pieces, text.shares, strict=True)
        if share == 0
    ]
    assert any("mailing list" in line for line in outside)
    assert all(f"fold {own}" in line or line == BODY.title for line in outside)


def test_what_is_glued_and_not_cut_apart_is_neither_body_nor_junk() -> None:
    junk = [Junk(fold_of(BODY.site), "en", "Join the mailing list today.")]
    mixer = Mixer(junk, [], cut_by_rules, seed=3)
    for text in (mixer.mix(BODY) for _ in range(40)):
        for piece, share in zip(text.pieces.pieces, text.shares, strict=True):
            both = "mailing list" in piece.text and len(piece.text) > len(junk[0].text)
            assert share == -1 if both else share in (0, 1)


def test_the_same_seed_mixes_the_same_text() -> None:
    junk = [Junk(fold_of(BODY.site), "en", f"Sign up, number {number}.") for number in range(9)]
    first, again = (Mixer(junk, [], cut_by_rules, seed=5).mix(BODY) for _ in range(2))
    assert first.pieces == again.pieces


def test_words_of_prompts_get_low_odds_and_of_news_high_ones() -> None:
    prompt = "Subscribe to the newsletter"
    texts = [
        clean_text(BODY._replace(key=f"set/{n}", site=f"site{n}.example"), cut_by_rules) for n in range(8)
    ]
    odds = learn_odds(list(count_folds(shown_lines(texts, Invented((), (), (), ())), []).values()))
    assert odds.words["newsletter"] < 0 < odds.words["engineers"]
    prose = cut_pieces(segment_text(f"{prompt}\n{PARAGRAPHS[1]}"))
    columns = vocabulary_columns(
        [piece.text for piece in prose.pieces], np.zeros(2, np.float32), Vocabulary(odds)
    )
    assert columns["odds_mean"][0] < columns["odds_mean"][1]


def test_words_of_appeals_are_weighed_against_news_of_their_own_language() -> None:
    def lines(kind: Kind, language: str, said: str, times: int) -> list[Spoken]:
        return [Spoken(kind, language, 0, frozenset(said.split()))] * times

    spoken = [
        *lines(Kind.APPEAL, "en", "readers give money", 9),
        *lines(Kind.NEWS, "en", "council money bridge", 900),
        *lines(Kind.APPEAL, "da", "læsere penge", 9),
        *lines(Kind.INVENTED_NEWS, "da", "kommune penge", 9),
        *lines(Kind.NEWS, "fr", "mairie", 900),
    ]
    counted = count_folds([Shown(SITE, 0, ["word"], True)], spoken)
    odds = learn_odds([counted[0]]).appeals
    assert odds["readers"] == odds["give"] == pytest.approx(-math.log(10))
    assert odds["council"] == pytest.approx(math.log(10))  # nine lines' worth of nine hundred
    assert odds["læsere"] < 0 < odds["kommune"]
    assert odds.keys().isdisjoint({"money", "penge", "mairie"})


def test_only_donations_are_appeals() -> None:
    junk = (Junk(1, "en", "Give now\nor later", "donation"), Junk(1, "en", "Log in", "login"))
    spoken = list(spoken_lines([BODY], Invented((), (), junk, (Junk(2, "en", "They gave.", ""),))))
    said = {(line.kind, line.fold, line.words) for line in spoken if line.kind != Kind.NEWS}
    assert said == {
        (Kind.APPEAL, 1, frozenset(("give", "now"))),
        (Kind.APPEAL, 1, frozenset(("or", "later"))),
        (Kind.INVENTED_NEWS, 2, frozenset(("they", "gave"))),
    }
    assert [line.kind for line in spoken].count(Kind.NEWS) == len(PARAGRAPHS)


def test_words_shared_with_the_prose_around_are_counted_without_the_piece_itself() -> None:
    texts = [
        "Rusty cables on the bridge",
        "The cables of the bridge are rusty, engineers said.",
        "Celebrity chef",
    ]
    prose = np.array([0.0, 100.0, 0.0], np.float32)
    shared = vocabulary_columns(texts, prose, Vocabulary(WordOdds({}, {}, {}, {})))["shared"]
    assert shared[0] > 0.9
    assert shared[1] == 0
    assert shared[2] == 0


HTML = "<body><nav><a href=/>Home</a></nav>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</body>"
PAGE = {"key": "set/1", "body": "\n".join(PARAGRAPHS), "domain": "lowmere.example"}


def test_pages_are_learned_from_as_all_that_they_show() -> None:
    everything = next(page_texts(PAGE, HTML))
    assert everything["scraped"].split("\n") == ["Home", *PARAGRAPHS]
    assert (everything["key"], everything["domain"]) == ("set/1@everything", "lowmere.example")


def test_pages_that_were_scraped_are_not_scraped_again() -> None:
    scraped = [{"key": "set/1@tool", "scraper": "tool", "scraped": "Home", "body": PAGE["body"]}]
    bare = bare_pages([{**PAGE, "html": HTML}, {"key": "set/2", "html": HTML}], scraped)
    assert bare == [PAGE]
    assert len(scraped) == 1


def test_code_of_the_page_is_put_between_two_lines() -> None:
    code = 'window.state = {"user":{"isEditor":false}};' * 9
    html = f"<script type=application/ld+json>{'x' * 300}</script><script>{code}</script>{HTML}"
    text = "\n".join(PARAGRAPHS)
    leaky = leak(html, text, 3 * LEAKY)
    assert leaky is not None
    lines = leaky.split("\n")
    assert [line for line in lines if line in PARAGRAPHS] == list(PARAGRAPHS)
    assert [line for line in lines if line not in PARAGRAPHS] == [code]
    assert leak(html, text, 3 * LEAKY + 1) is None
    assert leak(HTML, text, 3 * LEAKY) is None


def test_rows_without_a_key_are_known_by_their_address(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"url": "https://lowmere.example/1"}) + "\n", encoding="utf-8")
    assert next(read_rows([path]))["key"] == "https://lowmere.example/1"
    path.write_text("no row\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="line 1"):
        next(read_rows([path]))


def test_command_refuses_options_of_the_other_kind(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["pages.jsonl", "-o", "weights.npz", "--no-folds"])
    assert "--kind text" in capsys.readouterr().err


def test_some_texts_are_learned_from_as_one_line() -> None:
    rows = [{"key": f"page-{n}@some", "scraper": "some", "scraped": "A line.\n\n" * 400} for n in range(60)]
    lines = list(folded(rows))
    assert 60 / FOLDED / 2 < len(lines) < 60 / FOLDED * 2
    assert {row["scraper"] for row in lines} == {"one line"}
    assert all(row["scraped"] == " ".join(["A line."] * 400) for row in lines)
    assert list(folded([{**row, "scraped": "Short.\nLines."} for row in rows])) == []


def test_some_bodies_are_learned_from_as_one_line() -> None:
    bodies = list(clean_bodies({"key": f"page-{n}", "body": "A sentence.\n" * 400} for n in range(60)))
    lines = list(folded_bodies(bodies))
    assert 60 / FOLDED / 2 < len(lines) < 60 / FOLDED * 2
    assert all(line.text == " ".join(["A sentence."] * 400) for line in lines)
    assert {len(clean_text(line, cut_by_rules).pieces.pieces) > 1 for line in lines} == {True}
