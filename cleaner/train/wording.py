"""Training of the third pass: pages with what two passes made of them in, its word tables and forests out.

It learns from the blocks that may be body by then, of real pages, of real pages with lines planted in them
and of made ones. No page with invented lines was learned from before, so what two passes make of one is what
they make of any page that they never saw, save that their table of short blocks knows the prompts' words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import Columns
from cleaner.label.features.html import third_columns, words_told
from cleaner.label.features.vocabulary import WordOdds, block_words
from cleaner.label.forest import Forest, probabilities
from cleaner.label.passes import Passes, heard, may_be_body, pass_twice
from cleaner.train.edges import EdgeForests, train_edges
from cleaner.train.figures import Outcome
from cleaner.train.folds import FOLDS, fold_of
from cleaner.train.forests import fit_forest
from cleaner.train.pages import TrainingPage
from cleaner.train.texts_corpus import CleanText, clean_bodies
from cleaner.train.texts_invented import Invented
from cleaner.train.texts_odds import Shown, count_folds, learn_odds, of_invented, of_phrases, spoken_lines

Floats = npt.NDArray[np.float32]

TREES: Final = 200
"""With 350, and all columns of the passes before, real pages come out no better."""
LEAST_TOLD: Final = 0.7
"""Log-odds (either way) that a word must have to be kept: the file of weights has to stay small."""
LEAST_TOLD_PAIR: Final = 1.0
"""The same for pairs and openings."""
SOURCE_WEIGHTS: Final = {"planted": 0.8, "made": 0.2}
"""Weight of the invented lines by source. Half or twice as much does nearly the same."""
INVENTED_BODY: Final = 4.0
"""Weight of invented news; prompts weigh one. With 1, a tenth more prompts go, and twice as much news."""


class Wording(NamedTuple):
    """What the third pass reads with, and by."""

    odds: WordOdds
    forest: Forest
    edges: EdgeForests


class _Reading(NamedTuple):
    """A page on its way through the third pass: `numbers` are those of its blocks that are read."""

    known: TrainingPage
    fold: int
    columns: Columns
    chances: Floats
    numbers: npt.NDArray[np.intp]
    read: Columns


def train_wording(
    pages: Sequence[TrainingPage],
    passes: Sequence[Passes],
    invented: Invented,
    report: Callable[[Sequence[Outcome]], None],
    say: Callable[[str], None],
) -> list[Wording]:
    """What was learned without each fold, and last from all; `passes` are those that have not seen each fold.

    `report` is given what is made of the pages by passes that have not seen them, `say` lines of figures.
    """
    bodies = _bodies(pages)
    odds = _word_odds(pages, bodies, invented)
    vocabularies = [Vocabulary(table) for table in odds]
    readings = [_read(page, passes, vocabularies) for page in pages]
    read = [reading for reading in readings if len(reading.numbers)]
    forests = [_fit([one for one in read if one.fold != left_out]) for left_out in range(FOLDS)]
    report([_outcome(reading, forests[reading.fold]) for reading in readings])
    known = [*bodies, *invented.bodies, *invented.articles]
    edges = train_edges(known, invented.junk, vocabularies[:FOLDS], say)
    return list(map(Wording, odds, [*forests, _fit(read)], edges))


def _bodies(pages: Sequence[TrainingPage]) -> list[CleanText]:
    """The gold bodies of real pages."""
    real = [page for page in pages if not page.invented]
    return list(clean_bodies({"key": page.site, "domain": page.site, "body": page.body} for page in real))


def _word_odds(
    pages: Sequence[TrainingPage], bodies: Sequence[CleanText], invented: Invented
) -> list[WordOdds]:
    """The tables that have not seen each fold, and last those of all."""
    real = [page for page in pages if not page.invented]
    shown = [*_of_pages(real), *of_invented(invented), *of_phrases()]
    counted = count_folds(shown, spoken_lines(bodies, invented))
    return [
        learn_odds([part for fold, part in counted.items() if fold != left_out], LEAST_TOLD, LEAST_TOLD_PAIR)
        for left_out in (*range(FOLDS), None)
    ]


def _of_pages(pages: Sequence[TrainingPage]) -> Iterator[Shown]:
    for page in pages:
        fold = fold_of(page.site)
        for block, body, weight in zip(page.page.blocks, page.is_body, page.weight, strict=True):
            if weight > 0:
                yield Shown(page.site, fold, block_words(block.text), bool(body))


def _read(page: TrainingPage, passes: Sequence[Passes], vocabularies: Sequence[Vocabulary]) -> _Reading:
    fold = fold_of(page.site)
    passed = pass_twice(page.page, page.hits, passes[fold])
    chances = probabilities(passed.log_odds)
    numbers = may_be_body(page.page, chances)
    read: Columns = {}
    if len(numbers):
        words = words_told(page.page, passed.scene, numbers, vocabularies[fold])
        read = third_columns(passed.scene, words, passed.log_odds, numbers)
    return _Reading(page, fold, passed.columns, chances, numbers, read)


def _fit(readings: Sequence[_Reading]) -> Forest:
    names = list(readings[0].read)
    table = np.concatenate([np.stack([one.read[name] for name in names], axis=1) for one in readings])
    body = np.concatenate([one.known.is_body[one.numbers] for one in readings])
    weight = np.concatenate([_weights(one) for one in readings])
    return fit_forest(names, table, body, weight, TREES)


def _weights(reading: _Reading) -> Floats:
    known = reading.known
    weight = known.weight
    if known.invented:
        weight = weight * SOURCE_WEIGHTS[known.source] * np.where(known.is_body, INVENTED_BODY, 1.0)
    return weight[reading.numbers].astype(np.float32)


def _outcome(reading: _Reading, forest: Forest) -> Outcome:
    chances = reading.chances.copy()
    if len(reading.numbers):
        chances[reading.numbers] = heard(chances[reading.numbers], forest.probabilities(reading.read))
    return Outcome(reading.known, reading.columns, chances)
