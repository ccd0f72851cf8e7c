"""What is asked of each letter of a line: folding, words that tell, digits; compiled, for every line is asked.

Folding decomposes letters and drops their accents. For the letters below, and for those that it leaves as they
are, that goes letter by letter; a text with any other takes the long way, where neighbours may merge.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc

from cleaner.label.features.wordtable cimport SEED, WordTable, mixed

import re
import unicodedata

cdef extern from "Python.h":
    bint PyUnicode_IS_ASCII(object text) noexcept
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 sign) noexcept
    bint Py_UNICODE_ISSPACE(Py_UCS4 sign) noexcept
    bint Py_UNICODE_ISUPPER(Py_UCS4 sign) noexcept

cdef enum:
    ASCII_END = 128
    ALPHABETS = 0x460  # Latin, Greek and Cyrillic letters, for which the answer is kept
    HAN_SPACE = 0x3000
    FIRST_CJK = 0x3040
    HAN_STROKE = 0xFF0F
    HAN_COLON = 0xFF1A
    BULLET = 0x2022
    MIDDLE_DOT = 0xB7
    EN_DASH = 0x2013
    EM_DASH = 0x2014
    MOST_WORDS = 9  # of a line that tells a time from now
    MOST_OF_HEAD = 40  # characters in which the first word ends

cdef uint16_t first_of[ALPHABETS]
"""What a letter folds to; 0 for one whose neighbours matter."""
cdef uint16_t second_of[ALPHABETS]
"""The second letter where there are two ("ß"), else 0."""

_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0652]+")


def _folded(str text):
    """`fold` of any text."""
    bare = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", bare))


def _keep_answers():
    cdef str low
    for number in range(ALPHABETS):
        low = _folded(chr(number))
        alone = 0 < len(low) <= 2 and max(map(ord, low)) < ALPHABETS and not any(map(unicodedata.combining, low))
        first_of[number] = ord(low[0]) if alone else 0
        second_of[number] = ord(low[1]) if alone and len(low) == 2 else 0


_keep_answers()


cdef inline bint stays(uint32_t sign) noexcept:
    """Whether folding leaves a sign as it is, whatever stands beside it but accents: marks and Eastern letters."""
    return (
        0x2010 <= sign <= 0x2027
        or 0x3400 <= sign <= 0x4DBF
        or 0x4E00 <= sign <= 0x9FFF
        or 0xAC00 <= sign <= 0xD7A3
        or HAN_SPACE <= sign <= 0x3029
        or 0x3041 <= sign <= 0x3096
        or 0x30A1 <= sign <= 0x30FF
    )


def fold(str text not None):
    """`text` in lower case and without accents, for looking words up; offsets may shift."""
    if PyUnicode_IS_ASCII(text):
        return text.lower()
    cdef void* data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t i, kept = 0, size = len(text)
    cdef uint32_t sign
    cdef Py_UCS4* low = <Py_UCS4*>malloc((2 * size + 1) * sizeof(Py_UCS4))
    if low == NULL:
        raise MemoryError
    try:
        for i in range(size):
            sign = PyUnicode_READ(kind, data, i)
            if sign < ALPHABETS and first_of[sign]:
                low[kept] = first_of[sign]
                kept += 1
                if second_of[sign]:
                    low[kept] = second_of[sign]
                    kept += 1
            elif stays(sign):
                low[kept] = sign
                kept += 1
            else:
                return _folded(text)
        return PyUnicode_FromKindAndData(4, low, kept)
    finally:
        free(low)


def head_word(str line not None):
    """The part of a folded line that can begin a cue: up to the first space or colon-like sign."""
    cdef void* data = PyUnicode_DATA(line)
    cdef int kind = PyUnicode_KIND(line)
    cdef Py_ssize_t i, size = len(line)
    cdef uint32_t sign
    for i in range(size):
        if ends_head(PyUnicode_READ(kind, data, i)):
            return line[:i]
    return line


cdef inline bint ends_head(uint32_t sign) noexcept:
    return (
        sign == c"." or sign == c":" or sign == c"=" or sign == c"/" or sign == c"-"
        or sign == HAN_COLON or sign == HAN_STROKE or Py_UNICODE_ISSPACE(sign)
    )


cdef inline uint32_t small(uint32_t sign) noexcept:
    """A letter of ASCII in lower case, any other sign as it is."""
    return sign | 32 if c"A" <= sign <= c"Z" else sign


cdef inline bint is_margin(uint32_t sign) noexcept:
    """Whether a sign is a space, dash or bullet, which tell nothing at a line's ends."""
    return (
        sign == c" " or sign == c"|" or sign == c"-" or sign == c"("
        or sign == BULLET or sign == MIDDLE_DOT or sign == EN_DASH or sign == EM_DASH
    )


def may_be_relative(str text not None, WordTable telling not None):
    """Whether a line has few words, one of them in the table ("ago", "today"), or its last sign says so."""
    cdef str low = text if PyUnicode_IS_ASCII(text) else fold(text)
    cdef void* data = PyUnicode_DATA(low)
    cdef int kind = PyUnicode_KIND(low), words = 0
    cdef Py_ssize_t at, start = 0, stop = len(low)
    cdef Py_UCS4 sign, last = 0
    cdef uint64_t key = SEED
    cdef bint found = False, in_word = False
    while start < stop and is_end(PyUnicode_READ(kind, data, start)):
        start += 1
    while stop > start and is_end(PyUnicode_READ(kind, data, stop - 1)):
        stop -= 1
    for at in range(start, stop + 1):
        sign = PyUnicode_READ(kind, data, at) if at < stop else c" "
        if not Py_UNICODE_ISSPACE(sign):
            key, last, in_word = mixed(key, small(sign)), sign, True
        elif in_word:
            found |= telling.find(key) != NULL
            key, words, in_word = SEED, words + 1, False
            if words > MOST_WORDS:
                return False
    return found or last == "前" or last == "전"


