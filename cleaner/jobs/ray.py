"""The same job on a Ray cluster: datasets in, datasets of articles out, or the engine of `cleaner batch`.

Everything streams: read tasks make rows that hold one unparsed record each, actors clean them,
and the rows go on to whoever asks for them. In each actor a pool of one worker process stands
between the page and Ray, so that the time limit, the memory cap and a crash cost one page here as well. The
readers, the workers and the encoding are those of the local engine, hence the same output.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import pickle
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cleaner.jobs.encode import as_error_line
from cleaner.jobs.inputs import Inputs
from cleaner.jobs.limits import DEFAULT_MEMORY, DEFAULT_TIMEOUT
from cleaner.jobs.parquet import row_of, schema
from cleaner.jobs.pool import Pool
from cleaner.jobs.records import (
    Fields,
    InputKind,
    JobError,
    Outcome,
    Payload,
    Place,
    Row,
    Task,
    choose_source,
)
from cleaner.jobs.streams import STDIN, need
from cleaner.jobs.worker import Setup

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped]
    from ray.data import Dataset

ROWS: Final = 32
"""Records of one batch: at 200 KB a page, 6 MB."""
MAX_READERS: Final = 1_000
READER_CPUS: Final = 0.1
ACTOR_CPUS: Final = 0.9
"""Shares of a CPU that Ray sets aside: reading hardly uses any."""
PAYLOAD: Final = "payload"
"""Column of unparsed records, pickled: from our own readers to our own actors."""


def read_pages(names: Sequence[str], fields: Fields | None = None, kind: InputKind = "auto") -> Dataset:
    """A dataset of the pages in files, folders and globs (JSON lines, WARC, Parquet, HTML, text), for
    `clean_dataset`. The files must be where every node of the cluster can read them.
    Raises `JobError`."""
    return _read(Inputs.find(names, fields or Fields(), kind), Place())


def clean_dataset(
    dataset: Dataset,
    fields: Fields | None = None,
    kind: InputKind = "auto",
    concurrency: int | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    memory: int = DEFAULT_MEMORY,
) -> Dataset:
    """Clean every row of a dataset: one of `read_pages`, or one with columns named by `fields`.

    The result has the columns of `cleaner.jobs.parquet.schema()`, in the same order of rows, and can be
    written with `write_parquet`, `write_json` and so on. `concurrency` is the number of actors
    (default: one for each CPU of the cluster), `timeout` the seconds and `memory` the megabytes for one page.
    Raises ValueError for limits that cannot be kept, `JobError` without Ray.
    """
    setup = Setup(encode="json", timeout=timeout, memory=memory)
    return _clean(dataset, setup, fields or Fields(), kind, concurrency, as_outcomes=False)


@dataclass(frozen=True, slots=True)
class Cluster:
    """The engine of a Ray cluster, as `cleaner.jobs.batch.Engine`. `address` None means: the cluster that Ray
    is already connected to, or else one on this machine for as long as the job lasts."""

    setup: Setup
    workers: int | None = None
    address: str | None = None

    def __call__(self, inputs: Inputs, after: Place, number: int, stop: Any) -> Generator[Outcome]:
        if STDIN in inputs.names:
            raise JobError("standard input cannot be read by a cluster; name files")
        with _connected(self.address):
            for count, row in enumerate(self._rows(inputs, after)):
                outcome: Outcome = pickle.loads(row["outcome"])
                place = Place(row["input"], row["record"], row["read"])
                yield outcome._replace(number=number + count, place=place)
                if stop():
                    return

    def _rows(self, inputs: Inputs, after: Place) -> Iterator[dict[str, Any]]:
        failures = need("ray.exceptions", "the Ray engine", "ray")
        try:
            pages = _read(inputs, after)
            cleaned = _clean(pages, self.setup, inputs.fields, inputs.kind, self.workers, as_outcomes=True)
            # Ray Data tells of every start and end of a dataset, and sets this level when one is made.
            logging.getLogger("ray.data").setLevel(logging.ERROR)
            yield from cleaned.iter_rows()
        except failures.RayError as error:
            lines = [line.strip() for line in str(error).splitlines() if "Error: " in line]
            raise JobError(f"the cluster failed: {lines[0] if lines else type(error).__name__}") from error


@contextmanager
def _connected(address: str | None) -> Iterator[None]:
    ray = need("ray", "the Ray engine", "ray")
    if ray.is_initialized():
        yield
        return
    try:
        # A dashboard is for the cluster's keepers; a cluster of one job's own does without.
        own = {} if address or os.environ.get("RAY_ADDRESS") else {"include_dashboard": False}
        ray.init(address=address, log_to_driver=False, logging_level="ERROR", **own)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise JobError(f"cannot reach the Ray cluster: {' '.join(str(error).split())[:200]}") from None
    try:
        yield
    finally:
        ray.shutdown()


def _read(inputs: Inputs, after: Place) -> Dataset:
    ray_data = need("ray.data", "the Ray engine", "ray")
    ray_data.DataContext.get_current().execution_options.preserve_order = True
    ray_data.DataContext.get_current().enable_progress_bars = False
    sizes = [os.path.getsize(name) if os.path.isfile(name) else 0 for name in inputs.names]
    numbers = range(after.input, len(inputs.names))
    starts = [{"input": number, "before": sum(sizes[:number])} for number in numbers]
    blocks = max(1, min(len(starts), MAX_READERS))
    files: Dataset = ray_data.from_items(starts, override_num_blocks=blocks)
    reader = _Reader(inputs, after)
    # With other needs than the actors' the readers are not fused with them, so one large file
    # feeds all actors.
    return files.map_batches(reader.rows, batch_size=1, zero_copy_batch=True, num_cpus=READER_CPUS)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one input in a task of the cluster."""

    inputs: Inputs
    after: Place

    def rows(self, starts: Mapping[str, Any]) -> Iterator[dict[str, list[Any]]]:
        number, before = int(starts["input"][0]), int(starts["before"][0])
        done = self.after.record if number == self.after.input else -1
        rows: list[tuple[int, int, int, bytes]] = []
        for record, (payload, read) in enumerate(self.inputs.payloads(self.inputs.names[number])):
            if record > done:
                rows.append((number, record, before + read, pickle.dumps(payload)))
            if len(rows) == ROWS:
                yield _columns(rows)
                rows = []
        if rows:
            yield _columns(rows)


