"""An article in, the page as a reader at a terminal sees it out: what stayed, and what went and why.

The blocks stand in the order of their places, kept text plain, removed text dimmed and
indented under its label and rule, so that a wrong removal is seen where it hurts. Layout and
colour are left to rich, which knows the width of every character.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from cleaner.model import Article, Kept, Metadata, Removal
from cleaner.render.text import one_line
from cleaner.render.text import without_controls as _safe

if TYPE_CHECKING:
    from rich.console import RenderableType

_FIELDS: Final = tuple(field.name for field in fields(Metadata) if field.name != "provenance")
_REMOVED_INDENT: Final = 4


def explain(article: Article, colour: bool, width: int) -> str:
    """The report as text `width` columns wide; with `colour`, with the terminal's escape sequences."""
    from io import StringIO

    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=max(20, width),
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in _parts(article):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _parts(article: Article) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    yield _header(article)
    yield Rule(style="dim", characters="─")
    for entry in _in_order(article):
        if isinstance(entry, Kept):
            yield Text(_safe(one_line(entry)) + "\n")
            continue
        heading = Text.assemble((f"[{entry.label}]", "yellow"), (f" {_safe(entry.rule)}", "dim cyan"))
        if entry.evidence:
            heading.append(f"  “{_safe(entry.evidence)}”", "dim")
        yield Padding(heading, (0, 0, 0, _REMOVED_INDENT))
        yield Padding(Text(_safe(entry.text) + "\n", "dim"), (0, 0, 0, _REMOVED_INDENT))
    yield Rule(style="dim", characters="─")
    yield _footer(article)


def _in_order(article: Article) -> list[Kept | Removal]:
    entries: list[Kept | Removal] = [*article.body, *article.removed]
    return sorted(entries, key=lambda entry: (entry.start, entry.end))


def _header(article: Article) -> RenderableType:
    """The metadata that is known, each field with where it came from."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(style="dim", overflow="fold")
    for name in _FIELDS:
        value = _shown(article, name)
        if value:
            table.add_row(name, Text(_safe(value)), Text(_safe(article.provenance.get(name, ""))))
    table.add_row("extractor", article.extractor, f"confidence {article.confidence:.2f}")
    return table


def _shown(metadata: Metadata, name: str) -> str:
    value = getattr(metadata, name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _footer(article: Article) -> RenderableType:
    """How much was kept, and what share of the characters went under each label."""
    from rich.table import Table

    blocks: Counter[str] = Counter(removal.label for removal in article.removed)
    characters: Counter[str] = Counter()
    for removal in article.removed:
        characters[removal.label] += len(removal.text)
    kept = sum(len(entry.text) for entry in article.body)
    total = max(1, kept + characters.total())
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    for _ in range(2):
        table.add_column(justify="right", no_wrap=True)
    table.add_row("kept", _count(len(article.body)), f"{kept / total:.1%}", style="bold")
    for label, size in characters.most_common():
        table.add_row(label, _count(blocks[label]), f"{size / total:.1%}", style="dim")
    return table


def _count(blocks: int) -> str:
    return f"{blocks} block" if blocks == 1 else f"{blocks} blocks"
