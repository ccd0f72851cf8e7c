"""Training of what tells whether a text opens with its headline: bodies and scraped texts in, forests out.

Bodies are taken with their headline above them, set as scrapers set it, and as they are, where they begin
with a line that could be one. Of scraped texts the gold body says which of the two the first line is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import Columns
from cleaner.label.features.text import text_columns
from cleaner.label.forest import Forest
from cleaner.label.opening import LEAST_ODDS, TOLD, opening_columns
from cleaner.label.pieces import Pieces
from cleaner.segment.text import segment_text
from cleaner.train.align import tokens
from cleaner.train.folds import FOLDS
from cleaner.train.forests import fit_forest
from cleaner.train.texts_corpus import CleanText, Cutter, LabelledText

TREES: Final = 150
RATE: Final = 0.06
"""Trees and rate of learning: two thousand first lines bear no more, and no other numbers were tried."""
SHORTEST_BODY: Final = 400
"""Characters of the shortest body that a headline is set above."""
BODY_WEIGHT: Final = 4.0
"""Weight of a first line of a body: there are six headlines for each, and taking it for one is worse."""
HEADLINE_WEIGHT: Final = 0.5
"""Weight of a headline set above a body, of which there are two texts: with blank lines and without."""
INVENTED_WEIGHT: Final = 0.3
"""Weight of what is invented, beside real texts."""
_BLANK_LINES: Final = re.compile(r"\n\s*\n")
CUT: Final = (0.1, 0.2, 0.3)
"""Shares of bodies' first lines taken for headlines, for which it is told how many headlines are found."""


class _Opening(NamedTuple):
    """The first line of a text, which could be its headline; `real` if a gold body stands below it."""

    fold: int
    columns: Columns
    is_headline: bool
    weight: float
    real: bool


def train_openings(
    bodies: Iterable[CleanText],
    scraped: Iterable[LabelledText],
    cut: Cutter,
    vocabularies: Sequence[Vocabulary],
    report: Callable[[str], None],
) -> list[Forest]:
    """Forests that have not seen each fold, and last the one of all.

    `vocabularies` are those that have not seen each fold.
    """
    bodies = list(bodies)
    openings = [one for body in bodies for one in _of_body(body, cut, vocabularies[body.fold])]
    titles = {body.key: body.title for body in bodies if body.title}
    openings += [one for text in scraped for one in _of_scraped(text, titles, vocabularies[text.fold])]
    forests = [_fit([one for one in openings if one.fold != fold]) for fold in range(FOLDS)]
    for line in _figures(openings, forests):
        report(line)
    return [*forests, _fit(openings)]


def _of_body(body: CleanText, cut: Cutter, vocabulary: Vocabulary) -> Iterator[_Opening]:
    """What a body teaches with its headline above it, and as it is."""
    part = INVENTED_WEIGHT if body.site.startswith("invented/") else 1.0
    texts = [(body.text, False, BODY_WEIGHT)]
    if body.title and len(body.text) >= SHORTEST_BODY:
        close = _BLANK_LINES.sub("\n", body.text)
        texts += [(f"{body.title}\n{close}", True, HEADLINE_WEIGHT)]
        texts += [(f"{body.title}\n\n{body.text}", True, HEADLINE_WEIGHT)]
    for text, is_headline, weight in texts:
        pieces = cut(segment_text(text), body.fold)
        if (columns := _columns(pieces, vocabulary)) is not None:
            yield _Opening(body.fold, columns, is_headline, weight * part, part == 1.0)


def _of_scraped(text: LabelledText, titles: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[_Opening]:
    """What a scraped text teaches whose first line is body, or the page's headline."""
    first = text.pieces.pieces[0].text
    is_body = text.shares[0] >= 0.5
    title = titles.get(text.key.partition("@")[0], "")
    if not is_body and (text.shares[0] < 0 or tokens(first) != tokens(title)):
        return
    if (columns := _columns(text.pieces, vocabulary)) is not None:
        yield _Opening(text.fold, columns, not is_body, BODY_WEIGHT if is_body else 1.0, real=False)


def _columns(pieces: Pieces, vocabulary: Vocabulary) -> Columns | None:
    """The columns of a text's first line; None where it can be no headline."""
    return opening_columns(pieces, text_columns(pieces.pieces, pieces.lines, pieces.hits, vocabulary))


def _fit(openings: Sequence[_Opening]) -> Forest:
    table = np.concatenate([np.stack([one.columns[name] for name in TOLD], axis=1) for one in openings])
    is_headline = np.array([one.is_headline for one in openings])
    weight = np.array([one.weight for one in openings], np.float32)
    return fit_forest(TOLD, table, ~is_headline, weight, TREES, RATE)


def _figures(openings: Sequence[_Opening], forests: Sequence[Forest]) -> Iterator[str]:
    """How many headlines above real bodies are found where so many of these lose their own first line."""
    real = [one for one in openings if one.real]
    odds = np.array([-forests[one.fold].log_odds(one.columns)[0] for one in real])
    is_headline = np.array([one.is_headline for one in real])
    yield f"first lines: {is_headline.sum()} headlines above bodies, {(~is_headline).sum()} of bodies alone"
    places = [*(float(np.quantile(odds[~is_headline], 1 - share)) for share in CUT), LEAST_ODDS]
    for least in places:
        taken, found = np.mean(odds[~is_headline] >= least), np.mean(odds[is_headline] >= least)
        yield f"  log-odds {least:5.2f}: {found:.1%} of headlines found, {taken:.1%} of bodies' lines taken"
