cdef enum:
    LEVELS = 5  # containers looked at above a block: its own element and four around it


cdef class Frame:
    cdef readonly Py_ssize_t count  # of elements
    cdef readonly Py_ssize_t blocks
    cdef int[::1] parents
    cdef int[::1] ends
    cdef int[::1] own
    cdef int[::1] depths
    cdef int check(self, Py_ssize_t elements, Py_ssize_t blocks) except -1
    cdef int above(self, int element, int steps) noexcept
    cdef void sum_up(self, double[::1] sums) noexcept
    cdef bint holds(self, int element, int other) noexcept
