"""Serialised markup in, the elements of it that say what they hold out, in document order, compiled.

A page marks its metadata in a few elements among a thousand. Reading past the others in the markup,
which is there anyway, costs half of asking the tree for them; what an element says is worked
out when it is asked for.
"""

from libc.stdint cimport uint8_t
from libc.string cimport memchr, memcmp, strlen

from cleaner.segment.blocktext cimport decoded, is_ascii_space
from cleaner.segment.tagtable cimport VOID, behind_comment, tag_slot, traits_at

from html import unescape


cdef class Element:
    """One element of a page's markup."""

    @property
    def attributes(self):
        if self._attributes is None:
            self._attributes = read_attributes(self._markup, self.place)
        return self._attributes

    @property
    def around(self):
        cdef int level
        return [element_at(self._markup, self._around[level], None) for level in range(self._levels)]

    def text(self, str separator not None, Py_ssize_t enough=-1):
        """Its runs of text, joined; no more than say that it has more than `enough` bytes."""
        cdef Walk walk = Walk(self._markup, self.place)
        cdef list runs = []
        cdef Py_ssize_t size = 0
        while walk.next_text():
            runs.append(plain(decoded(walk.text, walk.text_end - walk.text)))
            size += walk.text_end - walk.text
            if 0 <= enough < size:
                break
        return separator.join(runs)

    def inside(self):
        """All elements in it, in document order."""
        cdef Walk walk = Walk(self._markup, self.place)
        cdef list found = []
        while walk.next_element():
            found.append(walk.found())
        return found

    def first(self, str attribute not None, str value not None):
        """The first element inside with an attribute of that value."""
        cdef bytes wanted = f'{attribute}="{value}"'.encode()
        cdef Walk walk = Walk(self._markup, self.place)
        while walk.next_element():
            if has_attribute(walk.attrs, walk.stop, wanted):
                return element_at(self._markup, walk.name - walk.begin, None)
        return None


cdef Element element_at(bytes markup, Py_ssize_t place, str tag):
    """The element whose name stands at a place; `tag` is that name, if known."""
    cdef Element element = Element.__new__(Element)
    cdef const uint8_t* name
    element._markup = markup
    element.place = place
    if tag is None:
        name = <const uint8_t*><const char*>markup + place
        tag = decoded(name, name_size(name, <const uint8_t*><const char*>markup + len(markup)))
    element.tag = tag
    return element


def element_there(bytes markup not None, Py_ssize_t place):
    """The element whose name stands at a place; what is around it is not known."""
    if not 0 < place < len(markup):
        raise IndexError(f"no element at {place} of {len(markup)} bytes")
    return element_at(markup, place, None)


