"""Where on a page, and in its address, titles, names and days are looked for, each with a near-miss."""

from __future__ import annotations

import time
from datetime import date

import pytest

from cleaner.addresses import date_in, same_site, site_label
from cleaner.metadata import from_page
from cleaner.metadata.places import AUTHOR_CUE, AUTHOR_STEMS
from cleaner.metadata.titles import without_site
from cleaner.model import LabelledBlock, Metadata, Verdict
from cleaner.segment.html import parse

TODAY = date(2022, 6, 1)
BODY = (
    "The old bridge over the river was closed on Friday after engineers found cracks in two of its pillars. "
    "The council said that it would be shut for at least six weeks and that buses would take another way."
)
HEADLINE = "Old bridge closes after cracks are found"


def read(head: str = "", body: str = f"<h1>{HEADLINE}</h1><p>{BODY}</p>") -> Metadata:
    html = f'<html lang="en"><head>{head}</head><body>{body}</body></html>'
    return from_page(parse(html), (), None, today=TODAY)


def read_lines(*lines: str, head: str = "") -> Metadata:
    return read(head, f"<h1>{HEADLINE}</h1>{''.join(lines)}<p>{BODY}</p>")


def read_end(*lines: str) -> Metadata:
    """A page whose first paragraph is body, with lines below it that are not."""
    page = parse(f"<h1>{HEADLINE}</h1><p>{BODY}</p>{''.join(lines)}")
    labelled = [LabelledBlock(b, Verdict("body" if b.text == BODY else "other", "test")) for b in page.blocks]
    return from_page(page, labelled, None, today=TODAY)


# ------------------------------------------------------------------ titles


@pytest.mark.parametrize(
    ("stated", "body", "title"),
    [
        # A heading that is one part of the stated title, though not of the first level.
        (f"{HEADLINE} | Local | Valley Portal", f"<h2>{HEADLINE}</h2><p>{BODY}</p>", HEADLINE),
        (f"A Diary » Archive » {HEADLINE}", f"<h3>{HEADLINE}</h3><p>{BODY}</p>", HEADLINE),
        # A page without headings says it in a line.
        (f"Valley Portal - {HEADLINE}", f"<p><b>{HEADLINE}</b></p><p>{BODY}</p>", HEADLINE),
        # A part too short to be a headline is a section's name.
        (f"Local news | {HEADLINE}", f"<h2>Local news</h2><p>{BODY}</p>", f"Local news | {HEADLINE}"),
    ],
)
def test_a_heading_that_repeats_a_part_of_the_title(stated: str, body: str, title: str) -> None:
    assert read(f"<title>{stated}</title>", body).title == title


@pytest.mark.parametrize(
    ("stated", "heading", "title"),
    [
        (HEADLINE, f"River works {HEADLINE}", HEADLINE),
        (HEADLINE, f"{HEADLINE} [Watch]", HEADLINE),
        (HEADLINE, f"{HEADLINE} (video)", HEADLINE),
        (HEADLINE, f"{HEADLINE} in both of its pillars", f"{HEADLINE} in both of its pillars"),
        ("Bridges closed in the valley", "A list of Bridges closed in the valley", None),
        (HEADLINE, f"River works: {HEADLINE}", f"River works: {HEADLINE}"),
    ],
)
def test_kickers_and_asides_in_the_headline(stated: str, heading: str, title: str | None) -> None:
    found = read(f'<meta property="og:title" content="{stated}">', f"<h1>{heading}</h1><p>{BODY}</p>")
    assert found.title == (title or heading)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (f"<span class=kicker>Exclusive</span><span>{HEADLINE}</span>", HEADLINE),
        (f"<small>Bridges:</small> {HEADLINE}", HEADLINE),
        (f"<span>Bridges</span> : <span>{HEADLINE}</span>", HEADLINE),
        (f"{HEADLINE}<sup>1</sup>", HEADLINE),
        (f"<small>Bridges</small> {HEADLINE} <sup>[2]</sup>", HEADLINE),
        (f"Exclusive {HEADLINE}", f"Exclusive {HEADLINE}"),
        (f"{HEADLINE} <em>in pillars</em>", f"{HEADLINE} in pillars"),
        (f"<em>Why the</em> {HEADLINE[:12]}", f"Why the {HEADLINE[:12]}"),
    ],
)
def test_what_stands_in_an_element_of_its_own_beside_a_headline(heading: str, title: str) -> None:
    found = read(f"<title>{HEADLINE} | Valley Courier</title>", f"<h1>{heading}</h1><p>{BODY}</p>")
    assert found.title == title


def test_an_aside_that_the_stated_title_has_too_stays() -> None:
    heading = f"<h1><em>Bridges:</em> {HEADLINE}</h1><p>{BODY}</p>"
    assert read(f"<title>Bridges: {HEADLINE}</title>", heading).title == f"Bridges: {HEADLINE}"


