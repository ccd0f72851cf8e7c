from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

EDGE: Final[str]
FOLDS: Final[tuple[tuple[str, str], ...]]
DROPS: Final[str]

def fold(text: str, keep_lines: bool = False) -> str: ...
def bounded(phrase: str, text: str, start: int, end: int) -> bool: ...

class Alternatives:
    phrases: tuple[str, ...]
    def __init__(self, phrases: Iterable[str]) -> None: ...
    def first_in(self, text: str) -> str | None: ...

class PhraseIndex:
    def __init__(
        self,
        lines: Mapping[str, int],
        sure: bytes,
        heads: Iterable[str],
        anywhere: Sequence[str],
        reach: npt.NDArray[np.intc],
        longest_line: int,
        longest_head: int,
    ) -> None: ...
    def look(
        self, texts: Sequence[str]
    ) -> tuple[
        list[tuple[int, int, str]],
        list[tuple[int, str, list[tuple[str, int]], list[tuple[int, int, int]]]],
    ]: ...
    def murmurs(self, texts: Sequence[str]) -> list[bool]: ...
