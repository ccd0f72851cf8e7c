"""Files and standard input as streams of plain bytes, whatever they are compressed with.

What a stream is packed with is read from its first bytes, not from its name, so that a gzip file
called `.jsonl`, or one on standard input, is read all the same.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import IO, Any, Final, Literal, Protocol, cast

from cleaner.jobs.records import JobError, RecordError

STDIN: Final = "-"
GZIP_MAGIC: Final = b"\x1f\x8b"
ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
BUFFER: Final = 1 << 18
PIECE: Final = 1 << 16


class Meter(io.RawIOBase):
    """A raw stream that knows how many bytes were read from it; for the progress of a job."""

    def __init__(self, raw: io.BufferedReader[Any]) -> None:
        self._raw = raw
        self.count = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` as far as there are bytes, and count them."""
        # One read, and no waiting for more: what a pipe has brought is worked on while it brings the rest.
        data = self._raw.read1(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


def shown(name: str) -> str:
    """What an input is called in messages and in outputs."""
    return "standard input" if name == STDIN else name


def is_standard_input(path: str | Path) -> bool:
    """Whether standard input is redirected from this very file."""
    try:
        return os.path.samestat(os.fstat(sys.stdin.fileno()), os.stat(path))
    except (OSError, AttributeError):  # no file at all: a pipe's end, a stand-in, or closed
        return False


@contextmanager
def open_stream(name: str) -> Iterator[tuple[io.BufferedReader[Any], Meter]]:
    """Open a file, or standard input as "-", unpacking gzip and zstd.

    Yields the stream and the meter of what was read of the file as it lies on disk.
    Raises OSError when the file cannot be opened, `JobError` when its library is missing.
    """
    if name == STDIN and sys.stdin is None:
        raise OSError(errno.EBADF, "it is closed")
    raw = sys.stdin.buffer if name == STDIN else open(name, "rb")  # noqa: SIM115 - closed below
    try:
        meter = Meter(cast("io.BufferedReader[Any]", raw))
        packed = io.BufferedReader(meter, BUFFER)
        yield _unpacked(packed), meter
    finally:
        if name != STDIN:
            raw.close()


def unpack(data: bytes, limit: int) -> bytes:
    """Return `data`, unpacked when it is gzip or zstd.

    Raises `RecordError` when it is damaged or over `limit` bytes, `JobError` when its library is missing.
    """
    packing = _packing_of(data)
    if packing is None:
        return data
    try:
        plain = _unpacked(io.BufferedReader(cast("io.RawIOBase", io.BytesIO(data)))).read(limit + 1)
    except (EOFError, OSError) as error:
        raise RecordError(f"damaged {packing} data: {error}") from None
    if len(plain) > limit:
        raise RecordError(f"larger than {limit >> 20} MB when unpacked")
    return plain


def need(module: str, purpose: str, extra: str = "jobs") -> ModuleType:
    """Import an optional library, or say in one line how to get it."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        raise JobError(f"{purpose} needs the extra {extra!r}: pip install '.[{extra}]'") from None


class Decompressor(Protocol):
    """What zlib and zstandard offer alike."""

    @property
    def eof(self) -> bool:
        """Whether the member or frame is at its end."""

    @property
    def unused_data(self) -> bytes:
        """What stood behind that end."""

    def decompress(self, data: bytes, /) -> bytes:
        """The plain bytes that `data` gives."""


class Unpacked(io.RawIOBase):
    """A stream of gzip members or zstd frames as plain bytes.

    Unlike the libraries' own readers it hands out all that stands before damage, and tells the two
    ends apart: the end of the file inside a member is an EOFError, other damage an OSError.
    """

    def __init__(self, packed: IO[bytes], new: Callable[[], Decompressor], failure: type[Exception]) -> None:
        self._packed = packed
        self._new = new
        self._failure = failure
        self._current: Decompressor | None = None
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Put plain bytes into `buffer`; 0 at the end. Raises EOFError and OSError, as said above."""
        while not self._ready:
            if not self._read_on():
                return 0
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _read_on(self) -> bool:
        rest = self._current.unused_data if self._current is not None and self._current.eof else b""
        data = rest or self._packed.read(PIECE)
        if not data:
            if self._current is not None and not self._current.eof:
                raise EOFError("it ends too early")
            return False
        if self._current is None or self._current.eof:
            data = data.lstrip(b"\0")  # padding between or behind members
            self._current = self._new() if data else None
        if self._current is not None:
            try:
                self._ready = memoryview(self._current.decompress(data))
            except self._failure as error:
                raise OSError(f"damaged: {error}") from None
        return True


def _gunzipped(packed: IO[bytes]) -> Unpacked:
    return Unpacked(packed, lambda: zlib.decompressobj(16 + zlib.MAX_WBITS), zlib.error)


def _packing_of(head: bytes) -> Literal["gzip", "zstd"] | None:
    if head.startswith(GZIP_MAGIC):
        return "gzip"
    return "zstd" if head.startswith(ZSTD_MAGIC) else None


def _unpacked(packed: io.BufferedReader[Any]) -> io.BufferedReader[Any]:
    packing = _packing_of(packed.peek(4))
    if packing == "gzip":
        return io.BufferedReader(_gunzipped(packed), BUFFER)
    if packing == "zstd":
        zstandard = need("zstandard", "reading zstd")
        new = zstandard.ZstdDecompressor().decompressobj
        return io.BufferedReader(Unpacked(packed, new, zstandard.ZstdError), BUFFER)
    return packed
