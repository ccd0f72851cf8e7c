"""The records that pass through a job, and the errors that end one.

A reader makes a `Task` for each input record; its payload is what stood in the file, still
unparsed, so that parsing is the worker's work and the parent only moves bytes. A worker turns it
into an `Outcome`, good or bad: every task has exactly one. All of these travel between
processes, hence small frozen records with nothing but plain values in them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, Protocol

Id = str | int
InputKind = Literal["auto", "html", "text"]

MAX_COMPRESSED_PAGE: Final = 32 * 2**20
"""Bytes a compressed page may unfold to before it is given up: more than any cleaner accepts."""


class JobError(RuntimeError):
    """The job cannot go on; the message says why in one plain line."""


class RecordError(ValueError):
    """One input record cannot be read; the message says why in one plain line."""


class Page(NamedTuple):
    """One page to clean, as the cleaning function takes it; `charset` is what HTTP declared."""

    id: Id
    source: bytes | str
    url: str | None = None
    kind: InputKind = "auto"
    charset: str | None = None


class Payload(Protocol):
    """An input record as it stood in its file."""

    @property
    def weight(self) -> int:
        """Its size in bytes, roughly; unit of the back-pressure."""

    @property
    def name(self) -> Id:
        """An id for it when it has none of its own or cannot be read."""

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


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a JSON or Parquet record."""

    html: str = "html"
    text: str = "text"
    url: str = "url"
    id: str = "id"


@dataclass(frozen=True, slots=True)
class Direct:
    """A page that is already at hand."""

    page: Page

    @property
    def weight(self) -> int:
        return len(self.page.source)

    @property
    def name(self) -> Id:
        return self.page.id

    def load(self) -> Page:
        return self.page


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record of which the reader found only ruins."""

    name: Id
    reason: str

    @property
    def weight(self) -> int:
        return 0

    def load(self) -> Page:
        raise RecordError(self.reason)


@dataclass(frozen=True, slots=True)
class Row:
    """A record with named fields: one line of JSON lines, one row of Parquet."""

    values: Mapping[str, Any]
    name: Id
    fields: Fields
    kind: InputKind
    weight: int = 0

    def load(self) -> Page:
        fields = self.fields
        kind = self.kind
        source = self.values.get(fields.html) if kind != "text" else None
        if source is not None and kind == "auto":
            kind = "html"
        elif source is None:
            source = self.values.get(fields.text)
            kind = "text" if kind == "auto" else kind
        if not isinstance(source, (str, bytes)):
            raise RecordError(f"no field {fields.html!r} or {fields.text!r} with a page or text in it")
        url = self.values.get(fields.url)
        return Page(self._id(), source, url if isinstance(url, str) else None, kind)

    def _id(self) -> Id:
        value = self.values.get(self.fields.id)
        # JSON has no other scalar that could tell two records apart; a list or null cannot either.
        return value if isinstance(value, (str, int)) and not isinstance(value, bool) else self.name


@dataclass(frozen=True, slots=True)
class JsonLine:
    """One line of JSON lines, not yet parsed."""

    line: bytes
    name: Id
    fields: Fields = field(default_factory=Fields)
    kind: InputKind = "auto"

    @property
    def weight(self) -> int:
        return len(self.line)

    def load(self) -> Page:
        try:
            values = json.loads(self.line)
        except (ValueError, RecursionError) as error:
            raise RecordError(f"not valid JSON: {str(error) or 'nested too deeply'}") from None
        if not isinstance(values, dict):
            raise RecordError("not a JSON object")
        return Row(values, self.name, self.fields, self.kind).load()


@dataclass(frozen=True, slots=True)
class PageFile:
    """One page in a file of its own, perhaps gzip-compressed, still unread."""

    path: str
    kind: InputKind
    weight: int = 0

    @property
    def name(self) -> Id:
        return self.path

    def load(self) -> Page:
        from cleaner.jobs.streams import unpack

        try:
            data = Path(self.path).read_bytes()
        except OSError as error:
            raise RecordError(f"cannot read {self.path}: {error.strerror or error}") from None
        return Page(self.path, unpack(data, MAX_COMPRESSED_PAGE), None, self.kind)
