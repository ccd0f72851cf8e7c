# cython: wraparound=False
"""A page's elements as arrays, compiled: where blocks stand in them, and sums along the tree.

Elements come in document order, parents first, so a pass from the last to the first sums up
subtrees and a pass from the first to the last sums along ancestors; nothing walks the tree.
"""

import numpy as np


cdef int[::1] numbers(list found):
    """A list of numbers as an array, in half the time that the list alone takes numpy."""
    cdef Py_ssize_t i
    cdef int[::1] array = np.empty(len(found), np.int32)
    for i in range(len(found)):
        array[i] = found[i]
    return array


cdef class Frame:
    """The elements of a page and the element of each block.

    `parents` and `ends` are as in `Elements`, `own` gives each block's element. The root counts as
    its own parent, so that chains of ancestors end there. ValueError for columns that are no tree.
    """

    def __init__(self, list parents not None, list ends not None, list own not None):
        cdef int element, block
        # One element stands for a page without any, for every block stands in one.
        self.parents, self.ends, self.own = numbers(parents or [0]), numbers(ends or [1]), numbers(own)
        self.count, self.blocks = self.parents.shape[0], self.own.shape[0]
        self.depths = np.empty(self.count, np.int32)
        if self.ends.shape[0] != self.count:
            raise ValueError(f"{self.count} parents, but {self.ends.shape[0]} ends")
        for element in range(self.count):
            if self.parents[element] < 0:
                self.parents[element] = 0
            if self.parents[element] >= element > 0 or not element < self.ends[element] <= self.count:
                raise ValueError(f"element {element} is out of order")
            self.depths[element] = self.depths[self.parents[element]] + 1 if element else 1
        for block in range(self.blocks):
            if self.own[block] < 0:
                self.own[block] = 0
            if self.own[block] >= self.count:
                raise ValueError(f"block {block} stands in no element")

    cdef int check(self, Py_ssize_t elements, Py_ssize_t blocks) except -1:
        """ValueError for another number of values than of elements or blocks; without elements there are none."""
        if blocks != self.blocks:
            raise ValueError(f"{self.blocks} blocks, but {blocks} values")
        if elements != self.count and (elements or self.count > 1):
            raise ValueError(f"{self.count} elements, but {elements} values")
        return 0

    cdef int above(self, int element, int steps) noexcept:
        """The element that many containers above; the root at the most."""
        while steps:
            element = self.parents[element]
            steps -= 1
        return element

    cdef void sum_up(self, double[::1] sums) noexcept:
        """Turn values of single elements into sums over all that is in them."""
        cdef Py_ssize_t element
        for element in range(self.count - 1, 0, -1):
            sums[self.parents[element]] += sums[element]

    cdef bint holds(self, int element, int other) noexcept:
        """Whether the other element is in this one, or is it."""
        return element <= other < self.ends[element]
