"""Whether bytes are UTF-8, compiled, without making text of them.

A page is parsed from its bytes, so what its text would be need not be written down to know that it has
one: that takes a tenth of decoding.
"""

from libc.stdint cimport uint8_t, uint64_t
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
