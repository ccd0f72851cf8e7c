"""Cut the blocks of a scraped text where a line may glue boilerplate to prose: blocks in, pieces out.

A seam (two sentences without a space between them) is always cut; between sentences a line is cut
only where a rule hits some of them and not others, since whole paragraphs are judged better than
their sentences. Cutting decides nothing: pieces of one line that get the same verdict are put
together again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from cleaner.label.rules import Hit, find_hits, spread
from cleaner.model import Block, LabelledBlock
from cleaner.segment.sentences import split_at_seams, split_sentences

MOST_SENTENCES: Final = 60
"""Sentences of a line beyond which it is not cut at sentences: a whole page without line breaks."""


LONGEST_LINE: Final = 50_000
"""Characters of a line beyond which it is not cut at all: no paragraph is a tenth as long, and time must
stay bounded on a dump in one line."""


class Pieces(NamedTuple):
    """Pieces in order, the number of the block each is cut from, and each one's rule hit."""

    pieces: tuple[Block, ...]
    lines: tuple[int, ...]
    hits: tuple[Hit | None, ...]


def cut_pieces(blocks: Sequence[Block]) -> Pieces:
    """The pieces of the blocks of a text; every piece lies within one block."""
    pieces: list[Block] = []
    lines: list[int] = []
    for number, block in enumerate(blocks):
        parts = split_at_seams(block) if len(block.text) <= LONGEST_LINE else (block,)
        pieces.extend(parts)
        lines.extend([number] * len(parts))
    hits = find_hits([piece.text for piece in pieces])
    if any(hits):
        pieces, lines, hits = _cut_at_hits(pieces, lines, hits)
    return Pieces(tuple(pieces), tuple(lines), tuple(spread(hits, [piece.text for piece in pieces])))


def _cut_at_hits(
    pieces: Sequence[Block], lines: Sequence[int], hits: Sequence[Hit | None]
) -> tuple[list[Block], list[int], list[Hit | None]]:
    parts = [_sentences(piece) if hit is not None else () for piece, hit in zip(pieces, hits, strict=True)]
    found = iter(find_hits([sentence.text for sentences in parts for sentence in sentences]))
    cut: list[tuple[Block, int, Hit | None]] = []
    for piece, line, hit, sentences in zip(pieces, lines, hits, parts, strict=True):
        runs = list(_runs(piece, sentences, [next(found) for _ in sentences]))
        if len(runs) > 1:
            cut.extend((part, line, part_hit) for part, part_hit in runs)
        else:
            cut.append((piece, line, hit))
    return [part for part, _, _ in cut], [line for _, line, _ in cut], [hit for _, _, hit in cut]


def _sentences(piece: Block) -> tuple[Block, ...]:
    sentences = split_sentences(piece) if len(piece.text) <= LONGEST_LINE else ()
    return sentences if 1 < len(sentences) <= MOST_SENTENCES else ()


def _runs(
    piece: Block, sentences: Sequence[Block], hits: Sequence[Hit | None]
) -> Iterator[tuple[Block, Hit | None]]:
    """The piece's sentences, those in a row joined that a sure rule hits and those that none does."""
    begin = 0
    for at in range(1, len(sentences) + 1):
        if at == len(sentences) or _sure(hits[at]) != _sure(hits[begin]):
            run = hits[begin:at]
            best = next((hit for hit in run if _sure(hit)), None) or next((hit for hit in run if hit), None)
            yield _joined(piece, sentences[begin], sentences[at - 1]), best
            begin = at


def _sure(hit: Hit | None) -> bool:
    return hit is not None and hit.sure


def _joined(whole: Block, first: Block, last: Block) -> Block:
    """The stretch of `whole` from one of its parts to another."""
    text = whole.text[first.start - whole.start : last.end - whole.start]
    return first._replace(text=text, start=first.start, end=last.end)


def rejoin(
    labelled: Sequence[LabelledBlock], lines: Sequence[int], blocks: Sequence[Block]
) -> list[LabelledBlock]:
    """Pieces of one block that follow each other with one label, put together; the rest as they are."""
    result: list[LabelledBlock] = []
    at = -1
    for current, line in zip(labelled, lines, strict=True):
        if result and line == at and result[-1].verdict.label == current.verdict.label:
            earlier = result[-1]
            result[-1] = earlier._replace(block=_joined(blocks[line], earlier.block, current.block))
        else:
            result.append(current)
        at = line
    return result