@pytest.mark.parametrize(
    ("stated", "above", "below", "is_site"),
    [
        (f"{HEADLINE} - River Blog", "<h1>River Blog</h1>", f"<h2>{HEADLINE}</h2>", True),
        ("Old bridge - River Blog", "<h1>River Blog</h1>", "<h3>Old bridge</h3>", True),
        (f"River Blog: {HEADLINE}", '<h1><a href="/">River Blog</a></h1>', f"<h2>{HEADLINE}</h2>", True),
        (f"River Blog: {HEADLINE}", "<h1>River Blog</h1>", f"<h3 class='post-title'>{HEADLINE}</h3>", True),
        # A headline and its subtitle, the site's name below the article, a kicker.
        ("Old bridge: River rises", "<h1>Old bridge</h1>", "<h2>River rises</h2>", False),
        (f"River Blog | {HEADLINE}", f"<h1>{HEADLINE}</h1><p>{BODY}</p>", "<h3>River Blog</h3>", False),
        (f"{HEADLINE} - Floods: live", "<h1>Floods: live</h1>", f"<h2>{HEADLINE}</h2>", False),
    ],
)
def test_a_first_level_heading_that_is_the_sites_name(
    stated: str, above: str, below: str, is_site: bool
) -> None:
    found = read(f"<title>{stated}</title>", f"{above}{below}<p>{BODY}</p>")
    assert found.site_name == ("River Blog" if is_site else None)
    if is_site:
        assert found.title == stated.removeprefix("River Blog: ").removesuffix(" - River Blog")
    else:
        assert found.title != "River Blog"


def test_the_date_stands_at_the_headline_below_the_sites_name() -> None:
    site = f'<h1><a href="/">River Blog</a></h1>{"<p>Menu</p>" * 20}'
    post = f"<h2>Old bridge</h2><p>4 February 2022</p><p>{BODY}</p>"
    found = read("<title>River Blog: Old bridge</title>", site + post)
    assert found.provenance["published"] == "visible:dateline"


def test_a_bar_written_as_a_hangul_letter_parts_the_site() -> None:
    assert without_site("다리 폐쇄 소식ㅣ강변신문", {"강변신문"}) == "다리 폐쇄 소식"
    assert without_site("다리 폐쇄 소식ㅣ강변신문", {"다른신문"}) == "다리 폐쇄 소식ㅣ강변신문"


def test_a_title_of_spaces_and_bars_takes_no_time() -> None:
    began = time.process_time()
    for title in (" " * 100_000 + "x", " | " * 30_000, "a - " * 30_000):
        read(f'<title>{title}</title><meta property="og:title" content="{title}">')
    assert time.process_time() - began < 5


def test_labels_of_a_page_do_not_make_its_title() -> None:
    page = parse(f"<h1>{HEADLINE}</h1><p>{BODY}</p><p>Old bridge closes, say all</p>")
    labelled = [
        LabelledBlock(b, Verdict("title" if i == 2 else "body", "test")) for i, b in enumerate(page.blocks)
    ]
    assert from_page(page, labelled, None, today=TODAY).title == HEADLINE


