"""How often pieces of text recur in a longer text, compiled: a text and pieces in, a count of each out.

Pages carry their article twice, and what gives it away is a piece of it that stands in two places. All
pieces, which are of one length, are looked for in one pass, by a hash that rolls over the text
(Karp and Rabin 1987, "Efficient randomized pattern-matching algorithms"). It rolls only where one may be: a
piece is longer than the few characters that are asked for at every so many places, so one of these is in it.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free

cdef uint64_t BASE = 0x9E3779B97F4A7C15u  # odd, so that no character's share is ever lost

cdef enum:
    MARK_BITS = 15  # of the filter that most of the text does not get past
    ROOM = 16  # slots for each piece, so that most keys are told by an empty one
    GRAM = 8  # characters that it is asked for, by the lowest byte of each


ctypedef fused Char:
    uint8_t
    uint16_t
    uint32_t


cdef struct Piece:
    uint64_t key
    Py_ssize_t last  # where in the text it was found last
    Py_ssize_t count


def count_pieces(str text not None, list pieces not None):
    """How often each piece stands in a text, as `str.count` does; ValueError unless all have one length."""
    cdef dict numbers = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    cdef Py_ssize_t size = len(pieces[0]) if pieces else 0
    if not pieces:
        return []
    if not size or any(len(piece) != size for piece in numbers):
        raise ValueError("pieces need one length, of at least one character")
    cdef Search search = Search(list(numbers), size)
    search.roll_over(text)
    return [search.count_of(numbers[piece]) for piece in pieces]


cdef class Search:
    """Different pieces of one length, and how often each was found."""

    cdef list pieces
    cdef Py_ssize_t size
    cdef Py_ssize_t gram  # characters that the filter is asked for
    cdef Piece* found
    cdef int* slots  # number of the piece with the key that belongs here, counted from one
    cdef uint64_t mask
    cdef uint64_t gone  # what the first character of a piece's length is multiplied by, once it falls out
    cdef uint64_t[1 << (MARK_BITS - 6)] marks

    def __cinit__(self, list pieces not None, Py_ssize_t size):
        cdef Py_ssize_t number
        cdef uint64_t slot, slots = 8
        self.pieces, self.size, self.gram = pieces, size, min(size, <Py_ssize_t>GRAM)
        while slots < ROOM * <uint64_t>len(pieces):
            slots *= 2
        self.gone = BASE
        for slot in range(size):
            self.gone *= BASE
        self.mask = slots - 1
        self.found = <Piece*>calloc(len(pieces), sizeof(Piece))
        self.slots = <int*>calloc(slots, sizeof(int))
        if self.found == NULL or self.slots == NULL:
            raise MemoryError
        for number in range(len(pieces)):
            self.add(number, pieces[number])

    def __dealloc__(self):
        free(self.found)
        free(self.slots)

    cdef void add(self, Py_ssize_t number, str piece) noexcept:
        """Give a piece its place by its key, and mark all that stands anywhere in it."""
        cdef int kind = PyUnicode_KIND(piece)
        cdef void* data = PyUnicode_DATA(piece)
        cdef Py_ssize_t at
        cdef uint64_t key = 0, gram = 0, slot
        cdef uint32_t char
        for at in range(self.size):
            char = PyUnicode_READ(kind, data, at)
            key = (key + char + <uint64_t>1) * BASE
            gram = with_next(gram, char)
            if at >= self.gram - 1:
                slot = mark_of(gram, self.gram)
                self.marks[slot >> 6] |= <uint64_t>1 << (slot & 63)
        self.found[number].key = key
        slot = key >> 32 & self.mask
        while self.slots[slot]:
            slot = (slot + 1) & self.mask
        self.slots[slot] = <int>number + 1

    cdef Py_ssize_t count_of(self, Py_ssize_t number) noexcept:
        return self.found[number].count

    cdef int roll_over(self, str text) except -1:
        """Count the pieces in a text."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        if kind == 1:
            return self.roll(text, <const uint8_t*>data)
        if kind == 2:
            return self.roll(text, <const uint16_t*>data)
        return self.roll(text, <const uint32_t*>data)

    cdef int roll(self, str text, const Char* chars) except -1:
        cdef Py_ssize_t at = 0, i, step = self.size - self.gram + 1, last = len(text) - self.size
        cdef uint64_t gram, mark
        while at <= len(text) - self.gram:
            gram = 0
            for i in range(self.gram):
                gram = with_next(gram, chars[at + i])
            mark = mark_of(gram, self.gram)
            if self.marks[mark >> 6] >> (mark & 63) & 1:
                self.look(text, chars, max(at - step + 1, 0), min(at, last))
            at += step
        return 0

    cdef int look(self, str text, const Char* chars, Py_ssize_t first, Py_ssize_t last) except -1:
        """Count the pieces that begin between two places of a text, both included."""
        cdef Py_ssize_t at, size = self.size
        cdef uint64_t key = 0, gone = self.gone
        for at in range(first, first + size if first <= last else first):
            key = (key + chars[at] + <uint64_t>1) * BASE
        for at in range(first, last + 1):
            if self.slots[key >> 32 & self.mask]:
                self.meet(text, at, key)
            if at < last:
                key = (key + chars[at + size] + <uint64_t>1) * BASE - (chars[at] + <uint64_t>1) * gone
        return 0

    cdef int meet(self, str text, Py_ssize_t at, uint64_t key) except -1:
        """Count the piece with this key, if it stands at this place and clear of where it stood before."""
        cdef uint64_t slot = key >> 32 & self.mask
        cdef Piece* piece
        while self.slots[slot]:
            piece = &self.found[self.slots[slot] - 1]
            if piece.key == key and (not piece.count or at >= piece.last + self.size):
                if text[at:at + self.size] == self.pieces[self.slots[slot] - 1]:
                    piece.last = at
                    piece.count += 1
            slot = (slot + 1) & self.mask
        return 0


cdef inline uint64_t with_next(uint64_t gram, uint32_t char) noexcept:
    """The lowest bytes of the last few characters, with that of one more."""
    return gram >> 8 | <uint64_t>char << 56


cdef inline uint64_t mark_of(uint64_t gram, Py_ssize_t size) noexcept:
    """The number of the bit in the filter for that many characters."""
    return (gram >> (64 - 8 * size)) * BASE >> (64 - MARK_BITS)
