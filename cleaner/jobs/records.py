"""The records that pass through a job, and the errors that end one.

A reader makes a `Task` for each input record; its payload is what stood in the file, still
unparsed, so that parsing is the worker's work and the parent only moves bytes. A worker turns it
into an `Outcome`, good or bad: every task has exactly one. All of these travel between
processes, hence small frozen records with nothing but plain values in them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, Protocol, TypeGuard

from cleaner.read import MAX_SIZE, as_source

Id = str | int | float


def is_id(value: object) -> TypeGuard[Id]:
    """Whether a value can tell a record from others: a text or a number, which a missing one is not."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, (str, int)) and not isinstance(value, bool)


InputKind = Literal["auto", "html", "text"]

MOST_LOOKED_AT: Final = 4 * 2**20
"""Bytes of a line of JSON that the parent of the workers looks into, when a worker died of it."""
TOO_LARGE: Final = f"the input is larger than {MAX_SIZE >> 20} MB"
"""What the cleaner says of a page as well, where it gets to see it."""
MOST_NAMES: Final = 12
MOST_OF_A_NAME: Final = 40
"""Fields of a record, and characters of a field's name, that an error tells."""


class JobError(RuntimeError):
    """The job cannot go on; the message says why in one plain line."""


class RecordError(ValueError):
    """One input record cannot be read; the message says why in one plain line."""


def reason_of(error: BaseException) -> str:
    """The plain words of an error, on one line: the system's, not Python's."""
    inner = getattr(error, "reason", None)
    if isinstance(inner, BaseException):
        return reason_of(inner)
    words = str(inner or getattr(error, "strerror", None) or error) or type(error).__name__
    return " ".join(words.split("\n", 1)[0].split()).rstrip(".")


class Page(NamedTuple):
    """One page to clean, as the cleaning function takes it; `charset` is what HTTP declared."""

    id: Id
    source: bytes | str
    url: str | None = None
    kind: InputKind = "auto"
    charset: str | None = None


class Known(NamedTuple):
    """What tells a record from others."""

    id: Id
    url: str | None = None


class Payload(Protocol):
    """An input record as it stood in its file."""

    @property
    def weight(self) -> int:
        """Its size in bytes, roughly; unit of the back-pressure."""

    @property
    def name(self) -> Id:
        """An id for it when it has none of its own or cannot be read."""

    def known(self) -> Known:
        """Its id and address as far as they can be told at little cost, also where there is no page in it."""

    def load(self) -> Page:
        """Parse it; raises `RecordError`."""


class Place(NamedTuple):
    """Where a record stood: which input, which record of it, and how many of the input's bytes were read."""

    input: int = 0
    record: int = -1
    read: int = 0


class Task(NamedTuple):
    """One input record on its way to a worker."""

    number: int
    payload: Payload
    place: Place = Place()


class Outcome(NamedTuple):
    """What became of one task. `value` is what the worker's encoding made; None after an error."""

    number: int
    id: Id
    value: Any
    error: str | None
    place: Place
    seconds: float = 0.0
    kept: int = 0
    """Characters of body text."""
    removed: Mapping[str, int] = {}
    """Characters left out, by label."""
    url: str | None = None
    """Where the page came from, for an error; an article has its own."""
    article_like: bool = True
    """Whether what was found is an article."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a JSON or Parquet record."""

    html: str = "html"
    text: str = "text"
    url: str = "url"
    id: str = "id"


def choose_source(
    values: Mapping[Any, Any], fields: Sequence[tuple[str, InputKind]], kind: InputKind
) -> tuple[bytes | str, InputKind] | None:
    """The first of the fields with something in it, and what that is; None when none has bytes or text.

    `fields` are names with what they hold, in order; where `kind` is text, those with pages come last.
    A blank field counts only where no other is filled.
    """
    ordered = sorted(fields, key=lambda field: field[1] == "html") if kind == "text" else fields
    found = [
        (source, means if kind == "auto" else kind)
        for name, means in ordered
        if (source := as_source(values.get(name))) is not None
    ]
    filled = (pair for pair in found if pair[0] and not pair[0].isspace())
    return next(filled, found[0] if found else None)


