"""What a tag's name says about blocks, looked up by its bytes without making strings; where what is no tag ends."""

from libc.stdint cimport uint64_t
from libc.string cimport memchr, memcmp, memcpy

from sys import intern

TRAITS = {
    BLOCK_LEVEL: (
        "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main marquee "
        "menu nav ol p pre search section select summary table tbody td textarea tfoot th thead tr ul"
    ),
    VOID: (
        "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
    ),
    PARAGRAPH_LIKE: "p h1 h2 h3 h4 h5 h6",
    CELL_LIKE: "td th",
    LINK: "a",
    LINE_BREAK: "br",
    RULE: "hr",
    OPTION: "option",
    MENU: "ul ol nav menu",
    CODE: "pre",
    BUTTON: "button",
    READING: "rt rtc",
}

cdef enum:
    SLOT_BITS = 9
    SLOTS = 512  # four times the known names, so that hardly any share one
    LONGEST_NAME = 10
    WORD = 8  # letters of a name that are looked at in one go

cdef struct Tag:
    uint64_t beginning
    int traits
    int size
    char name[LONGEST_NAME]

cdef Tag TAGS[SLOTS]
cdef list NAMES = [None] * SLOTS


cdef inline uint64_t beginning_of(const uint8_t* name, Py_ssize_t size) noexcept:
    cdef uint64_t beginning = 0
    cdef Py_ssize_t i
    if size >= WORD:
        memcpy(&beginning, name, WORD)
    else:
        for i in range(size):  # mostly one to four: a call would take longer
            beginning = beginning << 8 | name[i]
    return beginning


cdef inline unsigned int slot_of(uint64_t beginning, Py_ssize_t size) noexcept:
    return <unsigned int>(((beginning + <uint64_t>size) * <uint64_t>0x9E3779B97F4A7C15u) >> (64 - SLOT_BITS))


cdef int tag_slot(const uint8_t* name, Py_ssize_t size) noexcept:
    """Where in `TAGS` the name stands; -1 for a name that says nothing about blocks."""
    cdef unsigned int slot
    cdef uint64_t beginning
    if size > LONGEST_NAME:
        return -1
    beginning = beginning_of(name, size)
    slot = slot_of(beginning, size)
    while TAGS[slot].size:
        if TAGS[slot].beginning == beginning and TAGS[slot].size == size:
            if size <= WORD or not memcmp(TAGS[slot].name + WORD, name + WORD, size - WORD):
                return slot
        slot = (slot + 1) % SLOTS
    return -1


cdef fill_tags():
    cdef bytes raw
    cdef unsigned int slot
    cdef uint64_t beginning
    for slot in range(SLOTS):
        TAGS[slot].size = TAGS[slot].traits = 0
    for trait, names in TRAITS.items():
        for name in names.split():
            raw = name.encode()
            beginning = beginning_of(raw, len(raw))
            slot = slot_of(beginning, len(raw))
            while TAGS[slot].size and NAMES[slot] != name:
                slot = (slot + 1) % SLOTS
            TAGS[slot].size = len(raw)
            TAGS[slot].beginning = beginning
            TAGS[slot].traits |= trait
            memcpy(TAGS[slot].name, <const char*>raw, len(raw))
            NAMES[slot] = intern(name)

fill_tags()


cdef const uint8_t* behind_comment(const uint8_t* at, const uint8_t* end) noexcept:
    """Where a comment or a declaration ends, or a bare `<`, which is passed over."""
    cdef const uint8_t* stop
    cdef bint comment = end - at >= 3 and not memcmp(at, b"!--", 3)
    if at >= end or (at[0] != c"!" and at[0] != c"?"):
        return at
    at += 3 if comment else 1
    while at < end:
        stop = <const uint8_t*>memchr(at, c">", end - at)
        if stop == NULL:
            return end
        if not comment or (stop[-1] == c"-" and stop[-2] == c"-"):
            return stop + 1
        at = stop + 1
    return end


cdef int traits_at(int slot) noexcept:
    """The traits of the name in a slot, as bits; none for slot -1."""
    return TAGS[slot].traits if slot >= 0 else 0


cdef str name_at(int slot):
    """The name in a slot, one string for all."""
    return NAMES[slot]
