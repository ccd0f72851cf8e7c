cpdef bint bounded(str phrase, str text, Py_ssize_t start, Py_ssize_t end)
