"""What the user names as input, as one stream of tasks.

Paths, globs, folders and "-" come in; tasks go out, numbered and each with its place, so that a
job can start again behind any of them. Files are told apart by their names (standard input by
its first bytes) and read one record at a time: memory does not grow with them. A file that cannot
be read is one bad record, at its place.
"""

from __future__ import annotations

import errno
import glob
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Any, Final, Literal

from cleaner.foreign import is_json
from cleaner.jobs.files import all_in, matching, size_of, waits
from cleaner.jobs.json_lines import opens_as_json_lines, read_json_lines
from cleaner.jobs.records import (
    Fields,
    InputKind,
    JobError,
    PageFile,
    Payload,
    Place,
    Row,
    Task,
    Unreadable,
    reason_of,
)
from cleaner.jobs.streams import STDIN, is_standard_input, need, open_stream, shown
from cleaner.jobs.warc import read_warc
from cleaner.read import MAX_SIZE

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
    left: tuple[str, ...] = ()
    """What patterns matched of unknown kinds, and is not read."""

    @classmethod
    def find(cls, arguments: Sequence[str], fields: Fields, kind: InputKind) -> Inputs:
        """Expand globs and check that everything is there. Raises `JobError`."""
        names: list[str] = []
        left: list[str] = []
        for argument in arguments:
            if argument == STDIN or os.path.exists(argument):
                if os.path.isdir(argument) and not os.access(argument, os.R_OK | os.X_OK):
                    raise JobError(f"cannot read the folder {argument}: {os.strerror(errno.EACCES)}")
                names.append(argument)
            elif "://" in argument:
                raise JobError(f"no file: {argument}; only `cleaner clean` fetches addresses, one by one")
            elif glob.has_magic(argument):
                found = matching(argument)
                read = [name for name in found if os.path.isdir(name) or format_of(name) is not None]
                names += read
                left += sorted(set(found).difference(read))
            else:
                raise JobError(_why_not(argument))
        if names.count(STDIN) > 1:
            raise JobError("standard input can be read only once")
        inputs = cls(tuple(names), fields, kind, tuple(left))
        if STDIN not in names and not any(True for _ in inputs.files()):
            where = f" in {', '.join(arguments)}" if arguments else ""
            known = " ".join(FORMATS)
            others = inputs.left_out().total()
            raise JobError(
                f"no input{where}: no files of a known kind ({known}, each also with .gz or .zst), "
                f"earlier jobs' outputs left out; {others:,} of other kinds are read when they are named"
            )
        return inputs

    def files(self) -> Iterator[str]:
        """The files that are named, and those in the folders that are named."""
        for name in self.names:
            if os.path.isdir(name):
                yield from _files_in(name)
            elif name != STDIN:
                yield name

    def left_out(self) -> Counter[str]:
        """How many files in folders and patterns are not read, for want of a known suffix, by suffix."""
        inside = (file for name in self.names if os.path.isdir(name) for file in all_in(name))
        others = (*self.left, *(file for file in inside if format_of(file) is None))
        return Counter(Path(name).suffix.lower() for name in others)

    def check_output(self, paths: Sequence[Path]) -> None:
        """Raises `JobError` when one of the files to write is an input, under whatever name."""
        there = [os.stat(path) for path in paths if os.path.exists(path)]
        if STDIN in self.names and any(is_standard_input(path) for path in paths):
            raise JobError("standard input would be written over; name another output")
        for name in self.files() if there else ():
            if os.path.exists(name) and any(os.path.samestat(os.stat(name), one) for one in there):
                raise JobError(f"{name} is an input, and would be written over; name another output")

    def size(self) -> int | None:
        """Bytes of all inputs as they lie on disk; None when one is a folder or standard input."""
        if any(name == STDIN or not os.path.isfile(name) for name in self.names):
            return None
        return sum(os.path.getsize(name) for name in self.names)

    def identity(self) -> list[list[Any]]:
        """What must be the same when a job is taken up again: names, sizes, fields.

        Of a folder that is a digest of its files and their sizes: a place in it is a count of records,
        which a file more or less would shift.
        """
        sizes = [_digest(name) if os.path.isdir(name) else size_of(name) for name in self.names]
        fields = self.fields
        read_as = [fields.html, fields.text, fields.url, fields.id, self.kind]
        return [list(self.names), sizes, read_as]

    def tasks(self, after: Place, number: int) -> Generator[Task]:
        """The tasks behind a place, numbered from `number`."""
        before = sum(map(size_of, self.names[: after.input]))
        for place in range(after.input, len(self.names)):
            done = after.record if place == after.input else -1
            name = self.names[place]
            read = 0
            for record, (payload, read) in enumerate(self.payloads(name)):
                if record > done:
                    yield Task(number, payload, Place(place, record, before + read))
                    number += 1
            before += size_of(name) or read

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
        elif kind is None and name != STDIN and not _announces_records(name):
            yield self._page(name, None)
        else:
            yield from self._streamed(name, kind)

    def records(self, stream: BufferedReader[Any], name: str, is_warc: bool) -> Iterator[Payload]:
        """The records of an unpacked stream of WARC or of JSON lines; `name` is for messages."""
        if is_warc:
            return read_warc(stream, name, self.kind)
        return read_json_lines(stream, name, self.fields, self.kind)

    def _folder(self, folder: str) -> Iterator[Located]:
        read = 0
        failures: list[OSError] = []
        for name in _files_in(folder, failures.append):
            inside = 0
            if format_of(name) not in ("html", "text") and waits(name):
                yield Unreadable(name, "a pipe or a device, of which a folder's reading may never end"), read
                continue
            for payload, inside in self.payloads(name):
                yield payload, read + inside
            read += inside
        for error in failures:
            yield Unreadable(str(error.filename), f"a folder that cannot be read ({reason_of(error)})"), read

    def _streamed(self, name: str, kind: str | None) -> Iterator[Located]:
        try:
            with open_stream(name) as (stream, meter):
                for payload in self.records(stream, shown(name), (kind or sniff(stream)) == "warc"):
                    yield payload, meter.count
        except (OSError, EOFError) as error:  # its readers tell of damage further on themselves
            yield Unreadable(shown(name), f"cannot be read ({reason_of(error)})"), 0

    def _page(self, name: str, kind: str | None) -> Located:
        size = size_of(name)
        told: InputKind = "html" if kind == "html" else "text" if kind == "text" else "auto"
        return PageFile(name, self.kind if self.kind != "auto" else told, size), size

    def _parquet(self, name: str) -> Iterator[Located]:
        parquet = need("pyarrow.parquet", "reading Parquet")
        arrow = need("pyarrow", "reading Parquet")
        size = size_of(name)
        wanted = {self.fields.html, self.fields.text, self.fields.url, self.fields.id}
        number = 0
        try:
            with parquet.ParquetFile(name) as file:
                columns = [column for column in file.schema_arrow.names if column in wanted]
                if not {self.fields.html, self.fields.text} & set(columns):
                    yield Unreadable(name, self._no_column(file.schema_arrow.names)), size
                    return
                rows = max(1, file.metadata.num_rows)
                for batch in file.iter_batches(PARQUET_ROWS, columns=columns):
                    for values in batch.to_pylist():
                        number += 1
                        row = Row(values, f"{name}:{number}", self.fields, self.kind, _weight(values))
                        yield row, size * number // rows
        except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
            yield Unreadable(f"{name}:{number + 1}", f"damaged Parquet file: {reason_of(error)}"), size

    def _no_column(self, names: Sequence[str]) -> str:
        there = ", ".join(names)
        return (
            f"no column {self.fields.html!r} or {self.fields.text!r}; it has {there} (--html-field names one)"
        )