cdef class Walk:
    """A way through the tags of markup, or of one element in it; keeps which elements are open."""

    def __cinit__(self, bytes markup not None, Py_ssize_t place=-1):
        self.markup = markup
        self.begin = <const uint8_t*><const char*>markup
        self.end = self.begin + len(markup)
        self.at = self.begin
        self.depth = 0
        self.within = False
        if place >= 0:
            # All of the element stands behind its start tag; the walk ends with its end tag.
            self.at = self.begin + place - 1
            self.step()
            if not self.depth:
                self.at = self.end
            self.depth = 0
            self.within = True

    cdef Element found(self, str tag=None):
        """The element whose start tag was read last; `tag` is its name, if known."""
        cdef Element element = element_at(self.markup, self.name - self.begin, tag)
        cdef int level = min(self.depth, DEEPEST) - 1
        if level >= 0 and self.open[level] == element.place:
            level -= 1
        while level >= 0 and element._levels < AROUND:
            element._around[element._levels] = self.open[level]
            element._levels += 1
            level -= 1
        return element

    cdef bint next_element(self) noexcept:
        """Go to the next start tag."""
        while self.at < self.end:
            self.at = <const uint8_t*>memchr(self.at, c"<", self.end - self.at)
            if self.at == NULL:
                self.at = self.end
            elif self.step():
                return True
        return False

    cdef bint next_text(self) noexcept:
        """Go to the next run of text; tags and comments part two."""
        cdef const uint8_t* found
        while self.at < self.end:
            found = <const uint8_t*>memchr(self.at, c"<", self.end - self.at)
            if found == NULL:
                found = self.end
            self.text, self.text_end = self.at, found
            self.at = found
            if found < self.end:
                self.step()
            if self.text_end > self.text:
                return True
        return False

    cdef bint step(self) noexcept:
        """Read the tag, comment or bare sign at `at`, and go behind it; whether it was a start tag."""
        cdef const uint8_t* name = self.at + 1
        cdef bint closing = name < self.end and name[0] == c"/"
        name += closing
        if name >= self.end or not c"a" <= (name[0] | 32) <= c"z":
            self.at = behind_comment(name, self.end)
            return False
        cdef Py_ssize_t size = name_size(name, self.end)
        cdef const uint8_t* stop = <const uint8_t*>memchr(name + size, c">", self.end - name - size)
        if stop == NULL:
            stop = self.end
        self.at = stop + 1 if stop < self.end else stop
        cdef bint void = is_void(name, size)
        if closing:
            if not void:
                self.leave()
            return False
        self.enter(name, name + size, stop, void)
        return True

    cdef void leave(self) noexcept:
        """Take note of an end tag."""
        self.depth -= 1
        if self.depth < 0 and self.within:
            self.at = self.end
        self.depth = max(self.depth, 0)  # raw text may end what it never began

    cdef void enter(self, const uint8_t* name, const uint8_t* attrs, const uint8_t* stop, bint void) noexcept:
        """Take note of a start tag."""
        self.name, self.attrs, self.stop = name, attrs, stop
        if not void:
            if self.depth < DEEPEST:
                self.open[self.depth] = name - self.begin
            self.depth += 1


cdef inline bint is_void(const uint8_t* name, Py_ssize_t size) noexcept:
    """Whether an element of this name has no end tag."""
    return traits_at(tag_slot(name, size)) & VOID


cdef inline Py_ssize_t name_size(const uint8_t* name, const uint8_t* end) noexcept:
    """Size of a tag's name, which a space or the tag's end follows; other white space is part of it, if any."""
    cdef const uint8_t* at = name
    while at < end and at[0] != c">" and at[0] != c" ":
        at += 1
    return at - name


cdef bint next_attribute(const uint8_t** name, const uint8_t** value, const uint8_t** at, const uint8_t* end) noexcept:
    """Read the attribute at `at`; in serialised markup each is ` name="value"`, its name up to the equals sign."""
    if end - at[0] < 5 or at[0][0] != c" ":  # what stands in raw text may be written in any way
        return False
    name[0] = at[0] + 1
    value[0] = name[0]
    while True:
        value[0] = <const uint8_t*>memchr(value[0] + 1, c"=", end - value[0] - 1)
        if value[0] == NULL or end - value[0] < 3:
            return False
        if value[0][1] == c'"':
            break
    value[0] += 2
    at[0] = <const uint8_t*>memchr(value[0], c'"', end - value[0])
    if at[0] == NULL:
        return False
    at[0] += 1
    return True


cdef inline str plain(str text):
    """Text with its entities as the signs they stand for; most has none."""
    return unescape(text) if "&" in text else text


cdef dict read_attributes(bytes markup, Py_ssize_t place):
    cdef const uint8_t* end = <const uint8_t*><const char*>markup + len(markup)
    cdef const uint8_t* at = <const uint8_t*><const char*>markup + place
    cdef const uint8_t* name
    cdef const uint8_t* value
    cdef dict attributes = {}
    at += name_size(at, end)
    end = <const uint8_t*>memchr(at, c">", end - at)
    while end != NULL and next_attribute(&name, &value, &at, end):
        attributes[decoded(name, value - name - 2)] = plain(decoded(value, at - value - 1))
    return attributes


