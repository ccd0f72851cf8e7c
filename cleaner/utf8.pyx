"""Text as UTF-8 and back, compiled: whether bytes are any, without making text of them, and markup as bytes.

A page is parsed from its bytes, so what its text would be need not be written down to know that it
has one; and markup is ASCII but for a few signs, which makes bytes of it in strides.
"""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND
from libc.stdint cimport uint8_t, uint16_t, uint64_t
from libc.string cimport memcpy


def is_utf8(bytes data not None):
    """Whether `bytes.decode` would take the bytes: no stray, overlong, surrogate or unassignable code."""
    cdef const uint8_t* at = data
    cdef const uint8_t* end = at + len(data)
    cdef uint64_t words[4]
    cdef int follow, i
    cdef uint8_t least, most
    while at < end:
        if at[0] < 0x80:
            at += 1
            while end - at >= 32:
                memcpy(words, at, 32)
                if (words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u:
                    break
                at += 32
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


def encoded(str text not None):
    """The text as UTF-8, as `str.encode` would, surrogates passed; twice as fast for markup."""
    if text.isascii() or PyUnicode_KIND(text) != 2:
        return text.encode("utf-8", "surrogatepass")
    cdef const uint16_t* at = <const uint16_t*>PyUnicode_DATA(text)
    cdef const uint16_t* end = at + len(text)
    cdef Py_ssize_t size = encoded_size(at, end)
    cdef bytes data = PyBytes_FromStringAndSize(NULL, size)
    write_encoded(at, end, <uint8_t*>PyBytes_AS_STRING(data))
    return data


cdef Py_ssize_t encoded_size(const uint16_t* at, const uint16_t* end) noexcept:
    cdef Py_ssize_t size = end - at
    cdef unsigned int wide  # counted in strides, whose sums the compiler keeps in narrow numbers
    cdef const uint16_t* stop
    while at < end:
        stop = at + min(<Py_ssize_t>16384, end - at)
        wide = 0
        while at < stop:
            wide += (at[0] >= 0x80) + (at[0] >= 0x800)
            at += 1
        size += wide
    return size


cdef void write_encoded(const uint16_t* at, const uint16_t* end, uint8_t* out) noexcept:
    cdef uint64_t four, other
    cdef int i
    while at < end:
        while end - at >= 8:
            memcpy(&four, at, 8)
            memcpy(&other, at + 4, 8)
            if (four | other) & 0xFF80FF80FF80FF80u:
                break
            for i in range(8):
                out[i] = <uint8_t>at[i]
            at += 8
            out += 8
        if at == end:
            break
        if at[0] < 0x80:
            out[0] = <uint8_t>at[0]
            out += 1
        elif at[0] < 0x800:
            out[0] = 0xC0 | at[0] >> 6
            out[1] = 0x80 | at[0] & 0x3F
            out += 2
        else:
            out[0] = 0xE0 | at[0] >> 12
            out[1] = 0x80 | at[0] >> 6 & 0x3F
            out[2] = 0x80 | at[0] & 0x3F
            out += 3
        at += 1
