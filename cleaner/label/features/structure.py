"""Where each block stands in the markup: a page's elements in, columns per block out.

Elements come in document order with the end of their subtree, so everything that concerns a
subtree or a chain of ancestors is a difference of running sums; nothing walks the tree. The
strongest signs of an article are here: how much of the page's prose the containers around a
block hold (after Readability's score passed to ancestors), and what their class names promise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns
from cleaner.segment.html import Elements

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

TAGS: Final = (
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "tr", "blockquote", "figcaption", "button",
    "section", "article", "header", "footer", "aside", "dt", "dd", "summary", "pre", "form", "label",
    "figure", "nav", "main", "body", "ul", "center", "th", "legend", "address", "caption", "details", "table",
    "menu", "hgroup", "fieldset", "select", "ol", "dl",
)  # fmt: skip
_TAG_NUMBER: Final[Mapping[str, int]] = {tag: number for number, tag in enumerate(TAGS, 1)}

_ANCESTOR_TAGS: Final = {
    "in_article": ("article",),
    "in_main": ("main",),
    "in_nav": ("nav", "menu"),
    "in_footer": ("footer",),
    "in_header": ("header", "hgroup"),
    "in_aside": ("aside",),
    "in_figure": ("figure", "figcaption"),
    "in_form": ("form", "fieldset", "button", "select"),
    "in_list": ("ul", "ol", "dl"),
    "in_table": ("table",),
    "in_quote": ("blockquote",),
    "in_section": ("section",),
    "in_details": ("details",),
}
_ANCESTOR_FLAGS: Final = np.array(
    [[0.0, *(float(tag in tags) for tag in TAGS)] for tags in _ANCESTOR_TAGS.values()]
    + [[1.0] * (len(TAGS) + 1)],
    dtype=np.float32,
)
"""For each group above, and last for any element at all, which tag numbers belong to it."""
_BODY_NAMES: Final = frozenset(
    """articlebody article-body article_body article__body story-body storybody entry-content entry-body
    post-content post-body article-content article__content articlecontent article-text article__text
    articletext story-content post__content post-entry""".split()
)
_ASIDE_NAMES: Final = frozenset(
    "complementary navigation banner contentinfo dialog alertdialog alert menu menubar search".split()
)
_NAMED: Final = re.compile(
    r'\s(?:class|id|itemprop|role|data-testid|data-component|data-type|data-module)="([^"]*)"'
)
_WORDS: Final = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_REMEMBERED: Final = 1 << 14
_MOST_NAMES: Final = 16
"""Names of one attribute that are read; utility classes run to dozens and say nothing."""


LEVELS: Final = 5
"""Containers looked at above a block: its own element and four around it."""


class Promise(NamedTuple):
    """What an element's names promise: lowest and highest log-odds, near and far, and known places."""

    low_near: float = 0.0
    high_near: float = 0.0
    low_far: float = 0.0
    high_far: float = 0.0
    body: float = 0.0
    aside: float = 0.0


class TokenOdds:
    """Learned log-odds of body for class and id words, on a block's own elements and further up.

    What a name and an element's attributes promise is remembered, since a site's pages are all
    named alike; the memory is bounded and changes no answer.
    """

    def __init__(self, near: Mapping[str, float], far: Mapping[str, float]) -> None:
        self.near = near
        self.far = far
        self.promise = lru_cache(maxsize=_REMEMBERED)(self._promise)
        self._of_name = lru_cache(maxsize=_REMEMBERED)(self._promise_of_name)

    def _promise(self, attrs: str) -> Promise:
        found = [self._of_name(name) for name in attr_names(attrs)]
        if len(found) < 2:
            return found[0] if found else Promise()
        lows, highs, far_lows, far_highs, bodies, asides = zip(*found, strict=True)
        return Promise(min(lows), max(highs), min(far_lows), max(far_highs), max(bodies), max(asides))

    def _promise_of_name(self, name: str) -> Promise:
        words = words_of(name)
        near = [self.near[word] for word in words if word in self.near] or [0.0]
        far = [self.far[word] for word in words if word in self.far] or [0.0]
        lower = name.lower()
        return Promise(min(near), max(near), min(far), max(far), lower in _BODY_NAMES, lower in _ASIDE_NAMES)


def attr_names(attrs: str) -> list[str]:
    """The names in an element's class, id and kindred attributes, as they stand."""
    return [name for value in _NAMED.findall(attrs) for name in value.split()[:_MOST_NAMES]]


