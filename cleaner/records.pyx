"""The records of a page made by the hundred, compiled: blocks and verdicts in, body and ledger out.

A named tuple's own constructor costs three times what making the tuple does, and a page has
several hundred of them; that is all there is to this module.
"""

from cleaner.model import BODY, Kept, LabelledBlock, Removal

cdef object new = tuple.__new__
cdef str body_label = BODY


def fields_of(blocks not None):
    """The texts, heading levels, elements and linked characters of blocks, a list of each."""
    cdef list texts = [], levels = [], elements = [], linked = []
    for text, _, _, _, level, _, element, links in blocks:
        texts.append(text)
        levels.append(level)
        elements.append(element)
        linked.append(links or 0)
    return texts, levels, elements, linked


def places_of(str shape not None, blocks not None):
    """The numbers of the blocks of one shape."""
    cdef list found = []
    cdef Py_ssize_t number
    for number, block in enumerate(blocks):
        if (<tuple>block)[3] == shape:
            found.append(number)
    return found


def label_blocks(blocks not None, list verdicts not None):
    """Each block with its verdict; ValueError where they are not equally many."""
    if len(blocks) != len(verdicts):
        raise ValueError(f"{len(blocks)} blocks have {len(verdicts)} verdicts")
    cdef list labelled = []
    cdef Py_ssize_t number
    for number, block in enumerate(blocks):
        labelled.append(new(LabelledBlock, (block, verdicts[number])))
    return tuple(labelled)


def part(tuple labelled not None):
    """The blocks of the body as the outputs need them, and the ledger of all others.

    A menu is judged as one block and told of entry by entry.
    """
    cdef list kept = [], removed = []
    for block, verdict in labelled:
        text, start, end, shape, level, _, _, _ = block
        label, rule, evidence = verdict
        entries = ((text, start, end),) if shape != "menu" else entries_of(text, start)
        shape = shape if shape != "menu" else "item"
        for text, start, end in entries:
            if label == body_label:
                kept.append(new(Kept, (text, shape, level, start, end, None)))
            else:
                removed.append(new(Removal, (text, label, rule, start, end, evidence)))
    return tuple(kept), tuple(removed)


cdef list entries_of(str menu, Py_ssize_t start):
    """The entries of a menu, each with the places where it begins and ends."""
    cdef list entries = []
    for entry in menu.split("\n"):
        entries.append((entry, start, start + len(<str>entry)))
        start += len(<str>entry) + 1
    return entries
