"""Which of a page's dates is its publication: what is believed when head, page and address disagree."""

from __future__ import annotations

from datetime import date

import pytest

from cleaner.addresses import absolute, is_front_page, site_label
from cleaner.metadata import from_page
from cleaner.metadata.language import choose_language
from cleaner.model import Metadata
from cleaner.segment.html import parse

TODAY = date(2022, 6, 1)
BODY = (
    "The old bridge over the river was closed on Friday after engineers found cracks in two of its pillars. "
    "The council said that it would be shut for at least six weeks and that buses would take another way."
)
HEADLINE = "Old bridge closes after cracks are found"
BENGALI = "সেতুটি গত শুক্রবার থেকে বন্ধ রয়েছে কারণ প্রকৌশলীরা দুটি স্তম্ভে ফাটল খুঁজে পেয়েছেন এবং পরিষদ জানিয়েছে মেরামত চলবে।"
INDONESIAN = (
    "Jembatan tua itu ditutup pada hari Jumat karena para insinyur menemukan retakan di dua tiangnya dan "
    "warga tidak akan bisa menyeberang untuk enam minggu."
)


def read(body: str = "", head: str = "", above: str = "", url: str | None = None) -> Metadata:
    html = f"<head>{head}</head><body>{above}<h1>{HEADLINE}</h1>{body}<p>{BODY}</p></body>"
    return from_page(parse(f'<html lang="en">{html}</html>'), (), url, today=TODAY)


def stated(published: str, modified: str = "") -> str:
    data = f'"datePublished": "{published}"' + (f', "dateModified": "{modified}"' if modified else "")
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {data}}}</script>'


def test_dates_of_hatom() -> None:
    day, time = "<h2>Friday, February 4, 2022</h2>", "2022-02-04T08:15:00+02:00"
    abbr = f'<abbr class="published" title="{time}">8:15 AM</abbr>'
    updated = f'<abbr class="updated" title="{time}">now</abbr>'
    found = read(f"{day}<p>at {abbr} {updated}</p>")
    assert (found.published, found.modified) == (time, time)
    assert read(f'{day}<abbr class="published" title="on time">x</abbr>').published == "2022-02-04"
    assert read(f"{day}{abbr}{abbr.replace('04T', '03T')}").published == "2022-02-04"


@pytest.mark.parametrize(
    ("published", "iso"),
    [
        ("2022-02-04T24:00:00Z", "2022-02-05T00:00:00+00:00"),
        ("2022-02-04T24:00", "2022-02-05T00:00:00"),
        ("2022-02-04T24:30:00Z", "2022-02-04"),
        ("2022-02-04T12:61:00Z", "2022-02-04"),
        ("2022-02-30T12:00:00Z", None),
        ("9999-12-31T24:00:00Z", None),
    ],
)
def test_times_beyond_the_day(published: str, iso: str | None) -> None:
    assert read(head=stated(published)).published == iso


META = '<meta name="date" content="March 4, 2022">'
SHOWN = '<span class="posted-on">Mar 4, 2022 3:30 am PST</span>'


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (stated("2021-07-04") + META, SHOWN, "2022-03-04T03:30:00-08:00"),
        (stated("2021-07-04") + META, "", "2021-07-04"),
        (stated("2021-07-04"), SHOWN, "2021-07-04"),
        (stated("2021-07-04", "2022-03-04") + META, "<p>4 March 2022</p>", "2021-07-04"),
        (stated("2021-07-04") + META + '<meta name="pubdate" content="2021-07-04">', SHOWN, "2021-07-04"),
    ],
    ids=["both", "head alone", "page alone", "both tell the change", "another source agrees"],
)
def test_json_ld_alone_against_head_and_page(head: str, body: str, published: str) -> None:
    assert read(body, head).published == published


@pytest.mark.parametrize(
    ("stamp", "body", "published"),
    [
        ("2022-02-05T02:41:00Z", "<p>4 February 2022</p>", "2022-02-04"),
        ("2022-02-05T14:41:00Z", "<p>4 February 2022</p>", "2022-02-05T14:41:00+00:00"),
        ("2022-02-05T02:41:00Z", "<p>3 February 2022</p>", "2022-02-05T02:41:00+00:00"),
        ("2022-02-05T02:41:00+01:00", "<p>4 February 2022</p>", "2022-02-05T02:41:00+01:00"),
        ("2022-02-05T02:41:00Z", "", "2022-02-05T02:41:00+00:00"),
    ],
)
def test_an_evening_in_utc_is_dated_as_its_readers_date_it(stamp: str, body: str, published: str) -> None:
    found = read(body, stated(stamp))
    assert found.published == published
    if published == "2022-02-04":
        assert found.provenance["published.other"] == "json-ld:datePublished 2022-02-05T02:41:00+00:00"


