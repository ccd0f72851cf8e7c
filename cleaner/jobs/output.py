"""The journalled output of a job: lines come in, a file that survives any crash goes out.

Lines are appended to OUT (and reasons of failures to OUT.errors). At a checkpoint the open gzip
member or zstd frame is ended, both files are put on disk, and OUT.journal notes their lengths and
the place in the input. Starting again cuts both files back to the noted lengths and goes on
behind the noted place: whatever happened in between, each record is there once and whole. A
Parquet file cannot be appended to, so it is made at the end from such a file.
"""

from __future__ import annotations

import fcntl
import os
import time
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Protocol

from cleaner.jobs.encode import json_line
from cleaner.jobs.journal import Journal, journal_path, read_journal, write_journal
from cleaner.jobs.records import JobError, Outcome, Place
from cleaner.jobs.streams import need
from cleaner.jobs.tally import Tally

CHECKPOINT_SECONDS: Final = 2.0
"""Work that a crash may cost; a checkpoint takes some ten milliseconds."""
BUFFER: Final = 1 << 18
GZIP_LEVEL: Final = 5
PARQUET: Final = (".parquet", ".pq")
SUFFIXES: Final = (".jsonl", ".ndjson", ".json")


class Packer(Protocol):
    """A compressor whose results can be put one after the other in a file."""

    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class AppendFile:
    """A file that is only appended to, in independent compressed pieces; one job at a time."""

    def __init__(self, path: Path, packing: str, size: int) -> None:
        """Open `path`, cut back to its first `size` bytes. Raises `JobError`, OSError."""
        self._packing = packing
        self._zstd = need("zstandard", "writing zstd").ZstdCompressor(level=3) if packing == "zst" else None
        self._packer: Packer | None = None
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            self._lock(path)
            if os.fstat(self._file).st_size < size:
                raise JobError(f"{path} is shorter than its journal says: it was changed since")
            os.ftruncate(self._file, size)
            os.lseek(self._file, 0, os.SEEK_END)
        except BaseException:
            os.close(self._file)
            raise
        self.size = size

    def _lock(self, path: Path) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise JobError(f"another job is writing to {path}") from None
        except OSError:
            return  # a file system without locks

    def append(self, line: bytes) -> None:
        """Add one line. Raises OSError."""
        self._waiting += line, b"\n"
        self._waiting_bytes += len(line)
        if self._waiting_bytes >= BUFFER:
            self._drain()

    def end_piece(self) -> None:
        """Put all that was appended on disk, with the compressed piece ended. Raises OSError."""
        self._drain()
        if self._packer is not None:
            self._write(self._packer.flush())
            self._packer = None
        os.fsync(self._file)

    def cut(self, size: int) -> None:
        os.ftruncate(self._file, size)

    def close(self) -> None:
        os.close(self._file)

    def _drain(self) -> None:
        data = b"".join(self._waiting)
        self._waiting.clear()
        self._waiting_bytes = 0
        if data and self._packing:
            self._packer = self._packer or self._new_packer()
            data = self._packer.compress(data)
        self._write(data)

    def _new_packer(self) -> Packer:
        if self._zstd is not None:
            packer: Packer = self._zstd.compressobj()
            return packer
        return zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            written = os.write(self._file, view)
            self.size += written
            view = view[written:]


