from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

def likest(texts: list[str], stated: Sequence[Sequence[str]]) -> Floats: ...
def stands_in(texts: list[str], whole: str) -> Floats: ...