cdef inline bint is_end(uint32_t sign) noexcept:
    return is_margin(sign) or sign == c"." or sign == c")"


def may_be_byline(str text not None, WordTable heads not None):
    """The cheap test that turns prose away: a word that begins a cue, a role behind, or Eastern letters."""
    cdef str low = text[:MOST_OF_HEAD]
    cdef Py_ssize_t at = 0, first, second, size
    cdef uint64_t key = SEED
    if not PyUnicode_IS_ASCII(low):
        low = fold(low)
    cdef void* data = PyUnicode_DATA(low)
    cdef int kind = PyUnicode_KIND(low)
    size = len(low)
    while at < size and (is_margin(PyUnicode_READ(kind, data, at)) or PyUnicode_READ(kind, data, at) == c"["):
        at += 1
    while at < size and not ends_head(PyUnicode_READ(kind, data, at)):
        key = mixed(key, small(PyUnicode_READ(kind, data, at)))
        at += 1
    if heads.find(key) != NULL or has_cjk(text):
        return True
    if text.startswith(("By", "BY")) and len(text) > 2 and Py_UNICODE_ISUPPER(text[2]):
        return True  # "ByJane Roe", which cleaning parts
    first = text.find(" ")
    second = text.find(" ", first + 1) if first >= 0 else -1
    return (
        second > first + 1
        and Py_UNICODE_ISUPPER(text[first + 1])
        and ("," in text or "|" in text or " - " in text or "–" in text)
    )


cdef inline bint is_digit(uint32_t sign) noexcept:
    return c"0" <= sign <= c"9" or (sign >= ASCII_END and Py_UNICODE_ISDECIMAL(sign))


def has_digit(str text not None):
    """Whether a text has a digit of any script."""
    cdef void* data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t i
    for i in range(len(text)):
        if is_digit(PyUnicode_READ(kind, data, i)):
            return True
    return False


cdef Py_ssize_t behind_part(int kind, void* data, Py_ssize_t size, Py_ssize_t at) noexcept:
    """Where the next number of a date written in numbers begins, behind a sign and spaces; -1 if there is none."""
    cdef uint32_t sign
    if at < size and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)):
        at += 1
    if at >= size:
        return -1
    sign = PyUnicode_READ(kind, data, at)
    if sign != c"." and sign != c"/" and sign != c"-":
        return -1
    at += 1
    if at < size and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)):
        at += 1
    return at if at < size and is_digit(PyUnicode_READ(kind, data, at)) else -1


cdef bint is_numbers(int kind, void* data, Py_ssize_t size, Py_ssize_t at) noexcept:
    """Whether a date in numbers goes on behind the digit at a place: "4.2.22"."""
    cdef Py_ssize_t month = behind_part(kind, data, size, at + 1), year
    if month < 0:
        return False
    year = behind_part(kind, data, size, month + 1)
    if year < 0 and month + 1 < size and is_digit(PyUnicode_READ(kind, data, month + 1)):
        year = behind_part(kind, data, size, month + 2)
    return 0 <= year < size - 1 and is_digit(PyUnicode_READ(kind, data, year + 1))


cdef bint is_year(int kind, void* data, Py_ssize_t size, Py_ssize_t at) noexcept:
    """Whether a year from 1900 to 2099 stands at a place."""
    cdef uint32_t first, second
    if at + 3 >= size:
        return False
    first, second = PyUnicode_READ(kind, data, at), PyUnicode_READ(kind, data, at + 1)
    return (
        ((first == c"1" and second == c"9") or (first == c"2" and second == c"0"))
        and is_digit(PyUnicode_READ(kind, data, at + 2))
        and is_digit(PyUnicode_READ(kind, data, at + 3))
    )


def has_year(str text not None, Py_ssize_t start=0):
    """Whether what every date has stands in a text from a place on: a year, or a day in numbers.

    `(?:19|20)\\d\\d|\\d\\s?[./-]\\s?\\d\\d?\\s?[./-]\\s?\\d\\d`
    IndexError for a place before the text.
    """
    cdef void* data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t at, size = len(text)
    if start < 0:
        raise IndexError("no place in the text")
    for at in range(start, size):
        if is_digit(PyUnicode_READ(kind, data, at)) and (
            is_year(kind, data, size, at) or is_numbers(kind, data, size, at)
        ):
            return True
    return False


def has_cjk(str text not None):
    """Whether a text holds Chinese, Japanese or Korean characters."""
    cdef void* data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t i
    cdef uint32_t sign
    if kind == 1:
        return False
    for i in range(len(text)):
        sign = PyUnicode_READ(kind, data, i)
        if sign >= FIRST_CJK and (sign <= 0x30FF or 0x3400 <= sign <= 0x9FFF or 0xAC00 <= sign <= 0xD7A3):
            return True
    return False
