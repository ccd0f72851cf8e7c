"""Words and characters of texts, compiled: the loops that look at every character of a page.

Texts come in as they stand; counts and words go out. What a word is, is Unicode's
business (`str.isalnum`), the same as in the regular expressions of the rest of the package; in
scripts that put no spaces between words, pairs of characters stand for words.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring
from libc.stdint cimport uint8_t, uint64_t

import numpy as np

from cleaner.label.features.wordtable cimport SEED, WordTable, mixed

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISDIGIT(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISLOWER(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISUPPER(Py_UCS4 char) noexcept

cdef enum:
    MOST_CLASSES = 32


# ------------------------------------------------------------------ characters

def count_classes(list texts not None, const uint8_t[::1] classes not None, int kinds, int dense, tuple letters):
    """How many characters of each class each text has, and how many words in spaced scripts.

    `classes` holds the class, below `kinds`, of every code point below its length; those above are
    `dense`. Runs of the classes in `letters` are words. Returns a float32 table with a row for each
    class, and the words of each text.
    """
    cdef Py_ssize_t count = len(texts), row, at, size
    cdef Py_ssize_t counts[MOST_CLASSES]
    cdef bint is_letter[MOST_CLASSES]
    cdef bint in_word
    cdef Py_ssize_t words
    cdef unsigned int char
    cdef int kind, known
    cdef void* data
    cdef str text
    for known in range(MOST_CLASSES):
        is_letter[known] = known in letters
    table = np.empty((kinds, count), np.float32)
    starts = np.empty(count, np.float32)
    cdef float[:, ::1] table_view = table
    cdef float[::1] starts_view = starts
    for row in range(count):
        text = texts[row]
        kind, data, size = PyUnicode_KIND(text), PyUnicode_DATA(text), len(text)
        in_word, words = False, 0
        for known in range(kinds):
            counts[known] = 0
        for at in range(size):
            char = PyUnicode_READ(kind, data, at)
            known = classes[char] if <Py_ssize_t>char < classes.shape[0] else dense
            counts[known] += 1
            words += is_letter[known] and not in_word
            in_word = is_letter[known]
        for known in range(kinds):
            table_view[known, row] = counts[known]
        starts_view[row] = words
    return table, starts


def edges(list texts not None, frozenset hard_ends, frozenset ends, str closers):
    """How each text ends and begins, as `end_mark` and `first_char` of `characters`."""
    cdef Py_ssize_t count = len(texts), row
    cdef str text
    cdef Py_UCS4 first
    ending = np.zeros(count, np.float32)
    beginning = np.zeros(count, np.float32)
    cdef float[::1] end_view = ending
    cdef float[::1] first_view = beginning
    for row in range(count):
        text = texts[row]
        if not text:
            continue
        last = text[-1]
        if last in closers:
            last = text[-2:-1] or last
        if last in hard_ends:
            end_view[row] = 3
        elif last == ":" or last == "：":
            end_view[row] = 2
        else:
            end_view[row] = text[-1] in ends
        first = text[0]
        if Py_UNICODE_ISUPPER(first):
            first_view[row] = 1
        elif Py_UNICODE_ISLOWER(first):
            first_view[row] = 2
        elif Py_UNICODE_ISDIGIT(first):
            first_view[row] = 3
        else:
            first_view[row] = 4 if text[0] in ends else 0
    return ending, beginning


# ------------------------------------------------------------------ words

def short_words(str text not None):
    """Lower-case words of a short text, digits left out; pairs of characters where spaces do not part words."""
    cdef str lower = text.lower()
    cdef Py_ssize_t at = 0, start, size = len(lower), letters = 0
    cdef int kind = PyUnicode_KIND(lower)
    cdef void* data = PyUnicode_DATA(lower)
    cdef list words = []
    while at < size:
        if not is_letter(PyUnicode_READ(kind, data, at)):
            at += 1
            continue
        start = at
        while at < size and is_letter(PyUnicode_READ(kind, data, at)):
            at += 1
        words.append(PyUnicode_Substring(lower, start, at))
        letters += at - start
    if letters > PLENTY_OF_CHARS_A_WORD * len(words):
        run = "".join(words)
        return [run[at:at + 2] for at in range(len(run) - 1)]
    return words


cdef bint is_letter(unsigned int char) noexcept:
    if char < 128:
        return c"a" <= (char | 32) <= c"z"
    return Py_UNICODE_ISALNUM(char) and not Py_UNICODE_ISDECIMAL(char)


cdef struct Odds:
    Py_ssize_t words
    Py_ssize_t known
    double total
    double lowest
    double highest


cdef inline void add_word(Odds* odds, WordTable table, uint64_t key) noexcept:
    cdef const float* value = table.find(key)
    odds.words += 1
    if value != NULL:
        odds.lowest = value[0] if not odds.known or value[0] < odds.lowest else odds.lowest
        odds.highest = value[0] if not odds.known or value[0] > odds.highest else odds.highest
        odds.total += value[0]
        odds.known += 1


cdef Odds odds_of(str lower, WordTable table) noexcept:
    """The odds of all words of a text in lower case, by the rules of `short_words`."""
    cdef Odds odds = Odds(0, 0, 0, 0, 0)
    cdef int kind = PyUnicode_KIND(lower)
    cdef void* data = PyUnicode_DATA(lower)
    cdef Py_ssize_t at, letters = 0, size = len(lower)
    cdef unsigned int char, last = 0
    cdef uint64_t key = SEED
    for at in range(size + 1):
        char = PyUnicode_READ(kind, data, at) if at < size else c" "
        if is_letter(char):
            key = mixed(key, char)
            letters += 1
        elif key != SEED:
            add_word(&odds, table, key)
            key = SEED
    if letters > PLENTY_OF_CHARS_A_WORD * odds.words:
        odds = Odds(0, 0, 0, 0, 0)
        for at in range(size):
            char = PyUnicode_READ(kind, data, at)
            if is_letter(char):
                if last:
                    add_word(&odds, table, mixed(mixed(SEED, last), char))
                last = char
    return odds


def odds_rows(list texts not None, WordTable table not None, Py_ssize_t longest):
    """Mean, lowest and highest odds of each text's words, and the share known; zeros for long texts.

    One float32 row for each of the four.
    """
    cdef Py_ssize_t row
    cdef Odds odds
    cdef str text
    found = np.zeros((4, len(texts)), np.float32)
    cdef float[:, ::1] out = found
    for row in range(len(texts)):
        text = texts[row]
        if len(text) > longest:
            continue
        odds = odds_of(text.lower(), table)
        if odds.known:
            out[0, row] = odds.total / odds.words
            out[1, row] = odds.lowest
            out[2, row] = odds.highest
            out[3, row] = <double>odds.known / odds.words
    return found
