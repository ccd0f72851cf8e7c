"""Where the phrases of a book stand in the texts of a page, compiled: texts in, places out.

A page is asked for thousands of phrases in twenty languages and holds a handful. A phrase stands only
where a word begins, so each such place is asked by the hash of its first few characters, and
nearly all say no at the first look. That costs a fraction of running an automaton over the page, and
nothing has to be built beforehand but a table. What comes out are places; what they mean is for
`rules` and `judging` to say.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcmp

from unicodedata import normalize

from cleaner.label.features.wordtable cimport SEED, WordTable, mixed

cdef extern from "Python.h":
    object PyUnicode_FromKindAndData(int kind, const void* buffer, Py_ssize_t size)
    bint Py_UNICODE_ISALNUM(Py_UCS4 char) noexcept
    Py_UCS4 Py_UNICODE_TOLOWER(Py_UCS4 char) noexcept

cdef enum:
    WIDE = 4  # bytes of a character in a folded text
    PREFIX = 6  # characters that a phrase is looked up by; shorter ones by all they have
    SHORTEST = 3  # characters from which on that tells most places to have no phrase; what is shorter is rare
    PREFIX_BITS = 17
    MOST_AT_ONCE = 64  # phrases that stand at one place, each of another length
    LEAD = 12  # most characters (bullets, brackets, numbers) before a phrase that still begins its text
    PLANE = 0x10000
    PLANE_BYTES = 0x2000  # for a bit each
    DOT_ABOVE = 0x307

    ALNUM = 1
    SPACED = 2  # a letter or digit of a script that puts spaces between words
    EDGE_SIGN = 4

EDGE = (
    " \t\n\r.,:;!?…•·‧∙-–—−|/\\()[]{}<>«»‹›→←↑↓▶►"
    "▸▾▼▲◀■□◆◇●○★☆※・♦×✕✓*#+=_~&@©®™¿¡、。，．：；！？（）［］【】｜＞≫〉《》،؛؟0123456789"
)
"""Characters around a phrase that do not change what a line says; quotation marks do, so they stay."""

FOLDS = (
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("＇", "'"),  # one apostrophe for all
    *((sign, " ") for sign in "\t\x0b\x0c\r\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"),
    *((chr(width), " ") for width in range(0x2000, 0x200B)),  # from an en quad to a hair space
    ("ı", "i"), ("İ", "i"),  # Turkish capitals lose the dot in lower case
    *zip("άέήίϊΐόύϋΰώΆΈΉΊΪΌΎΫΏ", "αεηιιιουυυωαεηιιουυω"),  # Greek capitals have no accent
)
"""Characters with a plainer one in their place."""

DROPS = "\u00ad\u034f\u061c\u180e\u2060\u2061\u2062\u2063\u2064\ufeff" + "".join(
    [chr(sign) for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2066, 0x206F), (0xFE00, 0xFE0F))
     for sign in range(first, last + 1)]
)
"""Characters that no reader sees: soft hyphens, spaces and joiners without width, marks of direction, and the
variation selectors behind emoji."""

cdef uint32_t NOTHING = 0xFFFFFFFF
cdef uint32_t[PLANE] LOWER
cdef uint8_t[PLANE] KINDS


cdef void fill_tables():
    cdef uint32_t char
    cdef Py_UCS4 sign, plain
    for char in range(PLANE):
        LOWER[char] = Py_UNICODE_TOLOWER(char)
        KINDS[char] = 0
        if Py_UNICODE_ISALNUM(char):
            KINDS[char] = ALNUM if 0x3040 <= char <= 0x9FFF else ALNUM | SPACED
    for sign in EDGE:
        KINDS[<uint32_t>sign] |= EDGE_SIGN
    for old, new in FOLDS:
        sign, plain = old, new
        LOWER[<uint32_t>sign] = <uint32_t>plain
    for sign in DROPS:
        LOWER[<uint32_t>sign] = NOTHING


fill_tables()


cdef inline int kind_of(uint32_t char) noexcept:
    if char < PLANE:
        return KINDS[char]
    return ALNUM | SPACED if Py_UNICODE_ISALNUM(char) else 0


# ------------------------------------------------------------------ folding

ctypedef fused Unit:
    uint8_t
    uint16_t
    uint32_t


cdef struct Folded:
    uint32_t* chars
    Py_ssize_t size


cdef void fold_into(Folded* folded, str text, Py_ssize_t most, bint keep_lines) noexcept:
    """The text folded, or its first characters where it has more than `most`, which is then exceeded."""
    cdef const void* data = PyUnicode_DATA(text)
    if PyUnicode_KIND(text) == 1:
        fold_units(folded, <const uint8_t*>data, len(text), most, keep_lines)
    elif PyUnicode_KIND(text) == 2:
        fold_units(folded, <const uint16_t*>data, len(text), most, keep_lines)
    else:
        fold_units(folded, <const uint32_t*>data, len(text), most, keep_lines)


cdef void fold_units(Folded* folded, const Unit* chars, Py_ssize_t count, Py_ssize_t most, bint keep_lines) noexcept:
    cdef Py_ssize_t at, size = 0
    cdef uint32_t char
    cdef uint32_t* out = folded.chars
    cdef bint spaced = False, space
    for at in range(count):
        char = chars[at]
        char = LOWER[char] if sizeof(Unit) < 4 or char < PLANE else <uint32_t>Py_UNICODE_TOLOWER(char)
        space = char == c" "
        if char == c"\n":
            if not keep_lines:
                char = c" "
            spaced = False
        elif char == NOTHING or (char == DOT_ABOVE and size and out[size - 1] == c"i"):
            continue
        out[size] = char
        size += not (space & spaced)  # no branch: where a text has its spaces, nothing foretells
        spaced = space
        if size > most:
            break
    folded.size = size


cdef bint has_marks(const uint16_t* chars, Py_ssize_t count) noexcept:
    """Whether some character belongs with the one before it: an accent, a voicing mark, a jamo of a syllable."""
    cdef Py_ssize_t at
    cdef uint32_t char
    cdef bint found = False
    for at in range(count):  # no branch, so that a compiler can take several at once
        char = chars[at]
        found |= (char - 0x300 < 0x70) | (char - 0x653 < 3) | (char - 0x1161 < 0x62) | (char - 0x3099 < 2)
    return found


cdef bint has_wide_marks(const uint32_t* chars, Py_ssize_t count) noexcept:
    """The same of a text with characters beyond the plane."""
    cdef Py_ssize_t at
    cdef uint32_t char
    cdef bint found = False
    for at in range(count):
        char = chars[at]
        found |= (char - 0x300 < 0x70) | (char - 0x653 < 3) | (char - 0x1161 < 0x62) | (char - 0x3099 < 2)
    return found


cdef str readable(str text):
    """The text as `fold_into` can read it: letters with their accents, as phrases have them, and no capital
    sigma, the lower case of which depends on what stands around it."""
    cdef int kind = PyUnicode_KIND(text)
    if kind == 1:
        return text
    if (
        has_marks(<const uint16_t*>PyUnicode_DATA(text), len(text)) if kind == 2
        else has_wide_marks(<const uint32_t*>PyUnicode_DATA(text), len(text))
    ):
        text = normalize("NFC", text)
    return text.lower() if "Σ" in text else text


def fold(str text not None, bint keep_lines=False):
    """The text in lower case with one form of apostrophe and space; line feeds are spaces unless kept."""
    cdef Folded folded
    text = readable(text)
    folded.chars = <uint32_t*>malloc((len(text) + 1) * sizeof(uint32_t))
    if folded.chars == NULL:
        raise MemoryError
    fold_into(&folded, text, len(text), keep_lines)
    result = PyUnicode_FromKindAndData(WIDE, folded.chars, folded.size)
    free(folded.chars)
    return result


cdef inline bint is_stop(uint32_t char) noexcept:
    """Whether a sentence may end with this sign."""
    return char < 0x80 and char in b".!?;" or char in (0x2026, 0x3002, 0xFF01, 0xFF1F, 0xFF61, 0x061F, 0x06D4)


cdef inline bint is_quote(uint32_t char) noexcept:
    """Whether the end of a sentence may have this sign behind it, or the next one before it."""
    return char in (0x22, 0x27, 0x201C, 0x201D, 0x201E, 0x300D, 0x300F)


# ------------------------------------------------------------------ word boundaries

cdef inline bint begins_word(uint32_t before, uint32_t first) noexcept:
    """Whether a phrase may begin between two characters: not inside a word of a script with spaces."""
    return not (kind_of(before) & kind_of(first) & SPACED)


cdef inline bint ends_word(uint32_t last, uint32_t after) noexcept:
    """Whether a phrase may end between two characters; after Hangul it may, for particles follow."""
    return not (kind_of(last) & kind_of(after) & SPACED) or 0xAC00 <= last <= 0xD7AF


cpdef bint bounded(str phrase, str text, Py_ssize_t start, Py_ssize_t end):
    """Whether the phrase, which is `text[start:end]`, stands between word boundaries as it asks to.

    A star leaves one end of it open. None can be asked for beside kana and Han, which are written
    without spaces, nor after Hangul, where particles follow.
    """
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    if start and phrase[0] != "*":
        if not begins_word(PyUnicode_READ(kind, data, start - 1), PyUnicode_READ(kind, data, start)):
            return False
    if end == len(text) or phrase[len(phrase) - 1] == "*":
        return True
    return ends_word(PyUnicode_READ(kind, data, end - 1), PyUnicode_READ(kind, data, end))


cdef void add_pairs(Pairs* pairs, str text) noexcept:
    """Note which pairs of characters a text has, one bit for all that are alike."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at
    cdef uint32_t char, last = 0
    cdef uint8_t bit
    for at in range(PAIR_WORDS):
        pairs.bits[at] = 0
    for at in range(len(text)):
        char = PyUnicode_READ(kind, data, at)
        if at:
            bit = <uint8_t>((last * 37) ^ char ^ (char >> 8))
            pairs.bits[bit >> 6] |= <uint64_t>1 << (bit & 63)
        last = char


