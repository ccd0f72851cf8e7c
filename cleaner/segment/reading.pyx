"""The run of tags in, blocks and elements out: the one pass over a page's markup, compiled.

What comes in is the parser's own serialisation, which is regular: names in lower case, every
attribute in double quotes, every `<` in a text escaped. Inline markup adds to the block that is
open; block-level markup ends it. The pass works on UTF-8 bytes and makes Python objects only for
what goes out, which is why it costs less than parsing did.
"""

from cpython.unicode cimport PyUnicode_AsUTF8AndSize, PyUnicode_DecodeUTF8
from libc.stdint cimport uint8_t
from libc.stdlib cimport free, malloc
from libc.string cimport memchr, memcmp, memcpy

import re
from sys import intern

from cleaner.model import Block

cdef enum:
    BREAK = 0  # stands for <br>; the parser lets no NUL through
    CELL = 1  # stands between two cells of a row; control characters are white space to us

# Characters before a cell that make the row a layout, not data: its cells are blocks of their own.
cdef Py_ssize_t LONG_CELL = 160

# Mean characters of the lines between single <br>s above which each line is a paragraph.
cdef Py_ssize_t BREAK_PARAGRAPH = 80

cdef enum Trait:
    BLOCK_LEVEL = 1
    VOID = 2
    PARAGRAPH_LIKE = 4
    CELL_LIKE = 8
    LINK = 16
    LINE_BREAK = 32
    RULE = 64
    OPTION = 128

TRAITS = {
    BLOCK_LEVEL: (
        "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main marquee "
        "menu nav ol p pre search section select summary table tbody td textarea tfoot th thead tr ul"
    ),
    VOID: (
        "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
    ),
    PARAGRAPH_LIKE: "p h1 h2 h3 h4 h5 h6",
    CELL_LIKE: "td th",
    LINK: "a",
    LINE_BREAK: "br",
    RULE: "hr",
    OPTION: "option",
}

cdef enum:
    SLOTS = 512  # four times the known names, so that hardly any share one
    LONGEST_NAME = 10

cdef struct Tag:
    int traits
    int size
    char name[LONGEST_NAME]

cdef Tag TAGS[SLOTS]
cdef list NAMES = [None] * SLOTS


cdef inline unsigned int slot_of(const uint8_t* name, Py_ssize_t size) noexcept nogil:
    cdef unsigned int mixed = 2166136261
    cdef Py_ssize_t i
    for i in range(size):
        mixed = (mixed ^ name[i]) * 16777619
    return mixed % SLOTS


cdef inline int tag_slot(const uint8_t* name, Py_ssize_t size) noexcept nogil:
    """Where in `TAGS` the name stands; -1 for a name that says nothing about blocks."""
    cdef unsigned int slot
    if size > LONGEST_NAME:
        return -1
    slot = slot_of(name, size)
    while TAGS[slot].size:
        if TAGS[slot].size == size and not memcmp(TAGS[slot].name, name, size):
            return slot
        slot = (slot + 1) % SLOTS
    return -1


cdef fill_tags():
    cdef bytes raw
    cdef unsigned int slot
    for slot in range(SLOTS):
        TAGS[slot].size = TAGS[slot].traits = 0
    for trait, names in TRAITS.items():
        for name in names.split():
            raw = name.encode()
            slot = slot_of(raw, len(raw))
            while TAGS[slot].size and NAMES[slot] != name:
                slot = (slot + 1) % SLOTS
            TAGS[slot].size = len(raw)
            TAGS[slot].traits |= trait
            memcpy(TAGS[slot].name, <const char*>raw, len(raw))
            NAMES[slot] = intern(name)

fill_tags()

cdef dict SHAPES = {
    "li": "item", "dd": "item", "dt": "item", "tr": "row", "td": "row", "th": "row", "pre": "code",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}

cdef object HIDDEN = re.compile(
    r"""\shidden(?=[\s=]|$)|style="[^"]*?(?:display:\s*none|visibility:\s*hidden)"""
    r"""|class="[^"]*?(?<![\w-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?|u-hidden)(?![\w-])""",
    re.IGNORECASE,
).search


