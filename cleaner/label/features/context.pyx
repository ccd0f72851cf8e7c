# cython: wraparound=False
"""What surrounds each block in reading order, compiled: columns in, columns of neighbours and runs out.

A prompt between two paragraphs reads like prose alone and stands out beside its neighbours; a
teaser list after the article is known by its heading. Everything here is shifts, running sums
and ranks over the page, in either kind of input.
"""

from libc.math cimport log1p
from libc.stdlib cimport free, malloc, qsort

from functools import cache

import numpy as np

from cleaner.label.recurrence import count_pieces

cdef enum:
    WINDOWS = 2

cdef Py_ssize_t[WINDOWS] WINDOW = [3, 8]

# Characters of a block to be probed for, and of the probe: shorter ones recur by chance.
cdef Py_ssize_t PROBED = 150
cdef Py_ssize_t PROBE = 40

# Characters a block must have beyond its links before any of it counts as prose.
PROSE_LEAST = 25.0


# Likeness to the stated title from which on a block is taken for the headline.
HEADLINE = 0.6


cdef int check(Py_ssize_t count, Py_ssize_t one, Py_ssize_t other) except -1:
    """ValueError for columns that have not that many values."""
    if one != count or other != count:
        raise ValueError(f"columns of {count}, {one} and {other} blocks")
    return 0


def prose_mass(dict columns not None, const float[::1] links):
    """Characters of running text in each block: sentences count whole, fragments a quarter.

    Dense scripts say in one character what others say in about three. ValueError for columns of different
    lengths.
    """
    cdef const float[::1] chars = columns["chars"], dense = columns["dense_share"]
    cdef const float[::1] end_mark = columns["end_mark"]
    cdef const float[::1] stops = columns["stops"], commas = columns["commas"]
    cdef Py_ssize_t block
    cdef double free, least = PROSE_LEAST
    check(chars.shape[0], dense.shape[0], end_mark.shape[0])
    check(chars.shape[0], stops.shape[0], commas.shape[0])
    check(chars.shape[0], links.shape[0], links.shape[0])
    mass = np.empty(chars.shape[0], np.float32)
    cdef float[::1] out = mass
    for block in range(chars.shape[0]):
        free = chars[block] * (1 + 2 * dense[block]) * (1 - links[block] / chars[block]) - least
        if end_mark[block] < 2 and stops[block] + commas[block] < 2:
            free *= 0.25
        out[block] = max(free, 0)
    return mass


cdef struct Ranked:
    float chars
    Py_ssize_t block


cdef int by_length(const void* left, const void* right) noexcept nogil:
    """The longest first, of equals the first in the page."""
    cdef const Ranked* a = <const Ranked*>left
    cdef const Ranked* b = <const Ranked*>right
    return (a.chars < b.chars) - (a.chars > b.chars) or (a.block > b.block) - (a.block < b.block)


def place_columns(const float[::1] prose, const float[::1] chars):
    """Where in the page, by blocks, by text and by prose; and how dense the prose is around.

    ValueError for columns of different lengths.
    """
    cdef Py_ssize_t block, rank, count = prose.shape[0], row, width
    cdef double total = 0, total_chars = 0, before = 0, chars_before = 0
    cdef double[::1] running = np.zeros(count + 1)
    cdef Ranked* ranked
    check(count, chars.shape[0], chars.shape[0])
    table = np.empty((8 + 2 * WINDOWS, count), np.float32)
    cdef float[:, ::1] out = table
    for block in range(count):
        running[block + 1] = running[block] + prose[block]
        total_chars += chars[block]
    total, total_chars = max(running[count], 1), max(total_chars, 1)
    for block in range(count):
        out[0, block] = <double>block / max(count - 1, 1)
        out[1, block] = log1p(block)
        out[2, block] = log1p(count - 1 - block)
        out[3, block] = chars_before / total_chars
        chars_before += chars[block]
        out[4, block] = running[block] / total
        out[5, block] = (running[count] - running[block + 1]) / total
        out[6, block] = prose[block] / total
        for row in range(WINDOWS):
            width = WINDOW[row]
            out[8 + 2 * row, block] = (running[block] - running[max(block - width, 0)]) / total
            out[9 + 2 * row, block] = (running[min(block + width + 1, count)] - running[block + 1]) / total
    ranked = <Ranked*>malloc((count + 1) * sizeof(Ranked))
    if ranked == NULL:
        raise MemoryError
    for block in range(count):
        ranked[block] = Ranked(chars[block], block)
    qsort(ranked, count, sizeof(Ranked), by_length)
    for rank in range(count):
        out[7, ranked[rank].block] = <double>rank / count
    free(ranked)
    return dict(zip(
        (
            "place", "index", "index_back", "chars_before", "prose_before", "prose_after", "prose_own", "rank",
            *(f"prose_{way}{WINDOW[row]}" for row in range(WINDOWS) for way in ("back", "on")),
        ),
        table,
    ))