def test_the_offset_of_the_change_makes_the_day_that_is_shown() -> None:
    change = '<meta property="article:modified_time" content="2022-02-06T09:00:00-05:00">'
    found = read("<p>4 February 2022</p>", stated("2022-02-05T02:41:00Z") + change)
    assert found.published == "2022-02-04T21:41:00-05:00"
    found = read("<p>5 February 2022</p>", stated("2022-02-05T02:41:00Z") + change)
    assert found.published == "2022-02-05T02:41:00+00:00"


def test_an_address_and_a_time_that_differ_by_time_zones() -> None:
    url = "https://news.example/2022/02/05/bridge"
    assert read('<time datetime="2022-02-04T23:30:00-05:00">x</time>', url=url).published == (
        "2022-02-04T23:30:00-05:00"
    )
    assert read("<p>4 February 2022</p>", url=url).published == "2022-02-05"
    assert read('<time datetime="2022-02-02T23:30:00-05:00">x</time>', url=url).published == "2022-02-05"


def test_an_address_that_names_an_earlier_day() -> None:
    url = "https://news.example/2021/7/12/bridge"
    assert read(head=stated("2022-02-04"), url=url).published == "2021-07-12"
    assert read(head=stated("2021-07-20"), url=url).published == "2021-07-20"


@pytest.mark.parametrize(
    ("body", "above", "published"),
    [
        ("<p>4 February 2022</p>", "<header><p>Wednesday, 1 June 2022</p></header>", "2022-02-04"),
        ("", "<p>4 February 2022</p>", "2022-02-04"),
        ("<p>4 February 2022</p>", "<p>1 May 2022</p><p>Tip</p><p>Tip</p><p>Tip</p>", "2022-02-04"),
        ('<p>4 February 2022</p><div class="related"><p>1 May 2021</p></div>', "", "2022-02-04"),
        ('<div class="related"><p>1 May 2021</p></div><p>4 February 2022</p>', "", "2022-02-04"),
        ('<div class="teaser-meta"><p>4 February 2022</p></div>', "", "2022-02-04"),
        ("<div><span>Jane Roe</span><span>Feb 04, 2022</span><span>2 Shares</span></div>", "", "2022-02-04"),
        ("<div><span>Jane Roe</span><span>Feb 04, 20223</span><span>2 Shares</span></div>", "", None),
        ('<abbr itemprop="datePublished" title="2022-02-04T10:00">noon</abbr>', "", "2022-02-04T10:00:00"),
        ('<abbr itemprop="author" title="2022-02-04T10:00">noon</abbr>', "", None),
    ],
)  # fmt: skip
def test_where_a_date_is_shown(body: str, above: str, published: str | None) -> None:
    assert read(body, above=above).published == published


def test_a_date_elsewhere_tells_day_and_month_apart() -> None:
    head = '<meta name="date" content="11/01/2022 12:43:42">'
    later = f"<p>{BODY}</p>" * 4 + "<p>Created on: 01.11.2021</p>"
    assert read(head=head.replace("2022", "2021"), body=later).published == "2021-11-01T12:43:42"


def test_addresses_are_taken_apart() -> None:
    assert site_label("https://web.archive.org/web/20200101000000/http://www.valley.example/x") == "valley"
    assert site_label("https://web.archive.org/about") == "archive"
    assert site_label("https://news.valley.co.uk:8080/x") == "valley"
    assert absolute("https://valley.example/a?b=1#c", None) == "https://valley.example/a?b=1"
    assert absolute("https://valley/a", None) is None
    assert is_front_page("https://valley.example/index.html#top")
    assert not is_front_page("https://valley.example/?p=5")


def test_languages_told_by_script_or_commonest_words() -> None:
    assert choose_language([], BENGALI) == ("bn", "body:identified")
    assert choose_language([], INDONESIAN) == ("id", "body:identified")


