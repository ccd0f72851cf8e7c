"""The signs that end sentences, in the writings newspapers are set in: one list for all that looks for them.

They are those of Unicode's property Sentence_Terminal (UAX 44) that today's news uses. `stops` has
them a second time, compiled; a test compares the two.
"""

from __future__ import annotations

from typing import Final

SPACED_STOPS: Final = ".!?…؟۔։"
"""Latin, Cyrillic and Greek, Arabic, Urdu and Armenian ones: what follows on the sentence stands apart."""
DENSE_STOPS: Final = "。！？｡।॥።។။"
"""Chinese and Japanese, Devanagari's and Bengali's, Ethiopic, Khmer and Burmese ones: nothing else is
written with them, so no space is asked for."""
STOPS: Final = SPACED_STOPS + DENSE_STOPS
