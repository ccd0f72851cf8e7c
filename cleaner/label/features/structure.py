"""Where each block stands in the markup: a page's elements in, columns per block out.

Elements come in document order with the end of their subtree, so everything that concerns a
subtree or a chain of ancestors is a difference of running sums; nothing walks the tree. The
strongest signs of an article are here: how much of the page's prose the containers around a
block hold (after Readability's score passed to ancestors), and what their class names promise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
_ANCESTOR_NUMBERS: Final = tuple(
    tuple(_TAG_NUMBER[tag] for tag in tags if tag in _TAG_NUMBER) for tags in _ANCESTOR_TAGS.values()
)
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
_MOST_NAMES: Final = 16
"""Names of one attribute that are read; utility classes run to dozens and say nothing."""


LEVELS: Final = 5
"""Containers looked at above a block: its own element and four around it."""


class TokenOdds(NamedTuple):
    """Learned log-odds of body for class and id words, on a block's own elements and further up."""

    near: Mapping[str, float]
    far: Mapping[str, float]


def attr_words(attrs: str) -> tuple[str, ...]:
    """What an element's class, id and kindred attributes say, once each.

    Whole names as they stand ("entry-content", prefixed by a dot, as in CSS) and the words they are
    made of, in lower case: whole names are surer, words are seen on more sites.
    """
    words: dict[str, None] = {}
    for value in _NAMED.findall(attrs):
        for name in value.split()[:_MOST_NAMES]:
            words.update(dict.fromkeys(_words_of(name)))
    return tuple(words)


class Frame(NamedTuple):
    """The page's elements as arrays, and the element of each block."""

    parents: Ints
    ends: Ints
    of_block: Ints

    @property
    def count(self) -> int:
        return len(self.parents)

    def above(self, steps: int) -> Ints:
        """For each block the element that many steps above its own (the root stays the root)."""
        at = self.of_block
        for _ in range(steps):
            at = np.maximum(self.parents[at], 0)
        return at

    def subtree_sums(self, *values: Floats) -> list[Floats]:
        """For each element the sum over the blocks in it, of each of the values per block."""
        sums = []
        for value in values:
            own = np.bincount(self.of_block, weights=value, minlength=self.count)
            running = np.concatenate(([0.0], np.cumsum(own)))
            sums.append((running[self.ends] - running[:-1]).astype(np.float32))
        return sums

    def ancestor_sums(self, values: Floats) -> Floats:
        """For each element the sum of the values over itself and its ancestors, column by column."""
        begun = np.cumsum(values, axis=0, dtype=np.float64)
        order = np.argsort(self.ends, kind="stable")
        ended = np.cumsum(values[order], axis=0, dtype=np.float64)
        over = np.searchsorted(self.ends[order], np.arange(self.count), side="right")
        closed = np.where((over > 0)[(...,) + (None,) * (values.ndim - 1)], ended[over - 1], 0.0)
        sums: Floats = (begun - closed).astype(np.float32)
        return sums

    def depths(self) -> Floats:
        """For each element how many elements it stands in, itself included."""
        return self.ancestor_sums(np.ones(self.count, np.float32))


def frame_of(elements: Elements, of_block: Sequence[int]) -> Frame:
    """The arrays behind all columns of this module."""
    parents = np.array(elements.parents, dtype=np.int64)
    ends = np.array(elements.ends, dtype=np.int64)
    return Frame(parents, ends, np.maximum(np.array(of_block, dtype=np.int64), 0))


def ancestor_columns(elements: Elements, frame: Frame) -> Columns:
    """Tags of the block's own element and of those around it."""
    own = frame.of_block
    number = np.array([_TAG_NUMBER.get(tag, 0) for tag in elements.tags], dtype=np.int64)
    flags = np.zeros((frame.count, len(_ANCESTOR_TAGS) + 1), dtype=np.float32)
    flags[:, -1] = 1.0
    for column, wanted in enumerate(_ANCESTOR_NUMBERS):
        for tag in wanted:
            flags[:, column] += number == tag
    sums = frame.ancestor_sums(flags)[own].T
    columns: Columns = {
        "tag": number[own].astype(np.float32),
        "parent_tag": number[frame.above(1)].astype(np.float32),
        "grandparent_tag": number[frame.above(2)].astype(np.float32),
        "hidden": np.array(elements.hidden, dtype=np.float32)[own],
        "depth": sums[-1],
    }
    columns.update(zip(_ANCESTOR_TAGS, sums, strict=False))
    return columns


class _Promise(NamedTuple):
    """What an element's names promise: lowest and highest log-odds, near and far, and known places."""

    low_near: float = 0.0
    high_near: float = 0.0
    low_far: float = 0.0
    high_far: float = 0.0
    body: float = 0.0
    aside: float = 0.0


