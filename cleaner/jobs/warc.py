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
from dataclasses import dataclass
from email.message import Message
from typing import IO, TYPE_CHECKING, Final

from cleaner.jobs.records import MAX_COMPRESSED_PAGE, Id, InputKind, Page, Payload, RecordError, Unreadable
from cleaner.jobs.streams import need

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

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
        return len(self.body)

    def load(self) -> Page:
        body = self.body
        if self.chunked or self.packed:
            body = _decode(body, self.packed, self.chunked)
        return Page(self.name, body, self.url, self.kind, self.charset)


def read_warc(stream: IO[bytes], name: str) -> Iterator[Payload]:
    """Yield the pages of an unpacked WARC stream; `name` is for messages.

    What is damaged or cut off is one `Unreadable` at its place, and the end of the stream.
    """
    archive = need("warcio.archiveiterator", "reading WARC")
    failures = need("warcio.exceptions", "reading WARC")
    iterator = archive.ArchiveIterator(stream)
    place = f"{name}@0"
    try:
        for record in iterator:
            place = f"{name}@{iterator.offset}"
            payload = _payload(record, place)
            if payload is not None:
                yield payload
    except (failures.ArchiveLoadFailed, zlib.error, EOFError, ValueError, OSError) as error:
        yield Unreadable(place, f"damaged WARC record: {_one_line(error)}")
        return
    if iterator.next_line:  # the first line of a record that has no more
        yield Unreadable(f"{name}@{iterator.offset}", "truncated WARC record")


def _payload(record: ArcWarcRecord, place: str) -> Payload | None:
    headers, http = record.rec_headers, record.http_headers
    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    if http is not None and not http.get_statuscode().startswith("2"):
        # A record cut off within its HTTP headers has no status at all.
        return None if http.get_statuscode().isdigit() else Unreadable(place, "truncated WARC record")
    declared = http.get_header("Content-Type") if http is not None else headers.get_header("Content-Type")
    kind, charset = _content_type(declared or "")
    if kind not in PAGE_TYPES:
        return None
    url = headers.get_header("WARC-Target-URI")
    record_id = headers.get_header("WARC-Record-ID") or place
    body = record.raw_stream.read()
    if getattr(record.raw_stream, "limit", 0) > 0:
        return Unreadable(record_id, "truncated WARC record")
    return Response(
        record_id,
        body,
        url,
        "text" if record.rec_type == "conversion" else "auto",
        charset,
        (http.get_header("Content-Encoding") or "").strip().lower() if http is not None else "",
        "chunked" in (http.get_header("Transfer-Encoding") or "").lower() if http is not None else False,
    )


def _content_type(header: str) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = header.replace("\r", " ").replace("\n", " ")
    return header.partition(";")[0].strip().lower(), message.get_content_charset()


def _decode(body: bytes, packed: str, chunked: bool) -> bytes:
    readers = need("warcio.bufferedreaders", "reading WARC")
    if packed in ("identity", "none", "utf-8"):
        packed = ""
    if packed and packed not in readers.BufferedReader.get_supported_decompressors():
        raise RecordError(f"the body is compressed with {packed!r}, which is not supported here")
    raw = io.BytesIO(body)
    reader = (
        readers.ChunkedDataReader(raw, decomp_type=packed or None)
        if chunked
        else readers.BufferedReader(raw, decomp_type=packed or None)
    )
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := reader.read(1 << 20):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_COMPRESSED_PAGE:
                raise RecordError(f"more than {MAX_COMPRESSED_PAGE >> 20} MB when unpacked")
    except zlib.error as error:
        raise RecordError(f"damaged body: {error}") from None
    return b"".join(pieces)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
