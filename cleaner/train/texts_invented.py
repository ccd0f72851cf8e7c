"""The invented material that the labellers learn from: folders in, boilerplate and news like it out.

Real labelled pages are English for the most part. What sites of other languages say is therefore written down
in the project: passages and near misses in whole articles, lines that rules hit or just miss, prompts as
publishers and their plug-ins word them, and articles that do not look like reports (listings, live blogs,
recipes, letters, results). Each line belongs to one fold, so that what is learned of its words is tried on
lines that were not seen.
"""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from cleaner.label.phrasebook import sections
from cleaner.segment.markdown import read_markdown
from cleaner.train.folds import FOLDS, fold_of
from cleaner.train.texts_corpus import CleanText, Junk

NEAR_MISSES: Final = 4
"""Near misses put into one invented body."""
NEAR: Final = "near"
"""Section of a file of prompts with news that uses their words."""
LINE_END: Final = " ¶ "
"""Where a prompt of several lines goes on with the next: a file of prompts has one prompt a line."""


LEFT_TO_TESTS: Final = 4
"""One article in so many is not learned from."""


class Folders(NamedTuple):
    """Where the material is, a file a language: `passages` has bodies, near misses and passages, of which
    every second body and near miss and half of the passages are left to the tests; `examples` lines
    that rules hit or just miss; `prompts` lines by label and, under `near`, lines of news; `articles` whole
    articles, one a line, of which every fourth is left to the tests.
    """

    passages: Path
    examples: Path
    prompts: Path
    articles: Path


class Invented(NamedTuple):
    """Bodies with near misses in them, whole articles, and lines of either kind by themselves."""

    bodies: tuple[CleanText, ...]
    articles: tuple[CleanText, ...]
    junk: tuple[Junk, ...]
    near: tuple[Junk, ...]


def invented_material(folders: Folders) -> Invented:
    """All that was invented, in the order of the languages."""
    bodies: list[CleanText] = []
    articles: list[CleanText] = []
    junk: list[Junk] = []
    near: list[Junk] = []
    for path in sorted(folders.passages.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        passages = [row for row in data["passages"] if row["split"] == "train"]
        hits = [(row["label"], row["text"].strip("\n")) for row in passages]
        missed = [row["text"] for row in data["near_misses"]][::2]
        for source in (
            _examples(folders.examples / path.name),
            read_prompts(folders.prompts / f"{path.stem}.txt"),
        ):
            for label, line in source:
                if label == NEAR:
                    missed.append(line)
                else:
                    hits.append((label, line))
        own = [_lone(data["language"], text) for text in missed]
        bodies += _bodies(data, own)
        learned, _ = parted(read_articles(folders.articles / f"{path.stem}.txt"))
        articles += learned
        own += [Junk(article.fold, article.language, "\n".join(article.paragraphs)) for article in learned]
        junk += [_lone(data["language"], text, label) for label, text in hits]
        near += own
    return Invented(tuple(bodies), tuple(articles), tuple(junk), tuple(near))


def _lone(language: str, text: str, label: str = "") -> Junk:
    return Junk(fold_of(f"passage/{language}/{text}"), language, text, label)


def _bodies(data: dict[str, Any], near: list[Junk]) -> Iterator[CleanText]:
    """Every second body of a language, each with the near misses of a fold, a few at a time."""
    language = data["language"]
    for number, body in enumerate(data["bodies"][::2]):
        for fold in range(FOLDS):
            lines = [line.text for line in near if line.fold == fold]
            for start in range(0, len(lines), NEAR_MISSES):
                paragraphs = [*body["paragraphs"]]
                for line in lines[start : start + NEAR_MISSES]:
                    place = 1 + zlib.crc32(line.encode()) % (len(paragraphs) - 1)
                    paragraphs[place:place] = line.split("\n")
                site = f"invented/{language}/{number}"
                text = "\n\n".join(paragraphs)
                yield CleanText(site, site, language, body["title"], text, tuple(paragraphs), fold)


def _examples(path: Path) -> Iterator[tuple[str, str]]:
    """The lines that the rules of a language hit, by label, and those of news that they must not hit."""
    if path.exists():
        for label, section in tomllib.loads(path.read_text(encoding="utf-8")).items():
            yield from ((label, line) for line in section.get("hits", ()))
            yield from ((NEAR, line) for line in section.get("near", ()))


def read_prompts(path: Path) -> Iterator[tuple[str, str]]:
    """The passages of a file of prompts with their labels, `NEAR` for news; none if there is no such file."""
    if path.exists():
        for label, lines in sections(path.read_text(encoding="utf-8")):
            yield from ((label, line.replace(LINE_END, "\n")) for line in lines)


def read_articles(path: Path) -> list[CleanText]:
    """The articles of a file that is named for their language: a headline and the body's lines, parted by ¶.

    Markdown is read as a reader sees it, for so it is when a text is cleaned.
    """
    articles: list[CleanText] = []
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines):
        title, *paragraphs = line.split(LINE_END)
        reading = read_markdown("\n\n".join(paragraphs))
        text = reading.plain if reading else "\n\n".join(paragraphs)
        key = f"invented/article/{path.stem}/{number}"
        blocks = tuple(text.split("\n\n"))
        articles.append(CleanText(key, key, path.stem, title, text, blocks, fold_of(key)))
    return articles


def parted(articles: Sequence[CleanText]) -> tuple[list[CleanText], list[CleanText]]:
    """The articles to learn from, and those that are left to the tests."""
    kept = [article for number, article in enumerate(articles) if number % LEFT_TO_TESTS]
    return kept, list(articles[::LEFT_TO_TESTS])
