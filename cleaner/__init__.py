"""Clean news articles: body text, metadata, and a ledger of everything left out and why.

    import cleaner

    article = cleaner.clean(html_or_text, url="https://example.com/story")
    article.text, article.title, article.removed

What they need is loaded when the functions are first used: importing this costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.model import Article, CleanError, Kept, Removal

if TYPE_CHECKING:
    __version__: str
    from cleaner.jobs.many import Result, clean_many
    from cleaner.jobs.records import JobError
    from cleaner.model import article_like
    from cleaner.pipeline import clean

__all__ = [
    "Article",
    "CleanError",
    "JobError",
    "Kept",
    "Removal",
    "Result",
    "article_like",
    "clean",
    "clean_many",
]

_HOMES = {
    "JobError": "cleaner.jobs.records",
    "Result": "cleaner.jobs.many",
    "article_like": "cleaner.model",
    "clean": "cleaner.pipeline",
    "clean_many": "cleaner.jobs.many",
}


def __getattr__(name: str) -> Any:
    found: Any
    if name == "__version__":
        from importlib.metadata import version

        found = version("article-cleaner")
    elif name in _HOMES:
        from importlib import import_module

        found = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
    globals()[name] = found  # found directly from now on
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, "__version__"})
