"""The authors among what a page gives for them: people before the site, names without pollution.

In come author candidates, the most believed first, out go the names of one source. Pages name
their site as author where a system had to fill the field; it gives way to any source that
names a person, and stands only when no other does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from cleaner.label.lines.names import clean, has_cjk, is_desk, is_person, read_names
from cleaner.label.lines.words import fold, load_words
from cleaner.metadata.addresses import site_label
from cleaner.metadata.candidates import Candidate, Found
from cleaner.metadata.titles import bare, title_tails

_MOST_NAMES: Final = 40
_LAST: Final = "visible:name-line"
"""The source that may not even stand before an organisation."""
_STRUCTURED: Final = ("json-ld:author", "meta:", "itemprop:author")


class Authors(NamedTuple):
    """The chosen names, their source, and what the next source says when it says something else."""

    names: tuple[str, ...]
    source: str
    other: str | None


def site_names(found: Found, url: str | None) -> list[str]:
    """Every name the page gives its site, and the registered names of its addresses."""
    names = [clean(c.value) for c in found.of("site_name")]
    addresses = [url or "", *(c.value for c in found.of("url"))]
    labels = (label for label in map(site_label, addresses) if label)
    return [*names, *labels, *title_tails(found.of("title"))]


def names_people(found: Found, sites: Iterable[str]) -> bool:
    """Whether structured data already names a person, so that no more need be looked for."""
    stated = [c for c in found.of("authors") if c.source.startswith(_STRUCTURED)]
    groups = _groups(stated, set(map(bare, sites)))
    return any(_are_people(names, source) for source, names in groups.items())


def choose_authors(candidates: Sequence[Candidate], sites: Iterable[str]) -> Authors | None:
    """The names of the best source: people first, then organisations, the site itself last."""
    wordings = set(map(bare, sites))
    by_source: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_source.setdefault(candidate.source, []).append(candidate)
    groups: dict[str, tuple[str, ...]] = {}
    chosen = ""
    for source, group in by_source.items():
        groups.update(_groups(group, wordings))
        if not chosen and source in groups and _are_people(groups[source], source):
            chosen = source
        elif chosen and len(set(groups.values())) > 1:
            break
    groups = groups or _groups(candidates, set())
    if not groups:
        return None
    chosen = chosen or next((s for s in groups if s != _LAST), _LAST)
    other = next((s for s, names in groups.items() if names != groups[chosen]), None)
    return Authors(groups[chosen], chosen, f"{other} {', '.join(groups[other])}" if other else None)


def _groups(candidates: Sequence[Candidate], sites: set[str]) -> dict[str, tuple[str, ...]]:
    """Cleaned names by source, the site's own names left out."""
    groups: dict[str, tuple[str, ...]] = {}
    for candidate in candidates:
        value = candidate.value.strip()
        if value.startswith(("http://", "https://", "/")) or bare(clean(value)) in sites:
            continue
        names = tuple(n for n in read_names(value) if _plausible(n) and bare(n) not in sites)
        groups[candidate.source] = tuple(dict.fromkeys((*groups.get(candidate.source, ()), *names)))
    return {source: names for source, names in groups.items() if 0 < len(names) <= _MOST_NAMES}


def _are_people(names: tuple[str, ...], source: str) -> bool:
    """Whether names are people's: by their form, or because JSON-LD says so of two words or more."""
    words = load_words()
    if source == "json-ld:author":
        return any(" " in name and not is_desk(name, words) for name in names) or any(map(has_cjk, names))
    return any(
        (is_person(name.split(), words) or has_cjk(name)) and not is_desk(name, words) for name in names
    )


def _plausible(name: str) -> bool:
    """Whether a cleaned string can name an author at all: letters, not too many words, no long number."""
    words = load_words()
    tokens = fold(name).split()
    return (
        1 < len(name) <= 80
        and len(tokens) <= 8
        and any(map(str.isalpha, name))
        and not all(
            token in words.prompts or token in words.filler or token in words.roles for token in tokens
        )
        and (
            len(tokens) == 1
            or not any(len(run) > 3 for run in "".join(c if c.isdigit() else " " for c in name).split())
        )
    )
