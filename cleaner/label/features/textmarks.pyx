"""What else in a text tells where a piece stands: its likes, and the marks that boilerplate leaves, compiled.

Captions come twice, as picture text and with their credit; the entries of a list begin alike. Below an
article stand other articles and comments, each with a date, and above them a prompt or a menu: so it matters
which such marks came before a piece, how long ago, and how many the whole text has.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.math cimport log1p
from libc.stdint cimport uint64_t

import numpy as np

from cleaner.label.features.context import constant_columns
from cleaner.label.features.wordtable cimport SEED, mixed


cdef extern from "Python.h":
    unsigned int Py_UNICODE_TOLOWER(unsigned int char) noexcept


# Characters of the beginning by which pieces are told to begin alike, no further than the second word.
cdef Py_ssize_t OPENING = 14

# From here on are the scripts of which one character says what others say in two.
cdef Py_UCS4 DENSE = 0x2E80

# Pieces that begin alike beyond this are many, whatever their number.
cdef Py_ssize_t MOST_ALIKE = 30

# Characters that two pieces must begin with in common to be told the same thing twice.
cdef Py_ssize_t LEAST_SHARED = 12

# Pieces on either side among which the same is said again: between a picture's text and caption may be a credit.
cdef Py_ssize_t TWIN_REACH = 2

# What a caption ends with in one place and not in the other.
cdef str ENDS = " .…!?。！？"

# Steps from which on a mark is far away, and marks from which on there are many.
cdef Py_ssize_t FARTHEST = 40
cdef Py_ssize_t MANY = 20

# Pieces on either side of which the times are counted.
cdef Py_ssize_t WINDOW = 8

# Fragments in a row that break a text: a menu, a list of teasers.
cdef Py_ssize_t BREAK = 4


cdef uint64_t opening_key(str text):
    """A number for how a text begins: its first two words in small letters, any number for a number."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at, spent = 0, spaces = 0
    cdef uint64_t key = SEED
    cdef Py_UCS4 char
    cdef bint number = False
    for at in range(len(text)):
        char = PyUnicode_READ(kind, data, at)
        spaces += char.isspace()
        if spent >= OPENING or spaces > 1:
            break
        if char.isdecimal() and number:
            continue
        number = char.isdecimal()
        key = mixed(key, c"0" if number else Py_UNICODE_TOLOWER(char))
        spent += 2 if char >= DENSE else 1
    return key


cdef Py_ssize_t length_without_end(str text):
    """How long a text is without the stops it ends with."""
    cdef Py_ssize_t size = len(text)
    while size and text[size - 1] in ENDS:
        size -= 1
    return size


cdef Py_ssize_t shared_opening(str one, str other, Py_ssize_t size):
    """How many of the first characters, up to so many, two texts have in common."""
    cdef int kind = PyUnicode_KIND(one), other_kind = PyUnicode_KIND(other)
    cdef void* data = PyUnicode_DATA(one)
    cdef void* other_data = PyUnicode_DATA(other)
    cdef Py_ssize_t at = 0
    while at < size and PyUnicode_READ(kind, data, at) == PyUnicode_READ(other_kind, other_data, at):
        at += 1
    return at


def likeness_columns(list texts not None):
    """Pieces that begin alike: how many, how near the nearest; and how much of a piece one beside it repeats.

    `twin` is the share of the longer of the two that both begin with, `twin_head` that of the shorter.
    """
    cdef Py_ssize_t piece, other, step, shared, size, longer, shorter, count = len(texts)
    cdef list keys = [opening_key(text) for text in texts]
    cdef dict number = {}, latest = {}
    cdef Py_ssize_t[::1] lengths = np.empty(count, np.intp)
    table = np.zeros((4, count), np.float32)
    cdef float[:, ::1] out = table
    for piece in range(count):
        lengths[piece] = length_without_end(texts[piece])
        key = keys[piece]
        number[key] = number.get(key, 0) + 1
        out[1, piece] = FARTHEST
        if key in latest:
            other = latest[key]
            out[1, piece] = min(FARTHEST, piece - other)
            out[1, other] = min(out[1, other], out[1, piece])
        latest[key] = piece
    for piece in range(count):
        out[0, piece] = min(MOST_ALIKE, <Py_ssize_t>number[keys[piece]])
        for step in range(1, min(TWIN_REACH, count - 1 - piece) + 1):
            other = piece + step
            shorter, longer = min(lengths[piece], lengths[other]), max(lengths[piece], lengths[other])
            shared = shared_opening(texts[piece], texts[other], shorter)
            if shared < LEAST_SHARED:
                continue
            for size, row in ((longer, 2), (shorter, 3)):
                out[row, piece] = max(out[row, piece], <float>(<double>shared / size))
                out[row, other] = max(out[row, other], <float>(<double>shared / size))
    return dict(zip(("alike", "alike_gap", "twin", "twin_head"), table))


def passage_columns(dict columns not None):
    """Which marks stand above and below each piece: dates, bylines, rule hits and runs of fragments."""
    cdef const float[::1] kind = columns["line_kind"], times = columns["times"], hit = columns["hit"]
    cdef const float[::1] to_core = columns["to_first_core"], end_mark = columns["end_mark"]
    cdef const float[::1] prose = columns["prose"]
    cdef Py_ssize_t piece, count = prose.shape[0], lines = 0, hits = 0, run = 0, breaks = 0
    cdef Py_ssize_t line = -FARTHEST, sure = -FARTHEST, all_lines = 0
    cdef double mass = 0
    cdef bint within
    cdef Py_ssize_t[::1] timed = np.zeros(count + 1, np.intp)
    table = np.empty((9, count), np.float32)
    cdef float[:, ::1] out = table
    for piece in range(count):
        within = to_core[piece] >= 0
        out[0, piece] = min(MANY, lines)
        out[1, piece] = min(MANY, hits)
        if kind[piece] > 0:
            all_lines += 1
            lines += within
            line = piece
        hits += within and hit[piece] < 0
        sure = piece if hit[piece] < -1 else sure
        out[2, piece] = min(FARTHEST, piece - line)
        out[3, piece] = min(FARTHEST, piece - sure)
        run = run + 1 if end_mark[piece] < 2 else 0
        if run >= BREAK and within:
            breaks += run == BREAK
            mass = 0
        mass += prose[piece]
        out[4, piece] = min(MANY, breaks)
        out[5, piece] = log1p(mass)
        timed[piece + 1] = timed[piece] + (times[piece] > 0 or kind[piece] == 2)
    sure = count + FARTHEST
    for piece in range(count - 1, -1, -1):
        sure = piece if hit[piece] < -1 else sure
        out[6, piece] = min(FARTHEST, sure - piece)
        out[7, piece] = timed[piece] - timed[max(piece - WINDOW, 0)]
        out[8, piece] = timed[min(piece + WINDOW + 1, count)] - timed[piece + 1]
    names = (
        "lines_before", "hits_before", "since_line", "since_sure", "breaks", "prose_since_break", "until_sure",
        "times_back", "times_on",
    )
    whole = {"all_lines": <double>all_lines / count, "all_times": <double>timed[count] / count}
    return dict(zip(names, table)) | constant_columns(whole, count)
