from libc.stdint cimport uint8_t


cdef inline bint is_ascii_space(uint8_t c) noexcept:
    return c == 32 or 9 <= c <= 13 or 28 <= c <= 31

cdef str decoded(const uint8_t* at, Py_ssize_t size)


cdef class BlockText:
    cdef uint8_t* text
    cdef Py_ssize_t room
    cdef Py_ssize_t size  # in bytes
    cdef Py_ssize_t chars
    cdef Py_ssize_t links  # characters of it inside links
    cdef bint broken
    cdef bint celled  # whether it has marks of cells
    cdef int reserve(self, Py_ssize_t size) except -1
    cdef void append(self, const uint8_t* at, const uint8_t* end, bint linked) noexcept
    cdef void add_space(self) noexcept
    cdef void add_break(self) noexcept
    cdef void add_cell(self) noexcept
    cdef void drop_cell(self) noexcept
    cdef bint is_capital(self) noexcept
    cdef void end_line(self) noexcept
    cdef void mark(self, uint8_t mark) noexcept
    cdef list take(self)
    cdef list take_lines(self)
    cdef void clear(self) noexcept
