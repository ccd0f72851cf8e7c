cdef enum:
    # Mean characters of a word from which on a text is taken for a script without spaces.
    PLENTY_OF_CHARS_A_WORD = 12

cdef bint is_letter(unsigned int char) noexcept
cdef str lowerable(str text)


cdef extern from "Python.h":
    unsigned int Py_UNICODE_TOLOWER(unsigned int char) noexcept


cdef inline unsigned int lowered(unsigned int char) noexcept:
    """A character of a `lowerable` text in lower case."""
    if char < 128:
        return char | 32 if c"A" <= char <= c"Z" else char
    return Py_UNICODE_TOLOWER(char)
