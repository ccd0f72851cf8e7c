"""Log-odds of words for the text labeller: labelled texts and the phrase rules in, tables out.

Besides the texts, every phrase of the rules counts as one sighting of its words outside a body, for there
are languages of which hardly a scraped text is at hand but which have rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from cleaner.label.features.vocabulary import WordOdds, block_words, openings, word_pairs
from cleaner.label.phrasebook import phrasebook
from cleaner.train.odds import Sighting, Totals, count_words, odds_of
from cleaner.train.texts_corpus import LabelledText
from cleaner.train.texts_invented import Invented

LEAST_TOLD: Final = 0.4
"""Log-odds (either way) that a word must have to be kept; the others say nothing and weigh much."""
LEAST_TOLD_PAIR: Final = 0.8
"""The same for pairs and openings, which are many."""


class Shown(NamedTuple):
    """The words of one line, in order: `fold` is -1 where no text is concerned."""

    site: str
    fold: int
    words: list[str]
    body: bool


class Counted(NamedTuple):
    """What the lines of one fold show, ready to be added up with that of others."""

    words: Totals
    pairs: Totals
    openings: Totals


def count_folds(shown: Iterable[Shown]) -> dict[int, Counted]:
    """The lines counted by fold: a site is in one fold alone, so odds without a fold are a sum."""
    by_fold: dict[int, list[Shown]] = defaultdict(list)
    for line in shown:
        by_fold[line.fold].append(line)
    return {
        fold: Counted(
            count_words(Sighting(line.site, set(line.words), line.body) for line in lines),
            count_words(Sighting(line.site, set(word_pairs(line.words)), line.body) for line in lines),
            count_words(Sighting(line.site, openings(line.words), line.body) for line in lines),
        )
        for fold, lines in sorted(by_fold.items())
    }


def learn_odds(counted: Sequence[Counted]) -> WordOdds:
    """The three tables of the text labeller, from what the lines of some folds show."""
    words, pairs, first = (odds_of(parts) for parts in zip(*counted, strict=True))
    return WordOdds(
        {word: odds for word, odds in words.items() if abs(odds) >= LEAST_TOLD},
        {pair: odds for pair, odds in pairs.items() if odds <= -LEAST_TOLD_PAIR},
        {opening: odds for opening, odds in first.items() if abs(odds) >= LEAST_TOLD_PAIR},
    )


def shown_lines(texts: Iterable[LabelledText], invented: Invented) -> list[Shown]:
    """What all lines of the texts, all invented lines and all phrases of the rules show.

    Mixed texts are made of the others, and invented bodies come many times over, so neither are counted.
    """
    return [*_of_texts(texts), *_of_invented(invented), *_of_phrases()]


def _of_texts(texts: Iterable[LabelledText]) -> Iterator[Shown]:
    seen: set[tuple[str, str]] = set()
    for text in texts:
        if text.kind == "mixed" or text.site.startswith("invented/"):
            continue
        for piece, share in zip(text.pieces.pieces, text.shares, strict=True):
            # One sighting a line and site, however many scrapers left it in.
            if share >= 0 and (text.site, piece.text) not in seen:
                seen.add((text.site, piece.text))
                yield Shown(text.site, text.fold, block_words(piece.text), bool(share >= 0.5))


def _of_invented(invented: Invented) -> Iterator[Shown]:
    """Each line counts as a site of its own: one language has too few of them to be counted together."""
    for lines, is_body in ((invented.junk, False), (invented.near, True)):
        for number, passage in enumerate(lines):
            for line in passage.text.split("\n"):
                yield Shown(f"invented/{is_body}/{number}", passage.fold, block_words(line), is_body)


def _of_phrases() -> Iterator[Shown]:
    for number, rule in enumerate(phrasebook().rules):
        for term in rule.terms:
            for at, phrase in enumerate(term):
                yield Shown(f"rules/{number}/{at}", -1, block_words(phrase.strip("*")), False)
