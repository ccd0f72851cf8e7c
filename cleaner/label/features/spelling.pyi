import numpy as np
import numpy.typing as npt

from cleaner.label.features.wordtable import WordTable

Floats = npt.NDArray[np.float32]

def count_classes(
    texts: list[str], classes: npt.NDArray[np.uint8], kinds: int, dense: int, letters: tuple[int, ...]
) -> tuple[Floats, Floats]: ...
def edges(
    texts: list[str], hard_ends: frozenset[str], ends: frozenset[str], closers: str
) -> tuple[Floats, Floats]: ...
def short_words(text: str) -> list[str]: ...
def odds_rows(texts: list[str], table: WordTable, longest: int) -> Floats: ...
