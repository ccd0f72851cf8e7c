"""`clean_many`: any iterable in, one result for each page out, in order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

import cleaner

PARAGRAPH = "The harbour board said on Monday that the new ferry would sail before the end of the year. "
PAGE = (
    f"<html><body><article><h1>Ferry</h1><p>{PARAGRAPH * 2}</p><p>{PARAGRAPH * 3}</p></article></body></html>"
)


def test_every_form_of_source() -> None:
    sources = [
        PAGE,
        PAGE.encode(),
        (PAGE, "https://news.example/ferry"),
        {"id": "a", "html": PAGE, "url": "https://news.example/a"},
        {"id": 7, "text": PARAGRAPH * 3, "html": None},
        {"source": "<p>Brücke</p>".encode("cp1251", "replace"), "kind": "html", "charset": "cp1251"},
    ]
    results = list(cleaner.clean_many(sources, workers=1))
    assert [result.index for result in results] == [0, 1, 2, 3, 4, 5]
    assert [result.id for result in results] == [0, 1, 2, "a", 7, 5]
    assert [result.error for result in results] == [None] * 6
    alone = [
        cleaner.clean(PAGE),
        cleaner.clean(PAGE.encode()),
        cleaner.clean(PAGE, url="https://news.example/ferry"),
        cleaner.clean(PAGE, url="https://news.example/a", kind="html"),
        cleaner.clean(PARAGRAPH * 3, kind="text"),
    ]
    assert [result.article for result in results][:5] == alone


def test_a_bad_source_is_a_result_with_an_error() -> None:
    sources = [None, "", b"%PDF-1.7", {"id": "x"}, {"html": PAGE, "kind": "pdf"}, (PAGE, 7), (PAGE,), PAGE]
    results = list(cleaner.clean_many(sources, workers=1))  # type: ignore[arg-type]
    assert [result.error is None for result in results] == [False] * 7 + [True]
    assert all(result.article is None for result in results[:-1])
    assert results[3].id == "x"


def test_an_endless_source_streams() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        for taken in itertools.count():
            yield f"{PARAGRAPH} {taken}"

    results = list(itertools.islice(cleaner.clean_many(endless(), workers=1), 50))
    assert [result.index for result in results] == list(range(50))
    assert taken < 50 + 4 * 16 + 2


@pytest.mark.parametrize(
    "source",
    [
        "hello world",
        b"hello world",
        bytearray(b"hello world"),
        {"html": "<p>Hello", "url": "https://news.example/"},
        ("<p>Hello", "https://news.example/"),
        (b"<p>Hello", None),
    ],
)
def test_one_page_is_no_iterable_of_pages(source: Any) -> None:
    with pytest.raises(TypeError, match=r"not an iterable of pages: use cleaner\.clean$"):
        cleaner.clean_many(source)


def test_two_pages_in_a_tuple_are_two_pages() -> None:
    results = cleaner.clean_many(("<p>Hello", "https://news.example/ is open."), workers=1)
    assert [result.index for result in results] == [0, 1]


@pytest.mark.parametrize("timeout", [-1, 0, 1e-9, float("nan"), float("inf")])
def test_limits_that_cannot_be_kept_are_refused(timeout: float) -> None:
    with pytest.raises(ValueError, match=r"^the timeout must be from 0\.001 to 86400 seconds"):
        cleaner.clean_many([PAGE], timeout=timeout)
    with pytest.raises(ValueError, match="the memory must be from 1"):
        cleaner.clean_many([PAGE], memory=0)


def test_what_holds_bytes_is_bytes() -> None:
    page = PAGE.encode()
    sources: list[Any] = [
        bytearray(page),
        memoryview(page),
        (bytearray(page), None),
        {"html": bytearray(page)},
    ]
    results = list(cleaner.clean_many(sources, workers=1))
    assert [result.error for result in results] == [None] * 4
    assert {result.article.text for result in results if result.article} == {cleaner.clean(page).text}


def test_the_first_field_that_is_not_blank_counts() -> None:
    text = PARAGRAPH * 3
    sources: list[Any] = [
        {"html": "", "text": text},
        {"source": " ", "html": None, "text": text},
        {"html": ["x"], "text": text},
        {"html": PAGE, "text": text, "kind": "text"},
    ]
    results = list(cleaner.clean_many(sources, workers=1))
    assert [result.error for result in results] == [None] * 4
    assert [result.article for result in results] == [cleaner.clean(text, kind="text")] * 4


@pytest.mark.parametrize("workers", [0, -1, 1.5, 100_000])
def test_a_number_of_workers_that_is_none_is_refused_at_once(workers: int) -> None:
    with pytest.raises(ValueError, match="the number of workers must be from 1"):
        cleaner.clean_many(["a"], workers=workers)


def test_classes_of_ones_own_are_taken_as_what_they_are() -> None:
    class Text(str):
        __slots__ = ()

    class Bytes(bytes):
        __slots__ = ()

    class Number(int):
        __slots__ = ()

    text = "The board said on Monday that the ferry will sail again in spring, after long repairs. " * 3
    url = Text("https://a.example/")
    sources = [
        Text(text),
        Bytes(text.encode()),
        (Text(text), url),
        {"text": Text(text), "id": Number(7), "url": url},
    ]
    results = list(cleaner.clean_many(sources, workers=1))
    assert [result.error for result in results] == [None] * 4
    assert [result.id for result in results] == [0, 1, 2, 7]
