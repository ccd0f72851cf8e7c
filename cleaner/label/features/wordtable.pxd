from libc.stdint cimport uint32_t, uint64_t

cdef uint64_t SEED


cdef inline uint64_t mixed(uint64_t key, unsigned int char) noexcept:
    """A word's 64-bit key (FNV-1a) with one more character; it begins with `SEED`."""
    return (key ^ char) * 1099511628211u


cdef Py_ssize_t make_unique(uint64_t* keys, Py_ssize_t count) noexcept


cdef struct Entry:
    # Half of a word's key, the other half being where it stands: a table is asked all over, so its size counts.
    uint32_t mark
    float value


cdef class WordTable:
    cdef readonly dict words  # as it came, for who wants to look at it
    cdef Entry* entries
    cdef uint64_t mask
    cdef uint64_t* known  # one bit for every key with the same first bits
    cdef int shift  # by which a key is shifted to get its bit
    cdef const float* look_up(self, uint64_t key) noexcept

    cdef inline const float* find(self, uint64_t key) noexcept:
        """Where the number of the word with this key stands; NULL for an unknown word."""
        # Most words are unknown, and the bits stay in the cache, as the table does not.
        cdef uint64_t bit = key >> self.shift
        if not self.known[bit >> 6] >> (bit & 63) & 1:
            return NULL
        return self.look_up(key)
