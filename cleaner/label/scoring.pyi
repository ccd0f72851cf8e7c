import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

def add_scores(
    columns: list[Floats],
    features: npt.NDArray[np.int32],
    thresholds: Floats,
    leaves: Floats,
    scores: Floats,
) -> None: ...
