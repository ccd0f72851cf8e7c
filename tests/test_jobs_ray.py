"""The Ray engine on a real local Ray: the same output as the local engine, record for record."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.jobs.batch import Engine, Local, run_job
from cleaner.jobs.inputs import Inputs
from cleaner.jobs.output import Output
from cleaner.jobs.ray import Cluster, _Cleaner
from cleaner.jobs.records import Fields, JobError, Place
from cleaner.jobs.worker import Setup

ray = pytest.importorskip("ray", reason="the extra `ray` is not installed")
pytestmark = [
    pytest.mark.ray,
    pytest.mark.filterwarnings("ignore"),  # Ray's own warnings are not ours to mend
]

RECORDS = 1_000
SETUP = Setup("tests.jobs_standin:clean", "json", timeout=2.0, memory=512)


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(Path(__file__).parent.parent)  # where the workers find the stand-in
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    yield
    ray.shutdown()
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


def write_inputs(folder: Path) -> list[str]:
    bad = {7: "segfault", 70: "hang", 300: "devour", 301: "bug", 600: "refuse"}
    rows = [{"id": number, "text": bad.get(number, f"text {number}")} for number in range(RECORDS - 1)]
    lines = [json.dumps(row) + "\n" for row in rows]
    (folder / "1.jsonl").write_text("".join(lines[:400]) + "no JSON\n")
    (folder / "2.jsonl").write_text("".join(lines[400:]))
    return [str(folder / "1.jsonl"), str(folder / "2.jsonl")]


def run(names: list[str], out: Path, engine: Engine) -> bytes:
    inputs = Inputs.find(names, Fields(), "auto")
    summary = run_job(inputs, Output(str(out), inputs.identity()), engine, None, lambda: False)
    assert summary.finished
    assert (summary.tally.records, summary.tally.errors) == (RECORDS, 6)
    return out.read_bytes()


def test_both_engines_agree_byte_for_byte(cluster: None, tmp_path: Path) -> None:
    names = write_inputs(tmp_path)
    here = run(names, tmp_path / "local.jsonl", Local(SETUP, 2))
    there = run(names, tmp_path / "ray.jsonl", Cluster(SETUP))
    assert here == there
    assert len(here.splitlines()) == RECORDS


def test_a_job_is_taken_up_on_the_cluster(cluster: None, tmp_path: Path) -> None:
    inputs = Inputs.find(write_inputs(tmp_path), Fields(), "auto")
    after = Place(0, 398, 0)
    outcomes = Cluster(SETUP, 1)(inputs, after, 399, lambda: True)
    first = next(outcomes)
    assert (first.number, first.id, first.place.record) == (399, 399, 399)
    assert list(outcomes) == []  # it was told to stop


def test_datasets_in_and_out(cluster: None, tmp_path: Path) -> None:
    from cleaner.jobs.ray import clean_dataset, read_pages

    paragraph = "The harbour board said on Monday that the new ferry would sail before the end of the year. "
    rows: list[dict[str, Any]] = [{"id": f"r{n}", "html": f"<p>{n} {paragraph * 3}</p>"} for n in range(40)]
    rows[3]["html"] = ""
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    from_files = clean_dataset(read_pages([str(tmp_path / "in.jsonl")]), concurrency=1).take_all()
    assert [row["id"] for row in from_files] == [row["id"] for row in rows]
    assert from_files[3]["error"] == "the input is empty"
    assert from_files[4]["text"].startswith("4 The harbour")
    from_rows = clean_dataset(ray.data.from_items(rows), concurrency=1)
    from_rows.write_parquet(str(tmp_path / "out"))
    again = ray.data.read_parquet(str(tmp_path / "out")).sort("id").take_all()
    assert [row["text"] for row in again] == [
        row["text"] for row in sorted(from_files, key=lambda r: r["id"])
    ]


def test_standard_input_is_refused() -> None:
    with pytest.raises(JobError, match="standard input cannot be read by a cluster"):
        next(Cluster(SETUP)(Inputs(("-",)), Place(), 0, lambda: False))


def test_rows_without_ids_are_told_apart_by_their_pages() -> None:
    arrow = pytest.importorskip("pyarrow")
    cleaner = _Cleaner(Setup(encode="json"), Fields(), "auto", as_outcomes=False)
    pages = ["The council met on Tuesday.", "The bridge stays shut.", "The council met on Tuesday."]
    rows = [cleaner(arrow.table({"text": [page]})).to_pylist()[0] for page in pages]
    assert rows[0]["id"] == rows[2]["id"] != rows[1]["id"]
    assert rows[0]["id"].startswith("sha256:")
