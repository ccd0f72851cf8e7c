"""Section, tags, lead picture and standfirst as the page itself tells them, each with a near-miss."""

from __future__ import annotations

from datetime import date

import pytest

import cleaner
from cleaner.metadata import from_page
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.classwords import ClassWords
from cleaner.metadata.filing import TRAIL_PARTS, TRAIL_WORDS, is_section, sections_of
from cleaner.metadata.pictures import stands_in
from cleaner.metadata.standfirsts import about_article
from cleaner.metadata.titles import site_tail
from cleaner.model import LabelledBlock, Metadata, Verdict
from cleaner.segment.html import parse

URL = "https://www.valleyportal.example/local/old-bridge"
HEADLINE = "Old bridge closes after cracks are found"
BODY = (
    "The old bridge over the river was closed on Friday after engineers found cracks in two of its pillars. "
    "The council said that it would be shut for at least six weeks and that buses would take another way."
)
LEAD = "Engineers found cracks in two pillars; buses take another way for six weeks."


def read(above: str = "", below: str = "", head: str = "", after: str = "") -> Metadata:
    """A page with something above its headline, below it, in its head, or after its only paragraph."""
    html = (
        f'<html lang="en"><head>{head}</head><body>{above}<h1>{HEADLINE}</h1>{below}<p>{BODY}</p>{after}'
        "</body></html>"
    )
    page = parse(html)
    labelled = [LabelledBlock(b, Verdict("body" if b.text == BODY else "other", "test")) for b in page.blocks]
    return from_page(page, labelled, URL, today=date(2022, 6, 1))


def json_ld(value: str) -> str:
    return f'<script type="application/ld+json">{value}</script>'


# ------------------------------------------------------------------ section and tags


@pytest.mark.parametrize(
    "trail",
    [
        '<nav class="breadcrumb"><a href="/">Home</a> › <a href="/local">Local</a></nav>',
        '<div class="pfad">Start &gt; Local &gt; Sallow</div>',
        '<ul id="breadcrumbs"><li>You are here:</li><li><a href="/">Home</a></li><li><a>Local</a></li></ul>',
        f'<ol class="c-crumbs"><li>Valley Portal</li><li>Local</li><li>{HEADLINE}</li></ol>',
    ],
)
def test_a_trail_of_links_names_the_section(trail: str) -> None:
    assert read(below=trail).section == "Local"
    found = read(above=trail)
    assert found.section == "Local"
    assert found.provenance["section"] == "visible:breadcrumb"


@pytest.mark.parametrize(
    "trail",
    [
        '<nav class="breadcrumb"><a href="/">Startseite</a></nav>',
        f'<nav class="breadcrumb"><a href="/">Home</a> › {HEADLINE}</nav>',
        '<div class="menu"><a href="/">Home</a> › <a href="/local">Local</a></div>',
    ],
)
def test_a_trail_without_a_section_names_none(trail: str) -> None:
    assert read(above=trail).section is None


def test_a_step_that_is_worded_like_a_headline_is_no_section() -> None:
    long = "What the valley has learned from eleven bridges that closed"
    trail = '<nav class="breadcrumb"><a href="/">Home</a> › {} › Local</nav>'
    assert read(above=trail.format(long)).section == "Local"
    assert read(above=trail.format("Valley life")).section == "Valley life"


def test_the_first_steps_of_a_trail_are_sections() -> None:
    assert sections_of(("Home", "Local", "Rivers", "Bridges"), frozenset()) == ["Local", "Rivers"]


def test_a_step_that_is_worded_like_the_stated_title_is_no_section() -> None:
    trail = '<nav class="breadcrumb"><a href="/">Home</a> › <span>Bridge shut for weeks</span></nav>'
    assert read(above=trail).section == "Bridge shut for weeks"
    assert read(above=trail, head="<title>Bridge shut for weeks</title>").section is None


def test_a_menu_that_is_called_a_trail_names_no_section() -> None:
    entries = [f"<li><a href=/{number}>Village number {number}</a></li>" for number in range(60)]
    trail = '<ul class="breadcrumbs"><li>Home</li>{}</ul>'
    assert read(above=trail.format(entries[1])).section == "Village number 1"
    assert read(above=trail.format("".join(entries))).section is None


def test_categories_and_tags_far_from_the_article_are_others() -> None:
    category = '<a rel="category" href="/local">Local</a>'
    tag = '<a rel="tag" href="/t/bridge">bridge</a>'
    for lines, section, tags in ((20, "Local", ("bridge",)), (400, None, ())):
        menu = "".join(f"<li><a href=/{number}>Village number {number}</a></li>" for number in range(lines))
        found = read(above=f"{category}<ul>{menu}</ul>", after=f"<ul>{menu}</ul>{tag}")
        assert (found.section, found.tags) == (section, tags)


