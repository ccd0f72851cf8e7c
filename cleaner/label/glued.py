"""Paragraphs of a page that begin or end with a prompt: page in, its hits and the page without these out.

An appeal in the last sentence of a paragraph, or an editor's "Read more here", is no block of its own, and to
leave out the paragraph for it is to lose news. So where a rule is sure of a paragraph's first or last
sentences and not of the others, the paragraph is labelled by what else it says, and the hit is a mere hint.
If it is kept, the prompt is cut off; if not, it goes as a whole: captions and promotions say what they are
in one sentence of several, and must not come back in pieces. Prompts that no rule is sure of are told by
their words (`edges`), in the paragraphs that may be body.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress, groupby, takewhile
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.edges import (
    LEAST_PROSE,
    ODDS,
    EdgeReader,
    Prose,
    find_prose,
    first_words,
    has_edges,
    last_words,
    parted,
    promptlike,
)
from cleaner.label.features.characters import Columns
from cleaner.label.features.spelling import ROWS
from cleaner.label.naming import hit_blocks, points_elsewhere
from cleaner.label.pieces import cut_at_hits, joined
from cleaner.label.rules import Hit, as_hint, find_hits, spread
from cleaner.model import BODY, Block, LabelledBlock, Verdict
from cleaner.records import fields_of
from cleaner.segment.finding import element_there
from cleaner.segment.html import Fields, Page
from cleaner.segment.stops import last_stop

SHAPES: Final = frozenset(("paragraph", "item", "quote"))
PROMPTS: Final = frozenset((
    "donation", "login", "newsletter", "notification", "consent", "paywall", "related", "comment", "ad",
    "legal",
))  # fmt: skip
"""Labels of what is put into paragraphs. A credit is in its caption, and "follow us" mostly in what is said
of the author: of 270 blocks of the benchmark in which rules about these hit a sentence, six were news."""
MOSTLY_PROSE: Final = 0.3
"""Share of the block's characters that its prose has at the least. With .5 and 60 characters, made pages with
prompts in their paragraphs lose 16 of 1,000 characters of body instead of 10; real ones come out the same."""
LAST_WORDS: Final = 80
"""Characters of the longest sentence behind a prompt that is taken to be its last ("Every gift counts.")."""
LEAST_ODDS: Final = 2.4
"""Log-odds of being a prompt from which on sentences go by their words alone. It takes more than in a text,
for nothing judges them once more."""
LEAST_ODDS_MARKED: Final = 0.5
"""The same of sentences that are in a link or in bold type from the first to the last."""


class Part(NamedTuple):
    """A stretch of a block, and the rule that takes it for a prompt; None for prose."""

    block: Block
    hit: Hit | None


Parts = Sequence[Part]


class Glued(NamedTuple):
    """A block that holds a prompt beside its prose, as it stands on the page, and its parts in order."""

    whole: Block
    attrs: str
    parts: tuple[Part, ...]


class Searched(NamedTuple):
    """A page, its blocks' rule hits, and by their numbers the blocks that are there for their prose alone."""

    page: Page
    hits: list[Hit | None]
    glued: Mapping[int, Glued]


def search_page(page: Page) -> Searched:
    """The rule hits of a page, and the page with the prompts cut off for which a rule hits a paragraph."""
    hits = find_hits(page.fields.texts)
    asked = [i for i, hit in hit_blocks(hits) if hit.label in PROMPTS and _may_be_glued(page.blocks[i])]
    searched = _without_prompts(Searched(page, hits, {}), _found_by_rules(page, asked, hits))
    return searched._replace(hits=spread(searched.hits, searched.page.fields.texts))


def search_words(
    searched: Searched,
    numbers: npt.NDArray[np.intp],
    words: Columns,
    columns: Columns,
    reader: EdgeReader,
) -> Searched:
    """The same without other prompts in the blocks with these numbers.

    A rule that hits a sentence need not hit its paragraph, and most prompts are told by their words alone.
    `words` are columns of the words of these blocks, `columns` those of the characters of all.
    """
    page, hits, glued = searched
    places = [at for at, i in enumerate(numbers.tolist()) if i not in glued and _may_be_glued(page.blocks[i])]
    asked = numbers[places].tolist()
    if not asked:
        return searched
    texts = [page.blocks[i].text for i in asked]
    told = {name: words[name][places] for name in ODDS} | {name: columns[name][asked] for name in ROWS}
    likely = promptlike(texts, told, reader)
    found = _found_by_rules(page, [i for i in compress(asked, likely) if hits[i] is None], hits)
    for place, prose in find_prose(texts, likely, reader, LEAST_ODDS_MARKED).items():
        whole = page.blocks[asked[place]]
        confirmed = _confirmed(page, whole, prose)
        if confirmed.cuts(len(whole.text)):
            parts = [
                Part(part, None if is_prose else hit) for part, hit, is_prose in parted(whole, confirmed)
            ]
            found.setdefault(asked[place], parts)
    return _without_prompts(searched, found)


