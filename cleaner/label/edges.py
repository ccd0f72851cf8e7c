"""Prompts in the first or last sentences of a paragraph, by their words alone: texts in, their prose out.

Rules cut where they are sure of a sentence (`pieces`, `glued`), but most prompts are worded like no rule. So
each paragraph's first and last sentences are held against the rest of it, and against what the other
paragraphs speak of: a prompt says what prompts say everywhere, and shares none of the article's rarer words.
How many of the sentences are the prompt is chosen by the same forest: the cut that it is surest of. To ask it
about all paragraphs would cost more than all else that is learned, so another one, which sees of a paragraph
only the whole, about the first sentence and about the last, says in which a prompt may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import Columns, count_characters
from cleaner.label.features.spelling import ROWS
from cleaner.label.features.vocabulary import PROSE_LEAST, vocabulary_columns
from cleaner.label.forest import Forest
from cleaner.label.pieces import LONGEST_OPENING, Pieces
from cleaner.label.rules import Hit, find_hits
from cleaner.model import Block
from cleaner.segment.sentences import cut as cut_at
from cleaner.segment.sentences import sentence_spans, signs
from cleaner.segment.stops import first_stop, last_stop

Flags = npt.NDArray[np.bool_]

MOST_SENTENCES: Final = 4
"""Sentences of the longest prompt that is looked for: of two thousand learned from, one is longer."""
LONGEST: Final = 60
"""Sentences of a paragraph from which on it is none."""
LONGEST_READ: Final = 20_000
"""Characters of the longest paragraph that is looked into; prose has a tenth of that."""
MOST_READ: Final = 2_000
"""Paragraphs of a text that are looked into at the most, from the first: no article has as many, and each
takes several kilobytes meanwhile."""
LEAST_PROSE: Final = 30
"""Characters of prose beside a prompt that are worth keeping: a short sentence."""
LEAST_ODDS: Final = 1.0
"""Log-odds of being a prompt from which on sentences are cut off; what is cut is judged once more."""
SURE_ODDS: Final = 2.2
"""Log-odds from which on it is acted on as on a sure rule. With 2.6, 43 of 100 invented prompts go from texts
and leave all prose in place of 47, and one clean text of 200 is touched less."""
EDGE: Final = Hit("other", "model/edge", False, "worded like a prompt")
ODDS: Final = (
    "odds_mean", "odds_low", "odds_low3", "odds_high", "odds_known", "pairs_low", "pairs_sum", "opening",
    "appeal_mean", "appeal_low3",
)  # fmt: skip
"""Columns of what the words of a text promise."""
TOLD: Final = (*ODDS, *ROWS)
"""Columns of a paragraph's words and characters that say whether a prompt may be in it."""
MAY_HOLD: Final = -0.4
"""Log-odds of holding a prompt from which on a paragraph is looked into: so is one of sixteen of news, and
more than nine of ten of those with a prompt that is found."""
SHORTEST_FIRST: Final = 8
"""Characters of a first sentence at the least: a stop before is that of a title or an initial."""
_BRACKETED: Final = re.compile(r"[\[(（【][^\[\](){}（）【】]{8,}[\])）】][.。]?(\s+|\Z)")
"""What stands in brackets and has more than a name in them."""
_OWN: Final = (*ODDS, "shared_often")
"""Columns of words in which a prompt differs from the prose beside it."""


class EdgeReader(NamedTuple):
    """What is learned, in the form that reads paragraphs: `gate` says which, `forest` what is a prompt."""

    vocabulary: Vocabulary
    gate: Forest
    forest: Forest


def edge_reader(vocabulary: Vocabulary, forests: Mapping[str, Forest]) -> EdgeReader:
    """What reads paragraphs, of the forests of a labeller."""
    return EdgeReader(vocabulary, forests["gate"], forests["edge"])


class Edge(NamedTuple):
    """The first or last sentences of a paragraph: `begin` to `end` of its text, and the rest of it."""

    paragraph: int
    begin: int
    end: int
    sentences: int
    at_end: bool
    words: str
    rest: str


