# cython: wraparound=False
"""How like a page's blocks are to what the page says of itself, compiled: texts in, shares out.

The headline is the block most like the stated title, the article's text often stands in the page's
data as a whole. Most blocks are like neither, so each is first asked for something that would have to
be in common: a word, or a run of four characters.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc

import numpy as np

from cleaner.label.features.spelling cimport Speller, lowerable, lowered, spell
from cleaner.label.features.wordtable cimport SEED, make_unique

cdef extern from "Python.h":
    const Py_ssize_t PY_SSIZE_T_MAX
    bint Py_UNICODE_ISALNUM(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISSPACE(Py_UCS4 char) noexcept

# Times one text may be longer than another to be compared: beyond it they cannot be alike.
cdef double ALIKE = 2.5

# Characters of an article's text that blocks are looked for in: the time grows with both.
cdef Py_ssize_t LARGEST = 100_000

ctypedef fused Unit:
    uint8_t
    uint16_t
    uint32_t

cdef enum:
    MARK_BITS = 10  # of the words of what is stated
    RUN_BITS = 16  # of the runs of characters in an article's text
    RUN = 4


# ------------------------------------------------------------------ bits

cdef struct Bits:
    # One bit for all hashes that begin alike: it tells at once of most that they are not there.
    uint64_t[1 << (RUN_BITS - 6)] words
    int shift


cdef void clear(Bits* bits, int width) noexcept:
    cdef Py_ssize_t i
    bits.shift = 64 - width
    for i in range(1 << (width - 6)):
        bits.words[i] = 0


cdef inline void add(Bits* bits, uint64_t key) noexcept:
    key >>= bits.shift
    bits.words[key >> 6] |= <uint64_t>1 << (key & 63)


cdef inline bint may_hold(const Bits* bits, uint64_t key) noexcept:
    key >>= bits.shift
    return bits.words[key >> 6] >> (key & 63) & 1


# ------------------------------------------------------------------ words

cdef inline bint is_word_char(unsigned int char) noexcept:
    if char < 128:
        return c"a" <= (char | 32) <= c"z" or c"0" <= char <= c"9" or char == c"_"
    return Py_UNICODE_ISALNUM(char)


cdef Py_ssize_t keys_of(str text, uint64_t* keys):
    """The hashes (FNV-1a) of a text's words, in their order; returns how many, at most its characters."""
    cdef str lower = lowerable(text)
    cdef const void* data = PyUnicode_DATA(lower)
    if PyUnicode_KIND(lower) == 1:
        return words_of(<const uint8_t*>data, len(lower), keys)
    if PyUnicode_KIND(lower) == 2:
        return words_of(<const uint16_t*>data, len(lower), keys)
    return words_of(<const uint32_t*>data, len(lower), keys)


cdef Py_ssize_t words_of(const Unit* chars, Py_ssize_t length, uint64_t* keys) noexcept:
    """The hashes of words, as they stand; returns how many."""
    cdef Speller speller = Speller(SEED, 0)
    cdef Py_ssize_t at, size = 0
    cdef unsigned int char
    cdef uint64_t key
    for at in range(length + 1):
        char = chars[at] if at < length else c" "
        key = spell(&speller, lowered(char), is_word_char(char))
        if key:
            keys[size] = key
            size += 1
    return size


