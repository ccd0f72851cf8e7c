"""Prompts in the first or last sentences of a paragraph, by their words alone: texts in, their prose out.

Rules cut where they are sure of a sentence (`pieces`, `glued`), but most prompts are worded like no rule. So
each paragraph's first and last sentences are held against the rest of it, and against what the other
paragraphs speak of: a prompt says what prompts say everywhere, and shares none of the article's rarer words.
How many of the sentences are the prompt is chosen by the same forest: the cut that it is surest of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import Columns, count_characters
from cleaner.label.features.vocabulary import PROSE_LEAST, vocabulary_columns
from cleaner.label.forest import Forest
from cleaner.label.pieces import LONGEST_OPENING, Pieces
from cleaner.label.rules import Hit, find_hits
from cleaner.model import Block
from cleaner.segment.sentences import cut as cut_at
from cleaner.segment.sentences import sentence_spans, signs

Floats = npt.NDArray[np.float32]

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
"""Log-odds from which on it is acted on as on a sure rule."""
EDGE: Final = Hit("other", "model/edge", False, "worded like a prompt")
PROMPTLIKE: Final = -1.2
"""Mean log-odds of body of a paragraph's three words that promise least, up to which it is looked into: so is
one of six paragraphs of news, and nine of ten of those with a prompt that is found."""
_BRACKETED: Final = re.compile(r"[\[(（【][^\[\](){}（）【】]{8,}[\])）】][.。]?(\s+|\Z)")
"""What stands in brackets and has more than a name in them."""
_OWN: Final = ("odds_mean", "odds_low", "odds_low3", "odds_high", "odds_known", "pairs_low", "pairs_sum",
    "opening", "appeal_mean", "appeal_low3", "shared_often")  # fmt: skip
"""Columns of words in which a prompt differs from the prose beside it."""


class EdgeReader(NamedTuple):
    """What is learned, in the form that reads paragraphs."""

    vocabulary: Vocabulary
    forest: Forest


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


def cut_edges(cut: Pieces, low: Floats, reader: EdgeReader) -> Pieces:
    """The pieces of a text, those cut that begin or end with a prompt, which is hit as by a rule.

    `low` is the column `odds_low3` of the pieces.
    """
    asked = [i for i, hit in enumerate(cut.hits) if _may_be_prose(cut.pieces[i], hit)]
    found = find_prose([cut.pieces[i].text for i in asked], low[asked], reader, LEAST_ODDS)
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
    return hit is None or not hit.sure or (hit.at_start and len(piece.text) > LONGEST_OPENING)


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


def find_prose(paragraphs: Sequence[str], low: Floats, reader: EdgeReader, least: float) -> dict[int, Prose]:
    """The prose of those paragraphs that begin or end with a prompt, by their numbers.

    `low` is what the words of each promise that promise least (`odds_low3`), for to look at the sentences of
    all would cost more; `least` the log-odds of being a prompt from which on sentences are taken for one.
    """
    numbers = np.flatnonzero(low <= PROMPTLIKE).tolist()[:MOST_READ]
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
    words = vocabulary_columns([*paragraphs, *sides], prose, vocabulary)
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
