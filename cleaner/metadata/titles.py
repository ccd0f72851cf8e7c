"""Headlines without what pages glue to them, and the choice between a page's several.

In come the title candidates and the site's names, out goes the headline and its source. The
headline a reader sees is the best wording where other sources confirm it; the title element
carries the site's name, social titles are rewritten or cut, and the first big heading of some
pages is the site's own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cleaner.label.lines.names import clean
from cleaner.metadata.candidates import Candidate

_SEPARATOR = re.compile(r"\s+[|–—\-·•»«›‹:/~]{1,2}\s+|\s*[|｜]\s*|\s+::\s+|\s+[-–—]\s*(?=[^\s]+\.\w{2,3}$)")
_NO_LETTERS = re.compile(r"[\W_]+")
_ORDER = (
    "block:title",
    "itemprop:headline",
    "json-ld:headline",
    "visible:h1",
    "meta:og:title",
    "meta:twitter:title",
    "meta:twitter:text:title",
    "title",
    "json-ld:name",
    "visible:breadcrumb",
)
"""Who is asked first among titles that no headline on the page confirms."""
_TELLING = 25
"""Characters that make a page's only first-level heading a headline though nothing else confirms it."""
_SEEN = {
    "block:title": 0.5,
    "visible:h1": 0.5,
    "visible:heading": 0.9,
    "itemprop:headline": 0.5,
    "visible:linked-h1": 1.0,
}
"""Headlines that stand on the page, the most believed first, and the likeness to a stated title that
confirms them. A heading that is one link is a site's name more often than a headline."""
_NOT_STATED = (*_SEEN, "visible:breadcrumb", "json-ld:name", "json-ld:alternativeHeadline")


def bare(text: str) -> str:
    """Letters and digits of `text`, folded, for comparing wordings."""
    return _NO_LETTERS.sub("", text.casefold())


def choose_title(candidates: Sequence[Candidate], site_names: Iterable[str]) -> Candidate | None:
    """The headline among the candidates; None when there is none at all."""
    sites = {name for name in map(bare, site_names) if len(name) > 1}
    cleaned = [c._replace(value=without_site(clean(c.value), sites)) for c in candidates]
    cleaned = [c for c in cleaned if 1 < len(c.value) <= 500 and bare(c.value) not in sites]
    if not cleaned:
        return None
    stated = [c for c in cleaned if c.source not in _NOT_STATED]
    for source, least in _SEEN.items():
        seen = [c for c in cleaned if c.source == source]
        best = max(seen, key=lambda c: _support(c, stated), default=None)
        if best is not None and _support(best, stated) >= least:
            return _spaced(_without_kicker(best, stated), stated)
    only = {bare(c.value): c for c in cleaned if c.source == "visible:h1" and len(c.value) >= _TELLING}
    return next(iter(only.values())) if len(only) == 1 else min(cleaned, key=_rank)


def stated_wordings(candidates: Iterable[Candidate]) -> frozenset[str]:
    """Bare wordings of the titles that markup states, for finding them among the page's headings."""
    wordings = (bare(c.value) for c in candidates if c.source not in _NOT_STATED)
    return frozenset(wording for wording in wordings if len(wording) > 8)


def _spaced(best: Candidate, stated: Sequence[Candidate]) -> Candidate:
    """A headline whose parts run together on the page ("KickerHeadline"), as another source spaces it."""
    whole, words = bare(best.value), len(best.value.split())
    fuller = (c for c in stated if len(c.value.split()) > words and bare(c.value) == whole)
    return next(fuller, best)


def _rank(candidate: Candidate) -> int:
    return _ORDER.index(candidate.source) if candidate.source in _ORDER else len(_ORDER) - 2


def _support(seen: Candidate, stated: Sequence[Candidate]) -> float:
    """How far the other sources confirm a visible headline, 0 to 1: the best likeness of wordings."""
    return max((_likeness(seen.value, other.value) for other in stated), default=0.0)


def _likeness(one: str, other: str) -> float:
    a, b = bare(one), bare(other)
    if a == b:
        return 1.0
    if len(a) > 12 and len(b) > 12 and (a in b or b in a):
        return 0.9
    x, y = set(one.casefold().split()), set(other.casefold().split())
    return len(x & y) / min(len(x), len(y)) * 0.8 if min(len(x), len(y)) > 2 else 0.0


def _without_kicker(best: Candidate, stated: Sequence[Candidate]) -> Candidate:
    """A visible headline without the kicker that stands in the same element before it."""
    whole = bare(best.value)
    for other in stated:
        part = bare(other.value)
        stated_alone = other.source in ("json-ld:headline", "meta:og:title") and 12 < len(part) < len(whole)
        is_kicker = len(whole) - len(part) < 40 and ":" not in best.value[: len(best.value) // 2]
        if stated_alone and is_kicker and whole.endswith(part):
            return other
    return best


def title_tails(candidates: Sequence[Candidate]) -> list[str]:
    """What the title element adds to a title that another source gives: the site's name, mostly."""
    others = {bare(c.value) for c in candidates if c.source != "title"}
    tails = []
    for candidate in candidates:
        if candidate.source != "title":
            continue
        for cut in _SEPARATOR.finditer(candidate.value):
            tail = clean(candidate.value[cut.end() :])
            if bare(candidate.value[: cut.start()]) in others and len(tail) <= 40:
                tails.append(tail)
    return tails


def without_site(title: str, sites: set[str]) -> str:
    """`title` without leading or trailing parts that only name the site."""
    cuts = list(_SEPARATOR.finditer(title))
    while cuts and _names_site(title[cuts[-1].end() :], sites):
        title = title[: cuts.pop().start()]
    while cuts and _names_site(title[: cuts[0].start()], sites):
        cut = cuts.pop(0)
        title = title[cut.end() :]
        cuts = list(_SEPARATOR.finditer(title))
    return title.strip()


def _names_site(part: str, sites: set[str]) -> bool:
    name = bare(part)
    if not name:
        return True
    return name in sites or any(
        len(site) > 4 and (name.startswith(site) or name.endswith(site)) and len(name) < len(site) + 12
        for site in sites
    )