# ------------------------------------------------------------------ authors


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<p>04.02.2022 | 13:10 | Jane Roe</p>", ("Jane Roe",)),
        ("<p>Jane Roe - 4 February 2022</p>", ("Jane Roe",)),
        ("<p>Jane Roe</p><p>4 February 2022</p>", ("Jane Roe",)),
        ("<p>By DANA HOLT</p>", ("Dana Holt",)),
        ("<p>By DANA HOLT BBC</p>", ("DANA HOLT BBC",)),
        ("<p>By JO HOLT</p>", ("JO HOLT",)),
        ("<p>Jane Roe, AFP - 4 February 2022</p>", ("Jane Roe",)),
        ("<p>21 June 2021 | Author: Jane Roe | Views: 881</p>", ("Jane Roe",)),
        ("<p>Edited by Max Doe</p><p>Rivers</p><p>By Jane Roe</p>", ("Jane Roe",)),
        ("<p>By Jane Roe</p><p>By Max Doe</p>", ("Jane Roe", "Max Doe")),
        ("<p>By Jane Roe</p><p>Rivers</p><p>By Max Doe</p>", ("Jane Roe",)),
        (f"<p>By Jane Roe<br>4 February 2022<br>{BODY}</p>", ("Jane Roe",)),
        ("<p>4 February 2022</p><h3>Golden Falcon</h3>", ()),
        ("<p>Golden Falcon</p><p>Rivers and lakes</p>", ()),
        ('<p><a href="/rivers">Rivers</a><br>Jane Roe</p><p>4 February 2022</p>', ("Jane Roe",)),
        ("<header><p>Jane Roe</p><p>4 February 2022</p></header>", ("Jane Roe",)),
        ("<p>Valley News | 4 February 2022</p>", ()),
        ("<p>Jane Roe won the cup | 4 February 2022</p>", ()),
        ('<span class="authorname-text">Jane Roe</span>', ("Jane Roe",)),
        ('<span class="authorship-text">Blue Coat</span>', ()),
        ("<p>By Jane Roe/AFP</p>", ("Jane Roe",)),
        ("<p>ByJane Roe</p>", ("Jane Roe",)),
        ("<p>Byron Roe</p>", ()),
        ("<p>A story by <b>Jane Roe</b> | 04.02.2022 - 12:45</p>", ()),
        ("<p>Ein Artikel von <b>Jane Roe</b> | 04.02.2022 - 12:45</p>", ("Jane Roe",)),
        ("<p>Football Tickets | 4 February 2022</p>", ()),
        ("<p>Rivers, Lakes | 4 February 2022</p>", ()),
        ("<p>Flüsse und Seen | 4 February 2022</p>", ()),
        ("<p>FR IT | 4 February 2022</p>", ()),
        ('<p>filed by <span class="author vcard fn">mo</span></p>', ("mo",)),
        ('<p>filed by <span class="vcard">mo</span></p>', ()),
        ('<span class="author vcard fn">von mo</span>', ("mo",)),
        ('<p>Sent in by <span class="username">mo</span></p>', ("mo",)),
    ],
)
def test_names_at_the_headline(line: str, names: tuple[str, ...]) -> None:
    assert read_lines(line).authors == names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("<p>Jane Roe</p><p>Director-general, Valley Rail</p>", ("Jane Roe",)),
        (
            "<p>Golden Falcon</p>"
            "<p>Northumberland's director-general nevertheless applauded disappointed schoolchildren.</p>",
            (),
        ),
        ("<div><b>Jane Roe</b><i>Reporter</i><span>4 February 2022</span></div>", ("Jane Roe",)),
        (
            "<div><b>Jane Roe</b><i>Director</i><b>Max Doe</b><i>Producer</i><b>Ann Poe</b><i>Host</i></div>",
            (),
        ),
        ("<p>Filed under rivers.</p>" * 3 + "<p>Jane Roe</p><p>4 February 2022</p>", ("Jane Roe",)),
        ("<p>A line of the vote.</p>" * 9 + "<p>Golden Falcon</p><p>4 February 2022</p>", ()),
    ],
)
def test_a_name_without_a_word_before_it_stands_near_the_headline_with_a_role_or_a_day(
    lines: str, names: tuple[str, ...]
) -> None:
    assert read_lines(lines).authors == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('<div class="authors"><span>Jane Roe</span> <span>Max Doe</span></div>', ("Jane Roe", "Max Doe")),
        ('<ul class="authors"><li>Jane Roe</li><li>Max Doe</li></ul>', ("Jane Roe", "Max Doe")),
        ('<div class="author"><div>Jane Roe</div><div>Political Editor</div></div>', ("Jane Roe",)),
        (
            '<div class="author"><div>Jane Roe</div><div>Health and Science Reporter</div></div>',
            ("Jane Roe",),
        ),
        ('<div class="author"><div>Jane Roe</div><div>Business Desk</div></div>', ("Jane Roe",)),
        (
            '<div class="author-card"><b class="author-name">Jane Roe</b>'
            '<i class="author-role">Political Editor</i></div>',
            ("Jane Roe",),
        ),
        (
            '<p class="author"><a>Jane Roe</a>, <a>Max Doe</a> and <a>Ann Poe</a></p>',
            ("Jane Roe", "Max Doe", "Ann Poe"),
        ),
        ("<p>By <b>Jane Roe</b> <i>Political Editor</i></p>", ("Jane Roe",)),
        ("<div>By <a>Jane Roe</a><span>Wine Editor</span></div>", ("Jane Roe",)),
        ("<p>By <a>Jane Roe</a><a>Max Doe</a></p>", ("Jane Roe", "Max Doe")),
        ('<div class="author"><b>Written By</b> <b>Jane Roe</b></div>', ("Jane Roe",)),
        ("<p>On <i>May 4, 2022</i> by <b>Jane Roe</b> in <b>Rivers</b></p>", ("Jane Roe",)),
        ("<p>On <i>May 4, 2022</i> by <b>Mo</b> In <b>Rivers</b></p>", ()),
        ("<p>By <a>Jane Roe</a> in <b>Lowmere</b> and <a>Max Doe</a></p>", ("Jane Roe", "Max Doe")),
        # One name in two elements is one name.
        ('<p class="author"><span>Jane</span> <span>Roe</span></p>', ("Jane Roe",)),
        ("<p>By <span>Jane</span> <span>Van Roe</span></p>", ("Jane Van Roe",)),
        ("<p>By Jane <b>Roe</b></p>", ("Jane Roe",)),
    ],
)
def test_elements_beside_each_other_are_not_one_name(line: str, names: tuple[str, ...]) -> None:
    assert read_lines(line).authors == names


def test_a_nickname_in_an_author_link_beats_a_name_beside_a_date() -> None:
    link = '<a rel="author" href="/author/mo">Mo</a>'
    beside = "<p>Golden Falcon</p><p>4 February 2022</p>"
    assert read_lines(beside, f"<div>{link}</div>").authors == ("Mo",)
    assert read_lines(beside).authors == ("Golden Falcon",)


def test_the_one_author_line_a_page_has_elsewhere() -> None:
    far = f"<h1>{HEADLINE}</h1>" + f"<p>{BODY}</p>" * 4 + "<p>Autor: Jane Roe</p>"
    assert read(body=far).authors == ("Jane Roe",)
    assert read(body=far + "<p>Autor: Max Mustermann</p>").authors == ()
    assert read(body=far.replace("Autor:", "By")).authors == ()


@pytest.mark.parametrize(
    "around",
    [
        '<aside class="sidebar"><ul><li>{}</li></ul></aside>',
        "<nav><ul><li>{}</li></ul></nav>",
        '<div class="related-articles"><h4>Why the mill matters</h4><p>{}</p></div>',
        '<div class="comments"><p>{}</p><p>What a waste.</p></div>',
        "<footer><p>{}</p></footer>",
    ],
)
def test_an_author_line_in_anothers_place_is_anothers(around: str) -> None:
    far = f"<h1>{HEADLINE}</h1>" + f"<p>{BODY}</p>" * 4 + around.format("Opinion by Tessa Roe")
    assert read(body=far).authors == ()
    assert read(body=far + "<p>Autor: Jane Roe</p>").authors == ("Jane Roe",)


