"""Worker processes: what one page does to its process is one record and nothing more."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import cleaner.jobs.pool as pool_module
from cleaner.jobs.pool import BATCH_TASKS, START_ATTEMPTS, Pool, _Run, _Worker
from cleaner.jobs.records import Direct, JobError, Outcome, Page, Place, Task
from cleaner.jobs.worker import READY, Setup

SETUP = Setup("tests.jobs_standin:clean", timeout=0.5, memory=256)


def tasks(sources: list[str]) -> list[Task]:
    return [Task(number, Direct(Page(f"id{number}", source))) for number, source in enumerate(sources)]


def run(sources: list[str], workers: int = 2, setup: Setup = SETUP) -> list[Outcome]:
    with Pool(setup, workers) as pool:
        return list(pool.run(tasks(sources)))


def begun(sources: list[str], window: int = 1000) -> _Run:
    return _Run(SETUP, window, iter(tasks(sources)))


def numbers(batch: list[Task]) -> list[int]:
    return [task.number for task in batch]


def test_a_batch_has_so_many_tasks() -> None:
    asked = begun(["a"] * (BATCH_TASKS + 3))
    assert [len(asked.next_batch()) for _ in range(3)] == [BATCH_TASKS, 3, 0]


def test_a_batch_has_so_many_bytes_and_a_large_task_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "BATCH_BYTES", 10)
    asked = begun(["6 byte", "6 byte", "a", "eleven byte", "a", "a"])
    assert [numbers(asked.next_batch()) for _ in range(4)] == [[0, 1], [2], [3], [4, 5]]


def test_a_batch_of_a_slow_source_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = itertools.count()
    clock = SimpleNamespace(monotonic=lambda: next(ticks) * pool_module.BATCH_SECONDS / 2)
    monkeypatch.setattr(pool_module, "time", clock)
    assert numbers(begun(["a", "b", "c"]).next_batch()) == [0]


def test_tasks_are_read_as_far_as_the_window_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [begun(["a"] * 9, window=4).has_waiting(number) for number in (4, 5)] == [True, False]
    monkeypatch.setattr(pool_module, "WINDOW_BYTES", 10)
    asked = begun(["6 byte"] * 9)
    assert [asked.has_waiting(number) for number in (2, 3)] == [True, False]
    batch = asked.next_batch()
    asked.accept(batch[0], Outcome(0, "id0", None, None, Place()))
    assert [outcome.number for outcome in asked.finished()] == [0]
    assert numbers(asked.next_batch()) == [2]  # there is room again


def test_tasks_that_were_lost_together_are_tried_alone() -> None:
    asked = begun(["a", "b", "c"])
    pending = deque(asked.next_batch())
    asked.lose(pending, "too much")
    asked.put_back(pending)
    assert [numbers(asked.next_batch()) for _ in range(3)] == [[0], [1], [2]]
    alone = begun(["a"])
    alone.lose(deque(alone.next_batch()), "too much")
    assert [outcome.error for outcome in alone.finished()] == ["too much"]


@pytest.mark.parametrize(
    ("code", "hung", "error"),
    [
        (-signal.SIGTERM, False, None),
        (-signal.SIGHUP, False, None),
        (-signal.SIGINT, False, None),
        (-signal.SIGKILL, False, None),
        (-signal.SIGKILL, True, "time limit of 0.5 s exceeded"),
        (-signal.SIGALRM, False, "time limit of 0.5 s exceeded"),
        (-signal.SIGSEGV, False, "the worker process died of SIGSEGV"),
        (-99, False, "the worker process died of signal 99"),
        (0, False, "the worker process ended with exit code 0"),
    ],
)
def test_a_task_is_blamed_at_once_unless_its_worker_was_killed_from_outside(
    code: int, hung: bool, error: str | None
) -> None:
    asked = begun(["a", "b", "c"])
    asked.recover(deque(asked.next_batch()), code, hung)
    assert [outcome.error for outcome in asked.finished()] == ([] if error is None else [error])
    batch = asked.next_batch()
    assert numbers(batch) == ([0, 1, 2] if error is None else [1, 2])
    if error is None:  # the second time it is
        asked.recover(deque(batch), code, hung)
        assert [outcome.error is not None for outcome in asked.finished()] == [True]


def stand_in(**more: Any) -> Any:
    """A worker without a process."""
    worker = object.__new__(_Worker)
    vars(worker).update(
        pending=deque(), ready=True, hung=False, leaving=False, deadline=0.0, _patience=9.0, **more
    )
    return worker


def test_a_worker_that_cannot_be_told_anything_is_given_up() -> None:
    def full(message: object) -> None:
        raise BlockingIOError

    (task,) = tasks(["a"])
    for send, is_given_up in ((full, True), (list, False)):
        worker = stand_in(pipe=SimpleNamespace(send=send))
        worker.send([task])
        assert (worker.deadline == 0.0) is is_given_up
        assert list(worker.pending) == [task]


def test_a_worker_has_time_anew_for_each_task() -> None:
    pool, asked = Pool(SETUP, 1), begun(["a"])
    worker = stand_in(pipe=SimpleNamespace(recv=lambda: Outcome(0, "id0", None, None, Place())))
    worker.pending.extend(asked.next_batch())
    assert pool._hear(worker, asked)
    assert worker.deadline > time.monotonic()
    assert worker.idle
    worker.leaving = True
    assert not worker.idle


def test_workers_that_never_began_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    pool, asked = Pool(SETUP, 1), begun([])
    monkeypatch.setattr(_Worker, "end", lambda self: 1)

    def bury(begins: bool) -> None:
        worker = stand_in(pipe=SimpleNamespace(recv=lambda: READY))
        worker.ready = False
        pool._workers.append(worker)
        if begins:
            pool._hear(worker, asked)
        pool._bury(worker, asked)

    for begins in [*[False] * (START_ATTEMPTS - 1), True, *[False] * (START_ATTEMPTS - 1)]:
        bury(begins)
    with pytest.raises(JobError, match="cannot start"):
        bury(False)


def test_every_misfortune_costs_its_own_page_only() -> None:
    bad = {
        "segfault": "the worker process died of SIGSEGV",
        "hang": "time limit of 0.5 s exceeded",
        "devour": "memory limit of 256 MB exceeded",
        "exit": "the worker process ended with exit code 3",
        "bug": "internal error: ZeroDivisionError: division by zero",
        "refuse": "nothing to clean",
        "die": "the worker process died of SIGKILL, perhaps for want of memory",
    }
    sources = [word for name in bad for word in ("fine before", name, "fine after")]
    outcomes = run(sources)
    assert [outcome.number for outcome in outcomes] == list(range(len(sources)))
    for outcome, source in zip(outcomes, sources, strict=True):
        assert outcome.id == f"id{outcome.number}"
        assert outcome.error == bad.get(source)
        assert (outcome.value.text if outcome.value else None) == (None if source in bad else source)


def test_a_stopped_worker_is_killed_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.jobs.pool.GRACE_SECONDS", 0.1)
    outcomes = run(["a", "freeze", "b"], setup=Setup("tests.jobs_standin:clean", timeout=0.5))
    assert [outcome.error for outcome in outcomes] == [None, "time limit of 0.5 s exceeded", None]


class Own(str):
    """A text that takes more memory where it arrives, or cannot be made there at all."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, ...]:
        return (bytearray, (400 * 2**20,)) if self == "large" else (int, ("no number",))


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (Own("large"), "memory limit of 256 MB exceeded"),
        (Own("strange"), "cannot be sent to a worker: ValueError"),
    ],
)
def test_what_a_worker_cannot_take_in_costs_its_own_page_only(bad: str, error: str) -> None:
    outcomes = run(["a", "b", bad, "c"], workers=1, setup=Setup("tests.jobs_standin:clean", memory=256))
    assert [outcome.error is None for outcome in outcomes] == [True, True, False, True]
    assert str(outcomes[2].error).startswith(error)


