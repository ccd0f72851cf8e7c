# cython: wraparound=False
"""Where each block stands in the markup, compiled: a page's elements in, columns per block out.

The surest signs that markup gives are here: what the containers' tags and class names promise,
how linked and how fragmented the containers are, and how often the likes of them repeat.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND
from libc.math cimport log, log1p
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc

import numpy as np

from cleaner.label.features.frame cimport LEVELS, Frame
from cleaner.label.features.landmarks import landmark_columns
from cleaner.label.features.names cimport UNNAMED, NameOdds, Promise
from cleaner.label.features.wordtable cimport SEED, mixed

TAGS = (
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "tr", "blockquote", "figcaption", "button",
    "section", "article", "header", "footer", "aside", "dt", "dd", "summary", "pre", "form", "label",
    "figure", "nav", "main", "body", "ul", "center", "th", "legend", "address", "caption", "details", "table",
    "menu", "hgroup", "fieldset", "select", "ol", "dl",
)
cdef dict TAG_NUMBERS = {tag: number for number, tag in enumerate(TAGS, 1)}

AROUND = {
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
cdef enum:
    GROUPS = 13
    NO_GROUP = -1

cdef str CLASS = ' class="'

ctypedef fused Unit:
    uint8_t
    uint16_t
    uint32_t

cdef dict GROUP_OF_TAG = {tag: number for number, tags in enumerate(AROUND.values()) for tag in tags}


cdef list CONTAINER_NAMES = [f"c{level}_{name}" for level in range(LEVELS) for name in ("links", "blocks", "mean")]
cdef tuple SIBLING_NAMES = (
    "same_links", "same_count", "same_parent_links", "same_parent_count", "same_pair_links", "same_pair_count",
    *(f"twins{level}" for level in range(LEVELS)), "siblings",
)


cdef dict rows(names, table):
    return dict(zip(names, table))


def ancestor_columns(Frame frame not None, list tags not None, list hidden not None):
    """Tags of the block's own element and of those around it, and how many of each kind are around.

    ValueError for more or fewer tags than elements, or flags where there are any.
    """
    cdef Py_ssize_t element, block, group
    cdef int own
    table = np.empty((5 + GROUPS, frame.blocks), np.float32)
    cdef float[:, ::1] out = table
    cdef int[::1] numbers = np.zeros(frame.count, np.int32)
    cdef int[:, ::1] around = np.zeros((frame.count, GROUPS), np.int32)
    frame.check(len(tags), frame.blocks)
    frame.check(len(hidden) or frame.count, frame.blocks)
    for element in range(len(tags)):
        if element:
            for group in range(GROUPS):  # a slice would cost more to describe than to copy
                around[element, group] = around[frame.parents[element], group]
        tag = tags[element]
        numbers[element] = TAG_NUMBERS.get(tag, 0)
        group = GROUP_OF_TAG.get(tag, NO_GROUP)
        if group != NO_GROUP:
            around[element, group] += 1
    for block in range(frame.blocks):
        own = frame.own[block]
        out[0, block] = numbers[own]
        out[1, block] = numbers[frame.parents[own]]
        out[2, block] = numbers[frame.above(own, 2)]
        out[3, block] = <bint>hidden[own] if hidden else False
        out[4, block] = frame.depths[own]
        for group in range(GROUPS):
            out[5 + group, block] = around[own, group]
    return rows(("tag", "parent_tag", "grandparent_tag", "hidden", "depth", *AROUND), table)


def name_columns(
    Frame frame not None, list tags not None, list attrs not None, list inline_attrs not None,
    NameOdds odds not None, const float[::1] prose, const float[::1] chars,
):
    """What the class and id words of the block, its containers and its inline markup promise.

    Containers' names add up along the chain of ancestors, the page's own element left out: it is
    named after everything the page can be. The columns of `landmark_columns` come with them.
    ValueError where an element or a block has not one value of each.
    """
    cdef Py_ssize_t element, block
    cdef int own, parent, level
    cdef double best = -99
    cdef Promises promises = Promises(odds, frame.count + frame.blocks)
    cdef double[::1] blocks = np.zeros(frame.count)
    cdef double[:, ::1] chains = np.zeros((frame.count, 4))
    cdef float[:, ::1] near = np.zeros((frame.count, 4), np.float32)
    cdef float[::1] marks = np.empty(frame.count, np.float32), apart = np.zeros(frame.count, np.float32)
    cdef const Promise* promise
    cdef str names
    table = np.zeros((14, frame.blocks), np.float32)
    cdef float[:, ::1] out = table
    marks[:] = UNNAMED
    frame.check(len(tags), prose.shape[0])
    frame.check(len(attrs), chars.shape[0])
    frame.check(frame.count, len(inline_attrs))
    for block in range(frame.blocks):
        blocks[frame.own[block]] += 1
    frame.sum_up(blocks)
    for element in range(1, frame.count):
        parent = frame.parents[element]
        for level in range(4):
            chains[element, level] = chains[parent, level]
        apart[element] = apart[parent]
        names = attrs[element]
        if not blocks[element] or not names:
            continue
        promise = promises.of(names)
        near[element, 0], near[element, 1] = promise.low_near, promise.high_near
        near[element, 2], near[element, 3] = promise.low_far, promise.high_far
        chains[element, 0] += min(promise.low_far, 0)
        chains[element, 1] += max(promise.high_far, 0)
        chains[element, 2] += promise.body
        chains[element, 3] += promise.aside
        marks[element] = promise.landmark
        apart[element] += promise.apart
    for block in range(frame.blocks):
        own = frame.own[block]
        names = inline_attrs[block]
        if names:
            out[0, block] = promises.of(names).low_near
        for level in range(4):
            element = frame.above(own, level)
            out[1 + 2 * level, block] = near[element, 0 if level < 2 else 2]
            out[2 + 2 * level, block] = near[element, 1 if level < 2 else 3]
            out[9 + level, block] = chains[own, level]
        if prose[block] > 0:
            best = max(best, out[9, block] + out[10, block])
    for block in range(frame.blocks):
        out[13, block] = out[9, block] + out[10, block] - best
    return rows(
        (
            "inline_low", "own_low", "own_high", "parent_low", "parent_high", "above2_low", "above2_high",
            "above3_low", "above3_high", "chain_low", "chain_high", "in_body_name", "in_aside_name",
            "chain_best",
        ),
        table,
    ) | landmark_columns(frame, tags, marks, apart, chars)


cdef class Promises:
    """The promises of attributes, which recur all over a page: each is read once."""

    cdef NameOdds odds
    cdef dict numbers
    cdef Promise* made
    cdef Py_ssize_t count

    def __cinit__(self, NameOdds odds, Py_ssize_t most):
        self.odds, self.numbers, self.count = odds, {}, 0
        self.made = <Promise*>malloc(most * sizeof(Promise))
        if self.made == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.made)

    cdef const Promise* of(self, str attrs):
        number = self.numbers.get(attrs)
        if number is None:
            self.made[self.count] = self.odds.promise(attrs)
            self.numbers[attrs] = number = self.count
            self.count += 1
        return &self.made[<Py_ssize_t>number]


def container_columns(Frame frame not None, const float[::1] chars, const float[::1] links):
    """How linked, how full and how fragmented each of the containers around a block is.

    ValueError for more or fewer values than blocks.
    """
    cdef Py_ssize_t block
    cdef int level, element, row
    cdef double[:, ::1] sums = np.zeros((3, frame.count))  # characters, linked characters, blocks
    cdef float[:, ::1] told = np.zeros((frame.count, 3), np.float32)
    table = np.empty((3 * LEVELS, frame.blocks), np.float32)
    cdef float[:, ::1] out = table
    frame.check(frame.count, chars.shape[0])
    frame.check(frame.count, links.shape[0])
    for block in range(frame.blocks):
        element = frame.own[block]
        sums[0, element] += chars[block]
        sums[1, element] += links[block]
        sums[2, element] += 1
    for row in range(3):
        frame.sum_up(sums[row])
    for element in range(frame.count):
        if sums[2, element]:
            told[element, 0] = sums[1, element] / max(sums[0, element], 1)
            told[element, 1] = log1p(sums[2, element])
            told[element, 2] = log1p(sums[0, element] / sums[2, element])
    for block in range(frame.blocks):
        element = frame.own[block]
        for level in range(LEVELS):
            for row in range(3):
                out[3 * level + row, block] = told[element, row]
            element = frame.parents[element]
    return rows(CONTAINER_NAMES, table)


cdef class Makes:
    """Which elements are made alike (same tag and class), and which blocks' containers are.

    `of_block` has a row each for a block's own element, its parent, and both together. Makes are told
    apart by 64-bit hashes. ValueError for more or fewer tags or attributes than elements.
    """

    cdef readonly object of_block
    cdef int[::1] twins  # for each element how many of its siblings, itself included, are made like it

    def __init__(self, Frame frame not None, list tags not None, list attrs not None):
        cdef Py_ssize_t element, block
        cdef uint64_t[::1] makes = np.zeros(frame.count, np.uint64)
        cdef Numbering numbers = Numbering(frame.count), siblings = Numbering(frame.count)
        cdef Numbering pairs = Numbering(frame.blocks)
        cdef int[::1] sibling = np.empty(frame.count, np.int32), make = np.empty(frame.count, np.int32)
        cdef int[::1] size = np.zeros(frame.count, np.int32)
        cdef uint64_t own, around
        cdef int[:, ::1] out
        frame.check(len(tags), frame.blocks)
        frame.check(len(attrs), frame.blocks)
        self.of_block = np.empty((3, frame.blocks), np.int32)
        self.twins = np.empty(frame.count, np.int32)
        out = self.of_block
        for element in range(len(tags)):
            makes[element] = make_key(tags[element], attrs[element])
        for element in range(frame.count):
            make[element] = numbers.of(makes[element])
            sibling[element] = siblings.of(hashed(makes[element], frame.parents[element]))
            size[sibling[element]] += 1
        for element in range(frame.count):
            self.twins[element] = size[sibling[element]]
        for block in range(frame.blocks):
            own, around = frame.own[block], frame.parents[frame.own[block]]
            out[0, block], out[1, block] = make[own], make[around]
            out[2, block] = pairs.of(hashed(makes[own], makes[around]))


cdef class Numbering:
    """Numbers for keys in the order of their coming, in a table with open addressing."""

    cdef uint64_t* keys
    cdef int* numbers
    cdef uint64_t mask
    cdef int count

    def __cinit__(self, Py_ssize_t most):
        cdef uint64_t size = 8
        while size < 2 * <uint64_t>most:
            size *= 2
        self.mask, self.count = size - 1, 0
        self.keys = <uint64_t*>calloc(size, sizeof(uint64_t))
        self.numbers = <int*>calloc(size, sizeof(int))
        if self.keys == NULL or self.numbers == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.keys)
        free(self.numbers)

    cdef int of(self, uint64_t key) noexcept:
        cdef uint64_t slot
        key = key or 1  # zero marks what is empty
        slot = key & self.mask
        while self.keys[slot] and self.keys[slot] != key:
            slot = (slot + 1) & self.mask
        if not self.keys[slot]:
            self.keys[slot] = key
            self.numbers[slot] = self.count
            self.count += 1
        return self.numbers[slot]


cdef inline uint64_t hashed(uint64_t key, uint64_t more) noexcept:
    """Two hashes made one; their order counts."""
    key = (key * 0x9E3779B97F4A7C15u ^ more) * 0xBF58476D1CE4E5B9u
    return key ^ key >> 29


cdef uint64_t make_key(str tag, str attrs) except? 0:
    """A hash of an element's tag and class attribute."""
    cdef uint64_t key = add_characters(SEED, tag, 0, len(tag))
    cdef Py_ssize_t start, end
    if attrs:
        start = attrs.find(CLASS)
        if start >= 0:
            start += len(CLASS)
            end = attrs.find('"', start)
            key = add_characters(key, attrs, start, end if end >= 0 else len(attrs))
    return key