@pytest.mark.parametrize("name", ["Reuters", "Valley Newsdesk"])
def test_a_stated_agency_is_believed_before_a_line_that_may_be_anothers(name: str) -> None:
    far = f"<h1>{HEADLINE}</h1>" + f"<p>{BODY}</p>" * 4 + "<p>Autor: Jane Roe</p>"
    head = f'<meta name="author" content="{name}">'
    assert read(head, far).authors == (name,)
    assert read(head.replace(name, "Mo"), far).authors == ("Jane Roe",)
    assert read_lines("<p>Golden Falcon</p><p>4 February 2022</p>", head=head).authors == (name,)
    assert read_lines("<p>By Jane Roe</p>", head=head).authors == ("Jane Roe",)


@pytest.mark.parametrize(
    "comment",
    [
        '<div itemprop="comment" itemscope itemtype="http://schema.org/Comment">{}</div>',
        '<div itemscope itemtype="https://schema.org/UserComments">{}</div>',
        '<section itemprop="review"><p>{}</p></section>',
        '<section itemprop="reviews"><p>{}</p></section>',
        '<div itemprop="comment"><p>{}</p></div>',
        '<div itemprop="comments"><p>{}</p></div>',
        '<div itemprop="suggestedAnswer"><p>{}</p></div>',
        '<div itemscope itemtype="https://schema.org/Comment">{}</div>',
        '<div itemscope itemtype="https://schema.org/Answer">{}</div>',
        '<p itemscope itemtype="//schema.org/Comment"><i itemscope itemtype="/Person">{}</i></p>',
        '<p itemscope itemtype="//schema.org/Comment"><i itemscope itemtype="/Organization">{}</i></p>',
    ],
)
@pytest.mark.parametrize(
    "author",
    [
        '<span itemprop="author">Grumpy73</span>',
        '<i itemprop="author" itemscope itemtype="//schema.org/Person"><b itemprop="name">Grumpy73</b></i>',
    ],
)
def test_microdata_of_readers_are_not_the_articles(comment: str, author: str) -> None:
    told = comment.format(f'{author} <time itemprop="datePublished" datetime="2022-02-12">later</time>')
    own = '<b itemprop="author">Jane Roe</b><time itemprop="datePublished" datetime="2022-02-04">then</time>'
    article = (
        '<article itemscope itemtype="https://schema.org/NewsArticle"><h1>{}</h1>{}<p>{}</p>{}</article>'
    )
    found = read(body=article.format(HEADLINE, own, BODY, told))
    assert (found.authors, found.published) == (("Jane Roe",), "2022-02-04")
    assert read(body=article.format(HEADLINE, "", BODY, told)).authors == ()


def test_microdata_in_anothers_place_are_anothers() -> None:
    author = '<span itemprop="author">Jane Roe</span>'
    assert read_lines(author).authors == ("Jane Roe",)
    assert read_lines(f'<div class="related">{author}</div>').authors == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        # A link to a person counts where nothing else on the page names an author.
        ('<div>Words <a href="/people/jane">Jane Roe</a></div>', ("Jane Roe",)),
        ('<div>Words <a href="/stories/jane">Jane Roe</a></div>', ()),
        ('<div>Words <a href="/autor/mo">mo</a></div>', ("mo",)),
        ('<div>Words <a href="/author/mo">Ann Marie Poe Roe Doe</a></div>', ("Ann Marie Poe Roe Doe",)),
        ('<div>Words <a href="/author/mo">more of mo now</a></div>', ()),
        ('<div>Words <a href="/author/mo">More</a></div>', ()),
        ('<div>Words <a href="/author/mo">Share</a></div>', ()),
        ('<div>Words <span class="author fn">mo</span></div>', ("mo",)),
        ('<div>Words <span class="author">mo</span></div>', ()),
        ("<div>Words <address>Jane Roe</address></div>", ("Jane Roe",)),
        ('<div class="author"><b>Jane Roe</b><i>@janeroe</i></div>', ("Jane Roe",)),
        ('<div class="author"><b>Jane Roe</b><i>4 February 2022</i></div>', ("Jane Roe",)),
        ('<div class="author"><b>Jane Roe</b><i>for</i><i>Valley News</i></div>', ("Jane Roe",)),
        ('<div class="author">Jane Roe, Lowmere</div>', ("Jane Roe",)),
        ('<div class="author">Lowmere, Jane Roe</div>', ()),
    ],
)
def test_what_markup_calls_an_author(line: str, names: tuple[str, ...]) -> None:
    assert read_lines(line).authors == names


@pytest.mark.parametrize("name", ["Jane Roe", "mo"])
def test_authors_stand_together(name: str) -> None:
    author = '<p><a rel="author" href="/author/x">{}</a></p>'
    both = read_lines(f"<div>{author.format(name)}{author.format('Max Doe')}</div>")
    apart = read_lines(
        author.format(name), f"<p>{BODY}</p>", f"<div><div>{author.format('Max Doe')}</div></div>"
    )
    assert both.authors == (name, "Max Doe")
    assert apart.authors == (name,)


def test_what_microdata_state_is_believed_before_what_they_show() -> None:
    assert read_lines(
        '<p itemprop="author" content="Jane Roe"><b itemprop="name">Max Doe</b></p>'
    ).authors == ("Jane Roe",)


def test_a_description_is_longer_than_a_line() -> None:
    long = " ".join([BODY] * 3)
    assert read_lines(f'<div itemprop="description">{long}</div>').description == long


