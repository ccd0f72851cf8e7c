"""The run of tags in, blocks and elements out: the one pass over a page's markup, compiled.

What comes in is the parser's own serialisation, which is regular: names in lower case, every
attribute in double quotes, every `<` in a text escaped. Inline markup adds to the block that is
open; block-level markup ends it. The pass works on UTF-8 bytes and makes Python objects only for
what goes out, which is why it costs less than parsing did.
"""

from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from libc.stdint cimport uint8_t
from libc.string cimport memchr, memcmp

from cleaner.segment.blocktext cimport BlockText, decoded, is_ascii_space
from cleaner.segment.tagtable cimport (
    BLOCK_LEVEL, CELL_LIKE, LINE_BREAK, LINK, OPTION, PARAGRAPH_LIKE, RULE, VOID, name_at, tag_slot, traits_at,
    traits_of,
)

import re

from cleaner.model import Block

# Characters before a cell that make the row a layout, not data: its cells are blocks of their own.
cdef Py_ssize_t LONG_CELL = 160

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


cdef bint may_hide(const uint8_t* at, const uint8_t* end) noexcept:
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


cdef class Reader:
    """Builds blocks and elements; lives for one page."""

    cdef list parents, ends, tags, attrs, hidden, blocks, inline_attrs
    cdef list _open  # the elements that are open, innermost last
    cdef int _open_traits  # of the innermost
    cdef Py_ssize_t _place
    cdef BlockText _text
    cdef bint _in_link
    cdef str _inline
    # A hidden inline element that is being passed over: its name, and how many of it are open.
    cdef const uint8_t* _skip_name
    cdef Py_ssize_t _skip_size
    cdef int _skip_depth

    cdef read(self, const uint8_t* at, Py_ssize_t size):
        cdef const uint8_t* end = at + size
        cdef const uint8_t* found
        self.parents, self.ends, self.tags, self.attrs, self.hidden = [], [], [], [], []
        self.blocks, self.inline_attrs, self._open, self._inline = [], [], [], ""
        self._text = BlockText()
        self._text.reserve(size)
        while at < end:
            found = <const uint8_t*>memchr(at, c"<", end - at)
            if found == NULL:
                found = end
            if found > at and not self._skip_depth:
                self._text.append(at, found, self._in_link)
            at = self._tag(found + 1, end) if found < end else end
        if self._text.size:
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

    cdef const uint8_t* _no_tag(self, const uint8_t* at, const uint8_t* end) noexcept:
        """Where a comment or a declaration ends, or a bare `<`, which is passed over."""
        cdef const uint8_t* stop
        cdef bint comment = end - at >= 3 and not memcmp(at, b"!--", 3)
        if at >= end or (at[0] != c"!" and at[0] != c"?"):
            return at
        at += 3 if comment else 1
        while at < end:
            stop = <const uint8_t*>memchr(at, c">", end - at)
            if stop == NULL:
                return end
            if not comment or (stop[-1] == c"-" and stop[-2] == c"-"):
                return stop + 1
            at = stop + 1
        return end

    cdef int _act(self, bint closing, const uint8_t* name, const uint8_t* attrs, const uint8_t* end) except -1:
        """Let a tag take effect; its name ends where the attributes begin, and they at `end`."""
        cdef Py_ssize_t size = attrs - name
        cdef int slot, traits
        if self._skip_depth:
            if size == self._skip_size and not memcmp(name, self._skip_name, size):
                self._skip_depth += -1 if closing else 1
            return 0
        slot = tag_slot(name, size)
        traits = traits_at(slot)
        if traits & BLOCK_LEVEL or (
            slot < 0 and memchr(name, c"-", size) != NULL and not self._open_traits & PARAGRAPH_LIKE
        ):
            tag = name_at(slot) if slot >= 0 else decoded(name, size)
            if closing:
                self._close(tag, traits)
            else:
                self._open_element(tag, traits, attrs, end)
        elif closing:
            if traits & LINK:
                self._in_link = False
            elif traits & OPTION:
                self._text.add_space()
        else:
            self._inline_tag(name, traits, attrs, end)
        return 0

    cdef int _inline_tag(
        self, const uint8_t* name, int traits, const uint8_t* attrs, const uint8_t* end
    ) except -1:
        if traits & LINE_BREAK:
            self._text.add_break()
        elif traits & OPTION:
            self._text.add_space()
        elif traits & RULE and self._text.size:
            self._flush()
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
        if self._text.size:
            if traits & CELL_LIKE and self._text.chars < LONG_CELL:
                self._text.add_cell()
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
        if self._text.size and not traits & CELL_LIKE:
            self._flush()
        # The serialisation is well formed: an end tag closes the innermost open element, save for
        # a custom element that was taken as inline when it opened.
        if self._open and <str>self.tags[self._open[-1]] == tag:
            self.ends[self._open.pop()] = len(self.tags)
            self._open_traits = traits_of(self.tags[self._open[-1]]) if self._open else 0
        return 0

    cdef int _flush(self) except -1:
        """End the block that is open; a block of white space alone is none."""
        cdef Py_ssize_t element = <Py_ssize_t>self._open[-1] if self._open else -1
        cdef str tag = self.tags[element] if element >= 0 else None
        cdef int level = int(tag[1]) if tag is not None and traits_of(tag) & PARAGRAPH_LIKE and tag != "p" else 0
        shape = self._shape(tag, element)
        for text, links in self._text.take():
            end = self._place + len(<str>text)
            # Through tuple, for the named tuple's own constructor costs three times as much.
            self.blocks.append(tuple.__new__(Block, (text, self._place, end, shape, level, tag, element, links)))
            self.inline_attrs.append(self._inline)
            self._place = end + 1
        self._inline = ""
        return 0

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
