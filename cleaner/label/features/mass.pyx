# cython: wraparound=False
"""Where the page's prose is, compiled: first-pass chances and prose in, second-pass columns out.

Prose counts as far as the first pass trusts it. The strongest signs of an article are here: how
much of the trusted prose the containers around a block hold (after Readability's score passed
to ancestors), which container would gain most from being taken whole, and what the first pass
thought of the neighbours.
"""

import numpy as np

from cleaner.label.features.frame cimport LEVELS, Frame
from cleaner.label.features.context import neighbour_columns, window_columns
from cleaner.label.features.structure import kinship_columns

cdef enum:
    PARTS = 4

# Share of a block's score that goes to its parent, grandparent …, as in Readability.
cdef double[PARTS] PART = [1.0, 0.5, 1.0 / 3, 0.25]

# Percentages of the trusted prose whose innermost holders are looked at.
CORES = (40, 60, 85)

cdef list CONTAINER_NAMES = [f"c{level}_{name}" for level in range(LEVELS) for name in ("trusted", "prose")]
cdef list CORE_NAMES = [f"core{share}" for share in CORES]
cdef list GAIN_NAMES = ["gain_inside", *(f"gain{level}" for level in range(LEVELS))]

# Characters that every block weighs beside its prose, so that headings and rows have a say.
cdef double BASE = 10.0


def second_columns(
    Frame frame not None, makes, const float[::1] first, const float[::1] prose, const float[::1] chars,
    const float[::1] links, const float[::1] landmark_in,
):
    """The columns that the second pass has beside those of the first.

    `first` are the first pass's chances, `prose` the characters of running text in each block;
    `landmark_in` is the column of `landmark_columns`. ValueError for more or fewer values than blocks.
    """
    cdef Py_ssize_t block, longest = 0
    trusted = np.empty(frame.blocks, np.float32)
    cdef float[::1] mass = trusted
    cdef double total = 0, all_prose = 0
    frame.check(frame.count, first.shape[0])
    frame.check(frame.count, prose.shape[0])
    frame.check(frame.count, chars.shape[0])
    frame.check(frame.count, links.shape[0])
    frame.check(frame.count, landmark_in.shape[0])
    for block in range(frame.blocks):
        mass[block] = prose[block] * first[block]
        total += mass[block]
        all_prose += prose[block]
        if mass[block] > mass[longest]:
            longest = block
    total, all_prose = max(total, 1), max(all_prose, 1)
    columns = {"first": np.asarray(first)}
    columns |= place_columns(mass, total, all_prose)
    columns |= landmark_share(mass, landmark_in, total)
    cdef double[::1] inside = held(frame, mass)
    columns |= container_columns(frame, inside, held(frame, prose), total, all_prose)
    columns |= core_columns(frame, inside, total)
    columns |= group_columns(makes.of_block, mass, total)
    columns |= candidate_columns(frame, mass, chars, links)
    columns |= kinship_columns(frame, "longest", longest)
    columns |= gain_columns(frame, first, prose)
    columns |= neighbour_columns({"first": columns["first"]}, ("first",), (-2, -1, 1, 2))
    columns |= window_columns("first", columns["first"])
    return columns


cdef dict place_columns(const float[::1] mass, double total, double all_prose):
    """How much trusted prose a block holds, and how much comes before and after it."""
    cdef Py_ssize_t block, count = mass.shape[0]
    cdef double before = 0, whole = 0
    table = np.empty((4, count), np.float32)
    cdef float[:, ::1] out = table
    for block in range(count):
        whole += mass[block]
    for block in range(count):
        out[0, block] = mass[block] / total
        out[1, block] = before / total
        before += mass[block]
        out[2, block] = (whole - before) / total
        out[3, block] = total / all_prose
    return dict(zip(("trusted_own", "trusted_before", "trusted_after", "trusted_share"), table))


cdef dict landmark_share(const float[::1] mass, const float[::1] landmark_in, double total):
    """The share of the trusted prose that is in the container with the article's name; one for the page."""
    cdef Py_ssize_t block
    cdef double inside = 0
    for block in range(mass.shape[0]):
        if landmark_in[block] == 2:
            inside += mass[block]
    return {"landmark_share": np.full(mass.shape[0], inside / total, np.float32)}


cdef double[::1] held(Frame frame, const float[::1] values):
    """For each element the sum of the values of the blocks in it."""
    cdef Py_ssize_t block
    cdef double[::1] sums = np.zeros(frame.count)
    for block in range(frame.blocks):
        sums[frame.own[block]] += values[block]
    frame.sum_up(sums)
    return sums


