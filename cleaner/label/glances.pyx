"""Quick looks over all blocks of a page, compiled: they tell that a closer look would find nothing.

Most pages have no torn list and are no list of teasers. One pass over their blocks shows that, where the
closer look makes a dozen arrays to find out.
"""

cdef enum:
    SHAPE = 3  # places of fields in a block
    TAG = 5


def turns(str shape not None, blocks not None, const unsigned char[::1] kept):
    """The pairs of blocks of one shape, with none of it between them, of which one is kept and one not."""
    cdef Py_ssize_t number, before = -1
    cdef list pairs = []
    if len(blocks) != len(kept):
        raise ValueError("not a flag for each block")
    for number, block in enumerate(blocks):
        if <str>(<tuple>block)[SHAPE] == shape:
            if before >= 0 and kept[before] != kept[number]:
                pairs.append((before, number))
            before = number
    return pairs


def most_teasers(
    const float[::1] words, const float[::1] shares, const unsigned char[::1] kept, blocks not None,
    float least_words, float linked, frozenset rows not None,
):
    """How many teasers there can be at most, with a headline above them and with one in the same block.

    Headlines have `least_words` or more and at least a share `linked` of them in links. Each that has
    kept blocks between it and the next one is one; so is each kept block in an element of `rows`.
    """
    cdef Py_ssize_t number, headed = 0, alone = 0
    cdef bint fresh = True
    if not len(words) == len(shares) == len(blocks) == len(kept):
        raise ValueError("not as many words as shares and flags")
    for number in range(len(kept)):
        if words[number] >= least_words and shares[number] >= linked:
            alone += kept[number]
            fresh = True
        elif kept[number]:
            alone += (<tuple>blocks[number])[TAG] in rows
            headed += fresh
            fresh = False
    return headed, alone