def read_markup(str html not None):
    """Cut serialised markup into blocks.

    Returns the columns of `Elements`, the blocks, and for each block the attributes of the first
    inline element in it.
    """
    cdef Py_ssize_t size
    cdef const char* raw
    reader = Reader()
    try:
        raw = PyUnicode_AsUTF8AndSize(html, &size)  # costs nothing where all is ASCII
    except UnicodeEncodeError:
        lone = html.encode("utf-8", "surrogatepass")
        raw, size = lone, len(lone)
    reader.read(<const uint8_t*>raw, size)
    elements = (reader.parents, reader.ends, reader.tags, reader.attrs, reader.hidden)
    return elements, reader.blocks, reader.inline_attrs


cdef inline bint is_ascii_space(uint8_t c) noexcept nogil:
    return c == 32 or 9 <= c <= 13 or 28 <= c <= 31


cdef inline int space_width(const uint8_t* at, const uint8_t* end) noexcept nogil:
    """Bytes of the white-space character that stands at `at`; 0 where none does. As `str.isspace`."""
    cdef uint8_t c = at[0]
    if c < 0x80:
        return is_ascii_space(c)
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


cdef inline bint is_all_space(const uint8_t* at, const uint8_t* end) noexcept nogil:
    cdef int width
    while at < end:
        width = space_width(at, end)
        if not width:
            return False
        at += width
    return True


cdef inline bint may_hide(const uint8_t* at, const uint8_t* end) noexcept nogil:
    """Whether attributes hold a word that hides; few do, and the pattern is asked only of those."""
    cdef Py_ssize_t left
    while at < end:
        left = end - at
        if at[0] == c"h":
            if left >= 6 and not memcmp(at, b"hidden", 6):
                return True
        elif at[0] == c"d":
            if left >= 7 and not memcmp(at, b"display", 7):
                return True
        elif at[0] == c"s":
            if left >= 7 and not memcmp(at, b"sr-only", 7):
                return True
            if left >= 13 and not memcmp(at, b"screen-reader", 13):
                return True
        at += 1
    return False


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
        width = space_width(read, end)
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


cdef int traits_of(str tag) except -1:
    cdef bytes name = tag.encode("utf-8", "surrogatepass")
    cdef int slot = tag_slot(name, len(name))
    return TAGS[slot].traits if slot >= 0 else 0


