"""Labels for the blocks of a scraped text: blocks in, every block with a verdict out."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.label.labelling import Labelling
from cleaner.label.rules import find_hits, spread
from cleaner.model import BODY, Block, LabelledBlock, Verdict
from cleaner.segment.sentences import split_at_seams


def label_text(blocks: Sequence[Block]) -> Labelling:
    """The rules' opinion of a text that has at least one block."""
    pieces = [piece for block in blocks for piece in split_at_seams(block)]
    texts = [piece.text for piece in pieces]
    hits = spread(find_hits(texts), texts)
    labelled = tuple(
        LabelledBlock(
            piece,
            Verdict(hit.label, hit.rule, hit.evidence)
            if hit is not None and hit.sure
            else Verdict(BODY, "default/body"),
        )
        for piece, hit in zip(pieces, hits, strict=True)
    )
    return Labelling(labelled, "labeller", 0.9)
