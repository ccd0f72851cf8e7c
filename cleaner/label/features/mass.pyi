import numpy as np
import numpy.typing as npt

from cleaner.label.features.frame import Frame
from cleaner.label.features.structure import Makes

Floats = npt.NDArray[np.float32]

def second_columns(
    frame: Frame,
    makes: Makes,
    first: Floats,
    prose: Floats,
    chars: Floats,
    links: Floats,
    landmark_in: Floats,
) -> dict[str, Floats]: ...
