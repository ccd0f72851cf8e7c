"""Labels for the blocks of an HTML page: page in, every block with a verdict out.

Each block is scored by the learned labeller. Five steps follow in an order that matters, for each
goes by what is kept so far. Sure rules leave out; announced lists and standfirsts come back. The
article's extent, from its headline to the next article, is all that counts from there on. What
stands within it and is no body (credits, boxes of prompts, cards, repeats) goes. Headings, rows and
companions of what is kept come back. What is left out gets a name. Nothing is deleted here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.alike import built_alike
from cleaner.label.boxes import listed_cards, prompt_boxes
from cleaner.label.companions import attributions, entry_times
from cleaner.label.extent import article_extent, opening_headline
from cleaner.label.features.characters import COLON, SENTENCE_END, Columns
from cleaner.label.features.html import words_told
from cleaner.label.forest import probabilities
from cleaner.label.glued import Glued, search_page, search_words
from cleaner.label.heads import NAME_LINE
from cleaner.label.labelling import Labelling, expected_f, size_doubt
from cleaner.label.lead import standfirsts
from cleaner.label.lines import read_byline, read_dateline
from cleaner.label.lines.dates import may_hold_date
from cleaner.label.lines.people import is_full_name
from cleaner.label.lists import announced_lists, shared_chances, torn_lists
from cleaner.label.naming import (
    DATE_LINE,
    LISTED,
    TITLE_LIKE,
    UNSAID,
    VAGUE,
    below_listings,
    headline_window,
    hit_blocks,
    name_by_markup,
    name_by_words,
    own_name,
    points_elsewhere,
)
from cleaner.label.notices import headlines_of, notice_doubt
from cleaner.label.passes import in_learned_writing, may_be_body, packaged_labeller, pass_twice, read_words
from cleaner.label.repeats import find_repeats
from cleaner.label.rules import Hit
from cleaner.label.sizes import words_in_sentences
from cleaner.label.spoken import speaks_for_all
from cleaner.label.subheads import subheadings
from cleaner.label.tables import article_tables
from cleaner.label.teasers import teaser_doubt
from cleaner.label.verdicts import known_verdicts
from cleaner.model import BODY, Block, LabelledBlock, Verdict
from cleaner.records import label_blocks, tagged
from cleaner.segment.html import Page

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

KEPT: Final = 0.5
"""Chance of being body from which a block is kept; the training weighs both errors alike."""
CERTAIN: Final = 0.97
"""Chance of being body at which even a sure phrase rule gives way: the rule sees words, this the page."""

SURE_LINE: Final = 0.9
"""Chance of being body from which a short line at the headline stays although its class says byline."""
LONGEST_CREDIT: Final = 80
"""Characters of the longest such line."""
FIRST_LINES: Final = 5
"""How many blocks of the body, up to its second paragraph, may be bylines or date lines by their words. Golds
have one of ten lines that this takes, and none of the ten timestamps further down."""
TIMESTAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\S*")

REPEAT: Final = Verdict("other", "place/repeat", "stands elsewhere in the body")
SUBHEADING: Final = Verdict(BODY, "place/subheading", "a heading within the article")
TABLE: Final = Verdict(BODY, "place/table", "a row of a table within the article")
ALIKE: Final = Verdict(BODY, "place/alike", "built like the article's paragraphs")
COMPANION: Final = Verdict(BODY, "place/companion", "belongs to the quotation or entry beside it")
ANNOUNCED: Final = Verdict(BODY, "place/announced", "a list that the line above announces")
OPENING: Final = Verdict("title", "place/opening", "the first-level heading that opens the body")
NEXT_ARTICLE: Final = Verdict("related", "place/next-article", "under another headline")


class Judged(NamedTuple):
    """A page with all that was found out about its blocks, before anything is decided."""

    page: Page
    hits: Sequence[Hit | None]
    columns: Columns
    chances: Floats
    glued: Mapping[int, Glued] = MappingProxyType({})


def judge_page(page: Page) -> Judged:
    """Each block's rule hits, features and chance of being body, of a page with at least one block."""
    labeller = packaged_labeller()
    searched = search_page(page)
    passed = pass_twice(searched.page, searched.hits, labeller.passes)
    chances = probabilities(passed.log_odds)
    numbers = in_learned_writing(page, may_be_body(page, chances))
    if len(numbers):
        words = words_told(searched.page, passed.scene, numbers, labeller.vocabulary)
        known = search_words(searched, numbers, words, passed.columns, labeller.edges)
        if known is not searched:
            searched, words = known, words_told(known.page, passed.scene, numbers, labeller.vocabulary)
        chances[numbers] = read_words(passed, words, numbers, labeller)
    return Judged(searched.page, searched.hits, passed.columns, chances, searched.glued)


