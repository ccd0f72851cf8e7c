"""Learned numbers of words, found by the hash of a word's characters: no string is made to ask.

A page asks for thousands of words and finds few, so what counts is how fast a word is seen to be
unknown. The fifty bits or so that count tell thirty thousand words apart; that an unknown one passes
for one of them is a matter of one in a billion.
"""

from libc.stdint cimport uint32_t
from libc.stdlib cimport calloc, free, qsort

cdef uint64_t SEED = 14695981039346656037u

cdef enum:
    BITS_A_WORD = 8  # of the filter: at most one unknown word in eight gets past it
    LEAST_BITS = 9
    FEW = 32  # keys that are sorted faster by insertion


cdef int by_size(const void* left, const void* right) noexcept nogil:
    cdef uint64_t a = (<const uint64_t*>left)[0], b = (<const uint64_t*>right)[0]
    return (a > b) - (a < b)


cdef Py_ssize_t make_unique(uint64_t* keys, Py_ssize_t count) noexcept:
    """Sort words' keys and close up those that are there twice; returns how many are left."""
    cdef Py_ssize_t at, place, size = 0
    cdef uint64_t key
    if count > FEW:
        qsort(keys, count, sizeof(uint64_t), by_size)
    else:
        for at in range(1, count):
            key, place = keys[at], at
            while place and keys[place - 1] > key:
                keys[place] = keys[place - 1]
                place -= 1
            keys[place] = key
    for at in range(count):
        if not size or keys[at] != keys[size - 1]:
            keys[size] = keys[at]
            size += 1
    return size


cdef inline uint32_t mark_of(uint64_t key) noexcept:
    """What tells a key from others in the same place; zero marks a place that is free."""
    return (key >> 32) | 1


cdef class WordTable:
    """Words with a number each, in a table of keys with open addressing, half of it empty."""

    def __cinit__(self, words not None):
        cdef uint64_t key, slot, size = 8
        cdef Py_UCS4 char
        self.words = dict(words)
        while size < 2 * <uint64_t>len(self.words):
            size *= 2
        self.mask = size - 1
        self.shift = 64 - LEAST_BITS
        while <uint64_t>1 << (64 - self.shift) < BITS_A_WORD * <uint64_t>len(self.words):
            self.shift -= 1
        self.entries = <Entry*>calloc(size, sizeof(Entry))
        self.known = <uint64_t*>calloc(<uint64_t>1 << (64 - 6 - self.shift), sizeof(uint64_t))
        if self.entries == NULL or self.known == NULL:
            raise MemoryError
        for word, value in self.words.items():
            key = SEED
            for char in <str>word:
                key = mixed(key, <unsigned int>char)
            slot = key & self.mask
            while self.entries[slot].mark:
                slot = (slot + 1) & self.mask
            self.entries[slot].mark = mark_of(key)
            self.entries[slot].value = value
            slot = key >> self.shift
            self.known[slot >> 6] |= <uint64_t>1 << (slot & 63)

    def __dealloc__(self):
        free(self.entries)
        free(self.known)

    def __reduce__(self):
        return WordTable, (self.words,)

    cdef const float* look_up(self, uint64_t key) noexcept:
        cdef uint64_t slot = key & self.mask
        cdef uint32_t mark = mark_of(key)
        while self.entries[slot].mark:
            if self.entries[slot].mark == mark:
                return &self.entries[slot].value
            slot = (slot + 1) & self.mask
        return NULL
