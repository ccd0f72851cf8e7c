"""The one place that decides between sources: a table of who is believed for which field.

In come all candidates of a page, out goes its metadata with the provenance of every field.
What the chosen source contradicts is kept under "FIELD.other", so that an archive can see
what else the page said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from cleaner.addresses import absolute, date_in, is_absolute, is_front_page, same_site, site_label
from cleaner.label.lines.letters import fold
from cleaner.label.lines.names import clean, clean_list
from cleaner.metadata.authors import Bylines
from cleaner.metadata.candidates import Candidate, Field, Found, by_source
from cleaner.metadata.filing import is_section
from cleaner.metadata.moments import Moment, localised, read_moments, zoned
from cleaner.metadata.pictures import stands_in
from cleaner.metadata.publication import publication
from cleaner.metadata.standfirsts import about_article
from cleaner.metadata.titles import choose_title, site_tail, title_edges
from cleaner.metadata.wordings import bare
from cleaner.model import Metadata

BELIEVED: Final[dict[Field, tuple[str, ...]]] = {
    # Structured data is written for this article alone; visible lines can be a neighbour's;
    # generic meta names ("date", "creator") are filled by systems with whatever they have.
    "authors": (
        "json-ld:author",
        "meta:parsely-author",
        "meta:sailthru.author",
        "meta:cxenseparse:author",
        "meta:twitter:data",
        "block:byline",
        "itemprop:author",
        "meta:author",
        "visible:author-link",
        "visible:author-card",
        "visible:byline",
        "meta:article:author_name",
        "meta:article:author",
        "meta:dc.creator",
        "meta:dcterms.creator",
        "visible:person-link",
        "json-ld:creator",
        "visible:author-class",
        "visible:editor",
        "visible:name-line",
        "visible:signature",
        "json-ld:author.organization",
    ),
    "published": (
        "json-ld:datePublished",
        "meta:article:published_time",
        "meta:og:article:published_time",
        "itemprop:datepublished",
        "hatom:published",
        "meta:datepublished",
        "meta:parsely-pub-date",
        "meta:sailthru.date",
        "meta:dc.date.issued",
        "meta:pubdate",
        "block:dateline",
        "visible:dateline",
        "meta:dcterms.date",
        "visible:time",
        "visible:date-class",
        "block:byline-date",
        "visible:card-time",
        "json-ld:uploadDate",
        "json-ld:dateCreated",
        "itemprop:datecreated",
    ),
    "modified": (
        "json-ld:dateModified",
        "meta:article:modified_time",
        "itemprop:datemodified",
        "hatom:updated",
        "block:dateline",
        "visible:dateline",
        "meta:og:updated_time",
    ),
    "description": (
        "block:standfirst",
        "meta:og:description",
        "meta:description",
        "json-ld:description",
        "meta:twitter:description",
        "visible:standfirst",
    ),
    "site_name": ("meta:og:site_name", "json-ld:website.name", "json-ld:publisher", "meta:application-name"),
    "image": ("meta:og:image", "meta:og:image:secure_url", "json-ld:image", "meta:twitter:image"),
    "section": (
        "meta:article:section",
        "json-ld:articleSection",
        "meta:parsely-section",
        "json-ld:breadcrumb",
        "visible:category-link",
        "visible:breadcrumb",
    ),
    "tags": (
        "meta:article:tag",
        "json-ld:keywords",
        "meta:parsely-tags",
        "meta:news_keywords",
        "visible:tag-link",
        "meta:keywords",
        "visible:tag-path",
    ),
    "url": ("link:canonical", "meta:og:url", "json-ld:url"),
}
"""Sources from most to least believed; one that is not named stands behind those that are."""

WEAK: Final = (
    "visible:date-text",
    "visible:time-text",
    "visible:opening-date",
    "url",
    "visible:far-dateline",
)
"""Date sources that stand behind everything else."""
_COMMA: Final = re.compile("[;،、，؛]")
"""What parts listed words in one script or the other, beside a comma."""
_MOST_TAGS, _MOST_LISTED = 50, 100
"""Tags that are kept, and that are looked at: some pages list every word they know."""


@dataclass
class _Draft:
    """The fields decided so far; lives for one page."""

    values: dict[str, object] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: object, source: str) -> None:
        self.values[name] = value
        self.provenance[name] = source


_UNNAMED: Final = 999
_BEHIND: Final = {source: _UNNAMED + place for place, source in enumerate(WEAK, start=1)}
_PLACES: Final[dict[Field, dict[str, int]]] = {
    name: _BEHIND | {source: place for place, source in enumerate(sources)}
    for name, sources in BELIEVED.items()
}


def ranked(found: Found, name: Field) -> list[Candidate]:
    """A field's candidates, the most believed first."""
    candidates = found.of(name)
    if len(candidates) < 2:
        return candidates
    places = _PLACES.get(name, _BEHIND)
    return sorted(candidates, key=lambda c: places.get(c[2], _UNNAMED))


class Circumstances(NamedTuple):
    """What is known of a page beside its candidates."""

    url: str | None
    """The address it was taken from."""
    base: str | None
    """The address that relative ones are relative to."""
    sites: Sequence[str]
    """Names of its site, to keep out of titles and authors."""
    order: str | None
    """ "dmy" or "mdy", which settles dates such as 04/02/2022."""
    today: date
    """Dates later than tomorrow are refused."""
    opening: str
    """The beginning of the body, which a description of the article shares words with."""


