"""The texts that the text labeller learns from: gold bodies and invented passages in, labelled pieces out.

Three kinds of text, since the labeller must know how dirty its input is. Scraped texts, as other tools
left them, labelled by alignment with the gold body. Clean texts, the gold bodies themselves, of
which nothing may go. And mixed texts: clean bodies with a few passages put into them, taken from the
margins of other pages or from invented material in twenty languages, now and then glued to a
paragraph, with a space or without one. Whatever goes into a mixed text is of the same fold as its
body, so that no site and no passage is in training and in test at once.
"""

from __future__ import annotations

import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.label.pieces import Pieces, cut_pieces
from cleaner.metadata.language import choose_language
from cleaner.model import Block
from cleaner.segment.dumps import LONGEST_PARAGRAPH
from cleaner.segment.sentences import sentence_spans
from cleaner.segment.text import segment_text
from cleaner.train.align import body_shares, tokens
from cleaner.train.folds import fold_of
from cleaner.train.texts_pages import FOLDED

LONGEST_JUNK: Final = 400
"""Characters of a line that may serve as junk: longer ones may be another article's prose."""
MOST_PASSAGES: Final = 5
DUMPED: Final = (5, 25)
"""Fewest and most passages that stand around a body besides where the whole page was taken."""
GLUED: Final = 0.45
"""Share of passages that are run together with the paragraph after or before them."""
SPACED: Final = 0.6
"""Share of these that have a space between."""
APART: Final = 0.5
"""Share of passages of several short lines whose lines stand as far apart as paragraphs do."""
SHORT_LINE: Final = 100
"""Characters; a passage with a longer line, an appeal for instance, is set in paragraphs always."""
HEADED: Final = 0.3
"""Share of mixed texts that begin with their headline."""
OWN_LANGUAGE: Final = 0.85
"""Share of passages in the language of the body."""
SHORTENED: Final = 0.5
"""Share of mixed texts of a stretch of the body only, so that any paragraph may be its first or last."""
FEWEST_PARAGRAPHS: Final = 3
"""Paragraphs of the shortest stretch."""
BROKEN: Final = 0.1
"""Share of paragraphs that are set as one line a sentence: a short line is not boilerplate for that."""
JOINED: Final = 0.1
"""Share of paragraphs that are run together with the next: what news says of prompts stands in them, too."""
STOPS: Final = ".!?。！？"
"""What ends a paragraph that something is run together with."""
INVENTED: Final = 0.5
"""Share of invented passages in bodies of languages that have some."""


class LabelledText(NamedTuple):
    """One text to learn from; `shares` says how much of each piece is body, -1 where nobody knows."""

    key: str
    site: str
    kind: str
    body: str
    pieces: Pieces
    shares: npt.NDArray[np.float32]
    fold: int


class Junk(NamedTuple):
    """Something that sites put around articles, of one line or several; `label` is empty where unknown."""

    fold: int
    language: str
    text: str
    label: str = ""


class CleanText(NamedTuple):
    """A body without anything around it, as it came and by its paragraphs."""

    key: str
    site: str
    language: str
    title: str
    text: str
    paragraphs: tuple[str, ...]
    fold: int


Cutter = Callable[[Sequence[Block], int], Pieces]
"""Cuts the blocks of a text of a fold into pieces."""


def cut_by_rules(blocks: Sequence[Block], fold: int) -> Pieces:
    """The pieces that the rules make, in any fold."""
    return cut_pieces(blocks)


def scraped_texts(
    rows: Iterable[Mapping[str, Any]], sites: Mapping[str, str], cut: Cutter
) -> Iterator[LabelledText]:
    """Texts that other tools scraped, from rows with `scraped`, `scraper` and `body`."""
    for row in rows:
        if not row.get("body") or not row["scraped"].strip():
            continue
        key = row["key"]
        site = row.get("domain") or sites.get(key.partition("@")[0]) or key
        pieces = cut(segment_text(row["scraped"]), fold_of(site))
        shares = _aligned([piece.text for piece in pieces.pieces], row["body"])
        yield LabelledText(key, site, row["scraper"], row["body"], pieces, shares, fold_of(site))


