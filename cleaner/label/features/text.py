"""All that the text labeller looks at: the pieces of a scraped text and their rule hits in, columns out.

One row of every column is one piece: a line, or what of a line a seam or a rule set apart. There is no
markup, so what counts is the piece's own shape and words, what stands around it, and what the whole text
is like: a nearly clean article, or everything that a page shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import Columns, count_characters
from cleaner.label.features.context import neighbour_columns, place_columns, prose_mass, repeat_columns
from cleaner.label.features.fragments import shape_columns
from cleaner.label.features.hits import hit_columns
from cleaner.label.features.textform import (
    core_columns,
    line_columns,
    run_columns,
    whole_columns,
    window_columns,
)
from cleaner.label.features.textmarks import likeness_columns, passage_columns
from cleaner.label.features.vocabulary import vocabulary_columns
from cleaner.label.rules import Hit
from cleaner.model import Block

Floats = npt.NDArray[np.float32]

SHAPES: Final = ("paragraph", "heading", "item", "quote", "row", "code")

_NEAR: Final = (
    "words", "end_mark", "prose_own", "hit", "odds_mean", "odds_low3", "pairs_sum", "shared", "upper_share",
    "gap", "digit_share", "opening", "shape", "line_kind", "capitals", "code", "appeal_mean",
)  # fmt: skip
_FAR: Final = ("words", "end_mark", "prose_own", "hit", "odds_mean", "shared", "appeal_mean")


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
    columns |= hit_columns(hits)
    columns |= shape_columns(texts)
    columns |= _shape_columns(pieces)
    edges = [piece.start for piece in pieces], [piece.end for piece in pieces]
    columns |= line_columns(*edges, list(lines), columns["hit"])
    columns |= likeness_columns(texts)
    columns |= core_columns(columns)
    columns |= passage_columns(columns)
    columns |= run_columns(columns)
    columns |= window_columns(columns)
    columns |= whole_columns(columns)
    columns |= neighbour_columns(columns, _NEAR, (-1, 1))
    columns |= neighbour_columns(columns, _FAR, (-2, 2, -3, 3))
    return columns


def _shape_columns(pieces: Sequence[Block]) -> Columns:
    """What the markers at the start of its line say that a piece is."""
    shapes = np.array([SHAPES.index(piece.shape) for piece in pieces], np.float32)
    return {"shape": shapes, "level": np.array([piece.level for piece in pieces], np.float32)}
