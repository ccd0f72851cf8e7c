"""Log-odds of body for words: which words each block shows and which blocks are body in, tables out.

A word's odds are counted by site, and one site has a limited vote, so that what is learned is
how the web names things and not how one publisher does. Words of fewer than `FEWEST_SITES`
sites are left out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

FEWEST_SITES: Final = 3
"""Sites a word must be seen on; on fewer its odds say more about the site than about the word."""
SITE_VOTE: Final = 4.0
"""Blocks of one site that count for a word at the most."""
SMOOTHING: Final = 2.0
"""Blocks of average kind that every word starts with."""


class Sighting(NamedTuple):
    """The words that one block shows, whether it is body, and the site it is on."""

    site: str
    words: Iterable[str]
    body: bool


Totals = dict[str, tuple[float, float, int]]
"""For each word its sightings in body and elsewhere, votes of sites limited, and the number of sites."""


def log_odds(sightings: Iterable[Sighting]) -> Mapping[str, float]:
    """For each word on enough sites, by how much it raises (or lowers) the log-odds of body."""
    return odds_of([count_words(sightings)])


def count_words(sightings: Iterable[Sighting]) -> Totals:
    """Counts of words by which parts of the sightings can be added up, if no site is in two of them."""
    by_site: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for site, words, body in sightings:
        for word in words:
            by_site[word, site][0 if body else 1] += 1
    totals: Totals = {}
    for (word, _), (kept, left) in by_site.items():
        vote = min(kept + left, SITE_VOTE) / (kept + left)
        before = totals.get(word, (0.0, 0.0, 0))
        totals[word] = (before[0] + kept * vote, before[1] + left * vote, before[2] + 1)
    return totals


def odds_of(parts: Sequence[Totals]) -> Mapping[str, float]:
    """`log_odds` of all that was counted in the parts."""
    totals: Totals = {}
    for part in parts:
        for word, (kept, left, sites) in part.items():
            before = totals.get(word, (0.0, 0.0, 0))
            totals[word] = (before[0] + kept, before[1] + left, before[2] + sites)
    kept_sum = sum(kept for kept, _, _ in totals.values()) or 1.0
    left_sum = sum(left for _, left, _ in totals.values()) or 1.0
    prior = kept_sum / (kept_sum + left_sum)
    base = math.log(prior / (1 - prior))
    return {
        word: math.log((kept + SMOOTHING * prior) / (left + SMOOTHING * (1 - prior))) - base
        for word, (kept, left, sites) in totals.items()
        if sites >= FEWEST_SITES
    }
