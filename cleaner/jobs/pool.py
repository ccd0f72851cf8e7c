"""Tasks in, outcomes out, in the same order, through worker processes that may die.

Each worker is a fresh interpreter on a socket of its own (`cleaner.jobs.worker`), not a fork: so a
pool can be used from a thread, under an event loop, and inside another system's worker, which may
be a daemon process that the standard library's pools refuse. A worker gets a batch of tasks and
answers one by one; when it dies, the first unanswered task is the culprit and the others
go to another worker. No signal, no thread and no lock is used in the caller, and nothing
moves unless the caller asks for the next outcome: that is the back-pressure.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator
from multiprocessing.connection import Connection, Pipe, wait
from typing import Final

from cleaner.jobs.encode import failed
from cleaner.jobs.records import JobError, Outcome, Task
from cleaner.jobs.worker import LEAVING, LOST, READY, Setup

BATCH_TASKS: Final = 16
"""Tasks of one message: 0.1 to 0.2 s of work, against which a millisecond of the parent's is little."""
BATCH_BYTES: Final = 2 * 2**20
BATCH_SECONDS: Final = 0.05
"""How long a slow source may keep a batch open."""
WINDOW_BATCHES: Final = 4
"""Batches for each worker that may be on the way, so that one slow page does not stop the others."""
WINDOW_BYTES: Final = 48 * 2**20
"""Bytes of input that may be on the way, whatever the number of workers."""
GRACE_SECONDS: Final = 5.0
"""Beyond the time limit, after which a worker that did not end itself (it was stopped) is killed."""
START_SECONDS: Final = 120.0
"""A worker that has not imported the cleaner by then is not going to."""
EXIT_SECONDS: Final = 1.0
"""Between the end of a worker's answers and its own end."""
START_ATTEMPTS: Final = 3
KILLED_ATTEMPTS: Final = 2
"""Tries for a task whose worker was killed from outside, which is rarely the task's fault."""