def test_the_head_names_all_whom_json_ld_names_one_of() -> None:
    one = '<script type="application/ld+json">{"@type": "Article", "author": {"name": "Jane Roe"}}</script>'
    both = '<meta name="author" content="Jane Roe, Max Mustermann">'
    assert read(one + both).authors == ("Jane Roe", "Max Mustermann")
    assert read(one + both.replace("Jane Roe", "Ann Doe")).authors == ("Jane Roe",)


def test_the_articles_own_header_may_begin_with_its_author() -> None:
    line = "<p>Jane Roe</p><p>4 February 2022</p>"
    assert read(body=f"<header>{line}<h1>{HEADLINE}</h1></header><p>{BODY}</p>").authors == ("Jane Roe",)
    assert read(body=f"<header>{line}</header><h1>{HEADLINE}</h1><p>{BODY}</p>").authors == ()


def test_a_name_below_the_headline_goes_with_the_date_above_it() -> None:
    name = f"<h1>{HEADLINE}</h1><p>Jane Roe</p><p>{BODY}</p>"
    assert read(body=f"<p>04.02.2022 17:31</p>{name}").authors == ("Jane Roe",)
    assert read(body=f"<p>Valley</p>{name}").authors == ()


@pytest.mark.parametrize(
    "above",
    [
        '<header><a href="/">Valley Courier</a></header>',
        '<div class="kicker">Climate Crisis</div>',
        '<div class="logo">Daily Planet</div>',
        '<a href="/login">Sign In</a>',
        "<p>Jane Roe</p>",
    ],
)
def test_a_name_above_the_headline_does_not_go_with_the_date_below_it(above: str) -> None:
    below = f"<h1>{HEADLINE}</h1><p>04.02.2022 17:31</p><p>{BODY}</p>"
    assert read(body=above + below).authors == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<p>Daily Planet</p>", ("Daily Planet",)),
        ("<header><p>Daily Planet</p></header>", ()),
        ('<div class="breadcrumb"><p>Daily Planet</p></div>', ()),
    ],
)
def test_a_name_beside_a_date_stands_in_no_header_or_trail(line: str, names: tuple[str, ...]) -> None:
    found = read(body=f"{line}<p>04.02.2022 17:31</p><h1>{HEADLINE}</h1><p>{BODY}</p>")
    assert found.authors == names


def test_the_name_of_the_site_beside_a_date_is_nobodys() -> None:
    site = '<meta property="og:site_name" content="Valley Courier">'
    line = "<p>Valley Courier</p><p>04.02.2022 17:31</p>"
    assert read_lines(line).authors == ("Valley Courier",)
    assert read_lines(line, head=site).authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "New York",
        "Hong Kong",
        "Real Estate",
        "Formula One",
        "Champions League",
        "Live Updates",
        "Photo Gallery",
        "Political Editor",
        '<a href="/harbour-watch">Harbour Watch</a>',
    ],
)
def test_a_place_a_section_or_a_role_beside_a_date_is_no_name(line: str) -> None:
    assert read_lines(f"<div>{line}</div><div>9 April 2022 8:30</div>").authors == ()
    assert read_lines(f"<div>{line} | 9 April 2022</div>").authors == ()


def test_a_linked_name_beside_a_date_leads_to_a_person() -> None:
    line = '<div><a href="/{}/jane-roe">Jane Roe</a></div><div>9 April 2022 8:30</div>'
    assert read_lines(line.format("profile")).authors == ("Jane Roe",)
    assert read_lines(line.format("stories")).authors == ()


def test_a_name_beside_a_date_is_not_the_sections() -> None:
    line = "<div>Harbour Watch</div><div>9 April 2022 8:30</div>"
    section = '<meta property="article:section" content="{}">'
    assert read_lines(line, head=section.format("Harbour watch")).authors == ()
    assert read_lines(line, head=section.format("Local")).authors == ("Harbour Watch",)


def test_a_name_beside_a_date_is_not_the_place_the_article_tells_of() -> None:
    name = "<div>{}</div><div>9 April 2022 8:30</div>"
    told = f"<p>The mayor of Marrow Bay said so. {BODY}</p>"
    assert read_lines(name.format("Marrow Bay"), told).authors == ()
    assert read_lines(name.format("Jane Roe"), told).authors == ("Jane Roe",)


def test_a_role_between_a_name_and_a_date() -> None:
    lines = "<div>Jane Roe</div><div>Political Editor</div><div>9 April 2022</div>"
    assert read_lines(lines).authors == ("Jane Roe",)


def test_dates_in_a_quotation_are_not_the_articles() -> None:
    post = "<p>What a day for the valley! Jane Roe (@janeroe) <a>February 2, 2022</a></p>"
    assert read_lines(post).published == "2022-02-02"
    assert read_lines(f'<blockquote class="social-post">{post}</blockquote>').published is None
    time = '<blockquote><time datetime="2022-02-02">Wednesday</time></blockquote>'
    assert read_lines(time).published is None


def test_an_element_around_a_name_and_more_gives_the_name() -> None:
    line = '<div class="author"><a class="author-name">Jane Roe</a> <span>Valley Staff</span></div>'
    assert read_lines(line).authors == ("Jane Roe",)


