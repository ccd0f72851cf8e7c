"""Figures of judged pages: training pages with what was made of them in, lines to print out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns
from cleaner.label.page import KEPT, Judged, label_page
from cleaner.model import BODY
from cleaner.train.measure import PageScore, score_page, summary
from cleaner.train.pages import TrainingPage


class Outcome(NamedTuple):
    """A training page, its columns, and each block's chance of being body.

    The chances are by passes that have not seen the page's site.
    """

    known: TrainingPage
    columns: Columns
    chances: npt.NDArray[np.float32]


def page_figures(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """A line for each source of pages whose body is known."""
    scores: dict[str, list[PageScore]] = defaultdict(list)
    for known, columns, chances in outcomes:
        if known.body:
            judged = Judged(known.page, known.hits, columns, chances)
            kept = [
                entry.block.text for entry in label_page(judged, "").labelled if entry.verdict.label == BODY
            ]
            scores[known.source].append(score_page("\n".join(kept), known.body))
    for source, of_source in scores.items():
        yield f"  {source:12} {summary(of_source)}"


def invented_figures(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """How many of the invented lines are left out, by source of their pages, of prompts and of news."""
    left_out: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for known, _, chances in outcomes:
        for number in known.invented:
            kind = "news" if known.is_body[number] else "prompts"
            left_out[known.source, kind].append(bool(chances[number] < KEPT))
    for (source, kind), of_kind in sorted(left_out.items()):
        yield f"  {source:12} {kind:8} {np.mean(of_kind):.3f} left out  ({len(of_kind)} lines)"
