"""Training of what finds prompts within paragraphs: bodies and invented prompts in, forests out.

Real texts have few such paragraphs, so they are made: behind, or before, some paragraphs of bodies, gold ones
and invented ones in all languages, a prompt is set in the same line. All other edges of paragraphs are news.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.edges import LEAST_ODDS, Edge, edge_columns, edges_of, gate_columns
from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import Columns, count_characters
from cleaner.label.features.vocabulary import vocabulary_columns
from cleaner.label.forest import Forest
from cleaner.train.folds import FOLDS
from cleaner.train.forests import fit_forest
from cleaner.train.texts_corpus import STOPS, CleanText, Junk, by_fold_and_language

Floats = npt.NDArray[np.float32]

TREES: Final = 200
GATE_TREES: Final = 150
"""Trees of the gate, which is asked about every paragraph that may be body."""
LONGEST_PROMPT: Final = 400
"""Characters of the longest prompt that is set within a paragraph."""
SHORTEST_PROMPT: Final = 15
SHORTEST_PARAGRAPH: Final = 40
"""Characters of the shortest paragraph that gets one."""
MOST_PROMPTED: Final = 3
"""Paragraphs of one body that get one, at the most."""
BEHIND: Final = 0.75
"""Share of prompts that stand behind the paragraph's own sentences, where most do."""
STOPPED: Final = 0.5
"""Share of prompts without a full stop that are given one."""
ENDS: Final = tuple(STOPS + '”"»')
OTHER_END: Final = 0.2
"""Weight of the other edges of a paragraph with a prompt, some of which hold a part of it."""
SIGNED: Final = 0.15
"""Share of prompts that are set in brackets or behind a sign."""
SET_APART: Final = ("[{}]", "({})", "▶ {}", "☞ {}", "👉 {}", "► {}")
UNTOLD: Final = frozenset(("byline", "dateline", "title", "standfirst", "navigation", "other"))
"""Labels of what its words do not tell within a paragraph."""
UNSPACED: Final = frozenset(("ja", "zh"))
"""Languages without a space between sentences."""
REAL_PROMPTED: Final = 15.0
"""Weight for the gate of a paragraph of a real body with a prompt; all others weigh one. Of invented ones
there are twelve times as many, and they are short, so that a prompt in them stands out. With 1, nearly twice
as many paragraphs of news are looked into for as many prompts."""
FALSE: Final = (0.0005, 0.001, 0.002)
"""Shares of paragraphs of news that lose a sentence, for which it is reported how many prompts are found."""
PASSED: Final = (0.9, 0.95, 0.98)
"""Shares of found prompts let through by the gate, for which it is reported what news it lets through."""


class EdgeForests(NamedTuple):
    """What is learned: which paragraphs to look into, and what in them is a prompt."""

    gate: Forest
    edge: Forest


class _Learned(NamedTuple):
    """Edges of the paragraphs of one body with their columns; `weight` is 0 for those not learned from."""

    fold: int
    invented: bool
    edges: Sequence[Edge]
    columns: Columns
    is_prompt: npt.NDArray[np.bool_]
    weight: Floats
    paragraphs: Columns
    """Columns of all paragraphs."""


class _Gated(NamedTuple):
    """Paragraphs of one body with their columns: those of news, or those with a prompt that is found."""

    fold: int
    columns: Columns
    has_prompt: npt.NDArray[np.bool_]
    invented: bool


def train_edges(
    bodies: Iterable[CleanText],
    prompts: Iterable[Junk],
    vocabularies: Sequence[Vocabulary],
    report: Callable[[str], None],
) -> list[EdgeForests]:
    """Forests that have not seen each fold, and last those of all.

    `vocabularies` are those that have not seen each fold.
    """
    maker = _Maker(prompts, seed=1)
    learned = [one for body in bodies for one in maker.examples(body, vocabularies[body.fold])]
    forests = [_fit([one for one in learned if one.fold != fold]) for fold in range(FOLDS)]
    for line in _figures(learned, forests):
        report(line)
    gated = [_gated(one, forests[one.fold]) for one in learned]
    gates = [_fit_gate([one for one in gated if one.fold != fold]) for fold in range(FOLDS)]
    for line in _gate_figures(gated, gates):
        report(line)
    return [*map(EdgeForests, gates, forests), EdgeForests(_fit_gate(gated), _fit(learned))]


class _Maker:
    """Makes examples of bodies and prompts; the same seed makes the same."""

    def __init__(self, prompts: Iterable[Junk], seed: int) -> None:
        self._random = random.Random(seed)
        self._shelf = by_fold_and_language(
            prompt
            for prompt in prompts
            if prompt.label not in UNTOLD
            and "\n" not in prompt.text
            and SHORTEST_PROMPT <= len(prompt.text) <= LONGEST_PROMPT
        )

    def examples(self, body: CleanText, vocabulary: Vocabulary) -> Iterator[_Learned]:
        """What the paragraphs of a body teach as they are, and with prompts in some of them."""
        lines = [line for paragraph in body.paragraphs for line in paragraph.split("\n")]
        yield from _example(body, lines, {}, vocabulary)
        prompted = self._prompted(body, lines)
        if prompted:
            glued = [prompted[i][0] if i in prompted else line for i, line in enumerate(lines)]
            yield from _example(body, glued, {i: prompt for i, (_, prompt) in prompted.items()}, vocabulary)

    def _prompted(self, body: CleanText, lines: Sequence[str]) -> Mapping[int, tuple[str, str]]:
        """Some lines with a prompt in each, and the prompt, by their numbers."""
        rng = self._random
        shelf = self._shelf.get((body.fold, body.language))
        places = [
            i for i, line in enumerate(lines) if len(line) >= SHORTEST_PARAGRAPH and line.endswith(ENDS)
        ]
        if not shelf or not places:
            return {}
        space = "" if body.language in UNSPACED else " "
        prompted = {}
        for place in rng.sample(places, min(len(places), rng.randint(1, MOST_PROMPTED))):
            prompt, behind = rng.choice(shelf).text, rng.random() < BEHIND
            if not prompt.endswith(tuple(STOPS)) and (not behind or rng.random() < STOPPED):
                prompt += "." if space else "。"
            if rng.random() < SIGNED:
                prompt = rng.choice(SET_APART).format(prompt)
            parts = (lines[place], prompt) if behind else (prompt, lines[place])
            prompted[place] = space.join(parts), prompt
        return prompted


