"""The quick look at a page's shape, compiled: HTML as UTF-8 in, whether it is as pages are out.

Judged by samples in even steps, for every flood is longer than a step; doubt about the balance of
start and end tags is settled by the whole page. See `guard` for what comes of it.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memset

from cleaner.segment import limits

cdef Py_ssize_t STEP = limits.STEP
cdef Py_ssize_t SAMPLE = limits.SAMPLE
cdef Py_ssize_t SPARSE = limits.SPARSE
cdef Py_ssize_t CROWDED = limits.CROWDED
cdef Py_ssize_t UNBALANCED = limits.UNBALANCED
cdef Py_ssize_t LONG_TAG = limits.LONG_TAG
cdef Py_ssize_t MANY_TAGS = limits.MANY_TAGS
cdef Py_ssize_t MANY_ATTRIBUTES = limits.MANY_ATTRIBUTES
cdef Py_ssize_t MANY_MISPLACED = limits.MANY_MISPLACED
cdef Py_ssize_t MANY_OPTIONS = limits.MAX_OPTIONS
cdef Py_ssize_t TEXT_RUN = limits.TEXT_RUN

cdef enum:
    MOST_LETTERS = 8
    UNPAIRED = 17
    BEGINNINGS = 1 << 16  # of names: two letters

cdef uint64_t UNPAIRED_NAMES[UNPAIRED]


cdef fill_unpaired():
    """The names of elements that need no end tag, eight letters to a number."""
    cdef uint64_t packed
    names = "area br col hr img input link meta source wbr p li dt dd td th tr".split()
    for i, name in enumerate(names):
        packed = 0
        for letter in name.encode():
            packed = packed << 8 | <uint64_t>letter
        UNPAIRED_NAMES[i] = packed

fill_unpaired()

cdef struct Counts:
    Py_ssize_t tags
    Py_ssize_t ends
    Py_ssize_t unpaired
    Py_ssize_t misplaced
    Py_ssize_t options


cdef bint is_unpaired(const uint8_t* at, const uint8_t* end) noexcept:
    """Whether a comment or the tag of an element that needs no end tag has its name at `at`."""
    cdef uint64_t packed = 0
    cdef int i
    for i in range(MOST_LETTERS):
        if at + i >= end:
            return False
        if at[i] == c"!" and i == 0:
            return True
        if at[i] == c">" or at[i] == c"/" or at[i] == 32 or 9 <= at[i] <= 13:
            break
        packed = packed << 8 | <uint64_t>(at[i] | 32)
    for i in range(UNPAIRED):
        if UNPAIRED_NAMES[i] == packed:
            return True
    return False


cdef inline const uint8_t* next_tag(const uint8_t* at, const uint8_t* end) noexcept:
    at = <const uint8_t*>memchr(at, c"<", end - at)
    return at if at != NULL else end


cdef Counts counted(const uint8_t* at, const uint8_t* end, const uint8_t* page_end, bint closely) noexcept:
    """The tags between two places; whether they need an end tag is only asked when looking closely."""
    cdef Counts counts = Counts(0, 0, 0, 0, 0)
    cdef uint8_t first
    while True:
        at = next_tag(at, end)
        if at == end:
            return counts
        at += 1
        counts.tags += 1
        first = at[0] if at < page_end else 0
        if first == c"/":
            counts.ends += at < end
        elif closely:
            counts.unpaired += is_unpaired(at, page_end)
        elif first == c"t" or first == c"f" or first == c"c" or first == c"h":
            counts.misplaced += 1
        elif (first | 32) == c"o" and end - at > 2:
            counts.options += (at[1] | 32) == c"p" and (at[2] | 32) == c"t"


cdef Py_ssize_t equals_signs(const uint8_t* at, const uint8_t* end) noexcept:
    cdef unsigned int found = 0
    while at < end:
        found += at[0] == c"="
        at += 1
    return found


cdef bint has_usual_counts(const uint8_t* page, Py_ssize_t size) noexcept:
    """Whether there are about as many tags and attributes as pages have, by every eighth of it."""
    cdef Counts here
    cdef Py_ssize_t start, stop, tags = 0, attributes = 0, misplaced = 0, options = 0
    for start from 0 <= start < size by 2 * STEP:
        stop = min(start + SAMPLE, size)
        here = counted(page + start, page + stop, page + size, False)
        tags += here.tags
        attributes += equals_signs(page + start, page + stop)
        if here.tags * SPARSE > SAMPLE:
            misplaced += here.misplaced
        if here.tags * CROWDED > SAMPLE:
            options += here.options
    return (
        tags * 2 * STEP <= MANY_TAGS * SAMPLE
        and attributes * 2 * STEP <= MANY_ATTRIBUTES * SAMPLE
        and misplaced * 2 * STEP <= MANY_MISPLACED * SAMPLE
        and options * 2 * STEP <= MANY_OPTIONS * SAMPLE
    )


cdef bint is_balanced(const uint8_t* page, Py_ssize_t size, Py_ssize_t sample, in_long_tag) except -1:
    """Whether start and end tags keep up with each other, reading `sample` characters of each step."""
    cdef Py_ssize_t limit = UNBALANCED * sample // STEP
    cdef Py_ssize_t start, unbalanced, rise = 0, fall = 0, quiet = 0
    cdef Counts here
    for start from 0 <= start < size by STEP:
        here = counted(page + start, page + min(start + sample, size), page + size, sample == STEP)
        if not here.tags:
            quiet += STEP
            if quiet == LONG_TAG and in_long_tag(start):
                return False
            continue
        unbalanced = here.tags - 2 * here.ends
        if sample == STEP and unbalanced > 0:  # a second look can afford to know void elements
            unbalanced -= here.unpaired
        rise = max(<Py_ssize_t>0, rise + unbalanced)
        fall = max(<Py_ssize_t>0, fall - unbalanced)
        if rise > limit or fall > limit:
            return False
        quiet = 0
    return True


cdef bint is_normal(const uint8_t* page, Py_ssize_t size, in_long_tag) except -1:
    if not has_usual_counts(page, size):
        return False
    return is_balanced(page, size, SAMPLE, in_long_tag) or is_balanced(page, size, STEP, in_long_tag)


def looks_normal(bytes html not None, in_long_tag):
    """No long unbalanced stretch, no flood of options, no tag with thousands of attributes.

    `in_long_tag(place)` says whether a place far from any tag's start is inside of one.
    """
    return is_normal(html, len(html), in_long_tag)


ctypedef fused Char:
    uint8_t
    uint16_t
    uint32_t


cdef bint has_run(const Char* at, const Char* end) noexcept:
    cdef Py_ssize_t run = 0
    while at < end and run < TEXT_RUN:
        run = 0 if at[0] == c"<" or at[0] == c">" else run + 1
        at += 1
    return run >= TEXT_RUN


def holds_text(str html not None, Py_ssize_t start, Py_ssize_t end):
    """Whether a run of text stands between two places, not just tags and scraps between them."""
    cdef void* data = PyUnicode_DATA(html)
    cdef int width = PyUnicode_KIND(html)
    end = min(end, <Py_ssize_t>len(html))
    start = max(<Py_ssize_t>0, min(start, end))
    if width == 1:
        return has_run(<const uint8_t*>data + start, <const uint8_t*>data + end)
    if width == 2:
        return has_run(<const uint16_t*>data + start, <const uint16_t*>data + end)
    return has_run(<const uint32_t*>data + start, <const uint32_t*>data + end)


def may_open(bytes html not None, list names not None):
    """Those of the names, in lower case, that a start tag of the page may have: one begins with the same two letters."""
    cdef const uint8_t* at = html
    cdef const uint8_t* end = at + len(html)
    cdef uint64_t[BEGINNINGS >> 6] seen
    cdef unsigned int beginning
    cdef bytes letters
    cdef list found = []
    memset(seen, 0, sizeof(seen))
    while end - at >= 3:
        at = <const uint8_t*>memchr(at, c"<", end - at - 2)
        if at == NULL:
            break
        beginning = (at[1] | 32) << 8 | at[2] | 32
        seen[beginning >> 6] |= <uint64_t>1 << (beginning & 63)
        at += 1
    for name in names:
        letters = name.encode()
        beginning = <unsigned int>letters[0] << 8 | <unsigned int>letters[1]
        if seen[beginning >> 6] >> (beginning & 63) & 1:
            found.append(name)
    return found
