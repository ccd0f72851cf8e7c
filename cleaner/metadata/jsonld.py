"""Metadata from JSON-LD: which of a page's objects is its article, and what that one says.

In come the texts of the ld+json scripts, out go candidates. Pages describe much beside the
article (site, breadcrumbs, related articles, videos, the publisher), so only objects at the
top, in `@graph` or under `mainEntity` are looked at, and the best of them speaks; references
by `@id` are followed once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from cleaner.label.lines.names import clean
from cleaner.metadata.candidates import Candidate, Field
from cleaner.metadata.filing import sections_of
from cleaner.metadata.repair import read_json
from cleaner.metadata.wordings import bare

_ARTICLES = frozenset(
    "blogposting liveblogposting report review recipe socialmediaposting discussionforumposting"
    " medicalwebpage techarticle howto claimreview podcastepisode newsitem".split()
)
_PAGES = frozenset(
    "webpage itempage collectionpage aboutpage faqpage qapage creativework videoobject".split()
)
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "@included")
_TEXTS: tuple[tuple[str, Field], ...] = (
    ("headline", "title"),
    ("datePublished", "published"),
    ("dateCreated", "published"),
    ("uploadDate", "published"),
    ("dateModified", "modified"),
    ("description", "description"),
    ("articleSection", "section"),
    ("inLanguage", "language"),
    ("isAccessibleForFree", "free"),
    ("keywords", "tags"),
    ("url", "url"),
    ("name", "title"),
    ("alternativeHeadline", "title"),
)
_MOST_NODES = 500
_MOST_OBJECTS = 100
"""Authors, images or parts of one article that are looked at."""
_MOST_STEPS = 1000
"""Items of lists that are looked into for these: lists in lists may hold nothing at all."""
_MOST_PARTS = 20
"""Parts of an article that say whether they are free."""

Node = Mapping[str, Any]


def collect(scripts: Sequence[str], url: str | None) -> Iterator[Candidate]:
    """Candidates from JSON-LD; `url` helps to choose between several articles."""
    nodes = _nodes([value for script in scripts for value in read_json(script)])
    known = {str(node["@id"]): node for node in nodes if len(node) > 1 and isinstance(node.get("@id"), str)}
    kinds_of = [_kinds(node) for node in nodes]
    article = _best(nodes, kinds_of, url)
    if article is not None:
        yield from _article(article, known)
    yield from _filed(nodes, kinds_of, _strings(article.get("headline")) if article is not None else [])
    for node, kinds in zip(nodes, kinds_of, strict=True):
        if "website" in kinds:
            yield from _as("site_name", _strings(node.get("name")), "website.name")
        elif article is None and (kinds & {"organization", "newsmediaorganization"}):
            yield from _as("site_name", _strings(node.get("name")), "organization.name")


def _filed(nodes: list[Node], kinds_of: list[set[str]], titles: Sequence[str]) -> Iterator[Candidate]:
    """The section that a trail of steps to the article names."""
    trails: list[Any] = [n for n, kinds in zip(nodes, kinds_of, strict=True) if "breadcrumblist" in kinds]
    within = (n["breadcrumb"] for n in nodes if "breadcrumb" in n)
    trails += [item for value in within for item in _objects(value, {}) if isinstance(item, dict)]
    for trail in trails:
        steps = [step for step in _objects(trail.get("itemListElement"), {}) if isinstance(step, dict)]
        names = [name for step in steps for name in _step_name(step)]
        sections = sections_of([clean(name) for name in names], frozenset(map(bare, titles)))
        yield from _as("section", sections, "breadcrumb")
        if sections:
            return


def _step_name(step: Node) -> list[str]:
    """The name of a step, or of what it leads to; [] where it has none."""
    name = step.get("name")
    if isinstance(name, str) and name.strip():
        return [name]
    return _names(step if name else step.get("item"), {})[:1]


def _nodes(values: list[Any]) -> list[Node]:
    """Objects that may describe the page itself, in document order."""
    found: list[Node] = []
    queue = list(reversed(values))
    while queue and len(found) < _MOST_NODES:
        value = queue.pop()
        if isinstance(value, list):
            queue.extend(reversed(value))
        elif isinstance(value, dict):
            found.append(value)
            queue.extend(value[key] for key in _INSIDE if isinstance(value.get(key), (dict, list)))
    return found


def _kinds(node: Node) -> set[str]:
    stated = node.get("@type")
    if isinstance(stated, str) and stated.isalpha():
        return {stated.lower()}
    return {
        kind.rpartition("/")[2].rpartition(":")[2].lower() if "/" in kind or ":" in kind else kind.lower()
        for kind in _strings(stated)
    }


def _rank(node: Node, kinds: set[str], url: str | None) -> int:
    """How well an object can stand for the page's article; 0 is not at all."""
    if any(kind.endswith("article") for kind in kinds):
        rank = 40
    elif kinds & _ARTICLES:
        rank = 30
    elif kinds & _PAGES:
        rank = 10
    elif not kinds and "headline" in node:
        rank = 20
    else:
        return 0
    rank += 3 * ("headline" in node) + 3 * ("datePublished" in node) + 2 * ("author" in node)
    if url and any(
        _same_page(text, url) for text in _strings(node.get("url")) + _strings(node.get("mainEntityOfPage"))
    ):
        rank += 6
    return rank