def page_columns(dict columns not None, const float[::1] prose, const float[::1] links):
    """What the whole page is like; the same value for each of its blocks.

    ValueError for columns of different lengths.
    """
    cdef const float[::1] chars = columns["chars"], end_mark = columns["end_mark"]
    cdef const float[::1] dense = columns["dense_share"]
    cdef Py_ssize_t block, count = prose.shape[0]
    cdef double all_chars = 0, all_prose = 0, all_links = 0, all_dense = 0, longest = 0, sentences = 0
    check(count, links.shape[0], chars.shape[0])
    check(count, end_mark.shape[0], dense.shape[0])
    for block in range(count):
        all_chars += chars[block]
        all_prose += prose[block]
        all_links += links[block]
        all_dense += dense[block] * chars[block]
        longest = max(longest, chars[block])
        sentences += end_mark[block] == 3
    all_chars = max(all_chars, 1)
    values = {
        "page_blocks": log1p(count),
        "page_prose": log1p(all_prose),
        "page_prose_share": all_prose / all_chars,
        "page_links": all_links / all_chars,
        "page_sentences": sentences / count,
        "page_longest": log1p(longest),
        "page_dense": all_dense / all_chars,
    }
    return constant_columns(values, count)


def constant_columns(dict values not None, Py_ssize_t count):
    """A column of each number, the same for all of so many blocks."""
    table = np.empty((len(values), count), np.float32)
    table[:] = np.array(list(values.values()))[:, None]
    return dict(zip(values, table))


def section_columns(
    const float[::1] levels, const float[::1] prose, const float[::1] chars, const float[::1] links,
    const float[::1] cue,
):
    """The run from one heading to the next: how far in, how much prose, and what the heading hints.

    `levels` is above 0 for headings. ValueError for columns of different lengths.
    """
    cdef Py_ssize_t block, count = prose.shape[0], sections = 0, section, following
    cdef double total = 0
    cdef Py_ssize_t[::1] number = np.empty(count, np.intp), start = np.zeros(count + 1, np.intp)
    cdef double[:, ::1] sums = np.zeros((4, count + 1))  # blocks, prose, characters, linked characters
    check(count, levels.shape[0], chars.shape[0])
    check(count, links.shape[0], cue.shape[0])
    table = np.empty((6, count), np.float32)
    cdef float[:, ::1] out = table
    for block in range(count):
        if levels[block] > 0:
            sections += 1
            start[sections] = block
        number[block] = sections
        sums[0, sections] += 1
        sums[1, sections] += prose[block]
        sums[2, sections] += chars[block]
        sums[3, sections] += links[block]
        total += prose[block]
    total = max(total, 1)
    for block in range(count):
        section = number[block]
        following = min(section + 1, sections)
        out[0, block] = log1p(block - start[section])
        out[1, block] = log1p(sums[0, section])
        out[2, block] = sums[1, section] / total
        out[3, block] = sums[3, section] / max(sums[2, section], 1)
        out[4, block] = cue[start[section]]
        out[5, block] = sums[1, following] / total
    return dict(zip(
        (
            "since_heading", "section_blocks", "section_prose", "section_links", "section_cue",
            "next_section_prose",
        ),
        table,
    ))