def _may_be_glued(block: Block) -> bool:
    return block.shape in SHAPES and has_edges(block.text)


def _confirmed(page: Page, whole: Block, prose: Prose) -> Prose:
    """The prose of a block without what is hardly likely to be a prompt and not in an element of its own."""
    if prose.begin and prose.before < LEAST_ODDS and not _is_marked(page, whole, whole.text[: prose.begin]):
        prose = prose._replace(begin=0)
    if prose.behind and prose.behind < LEAST_ODDS and not _is_marked(page, whole, whole.text[prose.end :]):
        prose = prose._replace(end=len(whole.text))
    return prose


def _is_marked(page: Page, whole: Block, words: str) -> bool:
    """Whether some words of a block are all that an inline element in it holds: a link, bold type."""
    places = page.elements.places
    if not places or whole.element < 0:
        return False
    flat = "".join(words.split())
    inside = element_there(page.markup, places[whole.element]).inside()
    return any("".join(element.text("").split()) == flat for element in inside)


def whole_page(
    page: Page, glued: Mapping[int, Glued], labelled: tuple[LabelledBlock, ...]
) -> tuple[Page, tuple[LabelledBlock, ...]]:
    """The page with all that stands on it, and its labelled blocks: prompts apart from prose that is body."""
    if not glued:
        return page, labelled
    entries: list[LabelledBlock] = []
    attrs: list[str] = []
    for number, entry in enumerate(labelled):
        if number not in glued:
            entries.append(entry)
            attrs.append(page.inline_attrs[number])
            continue
        whole, own, parts = glued[number]
        if entry.verdict.label == BODY:
            entries += (LabelledBlock(part.block, _verdict(part, entry.verdict)) for part in parts)
            attrs += (own if part.hit is not None else "" for part in parts)
        else:
            entries.append(LabelledBlock(whole, entry.verdict))
            attrs.append(own)
    placed = _in_a_row(entries)
    return _with_blocks(page, [entry.block for entry in placed], attrs), placed


def _in_a_row(entries: Sequence[LabelledBlock]) -> tuple[LabelledBlock, ...]:
    """The blocks with offsets into their own texts, joined by line feeds.

    The parts of a block have a line feed between them even where it had nothing there, so that what
    stands behind such a seam moves on.
    """
    placed: list[LabelledBlock] = []
    place = 0
    for entry in entries:
        block = entry.block
        end = place + len(block.text)
        if block.start != place or block.end != end:
            entry = LabelledBlock(block._replace(start=place, end=end), entry.verdict)
        placed.append(entry)
        place = end + 1
    return tuple(placed)


def _without_prompts(searched: Searched, found: Mapping[int, Parts]) -> Searched:
    """The page with the prose of those blocks in place of all their parts, and what hit them as a hint."""
    if not found:
        return searched
    page, hits, glued = searched.page, list(searched.hits), dict(searched.glued)
    blocks, attrs = list(page.blocks), list(page.inline_attrs)
    for number, parts in found.items():
        whole = blocks[number]
        glued[number] = Glued(whole, attrs[number], tuple(_share_links(whole, parts)))
        blocks[number] = next(part.block for part in glued[number].parts if part.hit is None)
        attrs[number] = ""  # what is named within the paragraph is the prompt, if anything
        hits[number] = as_hint(next(part.hit for part in parts if part.hit is not None))
    return Searched(_with_blocks(page, blocks, attrs), hits, glued)


def _verdict(part: Part, prose: Verdict) -> Verdict:
    return prose if part.hit is None else Verdict(part.hit.label, part.hit.rule, part.hit.evidence)


def _with_blocks(page: Page, blocks: Sequence[Block], attrs: list[str]) -> Page:
    return replace(page, blocks=tuple(blocks), fields=Fields(*fields_of(blocks)), inline_attrs=attrs)


