"""All that the HTML labeller looks at: a page and its rule hits in, named columns out.

One row of every column is one block. The first pass sees what can be told of a block without
weighing the page: its words, its containers' names, its place, its neighbours. The second pass
weighs: which containers hold the page's prose. It trusts each block's prose as far as the first
pass took the block for body, or comments and teasers would outweigh a short article.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns, count_characters
from cleaner.label.features.context import (
    neighbour_columns,
    page_columns,
    place_columns,
    prose_mass,
    repeat_columns,
    section_columns,
)
from cleaner.label.features.likeness import likeness_columns
from cleaner.label.features.structure import (
    Frame,
    TokenOdds,
    ancestor_columns,
    container_columns,
    frame_of,
    kinship_columns,
    make_numbers,
    name_columns,
    sibling_columns,
)
from cleaner.label.features.words import TextOdds, word_columns
from cleaner.label.rules import Hit
from cleaner.model import REMOVAL_LABELS
from cleaner.segment.html import Page

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class Odds(NamedTuple):
    """Learned log-odds of body for words of attributes and of short texts."""

    attrs: TokenOdds
    words: TextOdds


class Scene(NamedTuple):
    """A page's first-pass columns, and what the second pass weighs them with."""

    columns: Columns
    frame: Frame
    makes: Ints
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
    texts = [block.text for block in page.blocks]
    columns = count_characters(texts)
    links = np.array([block.link_chars or 0 for block in page.blocks], dtype=np.float32)
    chars = columns["chars"]
    columns["link_share"] = links / chars
    prose = prose_mass(columns, links)
    frame = frame_of(page.elements, [block.element for block in page.blocks])
    makes = make_numbers(page.elements)
    columns |= ancestor_columns(page.elements, frame)
    columns |= name_columns(page.elements, page.inline_attrs, frame, odds.attrs, prose)
    columns |= container_columns(frame, chars, links)
    columns |= sibling_columns(frame, makes, links, chars)
    columns |= place_columns(prose, chars)
    columns |= page_columns(columns, prose, links)
    columns |= repeat_columns(texts)
    columns |= word_columns(texts, odds.words)
    columns |= hit_columns(hits)
    heading = np.array([block.level > 0 for block in page.blocks])
    cue = np.minimum(columns["hit"], columns["word_low"])
    columns |= section_columns(heading, prose, chars, links, cue)
    hints = page.hints
    columns |= likeness_columns(texts, hints.titles, hints.description, hints.article_body)
    headline = int(columns["title_like"].argmax()) if columns["title_like"].max() > 0.6 else -1
    columns |= kinship_columns(frame, "headline", headline)
    columns |= neighbour_columns(columns, _NEAR, (-1, 1))
    columns |= neighbour_columns(columns, _FAR, (-2, 2, -3, 3))
    return Scene(columns, frame, makes, prose, links)


def hit_columns(hits: Sequence[Hit | None]) -> Columns:
    """Rule hits as numbers: 0 none, -1 a hint, -2 sure; and which label."""
    strength = np.array([0.0 if hit is None else -2.0 if hit.sure else -1.0 for hit in hits], np.float32)
    label = np.array(
        [0.0 if hit is None else 1.0 + REMOVAL_LABELS.index(hit.label) for hit in hits], np.float32
    )
    return {"hit": strength, "hit_label": label}
