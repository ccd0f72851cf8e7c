from libc.stdint cimport uint64_t

from cleaner.label.features.wordtable cimport WordTable


cdef struct Promise:
    # What an element's names promise: lowest and highest log-odds, near and far, and known places.
    float low_near
    float high_near
    float low_far
    float high_far
    float body
    float aside


cdef class NameOdds:
    cdef readonly WordTable near
    cdef readonly WordTable far
    cdef Promise promise(self, str attrs)
    cdef Promise promise_of_name(self, str name)
    cdef void add(self, Promise* promise, uint64_t key, bint* near_known, bint* far_known) noexcept