def test_a_large_task_goes_alone() -> None:
    large = "x" * (pool_module.BATCH_BYTES + 1)
    numbered = iter(tasks(["a", "b", large, "c", "d"]))
    waiting = pool_module._Run(SETUP, 100, numbered)
    assert [[task.number for task in waiting.next_batch()] for _ in range(4)] == [[0, 1], [2], [3, 4], []]


def test_a_worker_that_does_not_read_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.jobs.pool.GRACE_SECONDS", 0.2)
    begun = time.monotonic()
    with Pool(Setup("tests.jobs_standin:clean", timeout=0.5), 1) as pool:
        assert next(iter(pool.run(tasks(["a"])))).error is None
        stopped = pool._workers[0]._process
        stopped.send_signal(signal.SIGSTOP)
        error = next(iter(pool.run(tasks(["x" * 4_000_000])))).error
    assert error == "time limit of 0.5 s exceeded"
    assert time.monotonic() - begun < 10


def test_a_page_whose_worker_was_killed_once_is_tried_again(tmp_path: Path) -> None:
    outcomes = run(["a", f"die-once {tmp_path}/mark", "b"], workers=1)
    assert [outcome.error for outcome in outcomes] == [None, None, None]


def test_a_worker_that_has_grown_is_replaced_without_a_loss() -> None:
    outcomes = run(["leak"] * 60, workers=2)  # 1,200 MB in all, where each may take 256
    assert [outcome.error for outcome in outcomes] == [None] * 60


def test_order_is_kept_when_pages_differ_in_time() -> None:
    sources = [f"sleep {0.05 if number % 7 == 0 else 0}" for number in range(100)]
    assert [outcome.number for outcome in run(sources)] == list(range(100))


def test_an_endless_source_is_read_only_as_far_as_needed() -> None:
    read = itertools.count()
    pool = Pool(SETUP, 1)
    outcomes = pool.run(Task(number, Direct(Page(number, "x" * 1000))) for number in read)
    taken = [outcome.number for outcome in itertools.islice(outcomes, 300)]
    outcomes.close()
    assert taken == list(range(300))
    assert next(read) < 300 + 4 * 16 + 2
    assert pool._workers == []


