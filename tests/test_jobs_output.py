"""Writing: what a checkpoint covers is on disk whole, and starting again neither loses nor doubles."""

from __future__ import annotations

import dataclasses
import fcntl
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.jobs.encode import as_json_line
from cleaner.jobs.journal import read_journal
from cleaner.jobs.output import Output
from cleaner.jobs.records import JobError, Outcome, Place
from cleaner.model import Article, Removal

zstandard = pytest.importorskip("zstandard", reason="the extra `jobs` is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `jobs` is not installed")

KINDS = ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet"]


def outcome(number: int) -> Outcome:
    place = Place(0, number, 10 * number)
    if number % 5 == 3:
        return Outcome(number, f"id{number}", None, "no article", place)
    article = Article(
        title=f"Title {number}",
        authors=("Ann Example",),
        paywalled=False,
        provenance={"title": "og:title"},
        text=f"Text {number} ü",
        removed=(Removal("Donate", "donation", "en/donation", 0, 6, "donate"),),
        extractor="own",
        confidence=0.5,
    )
    value = as_json_line(f"id{number}", article)
    return Outcome(number, f"id{number}", value, None, place, 0.1, len(article.text), {"donation": 6})


def contents(path: Path) -> list[tuple[str, str | None, str | None]]:
    if path.suffix == ".parquet":
        rows = parquet.read_table(path).to_pylist()
    else:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        elif path.suffix == ".zst":
            reader = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True)
            data = reader.read()
        rows = [json.loads(line) for line in data.splitlines()]
    return [(row["id"], row["error"], row.get("text")) for row in rows]


def wanted(count: int) -> list[tuple[str, str | None, str | None]]:
    return [
        (f"id{n}", "no article", None) if n % 5 == 3 else (f"id{n}", None, f"Text {n} ü")
        for n in range(count)
    ]


def failures(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in Path(f"{path}.errors").read_bytes().splitlines()]


@pytest.mark.parametrize("name", KINDS)
def test_everything_comes_back(tmp_path: Path, name: str) -> None:
    output = Output(str(tmp_path / name), "job")
    for number in range(20):
        output.write(outcome(number))
    output.close(finished=True)
    assert contents(tmp_path / name) == wanted(20)
    assert failures(tmp_path / name) == ["id3", "id8", "id13", "id18"]
    assert output.tally.records == 20
    assert output.tally.errors == 4
    assert output.tally.removed == {"donation": 16 * 6}
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [name, f"{name}.errors", f"{name}.journal"]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("safe", [0, 1, 4, 9])
def test_what_no_checkpoint_covers_is_written_again(tmp_path: Path, name: str, safe: int) -> None:
    path = str(tmp_path / name)
    output = Output(path, "job")
    for number in range(safe):
        output.write(outcome(number))
    output.checkpoint()
    for number in range(safe, 12):
        output.write(outcome(number))
    output._file.end_piece()  # on disk, perhaps in part, but not in the journal
    output._errors.end_piece()
    output._file.close()
    output._errors.close()
    again = Output(path, "job", resume=True)
    assert again.start == (outcome(safe - 1).place if safe else Place())
    assert again.tally.records == safe
    for number in range(safe, 15):
        again.write(outcome(number))
    again.close(finished=True)
    assert contents(tmp_path / name) == wanted(15)
    assert failures(tmp_path / name) == ["id3", "id8", "id13"]


@pytest.mark.parametrize("name", KINDS)
def test_a_job_is_taken_up_more_than_once(tmp_path: Path, name: str) -> None:
    for end in (3, 6, 9):
        output = Output(str(tmp_path / name), "job", resume=True)
        for number in range(end - 3, end):
            output.write(outcome(number))
        output.close(finished=end == 9)
        output.close(finished=end == 9)  # is no harm
    assert contents(tmp_path / name) == wanted(9)
    assert failures(tmp_path / name) == ["id3", "id8"]


