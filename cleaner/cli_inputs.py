"""What a person names on the command line in (files, addresses, "-"), the documents they hold out.

Every trouble that is not the program's fault becomes a CleanError with one plain line, so
that one bad input costs that input only. Files and answers are read up to the size the library
accepts and no further; addresses are fetched with the standard library, over HTTP only.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from cleaner.foreign import is_json
from cleaner.jobs.inputs import Inputs, format_of, sniff
from cleaner.jobs.records import Id, InputKind, JobError, Payload, RecordError, reason_of
from cleaner.jobs.streams import STDIN, open_stream, shown, unpack
from cleaner.model import CleanError
from cleaner.read import MAX_SIZE

if TYPE_CHECKING:
    from email.message import Message

CONNECT_SECONDS: Final = 20
"""Longest silence of a server; slow news sites answer within ten."""
TOTAL_SECONDS: Final = 60
"""Longest time for a whole answer, against servers that send a byte now and then."""
CHUNK: Final = 1 << 16
URL_CHARACTERS: Final = "%:/?#[]@!$&'()*+,;=~"


@dataclass(frozen=True)
class Document:
    """One thing to clean, and what it is called in messages and output."""

    name: str
    content: bytes | str
    url: str | None = None
    charset: str | None = None
    kind: InputKind = "auto"
    is_record: bool = False
    """Whether it is one of many in its input."""
    id: Id | None = None
    """The id that a record has of its own."""


def holds_records(name: str) -> bool:
    """Whether an input is a file of many pages, by its name."""
    return format_of(name) not in (None, "html", "text") and not is_address(name)


def is_address(name: str) -> bool:
    """Whether an input is to be fetched rather than opened."""
    return "://" in name and not os.path.exists(name)


def load(name: str, kind: InputKind) -> Iterator[Document | CleanError]:
    """The documents that an input holds, read as `kind`; "-" is standard input. Raises CleanError.

    A record that cannot be read comes as the error that tells which and why.
    """
    if is_address(name):
        yield fetch(name, kind)
        return
    if not name:
        raise CleanError("one of the inputs has an empty name; name a file or an address")
    if name != STDIN:
        _check_file(name)
    inputs = Inputs((name,), kind=kind)
    try:
        if holds_records(name):
            has_records = False
            for payload, _ in inputs.payloads(name):
                has_records = True
                yield _record(name, payload)
            if not has_records:
                raise CleanError("holds no records")
            return
        with open_stream(name) as (stream, _):
            yield from _told_by_content(stream, inputs, shown(name))
    except JobError as error:  # a library that is not there
        raise CleanError(str(error)) from error
    except (OSError, EOFError) as error:
        raise CleanError(f"cannot be read ({reason_of(error)})") from error


def _told_by_content(
    stream: BufferedReader[Any], inputs: Inputs, name: str
) -> Iterator[Document | CleanError]:
    found = sniff(stream)
    if found is None:
        content = stream.read(MAX_SIZE + 1)  # a byte too many is refused later
        stream = BufferedReader(BytesIO(content), CHUNK)
        # A pipe may have brought no more than a broken line at first, and a document tells at its end.
        found = sniff(stream) if len(content) <= MAX_SIZE else None
        if found is None and not (len(content) <= MAX_SIZE and is_json(content)):
            yield Document(name, content, kind=inputs.kind)
            return
    for payload in inputs.records(stream, name, found == "warc"):
        yield _record(name, payload)


def _record(name: str, payload: Payload) -> Document | CleanError:
    label = str(payload.name)  # where it stands in the input, or an id from WARC
    if not label.startswith(name):
        label = f"{name}: {label}"
    try:
        page = payload.load()
    except RecordError as error:
        return CleanError(f"{label}: {error}")
    own_id = None if page.id == payload.name else page.id
    return Document(label, page.source, page.url, page.charset, page.kind, True, own_id)


def _check_file(name: str) -> None:
    try:
        is_folder = Path(name).is_dir()
        Path(name).stat()
    except FileNotFoundError:
        raise CleanError("no such file") from None
    except (OSError, ValueError) as error:
        raise CleanError(f"cannot be opened ({reason_of(error)})") from error
    if is_folder:
        raise CleanError("is a folder; name the files in it, or use `cleaner batch`")


def fetch(address: str, kind: InputKind) -> Document:
    """The document at an http or https address, with the charset the server declares. Raises CleanError."""
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request

    if not address.lower().startswith(("http://", "https://")):
        raise CleanError("only http:// and https:// addresses can be fetched")
    if not _has_host(address):
        raise CleanError("the address names no host that can be asked; check it")
    headers = {"User-Agent": "Mozilla/5.0 (compatible; article-cleaner)", "Accept-Encoding": "gzip"}
    try:
        request = Request(quote(_with_plain_host(address), safe=URL_CHARACTERS), headers=headers)
        with _web_only().open(request, timeout=CONNECT_SECONDS) as answer:
            content = _within_time(answer)
            headers_back: Message = answer.headers
            final_url = answer.geturl()
    except HTTPError as error:
        error.close()
        raise CleanError(f"the server answered {error.code} ({reason_of(error)})") from error
    except (OSError, HTTPException, ValueError) as error:  # OSError includes URLError and time-outs
        raise CleanError(f"cannot be fetched ({reason_of(error)}); check the address") from error
    try:
        content = unpack(content, MAX_SIZE)
    except (RecordError, JobError) as error:
        raise CleanError(f"the answer cannot be read ({error})") from error
    return Document(address, content, final_url, headers_back.get_content_charset(), kind)


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).netloc)
    except ValueError:
        return False


def _with_plain_host(address: str) -> str:
    """The address with its host as the name servers know it ("köln.example" is "xn--kln-sna.example")."""
    host = urlsplit(address).hostname or ""
    return address if host.isascii() else address.replace(host, host.encode("idna").decode("ascii"), 1)


def _web_only() -> Any:
    """An opener that knows HTTP alone, so that no redirect leads to a file or to FTP."""
    from urllib import request

    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler,
        request.UnknownHandler,
        request.HTTPHandler,
        request.HTTPSHandler,
        request.HTTPDefaultErrorHandler,
        request.HTTPRedirectHandler,
        request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _within_time(answer: Any) -> bytes:
    deadline = time.monotonic() + TOTAL_SECONDS
    chunks = bytearray()
    while len(chunks) <= MAX_SIZE and (chunk := answer.read1(CHUNK)):
        chunks += chunk
        if time.monotonic() > deadline:
            raise TimeoutError("the answer takes too long")
    if len(chunks) <= MAX_SIZE and getattr(answer, "length", None):  # what the server said is still to come
        raise OSError("the answer was cut off")
    return bytes(chunks)