def _found_by_rules(page: Page, asked: Sequence[int], hits: Sequence[Hit | None]) -> dict[int, Parts]:
    """The parts of those of the blocks asked about that hold a prompt beside prose, by their numbers."""
    blocks = page.blocks
    asked = _with_hits_at_ends(blocks, asked)
    found: dict[int, Parts] = {}
    if asked:
        everywhere = [True] * len(asked)
        cut = cut_at_hits([blocks[i] for i in asked], asked, [hits[i] for i in asked], everywhere)
        for number, group in groupby(zip(*cut, strict=True), lambda entry: entry[1]):
            pieces = [Part(piece, _surely(hit, piece, blocks[number])) for piece, _, hit in group]
            parts = _parts(blocks[number], pieces)
            if parts:
                found[number] = parts
    return found


def _with_hits_at_ends(blocks: Sequence[Block], numbers: Sequence[int]) -> list[int]:
    """Those of the blocks of which a rule hits the first or last words, with room for prose beside these.

    To find all their sentences would cost more.
    """
    ends = [(i, words) for i in numbers for words in _ends(blocks[i].text)]
    hits = find_hits([words for _, words in ends])
    told = {
        i
        for (i, words), hit in zip(ends, hits, strict=True)
        if hit is not None
        and hit.label in PROMPTS
        and len(blocks[i].text) - len(words) >= _least_prose(blocks[i])
    }
    return [i for i in numbers if i in told]


def _ends(text: str) -> tuple[str, str, str]:
    """About the first sentence of a text of several, the last, and the last two."""
    before = last_stop(text, last_stop(text, len(text) - 1) - 1)
    return first_words(text), last_words(text), text[before:].strip()


def _least_prose(whole: Block) -> float:
    """Characters of prose in a block that are worth keeping beside a prompt."""
    return max(LEAST_PROSE, MOSTLY_PROSE * len(whole.text))


def _surely(hit: Hit | None, piece: Block, whole: Block) -> Hit | None:
    """The hit of a piece, and a sure one of words such as "Read more", a colon, and a link."""
    if hit is None or not points_elsewhere(piece._replace(link_chars=whole.link_chars), hit):
        return hit
    return hit._replace(sure=True)


def _parts(whole: Block, pieces: Parts) -> Parts:
    """The prose of a block cut into pieces, and the prompts beside it; nothing if it has not both."""
    begin = _prompts(pieces)
    end = len(pieces) - _prompts(pieces[::-1])
    if end == len(pieces) and len(pieces[-1].block.text) <= LAST_WORDS:
        words = _prompts(pieces[-2::-1])
        end -= words + 1 if words else 0
    if begin >= end or end - begin == len(pieces):
        return ()
    prose = joined(whole, pieces[begin].block, pieces[end - 1].block)
    if len(prose.text) < _least_prose(whole):
        return ()
    parts = [Part(prose, None)]
    if begin:
        parts.insert(0, _prompt(whole, pieces[:begin]))
    if end < len(pieces):
        parts.append(_prompt(whole, pieces[end:]))
    return parts


def _prompts(pieces: Parts) -> int:
    """How many pieces from the first on are prompts, of one of which a rule is sure."""
    said = list(takewhile(lambda part: part.hit is not None and part.hit.label in PROMPTS, pieces))
    return len(said) if any(_is_sure(part) for part in said) else 0


def _is_sure(part: Part) -> bool:
    return part.hit is not None and part.hit.sure


def _prompt(whole: Block, pieces: Parts) -> Part:
    """The prompt that pieces make together, with the first sure hit in it."""
    sure = next(part for part in pieces if _is_sure(part))
    return Part(joined(whole, pieces[0].block, pieces[-1].block), sure.hit)


def _share_links(whole: Block, parts: Parts) -> Iterator[Part]:
    """The parts as blocks like the whole; links are taken to be in the prompts as far as these have room."""
    prompts = sum(len(part.block.text) for part in parts if part.hit is not None)
    linked = whole.link_chars or 0
    for text, start, end, hit in ((part.block.text, *part.block[1:3], part.hit) for part in parts):
        share = min(linked, prompts) * len(text) // prompts if hit is not None else max(0, linked - prompts)
        yield Part(whole._replace(text=text, start=start, end=end, link_chars=share), hit)