cdef bint has_attribute(const uint8_t* at, const uint8_t* end, bytes wanted) noexcept:
    """Whether one of the attributes, as written, is or begins with what is wanted."""
    cdef Py_ssize_t size = len(wanted)
    cdef const uint8_t* text = wanted
    cdef const uint8_t* name
    cdef const uint8_t* value
    while next_attribute(&name, &value, &at, end):
        if name[0] == text[0] and at - name >= size and not memcmp(name, text, size):
            return True
    return False


cdef str LINK = "link"
cdef tuple AUTHOR_PATHS = (b"/aut",)


cdef inline str speaking(const uint8_t* name, Py_ssize_t size):
    """The name of an element that says something whatever its attributes; None for others."""
    if size == 4:
        if name[0] == c"m" and not memcmp(name, b"meta", 4):
            return "meta"
        if name[0] == c"l" and not memcmp(name, b"link", 4):
            return LINK
        if name[0] == c"t" and not memcmp(name, b"time", 4):
            return "time"
        if name[0] == c"b" and not memcmp(name, b"base", 4):
            return "base"
    elif size == 5 and name[0] == c"t" and not memcmp(name, b"title", 5):
        return "title"
    return None


def marked(bytes markup not None):
    """Elements of metadata: `<meta>`, `<title>`, `<time>`, `<base>`, canonical links, all that have an itemprop."""
    cdef Walk walk = Walk(markup)
    cdef list found = []
    while walk.next_element():
        note_marked(walk, found)
    return found


cdef int note_marked(Walk walk, list found) except -1:
    """Add the element whose start tag was read last if it is one of those that `marked` finds."""
    cdef str tag = speaking(walk.name, walk.attrs - walk.name)
    if tag is not None:
        if tag is not LINK or is_canonical(walk.attrs, walk.stop):
            found.append(walk.found(tag))
    elif walk.stop > walk.attrs and has_attribute(walk.attrs, walk.stop, b'itemprop="'):
        found.append(walk.found())
    return 0


def told(list elements not None, str attribute not None, str name not None):
    """What the first of the meta elements says whose attribute has that name; None where there is none."""
    cdef Element element
    cdef dict attributes
    for element in elements:
        if element.tag == "meta":
            attributes = element.attributes
            if attributes.get(attribute) == name:
                return attributes.get("content", "")
    return None


cdef bint is_canonical(const uint8_t* at, const uint8_t* end) noexcept:
    cdef const uint8_t* name
    cdef const uint8_t* value
    while next_attribute(&name, &value, &at, end):
        if value - name == 5 and not memcmp(name, b"rel", 3):
            return at - value == 10 and same(value, b"canonical", 9)
    return False


cdef enum:
    MOST_STEMS = 32  # stems of class names


cdef class Stems:
    """Stems of class names in small letters, to be found by their first letters."""

    cdef tuple kept
    cdef const char* texts[MOST_STEMS]
    cdef Py_ssize_t sizes[MOST_STEMS]
    cdef int first[128]  # where those with a first letter begin
    cdef int behind[128]  # where they end

    def __cinit__(self, tuple stems not None):
        cdef bytes stem
        cdef int place
        if len(stems) > MOST_STEMS:
            raise ValueError("too many stems")
        self.kept = tuple(sorted(stems))
        for place, stem in enumerate(self.kept):
            self.texts[place] = stem
            self.sizes[place] = len(stem)
            if not self.behind[stem[0] & 127]:
                self.first[stem[0] & 127] = place
            self.behind[stem[0] & 127] = place + 1

    cdef bint begins(self, const uint8_t* at, const uint8_t* end) noexcept:
        """Whether one of them stands at a place."""
        cdef int i, letter = (at[0] | 32) & 127
        for i in range(self.first[letter], self.behind[letter]):
            if self.sizes[i] <= end - at and same(at, self.texts[i], self.sizes[i]):
                return True
        return False


