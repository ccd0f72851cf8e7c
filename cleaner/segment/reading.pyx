"""The run of tags in, blocks and elements out: the one pass over a page's markup, compiled.

What comes in is the parser's own serialisation, which is regular: names in lower case, every
attribute in double quotes, every `<` in a text escaped. Inline markup adds to the block that is
open; block-level markup ends it. The pass works on UTF-8 bytes and makes Python objects only for
what goes out, which is why it costs less than parsing did.
"""

from cpython.ref cimport Py_INCREF
from cpython.tuple cimport PyTuple_SET_ITEM
from cpython.type cimport PyType_GenericAlloc
from libc.stdint cimport uint8_t
from libc.stdlib cimport free, realloc
from libc.string cimport memchr, memcmp, strlen

from cleaner.segment.blocktext cimport BlockText, decoded, is_ascii_space
from cleaner.segment.finding cimport Walk, note_marked
from cleaner.segment.tagtable cimport (
    BLOCK_LEVEL, BUTTON, CELL_LIKE, CODE, LINE_BREAK, LINK, MENU, OPTION, PARAGRAPH_LIKE, READING,
    RULE, VOID,
    behind_comment, name_at, tag_slot, traits_at,
)

from cleaner.model import Block

# Characters before a cell that make the row a layout, not data: its cells are blocks of their own.
cdef Py_ssize_t LONG_CELL = 160

# A list of at least so many entries is a menu, one block, if each is no longer and so much of it links.
cdef Py_ssize_t LEAST_ENTRIES = 3
cdef Py_ssize_t LONGEST_ENTRY = 40
cdef double LINKED_ENTRY = 0.9

cdef dict SHAPES = {
    "li": "item", "dd": "item", "dt": "item", "tr": "row", "td": "row", "th": "row", "pre": "code",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}

# Bytes of markup in which a button or custom element ends that is a word of a sentence: a term explained.
cdef Py_ssize_t LONGEST_TERM = 200

# Bytes of markup in which the reading of a word ends, small over it; an element that is longer is none.
cdef Py_ssize_t LONGEST_READING = 200

# Signs that no reader sees; a block of nothing else is none.
cdef str UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

cdef bint IN_CLASS_NAME[256]


cdef fill_signs():
    """What a class name is made of: letters, digits, hyphens, and whatever is not ASCII."""
    for sign in range(256):
        IN_CLASS_NAME[sign] = sign > 127 or chr(sign).isalnum() or chr(sign) in "-_"

fill_signs()

cdef struct Open:
    Py_ssize_t element
    int traits
    int slot  # of its name; -1 for a custom element
    Py_ssize_t first  # number of the first block in it


def read_markup(bytes markup not None):
    """Cut serialised markup into blocks.

    Returns the columns of `Elements`, the blocks, for each block the attributes of the first
    inline element in it, and the elements that `finding.marked` finds.
    """
    reader = Reader()
    reader.marked, reader._walk = [], Walk(markup)
    reader.read(markup, len(markup))
    elements = (reader.parents, reader.ends, reader.tags, reader.attrs, reader.hidden, reader.places)
    return elements, reader.blocks, reader.inline_attrs, reader.marked


cdef bint hides(const uint8_t* at, const uint8_t* end) noexcept:
    """Whether the attributes of an element, which stand one space apart, hide what is in it."""
    cdef const uint8_t* name
    cdef const uint8_t* value
    cdef Py_ssize_t size
    while at < end:
        at += 1
        name = at
        while at < end and at[0] != c"=" and (at[0] > 32 or not is_ascii_space(at[0])):
            at += 1
        size = at - name
        if size == 6 and is_word(name, b"hidden", 6):
            return True
        if end - at < 2 or at[0] != c"=" or at[1] != c'"':
            continue
        value = at + 2
        at = <const uint8_t*>memchr(value, c'"', end - value)
        if at == NULL:
            at = end
        if size >= 5 and is_word(name + size - 5, b"class", 5):
            if hides_by_class(value, at):
                return True
        elif size >= 5 and is_word(name + size - 5, b"style", 5):
            if sets(value, at, b"display", b"none") or sets(value, at, b"visibility", b"hidden"):
                return True
            # What is clipped to nothing is there to be read aloud: "opens in a new tab".
            if sets(value, at, b"clip", b"rect(0") or sets(value, at, b"clip", b"rect(1px"):
                return True
        at += 1
    return False


