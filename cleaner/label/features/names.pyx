"""The names in elements' attributes, compiled: attributes in, names, their words and promises out.

Class and id words are the surest thing markup says of a block, and a page has hundreds of them that
no other site's page has, so they are read anew on every page, without making strings of them.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring
from libc.stdint cimport uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memchr

from cleaner.label.features.wordtable cimport SEED, WordTable, mixed

import tomllib
from array import array
from importlib.resources import files

cdef extern from "Python.h":
    unsigned int Py_UNICODE_TOLOWER(unsigned int char) noexcept

cdef WordTable naming_keys = WordTable(dict.fromkeys(
    "class id itemprop role data-testid data-component data-type data-module".split(), 1.0
))

# Names of one attribute that are read; utility classes run to dozens and say nothing.
cdef Py_ssize_t MOST_NAMES = 16

cdef dict tables = tomllib.loads((files("cleaner.label.features") / "names.toml").read_text(encoding="utf-8"))


cdef struct Word:
    # Where in a name it stands, its key, and the key of the word before and it as one.
    Py_ssize_t start
    Py_ssize_t end
    uint64_t key
    uint64_t pair


cdef enum:
    NO_SIGN = -1
    NOT_ASKED = -2
cdef Promise NO_PROMISE = Promise(0, 0, 0, 0, 0, 0, UNNAMED, 0)


cdef inline unsigned int char_at(Names* names, Py_ssize_t at) noexcept:
    return PyUnicode_READ(names.kind, names.data, at)


cdef inline bint is_space(unsigned int char) noexcept:
    return char == 32 or 9 <= char <= 13


cdef Names names_in(str attrs) noexcept:
    return Names(PyUnicode_KIND(attrs), PyUnicode_DATA(attrs), len(attrs), 0, -1, 0)


cdef bint next_name(Names* names, Py_ssize_t* start, Py_ssize_t* end) noexcept:
    """Find the next name; False behind the last. See `attr_names` for what counts."""
    cdef Py_ssize_t at
    while True:
        at = names.at
        while at < names.value_end and is_space(char_at(names, at)):
            at += 1
        if at < names.value_end and names.left:
            start[0] = at
            while at < names.value_end and not is_space(char_at(names, at)):
                at += 1
            end[0] = names.at = at
            names.left -= 1
            return True
        names.at = names.value_end + 1
        if not next_value(names):
            return False


cdef bint next_value(Names* names) noexcept:
    """Go to the next attribute that holds names; False where there is none."""
    # The serialisation has one space before each attribute and every value in double quotes.
    cdef Py_ssize_t at = names.at, value
    cdef uint64_t key = SEED  # of the attribute's name
    cdef unsigned int char
    while at + 1 < names.size:
        char = char_at(names, at)
        if char == 32:
            key = SEED
        elif char == c"=" and char_at(names, at + 1) == c'"':
            value = at + 2
            at = value_end(names, value)
            if naming_keys.find(key) != NULL:
                names.at, names.value_end, names.left = value, at, MOST_NAMES
                return True
            key = SEED
        else:
            key = mixed(key, char)
        at += 1
    return False


cdef inline Py_ssize_t value_end(Names* names, Py_ssize_t at) noexcept:
    """Where the value that begins at a place ends."""
    cdef const char* found
    if names.kind == 1:
        found = <const char*>memchr(<const char*>names.data + at, c'"', names.size - at)
        return names.size if found == NULL else found - <const char*>names.data
    while at < names.size and char_at(names, at) != c'"':
        at += 1
    return at


def attr_names(str attrs not None):
    """The names in an element's class, id and kindred attributes, as they stand, some of each."""
    cdef Names names = names_in(attrs)
    cdef Py_ssize_t start, end
    cdef list found = []
    while next_name(&names, &start, &end):
        found.append(PyUnicode_Substring(attrs, start, end))
    return found


def words_of(str name not None):
    """The name as it stands ("entry-content", with a dot before it as in CSS) and its words.

    All in lower case. Whole names are surer, words are seen on more sites. A word is two or more
    small letters or capitals, or a capital and small letters.
    """
    cdef Names names = names_in(name)
    cdef Word word = Word(0, 0, 0, 0)
    cdef list words = ["." + name.lower()]
    while next_word(&names, word.end, len(name), SEED, &word):
        words.append(PyUnicode_Substring(name, word.start, word.end).lower())
    return tuple(words)


