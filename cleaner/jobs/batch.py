"""A whole job: inputs through an engine into a journalled output.

The engine is a function that yields outcomes in input order, so that one loop serves the
processes of this machine and a cluster alike: it writes, counts and reports.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from cleaner.jobs.inputs import Inputs
from cleaner.jobs.output import Output
from cleaner.jobs.pool import Pool
from cleaner.jobs.records import Outcome, Place, Task
from cleaner.jobs.tally import Summary, Tally
from cleaner.jobs.worker import Setup

Stop = Callable[[], bool]
Engine = Callable[[Inputs, Place, int, Stop], Generator[Outcome]]


class Reporter(Protocol):
    """Shows how a job gets on; called once for every record."""

    def show(self, tally: Tally, read: int) -> None:
        """Show the counts so far; `read` is in bytes of input."""


@dataclass(frozen=True, slots=True)
class Local:
    """The engine of this machine: worker processes. Called with the inputs, the place to go on
    behind, the number of the next record, and a question that says when to stop reading."""

    setup: Setup
    workers: int

    def __call__(self, inputs: Inputs, after: Place, number: int, stop: Stop) -> Generator[Outcome]:
        with Pool(self.setup, self.workers) as pool, closing(inputs.tasks(after, number)) as tasks:
            yield from pool.run(_until(stop, tasks))


def run_job(inputs: Inputs, output: Output, engine: Engine, reporter: Reporter | None, stop: Stop) -> Summary:
    """Clean all that is not yet in the output. When `stop` answers True, no more is read, and what is
    on the way is finished. Raises `JobError`; what was written before is safe."""
    begun = time.monotonic()
    before = output.tally.records
    finished = output.is_finished
    try:
        if not finished:
            with closing(engine(inputs, output.start, before, stop)) as outcomes:
                for outcome in outcomes:
                    output.write(outcome)
                    if reporter is not None:
                        reporter.show(output.tally, outcome.place.read)
            finished = not stop()
    finally:
        output.end(finished=finished)
    now = output.tally.records - before
    return Summary(output.path, finished, time.monotonic() - begun, now, output.tally, inputs.left_out())


def _until(stop: Stop, tasks: Iterator[Task]) -> Iterator[Task]:
    for task in tasks:
        yield task
        if stop():
            return
