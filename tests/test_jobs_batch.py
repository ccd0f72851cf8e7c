"""The `batch` command as a person runs it: files in, a file out, plain words when that cannot be."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.cli import build_parser, main
from cleaner.cli_batch import _how_to_go_on
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
    assert error.endswith(f"1 x the input is empty\nfailed records are named in {out}.errors\n")
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
        (
            ["https://x.example/?a", "-o", "out.jsonl"],
            "no file: https://x.example/?a; only `cleaner clean` fetches",
        ),
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


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_input_without_a_record_is_one_plain_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    source, out, summary = tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "summary.json"
    source.write_text(content)
    job = ["batch", str(source), "-o", str(out), "--workers", "1", "--summary", str(summary)]
    for again in ([], ["--resume"]):
        assert main([*job, *again]) == 2
        assert capsys.readouterr().err == f"cleaner: no records in {source}\n"
        assert json.loads(summary.read_text())["records"] == 0
    with start("-", "-o", tmp_path / "other.jsonl", stdin=subprocess.DEVNULL) as process:
        assert process.communicate()[1] == "cleaner: no records in standard input\n"
    assert process.returncode == 2


def test_records_of_standard_input_are_called_by_their_lines(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with start("-", "-o", out, "--workers", "1", stdin=subprocess.PIPE) as job:
        job.communicate('{"text": ""}\n')
    assert [row["id"] for row in rows_of(out)] == ["standard input:1"]


JOB = ["x.jsonl", "-o", "y.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "required"),
        (["x.jsonl"], "required"),
        *[([*JOB, "--workers", value], "must be from 1 to") for value in ("0", "100000")],
        ([*JOB, "--workers", "many"], "must be a whole number, not many"),
        ([*JOB, "--timeout", "soon"], "must be a number, not soon"),
        *[
            ([*JOB, "--timeout", value], "the timeout must be from")
            for value in ("-1", "0", "nan", "inf", "1e-9")
        ],
        ([*JOB, "--memory", "0"], "the memory must be from 1"),
        ([*JOB, "--address", "auto"], "add --engine ray"),
        (["", "-o", "y.jsonl"], "the name of an input or the output is empty"),
        (["x.jsonl", "-o", ""], "the name of an input or the output is empty"),
        ([*JOB, "--over"], "unrecognized arguments: --over"),
    ],
)
def test_bad_usage(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith("usage: cleaner batch ")
    assert "\ncleaner batch: error: " in error
    assert says in error


def test_a_missing_library_is_named_with_its_extra() -> None:
    with pytest.raises(JobError, match=r"^reading X needs the extra 'jobs': pip install '\.\[jobs\]'$"):
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
    assert error.endswith("stopped; standard input cannot be read a second time: --resume needs files\n")
    written = len(rows_of(out))
    assert 0 < written <= 201
    assert f"{written:,} records" in error
    with start("-", "-o", out, "--resume", stdin=subprocess.DEVNULL) as job:
        _, error = job.communicate()
    assert job.returncode == 2
    assert error == "cleaner: standard input cannot be read a second time: --resume needs files\n"
    assert len(rows_of(out)) == written


@pytest.mark.parametrize(
    "arguments",
    [
        ["in.jsonl", "x y.warc", "-o", "out.jsonl"],
        [
            "in.jsonl",
            "--overwrite",
            "-o",
            "out.jsonl",
            "--timeout",
            "2.5",
            "--html-field",
            "-h"[1:],
            "--quiet",
        ],
        ["-o", "out.jsonl", "--id-field=-i", "--workers", "3", "--", "-y.jsonl", "--resume"],
        ["in.jsonl", "--output=-o.jsonl", "--engine", "ray", "--address", "auto", "--kind", "html"],
    ],
)
def test_the_command_to_go_on_means_the_same_job(arguments: list[str]) -> None:
    parser = build_parser()
    first = parser.parse_args(["batch", *arguments])
    program, *words = shlex.split(_how_to_go_on(first).removeprefix("to go on: "))
    second = parser.parse_args(words)
    assert program == "cleaner"
    assert vars(second) == vars(first) | {"resume": True, "overwrite": False}


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


def batch(*arguments: str | Path) -> int:
    return main(["batch", "--quiet", "--workers", "1", *map(str, arguments)])


def test_a_folder_that_holds_the_output_does_not_feed_on_it(tmp_path: Path) -> None:
    source = write_input(tmp_path)
    for name in ("out.jsonl", "deep.parquet", "out3.jsonl"):
        assert batch(tmp_path, "-o", tmp_path / name) == 0
    (tmp_path / "deep.parquet.part.jsonl.zst").write_bytes(source.read_bytes())  # as after a crash
    assert batch(f"{tmp_path}/*", "-o", tmp_path / "out4.jsonl") == 0
    assert batch(f"{tmp_path}/*", "-o", tmp_path / "out4.jsonl", "--resume") == 0
    for name in ("out.jsonl", "out3.jsonl", "out4.jsonl"):
        assert len(rows_of(tmp_path / name)) == 6


@pytest.mark.parametrize("option", ["--overwrite", "--resume", "--quiet"])
@pytest.mark.parametrize("named", ["file", "folder", "link"])
def test_an_input_is_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, named: str
) -> None:
    source = write_input(tmp_path)
    before = source.read_bytes()
    link = tmp_path / "link.jsonl"
    link.symlink_to(source)
    out = link if named == "link" else source
    assert batch(tmp_path if named == "folder" else source, "-o", out, option) == 2
    error = capsys.readouterr().err
    assert "is an input, and would be written over; name another output" in error
    assert "--overwrite" not in error
    assert source.read_bytes() == before
    assert not Path(f"{out}.journal").exists()


def test_a_summary_is_no_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_input(tmp_path)
    before = source.read_bytes()
    for summary in (tmp_path / "summary.json", source):
        assert batch(tmp_path, "-o", tmp_path / "out.jsonl", "--summary", summary) == 2
        assert "is an input, and would be written over" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
    assert source.read_bytes() == before


def test_a_job_that_is_running_is_not_overwritten(tmp_path: Path) -> None:
    source, out = write_input(tmp_path), tmp_path / "out.jsonl"
    with start("-", "-o", out, "--workers", "1", stdin=subprocess.PIPE) as job:
        assert job.stdin is not None
        while not Path(f"{out}.journal").exists():
            time.sleep(0.02)
        assert batch(source, "-o", out, "--overwrite") == 2
        assert batch(source, "-o", out) == 2
        job.communicate(source.read_text())
    assert job.returncode == 0
    assert len(rows_of(out)) == 6
    assert json.loads(Path(f"{out}.journal").read_text())["tally"]["records"] == 6
    assert batch(source, "-o", out, "--overwrite") == 0
    assert len(rows_of(out)) == 6


@pytest.mark.parametrize("change", ["more", "fewer", "longer"])
def test_a_folder_that_changed_is_not_taken_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    folder, out = tmp_path / "pages", tmp_path / "out.jsonl"
    folder.mkdir()
    for name in ("b", "c"):
        (folder / f"{name}.html").write_text(PAGE)
    assert batch(folder, "-o", out) == 0
    assert batch(folder, "-o", out, "--resume") == 0
    if change == "more":
        (folder / "a.html").write_text(PAGE)
    elif change == "fewer":
        (folder / "b.html").unlink()
    else:
        (folder / "c.html").write_text(PAGE * 2)
    assert batch(folder, "-o", out, "--resume") == 2
    assert "files in its folders were added, removed or changed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "harm"), [("out.jsonl", "delete"), ("out.jsonl.zst", "empty"), ("out.parquet", "delete")]
)
def test_a_finished_output_that_is_gone_is_no_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, harm: str
) -> None:
    source, out = write_input(tmp_path), tmp_path / name
    assert batch(source, "-o", out) == 0
    assert batch(source, "-o", out, "--resume") == 0
    out.unlink() if harm == "delete" else out.write_bytes(b"")
    assert batch(source, "-o", out, "--resume") == 2
    error = capsys.readouterr().err
    assert error.startswith(f"cleaner: {out} ")
    assert "--overwrite starts anew" in error
    assert batch(source, "-o", out, "--overwrite") == 0
    assert out.stat().st_size


def test_a_failed_record_has_its_address(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "a", "html": "", "url": "https://news.example/a"}) + "\n")
    assert batch(source, "-o", out) == 1
    wanted = [{"id": "a", "error": "the input is empty", "url": "https://news.example/a"}]
    assert rows_of(out) == rows_of(Path(f"{out}.errors")) == wanted


def test_names_longer_than_the_system_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_input(tmp_path)
    assert batch("x" * 300 + ".jsonl", "-o", tmp_path / "out.jsonl") == 2
    assert batch(source, "-o", tmp_path / ("x" * 300 + ".jsonl")) == 2
    error = capsys.readouterr().err
    assert "Traceback" not in error
    assert error.count("\n") == 2


@pytest.mark.parametrize("suffix", ["", ".errors", ".journal"])
def test_the_summary_is_no_file_of_the_job(
    tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page, out = tmp_path / "page.txt", tmp_path / "out.jsonl"
    page.write_text("The council met on Tuesday.")
    assert main(["batch", str(page), "-o", str(out), "--summary", f"{out}{suffix}"]) == 2
    assert "is the job's own file" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("command", ["batch - -o {file} --overwrite", "clean - -o {file}"])
def test_standard_input_is_not_written_over(tmp_path: Path, command: str) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"text": "The council met on Tuesday."}\n')
    before = file.read_bytes()
    with file.open("rb") as stdin:
        line = [sys.executable, "-m", "cleaner", *command.format(file=file).split()]
        done = subprocess.run(line, stdin=stdin, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "would be written over" in done.stderr
    assert file.read_bytes() == before


def test_a_record_without_a_page_keeps_its_id_and_address(tmp_path: Path) -> None:
    file, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_text('{"id": "my-42", "url": "https://news.example/42", "html": null}\n')
    assert main(["batch", str(file), "-o", str(out), "--quiet"]) == 1
    record = json.loads(out.read_text())
    assert (record["id"], record["url"]) == ("my-42", "https://news.example/42")
    assert record["error"].startswith("no field")


def test_a_pipe_among_the_files_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The council met on Tuesday.")
    os.mkfifo(tmp_path / "b.txt")
    out = tmp_path / "out.jsonl"
    assert main(["batch", str(tmp_path), "-o", str(out), "--quiet", "--timeout", "1"]) == 0
    errors = [json.loads(line)["error"] for line in out.read_text().splitlines()]
    assert errors == [None, "time limit of 1 s exceeded"]


def test_a_job_that_never_began_can_be_repeated_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n")
    assert batch(source, "-o", out) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
    write_input(tmp_path)
    with monkeypatch.context() as without:

        def engine(_: object) -> object:
            raise JobError("the engine needs the extra 'x'")

        without.setattr("cleaner.cli_batch._engine", engine)
        assert batch(source, "-o", out) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
    assert batch(source, "-o", out) == 0
    assert len(rows_of(out)) == 6


@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet"])
def test_the_journal_of_no_record_is_as_good_as_none(tmp_path: Path, name: str) -> None:
    source, out = write_input(tmp_path), tmp_path / name
    with start("-", "-o", out, "--workers", "1", stdin=subprocess.PIPE) as job:
        while not Path(f"{out}.journal").exists():
            time.sleep(0.02)
        job.kill()
    assert batch(source, "-o", out) == 0
    assert batch(source, "-o", out) == 2


def test_files_of_unknown_kinds_are_counted_and_read_when_they_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out, summary = tmp_path / "in", tmp_path / "out.jsonl", tmp_path / "summary.json"
    folder.mkdir()
    for name in ("a.html", "page.php", "other.PHP", "noext"):
        (folder / name).write_text(PAGE)
    for inputs in (folder, f"{folder}/*"):
        job = [str(inputs), "-o", str(out), "--workers", "1", "--summary", str(summary), "--overwrite"]
        assert main(["batch", *job]) == 0
        assert [row["id"] for row in rows_of(out)] == [f"{folder}/a.html"]
        said = "3 files of unknown kinds left out (.php, no suffix); name them to have them read"
        assert said in capsys.readouterr().err
        assert json.loads(summary.read_text())["left_out"] == {".php": 2, "": 1}
    (folder / "lines.data").write_text(json.dumps({"id": 7, "html": PAGE}) + "\n")
    named = [folder / "page.php", folder / "noext", folder / "lines.data"]
    assert batch(*named, "-o", out, "--overwrite") == 0
    assert [row["id"] for row in rows_of(out)] == [f"{folder}/page.php", f"{folder}/noext", 7]
    assert all(PARAGRAPH.strip() in str(row["text"]) for row in rows_of(out))


def test_a_job_of_which_every_record_failed_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = write_input(tmp_path), tmp_path / "out.jsonl"
    job = [str(source), "-o", str(out), "--workers", "1", "--overwrite"]
    assert main(["batch", *job, "--html-field", "nope"]) == 1
    there = "no field 'nope' or 'text' with a page or text in it; the fields there are: id, html"
    assert there in capsys.readouterr().err
    source.write_text('{"text": "x"}\n')
    assert main(["batch", *job]) == 0
    assert "1 held nothing article-like" in capsys.readouterr().err
