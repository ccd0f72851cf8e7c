"""The names in elements' attributes, compiled: attributes in, names, their words and promises out.

Class and id words are the surest thing markup says of a block, and a page has hundreds of them that
no other site's page has, so they are read anew on every page, without making strings of them.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring
from libc.stdint cimport uint64_t

from cleaner.label.features.wordtable cimport SEED, WordTable, mixed

import tomllib
from importlib.resources import files

cdef extern from "Python.h":
    unsigned int Py_UNICODE_TOLOWER(unsigned int char) noexcept

cdef WordTable naming_keys = WordTable(dict.fromkeys(
    "class id itemprop role data-testid data-component data-type data-module".split(), 1.0
))

# Names of one attribute that are read; utility classes run to dozens and say nothing.
cdef Py_ssize_t MOST_NAMES = 16

cdef dict tables = tomllib.loads((files("cleaner.label.features") / "names.toml").read_text(encoding="utf-8"))


cdef WordTable landmarks(kind):
    """How sure a sign of the article's container each word, or each whole name, is."""
    return WordTable({word: group["sureness"] for group in tables["landmark"] for word in group[kind].split()})


cdef WordTable body_names = WordTable(dict.fromkeys(tables["body"].split(), 1.0))
cdef WordTable aside_names = WordTable(dict.fromkeys(tables["aside"].split(), 1.0))
cdef WordTable apart_words = WordTable(dict.fromkeys(tables["apart"].split(), 1.0))
cdef WordTable landmark_words = landmarks("words"), landmark_names = landmarks("names")
cdef enum:
    NO_SIGN = -1
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
    cdef Py_ssize_t at = names.at, name = at, value
    while at + 1 < names.size:
        if char_at(names, at) == 32:
            name = at + 1
        elif char_at(names, at) == c"=" and char_at(names, at + 1) == c'"':
            value = at + 2
            at = value
            while at < names.size and char_at(names, at) != c'"':
                at += 1
            if is_naming(names, name, value - 2):
                names.at, names.value_end, names.left = value, at, MOST_NAMES
                return True
            name = at + 1
        at += 1
    return False


cdef bint is_naming(Names* names, Py_ssize_t start, Py_ssize_t end) noexcept:
    """Whether an attribute of this name holds names."""
    cdef uint64_t key = SEED
    cdef Py_ssize_t at
    for at in range(start, end):
        key = mixed(key, char_at(names, at))
    return naming_keys.find(key) != NULL


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
    cdef Py_ssize_t at = 0, start, end
    cdef list words = ["." + name.lower()]
    while next_word(&names, at, len(name), &start, &end):
        words.append(PyUnicode_Substring(name, start, end).lower())
        at = end
    return tuple(words)


def known_words(str attrs not None, WordTable table not None):
    """The numbers that a table has for names in an element's attributes and their words, in their order."""
    cdef Names names = names_in(attrs)
    cdef Py_ssize_t start, end, at, word_start, word_end
    cdef const float* value
    cdef list found = []
    while next_name(&names, &start, &end):
        value = table.find(key_of(&names, start, end, mixed(SEED, c".")))
        if value != NULL:
            found.append(<int>value[0])
        at = start
        while next_word(&names, at, end, &word_start, &word_end):
            value = table.find(key_of(&names, word_start, word_end, SEED))
            if value != NULL:
                found.append(<int>value[0])
            at = word_end
    return found


cdef int first_known(str attrs, WordTable table) noexcept:
    """The first of `known_words`, or `NO_SIGN`."""
    cdef Names names = names_in(attrs)
    cdef Py_ssize_t start, end, at, word_start, word_end
    cdef const float* value
    while next_name(&names, &start, &end):
        value = table.find(key_of(&names, start, end, mixed(SEED, c".")))
        at = start
        while value == NULL and next_word(&names, at, end, &word_start, &word_end):
            value = table.find(key_of(&names, word_start, word_end, SEED))
            at = word_end
        if value != NULL:
            return <int>value[0]
    return NO_SIGN