def authored(bytes markup not None, tuple stems not None):
    """Elements that most pages mark authors by: with their relation, their own names, or class names.

    `stems` are parts of such class names, in small letters.
    """
    cdef Walk walk = Walk(markup)
    cdef Stems known = Stems(stems)
    cdef Py_ssize_t size
    cdef list found = []
    while walk.next_element():
        size = walk.attrs - walk.name
        if (
            (size == 6 and not memcmp(walk.name, b"byline", 6))
            or (size == 7 and not memcmp(walk.name, b"address", 7))
            or marks_author(walk.attrs, walk.stop, size == 1 and walk.name[0] == c"a", known)
        ):
            found.append(walk.found())
    return found


cdef bint marks_author(const uint8_t* at, const uint8_t* end, bint link, Stems stems) noexcept:
    cdef const uint8_t* name
    cdef const uint8_t* value
    cdef const uint8_t* stop
    cdef Py_ssize_t size
    while next_attribute(&name, &value, &at, end):
        size, stop = value - name - 2, at - 1
        if size == 5 and not memcmp(name, b"class", 5):
            if has_author_class(value, stop, stems):
                return True
        elif size == 3 and not memcmp(name, b"rel", 3):
            if has_word(value, stop, b"author"):
                return True
        elif link and size == 4 and not memcmp(name, b"href", 4):
            if has_path(value, stop, AUTHOR_PATHS):
                return True
    return False


cdef bint has_author_class(const uint8_t* at, const uint8_t* end, Stems stems) noexcept:
    """Whether class names have one of the stems in them, or one is "username"."""
    cdef const uint8_t* first = at
    while at < end:
        if stems.begins(at, end):
            return True
        if at[0] == c"u" and end - at >= 8 and not memcmp(at, b"username", 8):
            if (at == first or is_ascii_space(at[-1])) and (end - at == 8 or is_ascii_space(at[8])):
                return True
        at += 1
    return False


cdef inline bint same(const uint8_t* at, const char* word, Py_ssize_t size) noexcept:
    """Whether letters are those of a word, small or capital."""
    cdef Py_ssize_t i
    for i in range(size):
        if at[i] | 32 != <uint8_t>word[i]:
            return False
    return True


cdef bint has_word(const uint8_t* at, const uint8_t* end, const char* word) noexcept:
    """Whether one of the words of a value is this one, in small letters or capitals."""
    cdef Py_ssize_t size = strlen(word)
    cdef const uint8_t* start
    while at < end:
        while at < end and is_ascii_space(at[0]):
            at += 1
        start = at
        while at < end and not is_ascii_space(at[0]):
            at += 1
        if at - start == size and same(start, word, size):
            return True
    return False


def linking(bytes markup not None, tuple paths not None):
    """Links to addresses with one of the paths, which are bytes and begin with a slash."""
    cdef Walk walk = Walk(markup)
    cdef const uint8_t* at
    cdef const uint8_t* name
    cdef const uint8_t* value
    cdef list found = []
    while walk.next_element():
        if walk.attrs - walk.name != 1 or walk.name[0] != c"a":
            continue
        at = walk.attrs
        while next_attribute(&name, &value, &at, walk.stop):
            if value - name == 6 and not memcmp(name, b"href", 4):
                if has_path(value, at - 1, paths):
                    found.append(walk.found())
                break
    return found


cdef bint has_path(const uint8_t* at, const uint8_t* end, tuple paths) noexcept:
    """Whether an address has one of the paths in it, which begin with a slash."""
    cdef const uint8_t* text
    cdef bytes path
    while end - at > 1:
        at = <const uint8_t*>memchr(at, c"/", end - at - 1)
        if at == NULL:
            return False
        for path in paths:
            text = path
            if text[1] == at[1] and len(path) <= end - at and not memcmp(at, text, len(path)):
                return True
        at += 1
    return False
