"""JSON lines in, one payload for each line out; and so for a JSON document of moderate size.

Lines go on unparsed, as they come: parsing is the worker's work. Only a file whose first line is no record
is looked at longer. It may be one JSON document over many lines, whose objects are then its records, or a
page, or anything else that was taken for JSON lines, which is one error, not one for each of its lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import IO, Any, Final

from cleaner.foreign import json_members
from cleaner.jobs.records import Fields, InputKind, JsonLine, Payload, Row, Unreadable
from cleaner.read import MAX_SIZE

MAX_LINE: Final = 6 * MAX_SIZE
"""Bytes of one line: JSON may write each character of a page as an escape of six."""
MAX_DOCUMENT: Final = 32 * 2**20
"""Bytes of a document, which is parsed in one piece: a hundred large pages. What dumps more has lines."""
MAX_LINES: Final = 200_000
"""Lines of a document, each of which takes 200 bytes beyond its own."""
FIRST_LINES: Final = 8
"""Lines of which half show what a file is whose first one is broken."""

_JSON_LINE: Final = re.compile(rb'(?:\xef\xbb\xbf)?[ \t\r\n]*\{[ \t]*"(?:[^"\\\r\n]|\\.)*"[ \t]*:')
"""How a JSON object on one line begins, which no page and no prose does."""
_ADVICE: Final = "write one object on each line"
_WITH_JQ: Final = f"{_ADVICE}, as `jq -c '.[]'` does with an array and `jq -c .` with objects"


def opens_as_json_lines(opening: bytes) -> bool:
    """Whether an unpacked stream that begins so holds JSON lines, though its first one may be broken."""
    if _JSON_LINE.match(opening):
        return True
    lines = [line for line in opening.splitlines(keepends=True) if not line.isspace()][:FIRST_LINES]
    if not lines or lines[0].lstrip().startswith(b"<"):
        return False
    return 2 * sum(map(_is_seen_as_object, lines)) >= len(lines)


def read_json_lines(stream: IO[bytes], name: str, fields: Fields, kind: InputKind) -> Iterator[Payload]:
    """The records of an unpacked stream; `name` is for messages. What is damaged is an error at its place."""
    lines = _lines(stream, name, fields, kind)
    head, is_all = _head(lines)
    members = _document(head) if is_all else None
    if members is not None:
        yield from _records(members, name, fields, kind)
    elif not head or _is_lines(head, fields):
        yield from head
        yield from lines
    else:
        yield Unreadable(name, _what_else(head, is_all))
        yield from (damaged for damaged in head if isinstance(damaged, Unreadable))


def _lines(stream: IO[bytes], name: str, fields: Fields, kind: InputKind) -> Iterator[Payload]:
    number = 0
    try:
        for number, line in enumerate(_bounded(stream), 1):
            if line is None:
                limits = f"more than {MAX_LINE >> 20} MB; a page has {MAX_SIZE >> 20} MB at most"
                yield Unreadable(f"{name}:{number}", f"a line of {limits}; {_ADVICE}")
            elif not line.isspace():
                yield JsonLine(line, f"{name}:{number}", fields, kind)
    except (OSError, EOFError) as error:
        yield Unreadable(f"{name}:{number + 1}", f"damaged file: {error}")


def _bounded(stream: IO[bytes]) -> Iterator[bytes | None]:
    """The lines; None for one that is too long, of which no more than `MAX_LINE` is ever in memory."""
    while line := stream.readline(MAX_LINE):
        is_whole = True
        while len(line) == MAX_LINE and not line.endswith(b"\n"):
            is_whole = False
            line = stream.readline(MAX_LINE)
        yield line if is_whole else None


def _head(lines: Iterator[Payload]) -> tuple[list[Payload], bool]:
    """As many lines as tell what they are, which mostly is the first one, and whether these are all.

    Where the first one may begin a document or a page, those behind it may be objects within that.
    """
    head: list[Payload] = []
    size = 0
    for line in lines:
        head.append(line)
        size += line.weight
        is_part = len(head) > 1 and _opening(head) in (b"{", b"[", b"<")
        if size > MAX_DOCUMENT or len(head) > MAX_LINES or (not is_part and _object(line) is not None):
            return head, False
    return head, True


def _opening(head: Sequence[Payload]) -> bytes:
    """The first sign of the first line; none where that is damaged."""
    first = head[0] if head else None
    return first.line.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] if isinstance(first, JsonLine) else b""


def _document(head: Sequence[Payload]) -> list[Any] | None:
    """The members of the JSON that all the lines are together; None where that is none."""
    lines = [payload.line for payload in head if isinstance(payload, JsonLine)]
    return json_members(b"".join(lines)) if len(lines) == len(head) else None


def _records(members: Sequence[Any], name: str, fields: Fields, kind: InputKind) -> Iterator[Payload]:
    """The records of a document, which are called by their number in it."""
    if members and not any(isinstance(member, dict) for member in members):
        yield Unreadable(name, "JSON without an object in it; each record is an object")
        return
    for number, member in enumerate(members, 1):
        place = f"{name}:{number}"
        if isinstance(member, dict):
            # What is nested is no page and no id, and may be nested too deeply to be sent to a worker.
            values = {key: None if isinstance(value, dict | list) else value for key, value in member.items()}
            weight = sum(len(value) for value in values.values() if isinstance(value, str))
            yield Row(values, place, fields, kind, weight)
        else:
            yield Unreadable(place, "not a JSON object; each record is one")


def _is_lines(head: Sequence[Payload], fields: Fields) -> bool:
    """Whether these are JSON lines, however many of them are broken: no record is lost for its neighbours.

    Otherwise what is an object on one line is part of something else: of a document, or of a page's scripts.
    """
    if len(head) == 1 and _opening(head) not in (b"[", b"<"):
        return True
    objects = [found for found in map(_object, head) if found is not None]
    has_page = any(fields.html in found or fields.text in found for found in objects)
    return has_page or 2 * len(objects) >= len(head)


def _what_else(head: Sequence[Payload], is_all: bool) -> str:
    """What is said of a file in which no line is a record."""
    opening = _opening(head)
    if opening == b"<":
        return "a page or other markup, not JSON lines; name a page .html to have it read"
    if opening in (b"{", b"["):
        large = f"not JSON lines, but JSON of more than {MAX_DOCUMENT >> 20} MB or {MAX_LINES:,} lines"
        return f"{'not valid JSON, by lines or as a whole' if is_all else large}; {_WITH_JQ}"
    return f"no JSON lines: of the first {len(head):,} none is an object; {_ADVICE}"


def _object(payload: Payload) -> dict[str, Any] | None:
    """The object on a line, if it is one."""
    if not isinstance(payload, JsonLine) or _opening((payload,)) != b"{":
        return None
    value = _parsed(payload.line)
    return value if isinstance(value, dict) else None


def _is_seen_as_object(line: bytes) -> bool:
    """Whether a line is a JSON object, or begins as one and goes on behind what is seen."""
    if not line.endswith(b"\n"):
        return _JSON_LINE.match(line) is not None
    return line.lstrip().startswith(b"{") and isinstance(_parsed(line), dict)


def _parsed(text: bytes) -> Any:
    """The value that is written in JSON; None where it is none, or nested too deeply."""
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    return None
