"""Headlines without what pages glue to them, and the choice between a page's several.

In come the title candidates and the site's names, out goes the headline and its source. The
headline a reader sees is the best wording where other sources confirm it; the title element
carries the site's name, social titles are rewritten or cut, and the first big heading of some
pages is the site's own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleaner.label.lines.names import clean
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.wordings import bare

_SEPARATOR = re.compile(
    r"[\s|｜ㅣ](?:(?<=\s)\s*"
    r"(?:[|–—\-·•»«›‹:/~]{1,2}\s+|[|｜ㅣ]\s*|::\s+|[-–—]\s*(?=[^\s]+\.\w{2,3}$))|(?<=[|｜ㅣ])\s*)"
)
"""A sign between spaces, a bar, or a dash before an address; a space or bar comes first and is found fast."""
_EASTERN_SEPARATOR = re.compile(
    r"(?<=[\u3001-\u9fff\uac00-\ud7a3\uff01-\uff5e”’])(?:_|--|—{1,2}|-)(?=[\u3040-\u9fff\uac00-\ud7a3])"
)
"""What parts a site's name without spaces, where a heading confirms what stands before."""
_MAY_SEPARATE = re.compile(r"[|–—·•»«›‹:/~｜ㅣ-](?:(?<=[|｜ㅣ])|(?<=\s.))")
"""Part of each separator, which most titles have none of; first asked for signs, for that is fast."""
_SEPARATES = re.compile(r"[|–—·•»«›‹:/~｜ㅣ-]")
_ASIDE = re.compile(r"\s*(?:\[[^\[\]]{1,12}\]|\([a-z]{4,8}\))\s*", re.I)
"""What a headline has behind it about pictures in the article: "[Watch]", "(video)"."""
_ORDER = (
    "block:title",
    "itemprop:headline",
    "json-ld:headline",
    "meta:headline",
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
_LONGEST = 1000
"""Characters of a stated title that are compared; headlines have a tenth of them."""
_LEAST_PART = 20
"""Letters of a title's part, parted off by a bar or dash, that a heading can repeat and be the headline."""
_SPELLED = 4
"""Letters of a word of a site's name that its address repeats: shorter ones are in many addresses."""
_SEEN = {
    "block:title": 0.5,
    "visible:h1": 0.5,
    "visible:heading": 0.9,
    "itemprop:headline": 0.5,
    "visible:linked-h1": 1.0,
    "visible:line": 0.9,
}
"""Headlines that stand on the page, the most believed first, and the likeness to a stated title that
confirms them. A heading that is one link is a site's name more often than a headline."""
_NOT_STATED = (*_SEEN, "visible:breadcrumb", "json-ld:name", "json-ld:alternativeHeadline")


def _flat(value: str) -> str:
    """A title's beginning with single spaces: patterns that look for space must not meet ten thousand."""
    return " ".join(value[:_LONGEST].split())


class _Title(NamedTuple):
    """A cleaned title with what it is compared by, worked out once."""

    value: str
    source: str
    wording: str


def choose_title(candidates: Sequence[Candidate], site_names: Iterable[str]) -> Candidate | None:
    """The headline among the candidates; None when there is none at all."""
    sites = {name for name in map(bare, site_names) if len(name) > 1}
    titles = _cleaned(candidates, sites)
    if not titles:
        return None
    chosen = _confirmed(titles) or _only_heading(titles) or min(titles, key=_rank)
    return Candidate("title", chosen.value, chosen.source)


def _cleaned(candidates: Sequence[Candidate], sites: set[str]) -> list[_Title]:
    """Titles without site names and markup; pages repeat one wording in many places."""
    known: dict[str, tuple[str, str]] = {}
    titles = []
    for candidate in candidates:
        if candidate.value not in known:
            value = without_site(clean(candidate.value), sites)
            known[candidate.value] = value, bare(value)
        value, wording = known[candidate.value]
        if 1 < len(value) <= 500 and wording not in sites:
            titles.append(_Title(value, candidate.source, wording))
    return titles


def _confirmed(titles: Sequence[_Title]) -> _Title | None:
    """The headline on the page that the stated titles confirm."""
    stated = [title for title in titles if title.source not in _NOT_STATED]
    for source, least in _SEEN.items():
        seen = [title for title in titles if title.source == source]
        if not seen:
            continue
        supports = [_support(title, stated) for title in seen]
        best = max(supports)
        if best >= least:
            return _spaced(_without_kicker(seen[supports.index(best)], stated), stated)
    return None


def _only_heading(titles: Sequence[_Title]) -> _Title | None:
    only = {t.wording: t for t in titles if t.source == "visible:h1" and len(t.value) >= _TELLING}
    return next(iter(only.values())) if len(only) == 1 else None


def stated_wordings(candidates: Iterable[Candidate]) -> frozenset[str]:
    """Bare wordings of the titles that markup states, for finding them among the page's headings."""
    values = {_flat(c.value) for c in candidates if c.source not in _NOT_STATED}
    parted = (value for value in values if _MAY_SEPARATE.search(value))
    parts = {part for value in parted for part in _SEPARATOR.split(value)}
    whole = (wording for wording in map(bare, values) if len(wording) > 8)
    return frozenset(whole).union(w for w in map(bare, parts - values) if len(w) > _LEAST_PART)


def _spaced(best: _Title, stated: Sequence[_Title]) -> _Title:
    """A headline whose parts run together on the page ("KickerHeadline"), as another source spaces it."""
    words = len(best.value.split())
    fuller = (t for t in stated if t.wording == best.wording and len(t.value.split()) > words)
    return next(fuller, best)


def _rank(title: _Title) -> int:
    return _ORDER.index(title.source) if title.source in _ORDER else len(_ORDER) - 2


def _support(seen: _Title, stated: Sequence[_Title]) -> float:
    """How far the other sources confirm a visible headline, 0 to 1: the best likeness of wordings."""
    if any(seen.wording == other.wording for other in stated):
        return 1.0
    return max((_likeness(seen, other) for other in stated), default=0.0)


def _likeness(one: _Title, other: _Title) -> float:
    a, b = one.wording, other.wording
    if len(a) > 12 and len(b) > 12 and (a in b or b in a):
        return 0.9
    x, y = set(one.value.casefold().split()), set(other.value.casefold().split())
    return len(x & y) / min(len(x), len(y)) * 0.8 if min(len(x), len(y)) > 2 else 0.0


def _without_kicker(best: _Title, stated: Sequence[_Title]) -> _Title:
    """A visible headline without the kicker before it, or the "[Watch]" behind, in the same element."""
    whole = best.wording
    for other in stated:
        part = other.wording
        if not 12 < len(part) < len(whole):
            continue
        alone = other.source in ("json-ld:headline", "meta:og:title")
        if alone and whole.endswith(part) and _is_kicker(_cut(best.value, len(whole) - len(part))[0]):
            return other
        if whole.startswith(part) and _ASIDE.fullmatch(_cut(best.value, len(part))[1]):
            return other
    return best


def _cut(text: str, letters: int) -> tuple[str, str]:
    """`text` cut where it has had so many letters and digits; a colon that follows them stays with them."""
    at = 0
    while letters and at < len(text):
        letters -= text[at].isalnum()
        at += 1
    at += 1 + text[at:].index(":") if text[at:].lstrip().startswith(":") else 0
    return text[:at], text[at:]


def _is_kicker(before: str) -> bool:
    """Whether what stands before a headline is a line of its own, not its beginning ("List of")."""
    words = before.split()
    return (
        len(before) < 40
        and ":" not in before
        and not (words[-1:] and words[-1].islower() and len(words[-1]) < 4)
    )


def title_edges(candidates: Sequence[Candidate]) -> list[str]:
    """The first and last parts of the title elements that have several."""
    edges = []
    for candidate in candidates:
        if candidate.source == "title" and _SEPARATES.search(candidate.value):
            parts = _SEPARATOR.split(clean(_flat(candidate.value)))
            edges += [parts[-1].strip(), parts[0].strip()] if len(parts) > 1 else []
    return edges


def title_tails(candidates: Sequence[Candidate], sites: Iterable[str]) -> list[str]:
    """What the title element adds to a title that another source gives: the site's name, mostly.

    `sites` are names of the site that are known; what stands behind one of these is the headline.
    """
    known = set(map(bare, sites))
    stated = [_flat(c.value) for c in candidates if c.source == "title"]
    whole = [t for t in stated if _MAY_SEPARATE.search(t) or _EASTERN_SEPARATOR.search(t)]
    if not whole:
        return []
    others = set(map(bare, {c.value for c in candidates if c.source != "title"}))
    tails = []
    for title in whole:
        for cut in (*_SEPARATOR.finditer(title), *_EASTERN_SEPARATOR.finditer(title)):
            tail = clean(title[cut.end() :])
            head = bare(title[: cut.start()])
            if len(tail) <= 40 and head in others and head not in known:
                tails.append(tail)
    return tails


def site_tail(candidates: Sequence[Candidate], label: str) -> str | None:
    """The site's name at the end of a title element, if its address speaks for it; None for none.

    `label` is the registered name of the address ("thecrimson"). A name in another script than the address,
    which can't spell it, needs no more than its place.
    """
    for tail in title_tails(candidates, ()):
        name = _EASTERN_SEPARATOR.split(_SEPARATOR.split(tail)[-1])[-1].strip(" |")
        foreign = label.isascii() and not re.search("[A-Za-z0-9]", name)
        if len(name) > 1 and (foreign or _is_spelled(name, label)):
            return name
    return None


def _is_spelled(name: str, label: str) -> bool:
    """Whether a word of a name, all of it, or its initials stand in the registered name of an address."""
    words = [word for word in map(bare, name.split()) if word]
    long = (word for word in words if len(word) >= _SPELLED)
    initials = "".join(word[0] for word in words)
    return bool(label) and (
        any(word in label for word in long)
        or (len(label) >= _SPELLED and label in "".join(words))
        or (len(words) > 1 and initials == label)
    )


def without_site(title: str, sites: set[str]) -> str:
    """`title` without leading or trailing parts that only name the site."""
    if not _MAY_SEPARATE.search(title):
        return title.strip()
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