cdef class Alternatives:
    """Phrases with their stars, any of which will do; the pairs of characters in each tell where it cannot stand.

    ValueError for a phrase without words.
    """

    def __cinit__(self, phrases not None):
        cdef Py_ssize_t number
        cdef str phrase
        self.phrases = tuple(phrases)
        self.bare = tuple([phrase.strip("*") for phrase in self.phrases])
        if not all(self.bare):
            raise ValueError("a phrase without words")
        self.pairs = <Pairs*>malloc((len(self.bare) + 1) * sizeof(Pairs))
        if self.pairs == NULL:
            raise MemoryError
        for number, phrase in enumerate(self.bare):
            add_pairs(&self.pairs[number], phrase)

    def __dealloc__(self):
        free(self.pairs)

    def first_in(self, str text not None):
        """The first of the phrases that stands somewhere in a folded text, without its stars, or None."""
        cdef Pairs pairs
        add_pairs(&pairs, text)
        return self.first_among(text, &pairs, 0, 0)

    cdef str first_among(self, str text, const Pairs* pairs, Py_ssize_t start, Py_ssize_t end):
        """`first_in` of a text with these pairs of characters, but for what stands within a stretch of it."""
        cdef Py_ssize_t number, at
        cdef bint within
        cdef str bare
        for number in range(len(self.bare)):
            if not holds(pairs, &self.pairs[number]):
                continue
            bare = self.bare[number]
            at = text.find(bare)
            while at >= 0:
                within = start <= at and at + len(bare) <= end
                if not within and bounded(self.phrases[number], text, at, at + len(bare)):
                    return bare
                at = text.find(bare, at + 1)
        return None