cdef const uint8_t* end_of_term(
    const uint8_t* at, const uint8_t* end, const uint8_t* name, Py_ssize_t size
) noexcept:
    """Where the end tag of an element stands that holds a few words and is followed by text; else NULL."""
    cdef const uint8_t* stop = min(end, at + LONGEST_TERM)
    cdef const uint8_t* inner
    while at < stop:
        at = <const uint8_t*>memchr(at, c"<", stop - at)
        if at == NULL or end - at < size + 4:
            return NULL
        if at[1] == c"/" and not memcmp(at + 2, name, size) and at[2 + size] == c">":
            inner = at + size + 3
            while inner < end and is_ascii_space(inner[0]):
                inner += 1
            return at if inner < end and inner[0] != c"<" else NULL
        at += 2 if at[1] == c"/" else 1
        inner = at
        while inner < stop and inner[0] != c">" and not is_ascii_space(inner[0]):
            inner += 1
        if traits_at(tag_slot(at, inner - at)) & BLOCK_LEVEL:
            return NULL
    return NULL


cdef bint ends_soon(const uint8_t* at, const uint8_t* end, const uint8_t* name, Py_ssize_t size) noexcept:
    """Whether an element is over within a few words."""
    end = min(end, at + LONGEST_READING)
    while end - at > size + 2:
        at = <const uint8_t*>memchr(at, c"<", end - at - size - 2)
        if at == NULL:
            return False
        if at[1] == c"/" and not memcmp(at + 2, name, size) and at[2 + size] == c">":
            return True
        at += 1
    return False


cdef inline bint is_word(const uint8_t* at, const char* word, Py_ssize_t size) noexcept:
    """Whether bytes are a word, in small letters or capitals."""
    cdef Py_ssize_t i
    for i in range(size):
        if at[i] != <uint8_t>word[i] and (at[i] | 32 != <uint8_t>word[i] or not c"A" <= at[i] <= c"Z"):
            return False
    return True


cdef bint hides_by_class(const uint8_t* at, const uint8_t* end) noexcept:
    cdef const uint8_t* start
    cdef const uint8_t* first = at
    cdef Py_ssize_t size
    while at < end:
        start = at
        while at < end and IN_CLASS_NAME[at[0]]:
            at += 1
        size = at - start
        # Alone or first, "hidden" is mostly undone for wide screens by the class that comes next.
        if size == 6 and start > first and start[-1] == c" " and at < end and at[0] == c" ":
            if is_word(start, b"hidden", 6):
                return True
        if size >= 7 and is_for_machines(start, size):
            return True
        at += 1
    return False


cdef bint is_for_machines(const uint8_t* at, Py_ssize_t size) noexcept:
    """Whether a class name says that only machines that read aloud are to see what has it."""
    cdef uint8_t last = at[size - 1] | 32
    if last == c"y":
        return ends_in(at, size, b"sr-only") or ends_in(at, size, b"screen-reader-only")
    if last == c"n":
        return (
            ends_in(at, size, b"visually-hidden") or ends_in(at, size, b"visuallyhidden")
            or (size == 8 and is_word(at, b"u-hidden", 8))
        )
    if last == c"t":
        return ends_in(at, size, b"screen-reader-text") or ends_in(at, size, b"assistive-text")
    if last == c"l":  # a formula said a second time
        return ends_in(at, size, b"katex-mathml") or ends_in(at, size, b"mjx_assistive_mathml")
    if last == c"e":
        return ends_in(at, size, b"element-invisible")
    return size == 13 and is_word(at, b"screen-reader", 13)


