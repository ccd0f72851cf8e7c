# cython: wraparound=False
"""Words and characters of texts, compiled: the loops that look at every character of a page.

Texts come in as they stand; counts and words go out. What a word is, is Unicode's
business (`str.isalnum`), the same as in the regular expressions of the rest of the package; in scripts
whose words do not stand between spaces, each pair of characters in a row counts as a word, and so does a
character by itself. The script is asked of each character, not of the text: a clause of Chinese is no
longer than some words of German, and texts of all languages have words in Latin letters in them.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

import numpy as np

from cleaner.label.features.wordtable cimport SEED, WordTable

cdef extern from "Python.h":
    bint PyUnicode_IS_ASCII(object text) noexcept
    bint Py_UNICODE_ISALNUM(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISDIGIT(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISLOWER(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISSPACE(Py_UCS4 char) noexcept
    bint Py_UNICODE_ISUPPER(Py_UCS4 char) noexcept

ctypedef fused Unit:
    uint8_t
    uint16_t
    uint32_t

CLASSES = (
    "space", "lower", "upper", "uncased", "dense", "digit", "stop", "comma", "colon", "quote",
    "bracket", "bar", "dash", "symbol",
)
"""The classes of characters, by their numbers."""

cdef enum:
    SPACE, LOWER, UPPER, UNCASED, DENSE, DIGIT, STOP, COMMA, COLON, QUOTE, BRACKET, BAR, DASH, SYMBOL
    KINDS
    SHARES = 11
    LETTERS = 1 << LOWER | 1 << UPPER | 1 << UNCASED | 1 << DIGIT

    HARD_END = 1
    END = 2
    CLOSER = 4
    MOST_CLOSERS = 3  # behind a sentence: a quotation in a quotation, in brackets

cdef int[SHARES] SHARED = [UPPER, DIGIT, STOP, COMMA, QUOTE, BAR, DASH, SYMBOL, COLON, BRACKET, DENSE]

ROWS = (
    "chars", "words", "stops", "commas", "word_length", "end_mark", "first_char",
    *(f"{CLASSES[SHARED[row]]}_share" for row in range(SHARES)),
)
"""What is told of each text, one row of `character_rows` each."""

# Characters a word in scripts without spaces: the mean of Chinese and Japanese segmenters.
cdef float DENSE_WORD = 2


# ------------------------------------------------------------------ characters

def character_rows(list texts not None, const uint8_t[::1] classes, const uint8_t[::1] signs):
    """The characters of each text: how many, of which classes, how many words, which come first and last.

    `classes` holds the class of every code point below its length, those above are dense; `signs` what a
    code point does at the end of a text. A float32 table of `ROWS`; runs of letters and digits are words in
    spaced scripts. `end_mark` is 3 for the end of a sentence, 2 for a colon, 1 for a closing quotation mark;
    `first_char` is 1 for a capital, 2 for a small letter, 3 for a digit, 4 for a sign that ends texts.
    """
    cdef Py_ssize_t row, share
    cdef Py_ssize_t[KINDS] counts
    cdef float chars, words
    cdef str text
    table = np.zeros((len(ROWS), len(texts)), np.float32)
    cdef float[:, ::1] out = table
    for row in range(len(texts)):
        text = texts[row]
        words = <float>count_classes(text, classes, counts) + <float>counts[DENSE] / DENSE_WORD
        chars = max(len(text), 1)
        out[0, row], out[1, row], out[2, row], out[3, row] = chars, words, counts[STOP], counts[COMMA]
        out[4, row] = (chars - <float>counts[SPACE]) / max(words, <float>1)
        if text:
            out[5, row], out[6, row] = end_mark(text, signs), first_char(text[0], signs)
        for share in range(SHARES):
            out[7 + share, row] = <float>counts[SHARED[share]] / chars
    return table


cdef Py_ssize_t count_classes(str text, const uint8_t[::1] classes, Py_ssize_t* counts) noexcept:
    """Count the characters of each class; returns the words in spaced scripts."""
    cdef const void* data = PyUnicode_DATA(text)
    if PyUnicode_KIND(text) == 1:
        return count_units(<const uint8_t*>data, len(text), classes, counts)
    if PyUnicode_KIND(text) == 2:
        return count_units(<const uint16_t*>data, len(text), classes, counts)
    return count_units(<const uint32_t*>data, len(text), classes, counts)


cdef Py_ssize_t count_units(
    const Unit* chars, Py_ssize_t size, const uint8_t[::1] classes, Py_ssize_t* counts
) noexcept:
    cdef int known
    cdef Py_ssize_t at, words = 0, most = classes.shape[0]
    cdef const uint8_t* class_of = &classes[0]
    # Neighbours are mostly of one class, and to add to the same number twice in a row takes long.
    cdef Py_ssize_t[2][KINDS] turns
    cdef bint letter, in_word = False
    for known in range(KINDS):
        turns[0][known] = turns[1][known] = 0
    for at in range(size):
        known = class_of[chars[at]] if <Py_ssize_t>chars[at] < most else DENSE
        turns[at & 1][known] += 1
        letter = LETTERS >> known & 1
        words += letter & ~in_word
        in_word = letter
    for known in range(KINDS):
        counts[known] = turns[0][known] + turns[1][known]
    return words


cdef inline int sign_of(Py_UCS4 char, const uint8_t[::1] signs) noexcept:
    return signs[char] if <Py_ssize_t>char < signs.shape[0] else 0


cdef int end_mark(str text, const uint8_t[::1] signs) noexcept:
    cdef Py_ssize_t at = len(text) - 1, closers = 0
    cdef Py_UCS4 last = text[at]
    cdef bint ends = sign_of(last, signs) & END
    while at and closers < MOST_CLOSERS and sign_of(last, signs) & CLOSER:
        closers += 1
        at -= 1
        while at and Py_UNICODE_ISSPACE(text[at]):  # French has a space within its quotation marks
            at -= 1
        last = text[at]
    if sign_of(last, signs) & HARD_END:
        return 3
    return 2 if last == 0x3A or last == 0xFF1A else ends != 0


cdef int first_char(Py_UCS4 first, const uint8_t[::1] signs) noexcept:
    if Py_UNICODE_ISUPPER(first):
        return 1
    if Py_UNICODE_ISLOWER(first):
        return 2
    if Py_UNICODE_ISDIGIT(first):
        return 3
    return 4 if sign_of(first, signs) & END else 0


# ------------------------------------------------------------------ words

def short_words(str text not None):
    """Lower-case words of a short text, digits left out; pairs of characters where spaces do not part words."""
    cdef str lower = text.lower(), last = ""
    cdef Py_ssize_t at = 0, start, run = 0
    cdef list words = []
    while at < len(lower):
        if not is_letter(lower[at]):
            run = run if is_paired(lower[at]) else 0  # Thai has marks over its letters
            at += 1
        elif is_paired(lower[at]):
            if run == 1:
                words.pop()
            words.append(last + lower[at] if run else lower[at])
            last = lower[at]
            run += 1
            at += 1
        else:
            start, run = at, 0
            while at < len(lower) and is_letter(lower[at]) and not is_paired(lower[at]):
                at += 1
            words.append(lower[start:at])
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


cdef str lowerable(str text):
    """The text, if its lower case is that of each character by itself; otherwise the text in lower case."""
    if PyUnicode_IS_ASCII(text) or not ("Σ" in text or "İ" in text):
        return text
    return text.lower()


cdef Odds odds_of(str text, WordTable table):
    """The odds of all words of a text, by the rules of `short_words`."""
    cdef str lower = lowerable(text)
    cdef const void* data = PyUnicode_DATA(lower)
    if PyUnicode_KIND(lower) == 1:
        return odds_in(<const uint8_t*>data, len(lower), table)
    if PyUnicode_KIND(lower) == 2:
        return odds_in(<const uint16_t*>data, len(lower), table)
    return odds_in(<const uint32_t*>data, len(lower), table)


cdef Odds odds_in(const Unit* chars, Py_ssize_t size, WordTable table) noexcept:
    cdef Odds odds = Odds(0, 0, 0, 0, 0)
    cdef Speller speller = Speller(SEED, 0)
    cdef Py_ssize_t at
    cdef unsigned int char
    cdef uint64_t key
    for at in range(size + 1):
        char = chars[at] if at < size else c" "
        key = spell(&speller, lowered(char), is_letter(char))
        if key:
            add_word(&odds, table, key)
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
        odds = odds_of(text, table)
        if odds.known:
            out[0, row] = odds.total / odds.words
            out[1, row] = odds.lowest
            out[2, row] = odds.highest
            out[3, row] = <double>odds.known / odds.words
    return found
