"""The journalled output of a job: lines come in, a file that survives any crash goes out.

Lines are appended to OUT (and reasons of failures to OUT.errors). At a checkpoint the open gzip
member or zstd frame is ended, both files are put on disk, and OUT.journal notes their lengths and
the place in the input. Starting again cuts both files back to the noted lengths and goes on
behind the noted place: whatever happened in between, each record is there once and whole. A
Parquet file cannot be appended to, so it is made at the end from such a file. The file that is appended
to is locked before anything is changed, and the journal is written under that lock only: of two jobs
with one output the second stops, and the first is none the worse.
"""

from __future__ import annotations

import fcntl
import os
import time
import zlib
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

from cleaner.jobs.encode import as_error_line
from cleaner.jobs.journal import Journal, errors_path, journal_path, read_journal, work_path, write_journal
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

    def compress(self, data: bytes, /) -> bytes:
        """The packed bytes that are ready when `data` is added."""

    def flush(self) -> bytes:
        """The rest of them; ends the member or frame."""


class AppendFile:
    """A file that is only appended to, in independent compressed pieces; one job at a time."""

    def __init__(self, path: Path, packing: str) -> None:
        """Open and lock `path`, as it is. Raises `JobError`, OSError."""
        self._path = path
        self._packing = packing
        self._zstd = need("zstandard", "writing zstd").ZstdCompressor(level=3) if packing == "zst" else None
        self._packer: Packer | None = None
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._file = _open_locked(path)
        self.size = 0

    def go_on(self, size: int) -> None:
        """Cut back to the first `size` bytes, to append behind them. Raises `JobError`, OSError."""
        if os.fstat(self._file).st_size < size:
            raise JobError(
                f"{self._path} is shorter than its journal says, so it was changed; --overwrite starts anew"
            )
        self.cut(size)
        os.lseek(self._file, 0, os.SEEK_END)
        self.size = size

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
        """Leave the first `size` bytes. Raises OSError."""
        os.ftruncate(self._file, size)

    def close(self) -> None:
        """Close the file, and give up the lock."""
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
        """Open or take up an output. Raises `JobError`, and then has changed nothing that was there."""
        self.path = path
        self._is_parquet = path.lower().endswith(PARQUET)
        self._work = work_path(path) if self._is_parquet else Path(path)
        self._packing = _packing(path)
        if self._is_parquet:
            need("pyarrow.parquet", "writing Parquet")
        if os.path.isdir(path):
            raise JobError(f"{path} is a folder; name a file")
        look = partial(self._look, identity, resume, overwrite)
        self._journal = look(is_locked=False)
        self._is_broken = False
        self._is_closed = False
        try:
            if not self._journal.finished:
                self._open(look)
        except OSError as error:
            raise JobError(f"cannot write {error.filename or path}: {error.strerror or error}") from None
        self.tally = Tally.from_dict(self._journal.tally)
        self._place = self._journal.place
        self._last_checkpoint = time.monotonic()

    def _open(self, look: Callable[..., Journal]) -> None:
        """Lock the files, and leave in them what the journal covers. Raises `JobError`, OSError."""
        with ExitStack() as if_it_fails:
            self._file = AppendFile(self._work, self._packing)
            if_it_fails.callback(self._file.close)
            self._errors = AppendFile(errors_path(self.path), "")
            if_it_fails.callback(self._errors.close)
            self._journal = look(is_locked=True)  # another job may have ended since the first look
            if self._journal.finished:
                return
            if self._is_parquet and os.path.isfile(self.path):
                os.unlink(self.path)  # an old one; it comes back when the job is done
            # The journal first: what it does not cover is cut off, now or after a crash.
            write_journal(self.path, self._journal)
            self._file.go_on(self._journal.output_bytes)
            self._errors.go_on(self._journal.error_bytes)
            if_it_fails.pop_all()

    def _look(self, identity: Any, resume: bool, overwrite: bool, *, is_locked: bool) -> Journal:
        """The journal to go on with, or a fresh one. Raises `JobError` where the output is not this job's.

        An empty file is as good as none, and so is the journal of no record; when `is_locked`, the file is
        the one that was just opened.
        """
        journal = read_journal(self.path) if resume else None
        if journal is not None:
            self._check_fits(journal, identity)
            return journal
        is_there = not is_locked and os.path.exists(self.path) and os.path.getsize(self.path) > 0
        has_begun = is_there or _tells_of_records(self.path)
        if resume and is_there:
            raise JobError(f"{self.path} has no journal, so it cannot be taken up; --overwrite starts anew")
        if not resume and not overwrite and has_begun:
            there = self.path if is_there else journal_path(self.path)
            raise JobError(f"{there} is there already: --resume goes on with it, --overwrite starts anew")
        return Journal(identity, Place(), 0, 0, Tally().to_dict())

    def _check_fits(self, journal: Journal, identity: Any) -> None:
        if journal.identity != identity:
            raise JobError(
                f"{self.path} was begun with other inputs or options, or files in its folders were added, "
                "removed or changed since; repeat those, or --overwrite it"
            )
        written = Path(self.path) if journal.finished else self._work
        if not written.exists() and (journal.finished or journal.output_bytes):
            raise JobError(f"{written} is gone, though its journal is there; --overwrite starts anew")
        if journal.finished and written.stat().st_size != journal.output_bytes:
            raise JobError(f"{written} was changed since its job ended; --overwrite starts anew")

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *_: object) -> None:
        self.end(finished=False)

    @property
    def start(self) -> Place:
        """The place after which to read on."""
        return self._journal.place

    @property
    def is_finished(self) -> bool:
        """Whether all input is in the output, and nothing is left to do."""
        return self._journal.finished

    def write(self, outcome: Outcome) -> None:
        """Append one record; every now and then make all so far safe. Raises `JobError`."""
        try:
            if outcome.error is None:
                self._file.append(outcome.value)
            else:
                line = as_error_line(outcome)
                self._file.append(line)
                self._errors.append(line)
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
            done = replace(journal, finished=True, output_bytes=os.path.getsize(self.path))
            write_journal(self.path, done)
            self._journal = done
        self._last_checkpoint = time.monotonic()

    def close(self, *, finished: bool) -> None:
        """Make the last records safe and end; `finished` when the input is at its end. Raises `JobError`.

        Closing twice is no harm.
        """
        if self.is_finished or self._is_closed:
            return
        self._is_closed = True
        try:
            if not self._is_broken:
                self.checkpoint(finished=finished)
        except OSError as error:
            raise self._full(error) from None
        finally:
            if self.is_finished and self._is_parquet:
                with suppress(OSError):  # a file too many is no harm
                    self._work.unlink()
            self._file.close()
            self._errors.close()

    def end(self, *, finished: bool) -> None:
        """Close; of a job without a record no file is left, so that it can be repeated as it is."""
        if self.tally.records or self.is_finished or self._is_closed:
            self.close(finished=finished)
            return
        self._is_closed = True
        # The locked one last, so that no other job begins amidst them.
        for path in (journal_path(self.path), errors_path(self.path), self._work):
            with suppress(OSError):
                path.unlink()
        self._file.close()
        self._errors.close()

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


def _tells_of_records(output: str) -> bool:
    """Whether an output has a journal that is of more than nothing, or cannot be read."""
    try:
        journal = read_journal(output)
    except JobError:
        return os.path.exists(journal_path(output))  # not so in a folder that is closed to us
    return journal is not None and journal.tally["records"] > 0


def written_files(path: str) -> tuple[Path, ...]:
    """The files that a job with this output writes records to: none of them can be its input."""
    return Path(path), work_path(path)


def kept_files(path: str) -> tuple[Path, ...]:
    """All files of a job with this output."""
    return *written_files(path), errors_path(path), journal_path(path)


def _open_locked(path: Path) -> int:
    """Open the file at `path`, made if it is missing, for this job alone. Raises `JobError`, OSError."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            _lock(file, path)
            # A job that ended in between took its file away: then this lock is on nothing.
            if os.path.exists(path) and os.path.samestat(os.fstat(file), os.stat(path)):
                return file
        except BaseException:
            os.close(file)
            raise
        os.close(file)


def _lock(file: int, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise JobError(f"another job is writing to {path}") from None
    except OSError:
        return  # a file system without locks


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
