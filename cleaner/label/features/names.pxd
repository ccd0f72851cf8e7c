from libc.stdint cimport uint8_t, uint64_t

from cleaner.label.features.wordtable cimport WordTable


cdef enum:
    UNNAMED = 9


cdef struct Promise:
    # What an element's names promise: lowest and highest log-odds, near and far, and known places.
    float low_near
    float high_near
    float low_far
    float high_far
    float body
    float aside
    float landmark  # how sure a name of the article's container it is, 1 the surest; `UNNAMED` for others
    float apart  # whether it is a name of what is no article


cdef struct Names:
    # A walk over the names in an element's attributes: where it is, and where the value it is in ends.
    int kind
    void* data
    Py_ssize_t size
    Py_ssize_t at
    Py_ssize_t value_end
    Py_ssize_t left


cdef struct Sense:
    # What is known of one word, or of one whole name, which has a dot before it.
    # They are hit at random, so their size counts.
    float near
    float far
    uint8_t near_known
    uint8_t far_known
    uint8_t body
    uint8_t aside
    uint8_t apart
    uint8_t landmark


cdef class NameOdds:
    cdef readonly dict near
    cdef readonly dict far
    cdef WordTable numbers  # of all words that anything is known of
    cdef Sense* senses  # of each of these
    cdef const Sense* sense_of(self, uint64_t key) noexcept
    cdef Promise promise(self, str attrs)
    cdef Promise promise_of_name(self, Names* names, Py_ssize_t start, Py_ssize_t end) noexcept
