"""What the words of a text's pieces tell by their odds, compiled: texts in, columns out.

Words go by the hashes of their characters all the way (see `wordtable`): no string is made of one.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint64_t
from libc.stdlib cimport calloc, free, malloc

import numpy as np

from cleaner.label.features.spelling cimport is_paired, is_letter
from cleaner.label.features.wordtable cimport SEED, WordTable, mixed

cdef enum:
    MOST_WORDS = 60
    MOST_CHARS = 600
    SHORTEST_CONTENT = 4
    ODDS = 10  # the first so many of `COLUMNS`

# Words of a block that are looked at, and characters that they are looked for in: a prompt has told
# itself by then.
WORDS_READ = MOST_WORDS
CHARS_READ = MOST_CHARS

cdef struct Words:
    Py_ssize_t count
    Py_ssize_t content
    uint64_t keys[MOST_WORDS]
    uint64_t pairs[MOST_WORDS]  # of a word and the one before it; nothing for the first
    uint64_t topics[MOST_WORDS]  # the words that say what a text is about


cdef struct Known:
    int count
    double total
    float low[3]  # the lowest values, in order
    float high


cdef void add_word(Words* words, const unsigned int* chars, Py_ssize_t size) noexcept:
    """Add a word by its characters. Short ASCII words say nothing of what a text is about."""
    cdef Py_ssize_t i
    cdef uint64_t key = SEED, pair = words.keys[words.count - 1] if words.count else SEED
    cdef bint telling = size >= SHORTEST_CONTENT
    if words.count == MOST_WORDS:
        return
    pair = mixed(pair, c" ")
    for i in range(size):
        key = mixed(key, chars[i])
        pair = mixed(pair, chars[i])
        telling = telling or chars[i] > 127
    words.keys[words.count] = key
    words.pairs[words.count] = pair
    words.count += 1
    if telling:
        words.topics[words.content] = key
        words.content += 1


cdef void read_words(str text, Words* words) noexcept:
    """The first words of a text; pairs of characters where spaces do not part words."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef unsigned int letters[3 * MOST_CHARS + 1]  # lower case can be three characters for one
    cdef Py_ssize_t starts[3 * MOST_CHARS + 1]
    cdef Py_ssize_t sizes[3 * MOST_CHARS + 1]
    cdef Py_ssize_t at, size = 0, count = 0, run = 0, i
    cdef unsigned int char
    cdef bint in_word = False
    words.count = words.content = 0
    for at in range(min(<Py_ssize_t>len(text), 3 * MOST_CHARS)):
        char = PyUnicode_READ(kind, data, at)
        if not is_letter(char):
            in_word = False
            run = run if is_paired(char) else 0
            continue
        letters[size] = char
        size += 1
        if is_paired(char):
            in_word = False
            run += 1
            if run == 2:  # what stood for itself begins a pair
                sizes[count - 1] = 2
                continue
        elif in_word:
            sizes[count - 1] += 1
            continue
        else:
            in_word, run = True, 0
        starts[count], sizes[count] = size - (1 if run < 2 else 2), 1 if run < 2 else 2
        count += 1
    for i in range(min(count, <Py_ssize_t>MOST_WORDS)):
        add_word(words, letters + starts[i], sizes[i])


cdef Known known_values(WordTable table, const uint64_t* keys, Py_ssize_t count) noexcept:
    """What the values of those keys tell that the table has."""
    cdef Py_ssize_t i
    cdef const float* found
    cdef float value
    cdef Known known
    known.count = 0
    known.total = known.high = known.low[0] = known.low[1] = known.low[2] = 0
    for i in range(count):
        found = table.find(keys[i])
        if found == NULL:
            continue
        value = found[0]
        known.total += value
        if not known.count or value > known.high:
            known.high = value
        if known.count < 1 or value < known.low[0]:
            known.low[2], known.low[1], known.low[0] = known.low[1], known.low[0], value
        elif known.count < 2 or value < known.low[1]:
            known.low[2], known.low[1] = known.low[1], value
        elif known.count < 3 or value < known.low[2]:
            known.low[2] = value
        known.count += 1
    return known


