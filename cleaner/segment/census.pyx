"""The close look at a page's shape, compiled: HTML in, whether it keeps all limits out.

One page in thirty looks odd at first: it is large, or ends elements that it never began. Nearly all of these
are as harmless as the others, which is seen by counting what the guard counts, without rewriting. Where in
doubt (a tag with very many attributes, say) the answer is no, and the guard reads the page itself.
"""

from libc.stdint cimport uint8_t, uint64_t
from libc.stdlib cimport calloc, free
from libc.string cimport memchr, memcmp

from cleaner.segment import limits

cdef enum:
    FORMATTING = 1
    NOT_NESTING = 2
    IN_TABLES = 4
    IGNORED = 8
    OPTION = 16
    ROOT = 32
    RAW = 64
    BREAKOUT = 128
    POINT = 256
    MOST_NAMES = 128
    DEEPEST = 1024
    MOST_TRIES = 64
    SLOTS = 1 << 15  # of the table of attribute names, three times as many as may be in it

cdef Py_ssize_t MAX_DEPTH = limits.MAX_DEPTH
cdef Py_ssize_t MAX_ATTRIBUTES = limits.MAX_ATTRIBUTES
cdef Py_ssize_t MAX_NAMES = limits.MAX_NAMES
cdef Py_ssize_t MAX_OPTIONS = limits.MAX_OPTIONS
cdef Py_ssize_t MAX_IGNORED = limits.MAX_IGNORED
cdef Py_ssize_t MAX_ROOTS = limits.MAX_ROOTS
cdef Py_ssize_t MAX_FORMATTING = limits.MAX_FORMATTING
cdef Py_ssize_t MAX_REOPENED = limits.MAX_REOPENED
cdef Py_ssize_t MAX_UNMATCHED = limits.MAX_UNMATCHED

if MAX_DEPTH > DEEPEST or MAX_NAMES > SLOTS // 2:
    raise ValueError("the limits are wider than the tables that count for them")

cdef uint64_t[MOST_NAMES] KNOWN
cdef int[MOST_NAMES] KINDS
cdef int known_names = 0


cdef uint64_t key_of(const uint8_t* name, Py_ssize_t size) noexcept:
    """Up to eight letters of a tag's name, in lower case, as a number; a hash of longer ones."""
    cdef uint64_t key = 0
    cdef Py_ssize_t i
    for i in range(size):
        if i < 8:
            key = key << 8 | (name[i] | 32 if c"A" <= name[i] <= c"Z" else name[i])
        else:
            key = (key ^ (name[i] | 32)) * 1099511628211u | <uint64_t>1 << 63
    return key


cdef uint64_t key_of_word(str name):
    cdef bytes letters = name.encode()
    return key_of(letters, len(letters))


cdef int learn(dict kinds) except -1:
    """Fill the table of the names that are of a kind."""
    global known_names
    names = set().union(*kinds.values())
    if len(names) >= MOST_NAMES:
        raise ValueError(f"there is room for {MOST_NAMES - 1} names, not {len(names)}")
    for name in sorted(names):
        KNOWN[known_names] = key_of_word(name)
        KINDS[known_names] = sum([kind for kind, names in kinds.items() if name in names])
        known_names += 1
    return 0


learn({
    FORMATTING: limits.FORMATTING, NOT_NESTING: limits.NOT_NESTING, IN_TABLES: limits.IN_TABLES,
    IGNORED: limits.IGNORED, OPTION: limits.OPTIONS, ROOT: limits.ROOTS, RAW: limits.RAW,
    BREAKOUT: limits.BREAKOUTS, POINT: limits.POINTS,
})
cdef uint64_t LINK = key_of_word("a"), FORM = key_of_word("form"), TABLE = key_of_word("table")
cdef uint64_t TEMPLATE = key_of_word("template"), SVG = key_of_word("svg"), MATH = key_of_word("math")


cdef inline int slot_of(uint64_t key) noexcept:
    """Where a name stands in the table; behind its end, where there is no kind, for others."""
    cdef int i = 0
    while i < known_names and KNOWN[i] != key:
        i += 1
    return i


cdef inline bint is_space(uint8_t char) noexcept:
    """White space as the parser knows it in tags."""
    return char == 32 or 9 <= char <= 10 or 12 <= char <= 13


def keeps_limits(bytes html not None):
    """Whether a page, which has no more tags than it may, keeps every other limit for certain."""
    cdef Census census = Census()
    cdef const uint8_t* page = html
    return census.take(page, page + len(html)) and not census.doubtful


def draws_doubtfully(bytes html not None):
    """Whether a page has a drawing or formula of which it is not plain what in or behind it is markup."""
    cdef Census census = Census()
    cdef const uint8_t* page = html
    census.counting = False
    census.take(page, page + len(html))
    return census.doubtful