cdef dict container_columns(
    Frame frame, const double[::1] trusted, const double[::1] whole, double total, double all_prose
):
    """Shares of the trusted prose, and of all prose, in the containers around each block."""
    cdef Py_ssize_t block
    cdef int level, element
    table = np.empty((2 * LEVELS, frame.blocks), np.float32)
    cdef float[:, ::1] out = table
    for block in range(frame.blocks):
        element = frame.own[block]
        for level in range(LEVELS):
            out[2 * level, block] = trusted[element] / total
            out[2 * level + 1, block] = whole[element] / all_prose
            element = frame.parents[element]
    return dict(zip(CONTAINER_NAMES, table))


cdef dict group_columns(const int[:, ::1] groups, const float[::1] mass, double total):
    """Shares of the trusted prose in blocks of the same make, by own element, parent, and both."""
    cdef Py_ssize_t block, row, count = mass.shape[0]
    cdef double[::1] sums = np.empty(np.max(groups) + 1)
    table = np.empty((3, count), np.float32)
    cdef float[:, ::1] out = table
    for row in range(3):
        sums[:] = 0
        for block in range(count):
            sums[groups[row, block]] += mass[block]
        for block in range(count):
            out[row, block] = sums[groups[row, block]] / total
    return dict(zip(("same_trusted", "same_parent_trusted", "same_pair_trusted"), table))


cdef dict core_columns(Frame frame, const double[::1] trusted, double total):
    """How deep a block is in the innermost container that holds most of the trusted prose; -1 outside."""
    cdef Py_ssize_t block, row
    cdef int element, core
    cdef double least
    table = np.empty((len(CORES), frame.blocks), np.float32)
    cdef float[:, ::1] out = table
    out[:] = -1
    for row, share in enumerate(CORES):
        core, least = 0, total * share / 100
        for element in range(frame.count):  # the last in document order is the deepest of its chain
            if trusted[element] >= least:
                core = element
        for block in range(frame.blocks):
            if frame.holds(core, frame.own[block]):
                out[row, block] = frame.depths[frame.own[block]] - frame.depths[core]
    return dict(zip(CORE_NAMES, table))


cdef dict candidate_columns(
    Frame frame, const float[::1] mass, const float[::1] chars, const float[::1] links
):
    """Place of a block relative to the best container by Readability's reckoning."""
    cdef Py_ssize_t block
    cdef int element, part, best = 0, own
    cdef double[::1] score = np.zeros(frame.count), size = held(frame, chars), linked = held(frame, links)
    table = np.empty((4, frame.blocks), np.float32)
    cdef float[:, ::1] out = table
    for block in range(frame.blocks):
        element = frame.own[block]
        for part in range(PARTS):
            element = frame.parents[element]
            score[element] += mass[block] * PART[part]
    for element in range(frame.count):
        score[element] *= 1 - linked[element] / max(size[element], 1)
        if score[element] > score[best]:
            best = element
    cdef double top = max(score[best], 1)
    for block in range(frame.blocks):
        own = frame.own[block]
        out[0, block] = frame.depths[own] - frame.depths[best] if frame.holds(best, own) else -1
        out[1, block] = 0 if frame.holds(best, own) else -1 if own < best else 1
        out[2, block] = score[frame.parents[own]] / top
        out[3, block] = score[frame.above(own, 2)] / top
    return dict(zip(
        ("candidate_depth", "candidate_side", "candidate_parent", "candidate_grandparent"), table
    ))


cdef dict gain_columns(Frame frame, const float[::1] first, const float[::1] prose):
    """Which container is the article: where taking all in it gains most, if the first pass is right."""
    cdef Py_ssize_t block
    cdef int element, level, best = 0
    cdef double[::1] gain = np.zeros(frame.count)
    table = np.empty((1 + LEVELS, frame.blocks), np.float32)
    cdef float[:, ::1] out = table
    for block in range(frame.blocks):
        gain[frame.own[block]] += (first[block] - 0.5) * (prose[block] + BASE)
    frame.sum_up(gain)
    for element in range(frame.count):
        if gain[element] > gain[best]:
            best = element
    cdef double top = max(gain[best], 1)
    for block in range(frame.blocks):
        element = frame.own[block]
        out[0, block] = 1 if frame.holds(best, element) else -1 if element < best else -2
        for level in range(LEVELS):
            out[1 + level, block] = min(max(gain[element] / top, -2), 1)
            element = frame.parents[element]
    return dict(zip(GAIN_NAMES, table))
