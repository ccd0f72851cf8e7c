"""Whether bytes are UTF-8, without making text of them, and text as UTF-8, compiled.

A page is parsed from its bytes, so what its text would be need not be written down to know that it has
one: that takes a tenth of decoding.
"""

from cpython.bytes cimport PyBytes_AS_STRING
from cpython.ref cimport Py_DECREF, PyObject
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy

cdef extern from "Python.h":
    bint PyUnicode_IS_ASCII(object text) noexcept
    PyObject* PyBytes_FromStringAndSize(const char* text, Py_ssize_t size) except NULL
    int _PyBytes_Resize(PyObject** bytes, Py_ssize_t size) except -1

cdef enum:
    SHORT = 64  # characters of a text that the codec takes as fast
    STRIDE = 16  # characters that are looked at in one go

# The bits that no ASCII character has, for units of so many bits.
cdef uint64_t BEYOND_8 = 0x8080808080808080u, BEYOND_16 = 0xFF80FF80FF80FF80u, BEYOND_32 = 0xFFFFFF80FFFFFF80u


def is_utf8(bytes data not None):
    """Whether `bytes.decode` would take the bytes: no stray, overlong, surrogate or unassignable code."""
    cdef const uint8_t* at = data
    cdef const uint8_t* end = at + len(data)
    cdef uint64_t words[4]
    cdef int follow, i
    cdef uint8_t least, most
    while at < end:
        if at[0] < 0x80:
            while end - at >= 32:
                memcpy(words, at, 32)
                if (words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u:
                    break
                at += 32
            while at < end and at[0] < 0x80:
                at += 1
            continue
        # What may follow a first byte narrows where the code would be overlong, a surrogate or too high.
        least, most = 0x80, 0xBF
        if 0xC2 <= at[0] <= 0xDF:
            follow = 1
        elif 0xE0 <= at[0] <= 0xEF:
            follow = 2
            if at[0] == 0xE0:
                least = 0xA0
            elif at[0] == 0xED:
                most = 0x9F
        elif 0xF0 <= at[0] <= 0xF4:
            follow = 3
            if at[0] == 0xF0:
                least = 0x90
            elif at[0] == 0xF4:
                most = 0x8F
        else:
            return False
        if end - at <= follow or not least <= at[1] <= most:
            return False
        for i in range(2, follow + 1):
            if at[i] & 0xC0 != 0x80:
                return False
        at += follow + 1
    return True


ctypedef fused Unit:
    uint8_t
    uint16_t
    uint32_t


def encoded(str text not None, str errors not None):
    """What `text.encode("utf-8", errors)` gives, for a page in a tenth of the time.

    Pages have a few signs that are not ASCII, and the codec takes the letters between them one by one.
    """
    cdef const void* units = PyUnicode_DATA(text)
    if PyUnicode_IS_ASCII(text) or len(text) < SHORT:
        return text.encode("utf-8", errors)
    if PyUnicode_KIND(text) == 1:
        found = encoded_units(<const uint8_t*>units, len(text))
    elif PyUnicode_KIND(text) == 2:
        found = encoded_units(<const uint16_t*>units, len(text))
    else:
        found = encoded_units(<const uint32_t*>units, len(text))
    return text.encode("utf-8", errors) if found is None else found


cdef bytes encoded_units(const Unit* at, Py_ssize_t count):
    """The characters as UTF-8; None where there are surrogates, which are for `errors` to decide on."""
    cdef const Unit* end = at + count
    cdef PyObject* room = PyBytes_FromStringAndSize(NULL, (3 if sizeof(Unit) < 4 else 4) * count)
    cdef uint8_t* begin = <uint8_t*>PyBytes_AS_STRING(<object>room)
    cdef uint8_t* out = begin
    while at < end and not 0xD800 <= <uint32_t>at[0] <= 0xDFFF:
        if at[0] >= 0x80:
            out = put(at[0], out)
            at += 1
            continue
        while end - at >= STRIDE and copy_ascii(at, out):
            at += STRIDE
            out += STRIDE
        while at < end and at[0] < 0x80:
            out[0] = <uint8_t>at[0]
            out += 1
            at += 1
    _PyBytes_Resize(&room, out - begin)
    result = <bytes>room
    Py_DECREF(result)
    return result if at == end else None


cdef inline bint copy_ascii(const Unit* at, uint8_t* out) noexcept:
    """Write the next characters if they all are ASCII."""
    cdef uint64_t[8] words  # as many as the widest units take
    cdef uint8_t[STRIDE] narrow  # apart from what is read, which the compiler could not know of `out`
    cdef uint64_t every_bit = 0
    cdef size_t i
    memcpy(words, at, STRIDE * sizeof(Unit))
    for i in range(2 * sizeof(Unit)):
        every_bit |= words[i]
    if every_bit & (BEYOND_8 if sizeof(Unit) == 1 else BEYOND_16 if sizeof(Unit) == 2 else BEYOND_32):
        return False
    for i in range(STRIDE):
        narrow[i] = <uint8_t>at[i]
    memcpy(out, narrow, STRIDE)
    return True


cdef inline uint8_t* put(uint32_t char, uint8_t* out) noexcept:
    """Write a character beyond ASCII; returns where the next one stands."""
    if char < 0x800:
        out[0], out[1] = 0xC0 | char >> 6, 0x80 | char & 0x3F
        return out + 2
    if char < 0x10000:
        out[0], out[1], out[2] = 0xE0 | char >> 12, 0x80 | char >> 6 & 0x3F, 0x80 | char & 0x3F
        return out + 3
    out[0], out[1] = 0xF0 | char >> 18, 0x80 | char >> 12 & 0x3F
    out[2], out[3] = 0x80 | char >> 6 & 0x3F, 0x80 | char & 0x3F
    return out + 4
