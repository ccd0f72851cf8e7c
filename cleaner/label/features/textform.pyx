"""How a text's pieces are written, what stands around each and what the whole is like, compiled.

Texts or columns of the pieces by themselves come in; columns of their form, of neighbours, runs and windows and
of the whole text go out.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.math cimport log1p

import numpy as np

from cleaner.label.features.context import constant_columns
from cleaner.label.features.spelling cimport is_letter
from cleaner.label.recurrence import count_pieces

# Prose mass of a piece that is surely more than a caption or a teaser's headline.
cdef double CORE_LEAST = 70.0

# Pieces farther from the core than this are all alike.
cdef Py_ssize_t FARTHEST = 40

# Words of a piece that weigh at the most in the odds of its surroundings.
cdef double MOST_WORDS = 30.0

cdef enum:
    WINDOWS = 2

cdef Py_ssize_t[WINDOWS] WINDOW = [2, 6]

# Characters of a piece whose words are looked at for capitals.
cdef Py_ssize_t CAPITALS_READ = 200

# Characters of a text beyond which cut quotations are not looked for: the time grows with the square.
cdef Py_ssize_t LARGEST = 400_000

# Characters that are read in a text in search of its lines, a tenth of a second's worth.
cdef Py_ssize_t MOST_READ = 200_000_000

# Characters of a piece that are looked at for marks of code.
cdef Py_ssize_t CODE_READ = 400


# What may stand beside a mark of omission.
cdef str OMISSION_MARKS = "[](),."


cdef float capitals(int kind, const void* data, Py_ssize_t size) noexcept:
    """Share of the first words that begin with a capital, the first of all left out."""
    cdef Py_ssize_t at, words = 0, raised = 0
    cdef Py_UCS4 char
    cdef bint letter, within = False
    for at in range(min(size, CAPITALS_READ)):
        char = PyUnicode_READ(kind, data, at)
        letter = is_letter(char)
        if letter and not within:
            words += 1
            raised += words > 1 and char.isupper()
        within = letter
    return <double>raised / (words - 1) if words > 1 else 0


cdef bint has_time(int kind, const void* data, Py_ssize_t size) noexcept:
    """Whether an hour and its minutes, or a year of the last or this century, stand in the text."""
    cdef Py_ssize_t at
    cdef Py_UCS4 first, second
    for at in range(size - 3):
        second = PyUnicode_READ(kind, data, at + 1)
        if second != c":" and second != c"9" and second != c"0":
            continue
        first = PyUnicode_READ(kind, data, at)
        if second == c":" and not first.isdecimal():
            continue
        if (second == c"9" and first != c"1") or (second == c"0" and first != c"2"):
            continue
        if PyUnicode_READ(kind, data, at + 2).isdecimal() and PyUnicode_READ(kind, data, at + 3).isdecimal():
            return True
    return False


cdef float code_marks(int kind, const void* data, Py_ssize_t size) noexcept:
    """Share of the characters that are rare in prose and common in code: braces, equal signs, bent words.

    A capital after a small letter bends a word, and colons and commas count that follow a quotation mark.
    """
    cdef Py_ssize_t at, marks = 0
    cdef Py_UCS4 char, before = c" "
    size = min(size, CODE_READ)
    for at in range(size):
        char = PyUnicode_READ(kind, data, at)
        if c"a" <= char <= c"z" or char == c" ":
            pass
        elif c"A" <= char <= c"Z":
            marks += c"a" <= before <= c"z"
        elif char < 128:
            marks += char in u"{}<>=\\_;" or (before == c'"' and char in u":,")
        before = char
    return <double>marks / size if size else 0


cdef str longest_stretch(str text, str around):
    """The longest stretch of a text between its marks of omission, without the characters `around` it."""
    return max([part.strip(around) for part in text.replace("...", "…").split("…")], key=len)


def writing_columns(list texts not None, str quotes not None, Py_ssize_t shortest, Py_ssize_t longest, Py_ssize_t line):
    """Columns `capitals`, `inside`, `times`, `quoted` and `code`.

    Texts of `shortest` to `longest` characters are looked for inside the others, without `quotes` at their
    ends; those of up to `line` characters are searched for times. Of a text with words left out, as in a
    pull-quote or a teaser cut short, the longest stretch is looked for.
    """
    cdef Py_ssize_t row, size, count = len(texts), left = MOST_READ
    cdef str text, probe, joined = "\n".join(texts)
    cdef set heads = recurring_heads(texts, joined, quotes, shortest, longest)
    cdef int kind
    cdef void* data
    table = np.zeros((5, count), np.float32)
    cdef float[:, ::1] out = table
    for row in range(count):
        text = texts[row]
        size = len(text)
        if not size:
            continue
        kind, data = PyUnicode_KIND(text), PyUnicode_DATA(text)
        out[0, row] = capitals(kind, data, size)
        if shortest <= size <= longest:
            probe = text.strip(quotes)
            if left > 0 and (len(probe) < shortest or probe[:shortest] in heads):
                out[1, row] = joined.count(probe) - 1 if probe else 0
                left -= len(joined)
            if not out[1, row] and len(joined) <= LARGEST and ("…" in probe or "..." in probe):
                probe = longest_stretch(probe, quotes + OMISSION_MARKS)
                out[1, row] = joined.count(probe) - 1 if len(probe) >= shortest else 0
        out[2, row] = size <= line and has_time(kind, data, size)
        out[3, row] = text[0] in quotes and text[size - 1] in quotes
        out[4, row] = code_marks(kind, data, size)
    return dict(zip(("capitals", "inside", "times", "quoted", "code"), table))


cdef set recurring_heads(list texts, str joined, str quotes, Py_ssize_t shortest, Py_ssize_t longest):
    """The first `shortest` characters of the texts to look for that stand in several places, found in one pass."""
    cdef list heads = []
    for text in texts:
        if shortest <= len(<str>text) <= longest:
            probe = (<str>text).strip(quotes)
            if len(<str>probe) >= shortest:
                heads.append((<str>probe)[:shortest])
    return {head for head, times in zip(heads, count_pieces(joined, heads)) if times > 1}


def line_columns(list starts not None, list ends not None, list lines not None, const float[::1] hit):
    """How pieces are set apart, and what their line is beside them.

    `gap` and `gap_after` are 0 in one line, 1 as most lines of the text, 2 further, 3 at the text's edges. Only
    what is wider than the narrowest gap tells anything: some texts have a blank line after every
    paragraph, and line endings have one character or two. `line_share` is the share of its line that a
    piece is, `line_hit` the strongest hit of a rule in the rest of the line.
    """
    cdef Py_ssize_t piece, count = len(starts), width, narrow = -1, begin = 0
    gaps = np.full(count + 1, 3, np.float32)
    table = np.zeros((2, count), np.float32)
    cdef float[::1] out = gaps
    cdef float[:, ::1] line = table
    line[0, :] = 1
    for piece in range(1, count):
        width = <Py_ssize_t>starts[piece] - <Py_ssize_t>ends[piece - 1]
        if lines[piece] != lines[piece - 1] and (narrow < 0 or width < narrow):
            narrow = width
    for piece in range(1, count):
        width = <Py_ssize_t>starts[piece] - <Py_ssize_t>ends[piece - 1]
        out[piece] = 0 if lines[piece] == lines[piece - 1] else 1 if width <= narrow else 2
    for piece in range(1, count + 1):
        if piece == count or lines[piece] != lines[begin]:
            if piece - begin > 1:
                tell_line(begin, piece, starts, ends, hit, line)
            begin = piece
    return {"gap": gaps[:-1], "gap_after": gaps[1:], "line_share": table[0], "line_hit": table[1]}


cdef int tell_line(
    Py_ssize_t begin, Py_ssize_t end, list starts, list ends, const float[::1] hit, float[:, ::1] line
) except -1:
    """Tell each piece of a line of several what it is of the line, and what rules say of the others."""
    cdef Py_ssize_t piece
    cdef float before = 0, behind = 0  # the strongest hits, which are the lowest, on either side
    cdef double length = max(<Py_ssize_t>ends[end - 1] - <Py_ssize_t>starts[begin], 1)
    for piece in range(begin, end):
        line[0, piece] = (<Py_ssize_t>ends[piece] - <Py_ssize_t>starts[piece]) / length
        line[1, piece] = before
        before = min(before, hit[piece])
    for piece in range(end - 1, begin - 1, -1):
        line[1, piece] = min(line[1, piece], behind)
        behind = min(behind, hit[piece])
    return 0


def core_columns(dict columns not None):
    """Where each piece stands to the first, the last and the nearest pieces that are surely prose."""
    cdef const float[::1] prose = columns["prose"], end_mark = columns["end_mark"], hit = columns["hit"]
    cdef Py_ssize_t piece, count = prose.shape[0], first = count, last = -1, nearest, cores = 0
    cdef int[::1] core = np.zeros(count, np.int32)
    table = np.empty((5, count), np.float32)
    cdef float[:, ::1] out = table
    for piece in range(count):
        core[piece] = prose[piece] >= CORE_LEAST and end_mark[piece] >= 1 and hit[piece] == 0
        if core[piece]:
            first = min(first, piece)
            last = piece
            cores += 1
    nearest = -1
    for piece in range(count):
        nearest = piece if core[piece] else nearest
        out[0, piece] = max(-FARTHEST, min(FARTHEST, piece - first))
        out[1, piece] = max(-FARTHEST, min(FARTHEST, piece - last))
        out[2, piece] = min(piece - nearest, FARTHEST)
        out[4, piece] = <double>cores / count
    nearest = count
    for piece in range(count - 1, -1, -1):
        nearest = piece if core[piece] else nearest
        out[3, piece] = min(nearest - piece, FARTHEST)
    return dict(zip(("to_first_core", "to_last_core", "since_core", "until_core", "cores"), table))


def run_columns(dict columns not None):
    """How long the run of sentences, or of fragments, is that a piece stands in, and how far in it is."""
    cdef const float[::1] prose = columns["prose"], end_mark = columns["end_mark"]
    cdef Py_ssize_t piece, count = prose.shape[0], start = 0, end
    cdef double total = 0, mass
    table = np.empty((4, count), np.float32)
    cdef float[:, ::1] out = table
    for piece in range(count):
        total += prose[piece]
    total = max(total, 1)
    while start < count:
        end, mass = start, 0
        while end < count and (end_mark[end] >= 2) == (end_mark[start] >= 2):
            mass += prose[end]
            end += 1
        for piece in range(start, end):
            out[0, piece] = log1p(end - start)
            out[1, piece] = log1p(piece - start)
            out[2, piece] = log1p(end - 1 - piece)
            out[3, piece] = mass / total
        start = end
    return dict(zip(("run_size", "run_place", "run_left", "run_prose"), table))


def window_columns(dict columns not None):
    """Hits, word odds and words of appeals in the pieces before, after and around."""
    cdef const float[::1] hit = columns["hit"], odds = columns["odds_mean"], words = columns["words"]
    cdef const float[::1] appeal = columns["appeal_mean"]
    cdef Py_ssize_t piece, count = hit.shape[0]
    cdef double[::1] hits = np.zeros(count + 1), weighed = np.zeros(count + 1), appeals = np.zeros(count + 1)
    cdef double size
    for piece in range(count):
        hits[piece + 1] = hits[piece] - hit[piece]
        size = min(<double>words[piece], MOST_WORDS)
        weighed[piece + 1] = weighed[piece] + odds[piece] * size
        appeals[piece + 1] = appeals[piece] + appeal[piece] * size
    found = window_rows("hits", hits)
    found |= window_rows("odds", weighed)
    found |= window_rows("appeal", appeals)
    return found


cdef dict window_rows(str name, const double[::1] running):
    """Sums over the windows before and behind each piece, and means of all before and all behind."""
    cdef Py_ssize_t piece, row, width, count = running.shape[0] - 1
    table = np.empty((2 * WINDOWS + 2, count), np.float32)
    cdef float[:, ::1] out = table
    for piece in range(count):
        for row in range(WINDOWS):
            width = WINDOW[row]
            out[2 * row, piece] = running[piece] - running[max(piece - width, 0)]
            out[2 * row + 1, piece] = running[min(piece + width + 1, count)] - running[piece + 1]
        out[2 * WINDOWS, piece] = running[piece] / max(piece, 1)
        out[2 * WINDOWS + 1, piece] = (running[count] - running[piece + 1]) / max(count - 1 - piece, 1)
    names = [f"{name}_{way}{WINDOW[row]}" for row in range(WINDOWS) for way in ("back", "on")]
    return dict(zip([*names, f"{name}_before", f"{name}_after"], table))


def whole_columns(dict columns not None):
    """What the whole text is like; the same value for each of its pieces."""
    cdef const float[::1] chars = columns["chars"], prose = columns["prose"], hit = columns["hit"]
    cdef const float[::1] end_mark = columns["end_mark"], odds = columns["odds_mean"], words = columns["words"]
    cdef const float[::1] shared = columns["shared"], gap = columns["gap"], shape = columns["shape"]
    cdef const float[::1] copies = columns["copies"], dense = columns["dense_share"]
    cdef const float[::1] ranked = np.sort(columns["chars"])
    cdef Py_ssize_t piece, count = chars.shape[0]
    cdef double total = 0, mass = 0, sentences = 0, sentence_chars = 0, longest = 0, hits = 0, sure = 0
    cdef double weighed = 0, all_words = 0, low = 0, told = 0, blank = 0, items = 0, copied = 0, densely = 0
    for piece in range(count):
        total += chars[piece]
        mass += prose[piece]
        longest = max(longest, <double>chars[piece])
        if end_mark[piece] >= 2:
            sentences += 1
            sentence_chars += chars[piece]
        hits += hit[piece] < 0
        sure += hit[piece] < -1
        weighed += odds[piece] * words[piece]
        all_words += words[piece]
        low += odds[piece] < 0
        told += shared[piece] * chars[piece]
        blank += gap[piece] == 2
        items += shape[piece] == 2
        copied += copies[piece] > 1
        densely += dense[piece] * chars[piece]
    total = max(total, 1)
    values = {
        "all_pieces": log1p(count),
        "all_chars": log1p(total),
        "all_prose": mass / total,
        "all_sentences": sentences / count,
        "all_sentence_chars": sentence_chars / total,
        "all_median": (<double>ranked[(count - 1) // 2] + ranked[count // 2]) / 2,
        "all_longest": log1p(longest),
        "all_hits": hits / count,
        "all_sure": sure / count,
        "all_hit_count": hits,
        "all_odds": weighed / max(all_words, 1),
        "all_low": low / count,
        "all_shared": told / total,
        "all_blank": blank / count,
        "all_items": items / count,
        "all_copies": copied / count,
        "all_dense": densely / total,
    }
    return constant_columns(values, count)
