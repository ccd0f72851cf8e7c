"""A worker's answer for one page: the article as a record of the output, or as it is.

A page and its article (or the reason why there is none) come in; an `Outcome` goes out. The
JSON is written in the worker, so that the parent only copies bytes to the output.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from cleaner.jobs.records import Id, Outcome, Page, Task
from cleaner.model import Article, article_like

Encoder = Callable[[Id, Article], Any]


def as_article(_: Id, article: Article) -> Article:
    """The article itself, for `clean_many`."""
    return article


def as_json_line(record_id: Id, article: Article) -> bytes:
    """One line of the output, without its line feed.

    All of the article but `body`, which holds the text a second time, cut up for rendering.
    """
    fields = article.to_dict()
    del fields["body"]
    return _json_line({"id": record_id, "error": None, **fields})


def as_error_line(outcome: Outcome) -> bytes:
    """The line of a record that failed: its id, the reason, and the address where that is known."""
    record = {"id": outcome.id, "error": outcome.error}
    return _json_line(record if outcome.url is None else record | {"url": outcome.url})


def _json_line(record: dict[str, Any]) -> bytes:
    # A lone surrogate (from a "\ud800" in somebody's JSON) has no UTF-8; it becomes "?".
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


ENCODERS: dict[str, Encoder] = {"article": as_article, "json": as_json_line}


def succeeded(task: Task, record_id: Id, article: Article, encode: Encoder, seconds: float) -> Outcome:
    """The outcome of a page that was cleaned in `seconds`."""
    removed: Counter[str] = Counter()
    for removal in article.removed:
        removed[removal.label] += len(removal.text)
    value = encode(record_id, article)
    kept, is_one = len(article.text), article_like(article)
    return Outcome(
        task.number, record_id, value, None, task.place, seconds, kept, dict(removed), article_like=is_one
    )


def failed(task: Task, page: Page | None, reason: str, seconds: float = 0.0) -> Outcome:
    """The outcome of a task that gave no article; `page` is None when it could not even be parsed."""
    record_id, url = task.payload.known() if page is None else (page.id, page.url)
    return Outcome(task.number, record_id, None, reason, task.place, seconds, url=url)