CARD = '<div class="card"><a href="/{n}">Another story</a><time datetime="2022-05-0{n}">{n} May</time></div>'
SHOWN = '<span class="date" data-date-time="2022-02-04 06:01:09">2022-02-04 06:01 in Traffic</span>'


@pytest.mark.parametrize(
    "cards",
    [
        "".join(CARD.format(n=n) for n in range(1, 5)),
        '<a href="/1">Another story <time datetime="2022-05-01">1 May</time></a>',
    ],
)
def test_times_of_other_articles_give_way_to_the_date_at_the_headline(cards: str) -> None:
    found = read(f"{SHOWN}<p>{BODY}</p>{cards}")
    assert (found.published or "")[:10] == "2022-02-04"


def test_a_linked_time_is_the_articles_own_where_it_leads_to_the_article() -> None:
    linked = '<a href="/here" rel="bookmark"><time datetime="2022-02-04T06:01:09">a while ago</time></a>'
    found = read(linked)
    assert (found.published, found.provenance["published"]) == ("2022-02-04T06:01:09", "visible:time")


WORDED = '<div class="card"><a href="/1">Story</a><time datetime="Sun, 01 {month} 2022">then</time></div>'
CARDS = "".join(CARD.format(n=n) for n in range(1, 4))


@pytest.mark.parametrize(
    ("shown", "cards", "published"),
    [
        ("<p>Jane Roe in Paris, 4 February 2022</p>", CARDS, "2022-02-04"),
        ("<p>Jane Roe · <time>4 February 2022</time></p>", CARDS, "2022-02-04"),
        ("<p>Published: 4 February 2022 Words by Jane Roe</p>", CARDS, "2022-02-04"),
        ("", CARDS, None),
        ("", CARD.format(n=1), "2022-05-01"),
        ("", "".join(CARD.format(n=f"1T0{hour}:15") for hour in range(3)), "2022-05-01T00:15:00"),
        ("", "".join(WORDED.format(month=month) for month in ("May", "March", "May")), None),
        ("", CARD.format(n=1).replace("<time", '<time itemprop="datePublished"') + CARDS, "2022-05-01"),
    ],
    ids=[
        "beside words",
        "in a time element",
        "called so",
        "no other",
        "one card alone",
        "one day alone",
        "in words",
        "marked",
    ],
)
def test_cards_of_several_days_are_other_articles(shown: str, cards: str, published: str | None) -> None:
    assert read(f"{shown}<p>{BODY}</p>{cards}").published == published


TIME = '<time datetime="2022-02-0{}">a while ago</time>'


@pytest.mark.parametrize(
    "times",
    [
        f"<div>{''.join(TIME.format(day) for day in (4, 5, 6))}</div>",
        "".join(
            f'<div class="{name}"><b>{TIME.format(day)}</b></div>'
            for day, name in ((4, "a"), (5, "b"), (6, "c"))
        ),
    ],
    ids=["in one element", "in elements of other kinds"],
)
def test_times_that_do_not_stand_alike_are_no_cards(times: str) -> None:
    assert read(times).published == "2022-02-04"


@pytest.mark.parametrize(
    ("element", "published", "modified"),
    [
        ('<time itemprop="datePublished" class="updated" datetime="2022-02-04">x</time>', "2022-02-04", None),
        ('<time class="published updated" datetime="2022-02-04">x</time>', "2022-02-04", None),
        (
            f'<time class="modified" datetime="2022-02-05">x</time>{TIME.format(4)}',
            "2022-02-04",
            "2022-02-05",
        ),
        (f'<time itemprop="dateModified">5 February 2022</time>{TIME.format(4)}', "2022-02-04", "2022-02-05"),
        ('<span itemprop="datePublished" datetime="2022-02-04">then</span>', "2022-02-04", None),
    ],
)
def test_what_an_element_says_of_its_time(element: str, published: str, modified: str | None) -> None:
    found = read(element)
    assert (found.published, found.modified) == (published, modified)


MORNING = "2022-02-04T07:40:00+01:00"
PICTURE = "<figure><img src='/a.jpg'>{}</figure>"


