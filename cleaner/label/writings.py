"""Writings in which the labellers have learned no words: a text in, yes or no out.

Words of Thai or Hindi are unknown to the labellers, or worse, in pieces: their vowels are signs of
their own. What looks like a prompt there is chance, so words have no say where this says so; rules, which
are written in some of these languages, and the page's structure do.
"""

from __future__ import annotations

import re
from typing import Final

UNREAD: Final = re.compile("[\u0590-\u05ff\u0700-\u10ff\u1200-\u18af]")
"""Letters of Hebrew, of India, Thai, Lao, Tibetan, Burmese, Georgian, Ethiopic, Khmer and Mongolian."""
LONGEST_LOOK: Final = 40
"""Characters of a text in which they are looked for."""


def is_unread(text: str) -> bool:
    """Whether a text begins in such a writing."""
    return not text.isascii() and UNREAD.search(text, 0, LONGEST_LOOK) is not None