def _example(
    body: CleanText, lines: Sequence[str], prompts: Mapping[int, str], vocabulary: Vocabulary
) -> Iterator[_Learned]:
    edges = [edge for number, line in enumerate(lines) for edge in edges_of(number, line)]
    if not edges:
        return
    is_prompt = np.array([edge.words == prompts.get(edge.paragraph) for edge in edges])
    weight = np.ones(len(edges), np.float32)
    if prompts:  # the body's own edges are learned from as it is
        found = {edge.paragraph for edge, told in zip(edges, is_prompt, strict=True) if told}
        weight[[edge.paragraph not in found for edge in edges]] = 0
        weight[[edge.paragraph in found for edge in edges] & ~is_prompt] = OTHER_END
    columns = edge_columns(lines, edges, vocabulary)
    invented = body.site.startswith("invented/")
    yield _Learned(body.fold, invented, edges, columns, is_prompt, weight, _gate_columns(lines, vocabulary))


def _gate_columns(lines: Sequence[str], vocabulary: Vocabulary) -> Columns:
    told = vocabulary_columns(lines, np.zeros(len(lines), np.float32), vocabulary) | count_characters(lines)
    return gate_columns(lines, told, vocabulary)


def _fit(learned: Sequence[_Learned]) -> Forest:
    names = list(learned[0].columns)
    table = np.concatenate([np.stack([one.columns[name] for name in names], axis=1) for one in learned])
    is_prompt = np.concatenate([one.is_prompt for one in learned])
    weight = np.concatenate([one.weight for one in learned])
    return fit_forest(names, table, ~is_prompt, weight, TREES)


def _figures(learned: Sequence[_Learned], forests: Sequence[Forest]) -> Iterator[str]:
    """How many prompts are found where so many paragraphs of real news lose a sentence."""
    news: list[float] = []
    prompts: list[float] = []
    for one in learned:
        odds = -forests[one.fold].log_odds(one.columns)
        prompts += odds[one.is_prompt].tolist()
        if not one.invented and not one.is_prompt.any() and (one.weight == 1).all():
            highest: dict[int, float] = {}
            for edge, value in zip(one.edges, odds.tolist(), strict=True):
                highest[edge.paragraph] = max(value, highest.get(edge.paragraph, value))
            news += highest.values()
    yield f"prompts within paragraphs: {len(prompts)}, and {len(news)} paragraphs without"
    for share in FALSE:
        least = float(np.quantile(news, 1 - share))
        found = float(np.mean(np.array(prompts) >= least))
        yield f"  log-odds {least:5.2f}: {share:.2%} of paragraphs cut, {found:.1%} of prompts found"


def _gated(one: _Learned, forest: Forest) -> _Gated:
    """The paragraphs of a body as it is; of one with prompts, those whose prompt is found."""
    paragraphs = np.array([edge.paragraph for edge in one.edges])
    if one.is_prompt.any():
        found = one.is_prompt & (-forest.log_odds(one.columns) >= LEAST_ODDS)
        numbers = np.unique(paragraphs[found])
    else:
        numbers = np.unique(paragraphs[one.weight > 0])
    has_prompt = np.full(len(numbers), one.is_prompt.any())
    columns = {name: column[numbers] for name, column in one.paragraphs.items()}
    return _Gated(one.fold, columns, has_prompt, one.invented)


def _fit_gate(gated: Sequence[_Gated]) -> Forest:
    names = list(gated[0].columns)
    table = np.concatenate([np.stack([one.columns[name] for name in names], axis=1) for one in gated])
    has_prompt = np.concatenate([one.has_prompt for one in gated])
    weight = [np.where(one.has_prompt, 1 if one.invented else REAL_PROMPTED, 1.0) for one in gated]
    return fit_forest(names, table, ~has_prompt, np.concatenate(weight).astype(np.float32), GATE_TREES)


def _gate_figures(gated: Sequence[_Gated], gates: Sequence[Forest]) -> Iterator[str]:
    """How many paragraphs of real news are looked into where so many of the prompts that are found are."""
    real = [one for one in gated if not one.invented]
    odds = np.concatenate([-gates[one.fold].log_odds(one.columns) for one in real])
    has_prompt = np.concatenate([one.has_prompt for one in real])
    for share in PASSED:
        least = float(np.quantile(odds[has_prompt], 1 - share))
        looked = float(np.mean(odds[~has_prompt] >= least))
        yield f"  gate at {least:5.2f}: {share:.0%} of what is found, {looked:.1%} of paragraphs looked into"
