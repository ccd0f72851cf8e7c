from libc.stdint cimport uint64_t

cdef uint64_t SEED


cdef inline uint64_t mixed(uint64_t key, unsigned int char) noexcept:
    """A word's 64-bit key (FNV-1a) with one more character; it begins with `SEED`."""
    return (key ^ char) * 1099511628211u


cdef class WordTable:
    cdef readonly dict words  # as it came, for who wants to look at it
    cdef uint64_t* keys
    cdef float* values
    cdef uint64_t mask
    cdef const float* find(self, uint64_t key) noexcept
