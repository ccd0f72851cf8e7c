"""Lines that count the pictures of a gallery ("12 of 57"): texts in, the numbers of those lines out.

One such line may be anything (a rating, a score, "9/11"); a run of them that counts up to one total is
what a gallery leaves behind once its pictures are gone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

LEAST_STEPS: Final = 2
"""Fewest steps from one number to the next: ratings of a list may happen to make one."""
LONGEST: Final = 24
"""Characters of the longest such line."""

_COUNTER: Final = re.compile(
    r"\W*(\d{1,3})\s*(?:/|\||of|out of|von|de|sur|di|van|av|af|z|ze|из|з|από|中|の)\s*(\d{1,3})\W*"
)


def counters(texts: Sequence[str]) -> list[int]:
    """The numbers of the lines that count up to one total, three of them or more."""
    counted: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, text in enumerate(texts):
        line = _COUNTER.fullmatch(text) if len(text) <= LONGEST else None
        if line is not None and 0 < int(line[1]) <= int(line[2]):
            counted[line[2]][int(line[1])].append(number)
    return sorted(
        place
        for lines in counted.values()
        if sum(n + 1 in lines for n in lines) >= LEAST_STEPS
        for places in lines.values()
        for place in places
    )