def attr_words(attrs: str) -> tuple[str, ...]:
    """What an element's names say, each thing once, by `words_of`."""
    return tuple(dict.fromkeys(word for name in attr_names(attrs) for word in words_of(name)))


@dataclass(frozen=True, slots=True)
class Frame:
    """The page's elements as arrays, and what every column needs of them, found once."""

    ends: Ints
    parents: Ints
    levels: tuple[Ints, ...]
    """For each block its own element, that one's parent, and so on (the root stays the root)."""
    by_end: Ints
    """The elements in the order in which they end."""
    ended: Ints
    """For each element how many have ended before it begins."""

    @property
    def count(self) -> int:
        return len(self.parents)

    @property
    def of_block(self) -> Ints:
        return self.levels[0]

    def subtree_sums(self, *values: Floats) -> list[Floats]:
        """For each element the sum over the blocks in it, of each of the values per block."""
        own = np.zeros((len(values), self.count + 1))
        for row, value in zip(own, values, strict=True):
            row[1:] = np.bincount(self.of_block, weights=value, minlength=self.count)
        running = np.cumsum(own, axis=1)
        sums: Floats = (running[:, self.ends] - running[:, :-1]).astype(np.float32)
        return list(sums)

    def ancestor_sums(self, values: Floats) -> Floats:
        """For each element the sum of the values over itself and its ancestors; one row a kind of value."""
        begun = np.cumsum(values, axis=-1, dtype=np.float64)
        closed = np.zeros((*values.shape[:-1], self.count + 1))
        np.cumsum(values[..., self.by_end], axis=-1, out=closed[..., 1:])
        sums: Floats = (begun - closed[..., self.ended]).astype(np.float32)
        return sums

    def depths(self) -> Floats:
        """For each element how many elements it stands in, itself included."""
        return self.ancestor_sums(np.ones(self.count, np.float32))


def frame_of(elements: Elements, of_block: Sequence[int]) -> Frame:
    """The arrays behind all columns of this module."""
    parents = np.maximum(np.array(elements.parents, dtype=np.int64), 0)
    ends = np.array(elements.ends, dtype=np.int64)
    levels = [np.maximum(np.array(of_block, dtype=np.int64), 0)]
    while len(levels) < LEVELS:
        levels.append(parents[levels[-1]])
    by_end = np.argsort(ends, kind="stable")
    ended = np.searchsorted(ends[by_end], np.arange(len(ends)), side="right")
    return Frame(ends, parents, tuple(levels), by_end, ended)


def ancestor_columns(elements: Elements, frame: Frame) -> Columns:
    """Tags of the block's own element and of those around it."""
    own = frame.of_block
    number = np.array([_TAG_NUMBER.get(tag, 0) for tag in elements.tags], dtype=np.int64)
    sums = frame.ancestor_sums(_ANCESTOR_FLAGS[:, number])[:, own]
    columns: Columns = {
        "tag": number[own].astype(np.float32),
        "parent_tag": number[frame.levels[1]].astype(np.float32),
        "grandparent_tag": number[frame.levels[2]].astype(np.float32),
        "hidden": np.array(elements.hidden, dtype=np.float32)[own],
        "depth": sums[-1],
    }
    columns.update(zip(_ANCESTOR_TAGS, sums, strict=False))
    return columns


def name_columns(
    elements: Elements, inline_attrs: Sequence[str], frame: Frame, odds: TokenOdds, prose: Floats
) -> Columns:
    """What the class and id words of the block, its containers and its inline markup promise."""
    own = frame.of_block
    (blocks,) = frame.subtree_sums(np.ones(len(own), np.float32))
    promises = np.zeros((len(Promise._fields), frame.count), np.float32)
    # The page's own element (the first) is named after everything the page can be.
    asked = [i for i in np.flatnonzero(blocks).tolist() if i and elements.attrs[i]]
    if asked:
        promises[:, asked] = np.array([odds.promise(elements.attrs[i]) for i in asked], np.float32).T
    low_near, high_near, low_far, high_far, body, aside = promises
    sums = frame.ancestor_sums(np.stack([np.minimum(low_far, 0), np.maximum(high_far, 0), body, aside]))
    inline = np.zeros(len(own), np.float32)
    for i, attrs in enumerate(inline_attrs):
        if attrs:
            inline[i] = odds.promise(attrs).low_near
    columns: Columns = {"inline_low": inline}
    for name, at in (
        ("own", own),
        ("parent", frame.levels[1]),
        ("above2", frame.levels[2]),
        ("above3", frame.levels[3]),
    ):
        low, high = (low_near, high_near) if name in ("own", "parent") else (low_far, high_far)
        columns[f"{name}_low"], columns[f"{name}_high"] = low[at], high[at]
    chains = sums[:, own]
    columns.update(zip(("chain_low", "chain_high", "in_body_name", "in_aside_name"), chains, strict=True))
    named = columns["chain_low"] + columns["chain_high"]
    columns["chain_best"] = named - np.float32(np.max(np.where(prose > 0, named, -99), initial=-99.0))
    return columns