def test_a_social_card_row_named_by_its_label() -> None:
    assert read('<meta name="twitter:misc:Written by" content="Jane Roe">').authors == ("Jane Roe",)
    assert read('<meta name="twitter:misc:Reading time" content="Jane Roe">').authors == ()


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("<p>Jane Roe</p>",), ("Jane Roe",)),
        (("<p>Text: Jane Roe</p>",), ("Jane Roe",)),
        (("<p>Share this</p>", "<p>Jane Roe</p>"), ("Jane Roe",)),
        (("<p>Jane Roe</p>", "<p>Max Doe</p>"), ("Jane Roe",)),
        (('<p><a href="/stories">Golden Falcon</a></p>',), ()),
        (("<h3>Golden Falcon</h3>",), ()),
        (('<div class="comments"><p>Jane Roe</p><p>What a waste.</p></div>',), ()),
        (("<section><p>Latest Headlines</p></section>",), ()),
        (("<p>【例田一郎】</p>",), ()),
        (("<p>Share this</p>", "<p>Print it</p>", "<p>Jane Roe</p>"), ()),
    ],
)
def test_signature_below_the_body(lines: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert read_end(*lines).authors == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("【例田一郎】", ("例田一郎",)),
        ("（例田一郎、例田花子）", ("例田一郎", "例田花子")),
        ("（例田はるか）", ("例田はるか",)),
        ("【関連写真】", ()),
        ("（終わり）", ()),
        ("（例田市の橋は閉鎖された）", ()),
        ("例田一郎", ()),
    ],
)
def test_japanese_signature_in_brackets(line: str, names: tuple[str, ...]) -> None:
    prose = "古い橋は金曜日に閉鎖された。技術者が二本の柱に亀裂を見つけたためである。" * 5
    page = parse(f"<h1>{HEADLINE}</h1><p>{prose}</p><p>{line}</p>")
    labelled = [
        LabelledBlock(b, Verdict("body" if b.text == prose else "other", "test")) for b in page.blocks
    ]
    assert from_page(page, labelled, None, today=TODAY).authors == names


def test_a_long_line_of_signs_in_brackets_is_read_in_time() -> None:
    """Such a line parts into names in exponentially many ways, and none of them ends in a bracket."""
    prose = "古い橋は金曜日に閉鎖された。技術者が二本の柱に亀裂を見つけたためである。" * 5
    begun = time.process_time()
    page = parse(f"<h1>{HEADLINE}</h1><p>{prose}</p><p>（{'山' * 60}</p>")
    labelled = [
        LabelledBlock(b, Verdict("body" if b.text == prose else "other", "test")) for b in page.blocks
    ]
    assert from_page(page, labelled, None, today=TODAY).authors == ()
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("agency", ["Reuters", "EFE", "dpa"])
def test_an_agency_alone_in_an_authors_element(agency: str) -> None:
    assert read_lines(f'<p class="author">{agency}</p>').authors == (agency,)
    assert read_lines(f'<p class="author">Jane Roe, {agency}</p>').authors == ("Jane Roe",)


def test_placeholders_are_nobody() -> None:
    assert read('<meta name="author" content="No Author">').authors == ()


# ------------------------------------------------------------------ dates


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2022/02/04/bridge", "2022-02-04"),
        ("https://a.example/2022/february/4/bridge", "2022-02-04"),
        ("https://a.example/2022/bridges/4/", None),
        ("https://a.example/news/29-10-2021", "2021-10-29"),
        ("https://a.example/news/04-02-2022", None),  # day or month first: nothing tells
        ("https://a.example/article/A2022020414320005196", "2022-02-04"),
        ("https://a.example/article/2022139914320005196", None),
        ("https://archive.example/web/20220204143200/http://a.example/bridge", None),
        ("https://a.example/2022/02/31/bridge", None),
    ],
)
def test_day_in_an_address(url: str, day: str | None) -> None:
    assert date_in(url) == day


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("rivernews.example", "rivernews"),
        ("www.local.rivernews.example", "rivernews"),
        ("www.rivernews.co.uk", "rivernews"),
        ("rivernews.com.au", "rivernews"),
        ("trust.rivernews.org.nz", "rivernews"),
        ("rivernews.net.br", "rivernews"),
        ("www.rivernews.gov.in", "rivernews"),
        ("rivernews.edu.pl", "rivernews"),
        ("rivernews.ac.at", "rivernews"),
        ("rivernews.or.jp", "rivernews"),
        ("rivernews.ne.jp", "rivernews"),
        ("rivernews.go.kr", "rivernews"),
        ("rivernews.gob.mx", "rivernews"),
        ("rivernews.nom.br", "rivernews"),
        ("rivernews.gen.tr", "rivernews"),
        ("rivernews.info.pl", "rivernews"),
    ],
)
def test_name_registered_for_an_address(host: str, name: str) -> None:
    assert site_label(f"https://{host}/2022/02/04/bridge") == name
    assert same_site(f"https://{host}/a", f"https://m.{host}/b")
    assert not same_site(f"https://{host}/a", f"https://{host.replace(name, 'valleynews')}/a")


@pytest.mark.parametrize("ending", ["example", "com.au", "or.jp"])
def test_a_shared_address_of_another_site_is_not_the_articles(ending: str) -> None:
    html = f'<head><meta property="og:url" content="https://www.valleynews.{ending}/b"></head><h1>{HEADLINE}</h1>'
    for site, url in (("rivernews", "https://rivernews.{}/a"), ("valleynews", "https://www.valleynews.{}/b")):
        given = f"https://{site}.{ending}/a"
        assert from_page(parse(html), (), given, today=TODAY).url == url.format(ending)


