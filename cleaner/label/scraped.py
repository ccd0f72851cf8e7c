"""Labels for the blocks of a scraped text: blocks in, every piece of them with a verdict out.

Four steps a reader can say aloud: cut the lines where boilerplate may be glued to prose, score each
piece with the learned labeller, let sure rules overrule it, name what is left out. How much it
takes to leave a piece out depends on the whole text: of a clean one, nothing is.
Only whitespace lies between the pieces, so kept and removed together hold every character that is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.companions import entry_times
from cleaner.label.edges import EdgeReader, cut_edges, edge_reader
from cleaner.label.features.blockwords import Vocabulary
from cleaner.label.features.characters import SENTENCE_END, Columns
from cleaner.label.features.text import text_columns
from cleaner.label.features.vocabulary import WordOdds
from cleaner.label.forest import Forest
from cleaner.label.heads import read_head, read_lines
from cleaner.label.labelling import Labelling, by_length, expected_f, size_doubt
from cleaner.label.model_file import Weights, packaged_weights
from cleaner.label.notices import notice_doubt
from cleaner.label.opening import opens_with_headline
from cleaner.label.pieces import Pieces, cut_pieces, rejoin
from cleaner.label.slug import headline_words, named_headline
from cleaner.label.textchoice import choose_kept
from cleaner.label.textkeep import keep_headings, keep_lists, keep_tables
from cleaner.label.textnames import name_by_place
from cleaner.label.writings import is_unread
from cleaner.model import BODY, Block, LabelledBlock, Verdict
from cleaner.records import label_blocks
from cleaner.segment.dumps import is_dump
from cleaner.segment.markdown import is_picture

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


A_PICTURE: Final = Verdict("media", "markdown/picture", "a picture by itself")
SHORT_TEXT: Final = 20.0
"""Words of body from which on a text may be an article. Of a page it takes more, and whole sentences: what a
page of teasers leaves is a line or two, but a scraper that gives a list of dates meant it."""
FIRST_LINES: Final = 3
"""Lines of a text, one of which says so where a server wrote it ("Page not found")."""
LEAST_UNREAD: Final = 15.0
"""Words of a paragraph in a writing without learned words; shorter ones may be a menu's."""
PROSE: Final = 0.9
"""Chance of being body that it has at the least; by what its words seem to say, a third of Thai ones went."""
UNDER_BODY: Final = 3
"""Pieces right below the body that may be its byline or date line."""


def label_text(blocks: Sequence[Block], url: str | None = None) -> Labelling:
    """The labeller's opinion of a text that has at least one block; `url` is its page's address, if known."""
    labeller = packaged_labeller()
    cut, columns = read_text(blocks, labeller)
    chances = _as_far_as_read(cut, columns, labeller.forest.probabilities(columns))
    kept = keep_lists(cut, choose_kept(cut, columns, chances), chances)
    kept = keep_tables(cut, keep_headings(cut, kept))
    kept[entry_times([piece.text for piece in cut.pieces], cut.hits, kept)] = True
    headlines = _may_be_headlines(cut, blocks)
    first = named_headline(cut, columns, kept.tolist(), headlines, headline_words(url))
    if first < 0 and opens_with_headline(cut, columns, kept, labeller.opening):
        first = 0
    head = read_head(cut.pieces, cut.hits, kept, columns, headlines, first)
    kept[list(head)] = False
    verdicts = _verdicts(cut, columns, chances, kept, head)
    labelled = label_blocks(cut.pieces, verdicts)
    opening = [block.text.lstrip("# ") for block in blocks[:FIRST_LINES]]
    sentences = float(columns["words"][columns["end_mark"] >= SENTENCE_END].sum())
    body = float(columns["words"][kept].sum())
    doubt = notice_doubt(opening, sentences) * size_doubt(body, SHORT_TEXT)
    confidence = by_length(expected_f(chances, kept, columns["words"]) * doubt, body)
    return Labelling(tuple(rejoin(labelled, cut.lines, blocks)), "labeller", confidence)


