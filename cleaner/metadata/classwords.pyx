"""Words of class names: a list of words in, what finds them out; compiled, for every page is asked for many.

Class names run words together in four ways ("author-name", "author_name", "authorName", "AuthorName"),
and a word that is only part of another ("coauthors", "authority") says nothing.
"""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint32_t, uint64_t

import re

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4 sign)

cdef enum:
    NAMED = 4  # attributes that hold names

cdef const char* HOLDERS[NAMED]
HOLDERS[0], HOLDERS[1], HOLDERS[2], HOLDERS[3] = 'class="', 'id="', 'data-testid="', 'data-component="'
cdef uint64_t SEED = 14695981039346656037ULL
cdef uint64_t PRIME = 1099511628211ULL

# A word up to what may be left out ("s?", "(?:name)?") or chosen ("(?:y|ies)"), that, and the rest.
_ENDING = re.compile(r"(.*?)(?:(\w)|\((?:\?:)(.*?)\))\?(.*)|(.*?)\(\?:(.*?)\)(.*)")
_BEGINS = r"(?:(?<![a-zA-Z])|(?<=[a-z])(?=[A-Z]))(?=[a-zA-Z])"


cdef list spelled(str word):
    """All that a word stands for: an "s?" or "(?:name)?" may be left out, of "(?:y|ies)" there is one."""
    found = _ENDING.fullmatch(word)
    if found is None:
        return [word]
    if found[4] is not None:
        rests = spelled(found[4])
        middles = ["", *(found[2] or found[3]).split("|")]
        return [found[1] + middle + rest for middle in middles for rest in rests]
    return [found[5] + middle + rest for middle in found[6].split("|") for rest in spelled(found[7])]


cdef inline bint is_small(uint32_t sign) noexcept:
    return c"a" <= sign <= c"z"


cdef inline bint is_letter(uint32_t sign) noexcept:
    return is_small(sign | 32)


cdef class ClassWords:
    """Finds words of class names, whole ones, in camel case too."""

    cdef frozenset _words
    cdef object _pattern  # made when names that are not ASCII are asked for
    cdef uint64_t* _hashes
    cdef Py_ssize_t _mask
    cdef Py_ssize_t _longest
    cdef bint _first[32]

    def __cinit__(self, str words not None):
        cdef Py_ssize_t size = 64, slot
        cdef uint64_t mark
        self._words = frozenset(whole for word in words.split() for whole in spelled(word))
        self._longest = max(map(len, self._words))
        while size < 4 * len(self._words):
            size *= 2
        self._mask = size - 1
        self._hashes = <uint64_t*>PyMem_Calloc(size, sizeof(uint64_t))
        if self._hashes == NULL:
            raise MemoryError
        for word in self._words:
            mark = SEED
            for sign in word.encode():
                mark = (mark ^ <uint64_t>sign) * PRIME
            slot = mark & self._mask
            while self._hashes[slot]:
                slot = (slot + 1) & self._mask
            self._hashes[slot] = mark
            self._first[ord(word[0]) & 31] = True

    def __dealloc__(self):
        PyMem_Free(self._hashes)

    def search(self, str names not None):
        """The first of the words in names, in small letters; None for none."""
        return self.first_in(names, 0, len(names))

    def named(self, str attrs not None):
        """The first of the words in each of the names that an element's attributes, as serialised, hold."""
        cdef void* data = PyUnicode_DATA(attrs)
        cdef int kind = PyUnicode_KIND(attrs)
        cdef Py_ssize_t at = 0, size = len(attrs), start, end
        cdef list found = []
        while at < size:
            start = 0
            if Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)):
                start = names_at(kind, data, at + 1, size)
            at += 1
            if not start:
                continue
            end = start
            while end < size and PyUnicode_READ(kind, data, end) != c'"':
                end += 1
            if end == size:
                break
            word = self.first_in(attrs, start, end)
            if word is not None:
                found.append(word)
            at = end + 1
        return found

    cdef str first_in(self, str text, Py_ssize_t start, Py_ssize_t end):
        cdef void* data = PyUnicode_DATA(text)
        cdef int kind = PyUnicode_KIND(text)
        cdef Py_ssize_t at, stop
        cdef uint32_t sign, before = 0
        cdef uint64_t mark
        for at in range(start, end):
            sign = PyUnicode_READ(kind, data, at)
            if sign >= 128:
                return self.by_pattern(text[start:end])
            if (
                is_letter(sign)
                and self._first[sign & 31]
                and (not is_letter(before) or (is_small(before) and not is_small(sign)))
            ):
                mark, stop = SEED, at
                while stop < end and stop - at < self._longest:
                    sign = PyUnicode_READ(kind, data, stop)
                    if not is_letter(sign):
                        break
                    mark = (mark ^ (sign | 32)) * PRIME
                    stop += 1
                    if stop < end and is_small(PyUnicode_READ(kind, data, stop)):
                        continue
                    if self.may_know(mark) and text[at:stop].lower() in self._words:
                        return text[at:stop].lower()
                sign = PyUnicode_READ(kind, data, at)
            before = sign
        return None

    cdef str by_pattern(self, str names):
        """The same as `search` for names that are not ASCII, which are few, but that "ſ" counts as an "s"."""
        if self._pattern is None:
            longest_first = sorted(self._words, key=lambda word: (-len(word), word))
            self._pattern = re.compile(rf"{_BEGINS}(?i:{'|'.join(longest_first)})(?![a-z])")
        found = self._pattern.search(names)
        return None if found is None else found[0].lower()

    cdef inline bint may_know(self, uint64_t mark) noexcept:
        """Whether a word has such a hash."""
        cdef Py_ssize_t slot = mark & self._mask
        while self._hashes[slot]:
            if self._hashes[slot] == mark:
                return True
            slot = (slot + 1) & self._mask
        return False


cdef inline Py_ssize_t names_at(int kind, void* data, Py_ssize_t at, Py_ssize_t size) noexcept:
    """Where the names begin that the attribute at a place holds; 0 for an attribute that holds none."""
    cdef int holder
    cdef Py_ssize_t i
    cdef const char* wanted
    for holder in range(NAMED):
        wanted, i = HOLDERS[holder], 0
        while wanted[i] and at + i < size and PyUnicode_READ(kind, data, at + i) == <uint32_t>wanted[i]:
            i += 1
        if not wanted[i]:
            return at + i
    return 0
