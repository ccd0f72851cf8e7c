"""The Scrapy pipeline, by really crawling a site served on this machine with the example spider."""

from __future__ import annotations

import dataclasses
import functools
import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner import Article

pytest.importorskip("scrapy", reason="the extra `scrapy` is not installed")

SPIDER = Path(__file__).parent.parent / "examples" / "scrapy_spider.py"
PARAGRAPH = "The harbour board said on Monday that the new ferry would sail before the end of the year. "


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    links = "".join(f'<a href="story{number}.html">Story {number}</a>' for number in range(5))
    (tmp_path / "index.html").write_text(f"<html><body><nav>{links}</nav></body></html>")
    for number in range(5):
        text = f"<h1>Story {number}</h1><p>{PARAGRAPH * 3}</p><p>Ending {number}. {PARAGRAPH}</p>"
        (tmp_path / f"story{number}.html").write_text(f"<html><body><article>{text}</article></body></html>")
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()
        thread.join()


def test_a_crawl_gives_clean_articles(site: str, tmp_path: Path) -> None:
    out = tmp_path / "items.jsonl"
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "runspider",
        str(SPIDER),
        "-a",
        f"address={site}",
        "-O",
        str(out),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "] ERROR:" not in done.stderr, done.stderr
    assert "Deprecat" not in done.stderr, done.stderr
    items = {item["url"].rpartition("/")[2]: item for item in map(json.loads, out.read_text().splitlines())}
    assert sorted(items) == ["index.html", *[f"story{number}.html" for number in range(5)]]
    for number in range(5):
        assert f"Ending {number}." in items[f"story{number}.html"]["article"]["text"]


def test_a_failed_page_keeps_its_item_or_drops_it() -> None:
    from itemadapter import ItemAdapter
    from scrapy.exceptions import DropItem

    from cleaner.jobs.records import Fields, Outcome, Place
    from cleaner.jobs.scrapy import CleanerPipeline
    from cleaner.jobs.worker import Setup

    failed = Outcome(0, "x", None, "the input is empty", Place())
    item = {"html": ""}
    kept = CleanerPipeline(Setup(), 1, Fields(), drop_failed=False)._finish(failed, item)
    assert ItemAdapter(kept).asdict() == {"html": "", "article_error": "the input is empty"}
    with pytest.raises(DropItem, match="the input is empty"):
        CleanerPipeline(Setup(), 1, Fields(), drop_failed=True)._finish(failed, item)


@dataclasses.dataclass
class Story:
    """An item that has no room for an article."""

    html: str


def test_an_item_without_the_field_goes_on_and_the_log_says_so(caplog: pytest.LogCaptureFixture) -> None:
    from cleaner.jobs.records import Fields, Outcome, Place
    from cleaner.jobs.scrapy import CleanerPipeline
    from cleaner.jobs.worker import Setup

    pipeline = CleanerPipeline(Setup(), 1, Fields(), drop_failed=False)
    item = Story("<p>x</p>")
    assert pipeline._finish(Outcome(0, "x", Article(text="x"), None, Place()), item) is item
    assert pipeline._finish(Outcome(0, "x", None, "the input is empty", Place()), item) is item
    assert caplog.messages == [
        f"Story has no field {name!r}, so it is left as it came: declare it"
        for name in ("article", "article_error")
    ]