def label_page(judged: Judged, extractor: str) -> Labelling:
    """Every block with its verdict, and how sure `extractor` is of the whole."""
    page, hits, columns, chances, _ = judged
    chances = shared_chances(chances, columns["words"], torn_lists(page, chances >= KEPT))
    kept = chances >= KEPT
    ruled_out = _ruled_out(page.blocks, hits, chances, kept)
    if ruled_out:
        kept[ruled_out] = False
    announced = _announced(judged, chances, kept)
    for numbers in (announced, standfirsts(hits, columns, chances, kept)):
        _keep(numbers, chances, kept)
    begin, end = article_extent(page, columns["title_like"], columns["chars"], kept)
    decided = {i: NEXT_ARTICLE for i in range(end, len(kept)) if kept[i]}
    within = np.zeros(len(kept), np.bool_)
    within[begin:end] = True
    kept &= within
    opening = opening_headline(page, columns["title_like"], kept)
    if opening >= 0:
        within[opening] = kept[opening] = False
        decided[opening] = OPENING
    chances = np.where(within, chances, np.float32(0))
    decided |= _credits(page, columns, chances, kept)
    boxes = prompt_boxes(page, hits, chances) | listed_cards(page, hits, kept, columns["words"])
    if boxes:
        chances[list(boxes)] = 0  # two signs that agree leave no doubt
    decided |= boxes
    if decided:
        kept[list(decided)] = False
    repeats = find_repeats(page.fields.texts, kept, columns["hidden"] > 0)
    if repeats:
        kept[list(repeats)] = False
    decided |= dict.fromkeys(repeats, REPEAT)
    decided |= _brought_back(judged, chances, kept, decided)
    words = columns["words"]
    sentences = words_in_sentences(page, columns, kept)
    doubt = (
        size_doubt(sentences)
        * notice_doubt(headlines_of(page), sentences)
        * teaser_doubt(page, columns, kept)
    )
    return Labelling(
        _verdicts(judged, kept, {i: ANNOUNCED for i in announced if kept[i]} | decided),
        extractor,
        expected_f(chances, kept, words) * doubt,
    )


def _brought_back(
    judged: Judged, chances: Floats, kept: Flags, decided: Mapping[int, Verdict]
) -> dict[int, Verdict]:
    """Blocks that what is kept around them speaks for; they are kept from here on, and sure enough."""
    page, hits, columns, *_ = judged
    likes = columns["title_like"]
    early = [i for i in subheadings(page, hits, kept, likes) if i not in decided]
    _keep(early, chances, kept)  # a table stands between a paragraph and a heading, too
    rows = article_tables(page, hits, chances, kept)
    companions = chain(attributions(page, hits, kept), entry_times(page.fields.texts, hits, kept))
    alike = built_alike(page, hits, columns, chances, kept)
    back = dict.fromkeys(rows, TABLE) | dict.fromkeys(
        chain(early, subheadings(page, hits, kept, likes)), SUBHEADING
    )
    back |= dict.fromkeys(alike, ALIKE)
    back |= dict.fromkeys(companions, COMPANION)
    back = {i: verdict for i, verdict in back.items() if i not in decided}
    _keep(list(back), chances, kept)
    return back


def _keep(numbers: Sequence[int], chances: Floats, kept: Flags) -> None:
    """Keep those blocks, and be sure enough of them."""
    if numbers:
        chances[numbers] = np.maximum(chances[numbers], KEPT)
        kept[numbers] = True


def _announced(judged: Judged, chances: Floats, kept: Flags) -> list[int]:
    """The items of lists that the lines above them announce, unless a rule hits one of them."""
    groups = announced_lists(judged.page, chances, judged.columns["end_mark"], kept)
    return [i for group in groups if not any(judged.hits[j] for j in group) for i in group]


