"""The progress of a job on a terminal, by rich: pages, pages a second, errors, what was removed, time left.

Nothing is shown where standard error is no terminal, so logs stay clean.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from cleaner.jobs.records import JobError
from cleaner.jobs.streams import need
from cleaner.jobs.tally import Tally

if TYPE_CHECKING:
    from rich.progress import Progress

REFRESH_SECONDS: Final = 0.2
LABELS: Final = 3
"""Labels that fit beside the rest on a line of 100 columns."""


class _Bar:
    def __init__(self, progress: Progress, total: int | None, before: int) -> None:
        self._progress = progress
        self._task = progress.add_task("cleaning", total=total, pages=before, rate="", errors=0, removed="")
        self._before = before
        self._begun = time.monotonic()
        self._shown = 0.0

    def show(self, tally: Tally, read: int) -> None:
        now = time.monotonic()
        if now - self._shown < REFRESH_SECONDS:
            return
        self._shown = now
        rate = (tally.records - self._before) / max(now - self._begun, 0.001)
        shares = list(tally.shares().items())[:LABELS]
        removed = ", ".join(f"{label} {share:.0%}" for label, share in shares)
        self._progress.update(
            self._task,
            completed=read,
            pages=tally.records,
            rate=f"{rate:.0f}/s",
            errors=tally.errors,
            removed=removed,
        )


@contextmanager
def bar(total: int | None, before: int, quiet: bool) -> Iterator[_Bar | None]:
    """A progress bar on standard error, or None where nobody would see it.

    `total` is in bytes of input, None when unknown; `before` the records that earlier runs wrote.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    try:
        library = need("rich.progress", "the progress bar")
    except JobError as error:
        print(f"cleaner: {error}", file=sys.stderr)
        yield None
        return
    from rich.console import Console

    columns = [
        library.TextColumn("{task.fields[pages]:,} pages  {task.fields[rate]}"),
        library.TextColumn("[red]{task.fields[errors]:,} errors"),
        library.TextColumn("removed: {task.fields[removed]}"),
    ]
    if total:
        columns += [library.BarColumn(), library.TaskProgressColumn(), library.TimeRemainingColumn()]
    with library.Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress, total, before)
