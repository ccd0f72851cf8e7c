"""Cleaning in bulk: many pages, many processes, one machine or a cluster.

Tasks flow from readers (`inputs`) through an engine (`pool` on one machine, `ray` on many) to a
journalled output (`output`); `batch` joins the three, `many` is the engine for callers' own iterables.
"""

from cleaner.jobs.records import JobError

__all__ = ["JobError"]