def _ruled_out(
    blocks: Sequence[Block], hits: Sequence[Hit | None], chances: Floats, kept: Flags
) -> list[int]:
    """The kept blocks that a rule leaves out: those that a sure rule hits, and pointers to other articles.

    Of a paragraph that the labeller holds for body, it must hit a good part.
    """
    heard = [(i, hit) for i, hit in hit_blocks(hits) if kept[i] and chances[i] < CERTAIN]
    choices = tagged("select", blocks)  # never prose
    spoken = [
        i
        for i, hit in heard
        if (speaks_for_all(blocks[i], hit) if hit.sure else points_elsewhere(blocks[i], hit))
    ]
    return spoken + choices


def _credits(page: Page, columns: Columns, chances: Floats, kept: Flags) -> dict[int, Verdict]:
    """Verdicts for short lines that would be kept but are lines of names or dates.

    At the headline a doubted line's own class may say so, and of the first lines of the body their words;
    a timestamp, which is for machines, is one anywhere.
    """
    likely = kept & (columns["chars"] <= LONGEST_CREDIT) & (columns["end_mark"] < COLON)
    places = likely.nonzero()[0]
    if not len(places):
        return {}
    doubted = chances < SURE_LINE
    low, high = headline_window(columns["title_like"], int(places[0]))
    first = _opening_lines(columns["end_mark"], kept)
    texts = page.fields.texts
    verdicts: dict[int, Verdict] = {}
    for i in places.tolist():
        verdict = own_name(page, i) if doubted[i] and low <= i <= high else None
        if verdict is None or verdict.label != "byline":
            verdict = _credit(texts[i], i in first, bool(doubted[i]))
            if verdict is None and i in first and page.fields.levels[i] == 0:
                verdict = _name_at_date(texts[i], texts[max(i - 1, 0) : i + 2])
        if verdict is not None:
            verdicts[i] = verdict
    return verdicts


def _opening_lines(end_mark: Floats, kept: Flags) -> set[int]:
    """The first blocks kept, by number, up to the second that ends like a sentence: one is a standfirst."""
    opening = kept.nonzero()[0][:FIRST_LINES]
    ends = (end_mark[opening] >= SENTENCE_END).nonzero()[0]
    return set(opening[: int(ends[1]) if len(ends) > 1 else None].tolist())


def _credit(line: str, first: bool, doubted: bool) -> Verdict | None:
    """The verdict on a line of the body that is a timestamp, or one of the first and all date or byline."""
    if TIMESTAMP.fullmatch(line) or (first and may_hold_date(line) and read_dateline(line) is not None):
        return DATE_LINE
    names = read_byline(line) if first and doubted else None
    return None if names is None else Verdict("byline", "line/byline", "; ".join(names))


def _name_at_date(line: str, around: Sequence[str]) -> Verdict | None:
    """The verdict on one of the first lines that is a full name alone, where a date line stands beside it."""
    if not is_full_name(line) or not any(may_hold_date(text) and read_dateline(text) for text in around):
        return None
    return Verdict("byline", NAME_LINE, line)


def _verdicts(judged: Judged, kept: Flags, decided: Mapping[int, Verdict]) -> tuple[LabelledBlock, ...]:
    """A verdict for each block: what was decided, and a name for the others that are left out."""
    page, hits, columns, chances, _ = judged
    likes = columns["title_like"]
    low, high = headline_window(likes, int(kept.argmax()) if kept.any() else len(kept))
    near = range(len(kept))[max(low, 0) : max(high + 1, 0)]
    verdicts = known_verdicts(kept.view(np.uint8), chances, hits, likes, near.start, near.stop)
    for i, verdict in decided.items():
        verdicts[i] = verdict
    for i in near:
        if verdicts[i] is UNSAID:
            about_like = columns["description_like"][i]
            verdicts[i] = _name_near(page.blocks[i], hits[i], likes[i], about_like) or UNSAID
    silent = [i for i, verdict in enumerate(verdicts) if verdict is UNSAID]
    for i, verdict in zip(silent, name_by_markup(page, silent, kept), strict=True):
        verdicts[i] = verdict
    for i in below_listings(page, hits, silent):
        if verdicts[i].label in VAGUE:
            verdicts[i] = LISTED
    return label_blocks(page.blocks, verdicts)


def _name_near(block: Block, hit: Hit | None, title_like: float, about_like: float) -> Verdict | None:
    """The verdict that words give a block near the headline."""
    verdict = name_by_words(block, hit, True, title_like)
    if verdict is None and about_like >= TITLE_LIKE:
        verdict = Verdict("standfirst", "place/description", "same words as the page's description")
    return verdict