cdef class Vocabulary:
    """Learned log-odds of body for words, pairs of words and openings, as `WordOdds`, ready to look up."""

    cdef readonly WordTable words
    cdef readonly WordTable pairs
    cdef readonly WordTable openings
    cdef readonly WordTable appeals

    def __init__(self, odds):
        self.words = WordTable(odds.words)
        self.pairs = WordTable(odds.pairs)
        self.openings = WordTable(odds.openings)
        self.appeals = WordTable(odds.appeals)

    cdef void fill(self, Words* words, float* row) noexcept:
        """The odds of a block's words, pairs and opening, in the order of `COLUMNS`."""
        cdef Known known = known_values(self.words, words.keys, words.count)
        row[0] = known.total / known.count if known.count else 0
        row[1] = known.low[0]
        row[2] = lowest_three(known) / 3
        row[3] = known.high
        row[4] = <double>known.count / words.count if words.count else 0
        known = known_values(self.pairs, words.pairs + 1, max(words.count - 1, 0))
        row[5] = known.low[0]
        row[6] = lowest_three(known)
        row[7] = self.opening(words)
        known = known_values(self.appeals, words.keys, words.count)
        row[8] = known.total / words.count if words.count else 0
        row[9] = lowest_three(known)

    cdef float opening(self, Words* words) noexcept:
        """The strongest odds of the first word, the first two, and of the first where it is all there is."""
        cdef uint64_t keys[2]
        cdef const float* value
        cdef float strongest = 0
        cdef int i
        if not words.count:
            return 0
        keys[0] = words.keys[0]
        keys[1] = words.pairs[1] if words.count > 1 else mixed(mixed(words.keys[0], c" "), c".")
        for i in range(2):
            value = self.openings.find(keys[i])
            if value != NULL and abs(value[0]) > abs(strongest):
                strongest = value[0]
        return strongest


cdef double lowest_three(Known known) noexcept:
    """The sum of the lowest three values, or of as many as there are: the others are nought."""
    return <double>known.low[0] + known.low[1] + known.low[2]


COLUMNS = (
    "odds_mean", "odds_low", "odds_low3", "odds_high", "odds_known", "pairs_low", "pairs_sum", "opening",
    "appeal_mean", "appeal_low3", "shared", "shared_often",
)


def word_columns(
    list texts not None, const float[::1] prose, Vocabulary vocabulary not None, double prose_least, Py_ssize_t mates=0
):
    """The columns named in `COLUMNS`: odds of each text's words, pairs and opening; words shared with prose.

    Texts with at least `prose_least` of prose tell what the whole is about: of each text's telling
    words, the share that another such text uses, and that more than one does. The first `mates` texts do
    this alone, and their own columns are nought.
    """
    cdef Py_ssize_t row, i, count = len(texts), slot
    cdef Words* words = <Words*>malloc(max(count, 1) * sizeof(Words))
    cdef uint64_t mask = 1
    cdef uint64_t* keys = NULL
    cdef int* uses = NULL
    cdef int* seen = NULL  # the last text that a word was counted for, so that each counts it once
    cdef int own
    cdef bint tells = False  # whether any text has prose enough
    cdef Py_ssize_t shared, often, used, different
    cdef float odds_row[ODDS]
    table = np.zeros((len(COLUMNS), count), np.float32)
    cdef float[:, ::1] out = table
    if words == NULL:
        raise MemoryError
    try:
        for row in range(count):
            read_words((<str>texts[row])[:MOST_CHARS].lower(), &words[row])
            if row >= mates:
                vocabulary.fill(&words[row], odds_row)
                for i in range(ODDS):
                    out[i, row] = odds_row[i]
            mask += words[row].content
            tells |= prose[row] >= prose_least
        if not tells:
            return dict(zip(COLUMNS, table))
        mask = power_above(2 * mask) - 1
        keys = <uint64_t*>calloc(mask + 1, sizeof(uint64_t))
        uses = <int*>calloc(mask + 1, sizeof(int))
        seen = <int*>calloc(mask + 1, sizeof(int))
        if keys == NULL or uses == NULL or seen == NULL:
            raise MemoryError
        for row in range(count):
            if prose[row] >= prose_least:
                for i in range(words[row].content):
                    slot = slot_of(keys, mask, words[row].topics[i])
                    keys[slot] = words[row].topics[i]
                    uses[slot] += seen[slot] != row + 1
                    seen[slot] = row + 1
        for row in range(mates, count):
            own = prose[row] >= prose_least
            shared = often = different = 0
            for i in range(words[row].content):
                slot = slot_of(keys, mask, words[row].topics[i])
                if seen[slot] == -row - 1:
                    continue
                keys[slot] = words[row].topics[i]
                seen[slot] = -row - 1
                different += 1
                used = uses[slot] - own
                shared += used > 0
                often += used > 1
            if different:
                out[ODDS, row] = <double>shared / different
                out[ODDS + 1, row] = <double>often / different
    finally:
        free(words)
        free(keys)
        free(uses)
        free(seen)
    return dict(zip(COLUMNS, table))


cdef uint64_t power_above(uint64_t least) noexcept:
    cdef uint64_t size = 8
    while size < least:
        size *= 2
    return size


cdef inline Py_ssize_t slot_of(const uint64_t* keys, uint64_t mask, uint64_t key) noexcept:
    """Where a key stands in a table with open addressing, or where it would."""
    cdef uint64_t slot = key & mask
    while keys[slot] and keys[slot] != key:
        slot = (slot + 1) & mask
    return slot
