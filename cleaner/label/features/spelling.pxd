from libc.stdint cimport uint64_t

from cleaner.label.features.wordtable cimport SEED, mixed


cdef bint is_letter(unsigned int char) noexcept
cdef str lowerable(str text)


cdef extern from "Python.h":
    unsigned int Py_UNICODE_TOLOWER(unsigned int char) noexcept


cdef inline bint is_paired(unsigned int char) noexcept:
    """Whether a character is of a script whose words are read in pairs of characters.

    Those are the scripts without spaces between words (Thai, Lao, Burmese, Khmer, kana, Han), and Hangul,
    where what a word ends in says what it is in the sentence: so does Lucene's analyser of these languages.
    """
    if char < 0x0E00:
        return False
    return (
        char <= 0x0EFF or 0x1000 <= char <= 0x109F or 0x1780 <= char <= 0x17FF or 0x3040 <= char <= 0x30FF
        or 0x3400 <= char <= 0x4DBF or 0x4E00 <= char <= 0x9FFF or 0xAC00 <= char <= 0xD7A3
        or 0xF900 <= char <= 0xFAFF or char >= 0x20000
    )


cdef inline unsigned int lowered(unsigned int char) noexcept:
    """A character of a `lowerable` text in lower case."""
    if char < 128:
        return char | 32 if c"A" <= char <= c"Z" else char
    return Py_UNICODE_TOLOWER(char)


cdef struct Speller:
    uint64_t key  # of the word that is not at its end, or of the last paired character; `SEED` for none
    int run  # of paired characters in a row; two stand for more


cdef inline uint64_t spell(Speller* speller, unsigned int char, bint in_word) noexcept:
    """Go on by one character, in lower case, of a word or not; the key of a word that ends here, or nothing."""
    cdef uint64_t ended = 0
    if in_word and is_paired(char):
        if speller.run:
            ended, speller.run = mixed(speller.key, char), 2
        else:
            ended, speller.run = speller.key if speller.key != SEED else 0, 1
        speller.key = mixed(SEED, char)
    elif in_word:
        if speller.run:
            ended = speller.key if speller.run == 1 else 0
            speller.key, speller.run = SEED, 0
        speller.key = mixed(speller.key, char)
    elif not (speller.run and is_paired(char)):  # Thai has marks over its letters, which part nothing
        ended = speller.key if speller.key != SEED and speller.run != 2 else 0
        speller.key, speller.run = SEED, 0
    return ended
