"""How often pieces of text recur in a longer text, compiled: a text and pieces in, a count of each out.

Pages carry their article twice, and what gives it away is a piece of it that stands in two places. All
pieces, which are of one length, are looked for in one pass, by a hash that rolls over the text
(Karp and Rabin 1987, "Efficient randomized pattern-matching algorithms").
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free

cdef uint64_t BASE = 0x9E3779B97F4A7C15u  # odd, so that no character's share is ever lost

cdef enum:
    MARK_BITS = 12  # of the filter that most of the text does not get past


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
    cdef Piece* found
    cdef int* slots  # number of the piece with the key that belongs here, counted from one
    cdef uint64_t mask
    cdef uint64_t[1 << (MARK_BITS - 6)] marks

    def __cinit__(self, list pieces not None, Py_ssize_t size):
        cdef Py_ssize_t number
        cdef uint64_t slot, slots = 8
        self.pieces, self.size = pieces, size
        while slots < 2 * <uint64_t>len(pieces):
            slots *= 2
        self.mask = slots - 1
        self.found = <Piece*>calloc(len(pieces), sizeof(Piece))
        self.slots = <int*>calloc(slots, sizeof(int))
        if self.found == NULL or self.slots == NULL:
            raise MemoryError
        for slot in range(1 << (MARK_BITS - 6)):
            self.marks[slot] = 0
        for number in range(len(pieces)):
            self.found[number].key = key_of(pieces[number])
            self.mark(number)

    def __dealloc__(self):
        free(self.found)
        free(self.slots)

    cdef void mark(self, Py_ssize_t number) noexcept:
        cdef uint64_t key = self.found[number].key, slot = key >> 32 & self.mask
        while self.slots[slot]:
            slot = (slot + 1) & self.mask
        self.slots[slot] = <int>number + 1
        key >>= 64 - MARK_BITS
        self.marks[key >> 6] |= <uint64_t>1 << (key & 63)

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
        cdef Py_ssize_t at, size = self.size, end = len(text)
        cdef uint64_t key = 0, bit, gone = BASE
        if end < size:
            return 0
        for at in range(size):
            key = (key + chars[at] + <uint64_t>1) * BASE
            gone *= BASE  # what the character that falls out behind has become by then
        for at in range(size, end + 1):
            bit = key >> (64 - MARK_BITS)
            if self.marks[bit >> 6] >> (bit & 63) & 1:
                self.meet(text, at - size, key)
            if at < end:
                key = (key + chars[at] + <uint64_t>1) * BASE - (chars[at - size] + <uint64_t>1) * gone
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


cdef uint64_t key_of(str piece) noexcept:
    cdef int kind = PyUnicode_KIND(piece)
    cdef void* data = PyUnicode_DATA(piece)
    cdef Py_ssize_t at
    cdef uint64_t key = 0
    for at in range(len(piece)):
        key = (key + <unsigned int>PyUnicode_READ(kind, data, at) + <uint64_t>1) * BASE
    return key
