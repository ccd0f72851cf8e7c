"""Quick looks over all blocks of a page or text, compiled: they tell that a closer look would find nothing.

Most pages have no torn list and are no list of teasers, and few lines go on in another sentence without a stop.
One pass over their blocks shows that, where the closer look makes a dozen arrays to find out.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISALPHA(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISUPPER(Py_UCS4 char) noexcept

cdef enum:
    SHAPE = 3  # places of fields in a block
    TAG = 5


def turns(str shape not None, blocks not None, const unsigned char[::1] kept):
    """The pairs of blocks of one shape, with none of it between them, of which one is kept and one not."""
    cdef Py_ssize_t number, before = -1
    cdef list pairs = []
    if len(blocks) != len(kept):
        raise ValueError("not a flag for each block")
    for number, block in enumerate(blocks):
        if <str>(<tuple>block)[SHAPE] == shape:
            if before >= 0 and kept[before] != kept[number]:
                pairs.append((before, number))
            before = number
    return pairs


def most_teasers(
    const float[::1] words, const float[::1] shares, const unsigned char[::1] kept, blocks not None,
    float least_words, float linked, frozenset rows not None,
):
    """How many teasers there can be at most, with a headline above them and with one in the same block.

    Headlines have `least_words` or more and at least a share `linked` of them in links. Each that has
    kept blocks between it and the next one is one; so is each kept block in an element of `rows`.
    """
    cdef Py_ssize_t number, headed = 0, alone = 0
    cdef bint fresh = True
    if not len(words) == len(shares) == len(blocks) == len(kept):
        raise ValueError("not as many words as shares and flags")
    for number in range(len(kept)):
        if words[number] >= least_words and shares[number] >= linked:
            alone += kept[number]
            fresh = True
        elif kept[number]:
            alone += (<tuple>blocks[number])[TAG] in rows
            headed += fresh
            fresh = False
    return headed, alone


def capitals(list texts not None, Py_ssize_t first, Py_ssize_t last, Py_ssize_t most, Py_ssize_t behind):
    """Where in the texts words end before one with a capital: (number of the text, place).

    Such a place is the `first` of a text or behind it, and the word after it begins before the `last`; there
    are `behind` characters from there on at least. Of each text `most` words are looked at.
    """
    cdef Py_ssize_t number, at, place, end, words
    cdef int kind
    cdef void* data
    cdef Py_UCS4 char
    cdef list found = []
    for number in range(len(texts)):
        text = <str>texts[number]
        kind, data = PyUnicode_KIND(text), PyUnicode_DATA(text)
        end = min(<Py_ssize_t>len(text), last)
        at, words = max(first, 1), 0
        while at < end and words < most:
            if not is_space(PyUnicode_READ(kind, data, at)) or not ends_word(PyUnicode_READ(kind, data, at - 1)):
                at += 1
                continue
            place = at
            while at < end and is_space(PyUnicode_READ(kind, data, at)):
                at += 1
            char = PyUnicode_READ(kind, data, at) if at < end else 0
            if Py_UNICODE_ISALPHA(char):
                words += 1
                if Py_UNICODE_ISUPPER(char) and len(text) - at >= behind:
                    found.append((number, place))
    return found


cdef inline bint is_space(Py_UCS4 char) noexcept:
    return char == 0x20 or char == 0xA0


cdef inline bint ends_word(Py_UCS4 char) noexcept:
    return Py_UNICODE_ISALNUM(char) or char in "_?!’'»”)"
