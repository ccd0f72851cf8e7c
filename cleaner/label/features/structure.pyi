from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.frame import Frame
from cleaner.label.features.names import NameOdds

Floats = npt.NDArray[np.float32]
Columns = dict[str, Floats]

TAGS: Final[tuple[str, ...]]
AROUND: Final[dict[str, tuple[str, ...]]]

class Makes:
    of_block: npt.NDArray[np.int32]
    def __init__(self, frame: Frame, tags: list[str], attrs: list[str]) -> None: ...

def ancestor_columns(frame: Frame, tags: list[str], hidden: list[bool]) -> Columns: ...
def name_columns(
    frame: Frame,
    tags: list[str],
    attrs: list[str],
    inline_attrs: list[str],
    odds: NameOdds,
    prose: Floats,
    chars: Floats,
) -> Columns: ...
def container_columns(frame: Frame, chars: Floats, links: Floats) -> Columns: ...
def sibling_columns(frame: Frame, makes: Makes, links: Floats, chars: Floats) -> Columns: ...
def kinship_columns(frame: Frame, name: str, relative: int) -> Columns: ...
