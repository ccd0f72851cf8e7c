"""Crawl a site and clean its articles: scrapy runspider scrapy_spider.py -a address=URL -O out.jsonl"""

import scrapy


class NewsSpider(scrapy.Spider):
    name = "news"
    custom_settings = {"ITEM_PIPELINES": {"cleaner.jobs.scrapy.CleanerPipeline": 300}}  # noqa: RUF012

    async def start(self):
        yield scrapy.Request(self.address)

    def parse(self, response):
        yield {"url": response.url, "html": response.text}
        yield from response.follow_all(css="a[href$='.html']")
