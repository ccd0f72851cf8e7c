"""What of a scraped text stays for the sake of what stands around it: flags in, flags out.

Items, headings and rows of a table look like teasers and menus by themselves. Lists that the body
announces, headings marked as such between paragraphs, and tables with a rule below their head are the
article's.
"""

from __future__ import annotations

from itertools import groupby
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.pieces import Pieces
from cleaner.segment.markdown import TABLE_RULE

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


LISTED: Final = 0.2
"""Chance of being body from which an item stays that a kept line has announced with a colon."""
COLONS: Final = (":", "：")
REACH: Final = 6
"""Pieces above a heading among which one of the body must stand, as in pages."""


def keep_lists(cut: Pieces, kept: Flags, chances: Floats) -> Flags:
    """The pieces to keep, with the items of lists that the body announces: alone they look like teasers."""
    result = kept.copy()
    announced = False
    for i, piece in enumerate(cut.pieces):
        if piece.shape != "item":
            announced = piece.text.endswith(COLONS) and bool(kept[i])
        elif announced and cut.hits[i] is None and chances[i] >= LISTED:
            result[i] = True
    return result


def keep_headings(cut: Pieces, kept: Flags) -> Flags:
    """The pieces to keep, with marked headings between them that no rule hits, below the first level."""
    result = kept.copy()
    for i in range(1, len(kept) - 1):
        piece = cut.pieces[i]
        if piece.shape == "heading" and piece.level > 1 and cut.hits[i] is None and kept[i + 1]:
            result[i] |= kept[max(0, i - REACH) : i].any()
    return result


def keep_tables(cut: Pieces, kept: Flags) -> Flags:
    """The pieces to keep, with the body's tables that have a rule below their head, as in Markdown."""
    result = kept.copy()
    places = np.flatnonzero(kept)
    for is_row, group in groupby(range(len(kept)), key=lambda i: cut.pieces[i].shape == "row"):
        rows = list(group)
        ruled = is_row and len(rows) > 2 and TABLE_RULE.fullmatch(cut.pieces[rows[1]].text)
        within = ruled and len(places) > 0 and places[0] < rows[0] and rows[-1] < places[-1]
        if within and not any(hit is not None and hit.sure for hit in cut.hits[rows[0] : rows[-1] + 1]):
            result[rows] = True
    return result
