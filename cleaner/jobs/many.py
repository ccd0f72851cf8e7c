"""`clean_many`: any iterable of pages in, one result for each out, in order.

The pages go through worker processes, so a page that crashes a parser, hangs or eats memory is
an error result and nothing more. The source may be endless: it is read only as far ahead as the
workers need.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, get_args

from cleaner.jobs.pool import Pool
from cleaner.jobs.records import Direct, Id, InputKind, Page, Payload, Task, Unreadable
from cleaner.jobs.worker import Setup
from cleaner.model import Article

DEFAULT_TIMEOUT = 30.0
"""Seconds for one page. A page ends within 2 s on an idle machine; workers on a full one may wait."""
DEFAULT_MEMORY = 1024
"""Megabytes for one page, beyond what a worker uses at rest."""


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
    sources: Iterable[bytes | str | tuple[bytes | str, str | None] | Mapping[str, Any]],
    workers: int | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    memory: int = DEFAULT_MEMORY,
) -> Iterator[Result]:
    """Clean pages in parallel; yield one `Result` for each, in order, as they come.

    A source is bytes or str, a pair (source, url), or a mapping with "source" (or "html", or
    "text") and optionally "url", "kind", "charset" and "id". `workers` is the number of processes
    (default: one for each CPU this process may use), `timeout` the seconds and `memory` the
    megabytes that one page may take. A bad page is a result with an error, never an exception;
    `cleaner.jobs.JobError` is raised when no worker can be started. Works from any thread, and
    needs no `if __name__ == "__main__"` guard. Closing the iterator, or dropping it, ends the workers.
    """
    setup = Setup(timeout=timeout, memory=memory)
    with Pool(setup, workers or usable_cpus()) as pool:
        tasks = (Task(index, _payload(index, source)) for index, source in enumerate(sources))
        with closing(pool.run(tasks)) as outcomes:
            for outcome in outcomes:
                yield Result(outcome.number, outcome.id, outcome.value, outcome.error)


def usable_cpus() -> int:
    """CPUs that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _payload(index: int, source: object) -> Payload:
    if isinstance(source, (bytes, str)):
        return Direct(Page(index, source))
    if isinstance(source, tuple) and len(source) == 2 and _is_page(source[0]) and _is_url(source[1]):
        return Direct(Page(index, source[0], source[1]))
    if isinstance(source, Mapping):
        return _from_mapping(index, source)
    return Unreadable(
        index, f"neither bytes, text, a (source, url) pair nor a mapping: {type(source).__name__}"
    )


def _from_mapping(index: int, fields: Mapping[Any, Any]) -> Payload:
    name = fields.get("id")
    record_id = name if isinstance(name, (str, int)) and not isinstance(name, bool) else index
    kind: Any = "auto"
    page: object = None
    for key, means in (("source", "auto"), ("html", "html"), ("text", "text")):
        if fields.get(key) is not None:
            page, kind = fields[key], fields.get("kind") or means
            break
    url, charset = fields.get("url"), fields.get("charset")
    if not isinstance(page, (bytes, str)):
        return Unreadable(record_id, 'a mapping needs bytes or text under "source", "html" or "text"')
    if kind not in get_args(InputKind) or not _is_url(url) or not _is_url(charset):
        return Unreadable(record_id, '"kind" is auto, html or text; "url" and "charset" are text')
    return Direct(Page(record_id, page, url, kind, charset))


def _is_page(value: object) -> bool:
    return isinstance(value, (bytes, str))


def _is_url(value: object) -> bool:
    return value is None or isinstance(value, str)