def merge(
    found: Found,
    about: Circumstances,
    bylines: Bylines,
    language: tuple[str, str] | None,
    paywalled: tuple[bool, str] | None,
) -> Metadata:
    """The metadata the candidates amount to; language and paywall are decided elsewhere, from the body."""
    draft = _Draft()
    _address(draft, found, about)
    _site_name(draft, found, about)
    _title(draft, found, about.sites)
    _authors(draft, found, bylines)
    _dates(draft, found, about)
    _plain(draft, found, about)
    for name, decided in (("language", language), ("paywalled", paywalled)):
        if decided is not None:
            draft.put(name, *decided)
    return Metadata(**draft.values, provenance=draft.provenance)  # type: ignore[arg-type]


def _address(draft: _Draft, found: Found, about: Circumstances) -> None:
    """The canonical address: absolute, of the same site, and not the site's front page."""
    url = about.url
    for candidate in ranked(found, "url"):
        address = absolute(candidate.value, about.base)
        if address is None or (is_front_page(address) and not (url and is_front_page(url))):
            continue
        if candidate.source != "link:canonical" and url and not same_site(address, url):
            continue
        draft.put("url", address, candidate.source)
        return
    if url and is_absolute(url):
        draft.put("url", url, "given")


def _site_name(draft: _Draft, found: Found, about: Circumstances) -> None:
    """The name that data give the site, or the part of a title that its address spells or speaks for."""
    for candidate in ranked(found, "site_name"):
        name = clean(candidate.value.removeprefix("@"))  # first, for handles are no names
        if 1 < len(name) <= 80 and "://" not in candidate.value:
            draft.put("site_name", name, candidate.source)
            return
    label = bare(site_label(about.url or ""))
    for part in title_edges(found.of("title")) if label else ():
        if bare(fold(part)) == label:
            draft.put("site_name", part, "title:site")
            return
    if label and (tail := site_tail(found.of("title"), label)):
        draft.put("site_name", tail, "title:tail")


def _title(draft: _Draft, found: Found, sites: Sequence[str]) -> None:
    chosen = choose_title(found.of("title"), sites)
    if chosen is not None:
        draft.put("title", chosen.value, chosen.source)
        other = next((clean(c.value) for c in found.of("title") if c.source == "json-ld:headline"), "")
        if other and bare(other) != bare(chosen.value):
            draft.provenance["title.other"] = f"json-ld:headline {other}"


def _authors(draft: _Draft, found: Found, bylines: Bylines) -> None:
    chosen = bylines.choose(ranked(found, "authors"))
    if chosen is not None:
        draft.put("authors", chosen.names, chosen.source)
        if chosen.other:
            draft.provenance["authors.other"] = chosen.other


def _dates(draft: _Draft, found: Found, about: Circumstances) -> None:
    candidates = [*ranked(found, "published")]
    named = date_in(about.url or "")
    if named:
        candidates.append(Candidate("published", named, "url"))
    modified = read_moments(ranked(found, "modified"), about.order, about.today)
    changed = modified[0].value.date() if modified else None
    published = read_moments(candidates, about.order, about.today, changed)
    if published:
        chosen = publication(published, modified)
        draft.put("published", chosen.iso(), chosen.source)
        _keep_other(draft, "published", chosen, published)
    elif modified:
        draft.put("published", modified[0].iso(), modified[0].source)
    if modified:
        chosen = zoned(localised(modified[0], modified[1:]), modified[1:], published)
        draft.put("modified", chosen.iso(), chosen.source)
        _keep_other(draft, "modified", chosen, modified)


def _keep_other(draft: _Draft, name: str, chosen: Moment, moments: Sequence[Moment]) -> None:
    """The most believed date that tells another day: the one passed over, or one that is days away."""
    day = chosen.value.date()
    passed_over = chosen.source != moments[0].source
    away = (m for m in moments if abs((m.value.date() - day).days) > 1)
    other = moments[0] if passed_over and moments[0].value.date() != day else next(away, None)
    if other is not None:
        draft.provenance[f"{name}.other"] = f"{other.source} {other.iso()}"


def _plain(draft: _Draft, found: Found, about: Circumstances) -> None:
    """Fields whose first sensible value is taken as it is."""
    for name, longest in (
        ("description", 3000),
        ("section", 120),
        ("image_caption", 1000),
        ("image_credit", 300),
    ):
        candidates: Iterable[Candidate] = (stated := ranked(found, name))  # type: ignore[arg-type]
        if name == "description" and stated and stated[-1].source == "visible:standfirst":
            candidates = about_article(candidates, about.opening)
        for candidate in candidates:
            text = clean(candidate.value)
            if name == "section" and (not is_section(text) or _names_site(text, about)):
                continue
            if 1 < len(text) <= longest and not text.isdigit():
                draft.put(name, text, candidate.source)
                break
    images = ranked(found, "image")
    if len(images) > 1 and stands_in(images[0].value):
        images = sorted(images, key=lambda c: stands_in(c.value))
    for candidate in images:
        address = absolute(candidate.value, about.base)
        if address:
            draft.put("image", address, candidate.source)
            break
    _tags(draft, found)


def _names_site(section: str, about: Circumstances) -> bool:
    """Whether a section's name is the site's."""
    name = bare(section)
    return name == site_label(about.url or "") or name in map(bare, about.sites)


def _tags(draft: _Draft, found: Found) -> None:
    for source, values in by_source(ranked(found, "tags")).items():
        listed = _COMMA.sub(",", ",".join(values)).split(",", _MOST_LISTED)[:_MOST_LISTED]
        tags = [tag for tag in clean_list(",".join(listed)) if 1 < len(tag) <= 80]
        if tags:
            kept: dict[str, str] = {}
            for wording, tag in zip(fold("\v".join(tags)).split("\v"), tags, strict=True):
                kept.setdefault(wording, tag)
            draft.put("tags", tuple(kept.values())[:_MOST_TAGS], source)
            return