cdef class Census:
    """Follows a page's open elements as the guard does, and counts what is limited.

    In a drawing no element's content is raw text for the parser, unless one of HTML's own stands in it
    again. A drawing of shapes and words reads the same in either way; any other one is doubtful.
    """

    cdef bint counting, doubtful
    cdef Py_ssize_t drawings  # that are open
    cdef uint64_t[DEEPEST] stack
    cdef Py_ssize_t depth, options, roots, ignored, reopened, unmatched, formatting
    cdef Py_ssize_t[MOST_NAMES] formats  # open formatting elements of each known name
    cdef uint64_t* names  # of attributes, as hashes
    cdef Py_ssize_t different

    def __cinit__(self):
        cdef int i
        self.depth = self.options = self.roots = self.ignored = self.reopened = self.unmatched = 0
        self.formatting = self.different = self.drawings = 0
        self.counting, self.doubtful = True, False
        for i in range(MOST_NAMES):
            self.formats[i] = 0
        self.names = <uint64_t*>calloc(SLOTS, sizeof(uint64_t))
        if self.names == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.names)

    cdef bint take(self, const uint8_t* at, const uint8_t* end) noexcept:
        """Whether all limits are kept from one place to another."""
        cdef const uint8_t* name
        cdef const uint8_t* attrs
        cdef const uint8_t* behind
        cdef bint closing
        cdef uint64_t key
        cdef int slot, kind
        while True:
            at = <const uint8_t*>memchr(at, c"<", end - at)
            if at == NULL or end - at < 3:
                return True
            at += 1
            if end - at >= 3 and not memcmp(at, b"!--", 3):
                at = end_of_comment(at + 3, end)
                continue
            closing = at[0] == c"/"
            name = at + closing
            if not c"a" <= (name[0] | 32) <= c"z":
                if closing or name[0] == c"!" or name[0] == c"?":  # a comment of sorts
                    self.doubtful |= self.drawings and name[0] == c"!"  # which character data is not there
                    at = <const uint8_t*>memchr(name, c">", end - name)
                    if at == NULL:
                        return True
                continue
            attrs = name
            while attrs < end and not is_space(attrs[0]) and attrs[0] != c"/" and attrs[0] != c">":
                attrs += 1
            key = key_of(name, attrs - name)
            slot = slot_of(key)
            kind = KINDS[slot]
            at = end_of_tag(attrs, end)
            if key == SVG or key == MATH or self.drawings:
                self.draw(key, kind, closing, at, end)
            if kind & RAW and not closing and attrs < end:
                if self.counting and not self.note(attrs, at):
                    return False
                if self.drawings and at[-1] == c"/":
                    continue
                behind = end_of_raw(at, end, name, attrs - name)
                self.doubtful |= self.drawings and not is_plain(at, behind)
                at = behind
                continue
            if not self.counting:
                continue
            if closing:
                self.close(key, slot)
            elif not self.open(key, slot, attrs, at):
                return False
            if self.unmatched > MAX_UNMATCHED:
                return False

    cdef void draw(self, uint64_t key, int kind, bint closing, const uint8_t* at, const uint8_t* end) noexcept:
        """Take note of a tag that begins or ends a drawing or stands in one; `at` is where it ends."""
        if key == SVG or key == MATH:
            if closing:
                self.drawings -= self.drawings > 0
            else:
                self.drawings += at[-1] != c"/"
        elif kind & BREAKOUT:
            self.doubtful = True
        elif kind & POINT and not closing and at[-1] != c"/":
            # Words alone are the same in a drawing and in a page.
            at = <const uint8_t*>memchr(at, c"<", end - at)
            self.doubtful |= at == NULL or end - at < 2 or at[1] != c"/"

    cdef void close(self, uint64_t key, int slot) noexcept:
        cdef Py_ssize_t at = self.depth
        if KINDS[slot] & FORMATTING:
            if self.formats[slot]:
                self.formats[slot] -= 1
                self.formatting -= 1
            else:
                self.unmatched += 1
            return
        while at and self.stack[at - 1] != key:
            at -= 1
        if at:
            self.depth = at - 1

    cdef bint is_open(self, uint64_t key) noexcept:
        cdef Py_ssize_t at
        for at in range(self.depth):
            if self.stack[at] == key:
                return True
        return False

    cdef bint may_close_itself(self, int kind) noexcept:
        """Whether a slash ends an element: in a drawing, where it is no page's own; elsewhere it means nothing."""
        return not kind & BREAKOUT and (self.is_open(SVG) or self.is_open(MATH))

    cdef bint open(self, uint64_t key, int slot, const uint8_t* attrs, const uint8_t* end) noexcept:
        """Whether a start tag keeps the limits; it takes effect."""
        cdef bint misplaced
        cdef int kind = KINDS[slot]
        if kind & IN_TABLES:
            misplaced = not self.is_open(TABLE) and not self.is_open(TEMPLATE)
        else:
            misplaced = kind & IGNORED or (key == FORM and self.is_open(FORM))
        self.ignored += misplaced
        self.roots += (kind & ROOT) != 0
        self.options += (kind & OPTION) != 0
        if kind & FORMATTING:
            if self.formatting >= MAX_FORMATTING:
                return False
            if key != LINK or not self.formats[slot]:  # a link ends the link before it
                self.formats[slot] += 1
                self.formatting += 1
        else:
            self.reopened += self.formatting
            if not kind & (ROOT | OPTION | NOT_NESTING):
                if self.depth >= MAX_DEPTH:
                    return False
                if not (end > attrs and end[-1] == c"/" and self.may_close_itself(kind)):
                    self.stack[self.depth] = key
                    self.depth += 1
        return (
            self.ignored <= MAX_IGNORED and self.roots <= MAX_ROOTS and self.options <= MAX_OPTIONS
            and self.reopened <= MAX_REOPENED and self.note(attrs, end)
        )

    cdef bint note(self, const uint8_t* at, const uint8_t* end) noexcept:
        """Whether a tag has no more attributes, and the page no more names of such, than it may."""
        cdef Py_ssize_t count = 0, tries
        cdef uint64_t key, slot
        while True:
            while at < end and (is_space(at[0]) or at[0] == c"="):
                at += 1
            if at >= end:
                return count <= MAX_ATTRIBUTES and self.different <= MAX_NAMES
            key = 14695981039346656037u
            while at < end and not is_space(at[0]) and at[0] != c"=":
                key = (key ^ at[0]) * 1099511628211u
                at += 1
            count += 1
            key |= 1
            slot, tries = key >> 32 & (SLOTS - 1), 0
            while self.names[slot] and self.names[slot] != key:
                slot, tries = (slot + 1) & (SLOTS - 1), tries + 1
                if tries > MOST_TRIES:
                    return False  # names made to meet in one place
            if not self.names[slot]:
                self.names[slot] = key
                self.different += 1
                if self.different > MAX_NAMES:
                    return False
            at = behind_value(at, end)


