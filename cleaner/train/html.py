"""Training of the HTML labeller: labelled pages in, weights and cross-validated figures out.

Pages are dealt to folds by site, and nothing that a page is judged with has seen its site: not
the word tables, not the first pass, not the second. The columns that the final forests learn
from are made the same way, so that in training the tables and the first pass are no surer of a
page than they will be of a page they never saw. The third pass (`wording`) learns from what
these make of all pages, those with invented lines among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import Columns
from cleaner.label.features.html import WEIGHED, Odds, Scene, first_columns, second_columns
from cleaner.label.features.names import NameOdds, attr_names, words_of
from cleaner.label.features.spelling import short_words
from cleaner.label.features.words import LONGEST
from cleaner.label.features.wordtable import WordTable
from cleaner.label.forest import Forest
from cleaner.label.model_file import Weights
from cleaner.label.passes import Passes
from cleaner.train.figures import Outcome, invented_figures, page_figures
from cleaner.train.folds import FOLDS, fold_of
from cleaner.train.forests import fit_forest
from cleaner.train.measure import reliability
from cleaner.train.odds import Sighting, log_odds
from cleaner.train.pages import TrainingPage, importance
from cleaner.train.texts_invented import Invented
from cleaner.train.wording import Wording, train_wording

Floats = npt.NDArray[np.float32]

FIRST_TREES: Final = 150
SECOND_TREES: Final = 350
"""More trees gain nothing on unseen sites, and cost time on every page."""
AGREED: Final = 0.6
"""Chance from which on the first pass agrees with the library that a block is body (or is not)."""
OPINION_WEIGHT: Final = 0.35
"""What a block with two opinions counts beside one whose label is known."""
TABLES: Final = ("near", "far", "words")


@dataclass(slots=True)
class _Example:
    """A page on its way through training: what is known of it grows step by step."""

    known: TrainingPage
    fold: int
    shown: dict[str, list[frozenset[str]]]
    scene: Scene | None = None
    columns: Columns | None = None
    chances: Floats | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """The weights for the package, and those that have not seen each fold, for measuring."""

    weights: Weights
    by_fold: tuple[Weights, ...]


def train_html(
    pages: Sequence[TrainingPage],
    prompts: Sequence[Sighting],
    invented: Invented,
    report: Callable[[str], None],
) -> Trained:
    """Train on labelled pages, those with invented lines among them, and on invented material.

    `prompts` are the words of invented prompts and news, for languages that few pages are in. `report` is
    given lines of cross-validated figures as they come.
    """
    examples = [_Example(page, fold_of(page.site), _shown(page)) for page in pages if not page.invented]
    _first_pass(examples, prompts)
    report("first pass, from what is known:")
    _report(examples, report)
    for example in examples:
        _adopt_opinion(example)
    odds, firsts, first = _first_pass(examples, prompts)
    report("first pass, with what two opinions agree on:")
    _report(examples, report)
    for example in examples:
        assert example.scene is not None
        example.columns = example.scene.columns | second_columns(example.scene, _chances(example))
    seconds, second = _fit_pass(examples, list(_columns(examples[0])), SECOND_TREES)
    report("second pass:")
    _report(examples, report)
    unseen = [Passes(*learned) for learned in zip(odds, firsts, seconds, strict=True)]
    known = [*(example.known for example in examples), *(page for page in pages if page.invented)]
    wording = train_wording(known, unseen, invented, lambda outcomes: _report_all(outcomes, report), report)
    whole = Passes(_odds(examples, prompts, leave_out=None), first, second)
    *by_fold, weights = map(_weights, [*unseen, whole], wording)
    return Trained(weights, tuple(by_fold))


def _first_pass(
    examples: Sequence[_Example], prompts: Sequence[Sighting]
) -> tuple[list[Odds], list[Forest], Forest]:
    """Word tables and first-pass forests, those without each fold and the forest of all."""
    odds = [_odds(examples, prompts, leave_out=fold) for fold in range(FOLDS)]
    for example in examples:
        example.scene = first_columns(example.known.page, example.known.hits, odds[example.fold])
        example.columns = example.scene.columns
    names = [name for name in _columns(examples[0]) if not name.startswith(WEIGHED)]
    return odds, *_fit_pass(examples, names, FIRST_TREES)


def _adopt_opinion(example: _Example) -> None:
    """Where a page's body is not known, learn from the blocks on which both opinions agree."""
    known, opinion = example.known, example.known.second_opinion
    if opinion is None:
        return
    chances = _chances(example)
    agreed = (known.weight == 0) & np.where(opinion, chances > AGREED, chances < 1 - AGREED)
    texts = [block.text for block in known.page.blocks]
    learned = importance(texts, np.where(known.weight > 0, 1.0, np.where(agreed, OPINION_WEIGHT, 0.0)))
    body = np.where(agreed, opinion, known.is_body)
    example.known = replace(known, is_body=body, weight=learned)