cdef uint64_t add_characters(uint64_t key, str text, Py_ssize_t start, Py_ssize_t end) noexcept:
    """A hash with those of a part of a text added; how wide the text's characters are stored makes no difference."""
    cdef const void* data = PyUnicode_DATA(text)
    if PyUnicode_KIND(text) == 1:
        return add_units(key, <const uint8_t*>data + start, end - start)
    if PyUnicode_KIND(text) == 2:
        return add_units(key, <const uint16_t*>data + start, end - start)
    return add_units(key, <const uint32_t*>data + start, end - start)


cdef uint64_t add_units(uint64_t key, const Unit* at, Py_ssize_t size) noexcept:
    cdef uint64_t eight, high
    cdef int i
    while size >= 8:
        eight = high = 0
        for i in range(8):  # which the compiler makes one load of single bytes
            eight |= <uint64_t>(at[i] & 0xFF) << (8 * i)
            if sizeof(Unit) > 1:
                high = high * 31 + (at[i] >> 8)
        key = hashed(key, eight)
        if high:
            key = hashed(key, high)
        at += 8
        size -= 8
    for i in range(<int>size):
        key = mixed(key, at[i])
    return key


def sibling_columns(Frame frame not None, Makes makes not None, const float[::1] links, const float[::1] chars):
    """How the blocks of the same make fare, and how often the containers around repeat.

    Paragraphs of an article stand side by side in one container; the cards of a teaser list and
    the posts of a discussion each have a container of their own, one like the other. ValueError for
    values of other blocks or makes of another page.
    """
    cdef Py_ssize_t block, group
    cdef int level, element, row
    cdef int[:, ::1] groups = makes.of_block
    cdef double[:, ::1] sums = np.empty((max(frame.blocks, frame.count) + 1, 3))  # links, characters, blocks
    cdef int[::1] beside = np.zeros(frame.count, np.int32)
    table = np.empty((7 + LEVELS, frame.blocks), np.float32)
    cdef float[:, ::1] out = table
    frame.check(makes.twins.shape[0], groups.shape[1])
    frame.check(frame.count, links.shape[0])
    frame.check(frame.count, chars.shape[0])
    for row in range(3):
        sums[:] = 0
        for block in range(frame.blocks):
            group = groups[row, block]
            sums[group, 0] += links[block]
            sums[group, 1] += chars[block]
            sums[group, 2] += 1
        for block in range(frame.blocks):
            group = groups[row, block]
            out[2 * row, block] = sums[group, 0] / max(sums[group, 1], 1)
            out[2 * row + 1, block] = log1p(sums[group, 2])
    for block in range(frame.blocks):
        element = frame.own[block]
        beside[frame.parents[element]] += 1
        for level in range(LEVELS):
            out[6 + level, block] = log(makes.twins[element])
            element = frame.parents[element]
    for block in range(frame.blocks):
        out[6 + LEVELS, block] = log1p(beside[frame.parents[frame.own[block]]])
    return rows(SIBLING_NAMES, table)


def kinship_columns(Frame frame not None, str name not None, Py_ssize_t relative):
    """How closely each block is related to one block of the page, by their innermost common container.

    `relative` is the index of the headline or of the longest paragraph; -1 where there is none. IndexError
    for one that is no block.
    """
    cdef Py_ssize_t block
    cdef int element, depth
    cdef int[::1] common = np.zeros(frame.count, np.int32)
    table = np.empty((2, frame.blocks), np.float32)
    cdef float[:, ::1] out = table
    out[:] = -1
    if relative >= frame.blocks:
        raise IndexError("no block of the page")
    if relative >= 0:
        element = frame.own[relative]
        depth = frame.depths[element]
        while element:
            common[element] = 1
            element = frame.parents[element]
        common[0] = 1
        for element in range(1, frame.count):
            common[element] += common[frame.parents[element]]
        for block in range(frame.blocks):
            element = frame.own[block]
            out[0, block] = frame.depths[element] - common[element]
            out[1, block] = depth - common[element]
    return rows((f"{name}_up", f"{name}_down"), table)
