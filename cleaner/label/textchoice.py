"""Which pieces of a scraped text are body: chances and rule hits in, a flag for each piece out.

How much it takes to leave a piece out depends on the whole text: of a clean one, nothing is left out. In a
dirty one, sure rules overrule the labeller unless it is sure itself, and a line turns from prose to a prompt
only where that is likelier than not turning.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.label.features.characters import SENTENCE_END, Columns
from cleaner.label.forest import log_odds
from cleaner.label.labelling import best_f
from cleaner.label.lists import shared_chances, text_lists
from cleaner.label.pieces import Pieces
from cleaner.label.rules import Hit
from cleaner.segment.signs import DENSE_STOPS

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


CARE: Final = 0.92
"""Factor on the chance of being body from which a piece is kept, for a lost sentence is worse than a line too
many. Without it, the chance is the one that makes the expected F1 of the text highest."""
CARE_WITHIN: Final = 0.8
"""The same for a sentence of a line that was cut, which mostly goes on with what is beside it. From 0.92 to
0.5, made cases lose 3.6 to 2.7 of 1,000 characters of body, and 98.3 to 97.5 % of what was put in goes."""
SURELY: Final = 6.0
"""Log-odds against body of a piece that a sure rule hits, within its line."""
TURN: Final = 3.0
"""Log-odds that it costs a line to turn from prose to a prompt or back: prompts have several sentences, not
all of which say what they are. On real texts 1 to 5 do alike; in made ones 2 keeps a little more of both."""
TURN_AT_HIT: Final = 1.75
"""The same where a rule or its words tell the prompt at the turn, as they mostly do. With 1.5 and 2,
39 and 54 of 1,000 paragraphs lose prose beside an invented prompt instead of 45; of prompts in made cases 28
and 22 of 1,000 characters stay instead of 24."""
DOUBTLESS: Final = 0.03
"""Chance of being body below which a piece is surely none. A text without any such piece, and without a hit
of a sure rule, is clean: nothing in it is touched, for what is left are doubts."""
DOUBTLESS_LINE: Final = 0.2
"""The same for a byline or date line, and for a row of cells, which is a menu with bars between its words."""
LITTLE_DOUBT: Final = 0.05
"""Share of a text's words expected not to be body below which it is clean, whatever a line or two are."""
HOPELESS: Final = 0.02
"""Chance of being body of the least likely such line: below it, nothing speaks for a line."""
TWICE: Final = 0.5
"""Share of a piece that one beside it begins with too, from which both say the same, as a picture's text and
its caption do."""
UNLIKELY_TWICE: Final = 0.3
"""Chance of being body below which such a piece goes even from a clean text. So go 53 captions and the like
from 2,025 scraped texts, and three lines from 940 gold bodies."""
TEASER: Final = 0.95
"""Chance of being body from which a line stays that stands in the list below a heading like "Most read"."""
MOST_TEASERS: Final = 8
"""Lines of the longest such list."""
LONGEST_TEASER: Final = 30.0
"""Words of the longest of them; Thai and others have no full stop that tells a paragraph from a headline."""
LISTING: Final = frozenset(("related", "widget"))
"""Labels of headings that stand over lists."""
COMMENT: Final = 0.95
"""Chance of being body from which a piece stays that stands below a heading over readers' comments."""
MOSTLY: Final = 0.7
"""Share of the body's words that stand above such a heading; a button "Comments" stands anywhere."""
VETO: Final = 0.9
"""Chance of being body at which even a sure phrase rule gives way. The labeller has seen the hit, which costs
a piece most of its chance. Of 150,000 lines of golds and invented news rules hit eighty; with 0.7, prompts
of Chinese stay that articles about subscriptions sound like."""
_DENSE_STOPS: Final = tuple(DENSE_STOPS)
FRAGMENT: Final = 5.0
"""Words up to which a nameless fragment is taken for a menu's entry, not for a headline."""
USUAL_SENTENCE: Final = 30.0
"""Words of a piece from which on it speaks for more than one sentence, within its line."""
MOST_SPOKEN_FOR: Final = 3.0
"""Sentences that it speaks for at the most."""


def choose_kept(cut: Pieces, columns: Columns, chances: Floats) -> Flags:
    """Which pieces are body, by their chances, the state of the whole text, and the sure rules."""
    sure = np.array([hit is not None and hit.sure for hit in cut.hits]) & (chances < VETO)
    if not sure.any() and _is_clean(cut, columns, chances):
        return ~_said_twice(columns, chances)
    chances = shared_chances(chances, columns["words"], text_lists(cut.pieces))
    edge = 1 / (1 + math.exp(SURELY))
    care = np.where(_in_cut_line(cut), CARE_WITHIN, CARE)
    odds = log_odds(chances, edge) - log_odds(care * best_f(chances, columns["words"]) / 2, edge)
    odds[sure] = -SURELY
    kept = _line_by_line(cut, odds * np.clip(columns["words"] / USUAL_SENTENCE, 1, MOST_SPOKEN_FOR))
    if sure.any():
        kept &= ~_echoes(cut.hits, sure) | (chances >= VETO)
        kept &= ~_below_heading(cut, sure, columns) | (chances >= TEASER)
        kept &= ~_below_comments(cut, sure, columns, kept, chances) | (chances >= COMMENT)
    return kept