@pytest.mark.parametrize(
    ("stamp", "published"),
    [
        ("2022-02-03T23:00:00Z", "2022-02-04T00:00:00+01:00"),
        ("2022-02-03T22:00:00Z", "2022-02-04T00:00:00+02:00"),
        ("2022-02-03T23:10:00Z", "2022-02-04"),
        ("2022-02-03T12:00:00Z", "2022-02-03T12:00:00+00:00"),
    ],
)
def test_midnight_written_in_utc_is_the_day_that_readers_see(stamp: str, published: str) -> None:
    head = f'<meta property="article:published_time" content="{stamp}">'
    assert read_lines("<p>4 February 2022</p>", head=head).published == published


def test_a_late_line_that_opens_like_a_byline_tells_the_date() -> None:
    filler = f"<p>{BODY}</p>" * 4
    assert (
        read(body=f"<h1>{HEADLINE}</h1>{filler}<p>Posted by mo on 4 February 2022</p>").published
        == "2022-02-04"
    )
    assert read(body=f"<h1>{HEADLINE}</h1>{filler}<p>Opened again on 4 February 2022</p>").published is None


def test_head_elements_that_stand_in_the_body() -> None:
    astray = '<meta property="og:site_name" content="Valley Portal"><link rel="canonical" href="https://a.example/b">'
    found = read(body=f"<h1>{HEADLINE}</h1>{astray}<p>{BODY}</p>")
    assert (found.site_name, found.url) == ("Valley Portal", "https://a.example/b")


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("Super User", "Jane Roe"),
        ("Heaton Echo", "Jane Roe"),
        ("Echo Publishing Ltd", "Jane Roe"),
        ("Max Doe", "Max Doe"),
    ],
)
def test_a_stated_author_that_is_nobody_or_the_site(stated: str, author: str) -> None:
    head = f'<meta property="og:site_name" content="The Heaton Echo"><meta name="author" content="{stated}">'
    assert read_lines("<p>By Jane Roe</p>", head=head).authors == (author,)


@pytest.mark.parametrize(
    ("stated", "authors"),
    [("Jane Roe, Z4 Valley", ("Jane Roe",)), ("valley24, Jane Roe", ("valley24", "Jane Roe"))],
)
def test_stations_behind_a_person(stated: str, authors: tuple[str, ...]) -> None:
    assert read(f'<meta name="author" content="{stated}">').authors == authors


DATE = "<p>4 February 2022</p>"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("<div><span>Jane Roe</span> <span>Max Doe</span></div>", ("Jane Roe", "Max Doe")),
        ("<div><span>Jane Roe</span><span>Max Doe</span></div>", ("Jane Roe", "Max Doe")),
        ("<div><span>Jane</span> <span>Roe</span></div>", ("Jane Roe",)),
        ("<p>Jane Roe</p><p>Max Doe</p>", ("Jane Roe", "Max Doe")),
        ("<p>Jane Roe</p><p>Reporter</p><p>Max Doe</p><p>Reporter</p>", ("Jane Roe", "Max Doe")),
        ("<p>Jane Roe</p><p>Reporter</p><p>Max Doe</p><p>Photographer</p>", ("Jane Roe",)),
        ("<p>Max Doe</p><p>Photographer</p>", ("Max Doe",)),
        ("<p>Jane Roe</p><p>The bridge</p><p>Max Doe</p>", ("Max Doe",)),
        ("<p>Jane Roe and Max Doe</p>", ("Jane Roe", "Max Doe")),
        ("<p>Jane Roe and Gaza</p>", ()),
        ("<p>Åsa Roe/TT</p>", ("Åsa Roe",)),
        ("<p>Jane Roe (PAP)</p>", ("Jane Roe",)),
        ("<p>Jane Roe, Reuters</p>", ("Jane Roe",)),
        ("<p>Jane Roe, Lowmere</p>", ()),
        ("<p>Jane Roe (text) och Max Doe (foto)</p>", ("Jane Roe",)),
        ("<p>Jane Roe</p><p>@janeroe</p>", ("Jane Roe",)),
        ("<p>Jane Roe</p><p>jane@news.example</p>", ("Jane Roe",)),
        ("<p>Anne d’Roe and Jan van Doe</p>", ("Anne d’Roe", "Jan van Doe")),
        ("<p>Dr. Roe</p>", ()),
        ("<p>Welcome Guest</p>", ()),
        ("<figure><img src=a.jpg><figcaption>Max Doe</figcaption></figure>", ()),
        ('<div class="location">Lower Heaton</div>', ()),
        ('<div class="post-category">Heaton Rovers</div>', ()),
        ('<div class="name">Heaton Rovers</div>', ("Heaton Rovers",)),
        ("<p>Karlovy Vary</p>", ()),
    ],
)
def test_names_that_stand_alone_above_a_date(lines: str, names: tuple[str, ...]) -> None:
    assert read_lines(lines, DATE).authors == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<div><span>4 February 2022, 16:18</span> <span>Jane Roe</span></div>", ("Jane Roe",)),
        ("<div><span>4 February 2022, 16:18</span> <a href=/heaton>Lower Heaton</a></div>", ()),
        ("<div><span>4 February 2022</span> <span>Jane Roe</span> <span>Jazz</span></div>", ()),
    ],
)
def test_a_name_behind_a_date_in_an_element_of_its_own(line: str, names: tuple[str, ...]) -> None:
    assert read_lines(line).authors == names


