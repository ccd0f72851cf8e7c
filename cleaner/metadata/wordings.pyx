"""Texts in, their letters and digits out, for comparing wordings; compiled, for headings and names are many."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_KIND, PyUnicode_READ
from libc.stdlib cimport free, malloc

cdef enum:
    APART = 11  # the vertical tab, which stands between texts


cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(Py_UCS4 sign)


cdef str letters_of(str text):
    """The letters and digits of a text, and the signs that part it from others."""
    cdef void* data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t i, kept = 0
    cdef Py_UCS4 sign
    cdef Py_UCS4* letters = <Py_UCS4*>malloc((len(text) + 1) * sizeof(Py_UCS4))
    if letters == NULL:
        raise MemoryError
    for i in range(len(text)):
        sign = PyUnicode_READ(kind, data, i)
        if sign == APART or Py_UNICODE_ISALNUM(sign):
            letters[kept] = sign
            kept += 1
    try:
        return PyUnicode_FromKindAndData(4, letters, kept)
    finally:
        free(letters)


def bare(str text not None):
    """Letters and digits of `text`, folded, for comparing wordings."""
    return letters_of(text.casefold()).replace("\v", "")


def all_bare(list texts not None):
    """`bare` of each text that has no vertical tab, in one go."""
    return letters_of("\v".join(texts).casefold()).split("\v")
