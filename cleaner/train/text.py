"""Training of the text labeller: scraped texts with gold bodies and invented material in, weights out.

Texts are dealt to folds by site, and the word tables that a text's columns are made with have not
seen its fold, so that in training they are no surer of a text than they will be of one they
never saw. One pass is enough: a second that saw the first one's chances gained nothing on unseen sites.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cleaner.label.edges import EdgeReader, cut_edges
from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import Columns, count_characters
from cleaner.label.features.text import text_columns
from cleaner.label.features.vocabulary import WordOdds, vocabulary_columns
from cleaner.label.forest import Forest
from cleaner.label.model_file import Weights
from cleaner.label.pieces import Pieces, cut_pieces
from cleaner.label.textchoice import choose_kept
from cleaner.model import Block
from cleaner.train.edges import EdgeForests, train_edges
from cleaner.train.folds import FOLDS
from cleaner.train.forests import fit_forest
from cleaner.train.measure import PageScore, score_page, summary
from cleaner.train.opening import train_openings
from cleaner.train.texts_corpus import (
    Cutter,
    LabelledText,
    Mixer,
    clean_bodies,
    clean_text,
    cut_by_rules,
    folded_bodies,
    margins,
    scraped_texts,
)
from cleaner.train.texts_invented import Invented
from cleaner.train.texts_odds import count_folds, learn_odds, shown_lines, spoken_lines
from cleaner.train.texts_pages import Row, folded

Floats = npt.NDArray[np.float32]

TREES: Final = 700
RATE: Final = 0.05
"""Rate of learning. With .1 and 300 trees F of Resiliparse's texts is .933 to .935 from training to training,
and of a whole page in one line .888 to .892; so it is .935 and .891."""
MOST_REST: Final = 120
"""Lines of one text outside the body that are learned from: a dump has hundreds, all of a kind."""
USUAL_WEIGHT: Final = 30.0
"""Weight of a text of usual length; longer ones count for more, but not in proportion."""
INVENTED_WEIGHT: Final = 0.3
"""Weight of an invented text: there are several times as many as real ones. With 1 (and three texts a body),
F of Resiliparse's two kinds of texts is .932 and .923; with .2 or .3, .933 to .935 and .926 to .927."""
INVENTED_TEXTS: Final = 2
"""Mixed texts made of each invented body, of which there is one for every few near misses."""
ARTICLE_TEXTS: Final = 6
"""Mixed texts made of each invented article, every second of them as if all text of the page was taken.

With .5 or .7 for their weight in place of .3, texts of the articles left to the tests lose 29 and 27 of 1,000
characters instead of 31, but more prompts stay, and F of whole pages' text falls from .927 to .924."""
INVENTED_BODY: Final = 2.2
"""Weight of what is body in an invented text; all else in it weighs one. More of it loses fewer short lines
of live blogs and interviews, and leaves more prompts."""
CLEAN_WEIGHT: Final = 3.0
"""Weight of a gold body by itself: nothing is worse than losses from a text that was clean already. With this
and the one before at 2 and 1.6, unseen golds lose up to 1.4 more of 1,000 words."""
REAL_TEXTS: Final = 2
"""Mixed texts made of each gold body."""


@dataclass(frozen=True, slots=True)
class TrainedText:
    """The weights for the package, and those that have not seen each fold, for measuring."""

    weights: Weights
    by_fold: tuple[Weights, ...]


@dataclass(frozen=True, slots=True)
class _Example:
    """A text ready to learn from: its columns, and the weight of each piece (0 for what is left out)."""

    text: LabelledText
    columns: Columns
    weight: Floats


def train_text(
    pages: Sequence[Mapping[str, Any]],
    scraped: Sequence[Row],
    invented: Invented,
    report: Callable[[str], None],
    validate: bool = True,
) -> TrainedText:
    """Train on rows of pages (key, domain, title, body), rows of scraped texts and invented material.

    `report` is given lines of cross-validated figures, unless `validate` is false: then there are
    no weights by fold. The same input gives the same weights.
    """
    texts = gather_texts(pages, scraped, invented, cut_by_rules)
    report(f"{len(texts)} texts")
    counted = count_folds(shown_lines(texts, invented), spoken_lines(clean_bodies(pages), invented))
    odds = [learn_odds([part for at, part in counted.items() if at != fold]) for fold in range(FOLDS)]
    unseen = [Vocabulary(table) for table in odds]
    bodies = [*clean_bodies(pages), *invented.bodies, *invented.articles]
    *by_edge, edge = train_edges(bodies, invented.junk, unseen, report)
    readers = [EdgeReader(table, *found) for table, found in zip(unseen, by_edge, strict=True)]
    cut = partial(_cut_by_fold, readers)
    texts = gather_texts(pages, scraped, invented, cut)
    sites = {body.key: body.site for body in bodies}
    *by_opening, opening = train_openings(
        [*clean_bodies(pages), *invented.articles], scraped_texts(scraped, sites, cut), cut, unseen, report
    )
    rng = np.random.default_rng(1)
    examples = [_example(text, unseen[text.fold], rng) for text in texts]
    forests = _unseen_forests(examples, report) if validate else []
    by_fold = tuple(map(_weights, odds, forests, by_edge, by_opening)) if validate else ()
    return TrainedText(_weights(learn_odds(list(counted.values())), _fit(examples), edge, opening), by_fold)


