"""trafilatura's opinion of a page: HTML in, its body text out. The only import of trafilatura.

It is asked for the body alone, without comments and metadata, and only where the labeller
doubts itself, because it costs more than everything else together.
"""

from __future__ import annotations

from typing import Final

LARGEST: Final = 1_500_000
"""Characters of HTML beyond which the library is not asked: it needs seconds there, and the time of a
page is bounded."""


def library_body(html: str) -> str | None:
    """The body text that trafilatura finds in the page, or None where it finds none or is not asked."""
    if len(html) > LARGEST:
        return None
    from trafilatura import bare_extraction

    document = bare_extraction(html, include_comments=False, with_metadata=False, fast=True)
    text = getattr(document, "text", None)
    return str(text) if text else None