def test_a_name_above_a_date_that_is_filed_under_or_chosen_in_a_menu() -> None:
    line = "<p>Heaton Rovers</p>"
    menu = "<ul><li><a href=/a>Home</a></li><li><a href=/b>Heaton Rovers</a></li><li><a href=c>Golf</a></ul>"
    assert read_lines(line, DATE).authors == ("Heaton Rovers",)
    assert read_lines(line, DATE, head='<meta name="keywords" content="bridge, Heaton Rovers">').authors == ()
    assert read(body=f"{menu}<h1>{HEADLINE}</h1>{line}{DATE}<p>{BODY}</p>").authors == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("例田健太", ("例田健太",)),
        ("홍예시", ("홍예시",)),
        ("李例文、王样本", ("李例文", "王样本")),
        ("سمر مثال", ("سمر مثال",)),
        ("関連記事", ()),
        ("2022年", ()),
        ("اقرأ المزيد", ()),
        ("about the author", ()),
    ],
)
def test_names_in_scripts_without_capitals_in_elements_of_authors(text: str, names: tuple[str, ...]) -> None:
    assert read_lines(f'<div class="author">{text}</div>').authors == names
    assert read_lines(f'<div class="place">{text}</div>').authors == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('<div><span class="yazar-adi">Ayşe Örnek</span> köprüyü gördü</div>', ("Ayşe Örnek",)),
        ('<div><span class="post-writer">Jane Roe</span> went to see it</div>', ("Jane Roe",)),
        ('<div><span class="typewriter">Jane Roe</span> went to see it</div>', ()),
        ('<div><a href="/yazarlar/ayse">Ayşe Örnek</a> köprüyü gördü</div>', ("Ayşe Örnek",)),
        ('<div><a href="/firmen/ayse">Ayşe Örnek</a> köprüyü gördü</div>', ()),
        (
            '<ul><li class="author"><a>Jane Roe</a></li>'
            '<li class="author"><a>Max Doe</a> <b>Fotograf</b></li></ul><p>x</p>',
            ("Jane Roe",),
        ),
        ('<ul><li class="author"><a>Max Doe</a> <b>Fotograf</b></li></ul><p>x</p>', ("Max Doe",)),
    ],
)
def test_more_class_names_and_addresses_of_authors(line: str, names: tuple[str, ...]) -> None:
    assert read_lines(line).authors == names


def test_every_class_name_of_authors_is_searched_for() -> None:
    words = "author autori autorka auteur byline writers reporter yazar syntaktis signature".split()
    assert all(AUTHOR_CUE.search(word) and any(s in word.encode() for s in AUTHOR_STEMS) for word in words)
    assert len(AUTHOR_STEMS) < 32


def sign(*lines: str, prose: str) -> tuple[str, ...]:
    """Authors of a page with a paragraph of body, and lines below it that are not."""
    page = parse(f"<h1>{HEADLINE}</h1><p>{prose}</p>{''.join(f'<p>{line}</p>' for line in lines)}")
    labelled = [
        LabelledBlock(b, Verdict("body" if b.text == prose else "other", "test")) for b in page.blocks
    ]
    return from_page(page, labelled, None, today=TODAY).authors


JAPANESE = (
    "古い橋は金曜日に閉鎖された。技師が二本の柱にひびを見つけたためで、少なくとも六週間は通れない見込みだ。"
)
CHINESE = "老桥周五关闭，工程师在两根桥墩上发现裂缝，市政府表示至少六周内不能通行，公交车将绕道行驶。"


@pytest.mark.parametrize(
    ("line", "prose", "names"),
    [
        ("（例田一郎）", JAPANESE, ("例田一郎",)),
        ("（例田一郎）", JAPANESE[:20], ()),
        ("（下戸田町）", JAPANESE, ()),
        ("作者：李例文", CHINESE, ("李例文",)),
        ("（记者李例文）", CHINESE, ("李例文",)),
        ("— Jane Roe", BODY, ("Jane Roe",)),
        ("(Jane Roe)", BODY, ("Jane Roe",)),
        ("(by the river)", BODY, ()),
        ("— the end", BODY, ()),
    ],
)
def test_signatures_below_the_body(line: str, prose: str, names: tuple[str, ...]) -> None:
    assert sign(line, prose=prose) == names


def test_a_signature_behind_the_last_sentence() -> None:
    assert sign(prose=f"{JAPANESE}【例田一郎】") == ("例田一郎",)
    assert sign(prose=f"{JAPANESE}【写真は九日】") == ()
    assert sign(prose=f"{JAPANESE[:-1]}【例田一郎】") == ()


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("老桥周五关闭六周_江边网", "江边网"),
        ("老桥周五关闭六周--江边网", "江边网"),
        ("老桥周五关闭六周-时政-江边网", "江边网"),
        ("老桥周五关闭_六周_later", None),
        ("老桥周五_江边网", None),
    ],
)
def test_a_sites_name_behind_a_sign_without_spaces(title: str, site: str | None) -> None:
    html = f"<title>{title}</title><h1>老桥周五关闭六周</h1><p>{CHINESE}</p>"
    found = from_page(parse(html), (), "https://www.jiangbian.example/p/1", today=TODAY)
    assert (found.title, found.site_name) == ("老桥周五关闭六周", site)


@pytest.mark.parametrize(
    ("first", "names"), [("作者：李例文", ("李例文",)), ("编辑：李例文", ()), ("来源：李例文", ())]
)
def test_a_byline_that_runs_into_what_stands_beside_it(first: str, names: tuple[str, ...]) -> None:
    line = f"<div><span>{first}</span><span>发布时间：2022年2月4日</span><span>阅读：3021</span></div>"
    assert read_lines(line).authors == names
