"""`clean_many`: any iterable of pages in, one result for each out, in order.

The pages go through worker processes, so a page that crashes a parser, hangs or eats memory is
an error result and nothing more. The source may be endless: it is read only as far ahead as the
workers need.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final, TypeGuard, get_args

from cleaner.jobs.limits import DEFAULT_MEMORY, DEFAULT_TIMEOUT, checked_workers
from cleaner.jobs.pool import Pool
from cleaner.jobs.records import (
    Direct,
    Id,
    InputKind,
    Page,
    Payload,
    Task,
    Unreadable,
    choose_source,
    is_id,
)
from cleaner.jobs.worker import Setup
from cleaner.model import Article
from cleaner.read import as_source

_FIELDS: Final[tuple[tuple[str, InputKind], ...]] = (("source", "auto"), ("html", "html"), ("text", "text"))
_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one page: an article, or an error that says in one line why there is none.

    `id` is the source's own id if it had one, else its place in the iterable (from 0), which is
    also `index`.
    """

    index: int
    id: Id
    article: Article | None
    error: str | None


def clean_many(
    sources: Iterable[bytes | bytearray | str | tuple[bytes | str, str | None] | Mapping[str, Any]],
    workers: int | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    memory: int = DEFAULT_MEMORY,
) -> Iterator[Result]:
    """Clean pages in parallel; yield one `Result` for each, in order, as they come.

    A source is bytes or str, a pair (source, url), or a mapping with "source" (or "html", or
    "text": the first that is not blank) and optionally "url", "kind", "charset" and "id". `workers`
    is the number of processes (default: one for each CPU this process may use), `timeout` the seconds
    and `memory` the megabytes that one page may take. A bad page is a result with an error, never an
    exception; `JobError` is raised when no worker can be started, TypeError for a single page in place
    of an iterable, ValueError for limits that cannot be kept. Works from any thread, and needs no
    `if __name__ == "__main__"` guard. Closing the iterator, or dropping it, ends the workers.

    No thread reads ahead: `sources` is asked for its next items by whoever asks for a result, some
    dozens of pages ahead of it. So results wait while a slow source makes up its mind, and a source
    must not itself wait for a result.
    """
    if isinstance(sources, (bytes, bytearray, memoryview, str, Mapping)) or _is_pair(sources):
        form = "pair" if isinstance(sources, tuple) else type(sources).__name__
        raise TypeError(f"sources is one {form}, not an iterable of pages: use cleaner.clean")
    number = usable_cpus() if workers is None else checked_workers(workers)
    return _results(sources, number, Setup(timeout=timeout, memory=memory))


def _results(sources: Iterable[object], workers: int, setup: Setup) -> Iterator[Result]:
    with Pool(setup, workers) as pool:
        tasks = (Task(index, _payload(index, source)) for index, source in enumerate(sources))
        with closing(pool.run(tasks)) as outcomes:
            for outcome in outcomes:
                yield Result(outcome.number, outcome.id, outcome.value, outcome.error)


def usable_cpus() -> int:
    """CPUs that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _is_pair(sources: object) -> bool:
    """Whether this is one page with its address and not two pages: no page is nothing but an address."""
    if not isinstance(sources, tuple) or len(sources) != 2 or as_source(sources[0]) is None:
        return False
    return sources[1] is None or (isinstance(sources[1], str) and _ADDRESS.fullmatch(sources[1]) is not None)


def _payload(index: int, source: object) -> Payload:
    if isinstance(source, Mapping):
        return _from_mapping(index, source)
    page, url = source if isinstance(source, tuple) and len(source) == 2 else (source, None)
    page, url = as_source(page), _own(url)
    if page is not None and _is_url(url):
        return Direct(Page(index, page, url))
    return Unreadable(
        index, f"neither bytes, text, a (source, url) pair nor a mapping: {type(source).__name__}"
    )


def _from_mapping(index: int, fields: Mapping[Any, Any]) -> Payload:
    name = _own(fields.get("id"))
    record_id: Id = name if is_id(name) else index
    kind: Any = _own(fields.get("kind")) or "auto"
    url, charset = _own(fields.get("url")), _own(fields.get("charset"))
    if kind not in get_args(InputKind) or not _is_url(url) or not _is_url(charset):
        return Unreadable(record_id, '"kind" is auto, html or text; "url" and "charset" are text')
    found = choose_source(fields, _FIELDS, kind)
    if found is None:
        return Unreadable(record_id, 'a mapping needs bytes or text under "source", "html" or "text"', url)
    return Direct(Page(record_id, found[0], url, found[1], charset))


def _own(value: object) -> object:
    """A text or number in Python's own type, which workers know; anything else as it is."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool):
        return value
    return next((kind(value) for kind in (int, float) if isinstance(value, kind)), value)


def _is_url(value: object) -> TypeGuard[str | None]:
    return value is None or isinstance(value, str)