@pytest.mark.parametrize(
    ("body", "published"),
    [
        (PICTURE.format("<figcaption>The pier on April 8, 2021. (Jane Roe)</figcaption>"), None),
        ("<div class='wp-caption'><p>The pier on April 8, 2021.</p></div>", None),
        (PICTURE.format(f"<figcaption>April 8, 2021: {BODY}</figcaption>"), None),
        ("<p>The pier on April 8, 2021. (Jane Roe)</p>", "2021-04-08"),
        (f"{PICTURE.format('<p>8 April 2021: Pier</p>')}<p>Jane Roe, 4 February 2022</p>", "2022-02-04"),
    ],
)  # fmt: skip
def test_the_date_of_a_picture_is_no_publication(body: str, published: str | None) -> None:
    assert read(body).published == published


def test_a_figure_may_hold_the_whole_head() -> None:
    head = f"<figure><figcaption><p>4 February 2022 Sport</p><h1>{HEADLINE}</h1></figcaption></figure>"
    html = f"<html lang='en'><body>{head}<p>{BODY}</p></body></html>"
    assert from_page(parse(html), (), None, today=TODAY).published == "2022-02-04"


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (stated("2022-02-04"), "<p>4 February 2022, 07:40 CET</p>", MORNING),
        (stated("2022-02-04"), f'<time datetime="{MORNING}">x</time>', MORNING),
        (f'<meta name="date" content="{MORNING}">', "<p>4 February 2022</p>", MORNING),
        (stated("2022-02-04"), "<p>5 February 2022, 07:40 CET</p>", "2022-02-04"),
        (stated("2022-02-04"), '<time datetime="2022-02-04T00:00:00Z">x</time>', "2022-02-04"),
        (stated("2022-02-04", "2022-02-04T18:05:00"), "<p>4 February 2022, 18:05</p>", "2022-02-04"),
        (stated("2022-02-04"), "<p>Jane Roe met him on 4 February 2022 at 18:05</p>", "2022-02-04"),
        (stated("2022-02-04T09:00:00"), "<p>4 February 2022, 07:40 CET</p>", "2022-02-04T09:00:00"),
    ],
    ids=["line", "element", "head", "other day", "midnight", "the change's", "in a sentence", "has one"],
)  # fmt: skip
def test_a_day_takes_over_the_time_another_source_tells(head: str, body: str, published: str) -> None:
    assert read(body, head).published == published


@pytest.mark.parametrize(
    ("head", "body", "published", "modified"),
    [
        ("", "<p>Published: 09/04/2021 06:30</p><p>Updated: 16/04/2021 06:30</p>",
         "2021-04-09T06:30:00", "2021-04-16T06:30:00"),
        ("", "<p>Published: 09/04/2021</p>", "2021-09-04", None),
        ("", f"<p>09/04/2021</p><p>{BODY}</p><aside><p>25/03/2021</p></aside>", "2021-04-09", None),
        ("", f"<p>09/04/2021</p><p>{BODY}</p><p>25/03/2021 and 03/25/2021</p>", "2021-09-04", None),
        ("", "<p>09/04/2021</p><p>Files 25/03/20211 and 1/25/03/2021</p>", "2021-09-04", None),
        ("", "<p>Friday, 09/04/2021</p>", "2021-04-09", None),
        ("", "<p>Saturday, 09/04/2021</p>", "2021-09-04", None),
        ("", "<p>Monday to Friday, 09/04/2021</p>", "2021-09-04", None),
        ("", "<p>Sunday, 0/04/2021</p><p>09/04/2021</p>", "2021-09-04", None),
        (stated("09/04/2021", "2021-04-16"), "", "2021-04-09", "2021-04-16"),
        (stated("09/04/2021", "2021-10-16"), "", "2021-09-04", "2021-10-16"),
        (stated("09/04/2022"), "", "2022-04-09", None),
        (stated("2021-09-04", "2021-04-16"), "", "2021-09-04", "2021-04-16"),
    ],
    ids=[
        "a line", "nothing", "another's", "both", "no dates", "its weekday", "other weekday", "weekdays",
        "no day", "change", "later change", "to come", "sure",
    ],
)  # fmt: skip
def test_day_and_month_are_told_apart(head: str, body: str, published: str, modified: str | None) -> None:
    found = read(body, head)
    assert (found.published, found.modified) == (published, modified)


