import numpy as np
import numpy.typing as npt

Columns = dict[str, npt.NDArray[np.float32]]

def likeness_columns(texts: list[str]) -> Columns: ...
def passage_columns(columns: Columns) -> Columns: ...