def _in_cut_line(cut: Pieces) -> Flags:
    """Which pieces share their line with others."""
    lines = np.array(cut.lines)
    _, place, count = np.unique(lines, return_inverse=True, return_counts=True)
    return np.asarray(count[place] > 1)


def _is_clean(cut: Pieces, columns: Columns, chances: Floats) -> bool:
    """Whether no piece is surely none of the body, or whether little of the text is in doubt at all."""
    lines = (columns["line_kind"] > 0) | np.array([piece.shape == "row" for piece in cut.pieces])
    if (chances >= np.where(lines, DOUBTLESS_LINE, DOUBTLESS)).all():
        return True
    words = columns["words"]
    doubt = 1 - float((chances * words).sum()) / max(float(words.sum()), 1.0)
    return doubt < LITTLE_DOUBT and float(chances.min()) >= HOPELESS


def _said_twice(columns: Columns, chances: Floats) -> Flags:
    """Which pieces are unlikely body and say what one beside them says."""
    return (columns["twin"] >= TWICE) & (columns["words"] >= FRAGMENT) & (chances < UNLIKELY_TWICE)


def _echoes(hits: Sequence[Hit | None], sure: Flags) -> Flags:
    """Which pieces have a hint of the label of a sure one, right beside it or beside others that have."""
    certain = sure.tolist()
    echoes = [False] * len(certain)
    numbers = range(len(certain))
    for order in (numbers, reversed(numbers)):
        label = ""
        for i in order:
            hit = hits[i]
            if hit is None:
                label = ""
            elif certain[i]:
                label = hit.label
            elif hit.label == label:
                echoes[i] = True
            else:
                label = ""
    return np.array(echoes)


def _line_by_line(cut: Pieces, odds: Floats) -> Flags:
    """Which pieces to keep by their log-odds, where sentences of one line turn into a prompt but seldom."""
    kept: Flags = odds >= 0
    begin = 0
    for end in range(1, len(odds) + 1):
        if end == len(odds) or not _follows(cut, end):
            if end - begin > 1:
                kept[begin:end] = _likeliest(odds[begin:end].tolist(), cut.hits[begin:end])
            begin = end
    return kept


def _follows(cut: Pieces, i: int) -> bool:
    """Whether a piece follows the one before it in its line as sentences do, not glued to it."""
    left, right = cut.pieces[i - 1], cut.pieces[i]
    apart = left.end < right.start or left.text.endswith(_DENSE_STOPS)
    return apart and cut.lines[i - 1] == cut.lines[i]


def _likeliest(odds: Sequence[float], hits: Sequence[Hit | None]) -> list[bool]:
    """The likeliest way to tell a line's body from the rest (Viterbi), with a cost for each turn."""
    body, rest = odds[0], 0.0
    turns: list[tuple[bool, bool]] = []
    for i in range(1, len(odds)):
        # On the prompt's side of a turn is this piece where one begins, the piece before where it ends.
        ending = rest - (TURN_AT_HIT if hits[i - 1] is not None else TURN)
        beginning = body - (TURN_AT_HIT if hits[i] is not None else TURN)
        turns.append((ending > body, beginning > rest))
        body, rest = max(body, ending) + odds[i], max(rest, beginning)
    kept = [body >= rest]
    for ended, began in reversed(turns):
        kept.append(kept[-1] != (ended if kept[-1] else began))
    return kept[::-1]


def _below_heading(cut: Pieces, sure: Flags, columns: Columns) -> Flags:
    """Which pieces are the lines without a full stop right below a sure heading of a list."""
    below = np.zeros(len(sure), dtype=np.bool_)
    line = columns["end_mark"] < SENTENCE_END
    left = 0
    for i, hit in enumerate(cut.hits):
        if sure[i] and hit is not None and hit.label in LISTING and line[i]:
            left = MOST_TEASERS
        elif left and line[i] and columns["words"][i] <= LONGEST_TEASER:
            left -= 1
            below[i] = True
        else:
            left = 0
    return below


def _below_comments(cut: Pieces, sure: Flags, columns: Columns, kept: Flags, chances: Floats) -> Flags:
    """Which pieces stand below a heading over readers' comments, which stands below most of the body.

    Where most of what is below is surely body, the article goes on below a mere prompt to write.
    """
    taken = columns["words"] * kept
    words, certain = np.cumsum(taken), np.cumsum(taken * (chances >= COMMENT))
    for i, hit in enumerate(cut.hits):
        over = (
            sure[i] and hit is not None and hit.label == "comment" and columns["end_mark"][i] < SENTENCE_END
        )
        goes_on = 2 * (certain[-1] - certain[i]) > words[-1] - words[i]
        if over and not goes_on and words[i] >= MOSTLY * words[-1]:
            return np.arange(len(kept)) > i
    return np.zeros(len(kept), np.bool_)
