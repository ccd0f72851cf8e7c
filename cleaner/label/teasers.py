"""How far a page is a list of teasers: a page and what is kept of it in, a factor on the confidence out.

Sections, archives, tags, authors and searches show the same card again and again: a linked headline
and a line or two of another page's article. Each teaser is prose, so the labeller keeps it; what tells
is that nearly all that is kept stands so. An article also has linked headlines in it, but its
paragraphs do not share a card with them, or there are more of them in it, or it is not all there is.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.addresses import same_site
from cleaner.label.features.characters import Columns
from cleaner.label.glances import most_teasers
from cleaner.segment.finding import told
from cleaner.segment.html import Page

Flags = npt.NDArray[np.bool_]

LINKED: Final = 0.8
"""Share of a headline's characters in links from which on it leads elsewhere."""
HEADLINE: Final = 3
"""Fewest words of such a headline. Shorter ones are names of what an article recommends, names of those
who post, and "Read more"."""
LONGEST: Final = 100
"""Most words of a teaser beside its headline; long excerpts have 60 to 80."""
BLOCKS: Final = 3
"""Most blocks of a teaser beside its headline: text, author, date."""
PARAGRAPH: Final = 12
"""Words from which on such a block is a paragraph, of which a teaser has one."""
BRIEF: Final = 40
"""Most words of a teaser that has no card of its own, and of teasers on average where the page has a
text beside them: longer ones are what an article recommends, below its introduction."""
ALONE: Final = 0.9
"""Share of the kept words in teasers from which on there is no such text."""
FEWEST: Final = 4
"""Teasers that make a list."""
SHARE: Final = 0.5
"""Share of the kept words in teasers from which on the page is doubted. None of 940 labelled pages has
less confidence by it; of 36 invented pages of teasers, in as many markups, all but five end below a half."""
HEADS: Final = frozenset(("dt",))
"""Elements that head what stands below them, as headings do."""
ROWS: Final = frozenset(("td", "th", "tr", "dt"))
"""Elements of tables and of lists of terms, which may hold a teaser and its headline in one block."""
ROW_LINKED: Final = 0.12
"""Share of such a block in links from which on it has a headline. No article among 940 labelled pages
has a tenth of its words in such blocks."""
_PLACE: Final = re.compile(r'\bhref="[^"]*#')
_HOST: Final = re.compile(r'\bhref="(?:https?:)?//([^/"?#]+)')


class _Teaser(NamedTuple):
    """A headline that leads elsewhere, and the kept blocks behind it."""

    headline: int
    kept: list[int]


def teaser_doubt(page: Page, columns: Columns, kept: Flags) -> float:
    """Factor 0..1 on the confidence: 1 where less than half of the kept words is teasers, 0 where all is."""
    words, shares = columns["words"], columns["link_share"]
    if max(most_teasers(words, shares, kept.view(np.uint8), page.blocks, HEADLINE, LINKED, ROWS)) < FEWEST:
        return 1.0  # as most articles
    leading = (shares >= LINKED) & (words >= HEADLINE)
    taken = kept & leading
    taken[_rows(page, columns, kept & ~leading)] = True
    alone = int(taken.sum())
    found = _teasers(leading, kept & ~taken)
    if max(len(found), alone) < FEWEST:
        return 1.0
    texts = {found[i].headline: text for i in range(len(found)) if (text := _text(page, found, i, words))}
    if max(len(texts), alone) < FEWEST or _recommends(page, [*texts, *np.flatnonzero(kept & leading)]):
        return 1.0
    stand = sum(float(words[text].sum()) for text in texts.values())
    share = min((stand + float(words[taken].sum())) / max(float(words[kept].sum()), 1.0), 1.0)
    recommended = share < ALONE and stand > BRIEF * len(texts)
    return 1.0 if recommended else min((1 - share) / (1 - SHARE), 1.0)


def _rows(page: Page, columns: Columns, kept: Flags) -> list[int]:
    """The kept blocks that are a teaser and its headline in one."""
    words, shares = columns["words"], columns["link_share"]
    likely = kept & (shares >= ROW_LINKED) & (shares * words >= HEADLINE) & (words <= LONGEST)
    return [i for i in np.flatnonzero(likely).tolist() if page.blocks[i].tag in ROWS]


def _teasers(leading: Flags, kept: Flags) -> list[_Teaser]:
    """The headlines with kept blocks behind them, before the next headline; none if too few for a list."""
    headlines, places = np.flatnonzero(leading), np.flatnonzero(kept)
    above = np.searchsorted(headlines, places) - 1
    if np.count_nonzero(above[1:] != above[:-1]) < FEWEST - 1:
        return []  # as in most articles
    runs = groupby(zip(above.tolist(), places.tolist(), strict=True), key=lambda pair: pair[0])
    return [_Teaser(int(headlines[run]), [i for _, i in pairs]) for run, pairs in runs if run >= 0]


def _text(page: Page, found: list[_Teaser], place: int, words: npt.NDArray[np.float32]) -> list[int]:
    """The kept blocks that stand in one card with their headline; none where that is no teaser.

    Without cards the headline has to be a heading, and right above a single short block.
    """
    elements, own = page.elements, page.fields.elements
    headline, kept = found[place]
    if _PLACE.search(page.inline_attrs[headline]):
        return []  # a place in a page, as of a live report's entry
    card = own[headline]
    while card > 0 and not card <= own[kept[0]] < elements.ends[card]:
        card = elements.parents[card]
    text = [i for i in kept if card <= own[i] < elements.ends[card]]
    neighbours = [found[near].headline for near in (place - 1, place + 1) if 0 <= near < len(found)]
    if not any(card <= own[near] < elements.ends[card] for near in neighbours):
        one = len(text) <= BLOCKS and np.count_nonzero(words[text] >= PARAGRAPH) <= 1
        return text if one and words[text].sum() <= LONGEST else []
    heads = page.fields.levels[headline] > 0 or page.blocks[headline].tag in HEADS
    below = card == elements.parents[own[headline]] == elements.parents[own[text[0]]]
    return text if heads and below and len(text) == 1 and words[text[0]] <= BRIEF else []


def _recommends(page: Page, headlines: list[int]) -> bool:
    """Whether half of the headlines lead to other sites than the page's, or than the most of them do."""
    hosts = [host[1] for i in headlines if (host := _HOST.search(page.inline_attrs[i])) is not None]
    if not hosts:
        return False
    stated = _HOST.search(f'href="{_address(page)}"')
    own = stated[1] if stated is not None else Counter(hosts).most_common(1)[0][0]
    return 2 * sum(not same_site(f"//{host}", f"//{own}") for host in hosts) >= len(headlines)


def _address(page: Page) -> str:
    """The address that the page states for itself; empty where it states none."""
    links = (element.attributes.get("href") for element in page.head if element.tag == "link")
    return next(filter(None, links), None) or told(list(page.head), "property", "og:url") or ""