class Output:
    """The files of one job's output and its journal.

    `start` is the place after which to read on, `tally` what earlier runs have done.
    """

    def __init__(self, path: str, identity: Any, *, resume: bool = False, overwrite: bool = False) -> None:
        """Open or take up an output. Raises `JobError` with a plain message."""
        self.path = path
        self._is_parquet = path.lower().endswith(PARQUET)
        packing = _packing(path)
        self._work = Path(f"{path}.part.jsonl.zst") if self._is_parquet else Path(path)
        if self._is_parquet:
            need("pyarrow.parquet", "writing Parquet")
        journal = _earlier(path, identity, resume)
        if journal is None:
            self._check_is_free(overwrite)
            journal = Journal(identity, Place(), 0, 0, Tally().to_dict())
        self._journal = journal
        self.tally = Tally.from_dict(journal.tally)
        self._place = journal.place
        self._last_checkpoint = time.monotonic()
        self._is_broken = False
        try:
            if not journal.finished:
                write_journal(path, journal)
                self._file = AppendFile(self._work, packing, journal.output_bytes)
                self._errors = AppendFile(Path(f"{path}.errors"), "", journal.error_bytes)
        except OSError as error:
            raise JobError(f"cannot write {path}: {error.strerror or error}") from None

    @property
    def start(self) -> Place:
        return self._journal.place

    @property
    def is_finished(self) -> bool:
        return self._journal.finished

    def write(self, outcome: Outcome) -> None:
        """Append one record; every now and then make all so far safe. Raises `JobError`."""
        try:
            if outcome.error is None:
                self._file.append(outcome.value)
            else:
                record = {"id": outcome.id, "error": outcome.error}
                self._file.append(json_line(record))
                self._errors.append(json_line(record))
            self.tally.add(outcome)
            self._place = outcome.place
            if time.monotonic() - self._last_checkpoint >= CHECKPOINT_SECONDS:
                self.checkpoint()
        except OSError as error:
            raise self._full(error) from None

    def checkpoint(self, *, finished: bool = False) -> None:
        """Make all that was written safe. Raises OSError."""
        self._file.end_piece()
        self._errors.end_piece()
        journal = Journal(
            self._journal.identity, self._place, self._file.size, self._errors.size, self.tally.to_dict()
        )
        write_journal(self.path, journal)
        self._journal = journal
        if finished:
            if self._is_parquet:
                from cleaner.jobs.parquet import to_parquet

                to_parquet(self._work, Path(self.path))
            self._journal = replace(journal, finished=True)
            write_journal(self.path, self._journal)
        self._last_checkpoint = time.monotonic()

    def close(self, *, finished: bool) -> None:
        """Make the last records safe and end; `finished` when the input is at its end. Raises `JobError`."""
        if self.is_finished:
            return
        try:
            if not self._is_broken:
                self.checkpoint(finished=finished)
        except OSError as error:
            raise self._full(error) from None
        finally:
            self._file.close()
            self._errors.close()
        if finished and self._is_parquet:
            self._work.unlink(missing_ok=True)

    def _full(self, error: OSError) -> JobError:
        # Cut back to the last checkpoint: what remains is whole, and a little room is free again.
        self._is_broken = True
        self._file.cut(self._journal.output_bytes)
        self._errors.cut(self._journal.error_bytes)
        safe = self._journal.tally["records"]
        return JobError(
            f"cannot write {self.path}: {error.strerror or error};"
            f" the first {safe:,} records are safe, --resume goes on behind them"
        )

    def _check_is_free(self, overwrite: bool) -> None:
        if os.path.isdir(self.path):
            raise JobError(f"{self.path} is a folder; name a file")
        there = [name for name in (Path(self.path), journal_path(self.path)) if name.exists()]
        if there and not overwrite:
            raise JobError(f"{there[0]} is there already: --resume goes on with it, --overwrite starts anew")
        try:
            for old in (journal_path(self.path), Path(self.path), Path(f"{self.path}.errors"), self._work):
                if old.is_file():  # /dev/full and the like stay
                    old.unlink()
        except OSError as error:
            raise JobError(f"cannot replace {self.path}: {error.strerror or error}") from None


def _earlier(path: str, identity: Any, resume: bool) -> Journal | None:
    """The journal to go on with, if that is wanted and there is one."""
    journal = read_journal(path) if resume else None
    if journal is None:
        if resume and os.path.exists(path):
            raise JobError(f"{path} has no journal, so it cannot be taken up; --overwrite starts anew")
        return None
    if journal.identity != identity:
        raise JobError(f"{path} was begun with other inputs or options; repeat those, or --overwrite it")
    return journal


def _packing(path: str) -> str:
    name = path.lower()
    if name.endswith(PARQUET):
        return "zst"
    for packing in ("gz", "zst"):
        if name.endswith(tuple(f"{suffix}.{packing}" for suffix in SUFFIXES)):
            return packing
    if name.endswith(SUFFIXES):
        return ""
    raise JobError(f"unknown kind of output: {path} (.jsonl, .jsonl.gz, .jsonl.zst or .parquet)")