cdef int first_known(str attrs, WordTable table) noexcept:
    """The number that a table has for the first name in an element's attributes, or word of it; or `NO_SIGN`."""
    cdef Names names = names_in(attrs)
    cdef Word word
    cdef Py_ssize_t start, end
    cdef const float* value
    while next_name(&names, &start, &end):
        value = table.find(key_of_name(&names, start, end))
        word.end = start
        while value == NULL and next_word(&names, word.end, end, SEED, &word):
            value = table.find(word.key)
        if value != NULL:
            return <int>value[0]
    return NO_SIGN


def first_known_word(str attrs not None, WordTable table not None):
    """The number that a table has for the first name in an element's attributes, or word of it; None for none."""
    number = first_known(attrs, table)
    return None if number == NO_SIGN else number


def signs_around(
    list numbers not None, list own not None, list inline not None, list parents not None, list tags not None,
    list attrs not None, WordTable words not None, dict by_tag not None, int highest,
):
    """The first sign on the way out from each of the blocks that are numbered, -1 where there is none.

    A sign is what a word of a name, or a tag, has in its table. `own` is each block's element. Its inline
    attributes are asked first, then at most `highest` elements, innermost first, each for its names and then
    its tag.
    """
    cdef Py_ssize_t number, step
    cdef int element, sign
    cdef list found = []
    cdef int[::1] known = array("i", [NOT_ASKED]) * max(len(tags), 1)
    for number in numbers:
        sign = first_known(inline[number], words) if inline[number] else NO_SIGN
        element, step = own[number], 0
        while sign == NO_SIGN and element >= 0 and step < highest:
            if known[element] == NOT_ASKED:
                known[element] = first_known(attrs[element], words)
                if known[element] == NO_SIGN:
                    known[element] = by_tag.get(tags[element], NO_SIGN)
            sign = known[element]
            element = parents[element]
            step += 1
        found.append(sign)
    return found


cdef uint64_t key_of_name(Names* names, Py_ssize_t start, Py_ssize_t end) noexcept:
    """The key of a whole name: a dot and its characters in lower case."""
    cdef Py_ssize_t at
    cdef uint64_t key = mixed(SEED, c".")
    cdef unsigned int char
    for at in range(start, end):
        char = char_at(names, at)
        if is_upper(char):
            char |= 32
        elif char > 127:
            char = Py_UNICODE_TOLOWER(char)
        key = mixed(key, char)
    return key


cdef bint next_word(Names* names, Py_ssize_t at, Py_ssize_t stop, uint64_t before, Word* word) noexcept:
    """Find the first word between two places, by the rules of `words_of`; False where none is.

    Its key and the key of the word before with it added are made on the way.
    """
    cdef uint64_t shorter, shorter_pair
    cdef unsigned int char
    while at < stop:
        char = char_at(names, at)
        word.start, word.key, word.pair = at, mixed(SEED, char | 32), mixed(before, char | 32)
        at += 1
        if is_upper(char) and at < stop and is_upper(char_at(names, at)):
            shorter, shorter_pair = word.key, word.pair
            while at < stop and is_upper(char_at(names, at)):
                shorter, shorter_pair = word.key, word.pair
                add_letter(word, char_at(names, at))
                at += 1
            # Of "RSSFeed" the F belongs to the second word.
            if at - word.start > 2 and at < stop and is_lower(char_at(names, at)):
                word.key, word.pair = shorter, shorter_pair
                at -= 1
        elif is_lower(char) or is_upper(char):
            while at < stop and is_lower(char_at(names, at)):
                add_letter(word, char_at(names, at))
                at += 1
        if at - word.start >= 2:
            word.end = at
            return True
    return False


cdef inline void add_letter(Word* word, unsigned int letter) noexcept:
    word.key, word.pair = mixed(word.key, letter | 32), mixed(word.pair, letter | 32)


cdef inline bint is_lower(unsigned int char) noexcept:
    return c"a" <= char <= c"z"


cdef inline bint is_upper(unsigned int char) noexcept:
    return c"A" <= char <= c"Z"


