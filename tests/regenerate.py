"""Read the fixtures, and rewrite what they expect from what the cleaner does now.

Comes in: folders `fixtures/<category>--<name>/` with a source and three expectations. Goes out: the
same folders, their expectations rewritten. This is the only thing that writes an expectation, and it
runs only when asked to; read the diff before committing it, because it makes any output the truth.

    python -m tests.regenerate [NAME…]

`expected.json` keeps the fields it names, `removed.jsonl` keeps the texts it names; a folder that has
only a source gets everything.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import cleaner
from cleaner.model import Article, Removal, article_like

ROOT: Final = Path(__file__).parent.parent / "fixtures"
FIELDS: Final = ("title", "authors", "published", "modified", "language", "site_name", "url", "description")


class Expected(NamedTuple):
    """A block that the ledger must have, with its label."""

    text: str
    label: str


@dataclass(frozen=True)
class Fixture:
    """A folder of source and expectations."""

    folder: Path

    @property
    def name(self) -> str:
        """Name of the folder: category, two hyphens, name."""
        return self.folder.name

    @property
    def kind(self) -> Literal["html", "text"]:
        """What the source is, told by its file name."""
        return "html" if (self.folder / "source.html").exists() else "text"

    @property
    def source(self) -> bytes:
        """The source as it came."""
        return (self.folder / ("source.html" if self.kind == "html" else "source.txt")).read_bytes()

    @property
    def text(self) -> str:
        """The expected body; empty for pages that are no article."""
        return (self.folder / "expected.txt").read_text(encoding="utf-8").removesuffix("\n")

    @property
    def metadata(self) -> dict[str, Any]:
        """The expected fields; fields that are not named are not checked."""
        loaded: dict[str, Any] = json.loads((self.folder / "expected.json").read_text(encoding="utf-8"))
        return loaded

    @property
    def removed(self) -> tuple[Expected, ...]:
        """Blocks that must be in the ledger; it may have others."""
        lines = (self.folder / "removed.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        return tuple(Expected(row["text"], row["label"]) for row in rows)

    def clean(self) -> Article:
        """The article the cleaner makes of the source."""
        return cleaner.clean(self.source, kind=self.kind)


def fixtures() -> list[Fixture]:
    """All fixtures by name."""
    return [Fixture(folder) for folder in sorted(ROOT.iterdir()) if folder.is_dir()]


def flat(text: str) -> str:
    """The text with runs of white space as one space."""
    return " ".join(text.split())


def rewrite(fixture: Fixture) -> None:
    """Make what the cleaner does now the expectation."""
    article = fixture.clean()
    folder = fixture.folder
    named = (folder / "expected.json").exists()
    fields = tuple(fixture.metadata) if named else FIELDS
    values = {field: article.to_dict()[field] for field in fields}
    wanted = {flat(e.text) for e in fixture.removed} if (folder / "removed.jsonl").exists() else None
    kept = [r for r in article.removed if wanted is None or flat(r.text) in wanted]
    _write(folder / "expected.txt", article.text + "\n" if article_like(article) else "")
    _write(folder / "expected.json", json.dumps(values, ensure_ascii=False, indent=2) + "\n")
    _write(folder / "removed.jsonl", "".join(_line(removal) for removal in kept))


def _line(removal: Removal) -> str:
    row = {"text": flat(removal.text), "label": removal.label, "rule": removal.rule}
    return json.dumps(row, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def main(argv: Sequence[str] | None = None) -> None:
    """Command line: all fixtures, or those named."""
    parser = argparse.ArgumentParser(prog="python -m tests.regenerate", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="folder names; all when none is given")
    names = parser.parse_args(argv).names
    known = {fixture.name: fixture for fixture in fixtures()}
    unknown = [name for name in names if name not in known]
    if unknown:
        parser.error(f"no such fixture: {', '.join(unknown)}")
    for name in names or known:
        rewrite(known[name])
        print(name)


if __name__ == "__main__":
    main()
