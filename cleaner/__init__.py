"""Clean news articles: body text, metadata, and a ledger of everything left out and why.

    import cleaner

    article = cleaner.clean(html_or_text, url="https://example.com/story")
    article.text, article.title, article.removed

The functions load what they need when they are first used: importing this costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.model import Article, CleanError, Removal

if TYPE_CHECKING:
    from cleaner.jobs.many import clean_many
    from cleaner.pipeline import clean

__all__ = ["Article", "CleanError", "Removal", "clean", "clean_many"]

_HOMES = {"clean": "cleaner.pipeline", "clean_many": "cleaner.jobs.many"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
    from importlib import import_module

    function = getattr(import_module(_HOMES[name]), name)
    globals()[name] = function  # found directly from now on
    return function