def format_of(name: str) -> str | None:
    """The format that a file's name tells; None for standard input and unknown suffixes."""
    path = Path(name)
    if path.suffix.lower() in PACKED:
        path = path.with_suffix("")
    return FORMATS.get(path.suffix.lower())


def sniff(stream: BufferedReader[Any]) -> Literal["warc", "jsonl"] | None:
    """What the first bytes of an unpacked stream announce; None for anything else."""
    opening = stream.peek(5)
    if opening.startswith(b"WARC/"):
        return "warc"
    return "jsonl" if opens_as_json_lines(opening) else None


def _why_not(argument: str) -> str:
    """What is said of an argument that is no file or folder for us."""
    try:
        os.stat(argument)
    except (OSError, ValueError) as error:
        if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
            return f"cannot read {argument}: {reason_of(error)}"
    return f"no such file or folder: {argument}"


def _announces_records(name: str) -> bool:
    """Whether a file whose name tells nothing begins as one of records; what cannot be read is no such."""
    if waits(name):
        return False
    try:
        with open_stream(name) as (stream, _):
            return sniff(stream) is not None or is_json(stream.read(MAX_SIZE + 1))
    except (OSError, EOFError):
        return False


def _files_in(folder: str, failed: Callable[[OSError], None] | None = None) -> Iterator[str]:
    """The files in and below a folder that are of a known kind, in order; `failed` is for `all_in`."""
    return (name for name in all_in(folder, failed) if format_of(name) is not None)


def _digest(folder: str) -> str:
    digest = hashlib.sha256()
    for name in _files_in(folder):
        digest.update(b"%b\0%d\n" % (os.fsencode(os.path.relpath(name, folder)), size_of(name)))
    return digest.hexdigest()


def _weight(values: dict[str, Any]) -> int:
    return sum(len(value) for value in values.values() if isinstance(value, (str, bytes)))
