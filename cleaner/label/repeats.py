"""Blocks that say again what another kept block says: texts in, the places to leave out.

Pages carry the whole article twice (once for machines, once in another layout), pull-quotes
lift sentences out of it, and teasers begin with its first lines. Three pieces of a long block
are looked for in the rest of what is kept; the plain, visible, earlier copy stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.recurrence import count_pieces

LEAST: Final = 60
"""Characters a block must have to count as a repeat: short lines recur in honest articles."""
LARGEST: Final = 400_000
"""Characters of kept text beyond which nothing is looked for: the search grows with the square."""
PROBE: Final = 40
"""Characters of each piece looked for."""


def find_repeats(
    texts: Sequence[str], kept: npt.NDArray[np.bool_], hidden: npt.NDArray[np.bool_]
) -> set[int]:
    """Indices of kept blocks whose words stand in other kept blocks, leaving one copy of each."""
    places = kept.nonzero()[0].tolist()
    joined = " ".join([texts[i] for i in places])
    repeats: set[int] = set()
    if len(joined) > LARGEST:
        return repeats
    long = [i for i in places if len(texts[i]) >= LEAST]
    middles = count_pieces(joined, [_middle(texts[i]) for i in long])
    doubtful = _recurring(joined, texts, [i for i, n in zip(long, middles, strict=True) if n > 1])
    # Hidden copies go first, then blocks that hold several others, then later copies.
    doubtful.sort(key=lambda i: (not hidden[i], -len(texts[i]), -i))
    for i in doubtful:
        others = " ".join(texts[j] for j in places if j != i and j not in repeats)
        if all(probe in others for probe in _probes(texts[i])):
            repeats.add(i)
    return repeats


def _recurring(joined: str, texts: Sequence[str], places: Sequence[int]) -> list[int]:
    """Those of the texts of which all pieces stand there twice."""
    counts = count_pieces(joined, [probe for i in places for probe in _probes(texts[i])])
    return [i for number, i in enumerate(places) if min(counts[3 * number : 3 * number + 3]) > 1]


def _probes(text: str) -> tuple[str, ...]:
    """Pieces from the start, the middle and the end of a text."""
    return text[:PROBE], _middle(text), text[len(text) - PROBE :]


def _middle(text: str) -> str:
    start = (len(text) - PROBE) // 2
    return text[start : start + PROBE]
