"""How good labels are: body text put out and body text wanted in, scores out.

The F is that of Scrapinghub's article extraction benchmark: mean precision and mean recall of
four-word shingles over pages, and their harmonic mean. Reliability compares stated chances
with how often they came true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.train.align import tokens


class PageScore(NamedTuple):
    """One page: shingle precision and recall, exactness, and words too many and too few per 1,000."""

    precision: float
    recall: float
    exact: float
    junk: float
    lost: float

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def score_page(output: str, body: str) -> PageScore:
    """Compare an output with the body that was wanted (not empty)."""
    got, want = tokens(output), tokens(body)
    got_shingles, want_shingles = _shingles(got), _shingles(want)
    hit = sum((got_shingles & want_shingles).values())
    both = sum((Counter(got) & Counter(want)).values())
    return PageScore(
        hit / max(1, sum(got_shingles.values())),
        hit / max(1, sum(want_shingles.values())),
        float(got == want),
        min(1000.0, 1000 * (len(got) - both) / max(1, len(want))),
        1000 * (len(want) - both) / max(1, len(want)),
    )


def means(scores: Sequence[PageScore]) -> PageScore:
    """The mean of each measure over pages."""
    return PageScore(*np.mean(scores, axis=0).tolist())


def summary(scores: Sequence[PageScore]) -> str:
    """One line: F, share of exact pages, and mean words too many and too few per 1,000 of body."""
    mean = means(scores)
    words = f"junk {mean.junk:.0f}  lost {mean.lost:.0f}"
    return f"F {mean.f:.3f}  exact {mean.exact:.3f}  {words}  ({len(scores)} pages)"


def reliability(chances: npt.NDArray[np.float32], body: npt.NDArray[np.bool_]) -> Iterable[str]:
    """Ten lines: of the blocks given a chance in each tenth, how many there were and how many were body."""
    tenth = np.minimum((chances * 10).astype(int), 9)
    for low in range(10):
        here = tenth == low
        if here.any():
            mean, true = float(chances[here].mean()), float(body[here].mean())
            span = f"{low / 10:.1f}-{low / 10 + 0.1:.1f}"
            yield f"chance {span}  stated {mean:.3f}  true {true:.3f}  ({int(here.sum())} blocks)"


def _shingles(words: Sequence[str], width: int = 4) -> Counter[tuple[str, ...]]:
    count = max(1, len(words) - width + 1)
    return Counter(tuple(words[i : i + width]) for i in range(count)) if words else Counter()
