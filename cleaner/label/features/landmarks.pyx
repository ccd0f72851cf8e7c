# cython: wraparound=False
"""The container that is named after the article, compiled: names' promises in, columns per block out.

What a page calls "article-body" is not always the article, and few sites say it twice alike, so this
is a sign among others. What it adds to the promise of each container's own name is where the blocks
are that stand outside, on a page that has such a container.
"""

import numpy as np

from cleaner.label.features.frame cimport Frame
from cleaner.label.features.names cimport UNNAMED

# Tags that can hold an article, and how sure a sign of it each is beside its names (see `names.toml`).
cdef dict LANDMARK_TAGS = {"article": 2, "main": 5, "div": UNNAMED, "section": UNNAMED, "td": UNNAMED}

# Characters in an element from which on it can be the container of the article.
cdef double LANDMARK_LEAST = 200


def landmark_columns(
    Frame frame not None, list tags not None, const float[::1] marks, const float[::1] apart,
    const float[::1] chars,
):
    """Where a block stands to the container that by its name and tag is the article's.

    For each element `marks` says how sure a name of such a container it has, `apart` how many elements
    around it, itself included, are named after what is no article.

    The surest of the names that the page has decides, and of several such containers the first in the
    page, as in trafilatura. `landmark_in` is 2 in it, 1 in another of the same sureness, 0 outside of
    these, -1 where the page has none; `apart` counts containers named after what is no article.
    ValueError where an element or a block has not one value of each.
    """
    cdef Py_ssize_t element, block
    cdef int own, landmark = -1
    cdef float surest = UNNAMED
    cdef double[::1] size = np.zeros(frame.count)
    cdef float[::1] sure = np.empty(frame.count, np.float32)
    cdef int[::1] alike = np.zeros(frame.count, np.int32)
    table = np.empty((5, frame.blocks), np.float32)
    cdef float[:, ::1] out = table
    sure[:] = UNNAMED
    frame.check(len(tags), chars.shape[0])
    frame.check(marks.shape[0], frame.blocks)
    frame.check(apart.shape[0], frame.blocks)
    for block in range(frame.blocks):
        size[frame.own[block]] += chars[block]
    frame.sum_up(size)
    for element in range(1, len(tags)):
        if size[element] >= LANDMARK_LEAST:
            by_tag = LANDMARK_TAGS.get(tags[element])
            if by_tag is not None:
                sure[element] = min(marks[element], <float>by_tag)
                if sure[element] < surest:
                    surest, landmark = sure[element], element
    if landmark >= 0:
        for element in range(1, frame.count):
            alike[element] = alike[frame.parents[element]] or sure[element] == surest
    for block in range(frame.blocks):
        own = frame.own[block]
        out[1, block] = surest if landmark >= 0 else 0
        out[4, block] = apart[own]
        if landmark >= 0 and frame.holds(landmark, own):
            out[0, block], out[2, block], out[3, block] = 2, frame.depths[own] - frame.depths[landmark], 0
        else:
            out[0, block] = alike[own] if landmark >= 0 else -1
            out[2, block] = -1
            out[3, block] = 0 if landmark < 0 else -1 if own < landmark else 1
    return dict(zip(("landmark_in", "landmark_kind", "landmark_depth", "landmark_side", "apart"), table))
