"""Log-odds of words for both labellers: lines of texts or pages and the phrase rules in, tables out.

Besides the lines, every phrase of the rules counts as one sighting of its words outside a body, for there
are languages of which hardly a scraped text is at hand but which have rules.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from cleaner.label.features.vocabulary import WordOdds, block_words, openings, word_pairs
from cleaner.label.phrasebook import phrasebook
from cleaner.train.odds import FEWEST_SITES, Sighting, Totals, count_words, odds_of
from cleaner.train.texts_corpus import CleanText, LabelledText
from cleaner.train.texts_invented import Invented

LEAST_TOLD: Final = 0.4
"""Log-odds (either way) that a word must have to be kept; the others say little and weigh much."""
LEAST_TOLD_PAIR: Final = 0.8
"""The same for pairs and openings, which are many."""
APPEAL: Final = "donation"
"""The label of what asks for money."""
APPEAL_SMOOTHING: Final = 1.0
"""Lines that say a word, of appeals and of news, beside those that were counted."""
LEAST_TOLD_APPEAL: Final = 0.9
"""Log-odds (either way) that a word must have to be kept for appeals."""


class Shown(NamedTuple):
    """The words of one line, in order: `fold` is -1 where no text is concerned."""

    site: str
    fold: int
    words: list[str]
    body: bool


class Kind(StrEnum):
    """What a line is that is counted for the words of appeals."""

    APPEAL = "appeal"
    NEWS = "news"
    INVENTED_NEWS = "invented news"


class Spoken(NamedTuple):
    """The words of one line of an appeal or of news, in one language."""

    kind: Kind
    language: str
    fold: int
    words: frozenset[str]


WordsSaid = Mapping[tuple[Kind, str], Counter[str]]
"""For each kind and language in how many lines each word stands."""


class Counted(NamedTuple):
    """What the lines of one fold show, ready to be added up with that of others."""

    words: Totals
    pairs: Totals
    openings: Totals
    appeals: WordsSaid


def count_folds(shown: Iterable[Shown], spoken: Iterable[Spoken]) -> dict[int, Counted]:
    """The lines counted by fold: a site is in one fold alone, so odds without a fold are a sum."""
    by_fold: dict[int, list[Shown]] = defaultdict(list)
    for line in shown:
        by_fold[line.fold].append(line)
    said: dict[int, dict[tuple[Kind, str], Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for heard in spoken:
        said[heard.fold][heard.kind, heard.language].update(heard.words)
    return {
        fold: Counted(
            count_words(Sighting(line.site, set(line.words), line.body) for line in lines),
            count_words(Sighting(line.site, set(word_pairs(line.words)), line.body) for line in lines),
            count_words(Sighting(line.site, openings(line.words), line.body) for line in lines),
            said[fold],
        )
        for fold, lines in sorted(by_fold.items())
    }


def learn_odds(
    counted: Sequence[Counted], least_word: float = LEAST_TOLD, least_pair: float = LEAST_TOLD_PAIR
) -> WordOdds:
    """The tables of a labeller, from what the lines of some folds show, without what says less than that."""
    words = odds_of([part.words for part in counted])
    pairs = odds_of([part.pairs for part in counted])
    first = odds_of([part.openings for part in counted])
    return WordOdds(
        {word: odds for word, odds in words.items() if abs(odds) >= least_word},
        {pair: odds for pair, odds in pairs.items() if odds <= -least_pair},
        {opening: odds for opening, odds in first.items() if abs(odds) >= least_pair},
        appeal_odds([part.appeals for part in counted]),
    )


def appeal_odds(parts: Sequence[WordsSaid]) -> dict[str, float]:
    """For each word by how much it raises (or lowers) the log-odds of news against appeals.

    News is counted as if each language had as much of it as it has of appeals, and half of it invented, as
    appeals are: there is a hundred times more real news in English than in most other languages, which says
    nothing of what sounds like news in Greek, and invented papers write of councils more than real ones do.
    """
    said: Counter[str] = Counter()
    expected: dict[str, float] = defaultdict(float)
    seen: Counter[str] = Counter()
    for language in sorted({language for part in parts for _, language in part}):
        appeals, *news = (_lines_of(parts, kind, language) for kind in Kind)
        there = [lines for lines in news if lines]
        if not appeals or not there:
            continue
        said += appeals
        seen += appeals
        for lines in there:
            seen += lines
            share = appeals.total() / lines.total() / len(there)
            for word, count in lines.items():
                expected[word] += count * share
    odds = {
        word: math.log((expected[word] + APPEAL_SMOOTHING) / (said[word] + APPEAL_SMOOTHING))
        for word, count in seen.items()
        if count >= FEWEST_SITES
    }
    return {word: value for word, value in odds.items() if abs(value) >= LEAST_TOLD_APPEAL}


def _lines_of(parts: Sequence[WordsSaid], kind: Kind, language: str) -> Counter[str]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part.get((kind, language), {}))
    return total


def spoken_lines(bodies: Iterable[CleanText], invented: Invented) -> Iterator[Spoken]:
    """The lines of all gold bodies, of invented news and of invented appeals."""
    for body in bodies:
        for line in body.paragraphs:
            yield Spoken(Kind.NEWS, body.language, body.fold, frozenset(block_words(line)))
    appeals = [passage for passage in invented.junk if passage.label == APPEAL]
    for kind, passages in ((Kind.INVENTED_NEWS, invented.near), (Kind.APPEAL, appeals)):
        for passage in passages:
            for line in passage.text.split("\n"):
                yield Spoken(kind, passage.language, passage.fold, frozenset(block_words(line)))


def shown_lines(texts: Iterable[LabelledText], invented: Invented) -> list[Shown]:
    """What all lines of the texts, all invented lines and all phrases of the rules show.

    Mixed texts are made of the others, and invented bodies come many times over, so neither are counted.
    """
    return [*_of_texts(texts), *of_invented(invented), *of_phrases()]


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


def of_invented(invented: Invented) -> Iterator[Shown]:
    """Each line counts as a site of its own: one language has too few of them to be counted together."""
    for lines, is_body in ((invented.junk, False), (invented.near, True)):
        for number, passage in enumerate(lines):
            for line in passage.text.split("\n"):
                yield Shown(f"invented/{is_body}/{number}", passage.fold, block_words(line), is_body)


def of_phrases() -> Iterator[Shown]:
    """What the phrases of all rules show."""
    for number, rule in enumerate(phrasebook().rules):
        for term in rule.terms:
            for at, phrase in enumerate(term):
                yield Shown(f"rules/{number}/{at}", -1, block_words(phrase.strip("*")), False)