def _cut_by_fold(readers: Sequence[EdgeReader], blocks: Sequence[Block], fold: int) -> Pieces:
    """The pieces of a text, as they are when it is cleaned; `readers` have not seen each fold."""
    cut, reader = cut_pieces(blocks), readers[fold]
    texts = [piece.text for piece in cut.pieces]
    words = vocabulary_columns(texts, np.zeros(len(texts), np.float32), reader.vocabulary)
    return cut_edges(cut, words | count_characters(texts), reader)


def _unseen_forests(examples: Sequence[_Example], report: Callable[[str], None]) -> list[Forest]:
    """A forest for each fold that has not seen it, and their figures reported."""
    forests = []
    for fold in range(FOLDS):
        forests.append(_fit([example for example in examples if example.text.fold != fold]))
        report(f"fold {fold} of {FOLDS}")
    for line in figures(examples, forests):
        report(line)
    return forests


def gather_texts(
    pages: Sequence[Mapping[str, Any]], scraped: Sequence[Row], invented: Invented, cut: Cutter
) -> list[LabelledText]:
    """All texts to learn from: scraped, clean and mixed."""
    bodies = list(clean_bodies(pages))
    languages = {body.key: body.language for body in bodies}
    texts = list(scraped_texts(scraped, {body.key: body.site for body in bodies}, cut))
    mixer = Mixer(margins(texts, languages), invented.junk, cut, seed=1)
    texts += scraped_texts(folded(scraped), {body.key: body.site for body in bodies}, cut)
    texts += [clean_text(body, cut) for body in [*bodies, *invented.bodies, *invented.articles]]
    texts += [clean_text(body, cut) for body in folded_bodies(bodies)]
    texts += [mixer.mix(body) for body in bodies for _ in range(REAL_TEXTS)]
    texts += [mixer.mix(body, only_invented=True) for body in invented.bodies for _ in range(INVENTED_TEXTS)]
    dumped = [number % 2 == 1 for number in range(ARTICLE_TEXTS)]
    texts += [mixer.mix(article, dumped=dump) for article in invented.articles for dump in dumped]
    return texts


def _example(text: LabelledText, vocabulary: Vocabulary, rng: np.random.Generator) -> _Example:
    cut = text.pieces
    columns = text_columns(cut.pieces, cut.lines, cut.hits, vocabulary)
    # A long piece is worth more than a short one, and a long text than a short one, by the square root.
    weight = np.clip(np.sqrt(columns["words"] / 8), 0.6, 4.0) * (text.shares >= 0)
    weight *= np.sqrt(USUAL_WEIGHT / max(float(weight.sum()), 10.0))
    if text.key.startswith("invented"):
        weight *= INVENTED_WEIGHT
        weight[text.shares >= 0.5] *= INVENTED_BODY
    elif text.kind == "clean":
        weight *= CLEAN_WEIGHT
    rest = np.flatnonzero(text.shares < 0.5)
    if len(rest) > MOST_REST:
        weight[rest] *= len(rest) / MOST_REST
        weight[rng.permutation(rest)[MOST_REST:]] = 0.0
    return _Example(text, columns, weight.astype(np.float32))


def _fit(examples: Sequence[_Example]) -> Forest:
    names = list(examples[0].columns)
    table = np.concatenate([np.stack([e.columns[name] for name in names], 1)[e.weight > 0] for e in examples])
    body = np.concatenate([(e.text.shares >= 0.5)[e.weight > 0] for e in examples])
    weight = np.concatenate([e.weight[e.weight > 0] for e in examples])
    return fit_forest(names, table, body, weight, TREES, RATE)


def figures(examples: Sequence[_Example], forests: Sequence[Forest]) -> list[str]:
    """Cross-validated figures, a line for each scraper and one for clean texts."""
    scores: dict[str, list[PageScore]] = defaultdict(list)
    for example in examples:
        text = example.text
        chances = forests[text.fold].probabilities(example.columns)
        kept = choose_kept(text.pieces, example.columns, chances)
        output = "\n\n".join(piece.text for piece, keep in zip(text.pieces.pieces, kept, strict=True) if keep)
        scores[text.kind].append(score_page(output, text.body))
    return [f"{kind:16} {summary(of_kind)}" for kind, of_kind in sorted(scores.items())]


def _weights(odds: WordOdds, forest: Forest, found: EdgeForests, opening: Forest) -> Weights:
    return Weights({"text": forest, **found._asdict(), "opening": opening}, odds._asdict())
