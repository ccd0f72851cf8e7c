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
from collections.abc import Iterator
from pathlib import Path

import pytest

import cleaner.jobs.pool as pool_module
from cleaner.jobs.pool import Pool
from cleaner.jobs.records import Direct, JobError, Outcome, Page, Task
from cleaner.jobs.worker import Setup

SETUP = Setup("tests.jobs_standin:clean", timeout=0.5, memory=256)


def tasks(sources: list[str]) -> list[Task]:
    return [Task(number, Direct(Page(f"id{number}", source))) for number, source in enumerate(sources)]


def run(sources: list[str], workers: int = 2, setup: Setup = SETUP) -> list[Outcome]:
    with Pool(setup, workers) as pool:
        return list(pool.run(tasks(sources)))


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
