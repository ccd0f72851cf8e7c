"""The text of the block that is open, gathered as bytes: serialised text in, finished strings out.

Escapes are resolved as text comes in; white space is collapsed (save in code), and the block cut at its
line breaks, when it is taken.
"""

from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdlib cimport free, malloc
from libc.string cimport memchr, memcmp, memcpy

cdef enum:
    BREAK = 0  # stands for <br>; the parser lets no NUL through
    CELL = 1  # stands between two cells of a row; control characters are white space to us

# Mean characters of the lines between single <br>s above which each line is a paragraph.
cdef Py_ssize_t BREAK_PARAGRAPH = 80


cdef class BlockText:
    """Text since the last block ended, with marks for line breaks and cells."""

    def __cinit__(self):
        self.text = NULL
        self.room = self.size = self.chars = self.links = 0
        self.broken = self.celled = False

    def __dealloc__(self):
        free(self.text)

    cdef int reserve(self, Py_ssize_t size) except -1:
        """Make room, once, for as many bytes as the page has: no mark is longer than its tag."""
        self.text = <uint8_t*>malloc(size + 1)
        if self.text == NULL:
            raise MemoryError
        self.room = size
        return 0

    cdef void append(self, const uint8_t* at, const uint8_t* end, bint linked) noexcept:
        """Add serialised text; white space alone begins no block."""
        if not self.size and is_all_space(at, end):
            return
        cdef Py_ssize_t start = self.size
        cdef uint8_t* out = self.text + start
        cdef const uint8_t* stop
        while at < end:
            stop = <const uint8_t*>memchr(at, c"&", end - at)
            if stop == NULL:
                stop = end
            memcpy(out, at, stop - at)
            self.chars += chars_in(at, stop)
            out += stop - at
            at = stop
            if at < end:
                at += resolve(at, end, &out)
                self.chars += 1
        self.size = out - self.text
        if linked:
            self.links += stripped_chars(self.text + start, out)

    cdef void add_space(self) noexcept:
        self.mark(c" ")

    cdef void add_break(self) noexcept:
        self.mark(BREAK)
        self.broken = True

    cdef void add_cell(self) noexcept:
        self.mark(CELL)
        self.celled = True

    cdef void end_line(self) noexcept:
        """Break the line, if one is begun."""
        if self.size and self.text[self.size - 1] != BREAK and self.text[self.size - 1] != c"\n":
            self.add_break()

    cdef void drop_cell(self) noexcept:
        """Take back the mark of a cell with nothing behind it, which turned out to be none of a row."""
        while self.size and (self.text[self.size - 1] == CELL or is_ascii_space(self.text[self.size - 1])):
            self.size -= 1
            self.chars -= 1

    cdef bint is_capital(self) noexcept:
        """Whether all is one letter, a capital or one beyond ASCII; if so, white space behind it is dropped."""
        cdef Py_ssize_t first = 0, size = self.size
        while size and is_ascii_space(self.text[size - 1]):
            size -= 1
        while first < size and is_ascii_space(self.text[first]):
            first += 1
        if size - first == 1:
            if not c"A" <= self.text[first] <= c"Z":
                return False
        elif size - first != 2 or not 0xC3 <= self.text[first] <= 0xD1:
            return False
        self.chars -= self.size - size
        self.size = size
        return True

    cdef void mark(self, uint8_t mark) noexcept:
        self.text[self.size] = mark
        self.size += 1
        self.chars += 1

    cdef list take(self):
        """The texts of the block, each with how many of its characters are linked; empties the buffer."""
        cdef Py_ssize_t size = self.size, chars = self.chars, links = self.links
        cdef bint broken = self.broken
        self.clear()
        if not broken:
            text = collapsed(self.text, size)
            return [(text, min(links, len(text)))] if text else []
        texts = split_breaks(decoded(self.text, size))
        return [(text, min(links * len(text) // max(1, chars), len(text))) for text in texts]


    cdef list take_lines(self):
        """The same of a block in which line breaks and indentation mean something."""
        cdef Py_ssize_t links = self.links
        text = laid_out(decoded(self.text, self.size))
        self.clear()
        return [(text, min(links, len(text)))] if text else []

    cdef void clear(self) noexcept:
        self.size = self.chars = self.links = 0
        self.broken = self.celled = False


cdef str laid_out(str raw):
    """A text as it is laid out, without empty lines around it and white space at its lines' ends."""
    cdef list lines = [line.rstrip() for line in raw.replace("\x00", "\n").replace("\x01", " | ").splitlines()]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return "\n".join(lines)


cdef inline int space_width(const uint8_t* at, const uint8_t* end) noexcept:
    """Bytes of the white-space character that stands at `at`; 0 where none does. As `str.isspace`."""
    cdef uint8_t c = at[0]
    if c < 0x80:
        return c == 32 or 9 <= c <= 13 or 28 <= c <= 31
    if c == 0xC2:
        return 2 if end - at > 1 and (at[1] == 0x85 or at[1] == 0xA0) else 0
    if end - at < 3 or c < 0xE1 or c > 0xE3:
        return 0
    if c == 0xE2 and at[1] == 0x80:
        return 3 if at[2] <= 0x8A or at[2] == 0xA8 or at[2] == 0xA9 or at[2] == 0xAF else 0
    if c == 0xE2:
        return 3 if at[1] == 0x81 and at[2] == 0x9F else 0
    if c == 0xE1:
        return 3 if at[1] == 0x9A and at[2] == 0x80 else 0
    return 3 if at[1] == 0x80 and at[2] == 0x80 else 0


cdef Py_ssize_t chars_in(const uint8_t* at, const uint8_t* end) noexcept:
    cdef unsigned int following  # a plain sum, which the compiler takes in strides
    cdef Py_ssize_t chars = end - at
    cdef const uint8_t* stop
    while at < end:
        stop = at + min(<Py_ssize_t>4096, end - at)
        following = 0
        while at < stop:
            following += (at[0] & 0xC0) == 0x80
            at += 1
        chars -= following
    return chars


cdef bint is_all_space(const uint8_t* at, const uint8_t* end) noexcept:
    cdef int width
    while at < end:
        width = space_width(at, end)
        if not width:
            return False
        at += width
    return True


cdef inline Py_ssize_t resolve(const uint8_t* at, const uint8_t* end, uint8_t** out) noexcept:
    """Write what the escape at `at` stands for; the bytes read. The serialisation has five escapes."""
    cdef Py_ssize_t left = end - at
    if left >= 6 and not memcmp(at, b"&nbsp;", 6):
        out[0][0], out[0][1] = 0xC2, 0xA0
        out[0] += 2
        return 6
    out[0] += 1
    out[0][-1] = c"&"
    if left >= 5 and not memcmp(at, b"&amp;", 5):
        return 5
    if left >= 6 and not memcmp(at, b"&quot;", 6):
        out[0][-1] = c'"'
        return 6
    if left >= 4 and not memcmp(at, b"&lt;", 4):
        out[0][-1] = c"<"
        return 4
    if left >= 4 and not memcmp(at, b"&gt;", 4):
        out[0][-1] = c">"
        return 4
    return 1


cdef Py_ssize_t stripped_chars(const uint8_t* at, const uint8_t* end) noexcept:
    """Characters between the first and the last that is no white space."""
    cdef Py_ssize_t chars = 0, first = -1, last = 0
    cdef int width
    while at < end:
        width = space_width(at, end)
        if width:
            chars += 1
            at += width
            continue
        if first < 0:
            first = chars
        chars += (at[0] & 0xC0) != 0x80
        last = chars
        at += 1
    return last - first if first >= 0 else 0


cdef str decoded(const uint8_t* at, Py_ssize_t size):
    return PyUnicode_DecodeUTF8(<const char*>at, size, b"surrogatepass")


cdef str collapsed(uint8_t* at, Py_ssize_t size):
    """The text with white space collapsed and cells set apart, written over `at` in passing."""
    # Only the mark of a cell can grow, to three bytes from one; then room is made elsewhere.
    if memchr(at, CELL, size) != NULL:
        return " ".join(decoded(at, size).replace("\x01", " | ").split())
    cdef uint8_t* out = at
    cdef const uint8_t* read = at
    cdef const uint8_t* end = at + size
    cdef bint spaced = False
    cdef int width
    while read < end:
        width = 0 if 32 < read[0] < 0xC2 else space_width(read, end)  # most are letters
        if width:
            spaced = out > at
            read += width
            continue
        if spaced:
            out[0] = c" "
            out += 1
            spaced = False
        out[0] = read[0]
        out += 1
        read += 1
    return decoded(at, out - at)


cdef list split_breaks(str raw):
    """Cut a block at its <br>s: always at two in a row, at single ones where lines are paragraphs."""
    cdef list groups = [[]]
    cdef list texts = []
    for line in raw.split("\x00"):
        line = " ".join(line.replace("\x01", " | ").split())
        if line:
            (<list>groups[-1]).append(line)
        elif groups[-1]:
            groups.append([])
    for group in groups:
        if sum([len(line) for line in group]) > BREAK_PARAGRAPH * len(group):
            texts.extend(group)
        elif group:
            texts.append("\n".join(group))
    return texts