class Prose(NamedTuple):
    """Where the prose of a paragraph stands, and the log-odds that a prompt is before and behind it."""

    begin: int
    end: int
    before: float = 0.0
    behind: float = 0.0

    def cuts(self, length: int) -> list[int]:
        """The places within a paragraph of that length at which it is cut."""
        return [place for place in (self.begin, self.end) if 0 < place < length]


def cut_edges(cut: Pieces, columns: Columns, reader: EdgeReader) -> Pieces:
    """The pieces of a text, those cut that begin or end with a prompt, which is hit as by a rule.

    `columns` are those of the pieces, those named in `TOLD` among them.
    """
    asked = [i for i, hit in enumerate(cut.hits) if _may_be_prose(cut.pieces[i], hit)]
    if not asked:
        return cut
    texts = [cut.pieces[i].text for i in asked]
    likely = promptlike(texts, {name: columns[name][asked] for name in TOLD}, reader)
    found = find_prose(texts, likely, reader, LEAST_ODDS)
    if not found:
        return cut
    prose = {asked[number]: span for number, span in found.items()}
    parts: list[tuple[Block, int, Hit | None]] = []
    for i, (piece, line, hit) in enumerate(zip(cut.pieces, cut.lines, cut.hits, strict=True)):
        if i in prose:
            parts += ((part, line, said) for part, said, _ in parted(piece, prose[i]))
        else:
            parts.append((piece, line, hit))
    pieces, lines, hits = zip(*parts, strict=True)
    return Pieces(pieces, lines, hits)


def _may_be_prose(piece: Block, hit: Hit | None) -> bool:
    """Whether some of a piece may be prose: of long ones, rules about the beginning say little."""
    may_be = hit is None or not hit.sure or (hit.at_start and len(piece.text) > LONGEST_OPENING)
    return may_be and has_edges(piece.text)


def parted(whole: Block, prose: Prose) -> Iterator[tuple[Block, Hit | None, bool]]:
    """The parts of a block in order, what hits each, and whether it is the prose.

    A prompt is hit by its words where no rule hits it, and as surely as they tell.
    """
    parts = cut_at(whole, prose.cuts(len(whole.text)))
    for part, said in zip(parts, find_hits([part.text for part in parts]), strict=True):
        begin = part.start - whole.start
        if prose.begin <= begin < prose.end:
            yield part, said, True
        else:
            odds = prose.before if begin < prose.begin else prose.behind
            yield part, (said or EDGE)._replace(sure=odds >= SURE_ODDS), False


def promptlike(paragraphs: Sequence[str], columns: Columns, reader: EdgeReader) -> Flags:
    """Whether a prompt may be in each paragraph; `columns` are those of the paragraphs named in `TOLD`."""
    return -reader.gate.log_odds(gate_columns(paragraphs, columns, reader.vocabulary)) >= MAY_HOLD


def gate_columns(paragraphs: Sequence[str], columns: Columns, vocabulary: Vocabulary) -> Columns:
    """Columns of paragraphs and, what tells more of long ones, of about their first and last sentences."""
    count = len(paragraphs)
    sides = [*(first_words(text) for text in paragraphs), *(last_words(text) for text in paragraphs)]
    told = vocabulary_columns(sides, np.zeros(len(sides), np.float32), vocabulary) | count_characters(sides)
    gate = {name: columns[name] for name in TOLD}
    for name in TOLD:
        gate[f"first_{name}"], gate[f"last_{name}"] = told[name][:count], told[name][count:]
    return gate


def has_edges(text: str) -> bool:
    """Whether a text seems to have more than one sentence, and enough for prose beside a prompt."""
    return len(text) > LEAST_PROSE and first_stop(text, SHORTEST_FIRST) < len(text)


def first_words(text: str) -> str:
    """About the first sentence of a text: whether a stop ends one is not asked."""
    return text[: first_stop(text, SHORTEST_FIRST)]


