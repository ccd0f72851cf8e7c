"""Whether the reader was kept from the article: only when the text itself shows it.

In come what the markup says about free access and the labelled blocks, out goes True, False
or None for unknown. Many pages call themselves paid and show the whole text, many soft
walls leave a notice below a whole article; neither keeps a reader from anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from cleaner.metadata.candidates import Candidate
from cleaner.metadata.labels import labelled_as
from cleaner.model import BODY, LabelledBlock

TEASER: Final = 1200
"""Characters of body up to which an article can be a teaser; in the pages measured, walls leave
two or three paragraphs."""
_CUT_ENDS: Final = ("…", "...", "[…]", "[...]", "(…)")
_NO: Final = frozenset(("false", "no", "0", "http://schema.org/false", "https://schema.org/false"))
_YES: Final = frozenset(("true", "yes", "1", "http://schema.org/true", "https://schema.org/true"))
_PAID_TIERS: Final = frozenset(("locked", "paid", "premium", "metered", "subscriber"))


def is_paywalled(
    candidates: Sequence[Candidate], labelled: Sequence[LabelledBlock]
) -> tuple[bool, str] | None:
    """Whether the text is cut by a paywall, with the source; None when nothing speaks of access."""
    body = labelled_as(BODY, labelled)
    if not body:
        return None
    last = body[-1]
    walled = any(entry.verdict.label == "paywall" for entry in labelled[max(0, last - 1) : last + 6])
    if not candidates and not walled:
        return None
    words = {c.value.strip().lower() for c in candidates}
    says_paid = bool(words & _NO) or any(
        c.source == "meta:article:content_tier" and c.value.strip().lower() in _PAID_TIERS for c in candidates
    )
    says_free = bool(words & _YES) and not words & _NO
    length = _length(labelled[number].block.text for number in body)
    is_cut = labelled[last].block.text.rstrip().endswith(_CUT_ENDS)
    source = next((c.source for c in candidates), "body")
    if length <= TEASER and ((says_paid and (walled or is_cut)) or (walled and is_cut)):
        return True, f"{source}+body" if says_paid else "body"
    if length <= TEASER // 2 and (says_paid or walled) and not says_free:
        return True, f"{source}+body" if says_paid else "body"
    if says_paid or says_free or walled:
        return False, "body" if says_paid or walled else source
    return None


def _length(texts: Iterable[str]) -> int:
    """Characters of texts, counted until they are more than a teaser has."""
    length = 0
    for text in texts:
        length += len(text)
        if length > TEASER:
            break
    return length
