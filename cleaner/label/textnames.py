"""Names for the pieces of a scraped text that no rule has named: verdicts with gaps in, without gaps out.

What is left out without a word that tells what it is takes its name from what stands beside it, from its
place at the head, or from its shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleaner.label.features.characters import SENTENCE_END, Columns
from cleaner.label.naming import NAMELESS
from cleaner.label.pieces import Pieces
from cleaner.label.textchoice import FRAGMENT
from cleaner.model import BODY, Block, Verdict

SPREADING: Final = frozenset(
    ("donation", "newsletter", "consent", "paywall", "login", "notification", "legal", "comment")
)
"""What is written in several sentences, not all of which say what they are."""


def name_by_place(cut: Pieces, verdicts: Sequence[Verdict | None], columns: Columns) -> list[Verdict]:
    """The verdicts, with the names that place and shape give the pieces that no words have named."""
    named: list[Verdict] = []
    above = ""
    inside = False
    for i, known in enumerate(verdicts):
        if known is not None:
            above, inside = known.label, inside or known.label == BODY
        elif above in ("byline", "dateline") or _begins_neighbour(cut.pieces, verdicts, i):
            known = Verdict("media", "place/caption", "at the head or over its own repetition")
        elif i and cut.lines[i] == cut.lines[i - 1] and named[-1].label in SPREADING:
            known = Verdict(named[-1].label, "place/beside", "in one line with it")
        elif beside := _prompt_beside(cut, verdicts, i, columns):
            known = Verdict(beside, "place/beside", "beside one that a rule names")
        elif columns["end_mark"][i] < SENTENCE_END and columns["words"][i] < FRAGMENT:
            known = Verdict("navigation", "shape/short-line")
        elif columns["end_mark"][i] < SENTENCE_END and inside:
            known = Verdict("related", "shape/headline")
        else:
            known = NAMELESS
        named.append(known)
    return named


def _begins_neighbour(pieces: Sequence[Block], verdicts: Sequence[Verdict | None], i: int) -> bool:
    """Whether a piece begins like the nameless one before it, or the one after it like this one."""
    text = pieces[i].text
    if i and verdicts[i - 1] is None and text.startswith(pieces[i - 1].text):
        return True
    return i + 1 < len(pieces) and verdicts[i + 1] is None and pieces[i + 1].text.startswith(text)


def _prompt_beside(cut: Pieces, verdicts: Sequence[Verdict | None], i: int, columns: Columns) -> str | None:
    """The label of a prompt that the piece is part of: of what follows in its line, else stands beside it.

    A sentence goes with the one prompt beside it. A line without a full stop is a heading or the end of
    one only where it stands between named pieces; among other nameless lines it is one of a list.
    """
    prompts: list[str] = []
    lonely = True
    for j in (i + 1, i - 1):  # a heading belongs to what comes below it
        side = verdicts[j] if 0 <= j < len(verdicts) else None
        lonely &= side is not None or not 0 <= j < len(verdicts)
        if side is not None and side.label in SPREADING:
            if cut.lines[j] == cut.lines[i]:
                return side.label
            prompts.append(side.label)
    if columns["end_mark"][i] >= SENTENCE_END:
        return prompts[0] if len(set(prompts)) == 1 else None
    long_enough = columns["words"][i] >= FRAGMENT
    return prompts[0] if prompts and lonely and long_enough else None