cdef inline bint holds(const Pairs* pairs, const Pairs* others) noexcept:
    cdef int i
    cdef uint64_t missing = 0
    for i in range(PAIR_WORDS):
        missing |= others.bits[i] & ~pairs.bits[i]
    return not missing


# ------------------------------------------------------------------ phrases

cdef enum:
    OPEN_START = 1
    OPEN_END = 2


cdef class PhraseSet:
    """Phrases with their open ends, found by their first characters. ValueError for one without words."""

    cdef readonly tuple phrases  # as they are sought, without the stars
    cdef WordTable groups  # the last phrase with these first characters
    cdef Py_ssize_t count
    cdef Py_ssize_t* begins  # where the characters of each phrase begin
    cdef uint32_t* chars
    cdef int* earlier  # the phrase before this one with the same first characters, or -1
    cdef uint8_t* open_ends
    cdef uint64_t[1 << (PREFIX_BITS - 6)] prefixes  # a bit for the first characters of each
    cdef uint8_t[PLANE_BYTES] open_firsts  # a bit for each character that a phrase with an open start begins with
    cdef uint8_t[PLANE_BYTES] short_firsts  # the same for phrases of fewer characters than `SHORTEST`

    def __cinit__(self, phrases not None):
        cdef dict last = {}
        cdef Py_ssize_t number, at, size = 0
        cdef str phrase
        cdef list bare = [phrase.strip("*") for phrase in phrases]
        if not all(bare):
            raise ValueError("a phrase without words")
        self.phrases = tuple(bare)
        self.count = len(bare)
        for phrase in bare:
            size += len(phrase)
        self.begins = <Py_ssize_t*>malloc((self.count + 1) * sizeof(Py_ssize_t))
        self.chars = <uint32_t*>malloc((size + 1) * sizeof(uint32_t))
        self.earlier = <int*>malloc((self.count + 1) * sizeof(int))
        self.open_ends = <uint8_t*>calloc(self.count + 1, 1)
        if self.begins == NULL or self.chars == NULL or self.earlier == NULL or self.open_ends == NULL:
            raise MemoryError
        size = 0
        for number, phrase in enumerate(bare):
            self.begins[number] = size
            for at in range(len(phrase)):
                self.chars[size] = <uint32_t>phrase[at]
                size += 1
            prefix = phrase[:PREFIX]
            self.note(prefix)
            self.earlier[number] = last.get(prefix, -1)
            last[prefix] = number
        self.begins[self.count] = size
        for number, phrase in enumerate(phrases):
            self.open_ends[number] = OPEN_START * (phrase[0] == "*") | OPEN_END * (phrase[-1] == "*")
            if phrase[0] == "*":
                at = <uint32_t>(<str>bare[number])[0] % PLANE
                self.open_firsts[at >> 3] |= 1 << (at & 7)
        self.groups = WordTable(last)

    def __dealloc__(self):
        free(self.begins)
        free(self.chars)
        free(self.earlier)
        free(self.open_ends)

    cdef void note(self, str prefix):
        cdef uint64_t key = SEED
        cdef Py_UCS4 char
        if len(prefix) < SHORTEST:
            key = <uint32_t>prefix[0] % PLANE
            self.short_firsts[key >> 3] |= 1 << (key & 7)
            return
        for char in prefix:
            key = mixed(key, <uint32_t>char)
        key >>= 64 - PREFIX_BITS
        self.prefixes[key >> 6] |= <uint64_t>1 << (key & 63)

    cdef Py_ssize_t end_of(self, int phrase, Py_ssize_t at) noexcept:
        return at + self.begins[phrase + 1] - self.begins[phrase]

    cdef inline bint may_begin_within(self, uint32_t char) noexcept:
        """Whether a phrase that may begin inside a word can begin with this character."""
        char = char % PLANE
        return self.open_firsts[char >> 3] >> (char & 7) & 1

    cdef inline bint may_stand(self, const Folded* text, Py_ssize_t at) noexcept:
        """Whether a phrase can stand at a place, by its first characters: at nearly all, none can."""
        cdef uint32_t char = text.chars[at] % PLANE
        cdef uint64_t key = SEED, place, found = self.short_firsts[char >> 3] >> (char & 7)
        cdef Py_ssize_t known
        for known in range(min(text.size - at, <Py_ssize_t>PREFIX)):
            key = mixed(key, text.chars[at + known])
            if known >= SHORTEST - 1:
                place = key >> (64 - PREFIX_BITS)
                found |= self.prefixes[place >> 6] >> (place & 63)
        return found & 1

    cdef bint stands_free(self, const Folded* text, int phrase, Py_ssize_t at, bint begins) noexcept:
        """Whether a phrase at a place is bounded as it asks to be; `begins` says if a word begins there."""
        cdef Py_ssize_t end = self.end_of(phrase, at)
        cdef uint8_t open_ends = self.open_ends[phrase]
        return (begins or open_ends & OPEN_START) and (
            end == text.size or open_ends & OPEN_END or ends_word(text.chars[end - 1], text.chars[end])
        )

    cdef inline Py_ssize_t standing(self, const Folded* text, Py_ssize_t at, int* found) noexcept:
        """The phrases that stand at a place in the text, whatever is around them; how many."""
        return self.looked_up(text, at, found) if self.may_stand(text, at) else 0

    cdef Py_ssize_t looked_up(self, const Folded* text, Py_ssize_t at, int* found) noexcept:
        cdef Py_ssize_t count = 0, known, size, most = min(text.size - at, <Py_ssize_t>PREFIX)
        cdef const float* last
        cdef uint64_t key = SEED
        cdef int phrase
        for known in range(most):
            key = mixed(key, text.chars[at + known])
            last = self.groups.find(key)
            if last == NULL:
                continue
            phrase = <int>last[0]
            while phrase >= 0 and count < MOST_AT_ONCE:
                size = self.begins[phrase + 1] - self.begins[phrase]
                if size <= text.size - at and not memcmp(
                    self.chars + self.begins[phrase], text.chars + at, size * sizeof(uint32_t)
                ):
                    found[count] = phrase
                    count += 1
                phrase = self.earlier[phrase]
        return count