def label_markdown(blocks: Sequence[Block], url: str | None = None) -> Labelling:
    """The same of what a reader sees of a Markdown text, in which some blocks are pictures."""
    written = [block for block in blocks if not is_picture(block)]
    labelling = label_text(written, url) if written else Labelling((), "labeller", 0.0)
    pictures = [LabelledBlock(block, A_PICTURE) for block in blocks if is_picture(block)]
    labelled = sorted((*labelling.labelled, *pictures), key=lambda entry: entry.block.start)
    return replace(labelling, labelled=tuple(labelled))


class Labeller(NamedTuple):
    """What is learned, in the form that scores texts."""

    vocabulary: Vocabulary
    forest: Forest
    edges: EdgeReader
    opening: Forest


@cache
def packaged_labeller() -> Labeller:
    """The labeller that comes with the package."""
    return labeller_of(packaged_weights("text"))


def labeller_of(weights: Weights) -> Labeller:
    """A labeller from its weights."""
    vocabulary = Vocabulary(WordOdds(**weights.tables))
    forests = weights.forests
    return Labeller(vocabulary, forests["text"], edge_reader(vocabulary, forests), forests["opening"])


def read_text(blocks: Sequence[Block], labeller: Labeller) -> tuple[Pieces, Columns]:
    """The pieces of a text, prompts cut off at the edges of its lines, and their columns."""
    cut = cut_pieces(blocks)
    columns = text_columns(cut.pieces, cut.lines, cut.hits, labeller.vocabulary)
    without = cut_edges(cut, columns, labeller.edges)
    if without is not cut:
        cut, columns = without, text_columns(without.pieces, without.lines, without.hits, labeller.vocabulary)
    return cut, columns


def _as_far_as_read(cut: Pieces, columns: Columns, chances: Floats) -> Floats:
    """The chances of body; paragraphs in writings without learned words have that of prose at the least."""
    unread = [
        long and (hit is None or not hit.sure) and is_unread(piece.text)
        for piece, hit, long in zip(cut.pieces, cut.hits, columns["words"] >= LEAST_UNREAD, strict=True)
    ]
    return np.where(unread, np.maximum(chances, PROSE), chances) if any(unread) else chances


def _may_be_headlines(cut: Pieces, blocks: Sequence[Block]) -> list[bool]:
    """Which pieces can be a headline: whole lines, and in one that holds a page the words it begins with."""
    begins = {line: piece.text for piece, line in reversed(list(zip(cut.pieces, cut.lines, strict=True)))}
    times = Counter(piece.text for piece in cut.pieces)
    return [
        not is_dump(blocks[line]) or (piece.text == begins[line] and times[piece.text] > 1)
        for piece, line in zip(cut.pieces, cut.lines, strict=True)
    ]


def _verdicts(
    cut: Pieces, columns: Columns, chances: Floats, kept: Flags, head: Mapping[int, Verdict]
) -> list[Verdict]:
    """A verdict for each piece, those left out named by the surest sign there is; `head` are the head's."""
    places = np.flatnonzero(kept)
    last = int(places[-1]) if len(places) else -1
    tail = read_lines(
        cut.pieces, [i for i in range(last + 1, min(last + 1 + UNDER_BODY, len(kept))) if cut.hits[i] is None]
    )
    verdicts: list[Verdict | None] = []
    for i, hit in enumerate(cut.hits):
        if kept[i]:
            verdicts.append(Verdict(BODY, "model/body", f"{chances[i]:.2f}"))
        elif i in head:
            verdicts.append(head[i])
        elif hit is not None:
            verdicts.append(Verdict(hit.label, hit.rule, hit.evidence))
        else:
            verdicts.append(tail.get(i))
    return name_by_place(cut, verdicts, columns)
