"""The command as a person runs it. What is a good article is not asked here: a stand-in cleans."""

from __future__ import annotations

import gzip
import io
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest

from cleaner import Article, Removal
from cleaner.cli import main
from cleaner.cli_exit import DONE, FAILED, INTERRUPTED, NO_ARTICLE
from cleaner.jobs.inputs import Inputs
from cleaner.model import Kept
from cleaner.read import read

PAGE = "<html><title>Bridge</title><p>The bridge opened on Tuesday.</p></html>"
TEXT = "The council met on Tuesday.\nGive today.\n"


def stand_in(
    source: bytes | str, url: str | None = None, kind: str = "auto", charset: str | None = None
) -> Article:
    """Cleans as the library promises to, but simply: "Give" lines go, "Menu" pages hold no article."""
    found = read(source, url, kind, charset)  # type: ignore[arg-type]
    body, removed, place = [], [], 0
    for line in found.text.splitlines():
        if line.startswith("Give"):
            removed.append(Removal(line, "donation", "en/donation/give", place, place + len(line)))
        elif line and not line.startswith("Menu"):
            body.append(Kept(line, "paragraph", 0, place, place + len(line)))
        place += len(line) + 1
    text = "\n\n".join(kept.text for kept in body)
    return Article(
        title="Bridge", url=url, section=found.kind, text=text, body=tuple(body), removed=tuple(removed),
        extractor="own", confidence=0.9,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("cleaner.pipeline")
    module.clean = stand_in  # type: ignore[attr-defined]
    module.article_like = lambda article: bool(article.text)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cleaner.pipeline", module)


@pytest.fixture
def text_file(tmp_path: Path) -> str:
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


class Stdin(io.TextIOWrapper):
    def __init__(self, content: bytes, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(content))
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


Capture = pytest.CaptureFixture[str]


def test_text_is_the_default(text_file: str, capsys: Capture) -> None:
    assert main(["clean", text_file]) == 0
    assert capsys.readouterr() == ("The council met on Tuesday.\n", "")


def test_json(text_file: str, capsys: Capture) -> None:
    assert main(["clean", text_file, "--format", "json", "--url", "https://news.example/a"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    article = json.loads(line)
    assert article["url"] == "https://news.example/a"
    assert article["removed"][0]["label"] == "donation"
    assert "input" not in article


def test_markdown(text_file: str, capsys: Capture) -> None:
    assert main(["clean", text_file, "--format", "markdown"]) == 0
    assert capsys.readouterr().out == "# Bridge\n\nThe council met on Tuesday.\n"


def test_explain(text_file: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["clean", "--explain", text_file]) == 0
    out = capsys.readouterr().out
    assert out.index("The council met") < out.index("[donation] en/donation/give") < out.index("Give today.")
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 60


def test_kind_is_passed_on(tmp_path: Path, capsys: Capture) -> None:
    page = tmp_path / "page"
    page.write_text(PAGE)
    assert main(["clean", str(page), "--format", "json", "--kind", "text"]) == 0
    assert json.loads(capsys.readouterr().out)["section"] == "text"
    assert main(["clean", str(page), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["section"] == "html"


@pytest.mark.parametrize("arguments", [["clean"], ["clean", "-"]])
def test_standard_input(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(TEXT.encode()))
    assert main(arguments) == 0
    assert capsys.readouterr().out == "The council met on Tuesday.\n"


@pytest.mark.parametrize("name", ["story.txt.gz", "story"])
def test_gzip_files_whatever_their_name(name: str, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert main(["clean", str(path)]) == 0
    assert capsys.readouterr().out == "The council met on Tuesday.\n"


def test_several_inputs_stand_under_their_names(text_file: str, tmp_path: Path, capsys: Capture) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Bread costs more.\n")
    assert main(["clean", text_file, str(other)]) == 0
    assert capsys.readouterr().out == (
        f"==> {text_file} <==\nThe council met on Tuesday.\n\n==> {other} <==\nBread costs more.\n"
    )
    assert main(["clean", text_file, str(other), "--format", "json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["input"] for line in lines] == [text_file, str(other)]


@pytest.mark.parametrize("packed", [False, True])
def test_json_lines(packed: bool, tmp_path: Path, capsys: Capture) -> None:
    records = [
        {"id": 7, "text": TEXT, "url": "https://news.example/a"},
        {"html": PAGE, "text": "Only text."},
        {"title": "no content"},
    ]
    data = "\n".join(json.dumps(record) for record in records) + "\n\nnot json\n[1]\n"
    path = tmp_path / ("in.jsonl.gz" if packed else "in.jsonl")
    path.write_bytes(gzip.compress(data.encode()) if packed else data.encode())
    assert main(["clean", "--kind", "text", str(path)]) == 2
    out, err = capsys.readouterr()
    first, second = (json.loads(line) for line in out.splitlines())
    assert (first["id"], first["url"], first["input"]) == (7, "https://news.example/a", f"{path}:1")
    assert second["text"] == "Only text."
    assert [line.split(": ")[1] for line in err.splitlines()] == [f"{path}:{n}" for n in (3, 5, 6)]
    assert main(["clean", str(path)]) == 2
    assert json.loads(capsys.readouterr().out.splitlines()[1])["section"] == "html"


def test_a_truncated_gzip_of_json_lines_gives_what_it_holds(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "in.jsonl.gz"
    lines = "".join(json.dumps({"text": f"Line {n} is here. {n * 7919}"}) + "\n" for n in range(5000))
    path.write_bytes(gzip.compress(lines.encode())[:-2000])
    assert main(["clean", str(path)]) == 2
    out, err = capsys.readouterr()
    assert len(out.splitlines()) > 1000
    assert err.count("\n") == 1
    assert "damaged file: it ends too early" in err


def test_nothing_article_like(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "menu.txt"
    path.write_text("Menu\n")
    assert main(["clean", str(path)]) == 1
    assert capsys.readouterr() == ("", f"cleaner: {path}: nothing article-like found\n")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing", None, "no such file"),
        ("empty", b"", "empty"),
        ("report.pdf", b"%PDF-1.7 ...", "PDF"),
        ("broken.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03abcdef", "cannot be read"),
        ("cut.gz", gzip.compress(TEXT.encode())[:-12], "cannot be read"),
        ("folder", "folder", "is a folder"),
    ],
)
def test_one_bad_input_costs_a_line_and_not_the_others(
    name: str, content: bytes | str | None, says: str, text_file: str, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == "folder":
        path.mkdir()
    assert main(["clean", str(path), text_file]) == 2
    out, err = capsys.readouterr()
    assert out.endswith("The council met on Tuesday.\n")
    assert err.startswith(f"cleaner: {path}: ")
    assert says in err
    assert err.count("\n") == 1


def test_standard_input_is_called_by_the_same_name_everywhere(
    text_file: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    for content, name in ((TEXT.encode(), "standard input"), (lines_of(LINES[:1]), "standard input:1")):
        monkeypatch.setattr(sys, "stdin", Stdin(content))
        assert main(["clean", text_file, "-", "--format", "text"]) == 0
        assert f"\n==> {name} <==\n" in capsys.readouterr().out


def test_a_crash_over_one_page_costs_a_line_and_not_the_others(
    text_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def clean(source: bytes | str, **known: object) -> Article:
        if source == b"Boom":
            raise IndexError("no element at 1\nof 0 bytes")
        return stand_in(source)

    monkeypatch.setattr(sys.modules["cleaner.pipeline"], "clean", clean)
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"Boom")
    assert main(["clean", "--format", "markdown", str(bad), text_file]) == 2
    out, err = capsys.readouterr()
    assert out.endswith("The council met on Tuesday.\n")
    assert err == f"cleaner: {bad}: internal error: IndexError: no element at 1\n"


def test_an_interrupt_has_an_exit_code_of_its_own(text_file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def clean(*_: object, **__: object) -> Article:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["cleaner.pipeline"], "clean", clean)
    assert main(["clean", text_file]) == 130


def test_an_empty_name_is_said_to_be_one(text_file: str, capsys: Capture) -> None:
    assert main(["clean", "", text_file]) == 2
    out, err = capsys.readouterr()
    assert out.endswith("The council met on Tuesday.\n")
    assert err == "cleaner: one of the inputs has an empty name; name a file or an address\n"


def test_the_worst_exit_code_wins(text_file: str, tmp_path: Path) -> None:
    menu = tmp_path / "menu.txt"
    menu.write_text("Menu\n")
    assert main(["clean", text_file, str(menu), text_file]) == 1
    assert main(["clean", "missing", str(menu), text_file]) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["wash", "x"],
        ["clean", "x", "--format", "xml"],
        ["clean", "x", "--explain", "--format", "json"],
        ["clean", "x", "--explian"],
        ["clean", "x", "y", "--url", "https://news.example/"],
        ["clean", "x.jsonl", "--url", "https://news.example/"],
        ["clean", "x", "--url", "no address"],
        ["clean", "x", "--url", "news.example/a"],
        ["clean", "-", "x", "-"],
        ["clean", "x", "-o", ""],
    ],
)
def test_bad_usage(arguments: list[str], capsys: Capture) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: cleaner")
    if arguments[:1] == ["clean"]:
        assert err.startswith("usage: cleaner clean ")
        assert "\ncleaner clean: error: " in err


@pytest.mark.parametrize("command", ["clean", "batch"])
def test_help_tells_all_exit_codes(command: str, capsys: Capture) -> None:
    main([command, "--help"])
    told = capsys.readouterr().out.partition("Exit code: ")[2]
    assert sorted(map(int, re.findall(r"\d+", told))) == sorted((DONE, NO_ARTICLE, FAILED, INTERRUPTED))


def test_no_input_at_a_terminal_is_bad_usage(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b"", terminal=True))
    assert main(["clean"]) == 2
    assert "name a file" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["clean", "--help"]])
def test_version_and_help(arguments: list[str], capsys: Capture) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out.strip()


def test_output_file(text_file: str, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "out.txt"
    assert main(["clean", text_file, "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == "The council met on Tuesday.\n"
    assert main(["clean", text_file, "-o", str(tmp_path / "no" / "out.txt")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "cannot be written" in captured.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_said_in_one_line(text_file: str, capsys: Capture) -> None:
    assert main(["clean", text_file, "-o", "/dev/full"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("cleaner: /dev/full: cannot be written")
    assert err.count("\n") == 1


@pytest.mark.parametrize("link", [False, True])
def test_an_input_is_not_written_over(text_file: str, tmp_path: Path, capsys: Capture, link: bool) -> None:
    out = tmp_path / "link.txt" if link else Path(text_file)
    if link:
        out.symlink_to(text_file)
    other = tmp_path / "other.txt"
    other.write_text("Bread costs more.\n")
    assert main(["clean", str(other), text_file, "-o", str(out)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"cleaner: {out}: is an input, and would be written over; choose another file\n"
    assert Path(text_file).read_text(encoding="utf-8") == TEXT


def test_an_output_is_emptied_only_for_an_article(text_file: str, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("precious")
    assert main(["clean", str(tmp_path / "missing.txt"), "-o", str(out)]) == 2
    assert out.read_text() == "precious"
    assert main(["clean", text_file, text_file, "-o", str(out)]) == 0
    assert out.read_text().count("The council met") == 2


LINES = [
    {"id": 7, "text": "<p>Only text."},
    {"id": 1.5, "html": ["x"], "text": "Second."},
    {"html": "", "text": "Third."},
    {"title": "no content"},
]


def lines_of(records: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


@pytest.mark.parametrize(
    "name", ["r.jsonl", "r.jsonlines", "r.json", "r.ndjson", "r.jsonl.gz", "r.jsonl.zst", "-"]
)
def test_records_are_read_as_batch_reads_them(
    name: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = lines_of(LINES)
    if name.endswith(".gz"):
        data = gzip.compress(data)
    elif name.endswith(".zst"):
        data = pytest.importorskip("zstandard").ZstdCompressor().compress(data)
    monkeypatch.setattr(sys, "stdin", Stdin(data))
    path = name if name == "-" else str(tmp_path / name)
    if name != "-":
        Path(path).write_bytes(data)
    assert main(["clean", path]) == 2
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    tasks = list(Inputs((path,)).payloads(path)) if name != "-" else []
    pages = [payload.load() for payload, _ in tasks[:3]]
    assert [(row["text"], row["section"]) for row in rows] == [
        ("<p>Only text.", "text"),
        ("Second.", "text"),
        ("Third.", "text"),
    ]
    assert [(page.source, page.kind) for page in pages] in (
        [],
        [(row["text"], row["section"]) for row in rows],
    )
    assert [row.get("id") for row in rows] == [7, 1.5, None]
    shown = "standard input" if name == "-" else path
    assert [row["input"] for row in rows] == [f"{shown}:{number}" for number in (1, 2, 3)]
    reason = "no field 'html' or 'text' with a page or text in it; the fields there are: title"
    assert err == f"cleaner: {shown}:4: {reason}\n"


def test_text_in_brackets_is_no_json(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("{The council} met.\n", '["The council met," she said.]\n'):
        monkeypatch.setattr(sys, "stdin", Stdin(text.encode()))
        assert main(["clean"]) == 0
        assert "The council" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["r.json", "r.jsonl", "r.data", "r.txt", "-"])
def test_json_over_many_lines_is_read_as_its_records(
    name: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = json.dumps([{"id": 1, "text": TEXT}, {"id": 2, "text": TEXT}], indent=2).encode()
    monkeypatch.setattr(sys, "stdin", Stdin(data))
    path = tmp_path / name
    path.write_bytes(data)
    assert main(["clean", "-" if name == "-" else str(path)]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [1, 2]


def test_a_page_called_json_lines_is_one_plain_line(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("<!doctype html>\n<html>\n<p>Bread costs more.</p>\n</html>\n")
    assert main(["clean", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    says = "a page or other markup, not JSON lines; name a page .html to have it read"
    assert err == f"cleaner: {path}: {says}\n"


def test_a_warc_file_is_many_pages(tmp_path: Path, capsys: Capture) -> None:
    pytest.importorskip("warcio")
    head = "WARC/1.0\r\nWARC-Type: {}\r\nWARC-Record-ID: <urn:{}>\r\nContent-Length: {}\r\n\r\n"
    path = tmp_path / "x.wet"
    path.write_bytes(
        b"".join(
            head.format("conversion", number, len(TEXT)).encode() + TEXT.encode() + b"\r\n\r\n"
            for number in range(2)
        )
    )
    assert main(["clean", str(path)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["input"], row["text"]) for row in rows] == [
        (f"{path}: <urn:{number}>", "The council met on Tuesday.") for number in range(2)
    ]


def test_an_address_is_for_one_page(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(lines_of([{"text": TEXT}])))
    assert main(["clean", "--url", "https://news.example/"]) == 2
    assert "--url is for a single page" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["story.txt.zst", "-"])
def test_zstd(name: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    data = pytest.importorskip("zstandard").ZstdCompressor().compress(TEXT.encode())
    monkeypatch.setattr(sys, "stdin", Stdin(data))
    (tmp_path / "story.txt.zst").write_bytes(data)
    assert main(["clean", name if name == "-" else str(tmp_path / name)]) == 0
    assert capsys.readouterr().out == "The council met on Tuesday.\n"


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + ".jsonl", "https://" + "x" * 300 + ".invalid/"])
def test_names_longer_than_the_system_takes(name: str, text_file: str, capsys: Capture) -> None:
    assert main(["clean", name, text_file]) == 2
    out, err = capsys.readouterr()
    assert "The council met" in out
    assert err.startswith(f"cleaner: {name}: ")
    assert err.count("\n") == 1


class Site(BaseHTTPRequestHandler):
    """A news site on this machine: a page in windows-1251, a packed one, and several kinds of trouble."""

    RUSSIAN: ClassVar = "<html><p>Мост открыли во вторник, и все были рады.</p></html>"

    def do_GET(self) -> None:
        match self.path:
            case "/page" | "/%D0%BC%D0%BE%D1%81%D1%82":
                self._answer(self.RUSSIAN.encode("windows-1251"), "text/html; charset=windows-1251")
            case "/packed":
                self._answer(gzip.compress(PAGE.encode()), "text/html", ("Content-Encoding", "gzip"))
            case "/moved":
                self._answer(b"", "text/html", ("Location", "/page"), status=302)
            case "/local":
                self._answer(b"", "text/html", ("Location", "file:///etc/hostname"), status=302)
            case "/loop":
                self._answer(b"", "text/html", ("Location", "/loop"), status=302)
            case "/pdf":
                self._answer(b"%PDF-1.7", "application/pdf")
            case "/cut-off":
                self._answer(PAGE.encode(), "text/html", more_to_come=1000)
            case _:
                self._answer(b"<p>No such page</p>", "text/html", status=404)

    def _answer(
        self,
        body: bytes,
        media_type: str,
        *headers: tuple[str, str],
        status: int = 200,
        more_to_come: int = 0,
    ) -> None:
        self.send_response(status)
        length = str(len(body) + more_to_come)
        for name, value in (("Content-Type", media_type), ("Content-Length", length), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keep standard error for what is tested."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/page", "/moved", "/мост"])
def test_an_address_is_fetched_and_its_declared_charset_believed(
    path: str, site: str, capsys: Capture
) -> None:
    assert main(["clean", site + path, "--format", "json"]) == 0
    article = json.loads(capsys.readouterr().out)
    assert "Мост открыли во вторник" in article["text"]
    assert article["url"].startswith(site)
    assert not article["url"].endswith("/moved")


def test_a_packed_answer_is_unpacked(site: str, capsys: Capture) -> None:
    assert main(["clean", f"{site}/packed"]) == 0
    assert "The bridge opened" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/nothing", "the server answered 404"),
        ("/local", "the server answered 302"),
        ("/loop", "the server answered 302"),
        ("/pdf", "PDF"),
        ("/cut-off", "the answer was cut off"),
        ("http://127.0.0.1:1/", "cannot be fetched"),
        ("http://no-such-host.invalid/a", "cannot be fetched"),
        ("http://[broken/", "names no host"),
        ("http:///page", "names no host"),
        ("ftp://127.0.0.1/a", "only http"),
        ("file:///etc/hostname", "only http"),
    ],
)
def test_trouble_with_an_address_is_one_plain_line(
    address: str, says: str, site: str, capsys: Capture
) -> None:
    name = site + address if address.startswith("/") else address
    assert main(["clean", name]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"cleaner: {name}: ")
    assert says in err
    assert err.count("\n") == 1


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-m", "cleaner", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)


def test_the_process_reads_a_pipe_and_exits_with_the_code() -> None:
    story = "\n\n".join(
        f"The council of Northshore met on day {n} and agreed on the bridge." for n in range(12)
    )
    done = run("clean", "--kind", "text", "-", stdin=story.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"agreed on the bridge." in done.stdout
    assert run("clean", "missing.html").returncode == 2


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    record = json.dumps({"text": "The council of Northshore met and agreed on the bridge. " * 40})
    path.write_text("\n".join([record] * 200))
    command = [sys.executable, "-m", "cleaner", "clean", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("clean {page} >&-", "cleaner: standard output: is closed; choose a file with -o"),
        ("clean - <&-", "cleaner: standard input: cannot be read (it is closed)"),
        (
            "batch {page} -o {page}.jsonl --quiet --summary - > /dev/full",
            "cleaner: cannot write the summary to standard output: No space left on device",
        ),
        (
            "batch {page} -o {page}.jsonl --quiet --summary - >&-",
            "cleaner: cannot write the summary to standard output: it is closed",
        ),
    ],
)
def test_closed_and_full_streams_are_one_plain_line(tmp_path: Path, command: str, says: str) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The council met on Tuesday.")
    line = f"{sys.executable} -m cleaner {command.format(page=page)}"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (2, says + "\n")


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full"])
@pytest.mark.parametrize(
    ("command", "code"), [("clean missing", 2), ("clean {page}", 0), ("batch {page} -o {page}.jsonl", 0)]
)
def test_what_nobody_can_be_told_changes_no_exit_code(
    tmp_path: Path, command: str, code: int, closed: str
) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The council of Northshore met on Tuesday and agreed on the bridge. " * 9)
    line = f"{sys.executable} -m cleaner {command.format(page=page)} {closed}"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code
    assert "cleaner" not in done.stdout


def test_a_name_breaks_no_line_and_steers_no_terminal(
    tmp_path: Path, text_file: str, capsys: Capture
) -> None:
    name = tmp_path / "a\nb\x1b[31m.txt"
    assert main(["clean", str(name)]) == 2
    assert capsys.readouterr().err == f"cleaner: {tmp_path}/a\\nb\\x1b[31m.txt: no such file\n"
    name.write_text(TEXT)
    assert main(["clean", str(name), text_file]) == 0
    assert capsys.readouterr().out.startswith(f"==> {tmp_path}/a\\nb\\x1b[31m.txt <==\n")
    assert main(["batch", f"{name}?", "-o", "x.jsonl"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_without_records_is_said_to_have_none(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "empty.jsonl").touch()
    assert main(["clean", str(tmp_path / "empty.jsonl")]) == 2
    assert capsys.readouterr().err == f"cleaner: {tmp_path / 'empty.jsonl'}: holds no records\n"


def test_a_page_without_an_article_empties_no_file(tmp_path: Path) -> None:
    page, out = tmp_path / "page.txt", tmp_path / "out.txt"
    page.write_text("Home\nNews\nSport\nWeather\nAbout us\nContact\n")
    out.write_text("kept")
    assert run("clean", str(page), "-o", str(out)).returncode == 1
    assert out.read_text() == "kept"


def test_a_terminal_is_not_steered_by_a_page(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The council\x1b]0;renamed\x07 met on Tuesday.")
    assert main(["clean", str(page)]) == 0
    assert "\x1b" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["clean", str(page)]) == 0
    assert capsys.readouterr().out == "The council\ufffd]0;renamed\ufffd met on Tuesday.\n"


def test_a_host_is_asked_for_as_the_name_servers_know_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def look_up(host: object, *_: object, **__: object) -> None:
        asked.append(host)
        raise OSError("no network here")

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert main(["clean", "http://köln.example/dom"]) == 2
    assert asked == ["xn--kln-sna.example"]


def test_records_on_standard_input_are_worked_on_as_they_come() -> None:
    command = [sys.executable, "-m", "cleaner", "clean", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(b'{"text": "The council met on Tuesday, and the bridge stays shut."}\n')
        running.stdin.flush()
        with ThreadPoolExecutor() as pool:
            first = pool.submit(running.stdout.readline)
            try:
                assert b"The council met" in first.result(timeout=30)
            finally:
                running.stdin.close()


@pytest.mark.parametrize("name", ["in.data", "in.txt", "in.jsonl.1", "-"])
@pytest.mark.parametrize("first", [b"", b"broken line\n", b"{ }\n"])
def test_json_lines_are_told_by_what_they_are(
    name: str, first: bytes, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = first + lines_of([{"id": 1, "text": TEXT}, {"id": 2, "text": TEXT}])
    monkeypatch.setattr(sys, "stdin", Stdin(data))
    path = tmp_path / name
    path.write_bytes(data)
    assert main(["clean", "-" if name == "-" else str(path)]) == (2 if first else 0)
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 2]
    assert err.count("\n") == (1 if first else 0)


@pytest.mark.parametrize(
    "text",
    [
        '<html>\n{"a": 1}\n{"b": 2}\n</html>',
        'The council met.\nIt said:\n{"a": 1}\nGive today.\nThe bridge opened.\n',
    ],
)
def test_a_page_with_lines_of_json_is_a_page(text: str, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "page"
    path.write_text(text)
    assert main(["clean", str(path), "--format", "json"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_an_interrupt_while_the_command_is_loaded_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    from cleaner.__main__ import run as run_module

    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("cleaner.cli.main", interrupted)
    assert run_module() == INTERRUPTED
