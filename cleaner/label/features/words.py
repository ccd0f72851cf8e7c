"""What the words of short blocks promise: texts and learned log-odds in, columns out.

Prompts, captions and bars say the same few things everywhere, and none of them is long. Each word
(each pair of characters in scripts without spaces) carries the log-odds that a short block holding
it is body, learned across sites; long blocks are left to other signs, which costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleaner.label.features.characters import Columns
from cleaner.label.features.spelling import odds_rows
from cleaner.label.features.wordtable import WordTable

LONGEST: Final = 320
"""Characters of a block beyond which its words are not looked up."""


def word_columns(texts: Sequence[str], odds: WordTable) -> Columns:
    """What the words of each short block promise; zeros for long blocks."""
    rows = odds_rows(list(texts), odds, LONGEST)
    return dict(zip(("word_mean", "word_low", "word_high", "word_known"), rows, strict=True))
