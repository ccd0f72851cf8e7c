"""Verdicts that no line has to be read for, compiled: flags, hits and likenesses in, a verdict a block out.

Most blocks of a page are kept, or a rule has hit them, or nothing is known of them: that is told of
hundreds of blocks in one pass.
"""

from cpython.object cimport PyObject, PyTypeObject, newfunc
from libc.math cimport rint

from cleaner.label.naming import TITLE_LIKE, TWIN, UNSAID
from cleaner.model import BODY, Verdict

cdef newfunc new = (<PyTypeObject*>tuple).tp_new  # what a named tuple's constructor ends up with
cdef float title_like = TITLE_LIKE

cdef enum:  # places of fields in a hit
    LABEL = 0
    RULE = 1
    SURE = 2
    EVIDENCE = 3
    PERCENT = 100

cdef list kept_verdicts = [Verdict(BODY, "model/body", f"{hundredths / PERCENT:.2f}") for hundredths in range(PERCENT + 1)]


cdef inline object of_hit(tuple hit):
    """The verdict that a rule's hit gives."""
    cdef tuple args = ((hit[LABEL], hit[RULE], hit[EVIDENCE]),)
    return new(Verdict, <PyObject*>args, NULL)


def kept_verdict(float chance):
    """The verdict on a block that is kept: its evidence is the chance of being body, in two digits."""
    if not 0 <= chance <= 1:
        raise ValueError(f"{chance} is no chance")
    # Of 24 bits times a hundred nothing is lost, so this rounds as writing the number in decimals does.
    return kept_verdicts[<int>rint(PERCENT * <double>chance)]


def known_verdicts(
    const unsigned char[::1] kept, const float[::1] chances, hits not None, const float[::1] likes,
    Py_ssize_t low, Py_ssize_t high,
):
    """The verdicts on the blocks that are kept, or that a rule or their likeness to the title names.

    A sure rule names first, then likeness, then a hint, as in `name_by_words`; `UNSAID` stands for none. Of
    those from `low` up to, not including, `high` only the kept ones get a verdict: they stand where bylines
    do, and are to be read first.
    """
    cdef Py_ssize_t number, count = len(kept)
    cdef list verdicts = [UNSAID] * count
    if not len(hits) == len(chances) == len(likes) == count:
        raise ValueError("not a flag, a chance, a hit and a likeness for each block")
    for number in range(count):
        if kept[number]:
            verdicts[number] = kept_verdict(chances[number])
        elif low <= number < high:
            continue
        else:
            hit = hits[number]
            if hit is not None and (likes[number] < title_like or (<tuple>hit)[SURE]):
                verdicts[number] = of_hit(<tuple>hit)
            elif likes[number] >= title_like:
                verdicts[number] = TWIN
    return verdicts
