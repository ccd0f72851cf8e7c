"""Log-odds of words for the text labeller: labelled texts and the phrase rules in, tables out.

Besides the texts, every phrase of the rules counts as one sighting of its words outside a body, for there
are languages of which hardly a scraped text is at hand but which have rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from cleaner.label.features.vocabulary import WordOdds, block_words, openings, word_pairs
from cleaner.label.phrasebook import phrasebook
from cleaner.train.odds import Sighting, log_odds
from cleaner.train.texts_corpus import LabelledText

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


def learn_odds(shown: Iterable[Shown]) -> WordOdds:
    """The three tables of the text labeller, from the lines of all texts but those held out."""
    lines = list(shown)
    words = log_odds(Sighting(line.site, set(line.words), line.body) for line in lines)
    pairs = log_odds(Sighting(line.site, set(word_pairs(line.words)), line.body) for line in lines)
    first = log_odds(Sighting(line.site, openings(line.words), line.body) for line in lines)
    return WordOdds(
        {word: odds for word, odds in words.items() if abs(odds) >= LEAST_TOLD},
        {pair: odds for pair, odds in pairs.items() if odds <= -LEAST_TOLD_PAIR},
        {opening: odds for opening, odds in first.items() if abs(odds) >= LEAST_TOLD_PAIR},
    )


def shown_lines(texts: Iterable[LabelledText]) -> list[Shown]:
    """What all lines of the texts and all phrases of the rules show."""
    return [*_of_texts(texts), *_of_phrases()]


def _of_texts(texts: Iterable[LabelledText]) -> Iterator[Shown]:
    seen: set[tuple[str, str]] = set()
    for text in texts:
        for piece, share in zip(text.pieces.pieces, text.shares, strict=True):
            # One sighting a line and site, however many scrapers left it in.
            if share >= 0 and (text.site, piece.text) not in seen:
                seen.add((text.site, piece.text))
                yield Shown(text.site, text.fold, block_words(piece.text), bool(share >= 0.5))


def _of_phrases() -> Iterator[Shown]:
    for number, rule in enumerate(phrasebook().rules):
        for term in rule.terms:
            for at, phrase in enumerate(term):
                yield Shown(f"rules/{number}/{at}", -1, block_words(phrase.strip("*")), False)