def signs_around(
    list places not None, list inline not None, list parents not None, list tags not None,
    list attrs not None, WordTable words not None, dict by_tag not None, int highest,
):
    """The first sign on the way out from each place: what a word of a name or a tag has in its table.

    A place is an element's number; its inline attributes are asked first, then at most `highest`
    elements, innermost first, each for its names and then its tag. -1 where none has a sign.
    """
    cdef Py_ssize_t number, step
    cdef int element, sign
    cdef list found = []
    cdef dict known = {}
    for number in range(len(places)):
        sign = first_known(inline[number], words)
        element, step = places[number], 0
        while sign == NO_SIGN and element >= 0 and step < highest:
            asked = known.get(element)
            if asked is None:
                asked = first_known(attrs[element], words)
                if asked == NO_SIGN:
                    asked = by_tag.get(tags[element], NO_SIGN)
                known[element] = asked
            sign = asked
            element = parents[element]
            step += 1
        found.append(sign)
    return found


cdef uint64_t key_of(Names* names, Py_ssize_t start, Py_ssize_t end, uint64_t key) noexcept:
    """A key with the characters between two places added, in lower case."""
    cdef Py_ssize_t at
    cdef unsigned int char
    for at in range(start, end):
        char = char_at(names, at)
        if is_upper(char):
            char |= 32
        elif char > 127:
            char = Py_UNICODE_TOLOWER(char)
        key = mixed(key, char)
    return key


cdef bint next_word(
    Names* names, Py_ssize_t at, Py_ssize_t stop, Py_ssize_t* start, Py_ssize_t* end
) noexcept:
    """Find the first word between two places, by the rules of `words_of`; False where none is."""
    while at < stop:
        start[0] = at
        if is_upper(char_at(names, at)):
            at += 1
            while at < stop and is_lower(char_at(names, at)):
                at += 1
            if at - start[0] < 2:
                while at < stop and is_upper(char_at(names, at)):
                    at += 1
                # Of "RSSFeed" the F belongs to the second word.
                if at - start[0] > 2 and at < stop and is_lower(char_at(names, at)):
                    at -= 1
        else:
            while at < stop and is_lower(char_at(names, at)):
                at += 1
        if at - start[0] >= 2:
            end[0] = at
            return True
        at = max(at, start[0] + 1)
    return False


cdef inline bint is_lower(unsigned int char) noexcept:
    return c"a" <= char <= c"z"


cdef inline bint is_upper(unsigned int char) noexcept:
    return c"A" <= char <= c"Z"


cdef inline float number_of(WordTable table, uint64_t key) noexcept:
    cdef const float* value = table.find(key)
    return UNNAMED if value == NULL else value[0]


cdef class NameOdds:
    """Learned log-odds of body for class and id words, on a block's own elements and further up."""

    def __init__(self, near, far):
        self.near = WordTable(near)
        self.far = WordTable(far)

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
        cdef uint64_t whole = key_of(names, start, end, SEED), word = SEED, pair
        promise.body = body_names.find(whole) != NULL
        promise.aside = aside_names.find(whole) != NULL
        self.add(&promise, key_of(names, start, end, mixed(SEED, c".")), &near_known, &far_known)
        promise.landmark = number_of(landmark_names, whole)
        cdef Py_ssize_t at = start, word_start, word_end
        while next_word(names, at, end, &word_start, &word_end):
            pair = key_of(names, word_start, word_end, word)  # the same key twice for the first
            word = key_of(names, word_start, word_end, SEED)
            promise.landmark = min(
                promise.landmark, number_of(landmark_words, word), number_of(landmark_words, pair)
            )
            if apart_words.find(word) != NULL:
                promise.apart = 1
            self.add(&promise, word, &near_known, &far_known)
            at = word_end
        return promise

    cdef void add(self, Promise* promise, uint64_t key, bint* near_known, bint* far_known) noexcept:
        """Widen a name's promise by what one of its words promises."""
        cdef const float* found = self.near.find(key)
        if found != NULL:
            promise.low_near = min(promise.low_near, found[0]) if near_known[0] else found[0]
            promise.high_near = max(promise.high_near, found[0]) if near_known[0] else found[0]
            near_known[0] = True
        found = self.far.find(key)
        if found != NULL:
            promise.low_far = min(promise.low_far, found[0]) if far_known[0] else found[0]
            promise.high_far = max(promise.high_far, found[0]) if far_known[0] else found[0]
            far_known[0] = True