def test_what_the_system_writes_in_parts_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, data[:7]))
    output = Output(str(tmp_path / "out.jsonl"), "job")
    output.write(outcome(0))
    output.close(finished=True)
    assert contents(tmp_path / "out.jsonl") == wanted(1)


def test_records_are_made_safe_every_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    monkeypatch.setattr("cleaner.jobs.output.CHECKPOINT_SECONDS", 0.0)
    path = str(tmp_path / "out.jsonl")
    output = Output(path, "job")
    output.write(outcome(0))
    journal = read_journal(path)
    assert journal is not None
    assert (journal.tally["records"], journal.output_bytes) == (1, os.path.getsize(path))
    assert {output._file._file, output._errors._file} <= set(synced)
    output.close(finished=True)


@pytest.mark.parametrize(
    ("name", "begin"), [("OUT.PQ", b"PAR1"), ("OUT.NDJSON.GZ", b"\x1f\x8b"), ("Out.Jsonl", b"{")]
)
def test_the_kind_of_an_output_is_told_by_its_suffix_in_any_case(
    tmp_path: Path, name: str, begin: bytes
) -> None:
    output = Output(str(tmp_path / name), "job")
    output.write(outcome(0))
    output.close(finished=True)
    assert (tmp_path / name).read_bytes().startswith(begin)


