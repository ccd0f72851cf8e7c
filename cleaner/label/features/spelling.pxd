cdef bint is_letter(unsigned int char) noexcept