cdef dict known_senses():
    """For each word and each whole name of the package's table what it tells, by the fields of `Sense`."""
    cdef dict senses = {}
    for field, dot in (("body", "."), ("aside", "."), ("apart", "")):
        for word in tables[field].split():
            senses.setdefault(dot + word, {})[field] = True
    for group in tables["landmark"]:
        for kind, dot in (("words", ""), ("names", ".")):
            for word in group[kind].split():
                senses.setdefault(dot + word, {})["landmark"] = group["sureness"]
    return senses


cdef class NameOdds:
    """Learned log-odds of body for class and id words, on a block's own elements and further up."""

    def __cinit__(self, near not None, far not None):
        cdef Py_ssize_t number
        cdef dict known = known_senses()
        self.near, self.far = dict(near), dict(far)
        self.numbers = WordTable({word: i for i, word in enumerate(known.keys() | self.near.keys() | self.far.keys())})
        self.senses = <Sense*>malloc((len(self.numbers.words) + 1) * sizeof(Sense))
        if self.senses == NULL:
            raise MemoryError
        for word, number in self.numbers.words.items():
            told = known.get(word, {})
            self.senses[number] = Sense(
                self.near.get(word, 0), self.far.get(word, 0), word in self.near, word in self.far,
                "body" in told, "aside" in told, "apart" in told, told.get("landmark", UNNAMED),
            )

    def __dealloc__(self):
        free(self.senses)

    cdef const Sense* sense_of(self, uint64_t key) noexcept:
        """What is known of a word or name; NULL for an unknown one."""
        cdef const float* number = self.numbers.find(key)
        return NULL if number == NULL else &self.senses[<Py_ssize_t>number[0]]

    cdef Promise promise(self, str attrs):
        """What an element's names promise together: the lowest and the highest of each kind."""
        cdef Promise together, one
        cdef bint first = True
        cdef Names names = names_in(attrs)
        cdef Py_ssize_t start, end
        while next_name(&names, &start, &end):
            one = self.promise_of_name(&names, start, end)
            if first:
                together = one
                first = False
                continue
            together.low_near = min(together.low_near, one.low_near)
            together.high_near = max(together.high_near, one.high_near)
            together.low_far = min(together.low_far, one.low_far)
            together.high_far = max(together.high_far, one.high_far)
            together.body = max(together.body, one.body)
            together.aside = max(together.aside, one.aside)
            together.landmark = min(together.landmark, one.landmark)
            together.apart = max(together.apart, one.apart)
        return NO_PROMISE if first else together

    cdef Promise promise_of_name(self, Names* names, Py_ssize_t start, Py_ssize_t end) noexcept:
        cdef Promise promise = NO_PROMISE
        cdef bint near_known = False, far_known = False
        cdef Word word = Word(0, start, SEED, 0)
        cdef const Sense* sense = self.sense_of(key_of_name(names, start, end))
        if sense != NULL:
            promise.body, promise.aside, promise.landmark = sense.body, sense.aside, sense.landmark
            widen(&promise, sense, &near_known, &far_known)
        while next_word(names, word.end, end, word.key, &word):
            sense = self.sense_of(word.key)
            if sense != NULL:
                promise.landmark = min(promise.landmark, <float>sense.landmark)
                promise.apart = max(promise.apart, <float>sense.apart)
                widen(&promise, sense, &near_known, &far_known)
            sense = self.sense_of(word.pair)  # with the word before, which the first one has not
            if sense != NULL:
                promise.landmark = min(promise.landmark, <float>sense.landmark)
        return promise


cdef inline void widen(Promise* promise, const Sense* sense, bint* near_known, bint* far_known) noexcept:
    """Widen a name's promise by what one of its words promises."""
    if sense.near_known:
        promise.low_near = min(promise.low_near, sense.near) if near_known[0] else sense.near
        promise.high_near = max(promise.high_near, sense.near) if near_known[0] else sense.near
        near_known[0] = True
    if sense.far_known:
        promise.low_far = min(promise.low_far, sense.far) if far_known[0] else sense.far
        promise.high_far = max(promise.high_far, sense.far) if far_known[0] else sense.far
        far_known[0] = True