def _same_page(one: str, other: str) -> bool:
    def bare(url: str) -> str:
        return url.partition("#")[0].partition("?")[0].partition("://")[2].removeprefix("www.").rstrip("/")

    told = bare(one)
    return bool(told) and told == bare(other)


def _best(nodes: list[Node], kinds_of: list[set[str]], url: str | None) -> Node | None:
    """The object that describes the article; of equals the first."""
    best, best_rank = None, 0
    for node, kinds in zip(nodes, kinds_of, strict=True):
        rank = _rank(node, kinds, url)
        if rank > best_rank:
            best, best_rank = node, rank
    return best


def _article(node: Node, known: Mapping[str, Node]) -> Iterator[Candidate]:
    for key, field in _TEXTS:
        if key in node:
            yield from _as(field, _strings(node[key]), key)
    for key in ("author", "creator"):
        named = _objects(node.get(key), known)
        people = [item for item in named if isinstance(item, str) or not _is_organization(item)]
        yield from _as("authors", _names(people, known), key)
        yield from _as("authors", _names([i for i in named if i not in people], known), f"{key}.organization")
        if named:
            break
    yield from _as("site_name", _names(node.get("publisher"), known)[:1], "publisher")
    for image in _objects(node.get("image"), known)[:1]:
        yield from _image(image)
    parts = (part for part in _objects(node.get("hasPart"), known) if isinstance(part, dict))
    for part in islice(parts, _MOST_PARTS):
        yield from _as("free", _strings(part.get("isAccessibleForFree")), "hasPart.isAccessibleForFree")


def _is_organization(item: Node) -> bool:
    return any(
        "organi" in kind or kind in ("corporation", "newspaper", "brand", "website") for kind in _kinds(item)
    )


def _image(image: Node | str) -> Iterator[Candidate]:
    if isinstance(image, str):
        yield from _as("image", [image], "image")
        return
    yield from _as(
        "image", _strings(image.get("url") or image.get("contentUrl") or image.get("@id")), "image"
    )
    yield from _as("image_caption", _strings(image.get("caption")), "image.caption")
    credit = image.get("creditText") or image.get("copyrightNotice")
    yield from _as("image_credit", _strings(credit) or _names(image.get("creator"), {}), "image.credit")


def _objects(value: Any, known: Mapping[str, Node]) -> list[Any]:
    """Objects and plain strings in a value that may be one or a list of them, references followed."""
    if value is None:
        return []
    found: list[Any] = []
    waiting = [value]  # the next one last
    for _ in range(_MOST_STEPS):
        if not waiting or len(found) >= _MOST_OBJECTS:
            break
        item = waiting.pop()
        if isinstance(item, list):
            waiting += reversed(item[:_MOST_STEPS])
        elif isinstance(item, dict):
            found.append(known.get(str(item.get("@id")), item) if len(item) <= 2 else item)
        elif isinstance(item, str) and item.strip():
            found.append(item)
    return found


def _names(value: Any, known: Mapping[str, Node]) -> list[str]:
    """Names of people or organisations: strings, or objects with a name."""
    if value is None:
        return []
    names: list[str] = []
    for item in _objects(value, known):
        if isinstance(item, str):
            names.append(item)
            continue
        name = _strings(item.get("name"))
        if not name:
            parts = [*_strings(item.get("givenName")), *_strings(item.get("familyName"))]
            name = [" ".join(parts)] if parts else _strings(item.get("alternateName"))
        names.extend(name)
    return names


def _strings(value: Any) -> list[str]:
    """The strings of a value of whatever type; numbers and booleans as JSON writes them."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, (int, float)):
        return [str(value)]
    if isinstance(value, list):
        return [text for item in value if not isinstance(item, list) for text in _strings(item)]
    if isinstance(value, dict):
        for key in ("@value", "@id", "name", "alternateName"):
            if isinstance(value.get(key), str):
                return [value[key]]
    return []


def _as(field: Field, values: list[str], key: str) -> list[Candidate]:
    return [Candidate(field, value, f"json-ld:{key}") for value in values]