@dataclass(frozen=True, slots=True)
class Direct:
    """A page that is already at hand."""

    page: Page

    @property
    def weight(self) -> int:
        """Bytes or characters of the page."""
        return len(self.page.source)

    @property
    def name(self) -> Id:
        """The page's id."""
        return self.page.id

    def known(self) -> Known:
        """The page's id and address."""
        return Known(self.page.id, self.page.url)

    def load(self) -> Page:
        """The page; there is nothing to parse."""
        return self.page


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record of which the reader found only ruins."""

    name: Id
    reason: str
    url: str | None = None

    @property
    def weight(self) -> int:
        """Nothing was kept of it."""
        return 0

    def known(self) -> Known:
        """What the reader found."""
        return Known(self.name, self.url)

    def load(self) -> Page:
        """Raises `RecordError`, with the reason."""
        raise RecordError(self.reason)


@dataclass(frozen=True, slots=True)
class Row:
    """A record with named fields: one line of JSON lines, one row of Parquet."""

    values: Mapping[str, Any]
    name: Id
    fields: Fields
    kind: InputKind
    weight: int = 0

    def known(self) -> Known:
        """The id and the address in their fields, if they are there."""
        own_id, url = self.values.get(self.fields.id), self.values.get(self.fields.url)
        return Known(own_id if is_id(own_id) else self.name, url if isinstance(url, str) else None)

    def load(self) -> Page:
        """The page in the first field that is not blank. Raises `RecordError`."""
        html, text = self.fields.html, self.fields.text
        found = choose_source(self.values, ((html, "html"), (text, "text")), self.kind)
        if found is None:
            there = f"the fields there are: {self._names()}"
            raise RecordError(f"no field {html!r} or {text!r} with a page or text in it; {there}")
        source, kind = found
        own_id, url = self.known()
        return Page(own_id, source, url, kind)

    def _names(self) -> str:
        names = [str(name)[:MOST_OF_A_NAME] for name in islice(self.values, MOST_NAMES)]
        more = ", …" if len(self.values) > MOST_NAMES else ""
        return (", ".join(names) or "none") + more


@dataclass(frozen=True, slots=True)
class JsonLine:
    """One line of JSON lines, not yet parsed."""

    line: bytes
    name: Id
    fields: Fields = field(default_factory=Fields)
    kind: InputKind = "auto"

    @property
    def weight(self) -> int:
        """Bytes of the line."""
        return len(self.line)

    def known(self) -> Known:
        """The id and the address in the line; of one that is no record, or a long one, where it stands."""
        if len(self.line) <= MOST_LOOKED_AT:
            with suppress(RecordError):
                return self._row().known()
        return Known(self.name)

    def load(self) -> Page:
        """The page of the record in the line. Raises `RecordError`."""
        return self._row().load()

    def _row(self) -> Row:
        try:
            values = json.loads(self.line)
        except (ValueError, RecursionError) as error:
            raise RecordError(f"not valid JSON: {str(error) or 'nested too deeply'}") from None
        if not isinstance(values, dict):
            raise RecordError("not a JSON object; JSON lines have one on each line")
        return Row(values, self.name, self.fields, self.kind)


@dataclass(frozen=True, slots=True)
class PageFile:
    """One page in a file of its own, perhaps packed with gzip or zstd, still unread."""

    path: str
    kind: InputKind
    weight: int = 0

    @property
    def name(self) -> Id:
        """Its path."""
        return self.path

    def known(self) -> Known:
        """Its path; a file does not say where it came from."""
        return Known(self.path)

    def load(self) -> Page:
        """Read and unpack the file. Raises `RecordError`."""
        from cleaner.jobs.streams import unpack

        try:
            with Path(self.path).open("rb") as file:
                data = file.read(MAX_SIZE + 1)
        except OSError as error:
            raise RecordError(f"cannot read {self.path}: {error.strerror or error}") from None
        if len(data) > MAX_SIZE:
            raise RecordError(TOO_LARGE)
        return Page(self.path, unpack(data, MAX_SIZE), None, self.kind)