def _aligned(texts: Sequence[str], body: str) -> npt.NDArray[np.float32]:
    """Shares by alignment; a line that stands in the body at another place counts as unknown."""
    shares = np.array(body_shares(texts, body), np.float32)
    flat = " " + " ".join(tokens(body)) + " "
    for i, text in enumerate(texts):
        if shares[i] < 0.5 and (words := tokens(text)) and len(words) > 3 and f" {' '.join(words)} " in flat:
            shares[i] = -1.0
    return shares


def clean_bodies(rows: Iterable[Mapping[str, Any]]) -> Iterator[CleanText]:
    """The gold bodies of page rows."""
    for row in rows:
        body = row.get("body") or ""
        if body.strip():
            found = choose_language([], body)
            paragraphs = tuple(block.text for block in segment_text(body))
            site = row.get("domain") or row["key"]
            title, language = row.get("title") or "", found[0] if found else ""
            yield CleanText(row["key"], site, language, title, body, paragraphs, fold_of(site))


def folded_bodies(bodies: Iterable[CleanText]) -> Iterator[CleanText]:
    """Some of the bodies as one line each, of those that make one which no paragraph is as long as."""
    for body in bodies:
        line = " ".join(body.text.split())
        if len(line) > LONGEST_PARAGRAPH and zlib.crc32(body.key.encode()) % FOLDED == 0:
            yield body._replace(text=line, paragraphs=(line,))


def margins(texts: Iterable[LabelledText], languages: Mapping[str, str]) -> Iterator[Junk]:
    """Runs of lines that are not body, from scraped texts."""
    for text in texts:
        run: list[str] = []
        language = languages.get(text.key.partition("@")[0], "")
        for piece, share in zip(text.pieces.pieces, text.shares, strict=True):
            if share == 0 and len(piece.text) <= LONGEST_JUNK:
                run.append(piece.text)
            if run and (
                share != 0 or len(piece.text) > LONGEST_JUNK or len(run) > 1 + zlib.crc32(run[0].encode()) % 5
            ):
                yield Junk(text.fold, language, "\n".join(run))
                run = []


def clean_text(body: CleanText, cut: Cutter) -> LabelledText:
    """The body alone: all of it stays, some paragraphs further apart than others or not."""
    pieces = cut(segment_text(body.text), body.fold)
    shares = np.ones(len(pieces.pieces), np.float32)
    return LabelledText(body.key, body.site, "clean", body.text, pieces, shares, body.fold)