@pytest.mark.parametrize(
    ("line", "modified"),
    [
        ("4 February 2022 by Jane Roe (updated at 18:05)", "2022-02-04T18:05:00"),
        ("4 February 2022, 16:18. Updated today at 18:05", None),
        ("4 February 2022, 16:18. 2 min read, 18:05 updated", None),
    ],
)
def test_a_change_of_which_a_line_tells_the_time(line: str, modified: str | None) -> None:
    found = read(f"<p>{line}</p>")
    assert ((found.published or "")[:10], found.modified) == ("2022-02-04", modified)


@pytest.mark.parametrize(
    ("attribute", "published"),
    [
        ("2022-02-04T16:18:00+01:00", "2022-02-04T16:18:00+01:00"),
        ("2022-02-04T15:18:30Z", "2022-02-04T16:18:00+01:00"),
        ("2022-02-04T10:48:00Z", "2022-02-04T16:18:00+05:30"),
        ("2022-02-04T16:18:00Z", "2022-02-04T16:18:00"),
        ("2022-02-04T15:11:00Z", "2022-02-04T16:18:00"),
        ("2022-02-04", "2022-02-04T16:18:00"),
    ],
)
def test_a_shown_time_has_the_offset_that_its_element_states(attribute: str, published: str) -> None:
    line = f'<p><time datetime="{attribute}">4 February 2022 16:18</time></p>'
    assert read(line).published == published


def test_the_offset_of_a_change_hours_later_is_not_the_publications() -> None:
    line = '<p>4 February 2022 16:18</p><time datetime="2022-02-04T18:18:00Z"></time>'
    change = '<meta property="article:modified_time" content="2022-02-04T18:18:00Z">'
    assert read(line).published == "2022-02-04T16:18:00-02:00"
    assert read(line, change).published == "2022-02-04T16:18:00"


EARLY, LATE = "2022-02-04T16:18:00+01:00", "2022-02-05T08:00:00+01:00"


@pytest.mark.parametrize(
    ("lines", "published", "modified"),
    [
        ("<p>Updated: <time late>now</time></p><p>Published: <time early>Friday</time></p>", EARLY, LATE),
        ("<b>Aktualisiert:</b> <time late>neu</time><p>Erstellt <time early>am 4.</time></p>", EARLY, LATE),
        ("<p>Publicado <time early>ayer</time>, actualizado <time late>hoy</time></p>", EARLY, LATE),
        ("<p>Обновлено <time late>час назад</time> <time early>вчера</time></p>", EARLY, LATE),
        ("<p>Updated</p><p><time late>2 hours ago</time></p>", LATE, None),
        ("<p>An updated plan for it: <time late>2 hours ago</time></p>", LATE, None),
        ("<p>The update was published: <time early>Friday</time></p>", EARLY, None),
    ],
)  # fmt: skip
def test_words_before_a_time_say_what_it_tells(lines: str, published: str, modified: str | None) -> None:
    for name, value in (("early", EARLY), ("late", LATE)):
        lines = lines.replace(f"<time {name}>", f'<time datetime="{value}">')
    found = read(lines)
    assert (found.published, found.modified) == (published, modified)


@pytest.mark.parametrize(
    ("lines", "published", "modified"),
    [
        (("Stand: 05.02.2022, 08:00", "Erstellt: 04.02.2022"), "2022-02-04", "2022-02-05T08:00:00"),
        (("Erstellt: 04.02.2022", "Stand: 05.02.2022"), "2022-02-04", "2022-02-05"),
        (("05.02.2022", "Erstellt: 04.02.2022"), "2022-02-04", "2022-02-05"),
        (("05.02.2022", "04.02.2022"), "2022-02-05", None),
        (("Erstellt: 04.02.2022", "Erstellt: 04.02.2022"), "2022-02-04", None),
    ],
)  # fmt: skip
def test_lines_that_both_call_their_date_the_publication(
    lines: tuple[str, str], published: str, modified: str | None
) -> None:
    found = read("".join(f"<p>{line}</p>" for line in lines))
    assert (found.published, found.modified) == (published, modified)


def test_korean_years_of_two_digits() -> None:
    html = '<html lang="{}"><body><h1>다리 통제</h1><p>22.02.04 06:05</p><p>x</p></body></html>'
    assert from_page(parse(html.format("ko")), (), None, today=TODAY).published == "2022-02-04T06:05:00"
    assert from_page(parse(html.format("de")), (), None, today=TODAY).published == "2004-02-22T06:05:00"
