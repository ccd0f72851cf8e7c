"""What labelling hands on: blocks with verdicts, and how sure it is of the whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.model import LabelledBlock

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labelling:
    """One opinion of a page or text: `extractor` says whose it is, `confidence` (0..1) how sure it is."""

    labelled: tuple[LabelledBlock, ...]
    extractor: str
    confidence: float


def expected_f(chances: Floats, kept: npt.NDArray[np.bool_], words: Floats) -> float:
    """Expected F1 of a choice of blocks, if each block is body with its given chance.

    Both terms count words; after Ye et al. 2012, "Optimizing F-measures". 0.0 for an empty choice.
    """
    body = float((chances * words).sum())
    taken = float(words[kept].sum())
    hit = float((chances * words)[kept].sum())
    return 2 * hit / (body + taken) if taken else 0.0
