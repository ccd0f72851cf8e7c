"""Reading: every record of every format once, in order, with its id; what is damaged is one error."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cleaner
from cleaner.jobs.inputs import Inputs, format_of
from cleaner.jobs.records import Fields, JobError, Page, Place, RecordError, Task
from cleaner.model import CleanError
from cleaner.read import MAX_SIZE

pyarrow = pytest.importorskip("pyarrow", reason="the extra `jobs` is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `jobs` is not installed")
zstandard = pytest.importorskip("zstandard", reason="the extra `jobs` is not installed")

ROWS = [
    {"id": "a", "html": "<p>one</p>", "url": "https://news.example/1"},
    {"id": 2, "text": "two", "html": None},
    {"text": "three"},
]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS).encode()


def read(*names: str | Path, fields: Fields | None = None, kind: str = "auto") -> list[Task]:
    inputs = Inputs.find([str(name) for name in names], fields or Fields(), kind)  # type: ignore[arg-type]
    return list(inputs.tasks(Place(), 0))


def pages(tasks: list[Task]) -> list[Page | str]:
    found: list[Page | str] = []
    for task in tasks:
        try:
            found.append(task.payload.load())
        except RecordError as error:
            found.append(str(error))
    return found


def expected(name: object) -> list[Page]:
    return [
        Page("a", "<p>one</p>", "https://news.example/1", "html"),
        Page(2, "two", None, "text"),
        Page(f"{name}:3", "three", None, "text"),
    ]


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".ndjson.zst", ".json"])
def test_json_lines_however_packed(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"in{suffix}"
    half = len(LINES) // 2
    pack = {".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}.get(file.suffix, bytes)
    file.write_bytes(pack(LINES[:half]) + pack(LINES[half:]))  # members and frames may follow each other
    assert pages(read(file)) == expected(file)


def test_packing_is_told_by_content_not_by_name(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(gzip.compress(LINES))
    assert pages(read(file)) == expected(file)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(LINES))))
    assert pages(read("-")) == expected("standard input")
    with pytest.raises(JobError, match="only once"):
        read("-", "-")


def test_parquet(tmp_path: Path) -> None:
    file = tmp_path / "in.parquet"
    ids = ("a", "2", None)
    names = ("html", "text", "url", "other")
    rows = [{"id": i} | {name: row.get(name) for name in names} for i, row in zip(ids, ROWS, strict=True)]
    parquet.write_table(pyarrow.Table.from_pylist(rows), file)
    found = pages(read(file))
    assert found == [expected(file)[0], expected(file)[1]._replace(id="2"), expected(file)[2]]


def test_bad_lines_are_errors_with_their_place(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    deep = b"[" * 200_000
    file.write_bytes(b'{"id": 1\n\n[1]\n{"id": 3, "title": "x"}\n\xff\xfe\n' + deep + b'\n{"text": "end"}')
    tasks = read(file)
    found = pages(tasks)
    assert [task.payload.name for task in tasks] == [f"{file}:{line}" for line in (1, 3, 4, 5, 6, 7)]
    assert [isinstance(page, str) for page in found] == [True] * 5 + [False]
    assert str(found[0]).startswith("not valid JSON")
    assert str(found[1]).startswith("not a JSON object")
    assert found[2] == "no field 'html' or 'text' with a page or text in it; the fields there are: id, title"


def test_names_of_fields_and_kind_can_be_chosen(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"raw": "<p>x</p>", "body": "x", "link": "u", "key": "k"}\n')
    fields = Fields(html="raw", text="body", url="link", id="key")
    assert pages(read(file, fields=fields)) == [Page("k", "<p>x</p>", "u", "html")]
    assert pages(read(file, fields=fields, kind="text")) == [Page("k", "x", "u", "text")]


@pytest.mark.parametrize("value", [True, None, [1], float("nan")])
def test_an_id_that_is_none_is_replaced_by_the_place(tmp_path: Path, value: object) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps({"id": value, "text": "x"}))
    assert pages(read(file)) == [Page(f"{file}:1", "x", None, "text")]


def make_folder(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "b.html").write_bytes(b"<p>b</p>")
    (folder / "a.txt").write_bytes(b"a")
    (folder / "notes.md").write_bytes(b"not ours")
    (folder / "deep" / "c.htm.gz").write_bytes(gzip.compress(b"<p>c</p>"))
    (folder / "deep" / "d.html.gz").write_bytes(gzip.compress(b"<p>d</p>" * 99)[:-9])


def test_folders(tmp_path: Path) -> None:
    make_folder(tmp_path)
    assert pages(read(tmp_path)) == [
        Page(str(tmp_path / "a.txt"), b"a", None, "text"),
        Page(str(tmp_path / "b.html"), b"<p>b</p>", None, "html"),
        Page(str(tmp_path / "deep" / "c.htm.gz"), b"<p>c</p>", None, "html"),
        "damaged gzip data: it ends too early",
    ]


def test_globs(tmp_path: Path) -> None:
    make_folder(tmp_path)
    names = [task.payload.name for task in read(f"{tmp_path}/**/*.htm*")]
    assert names == [str(tmp_path / name) for name in ("b.html", "deep/c.htm.gz", "deep/d.html.gz")]


def test_a_page_that_vanished_is_an_error(tmp_path: Path) -> None:
    make_folder(tmp_path)
    tasks = read(tmp_path / "b.html")
    (tmp_path / "b.html").unlink()
    assert pages(tasks) == [f"cannot read {tmp_path}/b.html: No such file or directory"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.jsonl", "no such file or folder"),
        ("*.jsonl", "no file matches"),
        ("empty", "no input in .*/empty: no files of a known kind"),
        ("x" * 300, "^cannot read .*x: File name too long"),
        ("notes.md/x", "no such file or folder"),
        ("e*", r"no input in .*/e\*: no files of a known kind"),
    ],
)
def test_inputs_that_are_none(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "notes.md").write_text("x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(JobError, match=message):
        read(tmp_path / name)


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", None)])
def test_a_cut_off_file_is_one_error_behind_what_is_whole(tmp_path: Path, suffix: str, pack: object) -> None:
    file = tmp_path / f"in.jsonl{suffix}"
    compress = gzip.compress if pack else zstandard.ZstdCompressor().compress
    lines = b"".join(b'{"id": %d, "text": "%s"}\n' % (n, b"x" * (n % 50)) for n in range(500))
    file.write_bytes(compress(LINES) + compress(lines)[:-200])
    found = pages(read(file))
    assert found[:2] == expected(file)[:2]
    assert isinstance(found[-1], str)
    assert [isinstance(page, str) for page in found].count(True) == 1


@pytest.mark.parametrize("done", range(5))
def test_reading_goes_on_behind_a_place(tmp_path: Path, done: int) -> None:
    (tmp_path / "1.jsonl").write_bytes(LINES)
    (tmp_path / "2.jsonl").write_bytes(LINES)
    inputs = Inputs.find([f"{tmp_path}/?.jsonl"], Fields(), "auto")
    everything = list(inputs.tasks(Place(), 0))
    assert len(everything) == 6
    assert list(inputs.tasks(everything[done].place, done + 1)) == everything[done + 1 :]
    assert everything[-1].place.read == inputs.size() == 2 * len(LINES)


def test_the_size_of_a_folder_is_not_guessed(tmp_path: Path) -> None:
    make_folder(tmp_path)
    assert Inputs.find([str(tmp_path)], Fields(), "auto").size() is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("x.JSONL.GZ", "jsonl"),
        ("x.warc.gz", "warc"),
        ("x.pq", "parquet"),
        ("x.txt.zst", "text"),
        ("x.gz", None),
    ],
)
def test_formats_by_name(name: str, kind: str | None) -> None:
    assert format_of(name) == kind


def test_a_list_of_no_inputs_is_refused() -> None:
    with pytest.raises(JobError, match=r"^no input: "):
        read()


@pytest.mark.parametrize("pattern", ["*", "**", "**/"])
def test_folders_that_a_glob_matches_are_read_once(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    make_folder(tmp_path / "in" / "a")
    names = [task.payload.name for task in read(f"{tmp_path}/in/{pattern}")]
    assert names == [
        str(tmp_path / "in" / "a" / name) for name in ("a.txt", "b.html", "deep/c.htm.gz", "deep/d.html.gz")
    ]


def test_a_page_in_a_file_may_be_zstd(tmp_path: Path) -> None:
    for name, text in (("a.html.zst", b"<p>a</p>"), ("b.txt.zst", b"b")):
        (tmp_path / name).write_bytes(zstandard.ZstdCompressor().compress(text))
    (tmp_path / "c.html.zst").write_bytes(zstandard.ZstdCompressor().compress(b"<p>c</p>" * 99)[:-9])
    assert pages(read(tmp_path)) == [
        Page(str(tmp_path / "a.html.zst"), b"<p>a</p>", None, "html"),
        Page(str(tmp_path / "b.txt.zst"), b"b", None, "text"),
        "damaged zstd data: it ends too early",
    ]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"html": "", "text": "two"}, ("two", "text")),
        ({"html": " \n", "text": "two"}, ("two", "text")),
        ({"html": ["x"], "text": "two"}, ("two", "text")),
        ({"html": "", "text": None}, ("", "html")),
        ({"text": "<p>x"}, ("<p>x", "text")),
    ],
)
def test_the_first_field_that_is_not_blank_counts(
    tmp_path: Path, record: dict[str, object], expected: tuple[str, str]
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(record))
    source, kind = expected
    assert pages(read(file)) == [Page(f"{file}:1", source, None, kind)]  # type: ignore[arg-type]


def test_a_damaged_parquet_file_costs_no_more_than_its_damage(tmp_path: Path) -> None:
    rows = [
        {"id": str(n), "text": f"{n} " + "".join(chr(97 + n * k % 26) for k in range(9_000))}
        for n in range(400)
    ]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=100)
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    data[len(data) // 2 : len(data) // 2 + 2_000] = bytes(2_000)
    (tmp_path / "a.parquet").write_bytes(data)
    (tmp_path / "b.parquet").write_bytes(b"no Parquet")
    (tmp_path / "c.jsonl").write_bytes(LINES)
    found = pages(read(tmp_path))
    errors = [page for page in found if isinstance(page, str)]
    assert [error.startswith("damaged Parquet file: ") for error in errors] == [True, True]
    assert len(found) > 100
    assert found[-3:] == expected(tmp_path / "c.jsonl")


def test_a_file_that_cannot_be_opened_is_one_error(tmp_path: Path) -> None:
    for name in ("b.jsonl", "c.parquet", "d.html"):
        (tmp_path / name).symlink_to(tmp_path / "nowhere")
    (tmp_path / "a.jsonl").write_bytes(LINES)
    found = pages(read(tmp_path))
    assert found[:3] == expected(tmp_path / "a.jsonl")
    assert [isinstance(page, str) for page in found[3:]] == [True] * 3


RECORDS = [{"id": "a", "html": "<p>one</p>", "more": {"x": [1]}}, {"text": "two"}]


@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".json.gz", ".data"])
@pytest.mark.parametrize(
    "document",
    [
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=2),
        "\n" + "\n".join(json.dumps(record, indent=2) for record in RECORDS),
        "\ufeff[\n" + ",\n".join(map(json.dumps, RECORDS)) + "\n]",
    ],
)
def test_a_json_document_is_read_as_its_records(tmp_path: Path, suffix: str, document: str) -> None:
    file = tmp_path / f"in{suffix}"
    file.write_bytes(gzip.compress(document.encode()) if suffix.endswith(".gz") else document.encode())
    assert pages(read(file)) == [
        Page("a", "<p>one</p>", None, "html"),
        Page(f"{file}:2", "two", None, "text"),
    ]


def test_what_is_no_record_in_a_json_document_is_an_error_at_its_place(tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_text(json.dumps([1, {"title": "x"}, {"text": "x", "id": [1]}], indent=1))
    assert [(task.payload.name, isinstance(page, str)) for task, page in zip(*twice(file), strict=True)] == [
        (f"{file}:1", True),
        (f"{file}:2", True),
        (f"{file}:3", False),
    ]


def twice(file: Path) -> tuple[list[Task], list[Page | str]]:
    tasks = read(file)
    return tasks, pages(tasks)


PAGE = (
    '<!doctype html>\n<html><head>\n<script type="application/ld+json">\n{"name": "x"}\n</script>\n</html>\n'
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (json.dumps(RECORDS, indent=2)[:-9], "not valid JSON, by lines or as a whole; .*jq -c"),
        ("[1,\n2]", "JSON without an object"),
        (PAGE, "a page or other markup, not JSON lines"),
        (PAGE.replace("\n", ""), "a page or other markup, not JSON lines"),
        ("id,text\n1,x\n2,y\n", "no JSON lines: of the first 3 none is an object"),
    ],
)
def test_what_is_taken_for_json_lines_is_one_error(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(content)
    ((task,), (reason,)) = twice(file)
    assert task.payload.name == str(file)
    assert re.match(says, str(reason))
    assert "\n" not in str(reason)


@pytest.mark.parametrize("first", ['{"id": 1', "[", "[1]", "{", PAGE[:15], "\xa7"])
def test_no_record_is_lost_for_the_lines_before_it(tmp_path: Path, first: str) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(f"{first}\n" * 20 + '{"text": "x"}\n{"title": "x"}\n{"text": "y"}\n')
    found = pages(read(file))
    assert len(found) == 23
    assert [page.source for page in found if isinstance(page, Page)] == ["x", "y"]


def test_a_document_of_more_than_a_moderate_size_is_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.jobs.json_lines.MAX_DOCUMENT", 1 << 20)
    file = tmp_path / "in.json"
    for indent in (None, 1):
        file.write_text(json.dumps([{"text": "x" * 99_999}] * 11, indent=indent))
        (reason,) = pages(read(file))
        assert str(reason).startswith("not JSON lines, but JSON of more than 1 MB or 200,000 lines; ")
    file.write_text("y\n" * 200_009)
    assert pages(read(file)) == [
        "no JSON lines: of the first 200,001 none is an object; write one object on each line"
    ]
    file.write_text((json.dumps({"text": "x" * 99_999}) + "\n") * 11)
    assert len(pages(read(file))) == 11


def test_a_line_that_no_page_needs_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.jobs.json_lines.MAX_LINE", 1 << 20)
    file = tmp_path / "in.jsonl"
    file.write_bytes(b'{"text": "' + b"x" * 5_000_000 + b'"}\n' + LINES)
    found = pages(read(file))
    assert found[0] == "a line of more than 1 MB; a page has 20 MB at most; write one object on each line"
    assert [page.source for page in found[1:] if isinstance(page, Page)] == ["<p>one</p>", "two", "three"]


def test_kind_counts_for_warc_too(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    body = b"Some text."
    head = b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:a>\r\nContent-Length: %d\r\n\r\n"
    file = tmp_path / "x.wet"
    file.write_bytes(head % len(body) + body + b"\r\n\r\n")
    assert [page.kind for page in pages(read(file)) if isinstance(page, Page)] == ["text"]
    assert [page.kind for page in pages(read(file, kind="html")) if isinstance(page, Page)] == ["html"]


def test_any_number_is_an_id(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("".join(f'{{"id": {value}, "text": "x"}}\n' for value in (1.5, 0, -3)))
    assert [page.id for page in pages(read(file))] == [1.5, 0, -3]


def test_a_parquet_file_without_pages_is_one_error_that_tells_its_columns(tmp_path: Path) -> None:
    file = tmp_path / "in.parquet"
    parquet.write_table(pyarrow.Table.from_pylist([{"content": "x", "url": "u"}] * 3), file)
    (task,) = read(file)
    with pytest.raises(RecordError, match=r"no column 'html' or 'text'; it has content, url \(--html-field"):
        task.payload.load()


def test_records_in_a_folder_are_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>Page</p>")
    os.mkfifo(tmp_path / "b.jsonl")
    (tmp_path / "c.html").write_text("<p>Page</p>")
    payloads = [payload for payload, _ in Inputs([str(tmp_path)]).payloads(str(tmp_path))]
    assert [Path(str(payload.name)).name for payload in payloads] == ["a.html", "b.jsonl", "c.html"]
    with pytest.raises(RecordError, match="a pipe or a device"):
        payloads[1].load()


@pytest.mark.parametrize("name", ["a.html", "a.html.gz", "a.txt", "a.bin", "a.jsonl"])
def test_what_is_too_large_is_told_with_the_limit_of_a_page(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    page = b"<p>x" * (MAX_SIZE // 4 + 1)
    page = json.dumps({"html": page.decode()}).encode() if name == "a.jsonl" else page
    file.write_bytes(gzip.compress(page) if name.endswith(".gz") else page)
    (task,) = read(file)
    with pytest.raises((RecordError, CleanError), match="larger than 20 MB"):
        cleaner.clean(task.payload.load().source)


def make_loops(folder: Path) -> list[str]:
    """A folder of two pages with links that lead back into it; the names of its pages."""
    (folder / "a" / "b").mkdir(parents=True)
    names = [folder / "a" / "1.html", folder / "a" / "b" / "2.html"]
    for name in names:
        name.write_text("<p>x</p>")
    for number in range(9):  # With so many, what follows them does not end.
        (folder / "a" / "b" / f"up{number}").symlink_to("../..")
    (folder / "all").symlink_to(folder)
    return [str(name) for name in names]


@pytest.mark.parametrize("pattern", ["", "**", "**/*.html", "*/**/*.html", "**/**/*.html"])
def test_links_to_folders_are_not_followed_in_folders_and_patterns(tmp_path: Path, pattern: str) -> None:
    names = make_loops(tmp_path / "in")
    (tmp_path / "in" / "all").unlink()
    found = [task.payload.name for task in read(os.path.join(tmp_path, "in", pattern))]
    assert [os.path.normpath(str(name)) for name in found] == names


def test_a_link_to_a_folder_is_followed_where_it_is_named(tmp_path: Path) -> None:
    make_loops(tmp_path / "in")
    link = tmp_path / "in" / "all"
    assert [task.payload.name for task in read(link)] == [f"{link}/a/1.html", f"{link}/a/b/2.html"]


def test_a_link_to_nothing_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to("a.html")
    (tmp_path / "b.html").write_text("<p>x</p>")
    assert [isinstance(page, str) for page in pages(read(tmp_path))] == [True, False]


def test_patterns_are_those_of_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (".hidden/1.html", "[a]/2.html", "[a]/deep/3.html", "4.html", ".5.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<p>x</p>")
    monkeypatch.chdir(tmp_path)
    for pattern in ("**/*.html", "**", "**/"):
        assert [task.payload.name for task in read(pattern)] == (
            ["[a]/2.html", "[a]/deep/3.html"]
            if pattern == "**/"
            else ["4.html", "[a]/2.html", "[a]/deep/3.html"]
        )


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_folder(tmp_path)
    scan = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("deep"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert pages(read(tmp_path))[2:] == ["a folder that cannot be read (Permission denied)"]
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(
        JobError, match=f"^cannot read the folder {re.escape(str(tmp_path))}: Permission denied$"
    ):
        read(tmp_path)
