from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cleaner.label.rules import Hit
from cleaner.model import Verdict

Floats = npt.NDArray[np.float32]

def kept_verdict(chance: float) -> Verdict: ...
def known_verdicts(
    kept: npt.NDArray[np.uint8],
    chances: Floats,
    hits: Sequence[Hit | None],
    likes: Floats,
    low: int,
    high: int,
) -> list[Verdict]: ...
