from libc.stdint cimport uint8_t


cdef enum:
    AROUND = 5  # elements around one that are remembered with it
    DEEPEST = 512  # open elements that are followed; of a tamed page only drawings have more


cdef class Element:
    cdef bytes _markup
    cdef readonly Py_ssize_t place
    cdef readonly str tag
    cdef Py_ssize_t _around[AROUND]
    cdef int _levels
    cdef dict _attributes


cdef class Walk:
    cdef bytes markup
    cdef const uint8_t* begin
    cdef const uint8_t* at
    cdef const uint8_t* end
    cdef const uint8_t* name
    cdef const uint8_t* attrs  # where the name ends
    cdef const uint8_t* stop  # where the tag ends
    cdef const uint8_t* text
    cdef const uint8_t* text_end
    cdef Py_ssize_t open[DEEPEST]
    cdef int depth
    cdef bint within  # one element, with the end of which the way ends
    cdef Element found(self, str tag=*)
    cdef bint next_element(self) noexcept
    cdef bint next_text(self) noexcept
    cdef bint step(self) noexcept
    cdef void leave(self) noexcept
    cdef void enter(self, const uint8_t* name, const uint8_t* attrs, const uint8_t* stop, bint void) noexcept


cdef int note_marked(Walk walk, list found) except -1
