"""A Scrapy item pipeline: items with a page in them leave with the cleaned article.

Enable it in a project's settings with

    ITEM_PIPELINES = {"cleaner.jobs.scrapy.CleanerPipeline": 300}

An item needs the page in `html` (its bytes or text) or already scraped text in `text`, and may have
`url`. It gets `article` (a dict as of `Article.to_dict()`) or `article_error` (why there is none);
set CLEANER_DROP_FAILED to drop the latter. An item class with declared fields must declare both: an item
without them goes on as it came, and the log says so in a line. Pages are cleaned in worker processes,
CLEANER_WORKERS of them (default 1), so a page that hangs or crashes a parser neither stops the crawl nor
ends it.
"""

from __future__ import annotations

import logging
import queue
from typing import TYPE_CHECKING, Any

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.threads import deferToThread

from cleaner.jobs.limits import DEFAULT_MEMORY, DEFAULT_TIMEOUT
from cleaner.jobs.pool import Pool
from cleaner.jobs.records import Fields, Outcome, Payload, Row, Task
from cleaner.jobs.worker import Setup

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_LOG = logging.getLogger(__name__)


class CleanerPipeline:
    """Adds the cleaned article to each item. Settings: CLEANER_WORKERS, CLEANER_TIMEOUT (seconds for
    a page), CLEANER_MEMORY (megabytes), CLEANER_HTML_FIELD, CLEANER_TEXT_FIELD, CLEANER_DROP_FAILED."""

    def __init__(self, setup: Setup, workers: int, fields: Fields, drop_failed: bool) -> None:
        self._pools: queue.Queue[Pool] = queue.Queue()
        self._all = [Pool(setup, 1) for _ in range(workers)]
        for pool in self._all:
            self._pools.put(pool)
        self._fields = fields
        self._drop_failed = drop_failed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanerPipeline:
        """The pipeline that a project's settings describe. Raises ValueError for impossible limits."""
        settings = crawler.settings
        setup = Setup(
            timeout=settings.getfloat("CLEANER_TIMEOUT", DEFAULT_TIMEOUT),
            memory=settings.getint("CLEANER_MEMORY", DEFAULT_MEMORY),
        )
        fields = Fields(
            html=settings.get("CLEANER_HTML_FIELD", "html"), text=settings.get("CLEANER_TEXT_FIELD", "text")
        )
        workers = max(1, settings.getint("CLEANER_WORKERS", 1))
        return cls(setup, workers, fields, settings.getbool("CLEANER_DROP_FAILED"))

    async def process_item(self, item: Any) -> Any:
        """Clean in a thread that waits for a worker process, under asyncio's reactor or another."""
        values = ItemAdapter(item).asdict()
        payload = Row(values, str(values.get("url") or "item"), self._fields, "auto")
        return self._finish(await maybe_deferred_to_future(deferToThread(self._clean, payload)), item)

    def close_spider(self) -> None:
        """End the workers."""
        for pool in self._all:
            pool.close()

    def _clean(self, payload: Payload) -> Outcome:
        pool = self._pools.get()
        try:
            (outcome,) = pool.run([Task(0, payload)])
            return outcome
        finally:
            self._pools.put(pool)

    def _finish(self, outcome: Outcome, item: Any) -> Any:
        if outcome.error is not None and self._drop_failed:
            raise DropItem(f"not cleaned: {outcome.error}")
        name = "article" if outcome.error is None else "article_error"
        try:
            ItemAdapter(item)[name] = outcome.value.to_dict() if outcome.error is None else outcome.error
        except KeyError:
            _LOG.error("%s has no field %r, so it is left as it came: declare it", type(item).__name__, name)
        return item