cdef const uint8_t* behind_value(const uint8_t* at, const uint8_t* end) noexcept:
    """Where the value ends that may follow an attribute's name."""
    cdef const uint8_t* start = at
    cdef const uint8_t* stop
    while at < end and is_space(at[0]):
        at += 1
    if at >= end or at[0] != c"=":
        return start
    at += 1
    while at < end and is_space(at[0]):
        at += 1
    if at >= end:
        return end
    if at[0] == c'"' or at[0] == c"'":
        stop = <const uint8_t*>memchr(at + 1, at[0], end - at - 1)
        return stop + 1 if stop != NULL else at + 1
    while at < end and not is_space(at[0]):
        at += 1
    return at


cdef const uint8_t* end_of_comment(const uint8_t* at, const uint8_t* end) noexcept:
    """Where a comment ends, whose text begins at `at`; the end of the page for one that is not closed."""
    cdef const uint8_t* start = at
    if at < end and at[0] == c">":
        return at + 1
    if end - at >= 2 and at[0] == c"-" and at[1] == c">":
        return at + 2
    while True:
        at = <const uint8_t*>memchr(at, c">", end - at)
        if at == NULL:
            return end
        if at - start >= 2 and at[-1] == c"-" and at[-2] == c"-":
            return at + 1
        if at - start >= 3 and at[-1] == c"!" and at[-2] == c"-" and at[-3] == c"-":
            return at + 1
        at += 1


cdef const uint8_t* end_of_raw(
    const uint8_t* at, const uint8_t* end, const uint8_t* name, Py_ssize_t size
) noexcept:
    """Where the end tag stands of an element whose content is no markup."""
    cdef const uint8_t* after
    cdef Py_ssize_t i
    while True:
        at = <const uint8_t*>memchr(at, c"<", end - at)
        if at == NULL or end - at < size + 3:
            return end
        after = at + 2 + size
        if at[1] == c"/" and (is_space(after[0]) or after[0] == c"/" or after[0] == c">"):
            i = 0
            while i < size and at[2 + i] | 32 == name[i] | 32:
                i += 1
            if i == size:
                return at
        at += 1


cdef bint is_plain(const uint8_t* at, const uint8_t* end) noexcept:
    """Whether text has no tags in it, nor anything like one but the marks around character data."""
    at = <const uint8_t*>memchr(at, c"<", end - at)
    if at == NULL:
        return True
    if end - at < 9 or memcmp(at, b"<![CDATA[", 9) or memchr(at + 1, c"<", end - at - 1) != NULL:
        return False
    while end - at >= 3 and memcmp(at, b"]]>", 3):
        at += 1
    return end - at >= 3


cdef const uint8_t* end_of_tag(const uint8_t* at, const uint8_t* end) noexcept:
    """Where the `>` of a tag stands: not in a quoted value."""
    cdef const uint8_t* stop
    while at < end and at[0] != c">":
        if at[0] != c"=":
            at += 1
            continue
        at += 1
        while at < end and is_space(at[0]):
            at += 1
        if at < end and (at[0] == c'"' or at[0] == c"'"):
            stop = <const uint8_t*>memchr(at + 1, at[0], end - at - 1)
            at = stop + 1 if stop != NULL else at + 1
    return at
