"""The names in elements' attributes, compiled: attributes in, names, their words and promises out.

Class and id words are the surest thing markup says of a block, and a page has hundreds of them that
no other site's page has, so they are read anew on every page, without making strings of them.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring
from libc.stdint cimport uint64_t

from cleaner.label.features.wordtable cimport SEED, WordTable, mixed

cdef frozenset KEYS = frozenset(
    "class id itemprop role data-testid data-component data-type data-module".split()
)

# Names of one attribute that are read; utility classes run to dozens and say nothing.
cdef Py_ssize_t MOST_NAMES = 16

BODY_NAMES = WordTable(dict.fromkeys(
    """articlebody article-body article_body article__body story-body storybody entry-content entry-body
    post-content post-body article-content article__content articlecontent article-text article__text
    articletext story-content post__content post-entry""".split(), 1.0
))
ASIDE_NAMES = WordTable(dict.fromkeys(
    "complementary navigation banner contentinfo dialog alertdialog alert menu menubar search".split(), 1.0
))
cdef WordTable body_names = BODY_NAMES, aside_names = ASIDE_NAMES
cdef Promise NO_PROMISE = Promise(0, 0, 0, 0, 0, 0)


def attr_names(str attrs not None):
    """The names in an element's class, id and kindred attributes, as they stand."""
    cdef list names = []
    cdef Py_ssize_t at = 0, start, end, size = len(attrs)
    # The serialisation has one space before each attribute and every value in double quotes.
    while at < size:
        start = attrs.find('="', at)
        if start < 0:
            break
        end = attrs.find('"', start + 2)
        if end < 0:
            break
        if attrs[attrs.rfind(" ", at, start) + 1:start] in KEYS:
            names.extend(attrs[start + 2:end].split()[:MOST_NAMES])
        at = end + 1
    return names


def words_of(str name not None):
    """The name as it stands ("entry-content", with a dot before it as in CSS) and its words.

    All in lower case. Whole names are surer, words are seen on more sites. A word is two or more
    letters of one case, or a capital and small ones.
    """
    cdef Py_ssize_t at = 0, start, end, size = len(name)
    cdef int kind = PyUnicode_KIND(name)
    cdef void* data = PyUnicode_DATA(name)
    cdef list words = ["." + name.lower()]
    while next_word(kind, data, size, at, &start, &end):
        words.append(PyUnicode_Substring(name, start, end).lower())
        at = end
    return tuple(words)


cdef bint next_word(
    int kind, const void* data, Py_ssize_t size, Py_ssize_t at, Py_ssize_t* start, Py_ssize_t* end
) noexcept:
    """Find the first word of a name from `at` on, by the rules of `words_of`; False where none is."""
    while at < size:
        start[0] = at
        if is_upper(PyUnicode_READ(kind, data, at)):
            at += 1
            while at < size and is_lower(PyUnicode_READ(kind, data, at)):
                at += 1
            if at - start[0] < 3:
                at = start[0]
                while at < size and is_upper(PyUnicode_READ(kind, data, at)):
                    at += 1
        else:
            while at < size and is_lower(PyUnicode_READ(kind, data, at)):
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


cdef class NameOdds:
    """Learned log-odds of body for class and id words, on a block's own elements and further up."""

    def __init__(self, near, far):
        self.near = WordTable(near)
        self.far = WordTable(far)

    cdef Promise promise(self, str attrs):
        """What an element's names promise together: the lowest and the highest of each kind."""
        cdef Promise together, one
        cdef bint first = True
        for name in attr_names(attrs):
            one = self.promise_of_name(name)
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
        return NO_PROMISE if first else together

    cdef Promise promise_of_name(self, str name):
        cdef Promise promise = NO_PROMISE
        cdef bint near_known = False, far_known = False
        cdef str lower = name.lower()
        cdef int kind = PyUnicode_KIND(lower)
        cdef void* data = PyUnicode_DATA(lower)
        cdef Py_ssize_t at, start, end
        cdef uint64_t whole = SEED, dotted = mixed(SEED, c"."), key
        for at in range(len(lower)):
            whole = mixed(whole, PyUnicode_READ(kind, data, at))
            dotted = mixed(dotted, PyUnicode_READ(kind, data, at))
        promise.body = body_names.find(whole) != NULL
        promise.aside = aside_names.find(whole) != NULL
        self.add(&promise, dotted, &near_known, &far_known)
        kind, data, at = PyUnicode_KIND(name), PyUnicode_DATA(name), 0
        while next_word(kind, data, len(name), at, &start, &end):
            key = SEED
            for at in range(start, end):
                key = mixed(key, <unsigned int>PyUnicode_READ(kind, data, at) | 32)
            self.add(&promise, key, &near_known, &far_known)
            at = end
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
