"""All that the HTML labeller looks at: a page and its rule hits in, named columns out.

One row of every column is one block. The first pass sees the block, its containers and its
neighbours' plain facts; the second pass adds what the first thought of the blocks around it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    pair_numbers,
    sibling_columns,
)
from cleaner.label.features.words import word_columns
from cleaner.label.rules import Hit
from cleaner.model import REMOVAL_LABELS
from cleaner.segment.html import Page

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class Odds(NamedTuple):
    """Learned log-odds of body for words of attributes and of short texts."""

    attrs: TokenOdds
    words: Mapping[str, float]


_NEAR: Final = (
    "words", "link_share", "end_mark", "prose_own", "tag", "own_low", "chain_low", "c1_prose", "same_pair_prose",
    "hit", "word_mean", "upper_share", "since_title",
)  # fmt: skip
_FAR: Final = ("words", "link_share", "prose_own", "hit", "word_mean", "c1_prose")


def html_columns(page: Page, hits: Sequence[Hit | None], odds: Odds) -> tuple[Columns, Frame, Ints]:
    """First-pass columns of a page that has at least one block, its frame, and each block's make."""
    texts = [block.text for block in page.blocks]
    columns = count_characters(texts)
    links = np.array([block.link_chars or 0 for block in page.blocks], dtype=np.float32)
    chars = columns["chars"]
    columns["link_share"] = links / chars
    prose = prose_mass(columns, links)
    frame = frame_of(page.elements, [block.element for block in page.blocks])
    columns |= ancestor_columns(page.elements, frame)
    columns |= name_columns(page.elements, page.inline_attrs, frame, odds.attrs, prose)
    columns |= container_columns(frame, chars, links, prose)
    makes = make_numbers(page.elements)
    columns |= sibling_columns(frame, makes, prose, links, chars)
    columns |= place_columns(prose, chars)
    columns |= page_columns(columns, prose, links)
    columns |= repeat_columns(texts)
    columns |= word_columns(texts, odds.words)
    columns |= hit_columns(hits)
    heading = np.array([block.level > 0 for block in page.blocks])
    columns |= section_columns(heading, prose, chars, links, np.minimum(columns["hit"], columns["word_low"]))
    hints = page.hints
    columns |= likeness_columns(texts, hints.titles, hints.description, hints.article_body)
    headline = int(columns["title_like"].argmax()) if columns["title_like"].max() > 0.6 else -1
    columns |= kinship_columns(frame, "headline", headline, prose)
    columns |= kinship_columns(frame, "longest", int(prose.argmax()), prose)
    columns |= neighbour_columns(columns, _NEAR, (-1, 1))
    columns |= neighbour_columns(columns, _FAR, (-2, 2, -3, 3))
    return columns, frame, pair_numbers(frame, makes)


def hit_columns(hits: Sequence[Hit | None]) -> Columns:
    """Rule hits as numbers: 0 none, -1 a hint, -2 sure; and which label."""
    strength = np.array([0.0 if hit is None else -2.0 if hit.sure else -1.0 for hit in hits], np.float32)
    label = np.array(
        [0.0 if hit is None else 1.0 + REMOVAL_LABELS.index(hit.label) for hit in hits], np.float32
    )
    return {"hit": strength, "hit_label": label}


def second_columns(first: Floats, prose: Floats, frame: Frame, pair: npt.NDArray[np.int64]) -> Columns:
    """What the first pass thinks of the blocks around: neighbours, containers, blocks of one make."""
    n = len(first)
    columns: Columns = {"first": first}
    columns |= neighbour_columns(columns, ["first"], (-4, -3, -2, -1, 1, 2, 3, 4))
    padded = np.concatenate(([0.0], np.cumsum(first)))
    for width in (4, 10):
        low, high = np.maximum(np.arange(n) - width, 0), np.minimum(np.arange(n) + width + 1, n)
        columns[f"first_back{width}"] = ((padded[:-1] - padded[low]) / width).astype(np.float32)
        columns[f"first_on{width}"] = ((padded[high] - padded[1:]) / width).astype(np.float32)
    weight = prose + 1
    score_sums, weights, count_sums, counts = frame.subtree_sums(
        first * weight, weight, first, np.ones_like(first)
    )
    for steps in range(4):
        at = frame.above(steps)
        columns[f"first_c{steps}"] = score_sums[at] / weights[at]
        columns[f"first_n{steps}"] = count_sums[at] / counts[at]
    columns |= _gain_columns(first, prose, frame)
    _, group = np.unique(pair, return_inverse=True)
    columns["first_same"] = (np.bincount(group, weights=first) / np.bincount(group))[group].astype(np.float32)
    likely = np.flatnonzero(first > 0.5)
    start, stop = (int(likely[0]), int(likely[-1])) if len(likely) else (0, n - 1)
    at = np.arange(n)
    columns["after_first"] = (at - start).astype(np.float32)
    columns["before_last"] = (stop - at).astype(np.float32)
    total = max(float(prose.sum()), 1.0)
    columns["first_mass"] = np.full(n, float((first * prose).sum()) / total, np.float32)
    columns["first_count"] = np.full(n, float(first.sum()), np.float32)
    columns["first_doubt"] = np.full(n, float((first * (1 - first)).mean()), np.float32)
    return columns


def _gain_columns(first: Floats, prose: Floats, frame: Frame) -> Columns:
    """Which container is the article: where taking all in it gains most, if the first pass is right."""
    (gain,) = frame.subtree_sums((first - 0.5) * (prose + 10))
    best = int(gain.argmax())
    top = max(float(gain[best]), 1.0)
    own = frame.of_block
    inside = (own >= best) & (own < frame.ends[best])
    columns: Columns = {"gain_inside": np.where(inside, 1.0, np.where(own < best, -1.0, -2.0)).astype(np.float32)}
    for steps in range(5):
        columns[f"gain{steps}"] = np.clip(gain[frame.above(steps)] / top, -2, 1)
    return columns