def test_a_trail_in_json_ld_names_the_section() -> None:
    steps = ",".join(
        f'{{"@type":"ListItem","position":{place},"item":{{"@id":"/{place}","name":"{name}"}}}}'
        for place, name in enumerate(("Home", "Economy", HEADLINE))
    )
    trail = f'{{"@type":"BreadcrumbList","itemListElement":[{steps}]}}'
    article = f'{{"@type":"NewsArticle","headline":"{HEADLINE}"}}'
    assert read(head=json_ld(f'{{"@graph":[{article},{trail}]}}')).section == "Economy"


@pytest.mark.parametrize("name", ["Uncategorized", "Без рубрики", "Sin categoría", "Home", "首页", "A", ""])
def test_where_nothing_is_filed_is_no_section(name: str) -> None:
    assert not is_section(name)
    assert read(head=f'<meta property="article:section" content="{name}">').section is None


def test_links_say_that_they_lead_to_a_category_or_tag() -> None:
    category = '<span><a rel="category tag" href="/local">Local</a></span>'
    tags = '<p>Tags: <a href="/t/bridge" rel="tag">bridge</a>, <a rel="tag nofollow">Sallow</a></p>'
    found = read(below=category, after=tags)
    assert found.section == "Local"
    assert found.tags == ("bridge", "Sallow")
    assert read(after='<a rel="tag" href="/">Home</a> <a rel="tag" href="/t">bridge</a>').tags == ("bridge",)


def test_links_tell_what_the_head_leaves_open() -> None:
    tag, category = '<a href="/t" rel="tag">bridge</a>', '<a rel="category" href="/local">Local</a>'
    named = read(head='<meta property="article:section" content="Rivers">', below=category, after=tag)
    assert (named.section, named.tags) == ("Rivers", ("bridge",))
    tagged = read(head='<meta name="news_keywords" content="pier, boats">', below=category, after=tag)
    assert (tagged.section, tagged.tags) == ("Local", ("pier", "boats"))


@pytest.mark.parametrize(
    ("links", "tags"),
    [
        ('<a href="/tag/bridge/">Bridge</a> <a href="/tag/river/">#River</a>', ("Bridge", "River")),
        (
            '<a class="t" href="https://x.example/tags/bruecke">Brücke</a> <a href="/tags/fluss">Fluss</a>',
            ("Brücke", "Fluss"),
        ),
        ('<a href="/tag/bridge/">Bridge</a>', ()),
        ('<a href="/tag/bridge/">Bridge (12)</a> <a href="/tag/river/">River (7)</a>', ()),
        (
            '<a href="/tag/bridge/">Bridge</a> <a href="/tag/agenda/">Agenda 2030</a>',
            ("Bridge", "Agenda 2030"),
        ),
        ('<a href="/tag/pier/">In pictures: the pier</a> <a href="/tag/river/">River</a>', ()),
        ('<a href="/stage/bridge/">Bridge</a> <a href="/stage/river/">River</a>', ()),
    ],
)
def test_several_links_to_tags_below_the_body_are_its_tags(links: str, tags: tuple[str, ...]) -> None:
    assert read(after=f"<div>{links}</div>").tags == tags
    assert read(below=f"<div>{links}</div>").tags == ()


def test_links_to_tags_stand_together_behind_the_body() -> None:
    one, two = (f'<a href="/tag/{name}/">{name}</a> ' for name in ("Bridge", "River"))
    assert read(after=f"<div>{one}{two}</div>").tags == ("Bridge", "River")
    assert read(below=f"<div>{two}</div>", after=f"<div>{one}</div>").tags == ()
    assert read(after=f"<div>{one}<p>{'a village by the river ' * 400}</p>{two}</div>").tags == ()


def test_a_relation_may_stand_behind_another() -> None:
    assert read(after='<p><a href="/t/bridge" rel="nofollow tag">bridge</a></p>').tags == ("bridge",)


def test_tags_of_the_article_come_before_what_a_site_says_on_every_page() -> None:
    keywords = '<meta name="keywords" content="news, offers, weather">'
    assert read(head=keywords, after='<a rel="tag" href="/t">bridge</a>').tags == ("bridge",)
    assert read(head=keywords).tags == ("news", "offers", "weather")


def test_tags_are_parted_by_the_commas_of_their_script() -> None:
    assert read(head='<meta name="news_keywords" content="نخيل، تراث، أسواق">').tags == (
        "نخيل",
        "تراث",
        "أسواق",
    )


