"""The `batch` command as a person runs it: files in, a file out, plain words when that cannot be."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.jobs import streams
from cleaner.jobs.records import JobError

PARAGRAPH = "The harbour board said on Monday that the new ferry would sail before the end of the year. "
PAGE = (
    f"<html><body><article><h1>Ferry</h1><p>{PARAGRAPH * 2}</p><p>{PARAGRAPH * 3}</p></article></body></html>"
)


def write_input(folder: Path, count: int = 6) -> Path:
    rows = [{"id": f"r{number}", "html": PAGE, "url": "https://news.example/"} for number in range(count)]
    rows[1] = {"id": "r1", "html": ""}
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def rows_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_a_job_from_start_to_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = write_input(tmp_path), tmp_path / "out.jsonl"
    summary = tmp_path / "summary.json"
    assert main(["batch", str(source), "-o", str(out), "--workers", "1", "--summary", str(summary)]) == 0
    rows = rows_of(out)
    assert [row["id"] for row in rows] == [f"r{number}" for number in range(6)]
    assert rows[1] == {"id": "r1", "error": "the input is empty"}
    assert PARAGRAPH.strip() in str(rows[0]["text"])
    assert rows_of(Path(f"{out}.errors")) == [rows[1]]
    error = capsys.readouterr().err
    assert f"6 records, 1 errors -> {out}" in error
    assert "1 x the input is empty" in error
    values = json.loads(summary.read_text())
    assert (values["records"], values["errors"], values["finished"]) == (6, 1, True)
    assert values["reasons"] == {"the input is empty": 1}
    assert values["run"]["records"] == 6
    assert main(["batch", str(source), "-o", str(out), "--resume", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert rows_of(out) == rows
    assert main(["batch", str(source), "-o", str(out)]) == 2
    assert capsys.readouterr().err == (
        f"cleaner: {out} is there already: --resume goes on with it, --overwrite starts anew\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.jsonl", "-o", "out.jsonl"], "no such file or folder: missing.jsonl"),
        (["in.jsonl", "-o", "no/out.jsonl"], "cannot write no/out.jsonl: No such file or directory"),
        (["in.jsonl", "-o", "out.xml"], "unknown kind of output: out.xml"),
        (["in.jsonl", "-o", "out.jsonl", "--summary", "no/x.json"], "cannot write no/x.json: No such file"),
    ],
)
def test_what_cannot_be_is_one_plain_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    write_input(tmp_path, 2)
    monkeypatch.chdir(tmp_path)
    assert main(["batch", *arguments, "--workers", "1"]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"cleaner: {message}")
    assert error.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["x.jsonl"], ["x", "-o", "y", "--workers", "0"]])
def test_bad_usage(arguments: list[str]) -> None:
    assert main(["batch", *arguments]) == 2


def test_a_missing_library_is_named_with_its_extra() -> None:
    with pytest.raises(JobError, match=r"^reading X needs an extra: pip install 'article-cleaner\[jobs\]'$"):
        streams.need("no_such_library", "reading X")


def start(*arguments: str | Path, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "cleaner", "batch", *map(str, arguments)]
    return subprocess.Popen(command, text=True, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload]


def test_an_interrupt_finishes_what_is_on_the_way_and_tells_how_to_go_on(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with start("-", "-o", out, "--workers", "1", stdin=subprocess.PIPE) as job:
        assert job.stdin is not None
        assert job.stderr is not None
        row = json.dumps({"id": 1, "html": PAGE}) + "\n"
        with contextlib.suppress(BrokenPipeError):
            job.stdin.write(row * 200)
            job.stdin.flush()
            while not Path(f"{out}.journal").exists():
                time.sleep(0.02)
            time.sleep(0.3)
            job.send_signal(signal.SIGINT)
            assert "stopping" in job.stderr.readline()
            job.stdin.write(row)
            job.stdin.close()
        error = job.stderr.read()
        assert job.wait() == 130
    assert error.endswith(f"stopped; to go on: cleaner batch - -o {out} --workers 1 --resume\n")
    written = len(rows_of(out))
    assert 0 < written <= 201
    assert f"{written:,} records" in error
    with start("-", "-o", out, "--resume", "--workers", "1", stdin=subprocess.PIPE) as job:
        job.communicate(row * 250)
    assert job.returncode == 0
    assert len(rows_of(out)) == 250


def test_progress_is_for_terminals(tmp_path: Path) -> None:
    pytest.importorskip("rich", reason="the extra `jobs` is not installed")
    source = write_input(tmp_path, 300)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cleaner", "batch", str(source), "-o", str(tmp_path / "out.jsonl")]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(command, stderr=theirs, stdout=theirs, env=environment) as job:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # what the end of a terminal looks like
            while piece := os.read(ours, 4096):
                shown += piece
        os.close(ours)
    assert job.returncode == 0
    assert b"pages" in shown
    assert b"errors" in shown
    assert b"removed:" in shown
