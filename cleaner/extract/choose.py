"""Who draws the line: the labeller's opinion in, the library's asked for if need be, one opinion out.

This is the one place that decides between the two extractors. The labeller is asked always. Where
it doubts the page as a whole, trafilatura is asked too, and of the two bodies the one is taken
that the labeller's own chances speak for, each block the library keeps being worth a little more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cleaner.label.labelling import Labelling

DOUBT: Final = 0.80
"""Confidence below which the library is asked: the lowest twentieth of pages in training."""


def choose(own: Labelling, opinion: Callable[[], Labelling | None]) -> Labelling:
    """The labelling to go by; `opinion` is only called where the own one is in doubt."""
    if own.confidence >= DOUBT:
        return own
    return opinion() or own