# ------------------------------------------------------------------ pictures


@pytest.mark.parametrize(
    "address",
    [
        "https://valley.example/img/logo.png",
        "/assets/logo-share.png",
        "https://valley.example/static/vp_logo_square.jpg",
        "/img/opengraph_default.png",
        "https://s0.valley.example/i/blank.jpg",
        "/share/share-1200.png",
        "/images/og_image.png?v=3",
        "/img/social-wide.jpg",
    ],
)
def test_a_sites_sign_is_not_the_articles_picture(address: str) -> None:
    assert stands_in(address)
    picture = '<img src="/media/bridge.jpg" width="800">'
    assert read(
        f'<img src="{address}">', picture, f'<meta property="og:image" content="{address}">'
    ).image == ("https://www.valleyportal.example/media/bridge.jpg")


@pytest.mark.parametrize(
    "address",
    [
        "https://valley.example/media/bridge-at-dawn_social.jpg",
        "https://valley.example/2280168_default_1tGuSk_X7vgotQq.jpg?w=1200",
        "/2022/06/new-logo-of-the-ferry-line-shown-on-friday.jpg",
        "/photos/shareholders.jpg",
        "/photos/social-housing-in-sallow.jpg",
    ],
)
def test_a_picture_for_sharing_can_be_the_articles(address: str) -> None:
    assert not stands_in(address)


@pytest.mark.parametrize(
    ("markup", "image"),
    [
        ('<img src="bridge.jpg">', "https://www.valleyportal.example/local/bridge.jpg"),
        (
            '<img src="data:image/gif;base64,R0" data-src="/a/b.jpg">',
            "https://www.valleyportal.example/a/b.jpg",
        ),
        ('<img srcset="/a/s.webp 640w, /a/l.webp 1200w">', "https://www.valleyportal.example/a/s.webp"),
        (
            '<img src="/author/jane.jpg" class="avatar"><img src="/a/b.jpg">',
            "https://www.valleyportal.example/a/b.jpg",
        ),
        ('<img src="/counter.gif" width="1" height="1">', None),
        ('<img src="/icons/print.png">', None),
        (f'<img src="/a/b.jpg" width="{"1" * 5000}">', "https://www.valleyportal.example/a/b.jpg"),
        ("", None),
    ],
)
def test_the_picture_at_the_headline_leads_where_none_is_stated(markup: str, image: str | None) -> None:
    assert read(below=markup).image == image


def test_relative_addresses_are_relative_to_what_the_page_says() -> None:
    head = '<base href="https://cdn.example/x/"><meta property="og:image" content="a.jpg">'
    assert read(head=head).image == "https://cdn.example/x/a.jpg"


# ------------------------------------------------------------------ description


def test_the_articles_standfirst_is_believed_before_a_slogan() -> None:
    slogan = '<meta name="description" content="Valley Portal. Free, independent, always there.">'
    assert read(below=f'<p class="article__lead">{LEAD}</p>', head=slogan).description == LEAD


def test_a_description_of_the_article_is_believed_before_what_stands_on_the_page() -> None:
    about = "The bridge was closed after engineers found cracks."
    head = f'<meta name="description" content="{about}">'
    assert read(below=f'<p class="article__lead">{LEAD}</p>', head=head).description == about


def test_what_stands_above_the_headline_is_no_standfirst() -> None:
    assert read(above='<p class="lead">News from both sides of the river since 1911</p>').description is None


def comes_first(description: str, opening: str) -> bool:
    """Whether a description overtakes one that is about anything else."""
    other = Candidate("description", "zzzz", "meta:description")
    candidates = [other, Candidate("description", description, "meta:og:description")]
    return next(about_article(candidates, opening)).value == description


@pytest.mark.parametrize(
    ("description", "shared"),
    [
        ("Cracks in the pillars: the old bridge stays shut.", True),
        ("Valley Portal. Free, independent, always there.", False),
        ("", True),
    ],
)
def test_a_slogan_shares_no_words_with_the_article(description: str, shared: bool) -> None:
    assert comes_first(description, BODY) is shared


def test_words_without_spaces_are_compared_by_pairs() -> None:
    opening = "広場の雪像は昨年の雪で作られていたことがわかった。"
    assert comes_first("雪像の雪は昨年のものだった", opening)
    assert not comes_first("港町のくらしを伝える新聞", opening)


# ------------------------------------------------------------------ other articles on the page


