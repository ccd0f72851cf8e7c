from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.wordtable import WordTable

Floats = npt.NDArray[np.float32]

CLASSES: Final[tuple[str, ...]]
ROWS: Final[tuple[str, ...]]

def character_rows(
    texts: list[str], classes: npt.NDArray[np.uint8], signs: npt.NDArray[np.uint8]
) -> Floats: ...
def short_words(text: str) -> list[str]: ...
def odds_rows(texts: list[str], table: WordTable, longest: int) -> Floats: ...
