"""What a job and one page of it may take: the defaults, and a check of what a caller asks for.

Numbers come in and go out, or a ValueError with a plain line. The command, `clean_many`, Ray and Scrapy all
start workers with these, so they stand in one place, and in one that costs nothing to import.
"""

from __future__ import annotations

from typing import Final

DEFAULT_TIMEOUT: Final = 30.0
"""Seconds for one page. A page ends within 2 s on an idle machine; workers on a full one may wait."""
DEFAULT_MEMORY: Final = 1024
"""Megabytes for one page, beyond what a worker uses at rest."""

LEAST_TIMEOUT: Final = 0.001
"""Seconds; the kernel's timer counts microseconds, and one of none would never go off."""
MOST_TIMEOUT: Final = 86_400.0
"""Seconds: a day. The timer cannot take any number, and a page of a day is no page."""
MOST_WORKERS: Final = 1024
"""Processes: each takes 30 MB at rest, and more than a few for each CPU only wait for one another."""
MOST_MEMORY: Final = 2**24
"""Megabytes: 16 TB, more than machines have, and less than the kernel's limits can count."""


def checked_workers(number: int) -> int:
    """`number`, when a job can have that many worker processes. Raises ValueError."""
    if not isinstance(number, int) or not 1 <= number <= MOST_WORKERS:
        raise ValueError(f"the number of workers must be from 1 to {MOST_WORKERS}, not {number}")
    return number


def checked_timeout(seconds: float) -> float:
    """`seconds`, when a page can be given that much time. Raises ValueError."""
    is_number = isinstance(seconds, (int, float))
    if not is_number or not LEAST_TIMEOUT <= seconds <= MOST_TIMEOUT:  # nan is not, either
        raise ValueError(
            f"the timeout must be from {LEAST_TIMEOUT:g} to {MOST_TIMEOUT:g} seconds, not {seconds}"
        )
    return seconds


def checked_memory(megabytes: int) -> int:
    """`megabytes`, when a page can be given that much memory. Raises ValueError."""
    if not isinstance(megabytes, int) or not 1 <= megabytes <= MOST_MEMORY:
        raise ValueError(f"the memory must be from 1 to {MOST_MEMORY} megabytes, not {megabytes}")
    return megabytes
