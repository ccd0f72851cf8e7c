"""Where the page's prose is: first-pass chances and prose in, columns for the second pass out.

Prose counts as far as the first pass trusts it. The strongest signs of an article are here: how
much of the trusted prose the containers around a block hold (after Readability's score passed
to ancestors), which container would gain most from being taken whole, and what the first pass
thought of the neighbours.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns
from cleaner.label.features.context import neighbour_columns
from cleaner.label.features.html import Scene
from cleaner.label.features.structure import LEVELS, Frame, kinship_columns, make_groups

Floats = npt.NDArray[np.float32]

_PARTS: Final = ((1, 1.0), (2, 0.5), (3, 1 / 3), (4, 0.25))
"""Share of a block's score that goes to its parent, grandparent …, as in Readability."""
_CORES: Final = (40, 60, 85)
"""Percentages of the trusted prose whose innermost holders are looked at."""
_WINDOWS: Final = (3, 8)
_BASE: Final = 10.0
"""Characters that every block weighs beside its prose, so that headings and rows have a say."""


def second_columns(scene: Scene, first: Floats) -> Columns:
    """The columns that the second pass has beside those of the first."""
    frame, prose = scene.frame, (scene.prose * first).astype(np.float32)
    total = max(float(prose.sum()), 1.0)
    running = np.cumsum(prose)
    n = len(first)
    columns: Columns = {
        "first": first,
        "trusted_own": (prose / total).astype(np.float32),
        "trusted_before": ((running - prose) / total).astype(np.float32),
        "trusted_after": ((running[-1] - running) / total).astype(np.float32),
        "trusted_share": np.full(n, total / max(float(scene.prose.sum()), 1.0), np.float32),
    }
    columns |= _container_columns(scene, prose, total)
    columns |= kinship_columns(frame, "longest", int(prose.argmax()))
    columns |= _gain_columns(first, scene.prose, frame)
    columns |= neighbour_columns({"first": first}, ["first"], (-2, -1, 1, 2))
    padded = np.concatenate(([0.0], np.cumsum(first)))
    for width in _WINDOWS:
        low, high = np.maximum(np.arange(n) - width, 0), np.minimum(np.arange(n) + width + 1, n)
        columns[f"first_back{width}"] = ((padded[:-1] - padded[low]) / width).astype(np.float32)
        columns[f"first_on{width}"] = ((padded[high] - padded[1:]) / width).astype(np.float32)
    return columns


def _container_columns(scene: Scene, prose: Floats, total: float) -> Columns:
    """Shares of the trusted prose in the containers around each block and in blocks of its make."""
    frame = scene.frame
    chars = scene.columns["chars"]
    held, all_prose, sum_chars, sum_links = frame.subtree_sums(prose, scene.prose, chars, scene.links)
    all_total = max(float(scene.prose.sum()), 1.0)
    link_share = sum_links / np.maximum(sum_chars, 1)
    columns: Columns = {}
    for steps in range(LEVELS):
        at = frame.levels[steps]
        columns[f"c{steps}_trusted"] = held[at] / total
        columns[f"c{steps}_prose"] = all_prose[at] / all_total
    depth = frame.depths()
    own = frame.of_block
    for share in _CORES:
        core = _deepest_holding(held, total * share / 100)
        inside = (own >= core) & (own < frame.ends[core])
        columns[f"core{share}"] = np.where(inside, depth[own] - depth[core], -1.0).astype(np.float32)
    for name, make in make_groups(frame, scene.makes).items():
        columns[f"{name}_trusted"] = (np.bincount(make, weights=prose)[make] / total).astype(np.float32)
    columns |= _candidate_columns(frame, prose, link_share.astype(np.float32), depth)
    return columns


def _candidate_columns(frame: Frame, prose: Floats, link_share: Floats, depth: Floats) -> Columns:
    """Place of a block relative to the best container by Readability's reckoning."""
    score = np.zeros(frame.count, np.float64)
    for steps, part in _PARTS:
        score += np.bincount(frame.levels[steps], weights=prose * part, minlength=frame.count)
    score *= 1 - link_share
    best = int(score.argmax())
    own = frame.of_block
    inside = (own >= best) & (own < frame.ends[best])
    side = np.where(inside, 0.0, np.where(own < best, -1.0, 1.0))
    shares = (score / max(float(score[best]), 1.0)).astype(np.float32)
    return {
        "candidate_depth": np.where(inside, depth[own] - depth[best], -1.0).astype(np.float32),
        "candidate_side": side.astype(np.float32),
        "candidate_parent": shares[frame.levels[1]],
        "candidate_grandparent": shares[frame.levels[2]],
    }


def _gain_columns(first: Floats, prose: Floats, frame: Frame) -> Columns:
    """Which container is the article: where taking all in it gains most, if the first pass is right."""
    (gain,) = frame.subtree_sums((first - 0.5) * (prose + _BASE))
    best = int(gain.argmax())
    top = max(float(gain[best]), 1.0)
    own = frame.of_block
    inside = (own >= best) & (own < frame.ends[best])
    side = np.where(inside, 1.0, np.where(own < best, -1.0, -2.0))
    columns: Columns = {"gain_inside": side.astype(np.float32)}
    for steps in range(LEVELS):
        columns[f"gain{steps}"] = np.clip(gain[frame.levels[steps]] / top, -2, 1)
    return columns


def _deepest_holding(sums: Floats, least: float) -> int:
    """The last element in document order, so the deepest of its chain, that holds at least so much."""
    holding = np.flatnonzero(sums >= least)
    return int(holding[-1]) if len(holding) else 0
