"""The worker process: tasks come in over a pipe, one outcome for each goes back, in order.

Run as `python -m cleaner.jobs.worker FD` by `cleaner.jobs.pool`. The time limit is a timer of the
kernel with its default action, death: it ends a page that hangs in native code, which no Python
handler could. The memory cap is a limit on the address space, so a page that asks for more gets
a `MemoryError` (or crashes a native parser) instead of starving the machine. Either way the
parent sees at which page the answers stop. All this happens in the worker, none of it in the
process that uses the pool.
"""

from __future__ import annotations

import importlib
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from cleaner.jobs.encode import ENCODERS, failed, succeeded
from cleaner.jobs.limits import DEFAULT_MEMORY, DEFAULT_TIMEOUT, checked_memory, checked_timeout
from cleaner.jobs.records import JobError, Outcome, Page, RecordError, Task
from cleaner.model import Article, CleanError

CleanFunction = Callable[..., Article]
READY: Final = "ready"
LOST: Final = "lost"
"""Said by a worker that could not take in what it was sent, with the reason behind it; it ends then."""
LEAVING: Final = "leaving"
"""Said by a worker that ends of its own accord: whatever it has not answered is not to blame."""
GROWN: Final = 0.5
"""Share of the memory cap that a worker may have gained for good before it asks to be replaced."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is to do: `clean` as "module:function", `encode` as a name in `ENCODERS`,
    `timeout` in seconds and `memory` in megabytes for each page."""

    clean: str = "cleaner:clean"
    encode: str = "article"
    timeout: float = DEFAULT_TIMEOUT
    memory: int = DEFAULT_MEMORY

    def __post_init__(self) -> None:
        """Raises ValueError for a limit that cannot be kept."""
        checked_timeout(self.timeout)
        checked_memory(self.memory)


def main(fd: int) -> None:
    """Serve tasks until the parent closes the pipe or is gone."""
    _own_signals()
    pipe = Connection(fd)
    try:
        setup: Setup = pipe.recv()
        try:
            clean = _load(setup.clean)
        except (ImportError, AttributeError) as error:
            pipe.send(f"{type(error).__name__}: {error}")
            return
        pipe.send(READY)
        cap = _cap_memory(setup.memory)
        while True:
            for task in _received(pipe, setup):
                outcome, sound = _answer(task, clean, setup)
                pipe.send(outcome)
                if not sound or _resident() > cap:
                    pipe.send(LEAVING)
                    return
    except (EOFError, ConnectionError):
        return  # the parent has what it wanted, or is dead


def _received(pipe: Connection, setup: Setup) -> list[Task]:
    """The next batch; none, once the parent was told, where it is too large or cannot be unpacked."""
    try:
        return pipe.recv()  # type: ignore[no-any-return]
    except (EOFError, OSError):
        raise
    except MemoryError:
        reason = memory_exceeded(setup)
    except Exception as error:  # noqa: BLE001 - classes of the caller's own may raise anything
        reason = f"cannot be sent to a worker: {type(error).__name__}: {error}"
    pipe.send((LOST, reason))
    raise EOFError


def memory_exceeded(setup: Setup) -> str:
    """What is said of a page that took too much memory."""
    return f"memory limit of {setup.memory} MB exceeded"


def _answer(task: Task, clean: CleanFunction, setup: Setup) -> tuple[Outcome, bool]:
    """The outcome, and whether this process is fit for another task."""
    page: Page | None = None
    start = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, setup.timeout)
    try:
        page = task.payload.load()
        article = clean(page.source, url=page.url, kind=page.kind, charset=page.charset)
        outcome = succeeded(task, page.id, article, ENCODERS[setup.encode], time.perf_counter() - start)
        return outcome, True
    except (CleanError, RecordError, JobError) as error:  # the last when a library for the page is missing
        return failed(task, page, str(error), time.perf_counter() - start), True
    except MemoryError:
        return failed(task, page, memory_exceeded(setup)), False
    except Exception as error:  # noqa: BLE001 - what a page does is that page's record, never the job's end
        reason = f"internal error: {type(error).__name__}: {error}"
        return failed(task, page, reason, time.perf_counter() - start), True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _own_signals() -> None:
    # Ctrl-C is the parent's to handle; a caller may have blocked the alarm.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash is expected; its image helps nobody
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})


def _load(name: str) -> CleanFunction:
    module, _, function = name.partition(":")
    found: Any = getattr(importlib.import_module(module), function)
    return found  # type: ignore[no-any-return]


def _cap_memory(megabytes: int) -> float:
    """Limit the address space to what is in use plus `megabytes`; returns the resident size to retire at."""
    cap = megabytes * 2**20
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _statm(0) + cap
    if _statm(0) and (hard == resource.RLIM_INFINITY or limit < hard) and (soft < 0 or limit < soft):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    return _resident() + cap * GROWN


def _resident() -> int:
    return _statm(1)


def _statm(column: int) -> int:
    """Bytes from /proc/self/statm; 0 where there is no such file (then nothing is capped)."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[column]) * os.sysconf("SC_PAGE_SIZE")
    except FileNotFoundError:
        return 0


if __name__ == "__main__":
    main(int(sys.argv[1]))
