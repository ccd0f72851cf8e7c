from libc.stdint cimport uint64_t

cdef enum:
    PAIR_WORDS = 4


cdef struct Pairs:
    uint64_t[PAIR_WORDS] bits


cpdef bint bounded(str phrase, str text, Py_ssize_t start, Py_ssize_t end)
cdef void add_pairs(Pairs* pairs, str text) noexcept


cdef class Alternatives:
    cdef readonly tuple phrases
    cdef tuple bare
    cdef Pairs* pairs
    cdef str first_among(self, str text, const Pairs* pairs, Py_ssize_t start, Py_ssize_t end)