cdef class Reader:
    """Builds blocks and elements; lives for one page."""

    cdef list parents, ends, tags, attrs, hidden, blocks, inline_attrs
    cdef list _open  # the elements that are open, innermost last
    cdef int _open_traits  # of the innermost
    cdef Py_ssize_t _place
    # The text of the block that is open, as bytes; the buffer is as large as the page.
    cdef uint8_t* _text
    cdef Py_ssize_t _size
    cdef Py_ssize_t _chars
    cdef bint _broken
    cdef Py_ssize_t _links
    cdef bint _in_link
    cdef str _inline
    # A hidden inline element that is being passed over: its name, and how many of it are open.
    cdef const uint8_t* _skip_name
    cdef Py_ssize_t _skip_size
    cdef int _skip_depth

    def __cinit__(self):
        self._text = NULL

    def __dealloc__(self):
        free(self._text)

    cdef read(self, const uint8_t* at, Py_ssize_t size):
        cdef const uint8_t* end = at + size
        cdef const uint8_t* found
        self.parents, self.ends, self.tags, self.attrs, self.hidden = [], [], [], [], []
        self.blocks, self.inline_attrs, self._open, self._inline = [], [], [], ""
        self._text = <uint8_t*>malloc(size + 1)
        if self._text == NULL:
            raise MemoryError
        while at < end:
            found = <const uint8_t*>memchr(at, c"<", end - at)
            if found == NULL:
                found = end
            if found > at and not self._skip_depth:
                self._append(at, found)
            at = self._tag(found + 1, end) if found < end else end
        if self._size:
            self._flush()
        for element in self._open:
            self.ends[element] = len(self.tags)

    cdef const uint8_t* _tag(self, const uint8_t* at, const uint8_t* end) except? NULL:
        """Read the tag behind a `<`, act on it, and return where it ends."""
        cdef const uint8_t* stop
        cdef bint closing = at < end and at[0] == c"/"
        at += closing
        if at >= end or not (c"a" <= (at[0] | 32) <= c"z"):
            return self._no_tag(at, end)
        cdef const uint8_t* name = at
        while at < end and at[0] != c">" and not is_ascii_space(at[0]):
            at += 1
        cdef const uint8_t* attrs = at
        while at < end and at[0] != c">":
            if at[0] == c'"' and at[-1] == c"=":
                stop = <const uint8_t*>memchr(at + 1, c'"', end - at - 1)
                at = stop if stop != NULL else end - 1
            at += 1
        self._act(closing, name, attrs, at)
        return at + 1 if at < end else end

    cdef const uint8_t* _no_tag(self, const uint8_t* at, const uint8_t* end) except NULL:
        """Where a comment or a declaration ends, or a bare `<`, which is passed over."""
        cdef const uint8_t* stop = at
        if at >= end or (at[0] != c"!" and at[0] != c"?"):
            return at
        if end - at >= 3 and not memcmp(at, b"!--", 3):
            at += 3
            while at < end:
                stop = <const uint8_t*>memchr(at, c">", end - at)
                if stop == NULL:
                    return end
                if stop[-1] == c"-" and stop[-2] == c"-":
                    return stop + 1
                at = stop + 1
            return end
        stop = <const uint8_t*>memchr(at, c">", end - at)
        return stop + 1 if stop != NULL else end

    cdef int _act(self, bint closing, const uint8_t* name, const uint8_t* attrs, const uint8_t* end) except -1:
        """Let a tag take effect; its name ends where the attributes begin, and they at `end`."""
        cdef Py_ssize_t size = attrs - name
        cdef int slot, traits
        if self._skip_depth:
            if size == self._skip_size and not memcmp(name, self._skip_name, size):
                self._skip_depth += -1 if closing else 1
            return 0
        slot = tag_slot(name, size)
        traits = TAGS[slot].traits if slot >= 0 else 0
        if traits & BLOCK_LEVEL or (
            slot < 0 and memchr(name, c"-", size) != NULL and not self._open_traits & PARAGRAPH_LIKE
        ):
            tag = NAMES[slot] if slot >= 0 else decoded(name, size)
            if closing:
                self._close(tag, traits)
            else:
                self._open_element(tag, traits, attrs, end)
        elif closing:
            if traits & LINK:
                self._in_link = False
            elif traits & OPTION:
                self._mark(c" ")
        else:
            self._inline_tag(name, traits, attrs, end)
        return 0

    cdef int _inline_tag(
        self, const uint8_t* name, int traits, const uint8_t* attrs, const uint8_t* end
    ) except -1:
        if traits & LINE_BREAK:
            self._mark(BREAK)
            self._broken = True
        elif traits & RULE:
            if self._size:
                self._flush()
        elif traits & OPTION:
            self._mark(c" ")
        if end > attrs:
            if not traits & VOID and may_hide(attrs, end) and HIDDEN(decoded(attrs, end - attrs)):
                self._skip_name, self._skip_size, self._skip_depth = name, attrs - name, 1
                return 0
            if not self._inline:
                self._inline = decoded(attrs, end - attrs)
        if traits & LINK:
            self._in_link = True
        return 0

    cdef int _open_element(self, str tag, int traits, const uint8_t* attrs, const uint8_t* end) except -1:
        cdef Py_ssize_t parent = <Py_ssize_t>self._open[-1] if self._open else -1
        cdef str known = decoded(attrs, end - attrs) if end > attrs else ""
        if self._size:
            if traits & CELL_LIKE and self._chars < LONG_CELL:
                self._mark(CELL)
            else:
                self._flush()
        hidden = parent >= 0 and self.hidden[parent]
        if not hidden and end > attrs and may_hide(attrs, end):
            hidden = HIDDEN(known) is not None
        self._open.append(len(self.tags))
        self._open_traits = traits
        self.parents.append(parent)
        self.ends.append(0)
        self.tags.append(tag)
        self.attrs.append(known)
        self.hidden.append(hidden)
        return 0

    cdef int _close(self, str tag, int traits) except -1:
        if self._size and not traits & CELL_LIKE:
            self._flush()
        # The serialisation is well formed: an end tag closes the innermost open element, save for
        # a custom element that was taken as inline when it opened.
        if self._open and <str>self.tags[self._open[-1]] == tag:
            self.ends[self._open.pop()] = len(self.tags)
            self._open_traits = traits_of(self.tags[self._open[-1]]) if self._open else 0
        return 0

    cdef void _mark(self, uint8_t mark) noexcept:
        self._text[self._size] = mark
        self._size += 1
        self._chars += 1

    cdef void _append(self, const uint8_t* at, const uint8_t* end) noexcept:
        """Add a text to the open block, its escapes resolved, and count what of it is linked."""
        if not self._size and is_all_space(at, end):
            return
        cdef uint8_t* out = self._text + self._size
        cdef uint8_t* start = out
        cdef const uint8_t* read
        cdef Py_ssize_t left, chars = 0, first = -1, last = 0
        while at < end:
            if at[0] == c"&":
                left = end - at
                if left >= 6 and not memcmp(at, b"&nbsp;", 6):
                    out[0], out[1] = 0xC2, 0xA0
                    out += 2
                    at += 6
                    chars += 1
                    continue
                out[0] = c"&"
                if left >= 4 and not memcmp(at, b"&lt;", 4):
                    out[0] = c"<"
                    at += 3
                elif left >= 4 and not memcmp(at, b"&gt;", 4):
                    out[0] = c">"
                    at += 3
                elif left >= 6 and not memcmp(at, b"&quot;", 6):
                    out[0] = c'"'
                    at += 5
                elif left >= 5 and not memcmp(at, b"&amp;", 5):
                    at += 4
            else:
                out[0] = at[0]
            chars += (at[0] & 0xC0) != 0x80
            at += 1
            out += 1
        if self._in_link:
            read = start
            chars_seen = 0
            while read < out:
                left = space_width(read, out)
                if left:
                    chars_seen += 1
                    read += left
                    continue
                if first < 0:
                    first = chars_seen
                chars_seen += (read[0] & 0xC0) != 0x80
                last = chars_seen
                read += 1
            if first >= 0:
                self._links += last - first
        self._chars += chars
        self._size = out - self._text

    cdef _flush(self):
        cdef Py_ssize_t links = self._links, chars = self._chars, size = self._size
        cdef str inline = self._inline
        cdef Py_ssize_t element = <Py_ssize_t>self._open[-1] if self._open else -1
        cdef bint broken = self._broken
        self._size = self._chars = self._links = 0
        self._broken = False
        self._inline = ""
        if broken:
            for text in split_breaks(decoded(self._text, size)):
                self._add(text, element, links * len(<str>text) // max(1, chars), inline)
        else:
            self._add(collapsed(self._text, size), element, links, inline)

    cdef _add(self, str text, Py_ssize_t element, Py_ssize_t links, str inline):
        cdef Py_ssize_t size = len(text)
        cdef int level = 0
        if not size:
            return
        cdef str tag = self.tags[element] if element >= 0 else None
        if tag is not None and len(tag) == 2 and tag[0] == "h" and "1" <= tag[1] <= "6":
            level = int(tag[1])
        end = self._place + size
        # Through tuple, for the named tuple's own constructor costs three times as much.
        self.blocks.append(tuple.__new__(
            Block, (text, self._place, end, self._shape(tag, element), level, tag, element, min(links, size))
        ))
        self.inline_attrs.append(inline)
        self._place = end + 1

    cdef str _shape(self, str tag, Py_ssize_t element):
        if tag is None:
            return "paragraph"
        shape = SHAPES.get(tag)
        if shape is not None:
            return shape
        # A paragraph that is all a list item or quotation holds takes that one's shape.
        for _ in range(2):
            element = self.parents[element]
            if element < 0:
                break
            above = self.tags[element]
            if above == "li":
                return "item"
            if above == "blockquote":
                return "quote"
        return "quote" if tag == "blockquote" else "paragraph"