def test_large_pages_are_not_hoarded() -> None:
    held = 0

    def source() -> Iterator[Task]:
        nonlocal held
        for number in range(24):
            held = max(held, number - done)
            yield Task(number, Direct(Page(number, "x" * 10_000_000)))

    done = 0
    with Pool(SETUP, 1) as pool:
        for _ in pool.run(source()):
            done += 1
    assert done == 24
    assert held <= 6


def test_a_slow_source_does_not_hold_results_back() -> None:
    taken = 0

    def source() -> Iterator[Task]:
        nonlocal taken
        for taken in range(100):
            time.sleep(0.05)
            yield Task(taken, Direct(Page(taken, "x")))

    with Pool(SETUP, 1) as pool:
        assert next(pool.run(source())).number == 0
        assert taken < 99


def test_no_worker_is_started_for_nothing() -> None:
    with Pool(SETUP, 2) as pool:
        assert list(pool.run([])) == []
        assert pool._workers == []


def test_a_pool_can_be_used_again() -> None:
    with Pool(SETUP, 1) as pool:
        first = list(pool.run(tasks(["a", "segfault"])))
        second = list(pool.run(tasks(["b"])))
    assert [outcome.error is None for outcome in first + second] == [True, False, True]


def test_an_error_of_the_source_reaches_the_caller() -> None:
    def source() -> Iterator[Task]:
        yield from tasks(["a"])
        raise LookupError("source")

    pool = Pool(SETUP, 1)
    with pytest.raises(LookupError, match="source"):
        list(pool.run(source()))
    assert pool._workers == []


@pytest.mark.parametrize("name", ["tests.no_such_module:clean", "tests.jobs_standin:no_such_name"])
def test_workers_that_cannot_start_end_the_job(name: str) -> None:
    with pytest.raises(JobError, match=r"workers cannot start: .*no_such"):
        run(["a"], setup=Setup(name))


def test_works_in_threads() -> None:
    results: list[list[Outcome]] = []
    threads = [
        threading.Thread(target=lambda: results.append(run(["a", "segfault", "b"], 1))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [[outcome.error is None for outcome in result] for result in results] == [[True, False, True]] * 3


def test_works_under_an_event_loop() -> None:
    async def main() -> list[bool]:
        inside = run(["a", "hang"], 1)
        beside = await asyncio.to_thread(run, ["b", "segfault"], 1)
        return [outcome.error is None for outcome in inside + beside]

    assert asyncio.run(main()) == [True, False, True, False]


def _in_daemon(results: multiprocessing.Queue[list[bool]]) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})  # as an unfriendly host may have done
    results.put([outcome.error is None for outcome in run(["a", "hang", "b"], 1)])


def test_works_in_a_daemon_process_of_another_job_system() -> None:
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=_in_daemon, args=(results,), daemon=True)
    process.start()
    assert results.get(timeout=30) == [True, False, True]
    process.join()
    results.close()
    results.join_thread()


def test_workers_end_when_their_parent_is_killed() -> None:
    code = (
        "from tests.test_jobs_pool import *\n"
        "pool = Pool(SETUP, 2)\n"
        "outcomes = pool.run(tasks(['a'] * 100))\n"
        "next(outcomes)\n"
        "print(*[worker._process.pid for worker in pool._workers], flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    workers = [int(pid) for pid in done.stdout.split()]
    assert done.returncode == -signal.SIGKILL
    assert len(workers) == 2
    deadline = time.monotonic() + 5
    while any(_is_running(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_is_running(pid) for pid in workers)


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_script_needs_no_main_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {os.getcwd()!r})\n"
        "from tests.test_jobs_pool import run\n"
        "print(len(run(['a', 'b'])))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.stdout == "2\n", done.stderr


GENERATED = """
from pathlib import Path
from cleaner.jobs.pool import Pool
from cleaner.jobs.records import Direct, Page, Task
from cleaner.jobs.worker import Setup

def peak():  # getrusage would count the memory of the process that started this one
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024

tasks = (Task(n, Direct(Page(f"id{n}", f"page {n} " + "words of news " * 300))) for n in range(24_000))
with Pool(Setup("tests.jobs_standin:clean"), 2) as pool:
    done = 0
    for outcome in pool.run(tasks):
        assert outcome.error is None
        done += 1
        if done == 6_000:
            early = peak()
print(done, early, peak())
"""


def test_the_parents_memory_stays_flat_however_many_records_come() -> None:
    run = subprocess.run(
        [sys.executable, "-c", GENERATED], capture_output=True, text=True, timeout=100, check=True
    )
    done, early, late = map(int, run.stdout.split())
    assert done == 24_000
    assert late < 300  # megabytes; what all the records together weigh is about as much
    assert late - early < 8


def test_no_more_workers_start_than_there_are_tasks() -> None:
    with Pool(SETUP, 500) as pool:
        outcomes = pool.run(tasks(["a", "b", "c"]))
        assert next(outcomes).number == 0
        assert len(pool._workers) <= 3
        assert [outcome.number for outcome in outcomes] == [1, 2]
