"""The records of a page made by the hundred, compiled: blocks and verdicts in, body and ledger out.

A named tuple's own constructor costs five times what making the tuple does, and a page has
several hundred of them; that is all there is to this module. For the same reason fields are taken by
their place.
"""

from cpython.object cimport PyTypeObject
from cpython.ref cimport Py_INCREF
from cpython.tuple cimport PyTuple_SET_ITEM

from cleaner.model import BODY, Kept, LabelledBlock, Removal

cdef extern from "Python.h":
    object PyType_GenericAlloc(PyTypeObject* kind, Py_ssize_t size)

cdef extern from *:
    """
    #if PY_VERSION_HEX >= 0x030E0000  /* a tuple keeps its hash, and -1 is none */
    #define forget_hash(record) (((PyTupleObject *)(record))->ob_hash = -1)
    #else
    #define forget_hash(record)
    #endif
    """
    void forget_hash(object record)

cdef str body_label = BODY
cdef str menu_shape = "menu"

cdef enum:  # places of fields in a block, in a verdict and in a block that has one
    TEXT = 0
    START = 1
    END = 2
    SHAPE = 3
    LEVEL = 4
    TAG = 5
    ELEMENT = 6
    LINKED = 7
    LABEL = 0
    RULE = 1
    EVIDENCE = 2
    BLOCK = 0
    VERDICT = 1


cdef inline object put(object record, Py_ssize_t place, object value):
    Py_INCREF(value)  # which setting an item takes over
    PyTuple_SET_ITEM(record, place, value)


cdef inline object empty(object kind, Py_ssize_t size):
    """A named tuple of that kind, the fields of which are to be put into it."""
    record = PyType_GenericAlloc(<PyTypeObject*>kind, size)
    forget_hash(record)
    return record


cdef inline object pair(object kind, object one, object other):
    """A named tuple of two fields."""
    record = empty(kind, 2)
    put(record, 0, one)
    put(record, 1, other)
    return record


cdef inline object six(object kind, object a, object b, object c, object d, object e, object f):
    """A named tuple of six fields."""
    record = empty(kind, 6)
    put(record, 0, a)
    put(record, 1, b)
    put(record, 2, c)
    put(record, 3, d)
    put(record, 4, e)
    put(record, 5, f)
    return record


def fields_of(blocks not None):
    """The texts, heading levels, elements and linked characters of blocks, a list of each."""
    cdef list texts = [], levels = [], elements = [], linked = []
    for block in blocks:
        texts.append((<tuple>block)[TEXT])
        levels.append((<tuple>block)[LEVEL])
        elements.append((<tuple>block)[ELEMENT])
        linked.append((<tuple>block)[LINKED] or 0)
    return texts, levels, elements, linked


def places_of(str shape not None, blocks not None):
    """The numbers of the blocks of one shape."""
    cdef list found = []
    cdef Py_ssize_t number
    for number, block in enumerate(blocks):
        if <str>(<tuple>block)[SHAPE] == shape:
            found.append(number)
    return found


def tagged(str tag not None, blocks not None):
    """The numbers of the blocks whose nearest block-level element has this name."""
    cdef list found = []
    cdef Py_ssize_t number
    for number, block in enumerate(blocks):
        if <str>(<tuple>block)[TAG] == tag:
            found.append(number)
    return found


def label_blocks(blocks not None, list verdicts not None):
    """Each block with its verdict; ValueError where they are not equally many."""
    if len(blocks) != len(verdicts):
        raise ValueError(f"{len(blocks)} blocks have {len(verdicts)} verdicts")
    cdef list labelled = []
    cdef Py_ssize_t number
    for number, block in enumerate(blocks):
        labelled.append(pair(LabelledBlock, block, verdicts[number]))
    return tuple(labelled)


def renamed(tuple labelled not None, str text not None, verdict not None, other not None):
    """The blocks, those that are this text and have this verdict with another one."""
    cdef Py_ssize_t number
    cdef list changed = None
    for number, entry in enumerate(labelled):
        if <str>(<tuple>(<tuple>entry)[BLOCK])[TEXT] == text and (<tuple>entry)[VERDICT] == verdict:
            if changed is None:
                changed = list(labelled)
            changed[number] = pair(LabelledBlock, (<tuple>entry)[BLOCK], other)
    return labelled if changed is None else tuple(changed)


def homes_of(tuple labelled not None, tuple shapes not None):
    """For the blocks of the body that have one of the shapes, the element of each by where it starts."""
    cdef dict homes = {}
    for entry in labelled:
        if <str>(<tuple>(<tuple>entry)[VERDICT])[LABEL] == body_label:
            block = (<tuple>entry)[BLOCK]
            if (<tuple>block)[SHAPE] in shapes:
                homes[(<tuple>block)[START]] = (<tuple>block)[ELEMENT]
    return homes


def part(tuple labelled not None):
    """The blocks of the body as the outputs need them, and the ledger of all others.

    A menu is judged as one block and told of entry by entry.
    """
    cdef list kept = [], removed = []
    cdef tuple block, verdict
    for entry in labelled:
        block, verdict = <tuple>(<tuple>entry)[BLOCK], <tuple>(<tuple>entry)[VERDICT]
        if <str>block[SHAPE] == menu_shape:
            for text, start, end in entries_of(block[TEXT], block[START]):
                tell(kept, removed, block, verdict, "item", text, start, end)
        else:
            tell(kept, removed, block, verdict, block[SHAPE], block[TEXT], block[START], block[END])
    return tuple(kept), tuple(removed)


cdef inline object tell(list kept, list removed, tuple block, tuple verdict, shape, text, start, end):
    """Put what stands at a place of a block with the body or into the ledger."""
    if <str>verdict[LABEL] == body_label:
        kept.append(six(Kept, text, shape, block[LEVEL], start, end, None))
    else:
        removed.append(six(Removal, text, verdict[LABEL], verdict[RULE], start, end, verdict[EVIDENCE]))


cdef list entries_of(str menu, Py_ssize_t start):
    """The entries of a menu, each with the places where it begins and ends."""
    cdef list entries = []
    for entry in menu.split("\n"):
        entries.append((entry, start, start + len(<str>entry)))
        start += len(<str>entry) + 1
    return entries
