"""Scraped text: what goes, what stays, what it is called, and that every character is accounted for.

All texts are invented. The pages imitated are those where other tools leave banners in; the same
banners come in several publishers' words, so that no rule for one of them is enough.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.label.features.characters import Columns
from cleaner.label.labelling import Labelling
from cleaner.label.pieces import MOST_PIECES, Pieces, cut_pieces, rejoin
from cleaner.label.rules import Hit
from cleaner.label.scraped import label_text
from cleaner.label.textchoice import (
    DOUBTLESS,
    DOUBTLESS_LINE,
    HOPELESS,
    LONGEST_TEASER,
    TEASER,
    TWICE,
    UNLIKELY_TWICE,
    VETO,
    choose_kept,
)
from cleaner.label.textkeep import keep_headings, keep_lists
from cleaner.label.textnames import name_by_place
from cleaner.model import BODY, LabelledBlock, Verdict
from cleaner.segment.sentences import split_sentences
from cleaner.segment.text import segment_text
from tests.injection.material import LANGUAGES, load

NEWS = (
    "The council of Lowmere voted on Thursday to close the old ferry landing, ending a service that has "
    "carried passengers across the estuary since 1911.",
    "Councillor Adaeze Brand said the landing had become too dangerous to repair. “We looked at every "
    "option, and none of them was affordable,” she told the meeting.",
    "About forty residents attended the vote, many of them holding photographs of the boats that their "
    "parents and grandparents had worked on.",
    "The last crossing is planned for the first week of October, when the harbour company will run two "
    "boats instead of one so that families can travel together.",
    "A report by the county engineer, published in June, found cracks in eleven of the fourteen concrete "
    "piles and put the cost of replacing them at £3.8 million.",
    "Opponents of the closure say they will ask the regional court to review the decision.",
)


def labelling(text: str) -> Labelling:
    return label_text(segment_text(text))


def labels(text: str) -> list[tuple[str, str]]:
    return [(verdict.label, block.text) for block, verdict in labelling(text).labelled]


def body(text: str) -> list[str]:
    return [text for label, text in labels(text) if label == BODY]


HEADS = {
    "Harbour Courier": (
        "Allow alerts from the Harbour Courier\n\nYou can turn alerts off in your browser settings.\n\n"
        "Lowmere council votes to close its century-old ferry landing\n\n"
        "Residents say they will fight the decision, which ends a service that has run since before the "
        "first world war\n\nBy Priya Lindqvist\nThursday 14 September 2023 18:05 BST\n\n"
    ),
    "Northbridge Post": (
        "Get notifications from the Northbridge Post\n\n"
        "Ferry landing in Lowmere to close after 112 years\n\n"
        "By Tom Okafor\nPublished 14 September 2023, 18:05\n\n"
    ),
}
APPEALS = (
    "Support independent journalism\n\nFrom floods to elections, our reporters are on the ground when the "
    "story is developing. We believe good reporting should be free to read for everyone, paid for by those "
    "who can afford it.\n\nYour donation helps us keep sending reporters where the news is.\n\n",
    "Will you help us tell the next story?\n\nOur newsroom has no owner with a yacht. It is readers like you "
    "who pay for our investigations, and we choose not to lock our journalism behind a paywall.\n\n"
    "Please consider making a donation today. Every contribution, big or small, makes a difference.\n\n",
)
TAILS = (
    "Thank you for registering\n\nPlease refresh the page to be logged in automatically",
    "Join the conversation\nLog in to post a comment\nComments",
)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("appeal", APPEALS, ids=("believes", "asks"))
@pytest.mark.parametrize("tail", TAILS, ids=("registered", "comments"))
def test_banners_go_and_the_news_stays(head: str, appeal: str, tail: str) -> None:
    text = head + appeal + "\n\n".join(NEWS) + "\n\n" + tail
    assert body(text) == list(NEWS)
    assert {"title", "byline", "dateline", "donation"} <= {label for label, _ in labels(text)}


def test_head_is_read_from_the_lines_above_the_news() -> None:
    found = labels(HEADS["Harbour Courier"] + "\n\n".join(NEWS))
    assert ("title", "Lowmere council votes to close its century-old ferry landing") in found
    assert next(text for label, text in found if label == "standfirst").startswith("Residents say they")


@pytest.mark.parametrize("cue", ["By", "Written by:", "Von", "Por", "Par", "Di"])
def test_a_name_below_a_line_that_is_but_a_cue_is_the_author(cue: str) -> None:
    head = HEADS["Northbridge Post"].replace("By Tom Okafor\n", f"{cue}\nTom Okafor\n")
    text = head + "\n\n".join(NEWS)
    assert ("byline", "Tom Okafor") in labels(text)
    assert cleaner.clean(text, kind="text").authors == ("Tom Okafor",)


@pytest.mark.parametrize("line", ["Photo", "Sport", "Reading time: 4 minutes"])
def test_a_name_below_another_line_is_not(line: str) -> None:
    head = "Ferry landing in Lowmere to close after 112 years\n\n" + line + "\nTom Okafor\n\n"
    assert cleaner.clean(head + "\n\n".join(NEWS), kind="text").authors == ()


def test_glued_appeal_is_cut_at_the_seam() -> None:
    text = "Your support makes all the difference." + NEWS[0] + "\n" + "\n".join(NEWS[1:])
    assert labels(text)[0] == ("donation", "Your support makes all the difference.")
    assert body(text) == list(NEWS)


def test_clean_text_is_not_touched() -> None:
    assert labels("\n\n".join(NEWS)) == [(BODY, paragraph) for paragraph in NEWS]


@pytest.mark.parametrize("credit", ["", ". Photo: Tom Okafor"])
def test_a_picture_said_twice_goes_from_between_the_paragraphs(credit: str) -> None:
    picture = "Councillor Adaeze Brand speaks to residents outside the town hall of Lowmere"
    assert body("\n".join([*NEWS[:2], picture, picture + credit, *NEWS[2:]])) == list(NEWS)


def test_a_quotation_cut_short_below_the_headline_goes() -> None:
    head = (
        "Ferry landing in Lowmere to close after 112 years",
        "‘We looked at every option […] none was affordable’",
    )
    assert body("\n".join([*head, "Sign up for our newsletter", *NEWS])) == list(NEWS)


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n", "\r\n\r\n", " \n\n\n"])
def test_line_endings_change_nothing(separator: str) -> None:
    paragraphs = ["Sign up for our newsletter", *NEWS]
    assert body(separator.join(paragraphs)) == list(NEWS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_invented_news_stays_in_every_language(language: str) -> None:
    material = load(language)
    paragraphs = material.bodies[1].paragraphs  # not among those that the labeller has learned from
    assert body("\n".join(paragraphs)) == list(paragraphs)


def test_cleaning_again_changes_nothing() -> None:
    once = body(HEADS["Harbour Courier"] + APPEALS[0] + "\n".join(NEWS) + "\n" + TAILS[0])
    assert body("\n\n".join(once)) == once


def test_menu_is_no_article() -> None:
    menu = "Home\nNews\nSport\nWeather\nSubscribe\nLog in\nContact us\nPrivacy policy\n© 2023 Harbour Courier"
    assert labelling(menu).confidence < 0.5


def pieces_with(hits: Sequence[Hit | None]) -> Pieces:
    """As many lines as there are hits."""
    cut = cut_pieces(segment_text("\n".join([NEWS[0]] * len(hits))))
    return cut._replace(hits=tuple(hits))


def columns_with(words: Sequence[float]) -> Columns:
    """What is looked at besides chances, of pieces that are sentences."""
    n = len(words)
    return {
        "words": np.array(words, np.float32),
        "end_mark": np.full(n, 3, np.float32),
        "line_kind": np.zeros(n, np.float32),
        "twin": np.zeros(n, np.float32),
    }


def chances_of(*chances: float) -> np.ndarray:
    return np.array(chances, np.float32)


def test_doubt_alone_touches_nothing() -> None:
    cut, columns = pieces_with([None] * 3), columns_with([20] * 3)
    doubtful = chances_of(0.95, DOUBTLESS + 0.02, 0.9)
    assert choose_kept(cut, columns, doubtful).tolist() == [True, True, True]
    surely_not = chances_of(0.95, DOUBTLESS + 0.02, DOUBTLESS / 2)
    assert choose_kept(cut, columns, surely_not).tolist() == [True, False, False]


def test_a_line_of_little_hope_stays_in_a_long_text_without_other_doubts() -> None:
    cut, chances = pieces_with([None] * 3), chances_of(0.99, 0.99, (DOUBTLESS + HOPELESS) / 2)
    assert choose_kept(cut, columns_with([500, 500, 4]), chances).tolist() == [True, True, True]
    assert choose_kept(cut, columns_with([20, 20, 20]), chances).tolist() == [True, True, False]
    chances[2] = HOPELESS / 2
    assert choose_kept(cut, columns_with([500, 500, 4]), chances).tolist() == [True, True, False]


@pytest.mark.parametrize("shape", ["- {}", "| {} | 4 |"], ids=["items", "rows"])
def test_items_of_a_list_and_rows_of_a_table_stay_or_go_together(shape: str) -> None:
    lines = "\n".join(shape.format(item) for item in ("Northbridge", "Lowmere", "Eastfield"))
    cut = cut_pieces(segment_text(f"{NEWS[0]}\n{lines}\nMost read"))
    columns = columns_with([30, 4, 4, 4, 2])
    kept = choose_kept(cut, columns, chances_of(0.99, 0.6, 0.3, 0.6, 0.001))
    assert kept.tolist() == [True, True, True, True, False]
    kept = choose_kept(cut, columns, chances_of(0.99, 0.2, 0.55, 0.2, 0.001))
    assert kept.tolist() == [True, False, False, False, False]


def test_teasers_below_their_heading_are_short() -> None:
    """In writings without full stops paragraphs end as headlines do."""
    cut = cut_pieces(segment_text("\n".join([NEWS[0], "Most read", "Bridge shut", NEWS[1], "Ferry back"])))
    for words, kept in ((LONGEST_TEASER, False), (LONGEST_TEASER + 1, True)):
        columns = columns_with([30, 2, 2, words, 2])
        columns["end_mark"][1:] = 0
        chances = chances_of(0.99, 0.01, 0.9, 0.9, 0.9)
        assert choose_kept(cut, columns, chances).tolist() == [True, False, False, kept, kept]


def test_a_caption_said_twice_goes_even_from_a_clean_text() -> None:
    columns = columns_with([500, 9, 11, 500])
    chances = chances_of(0.99, UNLIKELY_TWICE - 0.05, UNLIKELY_TWICE - 0.05, 0.99)
    cut = pieces_with([None] * 4)
    assert choose_kept(cut, columns, chances).all()
    columns["twin"][1:3] = TWICE
    assert choose_kept(cut, columns, chances).tolist() == [True, False, False, True]
    assert choose_kept(cut, columns, chances_of(0.99, UNLIKELY_TWICE + 0.05, 0.9, 0.99)).all()


def test_a_menu_or_byline_needs_less_doubt() -> None:
    cut = cut_pieces(segment_text(f"{NEWS[0]}\nNorth | South | East | West"))
    kept = choose_kept(cut, columns_with([30, 4]), chances_of(0.95, DOUBTLESS_LINE - 0.1))
    assert kept.tolist() == [True, False]
    columns = columns_with([30, 3])
    columns["line_kind"][1] = 1
    kept = choose_kept(pieces_with([None] * 2), columns, chances_of(0.95, DOUBTLESS_LINE - 0.1))
    assert kept.tolist() == [True, False]


def test_the_dirtier_a_text_the_less_it_takes_to_stay() -> None:
    cut, chances = pieces_with([None] * 3), chances_of(0.99, 0.3, 0.01)
    assert choose_kept(cut, columns_with([500, 20, 20]), chances).tolist() == [True, False, False]
    assert choose_kept(cut, columns_with([5, 200, 20]), chances).tolist() == [True, True, False]


def test_sure_rule_decides_unless_the_text_speaks_loudly() -> None:
    hit = Hit("consent", "en/consent/x", True, "x")
    chances = chances_of(VETO - 0.1, VETO + 0.1)
    assert choose_kept(pieces_with([hit, hit]), columns_with([20, 20]), chances).tolist() == [False, True]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        # Cut around what a rule hits: its neighbours apart, those farther off together.
        (
            "The pier cost £4m. Islanders raised some. The rest is a loan. It is due. Read more: A sale",
            [
                "The pier cost £4m. Islanders raised some.",
                "The rest is a loan.",
                "It is due.",
                "Read more: A sale",
            ],
        ),
        # A rule may ask for words of two sentences.
        (
            "The pier cost £4m. Leave your email below. It's free.",
            ["The pier cost £4m.", "Leave your email below. It's free."],
        ),
        ("The pier cost £4m. The islanders raised some.", ["The pier cost £4m. The islanders raised some."]),
        # What begins a line of its own begins sentences of prose as well.
        (
            "The pier is new. Powered by tides, it hums.",
            ["The pier is new. Powered by tides, it hums."],
        ),
        ("The pier cost £4m. Donate, they said.", ["The pier cost £4m. Donate, they said."]),
    ],
)
def test_lines_are_cut_around_what_a_rule_hits(line: str, pieces: list[str]) -> None:
    assert [piece.text for piece in cut_pieces(segment_text(line)).pieces] == pieces


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("Miss nothing? Sign up for our newsletter today.", [True]),
        ("Who plays best? Who worst? Sign up for our newsletter today.", [True]),
        ("Sign up for our newsletter today. Why not?", [True, False]),  # nothing answers it
        ("The pier shut. Why? Sign up for our newsletter today.", [False, False, True]),
    ],
)
def test_a_question_goes_with_the_prompt_that_answers_it(line: str, sure: list[bool]) -> None:
    cut = cut_pieces(segment_text(line))
    assert [hit is not None and hit.sure for hit in cut.hits] == sure


COMMENTS = ("Comments (2)", "Rivermouse", "Somebody had to say it. They should all go.")


def test_readers_comments_go_from_below_their_heading() -> None:
    cut = cut_pieces(segment_text("\n".join([*NEWS, *COMMENTS])))
    words = [len(piece.text.split()) for piece in cut.pieces]
    chances = [0.1 if "(" in piece.text else 0.99 if piece.text in NEWS else 0.8 for piece in cut.pieces]
    columns = columns_with(words)
    columns["end_mark"][len(NEWS)] = 0
    kept = choose_kept(cut, columns, chances_of(*chances))
    assert [piece.text for piece, keep in zip(cut.pieces, kept, strict=True) if keep] == list(NEWS)


def test_an_article_goes_on_below_a_prompt_to_write() -> None:
    """Where what stands below the heading is surely body, no reader has written it."""
    lines = [*NEWS, COMMENTS[0], NEWS[0]]
    cut = cut_pieces(segment_text("\n".join(lines)))
    columns = columns_with([40] * len(NEWS) + [2, 20])
    columns["end_mark"][len(NEWS)] = 0
    for below, kept in ((0.99, True), (0.9, False)):
        chances = chances_of(*[0.99] * len(NEWS), 0.1, below)
        assert choose_kept(cut, columns, chances).tolist() == [*[True] * len(NEWS), False, kept]


def test_a_button_above_the_body_is_no_heading_of_comments() -> None:
    cut = cut_pieces(segment_text("\n".join(["Comments (2)", *NEWS])))
    words = [len(piece.text.split()) for piece in cut.pieces]
    kept = choose_kept(cut, columns_with(words), chances_of(0.1, *(0.9 for _ in words[1:])))
    assert kept.tolist() == [False, *(True for _ in words[1:])]


@pytest.mark.parametrize(
    ("line", "chances", "kept"),
    [
        # A doubtful sentence goes with the prompt it stands in, before, behind or within it.
        ("You like what you read. Sign up for our newsletter today.", (0.7, 0.1), (False, False)),
        ("Sign up for our newsletter today. It costs nothing.", (0.1, 0.7), (False, False)),
        ("Sign up for our newsletter today. Nice. Register now.", (0.1, 0.9, 0.1), (False, False, False)),
        # Prose stays, whatever is run together with it.
        (f"{NEWS[0]} Sign up for our newsletter today.", (0.99, 0.1), (True, False)),
        (f"Sign up for our newsletter today. {NEWS[0]}", (0.1, 0.99), (False, True)),
        (f"{NEWS[1]} Sign up for our newsletter today.", (0.9, 0.9, 0.1), (True, True, False)),
        # What is glued on without a space is judged by itself.
        ("Like what you read?Sign up for our newsletter today.", (0.8, 0.1), (True, False)),
    ],
)
def test_a_line_turns_into_a_prompt_where_that_is_likeliest(
    line: str, chances: tuple[float, ...], kept: tuple[bool, ...]
) -> None:
    cut = cut_pieces(segment_text(f"{NEWS[0]}\n{line}"))
    assert len(cut.pieces) == 1 + len(kept), [piece.text for piece in cut.pieces]
    columns = columns_with([30, *(12 for _ in kept)])
    assert choose_kept(cut, columns, chances_of(0.99, *chances)).tolist() == [True, *kept]


def test_hints_beside_a_sure_rule_of_their_label_go_unless_they_are_surely_prose() -> None:
    sure, hint = Hit("donation", "en/donation/x", True, "x"), Hit("donation", "en/donation/y?", False, "y")
    other = Hit("login", "en/login/z?", False, "z")
    chances = chances_of(0.6, 0.6, 0.1, 0.6, 0.6)
    columns = columns_with([20] * 5)
    kept = choose_kept(pieces_with([hint, hint, sure, other, hint]), columns, chances)
    assert kept.tolist() == [False, False, False, True, True]
    chances[1] = VETO
    assert choose_kept(pieces_with([None, hint, sure, None, hint]), columns, chances)[1]


def test_lines_below_the_heading_of_a_list_go_up_to_the_next_sentence() -> None:
    cut = cut_pieces(
        segment_text(f"{NEWS[0]}\nMost read\nFerry sinks\nMayor resigns\n{NEWS[1]}\nA subheading")
    )
    columns = columns_with([30, 2, 2, 2, 30, 2])
    columns["end_mark"][[1, 2, 3, 5]] = 0
    chances = chances_of(0.99, 0.1, *[TEASER - 0.05] * 4)
    assert choose_kept(cut, columns, chances).tolist() == [True, False, False, False, True, True]


def test_list_stays_that_the_body_announces() -> None:
    cut = cut_pieces(segment_text(f"{NEWS[0]}\nThe county has yet to say:\n- who pays for it\n- who owns it"))
    chances = np.array([0.99, 0.99, 0.5, 0.5], np.float32)
    announced = np.array([True, True, False, False])
    assert keep_lists(cut, announced, chances).all()
    unannounced = np.array([True, False, False, False])
    assert keep_lists(cut, unannounced, chances).tolist() == unannounced.tolist()


LOGIN = Verdict("login", "en/login/x")
SHARE = Verdict("related", "en/related/x")
KEPT = Verdict(BODY, "model/body")


@pytest.mark.parametrize(
    ("lines", "verdicts", "expected"),
    [
        (("Thanks for making an account", "Please reload."), (None, LOGIN), ("login", "login")),
        (("Please reload.", "Or sign in by hand with a code"), (LOGIN, None), ("login", "login")),
        (("Please reload.", "Then go on."), (LOGIN, None), ("login", "login")),
        (("Please reload. Then do go on. And on.",), (LOGIN, None, None), ("login", "login", "login")),
        (("Please reload.", "Mayor of Oldham resigns at last", "Ferry sinks off the pier again"),
         (LOGIN, None, None), ("login", "other", "other")),
        (("It rained.", "Mayor of Oldham resigns at last"), (KEPT, None), (BODY, "related")),
        (("Please reload.", "Home"), (LOGIN, None), ("login", "navigation")),
        (("Read more", "Mayor of Oldham resigns at last"), (SHARE, None), ("related", "other")),
    ],
)  # fmt: skip
def test_names_from_what_stands_beside(
    lines: Sequence[str], verdicts: Sequence[Verdict | None], expected: Sequence[str]
) -> None:
    blocks = segment_text("\n".join(lines))
    parts = [part for block in blocks for part in split_sentences(block)]
    numbers = [n for n, block in enumerate(blocks) for _ in split_sentences(block)]
    cut = Pieces(tuple(parts), tuple(numbers), (None,) * len(parts))
    columns = columns_with([len(part.text.split()) for part in parts])
    columns["end_mark"] = np.array([3.0 * part.text.endswith(".") for part in parts], np.float32)
    assert [verdict.label for verdict in name_by_place(cut, verdicts, columns)] == list(expected)


def test_pieces_of_one_line_with_one_label_are_put_together() -> None:
    blocks = segment_text("Sign up for our newsletter today. " + NEWS[0] + "It rained.")
    cut = cut_pieces(blocks)
    assert len(cut.pieces) == 3
    labelled = [LabelledBlock(piece, Verdict(BODY, "test")) for piece in cut.pieces]
    assert [block for block, _ in rejoin(labelled, cut.lines, blocks)] == list(blocks)


ODD_LINES = "Share|Sign up for our newsletter|By Ana Ruiz|12 May 2024|今日のニュース。|© 2024 X|a|\u2028|\t"
LINES = st.sampled_from([*NEWS, *ODD_LINES.split("|")])
GLUE = st.sampled_from(["\n", "\n\n", "\r\n", " ", "", "\u2029", " \n\t"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(LINES | st.text(max_size=30), GLUE), min_size=1, max_size=12))
def test_kept_and_removed_tile_the_text(parts: list[tuple[str, str]]) -> None:
    text = NEWS[0] + "\n" + "".join(line + glue for line, glue in parts)
    article = cleaner.clean(text, kind="text")
    spans = [(span.start, span.end, span.text) for span in article.body]
    spans += [(span.start, span.end, span.text) for span in article.removed]
    at = 0
    for start, end, held in sorted(spans):
        assert start >= at
        assert not text[at:start].strip()
        assert text[start:end] == held
        at = end
    assert not text[at:].strip()


def test_a_dump_in_one_line_is_not_cut_and_ends_in_time() -> None:
    dump = "The council met.The bridge stays shut." * 20_000
    begun = time.process_time()
    article = cleaner.clean(dump, kind="text")
    assert time.process_time() - begun < 5
    assert len(article.body) + len(article.removed) == 1


@pytest.mark.parametrize(
    "line", ["Sign up for our newsletter. It is so. " * 29, "Sign up here.It is so." * 300]
)
def test_a_text_is_cut_into_so_many_pieces_at_the_most(line: str) -> None:
    pieces = cut_pieces(segment_text("\n".join([line] * 900))).pieces
    assert 900 < len(pieces) < 2 * MOST_PIECES


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("Sign up for our newsletter The minister said", "Sign up for our newsletter"),
        ("Ascolta l'articolo L'università dovrà", "Ascolta l'articolo"),
        ("Час на читання: 3 хв Троє учнів сконструювали", "Час на читання: 3 хв"),
        ("Home Secretary Jane Roe said", None),
        ("Powered by cloud platforms like Google the town", None),
        ("Social Media Strategy: Develop tags and", None),
    ],
)
def test_a_button_that_runs_on_into_a_sentence_is_cut_off(line: str, first: str | None) -> None:
    text = f"{line} that the harbour bridge at Lowmere would be closed for nine weeks from Monday on"
    cut = cut_pieces(segment_text(text))
    assert next(piece.text for piece in cut.pieces) == (first or text)
    assert "".join(piece.text for piece in cut.pieces).replace(" ", "") == text.replace(" ", "")
    assert all(text[piece.start : piece.end] == piece.text for piece in cut.pieces)


@pytest.mark.parametrize(("words", "stays"), [(12, False), (150, True)])
def test_a_long_piece_is_not_outvoted_by_the_short_ones_of_its_line(words: int, stays: bool) -> None:
    line = "The county pays a third of it. Sign up for our newsletter. Enter your e-mail address below."
    cut = cut_pieces(segment_text(f"{NEWS[0]}\n{line}"))
    columns = columns_with([30, words, *[8] * (len(cut.pieces) - 2)])
    chances = chances_of(0.99, 0.6, *[0.02] * (len(cut.pieces) - 2))
    assert choose_kept(cut, columns, chances).tolist() == [True, stays, *[False] * (len(cut.pieces) - 2)]


@pytest.mark.parametrize(
    ("lines", "stays"),
    [
        ((NEWS[0], "## Who pays", NEWS[1]), True),
        ((NEWS[0], "# Another headline", NEWS[1]), False),
        ((NEWS[0], "## Related articles", NEWS[1]), False),
        (("## Who pays", NEWS[0], NEWS[1]), False),
        ((NEWS[0], NEWS[1], "## Who pays"), False),
    ],
)
def test_a_marked_heading_between_kept_paragraphs_stays(lines: tuple[str, ...], stays: bool) -> None:
    cut = cut_pieces(segment_text("\n\n".join(lines)))
    heads = [piece.shape == "heading" for piece in cut.pieces]
    kept = keep_headings(cut, ~np.array(heads))
    assert bool(kept[heads.index(True)]) is stays
