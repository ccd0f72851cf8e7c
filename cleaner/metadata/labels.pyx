"""Labelled blocks in, the numbers of those with one label out; compiled, for several fields ask for the body."""


def labelled_as(str label not None, labelled not None):
    """The numbers of the blocks with a label."""
    cdef list found = []
    cdef Py_ssize_t number
    for number, entry in enumerate(labelled):
        if <str>(<tuple>(<tuple>entry)[1])[0] == label:
            found.append(number)
    return found