cdef bint ends_in(const uint8_t* at, Py_ssize_t size, const char* words) noexcept:
    """Whether a class name is these words, or has them behind a hyphen, unless it says "not"."""
    cdef Py_ssize_t before = size - <Py_ssize_t>strlen(words)
    if before < 0 or not is_word(at + before, words, size - before):
        return False
    return not before or (at[before - 1] == c"-" and not (before == 4 and is_word(at, b"not", 3)))


cdef bint sets(const uint8_t* at, const uint8_t* end, const char* name, const char* wanted) noexcept:
    """Whether a style sets what `name` names to what is wanted, anywhere."""
    cdef Py_ssize_t size = strlen(name), needed = strlen(wanted)
    cdef const uint8_t* value
    while end - at > size + needed:
        if is_word(at, name, size) and at[size] == c":":
            value = at + size + 1
            while value < end and is_ascii_space(value[0]):
                value += 1
            if end - value >= needed and is_word(value, wanted, needed):
                return True
        at += 1
    return False


cdef object new_block(tuple fields):
    """A block of its fields, made as tuples are: the named tuple's own constructor costs several times as much."""
    cdef Py_ssize_t i
    block = PyType_GenericAlloc(Block, len(fields))
    for i in range(len(fields)):
        value = fields[i]
        Py_INCREF(value)
        PyTuple_SET_ITEM(block, i, value)
    return block


