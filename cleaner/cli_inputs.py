"""What a person names on the command line in (files, addresses, "-"), the documents they hold out.

Every trouble that is not the program's fault becomes a CleanError with one plain line, so
that one bad input costs that input only. Files and answers are read up to the size the library
accepts and no further; addresses are fetched with the standard library, over HTTP only.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Literal, cast
from urllib.parse import quote, urlsplit

from cleaner.model import CleanError
from cleaner.read import MAX_SIZE

if TYPE_CHECKING:
    from email.message import Message

CONNECT_SECONDS: Final = 20
"""Longest silence of a server; slow news sites answer within ten."""
TOTAL_SECONDS: Final = 60
"""Longest time for a whole answer, against servers that send a byte now and then."""
CHUNK: Final = 1 << 16
JSON_LINES: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
GZIP_MAGIC: Final = b"\x1f\x8b"
URL_CHARACTERS: Final = "%:/?#[]@!$&'()*+,;=~"

InputKind = Literal["auto", "html", "text"]


@dataclass(frozen=True)
class Document:
    """One thing to clean, and what it is called in messages and output."""

    name: str
    content: bytes | str
    url: str | None = None
    charset: str | None = None
    id: Any = None


def is_json_lines(name: str) -> bool:
    """Whether a file holds one JSON record a line, by its name."""
    return name.lower().endswith(JSON_LINES)


def is_address(name: str) -> bool:
    """Whether an input is to be fetched rather than opened."""
    return "://" in name and not Path(name).exists()


def load(name: str) -> Document:
    """The document that `name` stands for; "-" is standard input. Raises CleanError."""
    if name == "-":
        return Document(name, _bounded(sys.stdin.buffer))
    if is_address(name):
        return fetch(name)
    with _open(name) as file:
        return Document(name, _bounded(file))


def load_records(name: str, kind: InputKind) -> Iterator[Document | CleanError]:
    """The records of a JSON-lines file; a bad line comes as the error that tells which and why.

    A record has its content in `html` or `text` (`kind` decides when it has both) and may have a
    `url` and an `id`.
    """
    with _open(name) as file:
        try:
            for number, line in enumerate(_lines(file), 1):
                if line.strip():
                    yield _record(f"{name}:{number}", line, kind)
        except (OSError, EOFError, zlib.error) as error:
            yield CleanError(f"{name}: cannot be read to its end ({_reason(error)})")


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Lines, none longer than a record may be: an escaped character takes six bytes at most."""
    limit = 6 * MAX_SIZE
    while line := file.readline(limit):
        yield line


def _record(name: str, line: bytes, kind: InputKind) -> Document | CleanError:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return CleanError(f"{name}: not a JSON record ({error})")
    if not isinstance(record, dict):
        return CleanError(f"{name}: not a JSON object")
    fields = ("text", "html") if kind == "text" else ("html", "text")
    content = next((record[field] for field in fields if isinstance(record.get(field), str)), None)
    if content is None:
        return CleanError(f'{name}: the record has neither "html" nor "text"')
    url = record.get("url")
    return Document(name, content, url if isinstance(url, str) else None, None, record.get("id"))


@contextmanager
def _open(name: str) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked when it is gzip, whatever its name."""
    if Path(name).is_dir():
        raise CleanError("is a folder; name the files in it, or use `cleaner batch`")
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(name).open("rb"))
            packed = file.peek(2).startswith(GZIP_MAGIC)
        except FileNotFoundError:
            raise CleanError("no such file") from None
        except (OSError, ValueError) as error:
            raise CleanError(f"cannot be opened ({_reason(error)})") from error
        yield cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=file))) if packed else file


def _bounded(file: IO[bytes]) -> bytes:
    """All of it, or a byte more than is accepted, which the reader then refuses."""
    try:
        content = file.read(MAX_SIZE + 1)
        return _unzipped(content) if content.startswith(GZIP_MAGIC) else content
    except (OSError, EOFError, zlib.error) as error:
        raise CleanError(f"cannot be read ({_reason(error)})") from error


def _unzipped(content: bytes) -> bytes:
    from io import BytesIO

    with gzip.GzipFile(fileobj=BytesIO(content)) as file:
        return file.read(MAX_SIZE + 1)


def fetch(address: str) -> Document:
    """The document at an http or https address, with the charset the server declares. Raises CleanError."""
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request

    if not _is_web(address):
        raise CleanError("only http:// and https:// addresses can be fetched")
    headers = {"User-Agent": "Mozilla/5.0 (compatible; article-cleaner)", "Accept-Encoding": "gzip"}
    try:
        request = Request(quote(address, safe=URL_CHARACTERS), headers=headers)
        with _web_only().open(request, timeout=CONNECT_SECONDS) as answer:
            content = _within_time(answer)
            headers_back: Message = answer.headers
            final_url = answer.geturl()
    except HTTPError as error:
        error.close()
        raise CleanError(f"the server answered {error.code} ({_reason(error)})") from error
    except (OSError, HTTPException, ValueError) as error:  # OSError includes URLError and time-outs
        raise CleanError(f"cannot be fetched ({_reason(error)}); check the address") from error
    if content.startswith(GZIP_MAGIC):
        try:
            content = _unzipped(content)
        except (OSError, EOFError, zlib.error) as error:
            raise CleanError(f"the answer is damaged ({_reason(error)})") from error
    return Document(address, content, final_url, headers_back.get_content_charset())


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


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
    return bytes(chunks)


def _reason(error: BaseException) -> str:
    """The plain words of an error: the system's, not Python's."""
    inner = getattr(error, "reason", None)
    if isinstance(inner, BaseException):
        return _reason(inner)
    words = inner or getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(words).split()).rstrip(".")
