"""Metadata of pages and scraped texts: every field, its provenance, and what must stay out of it."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.metadata import from_page, from_text
from cleaner.metadata.language import identify
from cleaner.metadata.paywall import is_paywalled
from cleaner.model import Block, LabelledBlock, Metadata, Verdict
from cleaner.segment.html import parse

TODAY = date(2022, 6, 1)
URL = "https://www.rivernews.example/local/2022/02/04/bridge-closes"
BODY = (
    "The old bridge over the river was closed on Friday after engineers found cracks in two of its pillars. "
    "The council said that it would be shut for at least six weeks and that buses would take another way."
)
TRAIL = '<nav class="breadcrumb"><h1 class="breadcrumb-last">Bridges</h1></nav>'
SITE = '<meta property="og:site_name" content="River News">'
GERMAN = (
    "Die alte Brücke über den Fluss ist seit Freitag gesperrt, weil in zwei der Pfeiler Risse gefunden "
    "wurden und die Stadt nicht weiß, wie es mit dem Verkehr weitergehen soll."
)
FINNISH = (
    "Vanha silta joen yli suljettiin perjantaina, koska insinöörit löysivät halkeamia kahdesta sen "
    "pilarista ja kaupunki tutkii asiaa."
)
HEADLINE = "Old bridge closes after cracks are found"


def page(head: str = "", body: str = f"<h1>{HEADLINE}</h1><p>{BODY}</p>", lang: str = "en") -> str:
    return f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def read(html: str, url: str | None = URL, labelled: tuple[LabelledBlock, ...] = ()) -> Metadata:
    return from_page(parse(html), labelled, url, today=TODAY)


def json_ld(data: object) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


def article(**more: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE, **more}


def blocks(*rows: tuple[str, str]) -> tuple[LabelledBlock, ...]:
    """Labelled blocks as a scraped text gives them: (label, text)."""
    made, at = [], 0
    for label, text in rows:
        made.append(LabelledBlock(Block(text, at, at + len(text)), Verdict(label, "test")))
        at += len(text) + 1
    return tuple(made)


def read_text(*rows: tuple[str, str]) -> Metadata:
    return from_text("\n".join(text for _, text in rows), blocks(*rows), None, today=TODAY)


# ------------------------------------------------------------------ titles


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (f"<title>{HEADLINE} - River News</title>", f"<h1>{HEADLINE}</h1>", HEADLINE),
        (f"{SITE}<title>River News | {HEADLINE}</title>", "", HEADLINE),
        (
            '<meta property="og:title" content="Old bridge closes after&#8230;">',
            f"<h1>{HEADLINE}</h1>",
            HEADLINE,
        ),
        (
            f'<meta property="og:title" content="{HEADLINE}">',
            f'<h1><a href="/">River News</a></h1><h2>{HEADLINE}</h2>',
            HEADLINE,
        ),
        (f"<title>{HEADLINE}</title>", f"<h1>River News</h1><h1>{HEADLINE}</h1>", HEADLINE),
        (
            json_ld(article(headline="Old &amp; new bridge <b>closes</b> after cracks")),
            "",
            "Old & new bridge closes after cracks",
        ),
        (f"<title>{HEADLINE}</title>", f"{TRAIL}<h2>{HEADLINE}</h2>", HEADLINE),
        (
            f'<meta property="og:title" content="{HEADLINE}">',
            f"<h1><span>Traffic </span>{HEADLINE}</h1>",
            HEADLINE,
        ),
    ],
)
def test_title(head: str, body: str, title: str) -> None:
    assert read(page(head, f"{body}<p>{BODY}</p>")).title == title


def test_a_rewritten_social_title_loses_to_the_headline_and_is_kept() -> None:
    found = read(page(json_ld(article(headline="You will not believe this bridge, with old cracks found"))))
    assert found.title == HEADLINE
    assert found.provenance["title"] == "visible:h1"
    assert "You will not believe" in found.provenance["title.other"]


# ------------------------------------------------------------------ authors


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Jane Roe"}, ("Jane Roe",)),
        (
            [{"@type": "Person", "name": "Jane Roe"}, {"@type": "Person", "name": "Max Doe"}],
            ("Jane Roe", "Max Doe"),
        ),
        ("Jane Roe and Max Doe", ("Jane Roe", "Max Doe")),
        (["Jane Roe", "Max Doe"], ("Jane Roe", "Max Doe")),
        ([[{"name": "Jane Roe"}], [{"name": "Max Doe"}]], ("Jane Roe", "Max Doe")),
        ({"name": ["Jane Roe", "Max Doe"]}, ("Jane Roe", "Max Doe")),
        ({"givenName": "Jane", "familyName": "Roe"}, ("Jane Roe",)),
        ({"@type": "Person", "name": "By Jane Roe, Political Editor"}, ("Jane Roe",)),
        ({"@type": "Person", "name": "Jane Roe jane@rivernews.example"}, ("Jane Roe",)),
        ({"@type": "Person", "name": "Jane Roe @janeroe"}, ("Jane Roe",)),
        ({"@type": "Organization", "name": "Valley Press Agency"}, ("Valley Press Agency",)),
        ({"@type": "Person", "name": "Jan van der Roe"}, ("Jan van der Roe",)),
        ({"@type": "Person", "name": "Emily Way"}, ("Emily Way",)),
    ],
)
def test_authors_in_json_ld(author: object, names: tuple[str, ...]) -> None:
    assert read(page(json_ld(article(author=author)))).authors == names


@pytest.mark.parametrize("kind", ["application/ld+json; charset=utf-8", "Application/LD+JSON "])
def test_json_ld_with_a_parameter_in_its_type(kind: str) -> None:
    script = json_ld(article(author="Jane Roe")).replace("application/ld+json", kind)
    assert read(page(script)).authors == ("Jane Roe",)


def test_the_site_is_called_what_its_website_is() -> None:
    company = {"@type": "Organization", "name": "River Media"}
    site = {"@type": "WebSite", "name": "River News"}
    assert read(page(json_ld({"@graph": [article(publisher=company), site]}))).site_name == "River News"
    assert read(page(json_ld(article(publisher=company)))).site_name == "River Media"


def test_an_author_given_by_reference() -> None:
    graph = {
        "@graph": [article(author={"@id": "#jane"}), {"@id": "#jane", "@type": "Person", "name": "Jane Roe"}]
    }
    assert read(page(json_ld(graph))).authors == ("Jane Roe",)


def test_the_site_as_author_gives_way_to_a_person() -> None:
    head = '<meta property="og:site_name" content="River News">' + json_ld(
        article(author={"name": "River News"})
    )
    body = f'<h1>{HEADLINE}</h1><p class="byline">By Jane Roe</p><p>{BODY}</p>'
    assert read(page(head, body)).authors == ("Jane Roe",)
    assert read(page(head)).authors == ("River News",)


@pytest.mark.parametrize(
    "line",
    [
        '<p class="byline">By <a href="/author/jane-roe">Jane Roe</a>, Political Editor</p>',
        "<p>By Jane Roe</p>",
        "<p>By</p><p>Jane Roe</p>",
        '<div class="article-author">Jane Roe</div>',
        '<span itemprop="author" itemscope><span itemprop="name">Jane Roe</span></span>',
        '<a rel="author" href="/jane">Jane Roe</a>',
        '<a rel="author" href="/jane">View all posts by Jane Roe</a>',
        "<p>Jane Roe</p><p>4 February 2022</p>",
        '<p class="meta">Posted by Jane Roe on 4 February 2022 at 16:18</p>',
        "<div><span>Jane Roe</span><span>Political editor</span></div>",
        "<div><span>Jane Roe</span><span>4 February 2022</span></div>",
        "<p>Jane Roe</p><p>Political editor</p>",
        "<p>4 February 2022 | Author: Jane Roe | Views: 881</p>",
        "<p>Words: Jane Roe. Pictures: Max Doe</p>",
    ],
)
def test_visible_author(line: str) -> None:
    assert read(page(body=f"<h1>{HEADLINE}</h1>{line}<p>{BODY}</p>")).authors == ("Jane Roe",)


@pytest.mark.parametrize(
    "line",
    [
        '<div class="comment"><a rel="author" href="/u/1">Max Doe</a></div>',
        '<div class="related-articles"><div class="teaser"><span class="author">Max Doe</span></div></div>',
        '<nav><a href="/authors/">Our Authors</a></nav>',
        '<p class="author">Follow</p>',
        "<p>By Monday the river had risen</p>",
        '<div><a href="/roads">City Traffic</a> <span>4 February 2022</span></div>',
    ],
)
def test_names_of_others_are_no_authors(line: str) -> None:
    assert read(page(body=f"<h1>{HEADLINE}</h1><p>{BODY}</p>{line}")).authors == ()


def test_an_organisation_gives_way_to_a_person_on_the_page() -> None:
    head = json_ld(article(author={"@type": "Organization", "name": "River News"}))
    body = f'<h1>{HEADLINE}</h1><span class="byline">Jane Roe</span><p>{BODY}</p>'
    assert read(page(head, body)).authors == ("Jane Roe",)


def test_who_reported_comes_before_who_edited() -> None:
    editor, reporter = "<p>责任编辑：王小明</p>", "<p>记者 李大伟</p>"
    assert read(page(body=f"<h1>{HEADLINE}</h1>{editor}{reporter}<p>{BODY}</p>")).authors == ("李大伟",)
    assert read(page(body=f"<h1>{HEADLINE}</h1>{editor}<p>{BODY}</p>")).authors == ("王小明",)


def test_the_label_of_a_social_card_names_the_author() -> None:
    head = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Roe">'
    assert read(page(head)).authors == ("Jane Roe",)
    other = (
        '<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="Two Minutes">'
    )
    assert read(page(other)).authors == ()


# ------------------------------------------------------------------ dates


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (json_ld(article(datePublished="2022-02-04T16:18:00-05:00")), "2022-02-04T16:18:00-05:00"),
        (json_ld(article(datePublished="2022-02-04T16:18:00.123Z")), "2022-02-04T16:18:00+00:00"),
        (json_ld(article(datePublished="2022-02-04T16:18:00+0100")), "2022-02-04T16:18:00+01:00"),
        (json_ld(article(datePublished="2022-02-04")), "2022-02-04"),
        (json_ld(article(datePublished=["2022-02-04", "2022-02-05"])), "2022-02-04"),
        (json_ld(article(datePublished=1643991480)), "2022-02-04T16:18:00+00:00"),
        ('<meta property="article:published_time" content="2022-02-04 16:18:00">', "2022-02-04T16:18:00"),
        ('<meta name="DC.date.issued" content="20220204">', "2022-02-04"),
        ('<meta name="pubdate" content="Fri, 04 Feb 2022 16:18:00 GMT">', "2022-02-04T16:18:00+00:00"),
        ('<meta name="date" content="4. Februar 2022">', "2022-02-04"),
    ],
)
def test_published(head: str, published: str) -> None:
    assert read(page(head), url=None).published == published


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("2022-03-01 11:30 PM EST", "2022-03-01T23:30:00-05:00"),
        ("2022-03-01, 5:30 p.m.", "2022-03-01T17:30:00"),
        ("2022-03-01T11:30:00+01:00[Europe/Berlin]", "2022-03-01T11:30:00+01:00"),
    ],
)
def test_what_follows_a_stamp_may_change_its_hour(stated: str, published: str) -> None:
    assert read(f'<meta property="article:published_time" content="{stated}">').published == published


def test_half_a_character_in_json_ld_becomes_a_mark() -> None:
    title = read(
        json_ld({"@type": "NewsArticle", "headline": "HALF"}).replace("HALF", "Br\\ud83d \\ud83d\\ude00")
    ).title
    assert title == "Br\ufffd \U0001f600"


LONG = 20_000
LISTS = 5 * LONG


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="description" content="{"a" * LONG} @">',
        f'<meta property="og:site_name" content="{"a-" * LONG}/">',
        f'<meta name="author" content="{"a." * LONG}@">',
        f'<meta name="keywords" content="{"a-" * LONG}/">',
        f'<script type="application/ld+json">{{"@type":"NewsArticle","author":[{"[]," * LISTS}[]]}}</script>',
        f'<script type="application/ld+json">{{"@type":"NewsArticle",,"x":{"/* " * LISTS}</script>',
        '<script type="application/ld+json">{"@type":"NewsArticle",,"x":"' + '\\"' * LISTS + "</script>",
        "<script>" * LONG,
    ],
    ids=["address", "link", "mail", "keywords", "lists", "comments", "quotes", "scripts"],
)
def test_values_of_any_length_are_read_in_linear_time(head: str) -> None:
    begun = time.process_time()
    read(head)
    assert time.process_time() - begun < 1.0


def test_a_date_to_come_is_refused() -> None:
    head = json_ld(article(datePublished="2099-01-01")) + '<meta name="pubdate" content="2022-02-04">'
    assert read(page(head)).published == "2022-02-04"
    assert read(page(json_ld(article(datePublished="2099-01-01"))), url=None).published is None


def test_a_placeholder_date_is_refused() -> None:
    assert read(page(json_ld(article(datePublished="1970-01-01T00:00:00Z"))), url=None).published is None


def test_modified_is_not_taken_for_published() -> None:
    head = json_ld(article(datePublished="2022-02-04", dateModified="2022-03-05T08:00:00Z"))
    found = read(page(head))
    assert (found.published, found.modified) == ("2022-02-04", "2022-03-05T08:00:00+00:00")
    body = f"<h1>{HEADLINE}</h1><p>Updated 5 March 2022</p><p>Published 4 February 2022</p><p>{BODY}</p>"
    found = read(page(body=body), url=None)
    assert (found.published, found.modified) == ("2022-02-04", "2022-03-05")


def test_contradiction_keeps_the_loser() -> None:
    head = json_ld(article(datePublished="2022-02-04")) + '<meta name="pubdate" content="2021-11-30">'
    found = read(page(head))
    assert found.published == "2022-02-04"
    assert found.provenance["published"] == "json-ld:datePublished"
    assert found.provenance["published.other"] == "meta:pubdate 2021-11-30"


def test_local_time_on_the_page_gives_the_offset() -> None:
    head = json_ld(article(datePublished="2022-02-05T03:18:00Z"))
    body = f"<h1>{HEADLINE}</h1><p>February 4, 2022 at 10:18 pm</p><p>{BODY}</p>"
    assert read(page(head, body), url=None).published == "2022-02-04T22:18:00-05:00"
    stamped = f'<h1>{HEADLINE}</h1><time datetime="2022-02-04T22:18:00-05:00">Friday</time><p>{BODY}</p>'
    assert read(page(head, stamped), url=None).published == "2022-02-04T22:18:00-05:00"
    other = f"<h1>{HEADLINE}</h1><p>February 4, 2022 at 10:01 pm</p><p>{BODY}</p>"
    assert read(page(head, other), url=None).published == "2022-02-05T03:18:00+00:00"


@pytest.mark.parametrize(
    ("shown", "published"),
    [
        ("February 4, 2022 at 3:48 pm", "2022-02-04T15:48:00+05:30"),
        ("February 4, 2022 at 11:18 pm", "2022-02-04T23:18:00+13:00"),
        ("February 4, 2022 at 12:18 am", "2022-02-04T00:18:00-10:00"),
        ("February 4, 2022 at 10:18 pm", "2022-02-04T10:18:00+00:00"),  # a lost "am", not New Zealand
        ("February 5, 2022 at 1:48 am", "2022-02-04T10:18:00+00:00"),  # nowhere is it so late
        ("February 3, 2022 at 8:18 pm", "2022-02-04T10:18:00+00:00"),  # nor so early
    ],
)
def test_a_time_on_the_page_is_another_zones_only_where_zones_are_so_far_apart(
    shown: str, published: str
) -> None:
    head = json_ld(article(datePublished="2022-02-04T10:18:00Z"))
    body = f"<h1>{HEADLINE}</h1><p>{shown}</p><p>{BODY}</p>"
    assert read(page(head, body), url=None).published == published


@pytest.mark.parametrize(
    ("lang", "url", "published"),
    [
        ("en-US", "https://rivernews.ie/a", "2022-04-02"),
        ("en-GB", "https://rivernews.us/a", "2022-02-04"),
        ("en", "https://rivernews.ie/a", "2022-02-04"),
        ("en", "https://rivernews.us/a", "2022-04-02"),
        ("en", "https://rivernews.tv/a", "2022-04-02"),  # an ending that is sold all over the world
        ("en", None, "2022-04-02"),
        ("de", "https://rivernews.us/a", "2022-02-04"),
    ],
)
def test_whether_the_month_comes_first_is_told_by_language_and_address(
    lang: str, url: str | None, published: str
) -> None:
    head = '<meta property="article:published_time" content="04/02/2022">'
    assert read(page(head, lang=lang), url=url).published == published


def test_day_and_month_are_told_apart_by_another_source() -> None:
    head = '<meta property="article:published_time" content="03/04/2022">'
    body = f"<h1>{HEADLINE}</h1><p>3 April 2022</p><p>{BODY}</p>"
    assert read(page(head, body), url=None).published == "2022-04-03"


def test_dates_of_related_articles_are_not_taken() -> None:
    body = f"<h1>{HEADLINE}</h1>" + f"<p>{BODY}</p>" * 4 + "<div class='related'><p>4 May 2021</p></div>"
    assert read(page(body=body), url=None).published is None


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("<p>4 February 2022</p>", "2022-02-04"),
        ('<time datetime="2022-02-04">Friday</time>', "2022-02-04"),
        ("<p>By Jane Roe, 4 February 2022 16:18 EST</p>", "2022-02-04T16:18:00-05:00"),
        ('<div class="post-date">On Feb 4, 2022 in Traffic</div>', "2022-02-04"),
        ('<time itemprop="datePublished" content="2022-02-04T16:18">Friday</time>', "2022-02-04T16:18:00"),
    ],
)
def test_visible_date(line: str, published: str) -> None:
    assert read(page(body=f"<h1>{HEADLINE}</h1>{line}<p>{BODY}</p>"), url=None).published == published


def test_the_address_tells_the_day_when_nothing_else_does() -> None:
    found = read(page())
    assert (found.published, found.provenance["published"]) == ("2022-02-04", "url")


# ------------------------------------------------------------------ other fields


def test_canonical_address() -> None:
    assert (
        read(page('<link rel="canonical" href="/local/bridge">')).url
        == "https://www.rivernews.example/local/bridge"
    )
    assert read(page('<link rel="canonical" href="https://www.rivernews.example/">')).url == URL
    elsewhere = '<meta property="og:url" content="https://other.example/x">'
    assert read(page(elsewhere)).url == URL
    assert read(page('<link rel="canonical" href="javascript:void(0)">')).url == URL
    assert read(page(), url=None).url is None


@pytest.mark.parametrize("address", ["undefined", "null", "None", "{{url}}"])
def test_an_address_that_a_template_left_out(address: str) -> None:
    head = f'<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">'
    found = read(page(f'{head}<meta property="og:image" content="{address}">'))
    assert (found.url, found.image) == (URL, None)
    assert (
        read(page('<link rel="canonical" href="/none-left">')).url
        == "https://www.rivernews.example/none-left"
    )


@pytest.mark.parametrize("url", ["not a url", "rivernews.example/a", "//rivernews.example/a", "https://", ""])
def test_a_given_address_that_is_none(url: str) -> None:
    assert read(page(), url).url is None
    assert from_text(BODY, blocks(("body", BODY)), url, today=TODAY).url is None


def test_a_given_address_is_kept_as_it_is() -> None:
    assert read(page(), "http://localhost/a b#c").url == "http://localhost/a b#c"


@pytest.mark.parametrize("name", ["DC.subject", "dcterms.subject"])
def test_subjects_of_dublin_core_are_tags(name: str) -> None:
    assert read(page(f'<meta name="{name}" content="bridge; river">')).tags == ("bridge", "river")


def test_a_front_page_is_its_own_address() -> None:
    front = "https://www.rivernews.example/"
    canonical = f'<link rel="canonical" href="{front}">'
    assert read(page(canonical), front).provenance["url"] == "link:canonical"
    assert read(page(canonical), URL).provenance["url"] == "given"


@pytest.mark.parametrize(
    ("stated", "name"),
    [("@River News", "River News"), ("@rivernews", "rivernews"), ("https://a.example", None)],
)
def test_an_address_is_no_name_of_a_site(stated: str, name: str | None) -> None:
    head = f'<meta property="og:site_name" content="{stated}">'
    assert read(page(head), None).site_name == name


@pytest.mark.parametrize("section", ["River News", "Rivernews", "2022"])
def test_the_name_of_the_site_or_a_number_is_no_section(section: str) -> None:
    head = f'{SITE}<meta property="article:section" content="{section}">'
    assert read(page(head)).section is None


def test_tags_of_a_sensible_length_and_number_are_kept() -> None:
    words = ",".join(["a", "bridge", "Bridge", "x" * 81, *(f"tag {number}" for number in range(70))])
    tags = read(page(f'<meta name="news_keywords" content="{words}">')).tags
    assert tags[:2] == ("bridge", "tag 0")
    assert len(tags) == 50


def test_language_of_the_markup_is_checked_against_the_body() -> None:
    assert read(page()).language == "en"
    assert read(page(body=f"<p>{GERMAN}</p>")).language == "de"
    assert read(page(body=f"<p>{GERMAN}</p>", lang="")).language == "de"
    assert read(page(lang="en_GB")).language == "en"
    assert (
        read(
            page(body="<p>橋は金曜日に閉鎖された。市によると、二本の橋脚にひびが見つかった。</p>", lang="en")
        ).language
        == "ja"
    )
    assert read(page(body="<p>x</p>", lang="nb-NO")).language == "no"


UKRAINIAN = (
    "Старий міст через річку закрили у п'ятницю, коли інженери знайшли тріщини у двох його опорах. "
    "Міська рада заявила, що він буде закритий щонайменше шість тижнів, а автобуси їздитимуть іншою дорогою, "
    "і що людям слід зачекати, бо ремонт ще не почався."
)
DANISH = (
    "Den gamle bro over åen blev lukket fredag, efter at ingeniører havde fundet revner i to af pillerne. "
    "Byrådet siger, at den vil være lukket i mindst seks uger, og at busserne kører en anden vej, indtil den "
    "er blevet repareret af kommunen."
)


@pytest.mark.parametrize(("body", "stated", "language"), [(UKRAINIAN, "ru", "uk"), (DANISH, "sv", "da")])
def test_a_relative_of_the_language_may_be_stated(body: str, stated: str, language: str) -> None:
    assert read(page(body=f"<p>{body}</p>", lang=stated)).language == language
    assert read(page(body=f"<p>{body}</p>", lang=language)).language == language


def test_a_language_without_a_table_is_identified() -> None:
    found = read(page(body=f"<p>{FINNISH}</p>", lang=""))
    assert (found.language, found.provenance["language"]) == ("fi", "body:identified")


def test_image_tags_section_site_and_description() -> None:
    image = {
        "@type": "ImageObject",
        "url": "/bridge.jpg",
        "caption": "The bridge on Friday",
        "creditText": "Max Doe",
    }
    head = (
        json_ld(article(image=image, articleSection="Local", keywords="bridge, river; bridge"))
        + SITE
        + '<meta name="description" content="Cracks &amp; more.">'
    )
    found = read(page(head))
    assert found.image == "https://www.rivernews.example/bridge.jpg"
    assert (found.image_caption, found.image_credit) == ("The bridge on Friday", "Max Doe")
    assert (found.section, found.tags) == ("Local", ("bridge", "river"))
    assert (found.site_name, found.description) == ("River News", "Cracks & more.")
    assert set(found.provenance) >= {"image", "image_caption", "image_credit", "section", "tags", "site_name"}


@pytest.mark.parametrize(
    ("free", "rows", "paywalled"),
    [
        ("false", [("body", BODY * 20)], False),
        ("false", [("body", BODY), ("paywall", "Subscribe to read on")], True),
        ("false", [("body", "The old bridge was …")], True),
        ("true", [("body", BODY), ("paywall", "Subscribe to read on")], False),
        ("", [("body", BODY * 20), ("paywall", "Support us with a subscription")], False),
        ("", [("body", BODY * 20)], None),
        ("false", [], None),
        ("false", [("body", BODY * 4)], False),
        ("false", [("body", f"{BODY} …")], True),
        ("false", [("body", BODY * 20), ("paywall", "Subscribe to read on")], False),
        ("false", [("body", f"{BODY * 20} …")], False),
        ("", [("body", "The old bridge was …"), ("paywall", "Subscribe to read on")], True),
    ],
)
def test_paywalled_only_when_the_text_is_cut(
    free: str, rows: list[tuple[str, str]], paywalled: bool | None
) -> None:
    head = json_ld(article(isAccessibleForFree=free)) if free else ""
    assert read(page(head), labelled=blocks(*rows)).paywalled is paywalled


@pytest.mark.parametrize(("between", "paywalled"), [(0, True), (2, True), (20, None)])
def test_a_wall_stands_right_below_what_it_cuts(between: int, paywalled: bool | None) -> None:
    others = [("related", "Another bridge closes")] * between
    rows = blocks(("body", "The old bridge was …"), *others, ("paywall", "Subscribe to read on"))
    found = is_paywalled([], rows)
    assert (found[0] if found else None) is paywalled


def test_one_word_that_a_part_is_not_free_outweighs_that_others_are() -> None:
    parts = [{"@type": "WebPageElement", "isAccessibleForFree": free} for free in (True, False)]
    head = json_ld(article(hasPart=parts))
    assert read(page(head), labelled=blocks(("body", BODY))).paywalled is True
    assert read(page(head.replace("false", "true")), labelled=blocks(("body", BODY))).paywalled is False


# ------------------------------------------------------------------ broken JSON-LD


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "%s", "author": %a,}',
        '/* made by hand */ {"@type": "NewsArticle", // note\n "headline": "%s", "author": %a}',
        '<!-- {"@type": "NewsArticle", "headline": "%s", "author": %a} -->',
        '{"@type": "NewsArticle", "headline": "%s", "author": %a};',
        '{"@type": "WebSite"} {"@type": "NewsArticle", "headline": "%s", "author": %a}',
        '{"@type": "NewsArticle", "headline": "%s", "author": %a',
        '{"@type": "NewsArticle", "headline": "%s", "author": %a}}',
        '{"@type": "NewsArticle", "headline": "%s", "description": "a\nb", "author": %a}',
        '[[{"@type": "NewsArticle", "headline": "%s", "author": %a}]]',
        '{"@graph": [{"@type": ["Article", "NewsArticle"], "headline": "%s", "author": "Jane Roe"}]}',
        '{"@type": "NewsArticle", "headline": "%s", "author": %a, "text": "say "no" to it"}',
        '{"@type": "http://schema.org/NewsArticle", "headline": "%s", "author": %a}',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "%s", "author": %a}}',
    ],
)
def test_broken_json_ld(text: str) -> None:
    found = read(
        page(
            json_ld(text.replace("%s", HEADLINE).replace("%a", '{"name": "Jane Roe"}')), body=f"<p>{BODY}</p>"
        )
    )
    assert (found.title, found.authors) == (HEADLINE, ("Jane Roe",))


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "7", '"x"', "{", "{{{{", "[" * 100_000, '{"@graph": {"@graph": 1}}', "NaN"]
)
def test_json_ld_that_says_nothing(text: str) -> None:
    assert read(page(json_ld(text))).title == HEADLINE


KEYS = (
    "@type @id @graph @value @included mainEntity mainEntityOfPage headline name alternateName author creator"
    " publisher datePublished dateCreated dateModified uploadDate description articleSection inLanguage url"
    " isAccessibleForFree keywords alternativeHeadline image contentUrl caption creditText copyrightNotice"
    " hasPart breadcrumb itemListElement item givenName familyName articleBody"
).split()
LEAVES = st.sampled_from((
    "NewsArticle", "BreadcrumbList", "Organization", "WebSite", "WebPage", "https://a.example", "", "Sport",
    "Jane Roe", "2022-02-04", "0000-00-00", "false", "\ud800", None, True, False, 0, -1, 1.5, 1e308, 10**300,
    10**12, float("inf"), float("nan"),
))  # fmt: skip


def holding(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """A value, a list of such or an object of such."""
    return st.one_of(inner, st.lists(inner, max_size=3), nodes(inner, 4))


def nodes(inner: st.SearchStrategy[object], most: int) -> st.SearchStrategy[dict[str, object]]:
    return st.lists(st.tuples(st.sampled_from(KEYS), inner), max_size=most).map(dict)


kinds = st.sampled_from(["NewsArticle", "WebPage", ["NewsArticle", 5], "BreadcrumbList"])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(kinds, nodes(holding(holding(LEAVES)), 6), st.integers(0, 400))
def test_any_value_at_any_key_of_json_ld_is_survived(kind: object, node: dict[str, object], cut: int) -> None:
    whole = json.dumps({"@type": kind, **node})
    for text in (whole, whole[:cut], f"[{whole}, {whole[:cut]}"):
        found = read(page(json_ld(text)))
        json.dumps(found.provenance, ensure_ascii=False).encode()
        assert found.title


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "value", ["https://a.example/#x", ["a"], [["a"], "b", 7, None], 7, True, {"a": [1]}, [{}]]
)
def test_each_key_of_json_ld_may_hold_anything(key: str, value: object) -> None:
    assert read(page(json_ld(article(**{key: value})))).title


def test_half_a_character_in_json_ld_written_as_entities() -> None:
    head = json_ld(
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Br&#92;ud83d&quot;}"
    )
    assert read(head).title == "Br\ufffd"


def test_a_related_article_in_a_list_is_not_the_article() -> None:
    listed = {
        "@type": "ItemList",
        "itemListElement": [article(headline="Another story altogether from the valley")],
    }
    assert read(page(json_ld(listed), body=f"<p>{BODY}</p>")).title is None


# ------------------------------------------------------------------ scraped text


def test_scraped_text() -> None:
    found = read_text(
        ("notification", "Stay up to date with notifications from The River Post"),
        ("title", HEADLINE),
        ("standfirst", "Engineers found them in two pillars"),
        ("byline", "Via AP news wire"),
        ("dateline", "Friday 04 February 2022 16:18 EST"),
        ("body", BODY),
    )
    assert found.title == HEADLINE
    assert found.description == "Engineers found them in two pillars"
    assert found.authors == ("AP news wire",)
    assert found.published == "2022-02-04T16:18:00-05:00"
    assert found.language == "en"
    assert found.site_name == "The River Post"
    assert found.provenance["published"] == "block:dateline"


@pytest.mark.parametrize(
    ("title", "url", "name"),
    [
        ("Wall vote splits the town - The Courier", "https://thecourier.example/a", "The Courier"),
        (
            "Wall vote splits the town | News | The Valley Courier",
            "https://valleycourier.example/a",
            "The Valley Courier",
        ),
        ("Wall vote splits the town - Valley Coast Courier", "https://vcc.example/a", "Valley Coast Courier"),
        ("Wall vote splits the town | Вестник долины", "https://dolina.example/a", "Вестник долины"),
        ("Wall vote splits the town - Page 34", "https://thecourier.example/a", None),
        ("Wall vote splits the town - Opinion", "https://thecourier.example/a", None),
    ],
)
def test_a_title_ends_with_the_name_that_its_address_speaks_for(
    title: str, url: str, name: str | None
) -> None:
    html = f"<head><title>{title}</title></head><h1>Wall vote splits the town</h1><p>{BODY}</p>"
    assert cleaner.clean(html, kind="html", url=url).site_name == name


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([("newsletter", "Get a letter every morning from The River Post")], "The River Post"),
        ([("newsletter", f"{'We walk along the river and write. ' * 5}Get a letter from Jane Roe")], None),
        ([("related", "Get a letter every morning from The River Post")], None),
        ([("legal", "© 2019–2022 The River Post. All rights reserved.")], "The River Post"),
        ([("newsletter", "© 2022 Jane Roe took this picture of the bridge.")], None),
        (
            [
                ("donation", "Readers of The River Post paid for this story."),
                ("login", "Sign in to The River Post to go on."),
            ],
            "The River Post",
        ),
        ([("donation", "Readers of The River Post paid for this story.")], None),
    ],
)
def test_a_text_names_its_site_where_it_speaks_of_itself(
    rows: list[tuple[str, str]], name: str | None
) -> None:
    assert read_text(("title", HEADLINE), ("body", BODY), *rows).site_name == name


def test_nothing_is_guessed_from_the_body_of_a_text() -> None:
    found = read_text(("body", f"By Jane Roe. On 4 February 2022 The River Post said so. {BODY}"))
    assert (found.title, found.authors, found.published, found.site_name) == (None, (), None, None)


def test_every_field_says_where_it_came_from() -> None:
    found = read(page(json_ld(article(datePublished="2022-02-04", author="Jane Roe", keywords="a1, b2"))))
    for name in ("title", "authors", "published", "language", "url", "tags"):
        assert getattr(found, name)
        assert found.provenance[name]


def test_same_page_same_metadata() -> None:
    html = page(json_ld(article(author="Jane Roe", datePublished="2022-02-04")))
    assert read(html) == read(html)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>",
        "<html>",
        "<h1></h1>",
        "<meta>",
        '<meta name="author" content="">',
        "<time>",
        "<time datetime='x'>",
    ],
)
def test_empty_pages(html: str) -> None:
    found = read(html, url=None)
    assert (found.authors, found.published, found.image) == ((), None, None)


def test_a_menu_at_the_headline_names_nobody() -> None:
    prose = (
        "<p>The council voted on Tuesday to rebuild the old bridge over the river within two years.</p>" * 4
    )
    menu = "<ul>" + "".join(f"<li><a href=x>{entry}</a>" for entry in ("Main Street", "Old Town", "Sue Roe"))
    html = f"<title>Bridge shut</title><h1>Bridge shut</h1><p>4 February 2022</p>{menu}</ul>{prose}"
    assert from_page(parse(html), (), None).authors == ()


def test_a_language_is_not_worth_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def classify(text: str) -> tuple[str, float]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("py3langid.classify", classify)
    assert identify("Most čez reko je od petka zaprt, ker so inženirji našli razpoke.") is None
