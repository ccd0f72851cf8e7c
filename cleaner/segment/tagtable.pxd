from libc.stdint cimport uint8_t


cdef enum Trait:
    BLOCK_LEVEL = 1
    VOID = 2
    PARAGRAPH_LIKE = 4
    CELL_LIKE = 8
    LINK = 16
    LINE_BREAK = 32
    RULE = 64
    OPTION = 128
    MENU = 256
    CODE = 512
    BUTTON = 1024
    READING = 2048


cdef int tag_slot(const uint8_t* name, Py_ssize_t size) noexcept
cdef int traits_at(int slot) noexcept
cdef str name_at(int slot)
cdef const uint8_t* behind_comment(const uint8_t* at, const uint8_t* end) noexcept
