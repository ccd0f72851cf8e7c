"""Scoring a forest of oblivious trees, compiled: columns of features in, a sum of leaves per block out.

An oblivious tree asks the same question of every block at each depth. So a tree takes a batch of
blocks at a time: each question is a comparison down a column, its answer one bit of every
block's leaf number, in a loop that the compiler turns into vector instructions.
"""

from cpython.buffer cimport PyBUF_FORMAT, PyBUF_ND, PyBuffer_Release, PyObject_GetBuffer
from libc.stdint cimport int32_t
from libc.stdlib cimport free, malloc

cdef enum:
    DEPTH = 6  # questions of a tree
    BATCH = 256  # blocks at a time: their leaf numbers and scores stay in the fastest cache
    AT_ONCE = 4  # trees that are summed up together


cdef class Gathered:
    """Where the values of some columns of floats stand, which are held in place for as long as this lives."""

    cdef const float** values
    cdef Py_buffer* views
    cdef Py_ssize_t held

    def __cinit__(self, list columns not None, Py_ssize_t rows):
        cdef Py_buffer* view
        cdef Py_ssize_t count = len(columns)
        self.held = 0
        self.views = <Py_buffer*>malloc((count + 1) * sizeof(Py_buffer))
        self.values = <const float**>malloc((count + 1) * sizeof(float*))
        if self.views == NULL or self.values == NULL:
            raise MemoryError
        for column in columns:
            view = &self.views[self.held]
            PyObject_GetBuffer(column, view, PyBUF_FORMAT | PyBUF_ND)
            self.values[self.held] = <const float*>view.buf
            self.held += 1
            if view.ndim != 1 or view.shape[0] != rows:
                raise ValueError("columns of different numbers of rows")
            if view.format[0] != c"f" or view.format[1]:
                raise ValueError("a column of something else than 32-bit floats")

    def __dealloc__(self):
        while self.held:
            self.held -= 1
            PyBuffer_Release(&self.views[self.held])
        free(self.views)
        free(self.values)


cdef void score_batch(
    const float** columns,
    Py_ssize_t start,
    Py_ssize_t size,
    const int32_t[:, ::1] features,
    const float[:, ::1] thresholds,
    const float[:, ::1] leaves,
    float* scores,
) noexcept nogil:
    cdef int32_t[AT_ONCE][BATCH] leaf
    cdef const float* values[AT_ONCE]
    cdef Py_ssize_t tree, i, trees = features.shape[0]
    # Trees that are summed up together have each score read and written once.
    for tree from 0 <= tree <= trees - AT_ONCE by AT_ONCE:
        for i in range(AT_ONCE):
            answer(columns, start, size, &features[tree + i, 0], &thresholds[tree + i, 0], leaf[i])
            values[i] = &leaves[tree + i, 0]
        for i in range(size):
            scores[i] = (
                scores[i] + values[0][leaf[0][i]] + values[1][leaf[1][i]] + values[2][leaf[2][i]]
                + values[3][leaf[3][i]]
            )
    for tree in range(trees - trees % AT_ONCE, trees):
        answer(columns, start, size, &features[tree, 0], &thresholds[tree, 0], leaf[0])
        for i in range(size):
            scores[i] += leaves[tree, leaf[0][i]]


cdef void answer(
    const float** columns,
    Py_ssize_t start,
    Py_ssize_t size,
    const int32_t* features,
    const float* thresholds,
    int32_t* leaf,
) noexcept nogil:
    """The number of the leaf of one tree that each block reaches."""
    cdef const float* column0 = columns[features[0]] + start
    cdef const float* column1 = columns[features[1]] + start
    cdef const float* column2 = columns[features[2]] + start
    cdef const float* column3 = columns[features[3]] + start
    cdef const float* column4 = columns[features[4]] + start
    cdef const float* column5 = columns[features[5]] + start
    cdef float[DEPTH] above
    cdef Py_ssize_t question, i
    for question in range(DEPTH):
        above[question] = thresholds[question]
    # All questions in one loop: leaf numbers then stay in registers, which halves the time.
    for i in range(size):
        leaf[i] = (
            (column0[i] > above[0])
            | (column1[i] > above[1]) << 1
            | (column2[i] > above[2]) << 2
            | (column3[i] > above[3]) << 3
            | (column4[i] > above[4]) << 4
            | (column5[i] > above[5]) << 5
        )


cdef int check_trees(
    Py_ssize_t columns, const int32_t[:, ::1] features, const float[:, ::1] thresholds, const float[:, ::1] leaves
) except -1:
    """Whether all that the trees ask for is there: the loops themselves do not look."""
    cdef Py_ssize_t tree, question, trees = features.shape[0]
    if features.shape[1] != DEPTH:
        raise ValueError(f"a tree asks {DEPTH} questions, not {features.shape[1]}")
    if thresholds.shape[0] != trees or thresholds.shape[1] != DEPTH:
        raise ValueError("a forest needs a threshold for every question")
    if leaves.shape[0] != trees or leaves.shape[1] < 1 << DEPTH:
        raise ValueError("a forest needs a leaf for every row of answers")
    for tree in range(trees):
        for question in range(DEPTH):
            if not 0 <= features[tree, question] < columns:
                raise ValueError(f"tree {tree} asks for column {features[tree, question]} of {columns}")
    return 0


def add_scores(
    list columns not None,
    const int32_t[:, ::1] features,
    const float[:, ::1] thresholds,
    const float[:, ::1] leaves,
    float[::1] scores,
):
    """Add to each block's score the leaf it reaches in every tree.

    `columns[f]` are the blocks' values of feature number f. ValueError for another number of scores than
    of blocks, and for trees that ask for what is not there.
    """
    cdef Py_ssize_t start, count = scores.shape[0]
    check_trees(len(columns), features, thresholds, leaves)
    cdef Gathered gathered = Gathered(columns, count)
    with nogil:
        for start from 0 <= start < count by BATCH:
            score_batch(
                gathered.values, start, min(<Py_ssize_t>BATCH, count - start), features, thresholds, leaves,
                &scores[start],
            )
