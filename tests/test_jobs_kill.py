"""A real job killed again and again, workers and all: nothing is lost, doubled or cut off."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

RECORDS = 3_000
KILLS = 14

JOB = """
import sys
import cleaner.jobs.output
from cleaner.jobs.batch import Local, run_job
from cleaner.jobs.inputs import Inputs
from cleaner.jobs.output import Output
from cleaner.jobs.records import Fields
from cleaner.jobs.worker import Setup

cleaner.jobs.output.CHECKPOINT_SECONDS = 0.05
inputs = Inputs.find(sys.argv[1:3], Fields(), "auto")
output = Output(sys.argv[3], inputs.identity(), resume=True)
engine = Local(Setup("tests.jobs_standin:clean", "json", timeout=5), 2)
run_job(inputs, output, engine, None, lambda: False)
"""


def start(folder: Path) -> subprocess.Popen[bytes]:
    names = [folder / "1.jsonl", folder / "2.jsonl.gz", folder / "out.jsonl.gz"]
    return subprocess.Popen([sys.executable, "-c", JOB, *map(str, names)], stderr=subprocess.DEVNULL)


def workers_of(job: subprocess.Popen[bytes]) -> list[int]:
    with suppress(FileNotFoundError, ProcessLookupError):
        return [int(pid) for pid in Path(f"/proc/{job.pid}/task/{job.pid}/children").read_text().split()]
    return []


def kill(pids: list[int], chance: random.Random) -> int:
    """Kill one of them, if there is any; returns how many were killed."""
    if not pids:
        return 0
    with suppress(ProcessLookupError):
        os.kill(chance.choice(pids), chance.choice((signal.SIGKILL, signal.SIGSEGV)))
        return 1
    return 0


def source(number: int) -> str:
    if number % 500 == 250:
        return "segfault"
    if number % 500 == 400:
        return "refuse"
    return "sleep 0.002" if number % 3 else f"quick {number}"


def test_killed_at_random_moments_a_job_comes_out_whole(tmp_path: Path) -> None:
    lines = [json.dumps({"id": number, "text": source(number)}) + "\n" for number in range(RECORDS)]
    (tmp_path / "1.jsonl").write_text("".join(lines[: RECORDS // 2]))
    (tmp_path / "2.jsonl.gz").write_bytes(gzip.compress("".join(lines[RECORDS // 2 :]).encode()))
    chance = random.Random(20)
    jobs_killed = workers_killed = 0
    job = start(tmp_path)
    while jobs_killed + workers_killed < KILLS:
        time.sleep(chance.uniform(0.1, 0.6))
        workers_killed += kill(workers_of(job), chance)
        time.sleep(chance.uniform(0.0, 0.2))
        if job.poll() is not None:
            break
        if chance.random() < 0.6:
            job.kill()
            job.wait()
            jobs_killed += 1
            job = start(tmp_path)
    assert job.wait(60) == 0
    assert jobs_killed >= 4
    assert jobs_killed + workers_killed >= 12
    check(tmp_path)


def check(folder: Path) -> None:
    rows = [json.loads(line) for line in gzip.decompress((folder / "out.jsonl.gz").read_bytes()).splitlines()]
    assert [row["id"] for row in rows] == list(range(RECORDS))
    failed = {row["id"]: row["error"] for row in rows if row["error"] is not None}
    # Where a worker was killed in the middle of a page by a fault of our making, that page is an error.
    made = {number for number in range(RECORDS) if source(number) in ("segfault", "refuse")}
    assert made <= failed.keys()
    assert all("SIGSEGV" in failed[number] for number in failed.keys() - made)
    errors = [json.loads(line) for line in (folder / "out.jsonl.gz.errors").read_bytes().splitlines()]
    assert errors == [{"id": number, "error": failed[number]} for number in sorted(failed)]