def _shown(page: TrainingPage) -> dict[str, list[frozenset[str]]]:
    """For each table the words that each block shows: in names near it, in names further up, in its text."""
    elements = page.page.elements
    words = [_attr_words(attrs) for attrs in elements.attrs]
    shown: dict[str, list[frozenset[str]]] = {table: [] for table in TABLES}
    for block, inline in zip(page.page.blocks, page.page.inline_attrs, strict=True):
        chain, element = [], block.element
        while element > 0:  # the page's own element is named after everything the page can be
            chain.append(words[element])
            element = elements.parents[element]
        shown["near"].append(_attr_words(inline).union(*chain[:2]))
        shown["far"].append(frozenset().union(*chain[1:]))
        shown["words"].append(frozenset(short_words(block.text) if len(block.text) <= LONGEST else ()))
    return shown


def _attr_words(attrs: str) -> frozenset[str]:
    """What an element's names say, by `words_of`."""
    return frozenset(word for name in attr_names(attrs) for word in words_of(name))


def prompt_words(passages: Iterable[tuple[bool, str]]) -> Iterator[Sighting]:
    """What invented passages, each with whether it is news, show of the words of short blocks.

    Each passage counts as a site of its own: of most languages there are too few pages to tell their words.
    """
    for number, (is_news, passage) in enumerate(passages):
        for line in passage.split("\n"):
            if len(line) <= LONGEST:
                yield Sighting(f"invented/{number}", frozenset(short_words(line)), is_news)


def _odds(examples: Sequence[_Example], prompts: Sequence[Sighting], leave_out: int | None) -> Odds:
    used = [example for example in examples if example.fold != leave_out]
    near, far = (dict(log_odds(_sightings(used, table))) for table in ("near", "far"))
    words = dict(log_odds([*_sightings(used, "words"), *prompts]))
    return Odds(NameOdds(near, far), WordTable(words))


def _sightings(examples: Sequence[_Example], table: str) -> Iterator[Sighting]:
    for example in examples:
        known = example.known
        for words, body, weight in zip(example.shown[table], known.is_body, known.weight, strict=True):
            if weight > 0:
                yield Sighting(known.site, words, bool(body))


def _fit_pass(examples: Sequence[_Example], names: Sequence[str], trees: int) -> tuple[list[Forest], Forest]:
    """Fit one forest for each fold left out, and one on all; give each page its unseen chances."""
    table = np.concatenate([np.stack([_columns(e)[name] for name in names], axis=1) for e in examples])
    body = np.concatenate([example.known.is_body for example in examples])
    weight = np.concatenate([example.known.weight for example in examples])
    fold = np.concatenate([np.full(len(example.known.weight), example.fold) for example in examples])
    forests = []
    for left_out in range(FOLDS):
        used = fold != left_out
        forest = fit_forest(names, table[used], body[used], weight[used], trees)
        forests.append(forest)
        for example in examples:
            if example.fold == left_out:
                example.chances = forest.probabilities(_columns(example))
    return forests, fit_forest(names, table, body, weight, trees)


def _report(examples: Sequence[_Example], report: Callable[[str], None]) -> None:
    outcomes = [Outcome(example.known, _columns(example), _chances(example)) for example in examples]
    for line in page_figures(outcomes):
        report(line)


def _report_all(outcomes: Sequence[Outcome], report: Callable[[str], None]) -> None:
    report("third pass:")
    for line in (*page_figures(outcomes), *invented_figures(outcomes)):
        report(line)
    report("reliability of the chances:")
    real = [outcome for outcome in outcomes if not outcome.known.invented]
    chances = np.concatenate([outcome.chances for outcome in real])
    weight = np.concatenate([outcome.known.weight for outcome in real])
    truth = np.concatenate([outcome.known.is_body for outcome in real])
    for line in reliability(chances[weight > 0], truth[weight > 0]):
        report(line)


def _columns(example: _Example) -> Columns:
    assert example.columns is not None
    return example.columns


def _chances(example: _Example) -> Floats:
    assert example.chances is not None
    return example.chances


def _weights(passes: Passes, wording: Wording) -> Weights:
    odds = passes.odds
    tables = {"near": odds.attrs.near, "far": odds.attrs.far, "short": odds.words.words}
    forests = {
        "first": passes.first, "second": passes.second, "third": wording.forest, **wording.edges._asdict(),
    }  # fmt: skip
    return Weights(forests, tables | wording.odds._asdict())