@pytest.mark.parametrize(
    "teasers",
    [
        '<aside><ul><li>Quay closed <span class="by-author">Nora Whitlock</span></li></ul></aside>',
        '<article class="teaser"><h3>Quay closed</h3><p class="t__author">By Nora Whitlock</p></article>',
    ],
)
@pytest.mark.parametrize("place", ["above", "after"])
def test_names_in_teasers_and_margins_are_other_articles(teasers: str, place: str) -> None:
    assert read(**{place: teasers}).authors == ()


def test_the_margin_of_an_article_may_name_its_author() -> None:
    margin = '<aside class="article-author"><span class="author-name">Nora Whitlock</span></aside>'
    assert read(after=margin).authors == ("Nora Whitlock",)


def test_a_date_behind_the_body_stands_behind_all_others() -> None:
    dated = "<div>Sallow, 17 May 2022 at 07:30, three minutes</div>"
    assert (read(below=dated, after='<div class="date">30 May 2022</div>').published or "").startswith(
        "2022-05-17"
    )
    assert read(after='<div class="date">30 May 2022</div>').published == "2022-05-30"


def test_times_of_several_days_behind_the_body_are_other_articles() -> None:
    times = [f'<p><time datetime="2022-05-0{day}">a while ago</time></p>' for day in (1, 2)]
    assert read(after=times[0]).published == "2022-05-01"
    assert read(after="".join(times)).published is None


def test_a_paper_behind_a_name_is_no_author() -> None:
    assert read(below='<div class="author-box">Jane Roe / the paper of the valley</div>').authors == (
        "Jane Roe",
    )


# ------------------------------------------------------------------ the site


@pytest.mark.parametrize("title", [f"{HEADLINE} - Valley Portal", f"Valley Portal | {HEADLINE}"])
def test_a_title_names_the_site_that_the_address_spells(title: str) -> None:
    found = read(head=f"<title>{title}</title>")
    assert found.site_name == "Valley Portal"
    assert found.provenance["site_name"] == "title:site"
    assert found.title == HEADLINE


def test_what_stands_behind_the_sites_name_is_the_headline() -> None:
    html = (
        f"<html><head><title>Valley Portal - {HEADLINE}</title></head><body>"
        f'<h1><a href="/">Valley Portal</a></h1><h2>{HEADLINE}</h2><p>{BODY}</p></body></html>'
    )
    head = '<meta property="og:site_name" content="Valley Portal">'
    assert from_page(parse(html.replace("</head>", f"{head}</head>")), (), URL).title == HEADLINE
    assert from_page(parse(html), (), URL).title == HEADLINE


def test_another_name_in_a_title_is_not_the_sites() -> None:
    assert read(head=f"<title>{HEADLINE} - Local News</title>").site_name is None


@pytest.mark.parametrize(
    ("tail", "label", "told"),
    [
        ("Valley Courier", "valley-courier", True),
        ("The CrimsonNews", "crimson", True),  # the label is part of the name
        ("Sun Times", "sundaypost", False),  # too short a word
        ("River Notes", "ver", False),  # too short a label
        ("News", "n", False),  # a single word has no initials
        ("Valley Courier of Sallow Island and all of its Coast", "valleycourier", False),
        ("Вестник", "dolina", True),
        ("Вестник", "долина", False),  # an address in the same script could spell it
        ("Я", "dolina", False),
    ],
)
def test_the_end_of_a_title_names_the_site(tail: str, label: str, told: bool) -> None:
    titles = [Candidate("title", f"{HEADLINE} - {tail}", "title"), Candidate("title", HEADLINE, "visible:h1")]
    assert site_tail(titles, label) == (tail if told else None)


@pytest.mark.parametrize("title", [HEADLINE, "Teachers learn C# in the old bridge house"])
def test_a_text_in_markdown_has_its_title_without_the_mark(title: str) -> None:
    text = f"\ufeff# {title}\n\nBy Jane Roe\n\n{BODY}\n\n{BODY.replace('bridge', 'viaduct')}"
    assert cleaner.clean(text, kind="text").title == title


# ------------------------------------------------------------------ words of class names


@pytest.mark.parametrize("name", ["author", "post-author", "post_authors", "postAuthor", "AuthorName"])
def test_a_word_of_a_class_name_is_found(name: str) -> None:
    assert ClassWords("date authors?").search(name)


def test_every_word_for_a_trail_has_a_part_that_is_looked_for_first() -> None:
    assert all(any(part in word for part in TRAIL_PARTS) for word in TRAIL_WORDS.split())


@pytest.mark.parametrize("name", ["authority", "coauthors", "coAUTHOR1s", "update", "authorised"])
def test_part_of_another_word_is_not(name: str) -> None:
    assert not ClassWords("date authors?").search(name.lower())
