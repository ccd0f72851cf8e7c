"""Read the invented material of one language.

Comes in: `<language>.toml` beside this module. Goes out: frozen records of passages (what sites put
into articles, by label), bodies (clean invented news) and near misses (news *about* donations,
cookies, log-ins, which must stay). The passages are split in two halves, so that something trained on
`train` can be judged on `test`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

Split = Literal["train", "test"]

FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))

LABELS: Final = (
    "donation",
    "login",
    "newsletter",
    "notification",
    "consent",
    "paywall",
    "share",
    "related",
    "comment",
    "ad",
    "media",
    "navigation",
    "legal",
    "widget",
)
"""Every removal label that sites put between, before or after the paragraphs of a body."""


class Passage(NamedTuple):
    """A piece of boilerplate as a scraper leaves it: one line or several."""

    label: str
    split: Split
    text: str


class Body(NamedTuple):
    """An invented article: headline and paragraphs, nothing else."""

    title: str
    paragraphs: tuple[str, ...]


class Material(NamedTuple):
    """All there is in one language."""

    language: str
    passages: tuple[Passage, ...]
    bodies: tuple[Body, ...]
    near_misses: tuple[str, ...]


@cache
def load(language: str) -> Material:
    """Material of `language` (a key of `LANGUAGES`)."""
    data = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return Material(
        language=data["language"],
        passages=tuple(Passage(row["label"], row["split"], row["text"]) for row in data["passages"]),
        bodies=tuple(Body(row["title"], tuple(row["paragraphs"])) for row in data["bodies"]),
        near_misses=tuple(row["text"] for row in data["near_misses"]),
    )
