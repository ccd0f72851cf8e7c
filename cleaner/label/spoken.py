"""Whether a rule speaks for a whole paragraph of a page or for a sentence of it: block and hit in, yes or no.

A rule about words anywhere in a block is asked about the block as a whole, and two common words of one
sentence would take a paragraph of news along. What a rule says holds for the sentences that it hits, so a
paragraph goes by it only where these are a good part of it.
"""

from __future__ import annotations

from typing import Final

from cleaner.label.pieces import cut_at_hits
from cleaner.label.rules import Hit
from cleaner.model import Block

GOOD_PART: Final = 1 / 3
"""Share of a paragraph's characters in sentences that sure rules hit from which on it is a prompt: not all of
a prompt's sentences say what they are. With .36, made pages keep one in two hundred prompts more."""


def speaks_for_all(block: Block, hit: Hit) -> bool:
    """Whether sure rules hit much of a block: its only sentence, or sentences that make up a good part of it.

    Words of sentences that are not neighbours tell none apart, and speak for the whole.
    """
    pieces, _, hits = cut_at_hits([block], [0], [hit], [True])
    said = sum(
        len(piece.text) for piece, own in zip(pieces, hits, strict=True) if own is not None and own.sure
    )
    return said >= GOOD_PART * len(block.text)
