"""What the user names as input, as one stream of tasks.

Paths, globs, folders and "-" come in; tasks go out, numbered and each with its place, so that a
job can start again behind any of them. Files are told apart by their names (standard input by
its first bytes) and read one record at a time: memory does not grow with them.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from cleaner.jobs.records import (
    Fields,
    InputKind,
    JobError,
    JsonLine,
    PageFile,
    Payload,
    Place,
    Row,
    Task,
    Unreadable,
)
from cleaner.jobs.streams import STDIN, need, open_stream
from cleaner.jobs.warc import read_warc

FORMATS: Final = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonlines": "jsonl", ".json": "jsonl",
    ".warc": "warc", ".wet": "warc",
    ".parquet": "parquet", ".pq": "parquet",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text",
}  # fmt: skip
"""Format by suffix; .gz and .zst may follow."""
PACKED: Final = (".gz", ".zst")
PARQUET_ROWS: Final = 64
"""Rows read at a time: at 200 KB a page, 13 MB."""

Located = tuple[Payload, int]
"""A payload, and how many bytes of its input were read by then."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of a job and how to read them. `names` are files, folders or "-", in order."""

    names: tuple[str, ...]
    fields: Fields = field(default_factory=Fields)
    kind: InputKind = "auto"

    @classmethod
    def find(cls, arguments: Sequence[str], fields: Fields, kind: InputKind) -> Inputs:
        """Expand globs and check that everything is there. Raises `JobError`."""
        names: list[str] = []
        for argument in arguments:
            if argument == STDIN or os.path.exists(argument):
                names.append(argument)
            elif glob.has_magic(argument):
                found = sorted(glob.glob(argument, recursive=True))
                names += [name for name in found if os.path.isfile(name)]
                if not found:
                    raise JobError(f"no file matches {argument}")
            else:
                raise JobError(f"no such file or folder: {argument}")
        for name in names:
            if name != STDIN and not os.path.isdir(name) and format_of(name) is None:
                known = " ".join(FORMATS)
                raise JobError(f"unknown kind of input: {name} (known: {known}, each also with .gz or .zst)")
        if names.count(STDIN) > 1:
            raise JobError("standard input can be read only once")
        return cls(tuple(names), fields, kind)

    def size(self) -> int | None:
        """Bytes of all inputs as they lie on disk; None when one is a folder or standard input."""
        if any(name == STDIN or not os.path.isfile(name) for name in self.names):
            return None
        return sum(os.path.getsize(name) for name in self.names)

    def identity(self) -> list[list[Any]]:
        """What must be the same when a job is taken up again: names, sizes, fields."""
        sizes = [os.path.getsize(name) if os.path.isfile(name) else -1 for name in self.names]
        fields = self.fields
        read_as = [fields.html, fields.text, fields.url, fields.id, self.kind]
        return [list(self.names), sizes, read_as]

    def tasks(self, after: Place, number: int) -> Generator[Task]:
        """The tasks behind a place, numbered from `number`."""
        before = sum(os.path.getsize(name) for name in self.names[: after.input] if os.path.isfile(name))
        for place in range(after.input, len(self.names)):
            done = after.record if place == after.input else -1
            name = self.names[place]
            read = 0
            for record, (payload, read) in enumerate(self.payloads(name)):
                if record > done:
                    yield Task(number, payload, Place(place, record, before + read))
                    number += 1
            before += os.path.getsize(name) if os.path.isfile(name) else read

    def payloads(self, name: str) -> Iterator[Located]:
        """The records of one input."""
        if name != STDIN and os.path.isdir(name):
            yield from self._folder(name)
            return
        kind = format_of(name)
        if kind in ("html", "text"):
            yield self._page(name, kind)
        elif kind == "parquet":
            yield from self._parquet(name)
        else:
            with open_stream(name) as (stream, meter):
                if kind == "warc" or (kind is None and stream.peek(5)[:5] == b"WARC/"):
                    for payload in read_warc(stream, name):
                        yield payload, meter.count
                else:
                    for payload in self._lines(stream, name):
                        yield payload, meter.count

    def _folder(self, folder: str) -> Iterator[Located]:
        read = 0
        for path, folders, files in os.walk(folder):
            folders.sort()
            for file in sorted(files):
                name = os.path.join(path, file)
                if format_of(name) is None:
                    continue
                inside = 0
                for payload, inside in self.payloads(name):
                    yield payload, read + inside
                read += inside

    def _page(self, name: str, kind: str) -> Located:
        size = os.path.getsize(name)
        taken_as: InputKind = self.kind if self.kind != "auto" else "text" if kind == "text" else "html"
        return PageFile(name, taken_as, size), size

    def _lines(self, stream: IO[bytes], name: str) -> Iterator[Payload]:
        number = 0
        try:
            for number, line in enumerate(stream, 1):
                if not line.isspace():
                    yield JsonLine(line, f"{name}:{number}", self.fields, self.kind)
        except (OSError, EOFError) as error:
            yield Unreadable(f"{name}:{number + 1}", f"damaged file: {error}")

    def _parquet(self, name: str) -> Iterator[Located]:
        parquet = need("pyarrow.parquet", "reading Parquet")
        arrow = need("pyarrow", "reading Parquet")
        size = os.path.getsize(name)
        try:
            file = parquet.ParquetFile(name)
        except (arrow.ArrowException, OSError) as error:
            raise JobError(f"cannot read {name}: {str(error).splitlines()[0]}") from None
        wanted = {self.fields.html, self.fields.text, self.fields.url, self.fields.id}
        columns = [column for column in file.schema_arrow.names if column in wanted]
        rows = max(1, file.metadata.num_rows)
        number = 0
        with file:
            for batch in file.iter_batches(PARQUET_ROWS, columns=columns):
                for values in batch.to_pylist():
                    number += 1
                    row = Row(values, f"{name}:{number}", self.fields, self.kind, _weight(values))
                    yield row, size * number // rows


def format_of(name: str) -> str | None:
    """The format that a file's name tells; None for standard input and unknown suffixes."""
    path = Path(name)
    if path.suffix.lower() in PACKED:
        path = path.with_suffix("")
    return FORMATS.get(path.suffix.lower())


def _weight(values: dict[str, Any]) -> int:
    return sum(len(value) for value in values.values() if isinstance(value, (str, bytes)))
