"""What labelling hands on: blocks with verdicts, and how sure it is of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.model import ARTICLE_LIKE, LabelledBlock

SHORT_BODY: Final = 70.0
"""Words in whole sentences below which a body may be no article. Of 180 labelled pages two in a hundred
have fewer than 104; of the same pages without their article, three in four have fewer than 62."""
USUAL_BODY: Final = 300.0
"""Words of body above which the same share of errors counts for more. In seven trainings the tenth of the
unseen pages with the lowest confidence holds 49 to 55 % of all wrong words so, and 30 to 41 % otherwise. With
150 to 400 words it is the same."""

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
    likely = chances * words
    body = float(likely.sum())
    taken = float(words[kept].sum())
    hit = float(likely[kept].sum())
    return 2 * hit / (body + taken) if taken else 0.0


def best_f(chances: Floats, words: Floats) -> float:
    """The highest expected F1 that any choice of the blocks has.

    The choice that has it takes each block with a chance of at least half that F1: the dirtier a text, the
    less it takes. After Lipton et al. 2014, "Optimal thresholding of classifiers to maximize F1 measure".
    """
    order = np.argsort(-chances, kind="stable")
    chances, words = chances[order], words[order]
    hits = np.cumsum(chances * words)
    return float((2 * hits / (hits[-1] + np.cumsum(words) + 1e-9)).max())


def size_doubt(words: float, short: float = SHORT_BODY) -> float:
    """Factor 0..1 on the confidence in a body of so many words (of a page: in whole sentences) below `short`.

    What is left of pages whose article was taken away, an index for instance, is a line or two.
    """
    return min(1.0, words / short)


def by_length(confidence: float, words: float) -> float:
    """Confidence in a body of so many words: in a longer one, the same share of errors is more of them.

    The odds of what lies above `ARTICLE_LIKE` are those of a body of usual length; what is held for an
    article stays one, however long it is.
    """
    sure, unsure = confidence - ARTICLE_LIKE, 1 - confidence
    if sure <= 0 or words <= USUAL_BODY:
        return confidence
    return ARTICLE_LIKE + (1 - ARTICLE_LIKE) * sure / (sure + unsure * words / USUAL_BODY)
