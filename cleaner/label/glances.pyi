from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cleaner.model import Block

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

def turns(shape: str, blocks: Sequence[Block], kept: Bytes) -> list[tuple[int, int]]: ...
def most_teasers(
    words: Floats,
    shares: Floats,
    kept: Bytes,
    blocks: Sequence[Block],
    least_words: float,
    linked: float,
    rows: frozenset[str],
) -> tuple[int, int]: ...
def capitals(texts: list[str], first: int, last: int, most: int, behind: int) -> list[tuple[int, int]]: ...