def name_columns(
    elements: Elements, inline_attrs: Sequence[str], frame: Frame, odds: TokenOdds, prose: Floats
) -> Columns:
    """What the class and id words of the block, its containers and its inline markup promise."""
    own = frame.of_block
    (blocks,) = frame.subtree_sums(np.ones(len(own), np.float32))
    by_name: dict[str, _Promise] = {}
    promises = _promises(elements.attrs, blocks.tolist(), by_name, odds)
    low_near, high_near, low_far, high_far, _, _ = promises
    signs = np.stack([np.minimum(low_far, 0), np.maximum(high_far, 0), promises[4], promises[5]], axis=1)
    sums = frame.ancestor_sums(signs)
    inline = np.zeros(len(own), np.float32)
    for i, attrs in enumerate(inline_attrs):
        if attrs:
            inline[i] = _promise_of(attrs, by_name, odds).low_near
    columns: Columns = {"inline_low": inline}
    for name, at in (
        ("own", own),
        ("parent", frame.above(1)),
        ("above2", frame.above(2)),
        ("above3", frame.above(3)),
    ):
        low, high = (low_near, high_near) if name in ("own", "parent") else (low_far, high_far)
        columns[f"{name}_low"], columns[f"{name}_high"] = low[at], high[at]
    columns["chain_low"], columns["chain_high"], columns["in_body_name"], columns["in_aside_name"] = sums[
        own
    ].T
    named = columns["chain_low"] + columns["chain_high"]
    columns["chain_best"] = named - float(np.max(np.where(prose > 0, named, -99), initial=-99.0))
    return columns


def _promises(
    attrs: Sequence[str], blocks: Sequence[float], by_name: dict[str, _Promise], odds: TokenOdds
) -> Floats:
    """One row for each field of `_Promise`, one column for each element that holds a block."""
    table = np.zeros((len(_Promise._fields), len(attrs)), np.float32)
    by_attrs: dict[str, _Promise] = {}
    for i, text in enumerate(attrs):
        # The page's own element (the first) is named after everything the page can be.
        if text and i and blocks[i]:
            promise = by_attrs.get(text)
            if promise is None:
                promise = by_attrs[text] = _promise_of(text, by_name, odds)
            table[:, i] = promise
    return table


def _promise_of(attrs: str, by_name: dict[str, _Promise], odds: TokenOdds) -> _Promise:
    found = []
    for value in _NAMED.findall(attrs):
        for name in value.split()[:_MOST_NAMES]:
            promise = by_name.get(name)
            if promise is None:
                promise = by_name[name] = _promise_of_name(name, odds)
            found.append(promise)
    if not found:
        return _Promise()
    if len(found) == 1:
        return found[0]
    lows, highs, far_lows, far_highs, bodies, asides = zip(*found, strict=True)
    return _Promise(min(lows), max(highs), min(far_lows), max(far_highs), max(bodies), max(asides))


def _promise_of_name(name: str, odds: TokenOdds) -> _Promise:
    words = _words_of(name)
    near = [odds.near[word] for word in words if word in odds.near] or [0.0]
    far = [odds.far[word] for word in words if word in odds.far] or [0.0]
    lower = name.lower()
    return _Promise(min(near), max(near), min(far), max(far), lower in _BODY_NAMES, lower in _ASIDE_NAMES)


@lru_cache(maxsize=1 << 15)  # sites use few names and use them on every page
def _words_of(name: str) -> tuple[str, ...]:
    return "." + name.lower(), *(word.lower() for word in _WORDS.findall(name))


def container_columns(frame: Frame, chars: Floats, links: Floats) -> Columns:
    """How linked, how full and how fragmented each of the containers around a block is."""
    sum_chars, sum_links, count = frame.subtree_sums(chars, links, np.ones_like(chars))
    link_share = sum_links / np.maximum(sum_chars, 1)
    fullness, fragments = np.log1p(count), np.log1p(sum_chars / np.maximum(count, 1))
    columns: Columns = {}
    for steps in range(LEVELS):
        at = frame.above(steps)
        columns[f"c{steps}_links"] = link_share[at]
        columns[f"c{steps}_blocks"] = fullness[at]
        columns[f"c{steps}_mean"] = fragments[at]
    return columns


def make_numbers(elements: Elements) -> Ints:
    """A number for each element's make: its tag and class. Equal makes, equal numbers."""
    known: dict[tuple[str, str], int] = {}
    return np.array(
        [
            known.setdefault((tag, _class_of(attrs)), len(known))
            for tag, attrs in zip(elements.tags, elements.attrs, strict=True)
        ],
        dtype=np.int64,
    )


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
        columns[f"twins{steps}"] = twins[frame.above(steps)]
    siblings = np.bincount(frame.above(1), minlength=frame.count)
    columns["siblings"] = np.log1p(siblings[frame.above(1)]).astype(np.float32)
    return columns


def make_groups(frame: Frame, makes: Ints) -> dict[str, Ints]:
    """For each block the number of its own make, its parent's, and both together."""
    own, around = makes[frame.of_block], makes[frame.above(1)]
    _, pair = np.unique(own * (int(makes.max()) + 1) + around, return_inverse=True)
    return {"same": own, "same_parent": around, "same_pair": pair}


def kinship_columns(frame: Frame, name: str, block: int) -> Columns:
    """How closely each block is related to one block of the page, by their innermost common container.

    `block` is the index of the headline or of the longest paragraph; -1 where there is none.
    """
    names = (f"{name}_up", f"{name}_down")
    if block < 0:
        return dict.fromkeys(names, np.full(len(frame.of_block), -1.0, np.float32))
    chain, element = [], int(frame.of_block[block])
    while element >= 0:
        chain.append(element)
        element = int(frame.parents[element])
    on_chain = np.zeros(frame.count, np.float32)
    on_chain[chain] = 1.0
    common = frame.ancestor_sums(on_chain)[frame.of_block]
    depth = frame.depths()[frame.of_block]
    return dict(zip(names, (depth - common, len(chain) - common), strict=True))


def _class_of(attrs: str) -> str:
    start = attrs.find(' class="')
    return attrs[start + 8 : attrs.find('"', start + 8)] if start >= 0 else ""
