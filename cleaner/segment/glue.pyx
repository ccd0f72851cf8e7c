"""Where a letter stands against a sign or letter that may end a sentence, compiled: a line in, places out.

Prose has a capital in every tenth place and hardly one of them stands so; finding the few is done
for every line of a text, what they are is asked of each in `sentences`.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint8_t

cdef extern from "Python.h":
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 char) noexcept

cdef enum:
    KNOWN = 0x20000  # code points: the basic plane, and that of emoji
    BEGINS = 1
    ENDS = 2
    LETTER = 4
    STOP = 8
    SIGN = 16


cdef class GlueFinder:
    """Finds places by five sets of characters, none of them beyond the first two planes.

    `begins` are letters that can begin a sentence, `ends` what can stand right before one where two
    sentences are glued; a number is glued where it follows one of `letters` and one of `stops`. `signs`
    are what editors set before a line.
    """

    cdef uint8_t[KNOWN] kinds

    def __init__(
        self, str begins not None, str ends not None, str letters not None, str stops not None, str signs not None
    ):
        cdef Py_UCS4 char
        for char in range(KNOWN):
            self.kinds[char] = 0
        for char in begins:
            self.kinds[char] |= BEGINS
        for char in ends:
            self.kinds[char] |= ENDS
        for char in letters:
            self.kinds[char] |= LETTER
        for char in stops:
            self.kinds[char] |= STOP
        for char in signs:
            self.kinds[char] |= SIGN

    def find(self, str line not None):
        """The places of letters that may begin a glued sentence, whether a number may begin one, and the
        places of signs, but for the first character."""
        cdef int kind = PyUnicode_KIND(line)
        cdef void* data = PyUnicode_DATA(line)
        cdef Py_UCS4 char
        cdef Py_ssize_t at
        cdef uint8_t before = 0, above = 0, here
        cdef list places = [], signs = []
        cdef bint numbered = False
        for at in range(len(line)):
            char = PyUnicode_READ(kind, data, at)
            here = self.kinds[char] if char < KNOWN else 0
            if here & BEGINS and before & ENDS:
                places.append(at)
            elif before & STOP and above & LETTER and Py_UNICODE_ISDECIMAL(char):
                numbered = True
            elif here & SIGN and at:
                signs.append(at)
            above, before = before, here
        return places, numbered, signs
