"""WARC files in, one payload for each page in them out.

A page is a response with status 2xx that is HTML or plain text (or does not say what it is), a
resource of that kind, or a conversion record, which holds text. Redirects, errors, images and
the requests are passed over: they are no pages. The body is handed on as it was transferred;
taking off chunks and compression is the worker's work. Reading is warcio's, the library of the
format's own makers; the faster FastWARC 2.0.1 was tried and ended without a word at a response
whose body was chunked and compressed.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING, Any, Final

from cleaner.jobs.records import (
    TOO_LARGE,
    Id,
    InputKind,
    Known,
    Page,
    Payload,
    RecordError,
    Unreadable,
)
from cleaner.jobs.streams import need, unpack
from cleaner.read import MAX_SIZE

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

_REST_LOST: Final = "what stands behind it in the file was not read"
BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
OPENING_BYTES: Final = 4096
"""Where the first tag of a page stands, behind blank lines."""
READ_BYTES: Final = 2**20
"""Bytes of a body that are read at a time."""
PAGE_TYPES: Final = frozenset(
    ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", "")
)


@dataclass(frozen=True, slots=True)
class Response:
    """The body of an HTTP response as it was transferred."""

    name: Id
    body: bytes
    url: str | None
    kind: InputKind
    charset: str | None
    packed: str = ""
    chunked: bool = False

    @property
    def weight(self) -> int:
        """Bytes of the body as it was transferred."""
        return len(self.body)

    def known(self) -> Known:
        """The record's id, and the address that was asked for."""
        return Known(self.name, self.url)

    def load(self) -> Page:
        """The page, with chunks and compression taken off. Raises `RecordError`."""
        body = self.body
        if self.chunked or self.packed:
            body = _decode(body, self.packed, self.chunked)
        return Page(self.name, body, self.url, self.kind, self.charset)


def read_warc(stream: io.BufferedReader[Any], name: str, kind: InputKind = "auto") -> Iterator[Payload]:
    """Yield the pages of an unpacked WARC stream; `name` is for messages, `kind` what the pages are.

    What is damaged or cut off is one `Unreadable` at its place, and the end of the stream.
    """
    archive = need("warcio.archiveiterator", "reading WARC")
    failures = need("warcio.exceptions", "reading WARC")
    iterator = archive.ArchiveIterator(_Eager(stream))
    place = f"{name}@0"
    found = False
    try:
        for record in iterator:
            found = True
            place = f"{name}@{iterator.offset}"
            payload = _payload(record, place, kind)
            if payload is not None:
                yield payload
    except (failures.ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError) as error:
        # An AttributeError is warcio's answer to headers that were cut off before the record's type.
        yield Unreadable(place, f"damaged WARC record: {_one_line(error)}; {_REST_LOST}")
        return
    if not found or iterator.next_line:  # the first line of a record that has no more
        yield Unreadable(f"{name}@{iterator.offset}", "truncated WARC record" if found else "no WARC record")


class _Eager:
    """A stream that gives what it has, so that damage ahead does not take along what is whole."""

    def __init__(self, stream: io.BufferedReader[Any]) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        return self._stream.read1(size)


def _payload(record: ArcWarcRecord, place: str, taken_as: InputKind) -> Payload | None:
    headers, http = record.rec_headers, record.http_headers
    if not headers.get_header("Content-Length"):
        return Unreadable(place, "truncated WARC record")
    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    if http is not None and not http.get_statuscode().startswith("2"):
        # A record cut off within its HTTP headers has no status at all.
        return None if http.get_statuscode().isdigit() else Unreadable(place, "truncated WARC record")
    declared = http.get_header("Content-Type") if http is not None else headers.get_header("Content-Type")
    kind, charset = _content_type(declared or "")
    body = _body(record.raw_stream)
    if getattr(record.raw_stream, "limit", 0) > 0:  # the type may be cut off, too
        return Unreadable(place, "truncated WARC record")
    if kind not in PAGE_TYPES:
        return None
    if len(body) > MAX_SIZE:
        return Unreadable(place, TOO_LARGE)
    url = headers.get_header("WARC-Target-URI")
    record_id = headers.get_header("WARC-Record-ID") or place
    return Response(
        record_id,
        body,
        url,
        "text" if taken_as == "auto" and record.rec_type == "conversion" else taken_as,
        charset,
        (http.get_header("Content-Encoding") or "").strip().lower() if http is not None else "",
        "chunked" in (http.get_header("Transfer-Encoding") or "").lower() if http is not None else False,
    )


def _body(stream: Any) -> bytes:
    """The body of a record, read to its end; of one too large for a page no more is kept than shows it."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read(READ_BYTES):
        if size <= MAX_SIZE:
            parts.append(part)
        size += len(part)
    return b"".join(parts)


def _content_type(header: str) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = header.replace("\r", " ").replace("\n", " ")
    return header.partition(";")[0].strip().lower(), message.get_content_charset()


def _decode(body: bytes, packed: str, chunked: bool) -> bytes:
    if chunked:
        body = need("warcio.bufferedreaders", "reading WARC").ChunkedDataReader(io.BytesIO(body)).read()
    for coding in reversed(packed.split(",")):  # named in the order in which they were put on
        body = _without(coding.strip(), body)
    return body


def _without(coding: str, body: bytes) -> bytes:
    # Many archives keep the header of a body that they have unpacked.
    if coding in ("", "identity", "none") or _opens_as_markup(body):
        return body
    if coding in ("gzip", "x-gzip", "zstd"):
        return unpack(body, MAX_SIZE)
    if coding == "deflate":
        return _inflate(body)
    if coding == "br":
        return _unbrotli(body)
    raise RecordError(f"the body is compressed with {coding!r}, which is not supported here")


def _opens_as_markup(body: bytes) -> bool:
    opening = body[:OPENING_BYTES]
    for bom in BOMS:
        opening = opening.removeprefix(bom)
    return opening.lstrip(b" \t\r\n\f\0")[:1] == b"<"  # the NULs are those of UTF-16


def _inflate(body: bytes) -> bytes:
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # as the standard has it, and as many servers do
        with suppress(zlib.error):
            return _within_limit(zlib.decompressobj(window).decompress(body, MAX_SIZE + 1))
    raise RecordError("damaged deflate data")


def _unbrotli(body: bytes) -> bytes:
    brotli = need("brotli", "a body compressed with brotli")
    decompressor = brotli.Decompressor()
    try:
        plain = decompressor.process(body, output_buffer_limit=MAX_SIZE + 1)
    except brotli.error:
        raise RecordError("damaged brotli data") from None
    return _within_limit(plain)


def _within_limit(plain: bytes) -> bytes:
    if len(plain) > MAX_SIZE:
        raise RecordError(f"larger than {MAX_SIZE >> 20} MB when unpacked")
    return plain


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