cdef class Reader:
    """Builds blocks and elements; lives for one page."""

    cdef list parents, ends, tags, attrs, hidden, places, blocks, inline_attrs, marked
    cdef Walk _walk  # which knows all elements around a tag, inline ones too; it is led from tag to tag
    cdef const uint8_t* _begin
    cdef const uint8_t* _end
    cdef Open* _open  # the elements that are open, innermost last
    cdef Py_ssize_t _depth
    cdef Py_ssize_t _room
    cdef Py_ssize_t _place
    cdef Py_ssize_t _no_entry  # number of the last block that could be no entry of a menu, -1 for none
    cdef BlockText _text
    cdef bint _in_link
    cdef str _inline
    cdef const uint8_t* _term_end  # where the end tag of an element stands that was taken as a word
    cdef Py_ssize_t _code  # how many elements are open up to the innermost with code; 0 for none
    # A hidden inline element that is being passed over: its name, and how many of it are open.
    cdef const uint8_t* _skip_name
    cdef Py_ssize_t _skip_size
    cdef int _skip_depth

    def __dealloc__(self):
        free(self._open)

    cdef read(self, const uint8_t* at, Py_ssize_t size):
        cdef const uint8_t* end = at + size
        cdef const uint8_t* found
        self.parents, self.ends, self.tags, self.attrs, self.hidden, self.places = [], [], [], [], [], []
        self._begin, self._end = at, end
        self.blocks, self.inline_attrs, self._inline, self._no_entry = [], [], "", -1
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
        while self._depth:
            self._depth -= 1
            self.ends[self._open[self._depth].element] = len(self.tags)

    cdef const uint8_t* _tag(self, const uint8_t* at, const uint8_t* end) except? NULL:
        """Read the tag behind a `<`, act on it, and return where it ends."""
        cdef const uint8_t* stop
        cdef bint closing = at < end and at[0] == c"/"
        at += closing
        if at >= end or not (c"a" <= (at[0] | 32) <= c"z"):
            return behind_comment(at, end)
        cdef const uint8_t* name = at
        while at < end and at[0] != c">" and (at[0] > 32 or not is_ascii_space(at[0])):
            at += 1
        stop = <const uint8_t*>memchr(at, c">", end - at)  # in values it is escaped
        if stop == NULL:
            stop = end
        cdef int slot = tag_slot(name, at - name)
        cdef bint void = traits_at(slot) & VOID
        if not closing:
            self._walk.enter(name, at, stop, void)
            note_marked(self._walk, self.marked)
        elif not void:
            self._walk.leave()
        self._act(closing, slot, name, at, stop)
        return stop + 1 if stop < end else end

    cdef int _act(
        self, bint closing, int slot, const uint8_t* name, const uint8_t* attrs, const uint8_t* end
    ) except -1:
        """Let a tag take effect; its name ends where the attributes begin, and they at `end`."""
        cdef Py_ssize_t size = attrs - name
        cdef int traits = traits_at(slot)
        if self._skip_depth:
            if size == self._skip_size and not memcmp(name, self._skip_name, size):
                self._skip_depth += -1 if closing else 1
            return 0
        if self._is_term(closing, slot, traits, name, size, end):
            if not closing:
                self._inline_tag(name, traits, attrs, end)
        elif self._code and traits & BLOCK_LEVEL and not traits & (PARAGRAPH_LIKE | CODE):
            self._text.end_line()
        elif traits & BLOCK_LEVEL or (slot < 0 and self._is_block(name, size)):
            if closing:
                self._close(slot, traits, name, size, end)
            else:
                tag = name_at(slot) if slot >= 0 else decoded(name, size)
                self.places.append(name - self._begin)
                self._open_element(tag, slot, traits, attrs, end)
        elif closing:
            if traits & LINK:
                self._in_link = False
            elif traits & OPTION:
                self._text.add_space()
        else:
            self._inline_tag(name, traits, attrs, end)
        return 0

    cdef bint _is_term(
        self, bint closing, int slot, int traits, const uint8_t* name, Py_ssize_t size, const uint8_t* end
    ) noexcept:
        """Whether a tag is that of a button or custom element which is a word of a sentence."""
        if closing:
            return name - 2 == self._term_end
        if not self._text.size or (slot >= 0 and not traits & BUTTON):
            return False
        if slot < 0 and memchr(name, c"-", size) == NULL:
            return False
        self._term_end = end_of_term(end, self._end, name, size)
        return self._term_end != NULL

    cdef bint _is_block(self, const uint8_t* name, Py_ssize_t size) noexcept:
        """Whether a name that is not known is a custom element's that is no part of a paragraph."""
        if memchr(name, c"-", size) == NULL:
            return False
        return not self._depth or not self._open[self._depth - 1].traits & PARAGRAPH_LIKE

    cdef bint _is_small(self, const uint8_t* name, Py_ssize_t size, const uint8_t* end) noexcept:
        """Whether the reading of a word stands small over it only: set into the line it would tear the word.

        Some sites give it brackets, for who sees it in the line.
        """
        cdef bint bracketed = name - self._begin > 6 and not memcmp(name - 6, b"</rp>", 5)
        return not bracketed and ends_soon(end, self._end, name, size)

    cdef int _inline_tag(
        self, const uint8_t* name, int traits, const uint8_t* attrs, const uint8_t* end
    ) except -1:
        if traits & LINE_BREAK:
            self._text.add_break()
        elif traits & OPTION:
            self._text.add_space()
        elif traits & RULE and self._text.size:
            self._flush()
        elif traits & READING and self._is_small(name, attrs - name, end):
            self._skip_name, self._skip_size, self._skip_depth = name, attrs - name, 1
            return 0
        if end > attrs:
            if not traits & VOID and hides(attrs, end):
                self._skip_name, self._skip_size, self._skip_depth = name, attrs - name, 1
                return 0
            if not self._inline:
                self._inline = decoded(attrs, end - attrs)
        if traits & LINK:
            self._in_link = True
        return 0

    cdef int _open_element(
        self, str tag, int slot, int traits, const uint8_t* attrs, const uint8_t* end
    ) except -1:
        cdef Py_ssize_t parent = self._open[self._depth - 1].element if self._depth else -1
        cdef str known = decoded(attrs, end - attrs) if end > attrs else ""
        if slot < 0:
            known = f'{known} class="{tag}"'  # the name of a custom element says what class names do
        if self._text.size:
            if traits & CELL_LIKE and self._text.chars < LONG_CELL:
                self._text.add_cell()
            else:
                self._text.drop_cell()
                self._flush()
        hidden = parent >= 0 and self.hidden[parent]
        if not hidden and end > attrs:
            hidden = hides(attrs, end)
        self._push(len(self.tags), traits, slot)
        self.parents.append(parent)
        self.ends.append(0)
        self.tags.append(tag)
        self.attrs.append(known)
        self.hidden.append(hidden)
        return 0

    cdef int _push(self, Py_ssize_t element, int traits, int slot) except -1:
        cdef Open* wider
        if self._depth == self._room:
            wider = <Open*>realloc(self._open, (2 * self._room + 64) * sizeof(Open))
            if wider == NULL:
                raise MemoryError
            self._open = wider
            self._room = 2 * self._room + 64
        self._open[self._depth] = Open(element, traits, slot, len(self.blocks))
        self._depth += 1
        if traits & CODE:
            self._code = self._depth
        return 0

    cdef int _close(
        self, int slot, int traits, const uint8_t* name, Py_ssize_t size, const uint8_t* end
    ) except -1:
        if self._text.size and not traits & CELL_LIKE:
            # A capital in a box of its own, with the rest of the word behind it, is set large.
            if traits & PARAGRAPH_LIKE or not (self._goes_on(end + 1) and self._text.is_capital()):
                self._flush()
        if not self._depth or self._open[self._depth - 1].slot != slot:
            return 0
        # The serialisation is well formed: an end tag closes the innermost open element, save for
        # a custom element that was taken as inline when it opened.
        cdef Py_ssize_t element = self._open[self._depth - 1].element
        if slot >= 0 or <str>self.tags[element] == decoded(name, size):
            self.ends[element] = len(self.tags)
            self._depth -= 1
            if self._code > self._depth:
                self._code = 0
            if traits & MENU and self._open[self._depth].first > self._no_entry:
                self._make_menu(element, self._open[self._depth].first)
        return 0

    cdef bint _goes_on(self, const uint8_t* at) noexcept:
        """Whether a small letter follows; beyond ASCII it may be any of Europe's."""
        return at < self._end and (c"a" <= at[0] <= c"z" or 0xC3 <= at[0] <= 0xD1)

    cdef int _make_menu(self, Py_ssize_t element, Py_ssize_t first) except -1:
        """Make one block of the entries of a list, from the first on; they may be menus themselves."""
        cdef list entries = self.blocks[first:]
        if len(entries) < 2:
            return 0
        text = "\n".join([entry[0] for entry in entries])
        if text.count("\n") < LEAST_ENTRIES - 1:
            return 0
        start, end = entries[0][1], entries[len(entries) - 1][2]
        linked = sum([entry[7] for entry in entries])
        menu = new_block((text, start, end, "menu", 0, self.tags[element], element, linked))
        self.blocks[first:] = [menu]
        del self.inline_attrs[first + 1:]
        return 0

    cdef int _flush(self) except -1:
        """End the block that is open; a block of white space alone is none."""
        cdef Py_ssize_t element = -1, end
        cdef str tag = None
        cdef int level = 0
        if self._depth:
            element = self._open[self._depth - 1].element
            tag = self.tags[element]
            if self._open[self._depth - 1].traits & PARAGRAPH_LIKE and tag != "p":
                level = int(tag[1])
        shape = self._shape(tag, element)
        if shape == "row" and not self._text.celled and self._text.chars >= LONG_CELL:
            shape = "paragraph"  # a cell of a layout
        for text, links in self._text.take_lines() if shape == "code" else self._text.take():
            if len(<str>text) < 4 and not (<str>text).strip(UNSEEN):
                continue
            if level or len(<str>text) > LONGEST_ENTRY or links < LINKED_ENTRY * len(<str>text):
                self._no_entry = len(self.blocks)
            end = self._place + len(<str>text)
            self.blocks.append(new_block((text, self._place, end, shape, level, tag, element, links)))
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
