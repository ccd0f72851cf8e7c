cdef enum:
    # Mean characters of a word from which on a text is taken for a script without spaces.
    PLENTY_OF_CHARS_A_WORD = 12

cdef bint is_letter(unsigned int char) noexcept
