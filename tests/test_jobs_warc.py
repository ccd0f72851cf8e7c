"""WARC: pages come out of a file made by a WARC library as they went in, whatever HTTP did to them."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.jobs.records import Page, Payload, RecordError, Unreadable
from cleaner.jobs.streams import open_stream
from cleaner.jobs.warc import read_warc
from cleaner.read import MAX_SIZE

pytest.importorskip("warcio", reason="the extra `jobs` is not installed")
brotli = pytest.importorskip("brotli", reason="the extra `jobs` is not installed")
StatusAndHeaders = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
WARCWriter = pytest.importorskip("warcio.warcwriter").WARCWriter

# The library's writer leaves the closing of its temporary files to their finalisers.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")

PARAGRAPH = "<p>Die Brücke über den Fluß wird im Frühjahr für den Verkehr gesperrt, teilte die Stadt mit.</p>"
PAGE = f"<html><body><h1>Brücke gesperrt</h1>{PARAGRAPH * 3}</body></html>".encode()
LATIN = PAGE.decode().encode("iso-8859-1")


def chunked(body: bytes, size: int = 70) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def deflated(body: bytes) -> bytes:
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return raw.compress(body) + raw.flush()


class Archive:
    """A WARC file in the making."""

    def __init__(self, packed: bool) -> None:
        self._file = io.BytesIO()
        self._writer = WARCWriter(self._file, gzip=packed)
        self.ends: list[int] = []

    def add(self, body: bytes, headers: dict[str, str], status: str = "200 OK") -> None:
        url = f"https://news.example/{len(self.ends)}"
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        for kind, payload in (("request", b""), ("response", body)):
            head = (
                http if kind == "response" else StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
            )
            record = self._writer.create_warc_record(
                url, kind, payload=io.BytesIO(payload), http_headers=head
            )
            self._writer.write_record(record)
        self.ends.append(self._file.tell())

    def bytes(self) -> bytes:
        return self._file.getvalue()


def make(packed: bool) -> Archive:
    archive = Archive(packed)
    html = {"Content-Type": "text/html"}
    archive.add(LATIN, {"Content-Type": "text/html; charset=iso-8859-1"})
    archive.add(chunked(PAGE), html | {"Transfer-Encoding": "chunked"})
    archive.add(gzip.compress(PAGE), html | {"Content-Encoding": "gzip"})
    archive.add(
        chunked(gzip.compress(PAGE)), html | {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    )
    archive.add(b"", {"Location": "https://news.example/new"}, "301 Moved Permanently")
    archive.add(b"\x89PNG\r\n" + bytes(99), {"Content-Type": "image/png"})
    archive.add(deflated(PAGE), html | {"Content-Encoding": "deflate"})
    archive.add(zlib.compress(PAGE), html | {"Content-Encoding": "deflate"})
    archive.add(brotli.compress(PAGE), html | {"Content-Encoding": "br"})
    archive.add(PAGE, html | {"Content-Encoding": "gzip"})
    archive.add(b"<h1>Not found</h1>", html, "404 Not Found")
    archive.add(PAGE, {})
    archive.add("Brücke".encode(), {"Content-Type": "text/plain; charset=utf-8"})
    return archive


def read(data: bytes, path: Path) -> list[Payload]:
    path.write_bytes(data)
    with open_stream(str(path)) as (stream, _):
        return list(read_warc(stream, path.name))


@pytest.mark.parametrize("packed", [False, True])
def test_pages_come_out_as_they_went_in(tmp_path: Path, packed: bool) -> None:
    pages = [payload.load() for payload in read(make(packed).bytes(), tmp_path / "x.warc")]
    assert [page.url for page in pages] == [
        f"https://news.example/{number}" for number in (0, 1, 2, 3, 6, 7, 8, 9, 11, 12)
    ]
    assert [page.source for page in pages] == [LATIN, *[PAGE] * 8, "Brücke".encode()]
    assert [page.charset for page in pages] == ["iso-8859-1", *[None] * 8, "utf-8"]
    assert len({page.id for page in pages}) == len(pages)


@pytest.mark.parametrize("pack", [gzip.compress, bytes])
def test_a_whole_file_packed_as_one_member_is_read_too(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    assert len(read(pack(make(packed=False).bytes()), tmp_path / "x.warc.gz")) == 10


@pytest.mark.parametrize("packed", [False, True])
def test_a_truncated_last_record_is_one_error_wherever_it_is_cut(tmp_path: Path, packed: bool) -> None:
    archive = make(packed)
    before = archive.ends[-2]
    whole = len(read(archive.bytes()[:before], tmp_path / "whole.warc"))
    data = archive.bytes()
    # The last response begins behind its request; the four line ends at its end may be missing.
    begins = data.rfind(b"\x1f\x8b\x08") if packed else data.rfind(b"WARC/1.0")
    # Of a packed one the last bytes are a checksum, without which the page is still whole.
    for end in range(begins + 12, len(data) - (16 if packed else 4), 3):
        payloads = read(data[:end], tmp_path / "cut.warc")
        good = [payload for payload in payloads if not isinstance(payload, Unreadable)]
        assert len(good) == whole, end
        assert len(payloads) == whole + 1, end


def test_a_body_that_cannot_be_decoded_is_an_error(tmp_path: Path) -> None:
    archive = Archive(packed=False)
    archive.add(gzip.compress(PAGE * 50)[:-40], {"Content-Type": "text/html", "Content-Encoding": "gzip"})
    archive.add(b"xyz", {"Content-Type": "text/html", "Content-Encoding": "zz"})
    bomb = gzip.compress(bytes(40 * 2**20))
    archive.add(bomb, {"Content-Type": "text/html", "Content-Encoding": "gzip"})
    reasons = []
    for payload in read(archive.bytes(), tmp_path / "x.warc"):
        with pytest.raises(RecordError) as caught:
            payload.load()
        reasons.append(str(caught.value))
    assert reasons == [
        "damaged gzip data: it ends too early",
        "the body is compressed with 'zz', which is not supported here",
        "larger than 20 MB when unpacked",
    ]


def test_bodies_whose_header_is_odd_or_stale_are_read(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    archive = Archive(packed=False)
    wide = b"\xff\xfe" + PAGE.decode().encode("utf-16-le")
    bodies = {
        "gzip, identity": gzip.compress(PAGE),
        "identity, br": brotli.compress(PAGE),
        "gzip, br": brotli.compress(gzip.compress(PAGE)),
        "zstd": zstandard.ZstdCompressor().compress(PAGE),
        "br": b"\xef\xbb\xbf" + PAGE,
        "deflate": b"\r\n" + PAGE,
        "br, gzip": wide,
    }
    for coding, body in bodies.items():
        archive.add(body, {"Content-Type": "text/html", "Content-Encoding": coding})
    pages = [payload.load().source for payload in read(archive.bytes(), tmp_path / "x.warc")]
    assert pages == [PAGE] * 4 + [bodies["br"], bodies["deflate"], wide]


def test_a_page_that_failed_has_its_address(tmp_path: Path) -> None:
    archive = Archive(packed=False)
    html = {"Content-Type": "text/html"}
    archive.add(b"xyz", html | {"Content-Encoding": "zz"})
    archive.add(b"%PDF-1.7", html)
    (tmp_path / "x.warc").write_bytes(archive.bytes())
    out = tmp_path / "out.jsonl"
    assert main(["batch", str(tmp_path / "x.warc"), "-o", str(out), "--quiet", "--workers", "1"]) == 1
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["url"] for row in rows] == ["https://news.example/0", "https://news.example/1"]
    assert all(row["error"] for row in rows)
    assert Path(f"{out}.errors").read_bytes() == out.read_bytes()


@pytest.mark.parametrize("packed", [False, True])
def test_of_a_page_that_is_too_large_no_more_is_kept_than_shows_it(tmp_path: Path, packed: bool) -> None:
    archive = Archive(packed)
    for body in (PAGE, PAGE * (MAX_SIZE // len(PAGE) + 1), PAGE):
        archive.add(body, {"Content-Type": "text/html"})
    payloads = read(archive.bytes(), tmp_path / "x.warc")
    assert [payload.weight for payload in payloads] == [len(PAGE), 0, len(PAGE)]
    with pytest.raises(RecordError, match="the input is larger than 20 MB"):
        payloads[1].load()


def test_text_records_are_text(tmp_path: Path) -> None:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    for kind in ("warcinfo", "conversion", "metadata"):
        headers = {"Content-Type": "text/plain"}
        record = writer.create_warc_record(
            "https://news.example/", kind, payload=io.BytesIO(b"Some text."), warc_headers_dict=headers
        )
        writer.write_record(record)
    (payload,) = read(file.getvalue(), tmp_path / "x.wet.gz")
    assert payload.load() == Page(payload.name, b"Some text.", "https://news.example/", "text", None)


def test_rubbish_is_one_error(tmp_path: Path) -> None:
    payloads = read(json.dumps({"no": "WARC"}).encode() * 9, tmp_path / "x.warc")
    assert [type(payload) for payload in payloads] == [Unreadable]


def test_damage_says_that_the_rest_was_not_read(tmp_path: Path) -> None:
    archive = make(packed=True)
    data = bytearray(archive.bytes())
    place = archive.ends[5] + 40
    data[place : place + 2] = bytes(byte ^ 0xFF for byte in data[place : place + 2])
    payloads = read(bytes(data), tmp_path / "x.warc.gz")
    with pytest.raises(RecordError, match="what stands behind it in the file was not read"):
        payloads[-1].load()
