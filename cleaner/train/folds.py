"""Folds of cross-validation: a site's name in, the number of its fold out, the same for pages and texts.

A labeller is judged on sites that it has not seen, so whatever comes from one site is in one fold. Both
labellers deal alike, because the texts that one learns from were scraped from pages of the other.
"""

from __future__ import annotations

import zlib
from typing import Final

FOLDS: Final = 5


def fold_of(site: str) -> int:
    """Fold of a site (or of whatever else must not be torn apart)."""
    return zlib.crc32(site.encode()) % FOLDS
