"""Make scraped texts whose every character is known to be body, boilerplate or neither.

Comes in: the material of a language and a seed. Goes out: cases, each a text with spans. A case is a
body with one to four passages where sites have them: log-ins and menus on top, appeals and related
links between paragraphs, comments and imprints at the end, and some of them run together with the next
or the last paragraph, with a space or without one, as scrapers do that drop the line break. The same
seed always gives the same cases, so two runs can be compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import cycle, pairwise
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from tests.injection.material import LABELS, Body, Material, Passage, Split

Owner = Literal["body", "inserted", "near", "neither"]
Place = Literal["start", "between", "end"]

PLACES: Final = MappingProxyType[str, tuple[Place, ...]](
    {
        "donation": ("start", "between", "end"),
        "login": ("start", "end"),
        "newsletter": ("between", "end"),
        "notification": ("start", "between", "end"),
        "consent": ("start", "between", "end"),
        "paywall": ("between", "end"),
        "share": ("start", "between", "end"),
        "related": ("between", "end"),
        "comment": ("end",),
        "ad": ("start", "between", "end"),
        "media": ("start", "between"),
        "navigation": ("start", "end"),
        "legal": ("end",),
        "widget": ("between", "end"),
    }
)
"""Where real sites show each label."""

GLUED: Final = frozenset(
    {"donation", "login", "newsletter", "notification", "consent", "paywall", "comment", "share", "ad"}
)
"""Labels written in sentences, which run into prose when a line break is lost."""
TRAILING: Final = frozenset({"related"})
"""Labels whose lines of one row run on from the paragraph before, but not into the next."""

SENTENCE_END: Final = tuple(".!?…。！？؟")
MOST_PASSAGES: Final = 4
GLUE_SHARE: Final = 0.2
GLUES: Final = ("", " ")
"""What stands instead of a line break."""
DENSE: Final = frozenset({"ja", "zh"})
"""Languages that are written without spaces."""
HEADLINE_SHARE: Final = 0.3


class Span(NamedTuple):
    """Characters `start` to `end` of a case's text and whom they belong to."""

    start: int
    end: int
    owner: Owner
    label: str = "body"


class Case(NamedTuple):
    """One text to clean, and the truth about it."""

    language: str
    text: str
    spans: tuple[Span, ...]
    glued: bool = False


class Piece(NamedTuple):
    """A part of a case before its place in the text is known."""

    text: str
    owner: Owner
    label: str = "body"
    glue: str | None = None
    """What stands after this piece instead of a line break."""


def injected_cases(
    material: Material, split: Split | None = "test", rounds: int = 3, seed: int = 7
) -> Iterator[Case]:
    """Cases in which every passage of the split occurs at least `rounds` times."""
    rng = random.Random(f"{seed}-{material.language}")
    bodies = cycle(material.bodies)
    for _ in range(rounds):
        waiting = [p for p in material.passages if split is None or p.split == split]
        rng.shuffle(waiting)
        while waiting:
            chosen, waiting = _distinct(waiting, rng.randint(1, MOST_PASSAGES))
            yield _injected(material.language, next(bodies), chosen, rng)


def near_miss_cases(material: Material, seed: int = 7) -> Iterator[Case]:
    """Each near miss as a paragraph inside a body of its language."""
    rng = random.Random(f"{seed}-near-{material.language}")
    for near, body in zip(material.near_misses, cycle(material.bodies), strict=False):
        pieces = [Piece(text, "body") for text in body.paragraphs]
        pieces.insert(rng.randint(1, len(pieces) - 1), Piece(near, "near"))
        yield _joined(material.language, pieces, rng.choice(("\n", "\n\n")))


def clean_cases(material: Material) -> Iterator[Case]:
    """The bodies as they are: nothing may go."""
    for body in material.bodies:
        yield _joined(material.language, [Piece(text, "body") for text in body.paragraphs], "\n\n")


def _distinct(waiting: list[Passage], count: int) -> tuple[list[Passage], list[Passage]]:
    """The first `count` passages that differ in label, and the rest."""
    chosen: list[Passage] = []
    rest: list[Passage] = []
    for passage in waiting:
        taken = {other.label for other in chosen}
        (chosen if len(chosen) < count and passage.label not in taken else rest).append(passage)
    return chosen, rest


def _injected(language: str, body: Body, passages: list[Passage], rng: random.Random) -> Case:
    gaps: dict[int, list[Passage]] = {}
    last = len(body.paragraphs)
    for passage in sorted(passages, key=lambda p: LABELS.index(p.label)):
        place = rng.choice(PLACES[passage.label])
        gap = {"start": 0, "between": rng.randint(1, last - 1), "end": last}[place]
        gaps.setdefault(gap, []).append(passage)
    pieces: list[Piece] = []
    if rng.random() < HEADLINE_SHARE:
        pieces.append(Piece(body.title, "neither", "title"))
    for index in range(last + 1):
        pieces.extend(Piece(p.text, "inserted", p.label) for p in gaps.get(index, ()))
        if index < last:
            pieces.append(Piece(body.paragraphs[index], "body"))
    glues = ("",) if language in DENSE else GLUES
    for number, (piece, after) in enumerate(pairwise(pieces)):
        if _runs_on(piece, after) and rng.random() < GLUE_SHARE:
            pieces[number] = piece._replace(glue=rng.choice(glues))
    return _joined(language, pieces, rng.choice(("\n", "\n\n")))


def _runs_on(piece: Piece, after: Piece) -> bool:
    """Whether a piece may be run together with the one after it."""
    if "neither" in (piece.owner, after.owner) or piece.owner == after.owner:
        return False
    if not piece.text.endswith(SENTENCE_END):
        return False
    if piece.owner == "inserted":
        return piece.label in GLUED
    return after.label in GLUED or (after.label in TRAILING and "\n" not in after.text)


def _joined(language: str, pieces: list[Piece], separator: str) -> Case:
    text = ""
    spans: list[Span] = []
    for number, piece in enumerate(pieces):
        spans.append(Span(len(text), len(text) + len(piece.text), piece.owner, piece.label))
        is_last = number == len(pieces) - 1
        text += piece.text + ("" if is_last else separator if piece.glue is None else piece.glue)
    return Case(language, text, tuple(spans), any(piece.glue is not None for piece in pieces))
