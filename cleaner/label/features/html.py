"""All that the HTML labeller looks at: a page and its rule hits in, named columns out.

One row of every column is one block. The first pass sees what can be told of a block without
weighing the page: its words, its containers' names, its place, its neighbours. The second pass
weighs: which containers hold the page's prose. It trusts each block's prose as far as the first
pass took the block for body, or comments and teasers would outweigh a short article. The third pass
reads what may be body by then (see `wording`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import Columns, count_characters
from cleaner.label.features.context import (
    headline_columns,
    neighbour_columns,
    page_columns,
    place_columns,
    prose_mass,
    repeat_columns,
    section_columns,
)
from cleaner.label.features.frame import Frame
from cleaner.label.features.hits import hit_columns
from cleaner.label.features.likeness import likest, stands_in
from cleaner.label.features.mass import second_columns as weigh
from cleaner.label.features.names import NameOdds
from cleaner.label.features.structure import (
    Makes,
    ancestor_columns,
    container_columns,
    kinship_columns,
    name_columns,
    sibling_columns,
)
from cleaner.label.features.vocabulary import vocabulary_columns
from cleaner.label.features.wording import TAKEN, wording_columns
from cleaner.label.features.words import word_columns
from cleaner.label.features.wordtable import WordTable
from cleaner.label.rules import Hit
from cleaner.segment.html import Hints, Page

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]


class Odds(NamedTuple):
    """Learned log-odds of body for words of attributes and of short texts."""

    attrs: NameOdds
    words: WordTable


class Scene(NamedTuple):
    """A page's first-pass columns, and what the second pass weighs them with."""

    columns: Columns
    frame: Frame
    makes: Makes
    prose: Floats
    links: Floats


WEIGHED: Final = ("prose_", "rank", "section_prose", "next_section_prose", "page_prose", "page_links")
"""What the columns begin with that weigh untrusted prose: they are kept from the first pass."""

_NEAR: Final = (
    "words", "link_share", "end_mark", "tag", "own_low", "chain_low", "hit", "word_mean", "upper_share",
    "since_title",
)  # fmt: skip
_FAR: Final = ("words", "link_share", "hit", "word_mean")


def first_columns(page: Page, hits: Sequence[Hit | None], odds: Odds) -> Scene:
    """What the first pass sees of a page that has at least one block."""
    elements = page.elements
    texts, block_levels, own, link_chars = page.fields
    columns = count_characters(texts)
    links = np.array(link_chars, dtype=np.float32)
    levels = np.array(block_levels, dtype=np.float32)
    chars = columns["chars"]
    columns["link_share"] = links / chars
    prose = prose_mass(columns, links)
    frame = Frame(elements.parents, elements.ends, own)
    makes = Makes(frame, elements.tags, elements.attrs)
    columns |= ancestor_columns(frame, elements.tags, elements.hidden)
    columns |= name_columns(frame, elements.tags, elements.attrs, page.inline_attrs, odds.attrs, prose, chars)
    columns |= container_columns(frame, chars, links)
    columns |= sibling_columns(frame, makes, links, chars)
    columns |= place_columns(prose, chars)
    columns |= page_columns(columns, prose, links)
    columns |= repeat_columns(texts)
    columns |= word_columns(texts, odds.words)
    columns |= hit_columns(hits)
    cue = np.minimum(columns["hit"], columns["word_low"])
    columns |= section_columns(levels, prose, chars, links, cue)
    columns |= likeness_columns(texts, page.hints)
    headline, around = headline_columns(columns["title_like"])
    columns |= around
    columns |= kinship_columns(frame, "headline", headline)
    columns |= neighbour_columns(columns, _NEAR, (-1, 1))
    columns |= neighbour_columns(columns, _FAR, (-2, 2, -3, 3))
    return Scene(columns, frame, makes, prose, links)


def second_columns(scene: Scene, first: Floats) -> Columns:
    """What the second pass sees beside it, given the first pass's chances."""
    columns = scene.columns
    return weigh(
        scene.frame, scene.makes, first, scene.prose, columns["chars"], scene.links, columns["landmark_in"]
    )


def words_told(page: Page, scene: Scene, numbers: Numbers, vocabulary: Vocabulary) -> Columns:
    """What the words of the blocks with these numbers promise."""
    texts = page.fields.texts
    return vocabulary_columns([texts[i] for i in numbers], scene.prose[numbers], vocabulary)


def third_columns(scene: Scene, words: Columns, log_odds: Floats, numbers: Numbers) -> Columns:
    """What the third pass sees of the blocks with these numbers, given what the first two make of all."""
    columns = {name: scene.columns[name][numbers] for name in TAKEN}
    return wording_columns(columns, words, log_odds[numbers], scene.makes.of_block[0][numbers])


def likeness_columns(texts: Sequence[str], hints: Hints) -> Columns:
    """How like each block is to what the page says of itself: its title, description and article body."""
    found = list(texts)
    body = hints.article_body
    stated = stands_in(found, body) if body else np.zeros(len(found), np.float32)
    title_like, description_like = likest(found, (hints.titles, (hints.description,)))
    return {"title_like": title_like, "description_like": description_like, "stated": stated}