_FROM_OUTSIDE: Final = frozenset((signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT))
_ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class _Worker:
    """One process, the socket to it, and the tasks it has not answered."""

    def __init__(self, setup: Setup) -> None:
        self.pending: deque[Task] = deque()
        self.ready = False
        self.hung = False
        self.leaving = False
        self.pipe, theirs = Pipe()
        self._process = _start(theirs)
        theirs.close()
        self._patience = setup.timeout + GRACE_SECONDS
        _limit_sending(self.pipe, self._patience)
        self.deadline = time.monotonic() + START_SECONDS
        self.send(setup)

    @property
    def idle(self) -> bool:
        return self.ready and not self.pending and not self.leaving

    def send(self, message: Setup | list[Task]) -> None:
        if isinstance(message, list):
            self.pending.extend(message)
            self.postpone()
        try:
            self.pipe.send(message)
        except BlockingIOError:  # it does not read, as when it was stopped
            self.deadline = 0.0
        except OSError:
            pass  # it died; the end of its answers says so in the proper place

    def postpone(self) -> None:
        self.deadline = time.monotonic() + self._patience

    def end(self) -> int:
        """Make an end of it; returns its exit code (a signal as a negative number)."""
        self.pipe.close()
        if self.hung:
            self._process.kill()
        try:
            return self._process.wait(EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def kill(self) -> None:
        self._process.kill()
        self.pipe.close()
        self._process.wait()


class Pool:
    """Up to `workers` processes that clean pages; a context manager. One `run` at a time.

    They are started as there is work for them. Raises `JobError` when none can be started at all.
    """

    def __init__(self, setup: Setup, workers: int) -> None:
        self._setup = setup
        self._size = workers
        self._workers: list[_Worker] = []
        self._failed_starts = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, also those in the middle of a page."""
        while self._workers:
            self._workers.pop().kill()

    def run(self, tasks: Iterable[Task]) -> Generator[Outcome]:
        """Yield one outcome for each task, in the order of the tasks, whose numbers must be consecutive."""
        run = _Run(self._setup, self._size * BATCH_TASKS * WINDOW_BATCHES, iter(tasks))
        try:
            while True:
                yield from run.finished()
                self._fill_up(run)
                idle = next((worker for worker in self._workers if worker.idle), None)
                batch = run.next_batch() if idle else []
                if idle and batch:
                    idle.send(batch)
                    self._listen(run, 0.0)
                elif run.is_over:
                    break
                else:
                    self._listen(run, None)
        finally:
            if not run.is_over:
                self.close()

    def _fill_up(self, run: _Run) -> None:
        """Start a worker for each task that none is free for, up to the pool's size."""
        free = sum(not worker.pending and not worker.leaving for worker in self._workers)
        while len(self._workers) < self._size and run.has_waiting(free + 1):
            self._workers.append(_Worker(self._setup))
            free += 1

    def _listen(self, run: _Run, patience: float | None) -> None:
        """Take the answers that are there; without `patience`, wait for one or for a deadline."""
        busy = {worker.pipe: worker for worker in self._workers if not worker.idle}
        if patience is None:
            earliest = min((worker.deadline for worker in busy.values()), default=0.0)
            patience = max(0.0, earliest - time.monotonic())
        for pipe in wait(list(busy), patience):
            worker = busy[pipe]  # type: ignore[index]
            if not self._hear(worker, run):
                self._bury(worker, run)
        now = time.monotonic()
        for worker in busy.values():
            if worker in self._workers and not worker.idle and worker.deadline < now:
                worker.hung = True
                self._bury(worker, run)

    def _hear(self, worker: _Worker, run: _Run) -> bool:
        """Take one message; False when there will be no more."""
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            return False
        if isinstance(message, Outcome):
            run.accept(worker.pending.popleft(), message)
            worker.postpone()
        elif message == READY:
            worker.ready = True
            self._failed_starts = 0
        elif message == LEAVING:
            worker.leaving = True
        elif isinstance(message, tuple) and message[0] == LOST:
            run.lose(worker.pending, message[1])
            worker.leaving = True
        else:
            raise JobError(f"workers cannot start: {message}")
        return True

    def _bury(self, worker: _Worker, run: _Run) -> None:
        self._workers.remove(worker)
        code = worker.end()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= START_ATTEMPTS:
                raise JobError(f"workers cannot start: {_cause(code, worker.hung, self._setup)}")
        if worker.leaving:
            run.put_back(worker.pending)
        else:
            run.recover(worker.pending, code, worker.hung)


class _Run:
    """The bookkeeping of one `Pool.run`: what is waiting, on the way, and done."""

    def __init__(self, setup: Setup, window: int, tasks: Iterator[Task]) -> None:
        self._setup = setup
        self._window = window
        self._tasks: Iterator[Task] | None = tasks
        self._again: deque[Task] = deque()
        self._done: dict[int, tuple[Task, Outcome]] = {}
        self._deaths: Counter[int] = Counter()
        self._alone: set[int] = set()
        self._next: int | None = None
        self._open = 0
        self._open_bytes = 0

    @property
    def is_over(self) -> bool:
        return self._tasks is None and not self._open

    def finished(self) -> Iterator[Outcome]:
        while self._next in self._done:
            task, outcome = self._done.pop(self._next)
            self._next += 1
            self._open -= 1
            self._open_bytes -= task.payload.weight
            yield outcome

    def has_waiting(self, number: int) -> bool:
        """Whether so many tasks wait for a worker, reading on for them where need be."""
        while len(self._again) < number:
            task = self._read()
            if task is None:
                return False
            self._again.append(task)
        return True

    def next_batch(self) -> list[Task]:
        """Tasks to send in one message: one that is large, or was lost with others, goes alone."""
        batch: list[Task] = []
        size = 0
        begun = time.monotonic()
        while len(batch) < BATCH_TASKS and size < BATCH_BYTES and time.monotonic() - begun < BATCH_SECONDS:
            task = self._again.popleft() if self._again else self._read()
            if task is None:
                break
            alone = task.payload.weight > BATCH_BYTES or task.number in self._alone
            if alone and batch:
                self._again.appendleft(task)
                break
            batch.append(task)
            size += task.payload.weight
            if alone:
                break
        return batch

    def _read(self) -> Task | None:
        if self._tasks is None or self._open >= self._window or self._open_bytes >= WINDOW_BYTES:
            return None
        task = next(self._tasks, None)
        if task is None:
            self._tasks = None
            return None
        if self._next is None:
            self._next = task.number
        self._open += 1
        self._open_bytes += task.payload.weight
        return task

    def accept(self, task: Task, outcome: Outcome) -> None:
        self._done[task.number] = task, outcome

    def lose(self, pending: deque[Task], reason: str) -> None:
        """Take note that a worker could not take in a batch: of several tasks each is tried alone."""
        if len(pending) == 1:
            task = pending.popleft()
            self.accept(task, failed(task, None, reason))
        self._alone.update(task.number for task in pending)

    def recover(self, pending: deque[Task], code: int, hung: bool) -> None:
        """Blame the task that a dead worker was at, and put the others back in front."""
        if not pending:
            return
        culprit = pending.popleft()
        self._deaths[culprit.number] += 1
        from_outside = not hung and -code in _FROM_OUTSIDE
        if from_outside and self._deaths[culprit.number] < KILLED_ATTEMPTS:
            pending.appendleft(culprit)
        else:
            self.accept(culprit, failed(culprit, None, _cause(code, hung, self._setup)))
        self.put_back(pending)

    def put_back(self, pending: deque[Task]) -> None:
        self._again.extendleft(reversed(pending))


def _limit_sending(pipe: Connection, seconds: float) -> None:
    """Let what cannot be written within so many seconds be an error: a stopped process reads nothing."""
    with socket.socket(fileno=os.dup(pipe.fileno())) as end:
        whole, rest = divmod(max(seconds, 0.001), 1)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", int(whole), int(rest * 1e6)))


def _start(pipe: Connection) -> subprocess.Popen[bytes]:
    if not sys.executable:
        raise JobError("no Python interpreter is known to start workers with (sys.executable is empty)")
    path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "cleaner.jobs.worker", str(pipe.fileno())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=(pipe.fileno(),),
        env=os.environ | _ONE_THREAD | {"PYTHONPATH": path},
        process_group=0,  # so that Ctrl-C in a terminal reaches the parent alone
    )


def _cause(code: int, hung: bool, setup: Setup) -> str:
    if hung or -code == signal.SIGALRM:
        return f"time limit of {setup.timeout:g} s exceeded"
    if code >= 0:
        return f"the worker process ended with exit code {code}"
    name = signal.Signals(-code).name if -code in signal.valid_signals() else f"signal {-code}"
    hint = ", perhaps for want of memory" if -code == signal.SIGKILL else ""
    return f"the worker process died of {name}{hint}"
