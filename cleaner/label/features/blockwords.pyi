from collections.abc import Mapping
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from cleaner.label.features.wordtable import WordTable

Floats = npt.NDArray[np.float32]

COLUMNS: Final[tuple[str, ...]]
WORDS_READ: Final[int]
CHARS_READ: Final[int]

class Odds(Protocol):
    @property
    def words(self) -> Mapping[str, float]: ...
    @property
    def pairs(self) -> Mapping[str, float]: ...
    @property
    def openings(self) -> Mapping[str, float]: ...

class Vocabulary:
    words: WordTable
    pairs: WordTable
    openings: WordTable
    def __init__(self, odds: Odds) -> None: ...

def word_columns(
    texts: list[str], prose: Floats, vocabulary: Vocabulary, prose_least: float, mates: int = 0
) -> dict[str, Floats]: ...