cdef class WordSet:
    """The different words of a stated text as sorted hashes, and the group it belongs to."""

    cdef uint64_t* keys
    cdef Py_ssize_t size
    cdef Py_ssize_t length  # of the text, in characters
    cdef Py_ssize_t group

    def __cinit__(self, str text not None, Py_ssize_t group):
        self.length, self.group = len(text), group
        # Lower case may take two characters for one.
        self.keys = <uint64_t*>malloc((2 * len(text) + 1) * sizeof(uint64_t))
        if self.keys == NULL:
            raise MemoryError
        self.size = make_unique(self.keys, keys_of(text, self.keys))

    def __dealloc__(self):
        free(self.keys)

    cdef bint near(self, Py_ssize_t length) noexcept:
        """Whether a text of that length can be alike."""
        return self.length < ALIKE * length and length < ALIKE * self.length

    cdef double likeness(self, const uint64_t* keys, Py_ssize_t size) noexcept:
        """Share of words in common with a text's, 0..1 (Dice)."""
        cdef Py_ssize_t mine = 0, others = 0, common = 0
        while mine < self.size and others < size:
            if self.keys[mine] == keys[others]:
                common += 1
                mine += 1
                others += 1
            elif self.keys[mine] < keys[others]:
                mine += 1
            else:
                others += 1
        return 2.0 * common / (self.size + size) if common else 0.0


def likest(list texts not None, stated):
    """How like each text is to the likest in each of the groups of stated ones, by their sets of words.

    Texts of very different length are not compared. One row of shares, 0..1, for each group.
    """
    cdef list sets = [WordSet(text, group) for group, told in enumerate(stated) for text in told]
    cdef WordSet other
    cdef Py_ssize_t row, size, at, shortest = PY_SSIZE_T_MAX, longest = 0
    cdef str text
    cdef Bits marks
    cdef bint shared
    likes = np.zeros((len(stated), len(texts)), np.float32)
    cdef float[:, ::1] out = likes
    clear(&marks, MARK_BITS)
    for other in sets:
        shortest, longest = min(shortest, other.length), max(longest, other.length)
        for at in range(other.size):
            add(&marks, other.keys[at])
    cdef uint64_t* keys = <uint64_t*>malloc((<Py_ssize_t>(2 * ALIKE * longest) + 1) * sizeof(uint64_t))
    if keys == NULL:
        raise MemoryError
    try:
        for row in range(len(texts)):
            text = texts[row]
            if not shortest < ALIKE * len(text) < ALIKE * ALIKE * longest:
                continue  # as nearly all
            size, shared = keys_of(text, keys), False
            for at in range(size):
                shared |= may_hold(&marks, keys[at])
            if not shared:
                continue
            size = make_unique(keys, size)
            for other in sets:
                if other.near(len(text)):
                    out[other.group, row] = max(out[other.group, row], <float>other.likeness(keys, size))
    finally:
        free(keys)
    return likes


# ------------------------------------------------------------------ containment

def stands_in(list texts not None, str whole not None):
    """1 for each text whose characters stand in a whole one in a row, white space aside; -1 for others.

    Of a whole text beyond any article's size only the beginning is looked at.
    """
    cdef str flat = "".join(whole[:LARGEST].split()), text, sought
    cdef Bits runs
    cdef Py_ssize_t row, place, behind = 0
    found = np.empty(len(texts), np.float32)
    cdef float[::1] out = found
    clear(&runs, RUN_BITS)
    may_contain(&runs, flat, True)
    for row in range(len(texts)):
        text = texts[row]
        out[row] = -1
        if may_contain(&runs, text, False):
            sought = "".join(text.split())
            # A paragraph mostly stands right behind the one before it.
            place = behind if flat.startswith(sought, behind) else flat.find(sought)
            if place >= 0:
                out[row], behind = 1, place + len(sought)
    return found


cdef bint may_contain(Bits* runs, str text, bint adding) noexcept:
    """Whether all runs of the text's characters, white space aside, are there; or add them."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at, seen = 0
    cdef uint64_t run = 0, key
    cdef unsigned int char
    for at in range(len(text)):
        char = PyUnicode_READ(kind, data, at)
        if Py_UNICODE_ISSPACE(char):
            continue
        run = run << 16 ^ char  # four characters: what is beyond sixteen bits of one mixes with the next
        seen += 1
        if seen < RUN:
            continue
        key = (run ^ run >> 31) * 0x9E3779B97F4A7C15u
        if adding:
            add(runs, key)
        elif not may_hold(runs, key):
            return False
    return True