def repeat_columns(list texts not None):
    """How often the same words stand elsewhere on the page, and whether they stood before.

    Pages hold the whole article a second time, as one run for machines or in another layout: of each
    long block a piece out of its middle is counted.
    """
    cdef Py_ssize_t block, number, middle, count = len(texts)
    cdef dict seen = {}
    cdef list probed = [], pieces = []
    cdef str text
    table = np.zeros((3, count), np.float32)
    cdef float[:, ::1] out = table
    for block in range(count):
        text = texts[block]
        before = seen.get(text, 0)
        seen[text] = before + 1
        out[1, block] = before
        if len(text) >= PROBED:
            middle = len(text) // 2
            probed.append(block)
            pieces.append(text[middle - PROBE // 2:middle + PROBE // 2])
    for block in range(count):
        out[0, block] = seen[texts[block]]
    for number, found in enumerate(count_pieces("\n".join(texts), pieces) if pieces else ()):
        block = probed[number]
        out[2, block] = found
    return dict(zip(("copies", "copies_before", "echoes"), table))


def neighbour_columns(dict columns not None, tuple names not None, tuple steps not None):
    """The named columns of the blocks that many steps away; beyond the page's ends -1.

    ValueError for columns of different lengths.
    """
    cdef Py_ssize_t block, count = len(columns[names[0]]), step, of_step, row, number, width = len(names)
    cdef const float[::1] values
    table = np.empty((width * len(steps), count), np.float32)
    cdef float[:, ::1] out = table
    out[:] = -1
    for number in range(width):
        values = columns[names[number]]
        check(count, values.shape[0], values.shape[0])
        for of_step in range(len(steps)):
            row, step = of_step * width + number, steps[of_step]
            for block in range(max(0, -step), min(count, count - step)):
                out[row, block] = values[block + step]
    return dict(zip(shifted_names(names, steps), table))


@cache
def shifted_names(names, steps):
    return [f"{name}{step:+d}" for step in steps for name in names]


def window_columns(str name not None, const float[::1] values):
    """Sums of the named values over the blocks before and behind each block, by the width of the window."""
    cdef Py_ssize_t block, count = values.shape[0], row, width
    cdef double[::1] running = np.zeros(count + 1)
    table = np.empty((2 * WINDOWS, count), np.float32)
    cdef float[:, ::1] out = table
    for block in range(count):
        running[block + 1] = running[block] + values[block]
    for block in range(count):
        for row in range(WINDOWS):
            width = WINDOW[row]
            out[2 * row, block] = (running[block] - running[max(block - width, 0)]) / width
            out[2 * row + 1, block] = (running[min(block + width + 1, count)] - running[block + 1]) / width
    return dict(zip([f"{name}_{way}{WINDOW[row]}" for row in range(WINDOWS) for way in ("back", "on")], table))


def headline_columns(const float[::1] title_like):
    """The index of the headline, -1 where no block is like the stated title, and where blocks stand to it.

    Steps from the headline are on a logarithmic scale. ValueError without any block.
    """
    cdef Py_ssize_t block, headline = 0, count = title_like.shape[0]
    cdef double steps
    if not count:
        raise ValueError("no blocks")
    for block in range(count):
        if title_like[block] > title_like[headline]:
            headline = block
    if title_like[headline] <= <float>HEADLINE:
        headline = -1
    table = np.empty((2, count), np.float32)
    cdef float[:, ::1] out = table
    for block in range(count):
        steps = block - headline if headline >= 0 else -999
        out[0, block] = log1p(steps) if steps >= 0 else -log1p(-steps)
        out[1, block] = headline >= 0
    return headline, dict(zip(("since_title", "has_title"), table))