cdef class PhraseIndex:
    """All that is sought in texts: whole lines, phrases that open a text, phrases anywhere in it.

    `lines` gives each whole line the number of its rule, and `sure` (by that number) whether it settles
    the matter; `heads` and `anywhere` are phrases with their stars, `reach` the longest text that
    each of the latter may hit. The last two numbers are the longest texts, in characters, that are
    asked for lines and heads.
    """

    cdef readonly PhraseSet heads
    cdef readonly PhraseSet anywhere
    cdef WordTable lines
    cdef const uint8_t[::1] sure
    cdef int[::1] reach
    cdef Py_ssize_t longest_line
    cdef Py_ssize_t longest_head
    cdef Py_ssize_t longest_reach

    def __cinit__(
        self, lines not None, const uint8_t[::1] sure not None, heads not None, anywhere not None,
        int[::1] reach not None, Py_ssize_t longest_line, Py_ssize_t longest_head,
    ):
        self.lines = WordTable(lines)
        self.sure = sure
        self.heads = PhraseSet(heads)
        self.anywhere = PhraseSet(anywhere)
        self.reach = reach
        self.longest_line = longest_line
        self.longest_head = longest_head
        self.longest_reach = max(reach, default=0)

    def look(self, texts not None):
        """What stands in the texts: a list of lines found, and a list of the other texts that speak.

        A line found is (number of the text, number of the rule, the line without its edge). A text that
        speaks is (its number, the text folded, the heads (phrase, place), the phrases anywhere
        (number, begin, end) in order of their ends); one that a sure line has settled is not asked.
        """
        cdef Py_ssize_t number = 0, rule, begin, end
        cdef Py_ssize_t longest = max(self.longest_line, self.longest_head, self.longest_reach)
        cdef list found_lines = [], speaking = []
        cdef Folded text
        text.chars = <uint32_t*>malloc((longest + 2) * sizeof(uint32_t))
        if text.chars == NULL:
            raise MemoryError
        try:
            for number, raw in enumerate(texts):
                fold_into(&text, readable(raw), longest, False)
                if not 0 < text.size <= longest:
                    continue
                rule = self.line_of(&text, &begin, &end)
                if rule >= 0:
                    bare = PyUnicode_FromKindAndData(WIDE, text.chars + begin, end - begin)
                    found_lines.append((number, rule, bare))
                    if self.sure[rule]:
                        continue
                heads, places = self.heads_of(&text), self.places_in(&text)
                if heads is not None or places is not None:
                    whole = PyUnicode_FromKindAndData(WIDE, text.chars, text.size)
                    speaking.append((number, whole, heads or [], places or []))
        finally:
            free(text.chars)
        return found_lines, speaking

    def murmurs(self, texts not None):
        """For each text whether some phrase stands in it, however long it is: at the beginning of a
        sentence, as a whole sentence, or anywhere, as its rule asks."""
        cdef Folded text
        cdef list found = []
        cdef Py_ssize_t room = max(map(len, texts), default=0)
        text.chars = <uint32_t*>malloc((room + 2) * sizeof(uint32_t))
        if text.chars == NULL:
            raise MemoryError
        try:
            for raw in texts:
                fold_into(&text, readable(raw), room, False)
                found.append(self.murmurs_in(&text))
        finally:
            free(text.chars)
        return found

    cdef bint murmurs_in(self, const Folded* text) noexcept:
        cdef int[MOST_AT_ONCE] found
        cdef Py_ssize_t at, i
        cdef uint32_t char
        cdef int kind
        cdef bint begins, fresh = True  # behind the end of a sentence
        for at in range(text.size):
            char = text.chars[at]
            kind = kind_of(char)
            if fresh and (self.heads.standing(text, at, found) or (not kind & EDGE_SIGN and self.is_line(text, at))):
                return True
            if is_stop(char):
                fresh = True
            elif not kind & EDGE_SIGN and not is_quote(char):
                fresh = False
            begins = not at or begins_word(text.chars[at - 1], char)
            if char == c" " or (not begins and not self.anywhere.may_begin_within(char)):
                continue
            for i in range(self.anywhere.standing(text, at, found)):
                if self.anywhere.stands_free(text, found[i], at, begins):
                    return True
        return False

    cdef bint is_line(self, const Folded* text, Py_ssize_t start) noexcept:
        """Whether what stands from a place to the end of its sentence is a whole line."""
        cdef Py_ssize_t at
        cdef uint64_t key = SEED, bare = SEED
        for at in range(start, min(text.size, start + self.longest_line)):
            if is_stop(text.chars[at]):
                break
            key = mixed(key, text.chars[at])
            if not kind_of(text.chars[at]) & EDGE_SIGN:
                bare = key
        return self.lines.find(bare) != NULL

    cdef Py_ssize_t line_of(self, const Folded* text, Py_ssize_t* begin, Py_ssize_t* end) noexcept:
        """The rule whose line the text is, apart from its edge, or -1; and where the line stands."""
        cdef Py_ssize_t start = 0, stop = text.size, at
        cdef uint64_t key = SEED
        cdef const float* rule
        if text.size > self.longest_line:
            return -1
        while start < stop and kind_of(text.chars[start]) & EDGE_SIGN:
            start += 1
        while stop > start and kind_of(text.chars[stop - 1]) & EDGE_SIGN:
            stop -= 1
        for at in range(start, stop):
            key = mixed(key, text.chars[at])
        rule = self.lines.find(key) if stop > start else NULL
        begin[0], end[0] = start, stop
        return <Py_ssize_t>rule[0] if rule != NULL else -1

    cdef list heads_of(self, const Folded* text):
        """The phrases that the text begins with after none to all of the signs of its edge; None for none."""
        cdef int[MOST_AT_ONCE] found
        cdef Py_ssize_t at = 0, i
        cdef list heads = None
        if text.size > self.longest_head:
            return None
        while True:
            for i in range(self.heads.standing(text, at, found)):
                heads = [] if heads is None else heads
                heads.append((self.heads.phrases[found[i]], at))
            if at == LEAD or at == text.size or not kind_of(text.chars[at]) & EDGE_SIGN:
                return heads
            at += 1

    cdef list places_in(self, const Folded* text):
        """The phrases that stand in the text between boundaries, of those that may hit one so long."""
        cdef int[MOST_AT_ONCE] found
        cdef Py_ssize_t at, i
        cdef int phrase, kind, before = 0
        cdef bint starts
        cdef list places = None
        if text.size > self.longest_reach:
            return None
        for at in range(text.size):
            kind = kind_of(text.chars[at])
            starts = not (before & kind & SPACED)  # as `begins_word` has it
            before = kind
            if text.chars[at] == c" " or not (starts or self.anywhere.may_begin_within(text.chars[at])):
                continue
            for i in range(self.anywhere.standing(text, at, found)):
                phrase = found[i]
                if text.size <= self.reach[phrase] and self.anywhere.stands_free(text, phrase, at, starts):
                    places = [] if places is None else places
                    places.append((self.anywhere.end_of(phrase, at), at, phrase))
        if places is None:
            return None
        places.sort()
        return [(phrase, at, end) for end, at, phrase in places]
