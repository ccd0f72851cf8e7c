"""Chances for the blocks of a page, in three passes: page and rule hits in, columns and chances of body out.

The first pass sees each block and what stands around it, the second which containers hold what the first
took for body, and the third reads the words of what may be body by then. Each is a small forest, and
what they read with and by is learned (`cleaner.train`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.edges import EdgeReader, edge_reader
from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import Columns
from cleaner.label.features.html import Odds, Scene, first_columns, second_columns, third_columns
from cleaner.label.features.names import NameOdds
from cleaner.label.features.vocabulary import WordOdds
from cleaner.label.features.wordtable import WordTable
from cleaner.label.forest import Forest, probabilities
from cleaner.label.model_file import Weights, packaged_weights
from cleaner.label.rules import Hit
from cleaner.label.writings import is_unread
from cleaner.segment.html import Page

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]

FIRST_SAY: Final = 0.35
"""Share of the first pass in the log-odds of the two: it errs elsewhere than the second. On unseen sites .2
to .5 do alike; aeb gains (exact .43, without it .40), elsewhere it is within noise."""
MAY_BE_BODY: Final = 0.2
"""Chance of two passes from which on the third reads a block; what is below stays out."""
MOST_READ: Final = 5_000
"""Blocks of a page that the third pass reads at the most, from the first: each takes 1.5 kB while it does."""
HEARD: Final = (0.3, 0.75)
"""Chances below and above which the third pass has its say; between them the two before it do. With its say
throughout, a tenth fewer pages of unseen sites come out word for word; a tenth more invented prompts go."""


class Passes(NamedTuple):
    """What is learned for the first two passes, in the form that scores pages."""

    odds: Odds
    first: Forest
    second: Forest


class Labeller(NamedTuple):
    """What is learned, in the form that scores pages."""

    passes: Passes
    vocabulary: Vocabulary
    third: Forest
    edges: EdgeReader


class Passed(NamedTuple):
    """A page after two passes: its columns, and the log-odds of body of each block."""

    scene: Scene
    columns: Columns
    log_odds: Floats


@cache
def packaged_labeller() -> Labeller:
    """The labeller that comes with the package."""
    return labeller_of(packaged_weights("html"))


def labeller_of(weights: Weights) -> Labeller:
    """A labeller from its weights."""
    tables, forests = weights.tables, weights.forests
    odds = Odds(NameOdds(tables["near"], tables["far"]), WordTable(tables["short"]))
    vocabulary = Vocabulary(WordOdds(**{name: tables[name] for name in WordOdds._fields}))
    passes = Passes(odds, forests["first"], forests["second"])
    return Labeller(passes, vocabulary, forests["third"], edge_reader(vocabulary, forests))


def pass_twice(page: Page, hits: Sequence[Hit | None], passes: Passes) -> Passed:
    """What the first two passes make of a page with at least one block."""
    scene = first_columns(page, hits, passes.odds)
    first = passes.first.log_odds(scene.columns)
    columns = scene.columns | second_columns(scene, probabilities(first))
    second = passes.second.log_odds(columns)
    return Passed(scene, columns, FIRST_SAY * first + (1 - FIRST_SAY) * second)


def may_be_body(page: Page, chances: Floats) -> Numbers:
    """The numbers of the blocks that the third pass reads, given their chances after two.

    Rows of tables are left to the others: numbers and names are the same in a widget and in an article.
    """
    found = np.flatnonzero(chances >= MAY_BE_BODY).tolist()
    return np.array([i for i in found if page.blocks[i].shape != "row"][:MOST_READ], np.intp)


def in_learned_writing(page: Page, numbers: Numbers) -> Numbers:
    """Those of the blocks with these numbers that are written in letters whose words were learned.

    Of paragraphs in Hindi and Thai the third pass took 3 in 100 for prompts.
    """
    texts = page.fields.texts
    read = [not is_unread(texts[i]) for i in numbers.tolist()]
    return numbers if all(read) else numbers[read]


def read_words(passed: Passed, words: Columns, numbers: Numbers, labeller: Labeller) -> Floats:
    """The chances of the blocks with these numbers, of which there is one at least, after the third pass.

    `words` are the columns of their words.
    """
    read = third_columns(passed.scene, words, passed.log_odds, numbers)
    return heard(probabilities(passed.log_odds[numbers]), labeller.third.probabilities(read))


def heard(passed: Floats, third: Floats) -> Floats:
    """Chances of body, given those after two passes and those of the third."""
    low, high = HEARD
    return np.where((third < low) | (third > high), third, passed)
