"""Clean news articles: body text, metadata, and a ledger of everything left out and why."""

from cleaner.model import Article, CleanError, Removal

__all__ = ["Article", "CleanError", "Removal", "clean", "clean_many"]