def _columns(rows: list[tuple[int, int, int, bytes]]) -> dict[str, list[Any]]:
    names = ("input", "record", "read", PAYLOAD)
    return {name: [row[column] for row in rows] for column, name in enumerate(names)}


def _clean(
    dataset: Dataset,
    setup: Setup,
    fields: Fields,
    kind: InputKind,
    concurrency: int | None,
    *,
    as_outcomes: bool,
) -> Dataset:
    ray = need("ray", "the Ray engine", "ray")
    ray_data = need("ray.data", "the Ray engine", "ray")
    most = concurrency or max(1, int(ray.cluster_resources().get("CPU", 1)))
    return dataset.map_batches(
        _Cleaner,
        fn_constructor_args=(setup, fields, kind, as_outcomes),
        batch_size=ROWS,
        batch_format="pyarrow",
        zero_copy_batch=True,
        compute=ray_data.ActorPoolStrategy(min_size=1, max_size=most),
        num_cpus=ACTOR_CPUS,
    )


class _Cleaner:
    """An actor: batches of rows in, batches of articles out."""

    def __init__(self, setup: Setup, fields: Fields, kind: InputKind, as_outcomes: bool) -> None:
        self._pool = Pool(setup, 1)
        self._fields = fields
        self._kind = kind
        self._as_outcomes = as_outcomes

    def __call__(self, table: pyarrow.Table) -> pyarrow.Table:
        arrow = need("pyarrow", "the Ray engine", "ray")
        tasks = [Task(number, payload) for number, payload in enumerate(self._payloads(table))]
        outcomes = list(self._pool.run(tasks))
        if self._as_outcomes:
            packed = arrow.array([pickle.dumps(outcome) for outcome in outcomes], arrow.large_binary())
            return table.drop_columns([PAYLOAD]).append_column("outcome", packed)
        rows = [row_of(json.loads(_line(outcome))) for outcome in outcomes]
        return arrow.Table.from_pylist(rows, schema())

    def _payloads(self, table: pyarrow.Table) -> list[Payload]:
        if PAYLOAD in table.column_names:
            return [pickle.loads(packed) for packed in table.column(PAYLOAD).to_pylist()]
        return [Row(values, self._digest(values), self._fields, self._kind) for values in table.to_pylist()]

    def _digest(self, values: Mapping[str, Any]) -> str:
        """An id for a row that brings none: no row knows its number in a dataset, but its page tells it."""
        found = choose_source(values, ((self._fields.html, "html"), (self._fields.text, "text")), self._kind)
        source = found[0] if found else b""
        page = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
        return f"sha256:{hashlib.sha256(page).hexdigest()[:32]}"


def _line(outcome: Outcome) -> bytes:
    if outcome.error is None:
        line: bytes = outcome.value
        return line
    return as_error_line(outcome)
