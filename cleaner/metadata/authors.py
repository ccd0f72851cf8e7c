"""The authors among what a page gives for them: people before the site, names without pollution.

In come author candidates, the most believed first, out go the names of one source. Pages name
their site as author where a system had to fill the field; it gives way to any source that
names a person, and stands only when no other does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from cleaner.addresses import site_label
from cleaner.label.lines.letters import fold, has_cjk, has_digit
from cleaner.label.lines.names import clean, read_names
from cleaner.label.lines.people import is_desk, is_person
from cleaner.label.lines.words import load_words
from cleaner.metadata.candidates import Candidate, Found, by_source
from cleaner.metadata.titles import title_tails
from cleaner.metadata.wordings import bare

_MOST_NAMES: Final = 40
_LAST: Final = ("visible:name-line", "visible:signature")
"""Sources that nothing but their place makes an author's."""
_FAR: Final = "visible:far-byline"
_SINGLE: Final = ("json-ld:author", "itemprop:author", "visible:author-link", "visible:author-card")
"""Sources whose single word or nickname is sooner an author than a name that stands beside a date."""
_ORGANIZATION: Final = "json-ld:author.organization"
_STATED: Final = ("json-ld:", "meta:author")
"""What says of a newsroom or agency that it wrote the article: no name that may be another's beats it."""
_STRUCTURED: Final = ("json-ld:author", "meta:", "itemprop:author")


class Authors(NamedTuple):
    """The chosen names, their source, and what the next source says when it says something else."""

    names: tuple[str, ...]
    source: str
    other: str | None


def site_names(found: Found, url: str | None) -> list[str]:
    """Every name the page gives its site, and the registered names of its addresses."""
    names = [clean(name) for name in {c.value for c in found.of("site_name")}]
    addresses = {url or "", *(c.value for c in found.of("url"))}
    labels = {label for label in map(site_label, addresses) if label}
    return [*names, *labels, *title_tails(found.of("title"), [*names, *labels])]


class Bylines:
    """Reads author fields, each wording once; lives for one page."""

    def __init__(self, sites: Iterable[str]) -> None:
        self._sites = {wording for site in sites for wording in (bare(site), bare(_without_article(site)))}
        self._read: dict[str, tuple[str, ...]] = {}

    def name_people(self, found: Found) -> bool:
        """Whether structured data already names a person, so that no more need be looked for."""
        stated = [
            c for c in found.of("authors") if c.source.startswith(_STRUCTURED) and c.source != _ORGANIZATION
        ]
        return any(
            _are_people(names, source)
            for source, group in by_source(stated).items()
            if (names := self._names(group))
        )

    def choose(self, candidates: Sequence[Candidate]) -> Authors | None:
        """The names of the best source: people first, then organisations, the site itself last."""
        values = by_source(candidates)
        groups: dict[str, tuple[str, ...]] = {}
        chosen = ""
        for source, group in values.items():
            if names := self._names(group):
                groups[source] = names
            if (
                not chosen
                and source in groups
                and source not in _LAST
                and _are_people(groups[source], source)
                and not (source == _FAR and _newsroom(groups))
            ):
                chosen = source
            elif chosen and len(set(groups.values())) > 2:
                break
        if not groups:
            groups = self._site_itself(values)
        if not groups:
            return None
        unsure = (*_SINGLE, _newsroom(groups), *_LAST)
        chosen = chosen or next((s for s in unsure if s in groups), next(iter(groups)))
        chosen = _fuller(chosen, groups)
        other = next((s for s, names in groups.items() if names != groups[chosen]), None)
        return Authors(groups[chosen], chosen, f"{other} {', '.join(groups[other])}" if other else None)

    def _site_itself(self, values: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
        """The names with the site's own left in, for a page that calls nobody else its author."""
        anyone = Bylines(())
        called = ((source, group) for source, group in values.items() if source not in _LAST)
        return {source: names for source, group in called if (names := anyone._names(group))}

    def _names(self, values: Sequence[str]) -> tuple[str, ...]:
        """Cleaned names, the site's own left out; () where there are none or too many to be true."""
        names: dict[str, str] = {}
        for value in values:
            if value not in self._read:
                self._read[value] = self._of(value.strip())
            for name in self._read[value]:
                names.setdefault(fold(name), name)
        return tuple(names.values()) if len(names) <= _MOST_NAMES else ()

    def _of(self, value: str) -> tuple[str, ...]:
        if value.startswith(("http://", "https://", "/")) or self._is_site(clean(value)):
            return ()
        names = [n for n in read_names(value) if _plausible(n) and not self._is_site(n)]
        if names and is_person(names[0].split(), load_words()):
            names[1:] = (n for n in names[1:] if not has_digit(n))  # a station or a region ("Z4 Valley")
        return tuple(names)

    def _is_site(self, name: str) -> bool:
        return bare(name) in self._sites or bare(_without_article(name)) in self._sites


def _without_article(name: str) -> str:
    """A site's name without the "The" that pages put before it or leave out."""
    first, _, rest = name.partition(" ")
    return rest if rest and fold(first) in load_words().articles else name


def _newsroom(groups: Mapping[str, tuple[str, ...]]) -> str:
    """The stated source that names newsrooms or agencies alone; "" for none."""
    words = load_words()
    stated = ((source, names) for source, names in groups.items() if source.startswith(_STATED))
    return next((source for source, names in stated if all(is_desk(name, words) for name in names)), "")


def _fuller(chosen: str, groups: Mapping[str, tuple[str, ...]]) -> str:
    """The head's source that names all the chosen people and more: some JSON-LD names only the first."""
    if not chosen.startswith("json-ld:"):
        return chosen
    known = set(map(bare, groups[chosen]))
    return next(
        (s for s, names in groups.items() if s.startswith("meta:") and known < set(map(bare, names))), chosen
    )


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
        and (len(tokens) == 1 or not _has_long_number(name))
    )


def _has_long_number(name: str) -> bool:
    if name.isascii() and not has_digit(name):
        return False
    return any(len(run) > 3 for run in "".join(c if c.isdigit() else " " for c in name).split())
