from libc.stdint cimport uint64_t

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


cdef class NameOdds:
    cdef readonly WordTable near
    cdef readonly WordTable far
    cdef Promise promise(self, str attrs)
    cdef Promise promise_of_name(self, Names* names, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef void add(self, Promise* promise, uint64_t key, bint* near_known, bint* far_known) noexcept