def last_words(text: str) -> str:
    """About the last sentence of a text."""
    return text[last_stop(text, len(text) - 1) :].strip()


def find_prose(
    paragraphs: Sequence[str], likely: Flags, reader: EdgeReader, least: float
) -> dict[int, Prose]:
    """The prose of those paragraphs that begin or end with a prompt, by their numbers.

    `likely` says of each whether one may be in it; `least` are the log-odds of being a prompt from which on
    sentences are taken for one.
    """
    numbers = np.flatnonzero(likely).tolist()[:MOST_READ]
    edges = [edge for number in numbers for edge in edges_of(number, paragraphs[number])]
    if not edges:
        return {}
    odds = -reader.forest.log_odds(edge_columns(paragraphs, edges, reader.vocabulary))
    surest: dict[tuple[int, bool], tuple[float, Edge]] = {}
    for place in np.flatnonzero(odds >= least).tolist():
        edge, value = edges[place], float(odds[place])
        known = surest.get((edge.paragraph, edge.at_end))
        if known is None or value > known[0]:
            surest[edge.paragraph, edge.at_end] = value, edge
    found: dict[int, Prose] = {}
    for (number, at_end), (value, edge) in surest.items():
        prose = found.get(number, Prose(0, len(paragraphs[number])))
        cut = (
            prose._replace(end=edge.begin, behind=value)
            if at_end
            else prose._replace(begin=edge.end, before=value)
        )
        if cut.end - cut.begin >= LEAST_PROSE:
            found[number] = cut
    return found


def edges_of(number: int, text: str) -> Iterator[Edge]:
    """All edges of a paragraph that leave enough prose beside them."""
    begins = _begins(text) if LEAST_PROSE < len(text) <= LONGEST_READ else [0]
    count = len(begins)
    if count > LONGEST:
        return
    for sentences in range(1, min(MOST_SENTENCES, count - 1) + 1):
        for at_end in (True, False):
            cut = begins[count - sentences] if at_end else begins[sentences]
            words, rest = (text[cut:], text[:cut]) if at_end else (text[:cut], text[cut:])
            if len(rest.strip()) >= LEAST_PROSE:
                begin, end = (cut, len(text)) if at_end else (0, cut)
                yield Edge(number, begin, end, sentences, at_end, words.strip(), rest.strip())


def _begins(text: str) -> list[int]:
    """Where the sentences of a paragraph begin, and what signs or brackets set apart."""
    begins = {begin for begin, _ in sentence_spans(text)}
    begins.update(place for place in signs(text) if text[place - 1].isspace())
    for bracketed in _BRACKETED.finditer(text):
        if bracketed.start() == 0 or bracketed.end() == len(text):
            begins.update((bracketed.start(), bracketed.end()))
    return sorted(begins - {len(text)})


def edge_columns(paragraphs: Sequence[str], edges: Sequence[Edge], vocabulary: Vocabulary) -> Columns:
    """Columns of the edges of a text's paragraphs; there is at least one."""
    sides = [*(edge.words for edge in edges), *(edge.rest for edge in edges)]
    # A word that an edge shares with one paragraph it shares with its own; with two, with the article.
    prose = np.array([max(len(text), PROSE_LEAST) for text in paragraphs] + [0.0] * len(sides), np.float32)
    words = vocabulary_columns([*paragraphs, *sides], prose, vocabulary, mates=len(paragraphs))
    words = {name: column[len(paragraphs) :] for name, column in words.items()}
    count = len(edges)
    columns: Columns = {}
    for name, column in (words | count_characters(sides)).items():
        columns[name], columns[f"rest_{name}"] = column[:count], column[count:]
    for name in _OWN:
        columns[f"apart_{name}"] = columns[name] - columns[f"rest_{name}"]
    columns["sentences"] = np.array([edge.sentences for edge in edges], np.float32)
    columns["at_end"] = np.array([edge.at_end for edge in edges], np.float32)
    columns["paragraphs"] = np.full(count, len(paragraphs), np.float32)
    return columns
