"""Signs that may end a sentence (those of `signs.STOPS`), compiled: a text in, places behind them out.

Whether one does end a sentence is not asked (`sentences` does): where a paragraph may hold a prompt is to be
seen at a glance, in all of a page's paragraphs. What is learned of these glances goes by this choice of signs.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ


cdef inline bint is_stop(Py_UCS4 char) noexcept:
    return char in ".!?…؟۔։。！？｡।॥።។။"


def first_stop(str text not None, Py_ssize_t least):
    """The place behind the first stop that has at least so many characters before it, or the text's end.

    IndexError for fewer than none.
    """
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at
    if least < 0:
        raise IndexError("no place in the text")
    for at in range(least, len(text)):
        if is_stop(PyUnicode_READ(kind, data, at)):
            return at + 1
    return len(text)


def last_stop(str text not None, Py_ssize_t end):
    """The place behind the last stop before a place in the text, or its beginning. IndexError for no place in it."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at
    if end > len(text):
        raise IndexError("no place in the text")
    for at in range(end - 1, -1, -1):
        if is_stop(PyUnicode_READ(kind, data, at)):
            return at + 1
    return 0
