"""Files and standard input as streams of plain bytes, whatever they are compressed with.

What a stream is packed with is read from its first bytes, not from its name, so that a gzip file
called `.jsonl`, or one on standard input, is read all the same.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import IO, Any, Final, cast

from cleaner.jobs.records import JobError, RecordError

STDIN: Final = "-"
GZIP_MAGIC: Final = b"\x1f\x8b"
ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
BUFFER: Final = 1 << 18


class Meter(io.RawIOBase):
    """A raw stream that knows how many bytes were read from it; for the progress of a job."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


@contextmanager
def open_stream(name: str) -> Iterator[tuple[io.BufferedReader[Any], Meter]]:
    """Open a file, or standard input as "-", unpacking gzip and zstd.

    Yields the stream and the meter of what was read of the file as it lies on disk.
    Raises `JobError` when the file cannot be opened or its library is missing.
    """
    try:
        raw = sys.stdin.buffer if name == STDIN else open(name, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise JobError(f"cannot read {name}: {error.strerror or error}") from None
    try:
        meter = Meter(raw)
        packed = io.BufferedReader(meter, BUFFER)
        yield _unpacked(packed), meter
    finally:
        if raw is not sys.stdin.buffer:
            raw.close()


def unpack(data: bytes, limit: int) -> bytes:
    """Return `data`, gunzipped when it is gzip. Raises `RecordError` when damaged or over `limit` bytes."""
    if not data.startswith(GZIP_MAGIC):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise RecordError(f"damaged gzip data: {error}") from None
    if len(plain) > limit:
        raise RecordError(f"more than {limit >> 20} MB when unpacked")
    return plain


def need(module: str, purpose: str, extra: str = "jobs") -> ModuleType:
    """Import an optional library, or say in one line how to get it."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        raise JobError(f"{purpose} needs an extra: pip install 'article-cleaner[{extra}]'") from None


def _unpacked(packed: io.BufferedReader[Any]) -> io.BufferedReader[Any]:
    head = packed.peek(4)[:4]
    if head.startswith(GZIP_MAGIC):
        return io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=packed)), BUFFER)
    if head == ZSTD_MAGIC:
        zstandard = need("zstandard", "reading zstd")
        reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
        return io.BufferedReader(reader, BUFFER)
    return packed
