from libc.stdint cimport uint64_t

cdef enum:
    FILTER_BITS = 18
    FILTER_WORDS = 1 << (FILTER_BITS - 6)

cdef uint64_t SEED


cdef inline uint64_t mixed(uint64_t key, unsigned int char) noexcept:
    """A word's 64-bit key (FNV-1a) with one more character; it begins with `SEED`."""
    return (key ^ char) * 1099511628211u


cdef Py_ssize_t make_unique(uint64_t* keys, Py_ssize_t count) noexcept


cdef struct Entry:
    uint64_t key
    float value


cdef class WordTable:
    cdef readonly dict words  # as it came, for who wants to look at it
    cdef Entry* entries
    cdef uint64_t mask
    cdef uint64_t[FILTER_WORDS] known
    cdef const float* look_up(self, uint64_t key) noexcept

    cdef inline const float* find(self, uint64_t key) noexcept:
        """Where the number of the word with this key stands; NULL for an unknown word."""
        # Most words are unknown, and 32 kB of bits stay in the cache, as the table does not.
        cdef uint64_t bit = key >> (64 - FILTER_BITS)
        if not self.known[bit >> 6] >> (bit & 63) & 1:
            return NULL
        return self.look_up(key)
