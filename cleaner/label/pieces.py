"""Cut the blocks of a scraped text where a line may glue boilerplate to prose: blocks in, pieces out.

A seam (two sentences without a space between them) is always cut; between sentences a line is cut
only around those that a rule hits, since whole paragraphs are judged better than their sentences. The
neighbours of such a sentence are cut apart as well, for prompts have sentences that do not say what they
are. A line that holds a whole page is cut wherever something new may begin. Cutting decides nothing:
pieces of one line that get the same verdict are put together again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from cleaner.label.glances import capitals
from cleaner.label.rules import Hit, as_hint, find_hits, may_hold_hits, spread, without_quotations
from cleaner.model import Block, LabelledBlock
from cleaner.segment.dumps import is_dump, split_dump
from cleaner.segment.sentences import split_at_seams, split_sentences

MOST_SENTENCES: Final = 60
"""Sentences of a piece beyond which it is not cut at them: no paragraph has as many."""
MOST_PIECES: Final = 20_000
"""Pieces of a text from which on its lines are left whole: each costs time. As many lines are accepted."""
AROUND: Final = 2
"""Sentences on either side of one that a rule hits which are cut apart; those farther off stay together."""
STANDING_ALONE: Final = frozenset(("navigation", "widget", "other"))
"""Labels of what stands in a line of its own: their words also begin sentences of prose ("Powered by …")."""
LONGEST_OPENING: Final = 140
"""Characters of a sentence within a line that a rule about its beginning may hit; prose begins so, too."""
LEADING_ON: Final = frozenset(("related",))
"""Labels whose hints are reason enough to cut a line: "Read more:" is no sentence. For others it takes a sure
rule: of two thousand paragraphs of news, fifty have a sentence with a hint."""
QUESTIONS: Final = ("?", "？", "؟", ";")
"""What questions end with; the last is the Greek mark, at which no other sentence is cut."""
LONGEST_BUTTON: Final = 70
"""Characters within which the words of a button end that runs on into a sentence ("Listen to the article The
council ...")."""
SHORTEST_OPENING: Final = 16
"""Characters of the shortest: single words begin names and items ("Social Media Strategy: ...")."""
LEAST_BEHIND: Final = 60
"""Characters of the sentence behind it: a shorter one is no paragraph's."""
MOST_OPENINGS: Final = 6
"""Words before which such an end is looked for."""
MOST_BUTTONS: Final = 3
"""Buttons in a row that are looked for at the beginning of a line."""
RUNNING_ON: Final = frozenset(("navigation", "other", "related", "title"))
"""Labels of words that go on into names ("Home Secretary ...") or into what they announce."""
LONGEST_CUT: Final = 200_000
"""Characters of a line beyond which it is not cut at all: few pages have as many, and time stays bounded."""


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
        if len(block.text) > LONGEST_CUT or len(pieces) >= MOST_PIECES:
            parts: tuple[Block, ...] = (block,)
        else:
            parts = split_dump(block) if is_dump(block) else split_at_seams(block)
        pieces.extend(parts)
        lines.extend([number] * len(parts))
    for _ in range(MOST_BUTTONS):
        count = len(pieces)
        pieces, lines = _cut_openings(pieces, lines)
        if len(pieces) == count:
            break
    texts = [piece.text for piece in pieces]
    hits = find_hits(texts)
    asked = [hit is not None or murmurs for hit, murmurs in zip(hits, may_hold_hits(texts), strict=True)]
    if any(asked):
        pieces, lines, hits = cut_at_hits(pieces, lines, hits, asked)
    return Pieces(tuple(pieces), tuple(lines), tuple(spread(hits, [piece.text for piece in pieces])))


def _cut_openings(pieces: list[Block], lines: list[int]) -> tuple[list[Block], list[int]]:
    """The pieces, with a button's or heading's words cut off that run on into a sentence without a stop."""
    texts = [piece.text for piece in pieces]
    places = capitals(texts, SHORTEST_OPENING, LONGEST_BUTTON, MOST_OPENINGS, LEAST_BEHIND)
    hits = find_hits([pieces[number].text[:end] for number, end in places])
    ends: dict[int, int] = {}
    for (number, end), hit in zip(places, hits, strict=True):
        words = pieces[number].text[:end]
        # What a rule about beginnings says is only to be believed of a reading time.
        is_whole = hit is not None and (not hit.at_start or any(map(str.isdigit, words)))
        if hit is not None and hit.sure and is_whole and hit.label not in RUNNING_ON:
            ends.setdefault(number, end)
    if not ends or len(pieces) + len(ends) > MOST_PIECES:
        return pieces, lines
    cut: list[Block] = []
    cut_lines: list[int] = []
    for number, (piece, line) in enumerate(zip(pieces, lines, strict=True)):
        parts = _parted(piece, ends[number]) if number in ends else (piece,)
        cut.extend(parts)
        cut_lines.extend([line] * len(parts))
    return cut, cut_lines


def _parted(piece: Block, end: int) -> tuple[Block, Block]:
    behind = piece.text[end:].lstrip()
    first = piece._replace(text=piece.text[:end], end=piece.start + end)
    return first, piece._replace(text=behind, start=piece.end - len(behind))


def cut_at_hits(
    pieces: Sequence[Block], lines: Sequence[int], hits: Sequence[Hit | None], asked: Sequence[bool]
) -> tuple[list[Block], list[int], list[Hit | None]]:
    """The pieces, those `asked` about cut around sentences that rules hit, with their lines and hits."""
    parts: list[tuple[Block, ...]] = []
    room = MOST_PIECES - len(pieces)
    for piece, ask in zip(pieces, asked, strict=True):
        parts.append(_sentences(piece) if ask and room > 0 else ())
        room -= len(parts[-1])
    found = iter(find_hits([text for sentences in parts for text in _with_pairs(sentences)]))
    cut: list[tuple[Block, int, Hit | None]] = []
    for piece, line, hit, sentences in zip(pieces, lines, hits, parts, strict=True):
        if not sentences:
            cut.append((piece, line, hit))
            continue
        heard = _heard([next(found) for _ in sentences], [next(found) for _ in sentences[1:]])
        heard = _with_questions(sentences, _as_quoted(piece, sentences, heard))
        if hit is None:
            heard = [_within_line(*said) for said in zip(heard, sentences, strict=True)]
        if any(one is not None and (one.sure or one.label in LEADING_ON) for one in heard):
            cut.extend((part, line, part_hit) for part, part_hit in _runs(piece, sentences, heard))
        else:
            cut.append((piece, line, hit))
    return [part for part, _, _ in cut], [line for _, line, _ in cut], [hit for _, _, hit in cut]


def _as_quoted(piece: Block, sentences: Sequence[Block], hits: Sequence[Hit | None]) -> list[Hit | None]:
    """The hits of a piece's sentences, as mere hints where the sentence stands in a quotation of several."""
    own = without_quotations(piece.text) if any(map(_sure, hits)) else piece.text
    if own == piece.text:
        return list(hits)
    return [
        as_hint(hit) if own[sentence.start - piece.start : sentence.end - piece.start].isspace() else hit
        for hit, sentence in zip(hits, sentences, strict=True)
    ]


def _with_questions(sentences: Sequence[Block], hits: Sequence[Hit | None]) -> list[Hit | None]:
    """The hits of a piece's sentences, with those of its questions if all else in it is prompts.

    "Miss nothing?" and "What do you think?" are words of news; in one line with a prompt alone they open it.
    """
    heard = list(hits)
    silent = [at for at, hit in enumerate(hits) if not _sure(hit)]
    if len(silent) < len(hits) and all(sentences[at].text.endswith(QUESTIONS) for at in silent):
        for at in reversed(silent):
            answer = next((hit for hit in heard[at + 1 :] if _sure(hit)), None)
            if answer is not None:
                heard[at] = answer._replace(evidence=sentences[at].text)
    return heard


def _within_line(hit: Hit | None, sentence: Block) -> Hit | None:
    """What a rule says of a sentence of a line that it does not hit as a whole."""
    if hit is None or hit.label in STANDING_ALONE:
        return None
    too_long = hit.at_start and len(sentence.text) > LONGEST_OPENING
    return None if too_long else hit


def _sentences(piece: Block) -> tuple[Block, ...]:
    sentences = split_sentences(piece) if len(piece.text) <= LONGEST_CUT else ()
    return sentences if 1 < len(sentences) <= MOST_SENTENCES else ()


def _with_pairs(sentences: Sequence[Block]) -> list[str]:
    """The texts of sentences, then those of each two in a row: some rules ask for words of both."""
    texts = [sentence.text for sentence in sentences]
    return [*texts, *(f"{one} {other}" for one, other in pairwise(texts))]


def _heard(hits: list[Hit | None], of_pairs: Sequence[Hit | None]) -> list[Hit | None]:
    """What rules say of each sentence: its own hit, or that of a pair if it is sure and theirs are not."""
    heard = hits.copy()
    for at, hit in enumerate(of_pairs):
        if _sure(hit) and not _sure(hits[at]) and not _sure(hits[at + 1]):
            heard[at] = heard[at + 1] = hit
    return heard


def _runs(
    piece: Block, sentences: Sequence[Block], hits: Sequence[Hit | None]
) -> Iterator[tuple[Block, Hit | None]]:
    """The piece's sentences; those in a row are joined that have one label, or no hit in or near them."""
    begin = 0
    keys = [_key(hits, at) for at in range(len(hits))]
    for at in range(1, len(sentences) + 1):
        if at == len(sentences) or keys[at] != keys[begin]:
            yield joined(piece, sentences[begin], sentences[at - 1]), hits[begin]
            begin = at


def _key(hits: Sequence[Hit | None], at: int) -> object:
    """What sentences must have in common to be joined."""
    hit = hits[at]
    if hit is not None:
        return hit.label, hit.sure
    return at if any(hits[max(0, at - AROUND) : at + AROUND + 1]) else None


def _sure(hit: Hit | None) -> bool:
    return hit is not None and hit.sure


def joined(whole: Block, first: Block, last: Block) -> Block:
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
            result[-1] = earlier._replace(block=joined(blocks[line], earlier.block, current.block))
        else:
            result.append(current)
        at = line
    return result
