"""What a tag's name says about blocks: names looked up by their bytes, without making strings."""

from libc.string cimport memcmp, memcpy

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
}

cdef enum:
    SLOTS = 512  # four times the known names, so that hardly any share one
    LONGEST_NAME = 10

cdef struct Tag:
    int traits
    int size
    char name[LONGEST_NAME]

cdef Tag TAGS[SLOTS]
cdef list NAMES = [None] * SLOTS


cdef inline unsigned int slot_of(const uint8_t* name, Py_ssize_t size) noexcept:
    cdef unsigned int mixed = 2166136261
    cdef Py_ssize_t i
    for i in range(size):
        mixed = (mixed ^ name[i]) * 16777619
    return mixed % SLOTS


cdef int tag_slot(const uint8_t* name, Py_ssize_t size) noexcept:
    """Where in `TAGS` the name stands; -1 for a name that says nothing about blocks."""
    cdef unsigned int slot
    if size > LONGEST_NAME:
        return -1
    slot = slot_of(name, size)
    while TAGS[slot].size:
        if TAGS[slot].size == size and not memcmp(TAGS[slot].name, name, size):
            return slot
        slot = (slot + 1) % SLOTS
    return -1


cdef fill_tags():
    cdef bytes raw
    cdef unsigned int slot
    for slot in range(SLOTS):
        TAGS[slot].size = TAGS[slot].traits = 0
    for trait, names in TRAITS.items():
        for name in names.split():
            raw = name.encode()
            slot = slot_of(raw, len(raw))
            while TAGS[slot].size and NAMES[slot] != name:
                slot = (slot + 1) % SLOTS
            TAGS[slot].size = len(raw)
            TAGS[slot].traits |= trait
            memcpy(TAGS[slot].name, <const char*>raw, len(raw))
            NAMES[slot] = intern(name)

fill_tags()


cdef int traits_at(int slot) noexcept:
    """The traits of the name in a slot, as bits; none for slot -1."""
    return TAGS[slot].traits if slot >= 0 else 0


cdef str name_at(int slot):
    """The name in a slot, one string for all."""
    return NAMES[slot]


cdef int traits_of(str tag) except -1:
    """The traits of a tag by its name."""
    cdef bytes name = tag.encode("utf-8", "surrogatepass")
    return traits_at(tag_slot(name, len(name)))
