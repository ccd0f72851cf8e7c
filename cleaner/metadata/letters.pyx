"""Texts in, their words or how many letters of a script they have out; compiled, for each sign is asked."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(Py_UCS4 sign)
    bint Py_UNICODE_ISALPHA(Py_UCS4 sign)
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 sign)

cdef enum:
    COMMON = 0x250  # signs of Latin scripts, for which the answer is kept

cdef bint[COMMON] in_words
for number in range(COMMON):
    in_words[number] = Py_UNICODE_ISALNUM(number) and not Py_UNICODE_ISDECIMAL(number)


cdef inline bint is_of_word(Py_UCS4 sign) noexcept:
    """Whether a sign is a letter of a word as patterns know them: any word's but digits and the low line."""
    if sign < COMMON:
        return in_words[<int>sign]
    return Py_UNICODE_ISALNUM(sign) and not Py_UNICODE_ISDECIMAL(sign)


def words_of(str text not None, Py_ssize_t least=1, Py_ssize_t most=-1):
    """The runs of letters in a text that have so many, `[^\\W\\d_]{least,}`; of each at `most` so many."""
    cdef void* data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t size = len(text), at = 0, start
    cdef list words = []
    while at < size:
        start = at
        while at < size and is_of_word(PyUnicode_READ(kind, data, at)):
            at += 1
        if at > start and at - start >= least:
            words.append(PyUnicode_Substring(text, start, min(at, start + most) if most >= 0 else at))
        at += 1
    return words


def letters_in(str text not None):
    """How many letters a text has."""
    cdef void* data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t i, letters = 0
    for i in range(len(text)):
        letters += Py_UNICODE_ISALPHA(PyUnicode_READ(kind, data, i))
    return letters


def signs_between(str text not None, str edges not None):
    """How many signs of a text are in some ranges; `edges` are the first and last of each, in order."""
    cdef void* data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t i, edge, found = 0, several = len(edges)
    cdef Py_UCS4 sign, lowest = edges[0]
    for i in range(len(text)):
        sign = PyUnicode_READ(kind, data, i)
        if sign < lowest:
            continue
        for edge in range(0, several, 2):
            if edges[edge] <= sign <= edges[edge + 1]:
                found += 1
                break
    return found
