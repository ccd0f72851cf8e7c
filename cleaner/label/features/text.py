"""All that the text labeller looks at: the pieces of a scraped text and their rule hits in, columns out.

One row of every column is one piece: a line, or what of a line a seam or a rule set apart. There is no
markup, so what counts is the piece's own shape and words, what stands around it, and what the whole text
is like: a nearly clean article, or everything that a page shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns, count_characters
from cleaner.label.features.context import neighbour_columns, place_columns, prose_mass, repeat_columns
from cleaner.label.features.fragments import shape_columns
from cleaner.label.features.vocabulary import Vocabulary, vocabulary_columns
from cleaner.label.rules import Hit
from cleaner.model import REMOVAL_LABELS, Block

Floats = npt.NDArray[np.float32]

CORE_LEAST: Final = 70.0
"""Prose mass of a piece that is surely more than a caption or a teaser's headline."""
SHAPES: Final = ("paragraph", "heading", "item", "quote", "row", "code")

_NEAR: Final = (
    "words", "end_mark", "prose_own", "hit", "odds_mean", "odds_low3", "pairs_sum", "shared", "upper_share",
    "gap", "digit_share", "opening", "shape", "line_kind", "capitals",
)  # fmt: skip
_FAR: Final = ("words", "end_mark", "prose_own", "hit", "odds_mean", "shared")


def text_columns(
    pieces: Sequence[Block], lines: Sequence[int], hits: Sequence[Hit | None], vocabulary: Vocabulary
) -> Columns:
    """Columns of a text that has at least one piece; `lines` numbers the line of each piece."""
    texts = [piece.text for piece in pieces]
    columns = count_characters(texts)
    prose = prose_mass(columns, np.zeros(len(texts), np.float32))
    columns["prose"] = prose
    columns |= place_columns(prose, columns["chars"])
    columns |= repeat_columns(texts)
    columns |= vocabulary_columns(texts, prose, vocabulary)
    columns |= _hit_columns(hits)
    columns |= shape_columns(texts)
    columns |= _line_columns(pieces, lines)
    columns |= _core_columns(columns)
    columns |= _run_columns(columns)
    columns |= _window_columns(columns)
    columns |= _whole_columns(columns, lines)
    columns |= neighbour_columns(columns, _NEAR, (-1, 1))
    columns |= neighbour_columns(columns, _FAR, (-2, 2, -3, 3))
    return columns


def _hit_columns(hits: Sequence[Hit | None]) -> Columns:
    """Rule hits as numbers: 0 none, -1 a hint, -2 sure; and which label."""
    strength = [0.0 if hit is None else -2.0 if hit.sure else -1.0 for hit in hits]
    label = [0.0 if hit is None else 1.0 + REMOVAL_LABELS.index(hit.label) for hit in hits]
    return {"hit": np.array(strength, np.float32), "hit_label": np.array(label, np.float32)}


def _line_columns(pieces: Sequence[Block], lines: Sequence[int]) -> Columns:
    """How pieces are set apart (0 in one line, 1 as most lines of the text, 2 further) and their markers.

    Only what is wider than the narrowest gap tells anything: some texts have a blank line after every
    paragraph, and line endings have one character or two.
    """
    n = len(pieces)
    apart = [right.start - left.end for left, right in pairwise(pieces)]
    same = [right == left for left, right in pairwise(lines)]
    narrow = min((width for width, one in zip(apart, same, strict=True) if not one), default=1)
    gap = np.full(n + 1, 3.0, np.float32)
    gap[1:n] = [
        0.0 if one else 1.0 if width <= narrow else 2.0 for width, one in zip(apart, same, strict=True)
    ]
    shape = np.array([SHAPES.index(piece.shape) for piece in pieces], np.float32)
    level = np.array([piece.level for piece in pieces], np.float32)
    return {"gap": gap[:-1], "gap_after": gap[1:], "shape": shape, "level": level}