@pytest.mark.parametrize("name", KINDS)
def test_a_job_without_a_record_leaves_nothing(tmp_path: Path, name: str) -> None:
    with Output(str(tmp_path / name), "job"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_finished_job_stays_finished(tmp_path: Path) -> None:
    path = str(tmp_path / "out.jsonl")
    Output(path, "job").close(finished=True)
    again = Output(path, "job", resume=True)
    assert again.is_finished
    again.end(finished=True)
    assert Path(path).exists()


def test_resume_begins_where_nothing_was_begun(tmp_path: Path) -> None:
    output = Output(str(tmp_path / "out.jsonl"), "job", resume=True)
    assert output.start == Place()
    output.close(finished=True)


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("precious\n")
    with pytest.raises(JobError, match="is there already"):
        Output(str(path), "job")
    with pytest.raises(JobError, match="has no journal"):
        Output(str(path), "job", resume=True)
    assert path.read_text() == "precious\n"
    Output(str(path), "job", overwrite=True).close(finished=True)
    assert path.read_text() == ""


def test_a_job_that_has_begun_is_not_begun_again_unasked(tmp_path: Path) -> None:
    """Of a Parquet file there is only a file beside it as yet."""
    path = str(tmp_path / "out.parquet")
    Output(path, "job").close(finished=False)
    output = Output(path, "another")  # a journal of no record is as good as none
    output.write(outcome(0))
    output.close(finished=False)
    with pytest.raises(JobError, match="is there already"):
        Output(path, "job")
    Path(f"{path}.journal").write_text("not JSON")
    with pytest.raises(JobError, match="is there already"):
        Output(path, "job")


def test_what_is_overwritten_is_gone_at_once(tmp_path: Path) -> None:
    """Else a job that is killed early would leave another's records behind as its own."""
    path = str(tmp_path / "out.parquet")
    old = Output(path, "old")
    old.write(outcome(0))
    old.close(finished=True)
    output = Output(path, "new", overwrite=True)
    journal = read_journal(path)
    assert journal is not None
    assert (journal.identity, journal.finished, os.path.exists(path)) == ("new", False, False)
    output.close(finished=True)


def test_another_job_is_not_taken_up(tmp_path: Path) -> None:
    path = str(tmp_path / "out.jsonl")
    Output(path, ["a"]).close(finished=False)
    with pytest.raises(JobError, match="other inputs or options"):
        Output(path, ["b"], resume=True)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("how", ["resume", "overwrite"])
def test_two_jobs_do_not_share_an_output(tmp_path: Path, name: str, how: str) -> None:
    path = str(tmp_path / name)
    first = Output(path, "job")
    first.write(outcome(0))
    first.checkpoint()
    with pytest.raises(JobError, match="another job is writing"):
        Output(path, "job", **{how: True})
    first.write(outcome(1))
    first.close(finished=True)
    assert contents(tmp_path / name) == wanted(2)


def test_a_lock_on_a_file_that_was_taken_away_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real, taken = tmp_path / "out.jsonl", fcntl.flock, []

    def lock(file: int, operation: int) -> None:
        if not taken:
            path.unlink()
        taken.append(file)
        real(file, operation)

    monkeypatch.setattr(fcntl, "flock", lock)
    output = Output(str(path), "job")
    output.write(outcome(0))
    output.close(finished=True)
    assert contents(path) == wanted(1)


def test_an_empty_file_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.touch()
    output = Output(str(path), "job")
    output.write(outcome(0))
    output.close(finished=True)
    assert contents(path) == wanted(1)


def test_an_output_that_was_changed_is_not_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    output = Output(str(path), "job")
    output.write(outcome(0))
    output.close(finished=False)
    path.write_bytes(b"")
    with pytest.raises(JobError, match="shorter than its journal"):
        Output(str(path), "job", resume=True)
    path.unlink()
    with pytest.raises(JobError, match="is gone"):
        Output(str(path), "job", resume=True)


def test_a_finished_output_that_was_changed_is_no_success(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    output = Output(str(path), "job")
    output.write(outcome(0))
    output.close(finished=True)
    path.write_bytes(path.read_bytes() * 2)
    with pytest.raises(JobError, match="was changed since"):
        Output(str(path), "job", resume=True)


def test_a_strange_journal_is_an_error(tmp_path: Path) -> None:
    for text in ("not JSON", '{"version": 99}', '{"version": 1}', "[]"):
        (tmp_path / "out.jsonl.journal").write_text(text)
        with pytest.raises(JobError, match="journal"):
            Output(str(tmp_path / "out.jsonl"), "job", resume=True)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing/out.jsonl", "cannot write"),
        ("out.csv", "unknown kind of output"),
        ("folder.jsonl", "a folder"),
    ],
)
def test_outputs_that_cannot_be(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(JobError, match=message):
        Output(str(tmp_path / name), "job")


FULL = """
import resource, sys
from cleaner.jobs.output import Output
from cleaner.jobs.records import JobError
from tests.test_jobs_output import outcome
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
output = Output(sys.argv[1], "job")
number = 0
try:
    while True:
        output.write(outcome(number))
        number += 1
        if number == 7:
            output.checkpoint()
except JobError as error:
    print(error)
finally:
    output.close(finished=False)
"""


def test_a_full_disk_is_a_plain_error_and_what_was_safe_stays(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    done = subprocess.run([sys.executable, "-c", FULL, path], capture_output=True, text=True, check=False)
    assert done.stdout == (
        f"cannot write {path}: File too large; the first 7 records are safe, --resume goes on behind them\n"
    ), done.stderr
    assert contents(path) == wanted(7)
    again = Output(str(path), "job", resume=True)
    for number in range(7, 10):
        again.write(outcome(number))
    again.close(finished=True)
    assert contents(path) == wanted(10)


def test_parquet_has_every_field_of_an_article(tmp_path: Path) -> None:
    from cleaner.jobs.parquet import schema

    fields = {field.name for field in dataclasses.fields(Article)}
    assert set(schema().names) == fields - {"body"} | {"id", "error"}
    assert schema().field("removed").type.value_type.names == list(Removal._fields)
    path = tmp_path / "out.parquet"
    output = Output(str(path), "job")
    output.write(outcome(1))
    output.close(finished=True)
    (row,) = parquet.read_table(path).to_pylist()
    assert row["authors"] == ["Ann Example"]
    assert row["provenance"] == [("title", "og:title")]
    assert row["removed"][0]["label"] == "donation"


def test_lone_surrogates_do_not_stop_a_job() -> None:
    assert json.loads(as_json_line("a\ud800", Article(text="b\udfff")))["text"] == "b?"
