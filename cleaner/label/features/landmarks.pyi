import numpy as np
import numpy.typing as npt

from cleaner.label.features.frame import Frame

Floats = npt.NDArray[np.float32]

def landmark_columns(
    frame: Frame, tags: list[str], marks: Floats, apart: Floats, chars: Floats
) -> dict[str, Floats]: ...