@lru_cache(maxsize=1 << 15)  # sites use few names and use them on every page
def words_of(name: str) -> tuple[str, ...]:
    """The name as it stands ("entry-content", with a dot before it as in CSS) and its words.

    All in lower case. Whole names are surer, words are seen on more sites.
    """
    return "." + name.lower(), *(word.lower() for word in _WORDS.findall(name))


def container_columns(frame: Frame, chars: Floats, links: Floats) -> Columns:
    """How linked, how full and how fragmented each of the containers around a block is."""
    sum_chars, sum_links, count = frame.subtree_sums(chars, links, np.ones_like(chars))
    link_share: Floats = (sum_links / np.maximum(sum_chars, 1)).astype(np.float32)
    fullness: Floats = np.log1p(count).astype(np.float32)
    fragments: Floats = np.log1p(sum_chars / np.maximum(count, 1)).astype(np.float32)
    columns: Columns = {}
    for steps in range(LEVELS):
        at = frame.levels[steps]
        columns[f"c{steps}_links"] = link_share[at]
        columns[f"c{steps}_blocks"] = fullness[at]
        columns[f"c{steps}_mean"] = fragments[at]
    return columns


def make_numbers(elements: Elements) -> Ints:
    """A number for each element's make: its tag and class. Equal makes, equal numbers."""
    known: dict[str, int] = {}
    number = known.setdefault
    makes = [
        number(tag + _class_of(attrs) if attrs else tag, len(known))
        for tag, attrs in zip(elements.tags, elements.attrs, strict=True)
    ]
    return np.array(makes, dtype=np.int64)


def sibling_columns(frame: Frame, makes: Ints, links: Floats, chars: Floats) -> Columns:
    """How the blocks of the same make fare, and how often the containers around repeat.

    Paragraphs of an article stand side by side in one container; the cards of a teaser list and
    the posts of a discussion each have a container of their own, one like the other.
    """
    columns: Columns = {}
    for name, make in make_groups(frame, makes).items():
        linked = np.bincount(make, weights=links) / np.maximum(np.bincount(make, weights=chars), 1)
        columns[f"{name}_links"] = linked[make].astype(np.float32)
        columns[f"{name}_count"] = np.log1p(np.bincount(make)[make]).astype(np.float32)
    _, group = np.unique(frame.parents * (int(makes.max()) + 1) + makes, return_inverse=True)
    twins = np.log(np.bincount(group)[group]).astype(np.float32)
    for steps in range(LEVELS):
        columns[f"twins{steps}"] = twins[frame.levels[steps]]
    siblings = np.bincount(frame.levels[1], minlength=frame.count)
    columns["siblings"] = np.log1p(siblings[frame.levels[1]]).astype(np.float32)
    return columns


def make_groups(frame: Frame, makes: Ints) -> dict[str, Ints]:
    """For each block the number of its own make, its parent's, and both together."""
    own, around = makes[frame.of_block], makes[frame.levels[1]]
    _, pair = np.unique(own * (int(makes.max()) + 1) + around, return_inverse=True)
    return {"same": own, "same_parent": around, "same_pair": pair}


def kinship_columns(frame: Frame, name: str, block: int) -> Columns:
    """How closely each block is related to one block of the page, by their innermost common container.

    `block` is the index of the headline or of the longest paragraph; -1 where there is none.
    """
    names = (f"{name}_up", f"{name}_down")
    if block < 0:
        return dict.fromkeys(names, np.full(len(frame.of_block), -1.0, np.float32))
    chain = [int(frame.of_block[block])]
    while chain[-1]:
        chain.append(int(frame.parents[chain[-1]]))
    on_chain = np.zeros(frame.count, np.float32)
    on_chain[chain] = 1.0
    common = frame.ancestor_sums(on_chain)[frame.of_block]
    depth = frame.depths()[frame.of_block]
    return dict(zip(names, (depth - common, len(chain) - common), strict=True))


@lru_cache(maxsize=_REMEMBERED)
def _class_of(attrs: str) -> str:
    start = attrs.find(' class="')
    return attrs[start + 8 : attrs.find('"', start + 8)] if start >= 0 else ""
