"""The parts of labelling that are plain logic: repeats, names for what is removed, forests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from cleaner.label.alike import LEAST_ALIKE, built_alike
from cleaner.label.extent import article_extent, opening_headline
from cleaner.label.features.characters import COLON, count_characters
from cleaner.label.features.context import neighbour_columns
from cleaner.label.features.frame import Frame
from cleaner.label.features.hits import hit_columns
from cleaner.label.features.html import Odds
from cleaner.label.features.likeness import likest
from cleaner.label.features.mass import second_columns
from cleaner.label.features.names import NameOdds, attr_names, words_of
from cleaner.label.features.spelling import odds_rows
from cleaner.label.features.structure import Makes, ancestor_columns, container_columns, name_columns
from cleaner.label.features.wordtable import WordTable
from cleaner.label.forest import Forest, probabilities
from cleaner.label.labelling import USUAL_BODY, by_length, expected_f
from cleaner.label.lists import announced_lists, shared_chances, torn_lists
from cleaner.label.model_file import Weights, read_weights, save_weights
from cleaner.label.naming import below_listings, name_by_markup, name_by_words
from cleaner.label.page import Judged, label_page
from cleaner.label.passes import Passes, pass_twice
from cleaner.label.repeats import find_repeats
from cleaner.label.rules import Hit, find_hits
from cleaner.label.subheads import subheadings
from cleaner.label.tables import article_tables
from cleaner.model import BODY, Block
from cleaner.segment.html import parse

PROSE = "The council voted on Monday to close the bridge to lorries until the spring of next year."
OTHER = "Drivers will be sent over the ring road, which the county has begun to widen at two places."


def flags(*values: int) -> np.ndarray:
    return np.array(values, dtype=bool)


def test_the_later_of_two_copies_is_a_repeat() -> None:
    assert find_repeats([PROSE, OTHER, PROSE], flags(1, 1, 1), flags(0, 0, 0)) == {2}


def test_the_hidden_copy_is_the_repeat_even_when_it_comes_first() -> None:
    assert find_repeats([PROSE, OTHER, PROSE], flags(1, 1, 1), flags(1, 0, 0)) == {0}


def test_one_run_that_holds_the_paragraphs_is_the_repeat() -> None:
    assert find_repeats([PROSE, OTHER, f"{PROSE} {OTHER}"], flags(1, 1, 1), flags(0, 0, 0)) == {2}


def test_a_block_that_was_not_kept_makes_no_repeat() -> None:
    assert find_repeats([PROSE, PROSE], flags(1, 0), flags(0, 0)) == set()


def test_short_lines_may_recur() -> None:
    assert find_repeats(["He said no.", PROSE, "He said no."], flags(1, 1, 1), flags(0, 0, 0)) == set()


@pytest.mark.parametrize(
    ("html", "label", "rule"),
    [
        ('<div class="newsletter-signup"><p>Hello there</p></div>', "newsletter", "markup/newsletter"),
        ("<nav><ul><li>Home of news</li></ul></nav>", "navigation", "markup/<nav>"),
        ("<figure><figcaption>The square</figcaption></figure>", "media", "markup/<figcaption>"),
        ("<div><p><a href=x>Bridge shut</a></p></div>", "related", "model/links"),
        ("<div><p>Something else</p></div>", "other", "model/not-body"),
    ],
)
def test_names_from_markup(html: str, label: str, rule: str) -> None:
    verdict = name_by_markup(parse(html), [0], np.zeros(1, np.bool_))[0]
    assert (verdict.label, verdict.rule) == (label, rule)


def test_what_holds_the_whole_body_names_nothing() -> None:
    page = parse('<div class="newsletter-post"><p>One</p><p>Two</p><p>Note</p></div><p>After</p>')
    kept = np.array([True, True, False, False])
    assert [verdict.label for verdict in name_by_markup(page, [2], kept)] == ["other"]
    assert [verdict.label for verdict in name_by_markup(page, [2], ~kept)] == ["newsletter"]


def test_a_class_that_merely_contains_a_word_names_nothing() -> None:
    page = parse('<div class="bannerman-estate"><p>Text</p></div>')
    assert name_by_markup(page, [0], np.zeros(1, np.bool_))[0].label == "other"


def test_the_items_of_a_torn_list_stay_or_go_as_one() -> None:
    page = parse("<ul><li>One</li><li>Two</li></ul><p>Text</p><ol><li><p>Three</p></li><li>Four</li></ol>")
    assert [list(group) for group in torn_lists(page, flags(1, 0, 1, 1, 1))] == [[0, 1]]
    assert [list(group) for group in torn_lists(page, flags(0, 0, 1, 1, 0))] == [[3, 4]]
    assert list(torn_lists(page, flags(1, 1, 0, 0, 0))) == []
    chances, words = np.array([0.9, 0.3, 0.1], np.float32), np.array([3, 1, 0], np.float32)
    assert shared_chances(chances, words, [[0, 1]]).tolist() == pytest.approx([0.75, 0.75, 0.1])
    assert chances[1] == np.float32(0.3)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p><b>Read more:</b> <a href=x>What the hall cost, and who paid</a></p>", False),
        ("<p><a href=x>Read more: What the hall cost, and who paid</a></p>", False),
        ("<p>Read more: what the hall cost, and who paid for it in the end</p>", True),
        ("<p>Read more <a href=x>about what the hall cost, and who paid</a></p>", True),
    ],
)
def test_a_pointer_to_another_article_goes(html: str, kept: bool) -> None:
    page = parse(html)
    hits = find_hits([block.text for block in page.blocks])
    columns = {
        name: np.zeros(1, np.float32)
        for name in (
            "title_like",
            "description_like",
            "hidden",
            "link_share",
            "end_mark",
            "words",
            "chars",
            "hit",
        )
    }
    (labelled,) = label_page(Judged(page, hits, columns, np.array([0.9], np.float32)), "test").labelled
    assert (labelled.verdict.label == BODY) is kept


def test_a_short_line_at_the_headline_whose_class_says_byline_goes_unless_it_is_surely_body() -> None:
    page = parse('<h1>Bridge shut</h1><p class="byline">Ana Ruiz</p><p>The bridge is shut.</p>')
    columns = {
        name: np.zeros(3, np.float32) for name in ("description_like", "hidden", "link_share", "chars", "hit")
    }
    columns |= {
        "title_like": np.array([1, 0, 0], np.float32),
        "end_mark": np.array([0, 0, 3], np.float32),
        "words": np.full(3, 5, np.float32),
    }
    for chance, label in ((0.6, "byline"), (0.95, BODY)):
        judged = Judged(page, [None] * 3, columns, np.array([0.1, chance, 0.99], np.float32))
        assert label_page(judged, "test").labelled[1].verdict.label == label


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Ana Ruiz", "byline"),
        (
            "Ana Ruiz has walked along the river with those who live there and asked them all what they saw",
            BODY,
        ),
    ],
)
def test_a_long_line_whose_class_says_byline_tells_more_than_a_name(line: str, label: str) -> None:
    texts = ["Bridge shut", line, PROSE]
    page = parse(f'<h1>{texts[0]}</h1><p class="byline">{line}</p><p>{PROSE}</p>')
    columns = {name: np.zeros(3, np.float32) for name in ("description_like", "hidden", "link_share", "hit")}
    columns |= count_characters(texts) | {"title_like": np.array([1, 0, 0], np.float32)}
    judged = Judged(page, [None] * 3, columns, np.array([0.1, 0.6, 0.99], np.float32))
    assert label_page(judged, "test").labelled[1].verdict.label == label


@pytest.mark.parametrize(("below", "label"), [(1, "byline"), (10, "byline"), (40, "other")])
def test_a_byline_is_named_near_the_headline_only(below: int, label: str) -> None:
    texts = ["Bridge shut", *[PROSE] * below, "By Jane Roe", PROSE]
    page = parse(f"<h1>{texts[0]}</h1>" + "".join(f"<p>{text}</p>" for text in texts[1:]))
    count = len(texts)
    names = ("description_like", "hidden", "link_share")
    columns = {name: np.zeros(count, np.float32) for name in names}
    columns["hit"] = np.full(count, -1, np.float32)
    columns |= count_characters(texts)
    columns["title_like"] = np.array([text == "Bridge shut" for text in texts], np.float32)
    chances = np.array([0.99 if text == PROSE else 0.01 for text in texts], np.float32)
    labelled = label_page(Judged(page, [None] * count, columns, chances), "test").labelled
    assert labelled[-2].verdict.label == label


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        (["4 February 2022", "The bridge is shut."], ["dateline", BODY]),
        (["By Ana Ruiz", "The bridge is shut."], ["byline", BODY]),
        (["The bridge is shut.", "By Ana Ruiz", "It was old."], [BODY, "byline", BODY]),
        (["The bridge is shut.", "It was old.", "By Ana Ruiz"], [BODY, BODY, BODY]),
        (["One.", "Two.", "4 February 2022", "Three."], [BODY, BODY, BODY, BODY]),
        (["One.", "By Ana Ruiz", "4 February 2022", "Two."], [BODY, "byline", "dateline", BODY]),
        (["One.", "Two.", "2022-02-04T16:18:00+01:00", "Three."], [BODY, BODY, "dateline", BODY]),
        (["One.", "Two.", "4 February 2022, 16:18", "Three."], [BODY, BODY, BODY, BODY]),
        (["In 2022 the bridge was shut", "It was old."], [BODY, BODY]),
        (["Gino Ferrabosco", "9 maggio 2024", "One."], ["byline", "dateline", BODY]),
        (["9 maggio 2024", "Gino Ferrabosco", "One."], ["dateline", "byline", BODY]),
        (["Gino Ferrabosco", "One.", "Two.", "9 maggio 2024"], [BODY, BODY, BODY, BODY]),
        (["One.", "Two.", "Gino Ferrabosco", "9 maggio 2024"], [BODY, BODY, BODY, BODY]),
    ],
)
def test_lines_of_names_and_dates_go_from_the_beginning(lines: list[str], labels: list[str]) -> None:
    page = parse("".join(f"<p>{line}</p>" for line in lines))
    columns = {
        name: np.zeros(len(lines), np.float32)
        for name in ("title_like", "description_like", "hidden", "link_share", "hit")
    }
    columns |= count_characters(lines)
    judged = Judged(page, [None] * len(lines), columns, np.full(len(lines), 0.8, np.float32))
    assert [one.verdict.label for one in label_page(judged, "test").labelled] == labels


@pytest.mark.parametrize(
    ("chance", "said", "label"),
    [
        (0.4, "The bridge is shut.", BODY),
        (0.1, "The bridge is shut.", "standfirst"),
        (0.4, "Bridge", "other"),
    ],
)
def test_a_standfirst_stays_unless_the_labeller_denies_it(chance: float, said: str, label: str) -> None:
    lines = ["Old bridge closes", said, "It was old, and nobody knew how old it was."]
    page = parse(f"<h1>{lines[0]}</h1><p>{said}</p><p>{lines[2]}</p>")
    columns = {name: np.zeros(3, np.float32) for name in ("hidden", "link_share", "hit")}
    columns |= count_characters(lines)
    columns |= {
        "title_like": np.array([1, 0, 0], np.float32),
        "description_like": np.array([0, said.endswith("."), 0], np.float32),
    }
    judged = Judged(page, [None] * 3, columns, np.array([0.1, chance, 0.99], np.float32))
    assert label_page(judged, "test").labelled[1].verdict.label == label


@pytest.mark.parametrize(
    ("html", "said", "chance", "label"),
    [
        ("<p>Sign up for our newsletter</p>", True, 0.99, BODY),
        ("<p>Sign up for our newsletter</p>", True, 0.9, "newsletter"),
        ("<p>Sign up for our newsletter</p>", False, 0.6, BODY),
        ("<p>Sign up for our newsletter</p>", False, 0.4, "newsletter"),
        ("<select><option>Weekly</option></select>", False, 0.99, "newsletter"),
    ],
)
def test_a_sure_phrase_gives_way_only_where_the_page_leaves_no_doubt(
    html: str, said: bool, chance: float, label: str
) -> None:
    page = parse(f"<p>{PROSE}</p>{html}")
    texts = page.fields.texts
    columns = {
        name: np.zeros(2, np.float32) for name in ("title_like", "description_like", "hidden", "link_share")
    }
    hits = [None, Hit("newsletter", "en/newsletter/x", said, texts[1])]
    columns |= count_characters(texts) | hit_columns(hits)
    judged = Judged(page, hits, columns, np.array([0.9, chance], np.float32))
    assert label_page(judged, "test").labelled[1].verdict.label == label


def same_for_all(log_odds: float) -> Forest:
    """A forest that says the same of every block."""
    arrays = np.zeros((1, 6), np.int32), np.zeros((1, 6), np.float32), np.zeros((1, 64), np.float32)
    return Forest(("words",), *arrays, log_odds)


@pytest.mark.parametrize(("first", "second", "kept"), [(2, -2, False), (-2, 2, True), (-9, 1, False)])
def test_the_second_pass_has_the_larger_say_but_not_the_only_one(
    first: float, second: float, kept: bool
) -> None:
    page = parse(f"<p>{PROSE}</p><p>{OTHER}</p>")
    odds = Odds(NameOdds({}, {}), WordTable({}))
    passes = Passes(odds, same_for_all(first), same_for_all(second))
    chances = probabilities(pass_twice(page, [None, None], passes).log_odds)
    assert (chances >= 0.5).tolist() == [kept, kept]


def test_a_rule_takes_even_an_announced_list() -> None:
    page = parse("<p>Follow what we do:</p><ul><li>Sign up for our newsletter<li>Late rain</ul>")
    texts = [block.text for block in page.blocks]
    columns = {
        name: np.zeros(3, np.float32) for name in ("title_like", "description_like", "hidden", "link_share")
    }
    columns |= count_characters(texts)
    hits = find_hits(texts)
    columns |= hit_columns(hits)
    chances = np.array([0.9, 0.3, 0.4], np.float32)
    assert hits[1] is not None
    verdicts = [one.verdict for one in label_page(Judged(page, hits, columns, chances), "test").labelled]
    assert [verdict.label == BODY for verdict in verdicts] == [True, False, False]
    none: list[Hit | None] = [None] * 3
    verdicts = [one.verdict for one in label_page(Judged(page, none, columns, chances), "test").labelled]
    assert [verdict.rule for verdict in verdicts] == ["model/body", "place/announced", "place/announced"]


def test_a_list_announced_above_the_headline_is_no_body() -> None:
    page = parse(f"<p>Three things:</p><ul><li>rain<li>wind</ul><h1>Bridge shut</h1><p>{PROSE * 9}</p>")
    texts = [block.text for block in page.blocks]
    columns = {name: np.zeros(5, np.float32) for name in ("description_like", "hidden", "link_share", "hit")}
    columns |= count_characters(texts) | {"title_like": np.array([0, 0, 0, 1, 0], np.float32)}
    chances = np.array([0.9, 0.3, 0.4, 0.1, 0.99], np.float32)
    labelled = label_page(Judged(page, [None] * 5, columns, chances), "test").labelled
    assert [one.verdict.label == BODY for one in labelled] == [False, False, False, False, True]


def test_a_heading_names_the_list_below_it_in_its_container() -> None:
    page = parse(
        "<div><h3>Read more</h3><ul class=nav><li><a href=a>Mayor gone</a><li><a href=b>Fire</a></ul></div>"
        "<ul class=nav><li><a href=c>Home</a></ul>"
    )
    sure = Hit("related", "en/related/read-more", True, "read more")
    assert list(below_listings(page, [sure, None, None, None], [1, 2, 3])) == [1, 2]
    assert list(below_listings(page, [sure, None, None, None], [2, 3])) == []
    hint = sure._replace(sure=False)
    assert list(below_listings(page, [hint, None, None, None], [1, 2, 3])) == []
    assert list(below_listings(page, [sure._replace(label="legal"), None, None, None], [1, 2])) == []


@pytest.mark.parametrize(
    ("text", "hit", "near", "like", "label"),
    [
        ("Support us", Hit("donation", "en/donation/x", True, "support"), True, 1.0, "donation"),
        ("Bridge shut", None, False, 0.9, "title"),
        ("By Jane Roe", None, True, 0.0, "byline"),
        ("4 February 2022, 16:18", None, True, 0.0, "dateline"),
        ("Read more", Hit("related", "en/related/x?", False, "read more"), False, 0.0, "related"),
    ],
)
def test_names_from_words(text: str, hit: Hit | None, near: bool, like: float, label: str) -> None:
    verdict = name_by_words(Block(text, 0, len(text)), hit, near, like)
    assert verdict is not None
    assert verdict.label == label


def test_a_byline_far_from_the_headline_is_not_one() -> None:
    assert name_by_words(Block("By Jane Roe", 0, 11), None, False, 0.0) is None


def six_questions(
    features: list[list[int]], thresholds: list[list[float]], leaves: list[list[float]]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """The arrays of a forest whose trees ask these questions first, and others that no block answers."""
    asked = np.zeros((len(features), 6), np.int32)
    above = np.full((len(features), 6), np.inf, np.float32)
    values = np.zeros((len(features), 64), np.float32)
    for tree in range(len(features)):
        asked[tree, : len(features[tree])] = features[tree]
        above[tree, : len(thresholds[tree])] = thresholds[tree]
        values[tree, : len(leaves[tree])] = leaves[tree]
    return asked, above, values


def test_weights_survive_their_file_and_have_one_form(tmp_path: Path) -> None:
    forest = Forest(
        ("a",), np.zeros((1, 6), np.int32), np.ones((1, 6), np.float32), np.ones((1, 64), np.float32), 0.5
    )
    weights = Weights({"first": forest}, {"words": {"café": 1.5, "a": -2.0}})
    save_weights(weights, tmp_path / "one.npz")
    save_weights(weights, tmp_path / "two.npz")
    back = read_weights(tmp_path / "one.npz")
    assert back.tables == weights.tables
    assert np.array_equal(back.forests["first"].thresholds, forest.thresholds)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_sentence_ends_before_its_quotation_marks_and_brackets() -> None:
    texts = ["« Je veux partir. »", "(He said: “Go.”)", "« Je veux »", "He said: “", "”", "A\u00a0. »"]
    assert count_characters(texts)["end_mark"].tolist() == [3, 3, 1, 2, 1, 3]


def test_words_count_alike_in_scripts_with_and_without_spaces() -> None:
    columns = count_characters(["The mayor spoke.", "市长发表了讲话。", "Ο δήμαρχος μίλησε."])
    assert columns["words"].tolist() == [3.0, 3.5, 3.0]
    assert columns["end_mark"].tolist() == [3.0, 3.0, 3.0]


def test_neighbours_beyond_the_ends_are_unknown() -> None:
    columns = neighbour_columns({"a": np.array([1, 2, 3], np.float32)}, ("a",), (-1, 2, 5))
    assert columns["a-1"].tolist() == [-1, 1, 2]
    assert columns["a+2"].tolist() == [3, -1, -1]
    assert columns["a+5"].tolist() == [-1, -1, -1]


def test_containers_add_up_what_is_in_them() -> None:
    #  0 ── 1 ── 2      blocks in 2, 2, 3
    #    └─ 3
    frame = Frame([-1, 0, 1, 0], [4, 3, 3, 4], [2, 2, 3])
    chars, links = np.array([10.0, 20.0, 30.0], np.float32), np.array([10.0, 5.0, 0.0], np.float32)
    columns = container_columns(frame, chars, links)
    assert columns["c0_links"].tolist() == [0.5, 0.5, 0.0]
    assert columns["c2_links"].tolist() == [0.25, 0.25, 0.25]
    assert ancestor_columns(frame, ["body", "main", "p", "p"], [False] * 4)["depth"].tolist() == [3, 3, 2]


def landmarks(html: str) -> dict[str, list[float]]:
    """The columns of the container named after the article, and the share of the prose that is in it."""
    page = parse(html)
    elements, count = page.elements, len(page.blocks)
    frame = Frame(elements.parents, elements.ends, [block.element for block in page.blocks])
    chars = np.array([len(block.text) for block in page.blocks], np.float32)
    named = name_columns(
        frame, elements.tags, elements.attrs, page.inline_attrs, NameOdds({}, {}), chars, chars
    )
    makes = Makes(frame, elements.tags, elements.attrs)
    sure, links = np.ones(count, np.float32), np.zeros(count, np.float32)
    weighed = second_columns(frame, makes, sure, chars, chars, links, named["landmark_in"])
    return {name: column.tolist() for name, column in (named | weighed).items()}


@pytest.mark.parametrize(
    ("html", "inside"),
    [
        (
            '<p>a</p><div class="c-article-body__x">{}</div><div class="related">{}</div>',
            [0, 2, 2, 2, 0, 0, 0],
        ),
        ('<main id="articleBody">{}</main><p>b</p>', [2, 2, 2, 0]),
        ('<div itemprop="articleBody">{}</div><article>{}</article>', [2, 2, 2, 0, 0, 0]),
        ("<main><article>{}</article><article>{}</article></main>", [2, 2, 2, 1, 1, 1]),
        ('<article class="story-body"><p>Too short</p></article><main>{}</main>', [0, 2, 2, 2]),
        ('<span class="article-body">{}</span><div class="articles bodytexts">{}</div>', [-1] * 6),
    ],
)
def test_the_surest_name_on_the_page_marks_the_article(html: str, inside: list[float]) -> None:
    text = f"<p>{PROSE}</p><p>{OTHER}</p><p>{PROSE} {OTHER}</p>"
    assert landmarks(html.replace("{}", text))["landmark_in"] == inside


def test_blocks_stand_before_in_or_behind_the_container_named_after_the_article() -> None:
    text = f"<p>{PROSE} {OTHER} {PROSE}</p>"
    columns = landmarks(
        f'<p>a</p><div class="entry-content">{text}<div class="share-bar"><p>b</p></div></div>'
        f'<div class="sidebar"><ul class="comments"><li>{OTHER}</li></ul></div>'
    )
    assert columns["landmark_side"] == [-1, 0, 0, 1]
    assert columns["landmark_depth"] == [-1, 1, 2, -1]
    assert columns["landmark_kind"] == [1, 1, 1, 1]
    assert columns["apart"] == [0, 0, 1, 2]
    chars = [1, len(text) - len("<p></p>"), 1, len(OTHER)]
    assert columns["landmark_share"] == pytest.approx([(chars[1] + chars[2]) / sum(chars)] * 4)


@pytest.mark.parametrize(
    ("parents", "ends", "own"),
    [([-1, 2, 0], [3, 2, 3], [1]), ([-1, 0], [2, 1], [1]), ([-1, 0], [2, 2], [2]), ([-1, 0], [2], [1])],
)
def test_elements_that_are_no_tree_are_refused(parents: list[int], ends: list[int], own: list[int]) -> None:
    with pytest.raises(ValueError, match=r"element|ends"):
        Frame(parents, ends, own)


def test_names_are_read_whole_and_in_words() -> None:
    assert attr_names(' class="articleBody main-2" data-x="no" id="x"') == ["articleBody", "main-2", "x"]
    assert words_of("articleBody") == (".articlebody", "article", "body")
    assert words_of("HTMLAd-bx_2") == (".htmlad-bx_2", "html", "ad", "bx")


def test_a_word_table_finds_its_words_alone() -> None:
    texts = ["Share this story", "Café", "Nothing known"]
    rows = odds_rows(texts, WordTable({"share": -2.0, "story": 1.0, "café": 0.5}), 320)
    assert rows[0].tolist() == pytest.approx([-1 / 3, 0.5, 0.0])
    assert rows[1].tolist() == [-2.0, 0.5, 0.0]
    assert rows[3].tolist() == pytest.approx([2 / 3, 1.0, 0.0])


def test_likeness_is_by_sets_of_words() -> None:
    stated = ["Bridge shut to lorries until spring"]
    texts = ["Bridge shut to lorries!", "Until spring, bridge shut to lorries", "Mayor speaks again"]
    (likes,) = likest(texts, [stated])
    assert likes.tolist() == pytest.approx([0.8, 1.0, 0.0])


def test_a_forest_adds_up_the_leaves_it_reaches() -> None:
    arrays = six_questions([[0, 1], [1]], [[0.5, 0.5], [0.0]], [[0.1, 0.2, 0.3, 0.4], [1, 2]])
    forest = Forest(("a", "b"), *arrays, 0.5)
    columns = {"a": np.array([0, 1, 0, 1] * 100, np.float32), "b": np.array([0, 0, 1, 1] * 100, np.float32)}
    odds = np.log(1 / (1 / forest.probabilities(columns).astype(np.float64) - 1))
    assert odds[-4:].tolist() == pytest.approx([1.6, 1.7, 2.8, 2.9], rel=1e-4)
    with pytest.raises(ValueError, match="rows"):
        forest.probabilities({"a": columns["a"], "b": columns["b"][:3]})
    with pytest.raises(ValueError, match="32-bit"):
        forest.probabilities({"a": columns["a"], "b": columns["b"].astype(np.float64)})


@pytest.mark.parametrize("trees", range(1, 10))
def test_leaves_are_added_in_the_order_of_the_trees(trees: int) -> None:
    random = np.random.default_rng(trees)
    asked = random.integers(0, 3, (trees, 6)).astype(np.int32)
    above = random.random((trees, 6)).astype(np.float32)
    leaves = random.normal(size=(trees, 64)).astype(np.float32)
    columns = [random.random(300).astype(np.float32) for _ in range(3)]
    expected = np.full(300, 0.5, np.float32)
    for tree in range(trees):
        answers = [columns[asked[tree, i]] > above[tree, i] for i in range(6)]
        expected += leaves[tree][sum(answer.astype(np.int64) << i for i, answer in enumerate(answers))]
    odds = Forest(("a", "b", "c"), asked, above, leaves, 0.5).log_odds(dict(zip("abc", columns, strict=True)))
    assert odds.tolist() == expected.tolist()


@pytest.mark.parametrize("sign", ["é", "市", "😀"])
def test_elements_are_made_alike_whatever_their_other_attributes_are_written_in(sign: str) -> None:
    wide = "class-of-paragraphs-" + sign
    attrs = ["", ' class="article-text"', f' class="article-text" title="{sign}"', f' class="{wide}"',
             f' class="{wide}" title="😀"', f' class="{wide}{sign}"']  # fmt: skip
    frame = Frame([-1, 0, 0, 0, 0, 0], [6, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5])
    own, *_ = Makes(frame, ["body"] + ["p"] * 5, attrs).of_block.tolist()
    assert own[0] == own[1]
    assert own[2] == own[3]
    assert len({own[0], own[2], own[4]}) == 3


def test_expected_f_weighs_words() -> None:
    chances, words = np.array([1.0, 0.0], np.float32), np.array([30.0, 10.0], np.float32)
    assert expected_f(chances, flags(1, 0), words) == 1.0
    assert expected_f(chances, flags(1, 1), words) == pytest.approx(60 / 70)
    assert expected_f(chances, flags(0, 0), words) == 0.0


def test_of_the_same_share_the_longer_body_is_less_sure() -> None:
    assert by_length(0.9, USUAL_BODY) == by_length(0.9, 10) == 0.9
    assert by_length(0.9, 4 * USUAL_BODY) == pytest.approx(0.75)  # odds of 4 to 1 above a half are even now
    assert 0.5 < by_length(0.9, 1e9) < by_length(0.95, 1e9) < 0.501
    assert by_length(1.0, 1e9) == 1.0


@pytest.mark.parametrize("confidence", [0.0, 0.3, 0.5])
def test_length_says_nothing_of_what_is_no_article(confidence: float) -> None:
    assert by_length(confidence, 10 * USUAL_BODY) == confidence


@pytest.mark.parametrize("cut", [0, 1, 2])
def test_a_forest_that_asks_for_what_is_not_there_is_refused(cut: int) -> None:
    column = np.zeros(3, np.float32)
    arrays = list(six_questions([[0, 1]], [[0, 0]], [[0] * 4]))
    assert len(Forest(("a", "b"), *arrays, 0.0).probabilities({"a": column, "b": column})) == 3
    with pytest.raises(ValueError, match="column 1 of 1"):
        Forest(("a",), *arrays, 0.0).probabilities({"a": column})
    arrays[cut] = np.ascontiguousarray(arrays[cut][:, :-1])
    with pytest.raises(ValueError, match=r"forest|tree"):
        Forest(("a", "b"), *arrays, 0.0).probabilities({"a": column, "b": column})


ARTICLE = "".join(f"<p>{PROSE} {OTHER}</p>" for _ in range(6))
HEADLINE = '<h1 class="headline big">{}</h1>'
APART = "<article><h1>{}</h1>{}</article>"


@pytest.mark.parametrize(
    ("html", "extent"),
    [
        (HEADLINE.format("Bridge shut") + ARTICLE + HEADLINE.format("Mayor gone") + ARTICLE, (0, 7)),
        (HEADLINE.format("Bridge shut") + f"<p>{PROSE}</p>" + HEADLINE.format("Why") + ARTICLE, (0, 9)),
        ("<h1>Bridge shut</h1>" + ARTICLE + "<h1>What comes next</h1>" + ARTICLE, (0, 14)),
        (HEADLINE.format("Bridge shut") + ARTICLE + '<h1 class="faq">Questions</h1>' + ARTICLE, (0, 14)),
        ("<ul><li>Mayor gone</li></ul><h1>Bridge shut</h1>" + ARTICLE, (1, 8)),
        (APART.format("Bridge shut", ARTICLE) + APART.format("Mayor gone", ARTICLE), (0, 7)),
        (APART.format("Bridge shut", APART.format("What comes next", ARTICLE)), (0, 8)),
        ("<ul><li>Mayor gone</li></ul><h2>Bridge shut</h2>" + ARTICLE, (0, 8)),
        (ARTICLE + "<h1>Bridge shut</h1>" + f"<p>{PROSE}</p>", (0, 8)),
        (HEADLINE.format("Bridge shut") + f"<p>{PROSE * 7}</p>" + HEADLINE.format("Why") + ARTICLE, (0, 9)),
        (APART.format("Bridge shut", f"<p>{PROSE}</p>") + APART.format("Mayor gone", ARTICLE), (0, 9)),
    ],
)
def test_the_article_reaches_from_its_headline_to_the_next_like_it(
    html: str, extent: tuple[int, int]
) -> None:
    page = parse(html)
    title_like = np.array([float(block.text == "Bridge shut") for block in page.blocks], np.float32)
    chars = np.array([len(block.text) for block in page.blocks], np.float32)
    assert article_extent(page, title_like, chars, np.ones(len(page.blocks), bool)) == extent


@pytest.mark.parametrize(("like", "extent"), [(1.0, (1, 8)), (0.7, (0, 8)), (0.1, (0, 15))])
def test_a_headline_that_is_less_like_the_title_ends_the_article_but_does_not_begin_it(
    like: float, extent: tuple[int, int]
) -> None:
    headlines = (HEADLINE.format(said) for said in ("Bridge shut", "Mayor gone"))
    page = parse(f"<p>{PROSE}</p>" + "".join(headline + ARTICLE for headline in headlines))
    title_like = np.array([like * (block.text == "Bridge shut") for block in page.blocks], np.float32)
    chars = np.array([len(block.text) for block in page.blocks], np.float32)
    assert article_extent(page, title_like, chars, np.ones(len(page.blocks), bool)) == extent


@pytest.mark.parametrize(
    ("html", "title", "opening"),
    [
        ("<p>Home</p><h1>Bridge to close</h1>" + ARTICLE, "Bridge shut", 1),
        ("<p>Home</p><h2>Bridge to close</h2>" + ARTICLE, "Bridge shut", -1),
        ("<p>Bridge shut</p><h1>Why it matters</h1>" + ARTICLE, "Bridge shut", -1),
        ("<p>Home</p>" + ARTICLE + "<h1>Why it matters</h1>", "Bridge shut", -1),
    ],
)
def test_a_first_level_heading_that_opens_the_body_is_its_headline(
    html: str, title: str, opening: int
) -> None:
    page = parse(html)
    title_like = np.array([float(block.text == title) for block in page.blocks], np.float32)
    kept = np.array([block.text not in ("Home", title) for block in page.blocks])
    assert opening_headline(page, title_like, kept) == opening


def test_no_block_opens_a_body_that_has_none() -> None:
    page = parse("<h1>Bridge to close</h1>")
    assert opening_headline(page, np.zeros(1, np.float32), np.zeros(1, bool)) == -1


def test_a_list_goes_with_the_line_whose_colon_announces_it() -> None:
    page = parse("<p>Three things count:</p><ul><li>rain<li>wind</ul><ul><li><a href=x>Sport news</a></ul>")
    chances, colon = np.array([0.9, 0.2, 0.3, 0.3], np.float32), np.array([COLON, 0, 0, 0], np.float32)
    assert list(announced_lists(page, chances, colon, flags(1, 0, 0, 0))) == [[1, 2]]
    assert list(announced_lists(page, chances / 9, colon, flags(1, 0, 0, 0))) == []
    assert list(announced_lists(page, chances, colon * 0, flags(1, 0, 0, 0))) == []
    assert list(announced_lists(page, chances, colon, flags(1, 1, 1, 0))) == []
    linked = parse("<p>See also:</p><ul><li><a href=x>Sport news of the day</a></ul>")
    assert list(announced_lists(linked, chances[:2], colon[:2], flags(1, 0))) == []


@pytest.mark.parametrize(
    ("html", "back"),
    [
        (f'<div><p>{PROSE}</p><h3 class="teaser__title">Who pays</h3><p>{OTHER}</p></div>', ["Who pays"]),
        (f"<div><p>{PROSE}</p><h2>Who pays</h2><ul><li>{OTHER}</li></ul></div>", ["Who pays"]),
        (
            f"<main><section><h2>One</h2><p>{PROSE}</p></section>"
            f"<section><h2>Who pays</h2><p>{OTHER}</p></section></main>",
            ["Who pays"],
        ),
        (f"<main><div><p>{PROSE}</p></div><aside><h2>Most read</h2></aside><p>{OTHER}</p></main>", []),
        (f"<div><p>{PROSE}</p><h2>Related articles</h2><p>{OTHER}</p></div>", []),
        (f"<div><p>{PROSE}</p><h1>Another headline</h1><p>{OTHER}</p></div>", []),
        (f"<div><h1>The headline</h1><p>{PROSE}</p><h1>Who pays</h1><p>{OTHER}</p></div>", ["Who pays"]),
        (f"<div><p>{PROSE}</p><h1>The headline</h1><p>{OTHER}</p></div>", []),
        (f"<main><article><h2>Opening</h2><p>{PROSE}</p></article></main>", []),
    ],
)
def test_headings_between_kept_paragraphs_come_back(html: str, back: list[str]) -> None:
    page = parse(f"<body>{html}</body>")
    kept = np.array([block.shape != "heading" for block in page.blocks])
    hits = find_hits(page.fields.texts)
    likes = np.array([block.text == "The headline" for block in page.blocks], np.float32)
    assert [page.blocks[i].text for i in subheadings(page, hits, kept, likes)] == back


@pytest.mark.parametrize(
    ("table", "out", "back"),
    [
        ("<tr><th>Port<th>Departs<tr><td>Lowmere<td>06:40", {0}, ["Port | Departs"]),
        ("<tr><th>Port<th>Departs<tr><td>Lowmere<td>06:40<tr><td>Sallow<td>07:10", {0, 1}, []),
        ("<tr><th>Port<th>Departs<tr><td>Lowmere<td>06:40<tr><td>Sallow<td>07:10", {1}, []),
        ("<tr><th>Advertisement<tr><td>Lowmere<td>06:40", {0}, []),
        ("<tr><th>Port<th>Departs</table><table><tr><td>Lowmere<td>06:40", {0}, []),
    ],
)
def test_a_table_keeps_its_head(table: str, out: set[int], back: list[str]) -> None:
    page = parse(f"<body><table>{table}</table></body>")
    kept = np.array([i not in out for i in range(len(page.blocks))])
    hits = find_hits(page.fields.texts)
    sure_of_all = np.ones(len(kept), np.float32)
    assert [page.blocks[i].text for i in article_tables(page, hits, sure_of_all, kept)] == back


def test_a_table_above_a_heading_that_comes_back_does_so_too() -> None:
    html = f"<main><div><p>{PROSE}</p><table>{ROWS}</table><h3>Timetable</h3><p>{OTHER}</p></div></main>"
    page = parse(html)
    chances = np.array([0.9, *[0.2] * 4, 0.9], np.float32)
    columns = count_characters(page.fields.texts) | {
        name: np.zeros(len(chances), np.float32)
        for name in ("title_like", "description_like", "hidden", "link_share")
    }
    hits: list[Hit | None] = [None] * len(chances)
    labelled = label_page(Judged(page, hits, columns, chances), "test").labelled
    assert [block.verdict.label for block in labelled] == [BODY] * len(chances)


ROWS = "<tr><th>Port<th>Departs<tr><td>Lowmere<td>06:40<tr><td>Sallow<td>07:10"


@pytest.mark.parametrize(
    ("html", "chance", "comes_back"),
    [
        (f"<p>{PROSE}</p><table>{ROWS}</table><p>{OTHER}</p>", 0.2, True),
        (f"<p>{PROSE}</p><table>{ROWS}</table><p>{OTHER}</p>", 0.1, False),
        (f"<p>{PROSE}</p><table>{ROWS}</table>", 0.2, False),
        (f"<p>{PROSE}</p><table>{ROWS}</table>", 0.3, True),
        (f"<main><p>{PROSE}</p><p>{OTHER}</p><div><table>{ROWS}</table></div></main>", 0.3, True),
        (
            f"<div><p>{PROSE}</p><p>{OTHER}</p></div><div><p>{PROSE}</p><table>{ROWS}</table></div>",
            0.3,
            False,
        ),
        (f"<p>{PROSE}</p><table>{ROWS}<tr><td>Advertisement</table><p>{OTHER}</p>", 0.2, False),
        (f"<p>{PROSE}</p><table>{ROWS.replace('Low', '<a href=x>Low')}</table><p>{OTHER}</p>", 0.2, True),
        (f"<p>{PROSE}</p><table>{ROWS.replace('<td>', '<td><a href=x>')}</table><p>{OTHER}</p>", 0.2, False),
        (f"<p>{PROSE}</p><table><tr><td>Port<td>Sallow</table><p>{OTHER}</p>", 0.2, False),
    ],
)
def test_a_table_between_kept_blocks_stays_whole(html: str, chance: float, comes_back: bool) -> None:
    page = parse(f"<body>{html}</body>")
    rows = [i for i, block in enumerate(page.blocks) if block.shape == "row"]
    kept = np.array([block.shape != "row" for block in page.blocks])
    chances = np.where(kept, np.float32(0.9), np.float32(chance))
    found = list(article_tables(page, find_hits(page.fields.texts), chances, kept))
    assert found == (rows if comes_back else [])


@pytest.mark.parametrize(
    ("last", "chance", "comes_back"),
    [
        ('<p class="t">No excuses, said the captain.</p>', 0.4, True),
        ('<p class="t">No excuses, said the captain.</p>', 0.2, False),
        ('<p class="t">No excuses</p>', 0.4, False),
        ('<p class="u">No excuses, said the captain.</p>', 0.4, False),
        ('<div><p class="t">No excuses, said the captain.</p></div>', 0.4, False),
        ('<p class="t">Sign up for our newsletter.</p>', 0.4, False),
    ],
)
def test_a_paragraph_built_like_the_others_comes_back(last: str, chance: float, comes_back: bool) -> None:
    others = f'<p class="t">{PROSE}</p>' * LEAST_ALIKE
    page = parse(f"<main>{others}{last}</main>")
    texts = page.fields.texts
    columns = count_characters(texts)
    chances = np.array([*[0.9] * LEAST_ALIKE, chance], np.float32)
    kept = chances > 0.5
    found = built_alike(page, find_hits(texts), columns, chances, kept)
    assert found == ([LEAST_ALIKE] if comes_back else [])
