"""Metadata from a page's head: meta elements of all vocabularies, links, the title, the root.

In comes the parsed tree, out go candidates. One table says which name means which field;
its order is of no account, the merge has its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from cleaner.label.lines.names import find_cue
from cleaner.label.lines.words import load_words
from cleaner.metadata.candidates import Candidate, Field

_NAMES: Final[dict[Field, str]] = {
    "title": "og:title twitter:title twitter:text:title dc.title dcterms.title parsely-title sailthru.title"
    " cxenseparse:title headline title hdl citation_title article:title vr:title",
    "authors": "author article:author og:article:author article:author_name dc.creator dcterms.creator creator"
    " dc.contributor parsely-author sailthru.author cxenseparse:author byl byline citation_author"
    " authors article.author twitter:creator:name vr:author shareaholic:article_author_name dc.creator.author",
    "published": "article:published_time og:article:published_time og:published_time article:published"
    " datepublished date pubdate published pub-date publishdate publish-date publish_date published_date published-date"
    " publication_date publicationdate dc.date dc.date.issued dcterms.date dcterms.created dcterms.issued"
    " dc.date.created dc.created dc.issued parsely-pub-date sailthru.date cxenseparse:publishtime originalpublicationdate"
    " article_date_original date.created date.published citation_date citation_publication_date"
    " citation_online_date article.published article.created timestamp ptime datecreated created"
    " pub_date prism.publicationdate displaydate rnews:datepublished og:pubdate release_date"
    " shareaholic:article_published_time cxenseparse:recs:publishtime doc_date created_at",
    "modified": "dateupdate article:modified_time og:updated_time article:updated_time og:article:modified_time lastmod"
    " last-modified datemodified dcterms.modified dc.date.modified dc.modified article.updated utime"
    " last_updated lastmodified modified_date revised date.modified updated_time og:modified_time"
    " article:modified cxenseparse:modifiedtime",
    "language": "content-language og:locale language dc.language dcterms.language inlanguage lang",
    "site_name": "og:site_name application-name twitter:app:name:iphone publisher dc.publisher dcterms.publisher"
    " apple-mobile-web-app-title copyright:site cre citation_journal_title",
    "url": "og:url twitter:url parsely-link",
    "description": "og:description description twitter:description dc.description dcterms.description"
    " sailthru.description",
    "image": "og:image og:image:secure_url og:image:url twitter:image twitter:image:src thumbnail parsely-image-url"
    " sailthru.image.full thumbnailurl",
    "image_caption": "og:image:alt twitter:image:alt",
    "section": "article:section parsely-section section og:article:section cxenseparse:section category"
    " article.section",
    "tags": "article:tag keywords news_keywords parsely-tags sailthru.tags og:article:tag article:tags",
    "free": "isaccessibleforfree article:content_tier lp.paid",
}
_FIELDS: Final[dict[str, Field]] = {name: field for field, names in _NAMES.items() for name in names.split()}


def collect(tree: LexborHTMLParser) -> Iterator[Candidate]:
    """Candidates from head elements, wherever in the page they stand."""
    labels: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        content = attributes.get("content") or attributes.get("value")
        if not content:
            continue
        for kind in ("property", "name", "itemprop", "http-equiv"):
            name = (attributes.get(kind) or "").strip().lower()
            field = _FIELDS.get(name)
            if field:
                yield Candidate(field, content, f"meta:{name}")
                break
            if name.startswith(("twitter:label", "twitter:data")):
                labels[name] = content
                break
    yield from _labelled_data(labels)
    for node in tree.css("link[rel=canonical]"):
        yield Candidate("url", node.attributes.get("href") or "", "link:canonical")
    title = tree.css_first("head > title, title")
    if title is not None:
        yield Candidate("title", title.text(), "title")
    root = tree.css_first("html")
    if root is not None:
        language = root.attributes.get("lang") or root.attributes.get("xml:lang")
        if language:
            yield Candidate("language", language, "html:lang")


def _labelled_data(pairs: Mapping[str, str]) -> Iterator[Candidate]:
    """Authors that a social card shows as a labelled row ("Written by" in label1, a name in data1)."""
    for name, label in pairs.items():
        value = pairs.get(name.replace(":label", ":data"), "")
        if ":label" not in name or not value:
            continue
        found = find_cue(f"{label} {value}", load_words())
        if found is not None and found[0].kind == "author":
            yield Candidate("authors", value, "meta:twitter:data")