class Mixer:
    """Makes mixed texts of bodies and junk; the same seed makes the same texts."""

    def __init__(self, found: Iterable[Junk], invented: Iterable[Junk], cut: Cutter, seed: int) -> None:
        self._random = random.Random(seed)
        self._cut = cut
        self._found = by_fold_and_language(found)
        self._invented = by_fold_and_language(invented)

    def mix(self, body: CleanText, only_invented: bool = False, dumped: bool = False) -> LabelledText:
        """The body with one to five passages in it, as a scraper would leave it.

        One that is `dumped` has many more above and below it, as of a page of which all text was taken.
        """
        rng = self._random
        body = self._varied(body)
        gaps: dict[int, list[str]] = defaultdict(list)
        last = len(body.paragraphs)
        places = places_within(last, rng)
        if dumped:
            places += places_around(last, rng)
        for place in places:
            junk = self._choose(body.fold, body.language, only_invented)
            if junk is not None:
                gaps[place].append(junk.text)
        parts: list[tuple[str, bool]] = []
        if body.title and rng.random() < HEADED:
            parts.append((body.title, False))
        for index in range(last + 1):
            parts.extend((text, False) for text in gaps.get(index, ()))
            if index < last:
                parts.append((body.paragraphs[index], True))
        return self._joined(body, parts)

    def _varied(self, body: CleanText) -> CleanText:
        """The body, perhaps only a stretch of it, some of its paragraphs broken into sentences or joined."""
        rng = self._random
        paragraphs = body.paragraphs
        if len(paragraphs) > FEWEST_PARAGRAPHS and rng.random() < SHORTENED:
            size = rng.randint(FEWEST_PARAGRAPHS, len(paragraphs))
            start = rng.randint(0, len(paragraphs) - size)
            paragraphs = paragraphs[start : start + size]
        lines: list[str] = []
        for paragraph in paragraphs:
            if rng.random() < BROKEN:
                lines += [paragraph[begin:end].strip() for begin, end in sentence_spans(paragraph)]
            elif lines and rng.random() < JOINED and lines[-1][-1:] in STOPS:
                lines[-1] = f"{lines[-1]} {paragraph}"
            else:
                lines.append(paragraph)
        return body._replace(paragraphs=tuple(lines))

    def _choose(self, fold: int, language: str, only_invented: bool) -> Junk | None:
        rng = self._random
        invented = only_invented or ((fold, language) in self._invented and rng.random() < INVENTED)
        shelf = self._invented if invented else self._found
        return chosen_junk(shelf, fold, language, rng)

    def _joined(self, body: CleanText, parts: Sequence[tuple[str, bool]]) -> LabelledText:
        rng = self._random
        separator = rng.choice(("\n", "\n\n"))
        text, owners = "", []
        for number, (part, is_body) in enumerate(parts):
            part = part if is_body else self._set(part, separator)
            following = parts[number + 1 : number + 2]
            glue = (
                bool(following) and following[0][1] != is_body and rng.random() < GLUED and part[-1] in STOPS
            )
            space = " " if rng.random() < SPACED else ""
            after = space if glue else separator if following else ""
            text += part + after
            owners += [is_body] * len(part) + [is_body] * len(after)
        pieces = self._cut(segment_text(text), body.fold)
        shares = np.array([float(np.mean(owners[p.start : p.end])) for p in pieces.pieces], np.float32)
        shares[(shares > 0.1) & (shares < 0.9)] = -1.0
        wanted = "\n\n".join(body.paragraphs)
        return LabelledText(body.key, body.site, "mixed", wanted, pieces, shares, body.fold)

    def _set(self, passage: str, separator: str) -> str:
        """A passage of several lines as the text is set, or with its lines close together."""
        lines = passage.split("\n")
        apart = max(map(len, lines)) > SHORT_LINE or self._random.random() < APART
        return (separator if apart else "\n").join(lines)


def places_within(last: int, rng: random.Random) -> list[int]:
    """Places of one to five passages between the paragraphs of a body, of which `last` is behind all."""
    return [rng.choice((0, last, rng.randint(0, last))) for _ in range(rng.randint(1, MOST_PASSAGES))]


def places_around(last: int, rng: random.Random) -> list[int]:
    """Places of the many passages above and below a body of whose page all was taken."""
    return rng.choices((0, last), k=rng.randint(*DUMPED))


Shelf = Mapping[tuple[int, str], Sequence[Junk]]
"""Passages by fold and language."""


def by_fold_and_language(junk: Iterable[Junk]) -> Shelf:
    """Passages as `chosen_junk` chooses from them."""
    shelf: dict[tuple[int, str], list[Junk]] = defaultdict(list)
    for one in junk:
        shelf[one.fold, one.language].append(one)
    return dict(shelf)


def chosen_junk(shelf: Shelf, fold: int, language: str, rng: random.Random) -> Junk | None:
    """A passage of a fold, mostly in the language asked for; None if the fold has none."""
    own = shelf.get((fold, language))
    if own and rng.random() < OWN_LANGUAGE:
        return rng.choice(own)
    others = [key for key in shelf if key[0] == fold]
    return rng.choice(shelf[rng.choice(others)]) if others else None