def _core_columns(columns: Columns) -> Columns:
    """Where each piece stands to the first and the last piece that is surely prose."""
    n = len(columns["prose"])
    core = (columns["prose"] >= CORE_LEAST) & (columns["end_mark"] >= 1) & (columns["hit"] == 0)
    at = np.arange(n)
    places = np.flatnonzero(core)
    first, last = (int(places[0]), int(places[-1])) if len(places) else (n, -1)
    previous = np.maximum.accumulate(np.where(core, at, -1))
    following = np.minimum.accumulate(np.where(core, at, n)[::-1])[::-1]
    return {
        "to_first_core": np.clip(at - first, -40, 40).astype(np.float32),
        "to_last_core": np.clip(at - last, -40, 40).astype(np.float32),
        "since_core": np.minimum(at - previous, 40).astype(np.float32),
        "until_core": np.minimum(following - at, 40).astype(np.float32),
        "cores": _all(n, float(core.mean())),
    }


def _run_columns(columns: Columns) -> Columns:
    """How long the run of sentences, or of fragments, is that a piece stands in, and how far in it is."""
    sentence = columns["end_mark"] >= 2
    n = len(sentence)
    starts = np.concatenate(([True], sentence[1:] != sentence[:-1]))
    run = np.cumsum(starts) - 1
    begin = np.flatnonzero(starts)
    size = np.bincount(run)
    mass = np.bincount(run, weights=columns["prose"])
    return {
        "run_size": np.log1p(size[run]).astype(np.float32),
        "run_place": np.log1p(np.arange(n) - begin[run]).astype(np.float32),
        "run_left": np.log1p(size[run] - 1 - (np.arange(n) - begin[run])).astype(np.float32),
        "run_prose": (mass[run] / max(float(columns["prose"].sum()), 1.0)).astype(np.float32),
    }


def _window_columns(columns: Columns) -> Columns:
    """Hits and word odds of the pieces before, after and around."""
    hit = -columns["hit"]
    odds = columns["odds_mean"] * np.minimum(columns["words"], 30)
    n = len(hit)
    at = np.arange(n)
    window: Columns = {}
    for name, values in (("hits", hit), ("odds", odds)):
        padded = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        for width in (2, 6):
            low, high = np.maximum(at - width, 0), np.minimum(at + width + 1, n)
            window[f"{name}_back{width}"] = (padded[:-1] - padded[low]).astype(np.float32)
            window[f"{name}_on{width}"] = (padded[high] - padded[1:]).astype(np.float32)
        window[f"{name}_before"] = (padded[:-1] / np.maximum(at, 1)).astype(np.float32)
        window[f"{name}_after"] = ((padded[-1] - padded[1:]) / np.maximum(n - 1 - at, 1)).astype(np.float32)
    return window


def _whole_columns(columns: Columns, lines: Sequence[int]) -> Columns:
    """What the whole text is like; the same value for each of its pieces."""
    n = len(lines)
    chars, prose, hit = columns["chars"], columns["prose"], columns["hit"]
    total = max(float(chars.sum()), 1.0)
    sentence = columns["end_mark"] >= 2
    values = {
        "all_pieces": np.log1p(n),
        "all_chars": np.log1p(total),
        "all_prose": float(prose.sum()) / total,
        "all_sentences": float(sentence.mean()),
        "all_sentence_chars": float(chars[sentence].sum()) / total,
        "all_median": float(np.median(chars)),
        "all_longest": np.log1p(float(chars.max())),
        "all_hits": float((hit < 0).mean()),
        "all_sure": float((hit < -1).mean()),
        "all_hit_count": float((hit < 0).sum()),
        "all_odds": float(
            (columns["odds_mean"] * columns["words"]).sum() / max(float(columns["words"].sum()), 1.0)
        ),
        "all_low": float((columns["odds_mean"] < 0).mean()),
        "all_shared": float((columns["shared"] * chars).sum()) / total,
        "all_blank": float((columns["gap"] == 2).mean()),
        "all_items": float((columns["shape"] == 2).mean()),
        "all_copies": float((columns["copies"] > 1).mean()),
        "all_dense": float((columns["dense_share"] * chars).sum()) / total,
    }
    return {name: _all(n, value) for name, value in values.items()}


def _all(n: int, value: float) -> Floats:
    return np.full(n, value, np.float32)
