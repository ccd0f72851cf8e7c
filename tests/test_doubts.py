"""What halves or takes the confidence: lists of teasers, and servers' notices. Articles like them keep it."""

from __future__ import annotations

import numpy as np
import pytest

import cleaner
from cleaner.label.features.characters import count_characters
from cleaner.label.notices import headlines_of, is_notice, notice_doubt
from cleaner.label.sizes import words_in_sentences
from cleaner.label.teasers import teaser_doubt
from cleaner.model import article_like
from cleaner.segment.html import parse

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
TEXT = "The ropewalk opens its doors again, and the keeper has oiled each wheel. Tea is free until noon."
LONG = f"{TEXT} {TEXT} {TEXT}"


def items(template: str, text: str = TEXT) -> str:
    """The template for each day, with a headline, an address and a text."""
    filled = (
        template.format(headline=f"Ropewalk opens on {day}", link=f"/2024/{day}", text=text, day=day)
        for day in DAYS
    )
    return "".join(filled)


def doubt(html: str, kept: str = "p dd td tr") -> float:
    """The factor where the elements of these names are kept."""
    page = parse(html)
    columns = count_characters(page.fields.texts)
    columns["link_share"] = np.array(page.fields.linked, np.float32) / columns["chars"]
    return teaser_doubt(page, columns, np.array([block.tag in kept.split() for block in page.blocks]))


@pytest.mark.parametrize(
    "card",
    [
        "<li><h3><a href={link}>{headline}</a></h3><p>{text}</p><time>{day}</time></li>",
        "<div class=x{day}><div><a href={link}>{headline}</a></div><div><p>{text}</p></div></div>",
        "<article><h2><a href={link}>{headline}</a></h2><p>{text}</p><a href={link}>Read more</a></article>",
        "<h3><a href={link}>{headline}</a></h3><p>{text}</p>",
        "<dl><dt><a href={link}>{headline}</a></dt><dd>{text}</dd></dl>",
        "<table><tr><td><a href={link}>{headline}</a></td><td>{text}</td></tr></table>",
        "<table><tr><td><a href={link}>{headline}</a><br>{text}</td></tr></table>",
        "<a href={link}><h3>{headline}</h3><p>{text}</p></a>",
    ],
)
def test_a_list_of_teasers_has_no_confidence(card: str) -> None:
    assert doubt(f"<main><h1>News</h1>{items(card)}</main>") < 0.2


def test_an_introduction_saves_no_list() -> None:
    card = "<div><h3><a href={link}>{headline}</a></h3><p>{text}</p></div>"
    assert doubt(f"<main><h1>Harbour</h1><p>{TEXT}</p>{items(card)}</main>") < 0.5


def test_long_excerpts_alone_are_a_list_too() -> None:
    card = "<div><h3><a href={link}>{headline}</a></h3><p>{text}</p></div>"
    assert doubt(f"<main><h1>Harbour</h1>{items(card, LONG)}</main>") < 0.2


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("<p>{text}</p><p><a href={link}>{headline}</a></p>", "links between paragraphs"),
        ("<p>{text}</p><div><h4><a href={link}>{headline}</a></h4></div>", "boxes between paragraphs"),
        (
            "<div><h2><a href={link}>{headline}</a></h2><p>{text}</p><p>{text}</p></div>",
            "longer texts",
        ),
        ("<div><h2><a href={link}>{day}</a></h2><p>{text}</p></div>", "names, not headlines"),
        ("<div><h2><a href=https://{day}.example/>{headline}</a></h2><p>{text}</p></div>", "other sites"),
        ('<div><h2><a href="/live#{day}">{headline}</a></h2><p>{text}</p></div>', "places in the page"),
        ("<div><h2>{headline}</h2><p>{text}</p></div>", "headings without links"),
    ],
)
def test_articles_with_headlines_in_them_keep_their_confidence(item: str, reason: str) -> None:
    assert doubt(f"<article><h1>Six open days</h1><p>{LONG}</p>{items(item)}</article>") == 1, reason


def test_headlines_that_are_kept_are_a_list_without_texts() -> None:
    assert doubt(f"<ul>{items('<li><h3><a href={link}>{headline}</a></h3></li>')}</ul>", "h3") < 0.2


@pytest.mark.parametrize(
    ("item", "kept", "teasers"),
    [
        ("<dl><dt><a href={link}>{headline}</a> {text}</dt></dl>", "dt", True),
        ("<p><a href={link}>{headline}</a> {text}</p>", "p", False),  # paragraphs that begin with a link
        (
            "<table><tr><td><a href={link}>{headline} {headline}</a> {text} {text}</td></tr></table>",
            "tr",
            True,
        ),
        (
            "<table><tr><td><a href={link}>{headline} {headline} {headline} {headline}</a>"
            "{text} {text} {text} {text} {text} {text}</td></tr></table>",
            "tr",
            False,
        ),
        ("<div><h2><a href={link}>{headline}</a></h2><p>{text}</p><p>A</p><p>B</p></div>", "p", True),
        (
            "<div><h2><a href={link}>{headline}</a></h2><p>{text}</p><p>A</p><p>B</p><p>C</p></div>",
            "p",
            False,
        ),
        (
            "<div><h2><a href={link}>{headline}</a></h2><p>{text} {text} {text} {text} {text}</p></div>",
            "p",
            True,
        ),
        (
            "<div><h2><a href={link}>{headline}</a></h2><p>{text} {text} {text} {text} {text} {text}</div>",
            "p",
            False,
        ),
        ("<h2><a href={link}>{headline}</a></h2><p>{text} {text}</p>", "p", True),
        ("<h2><a href={link}>{headline}</a></h2><p>{text} {text} {text}</p>", "p", False),
        ("<h2><a href={link}>{headline}</a></h2><p>{text}</p><p>{text}</p>", "p", False),
    ],
)
def test_what_a_teaser_has_room_for(item: str, kept: str, teasers: bool) -> None:
    assert doubt(f"<main>{items(item)}</main>", kept) == (0 if teasers else 1)


def test_four_teasers_make_a_list() -> None:
    card = "<div><h2><a href={}{}>Ropewalk opens again</a></h2><p>{}</p></div>"
    place = card.format("/live#", "here", TEXT.split(".")[0])
    cards = [card.format("/2024/", day, TEXT) for day in DAYS]
    assert doubt("".join(cards[:4]) + place) < 0.5
    assert doubt("".join(cards[:3]) + place) == 1


def test_the_site_is_the_one_that_most_headlines_lead_to() -> None:
    item = "<div><h2><a href=https://{day}.example/>{headline}</a></h2><p>{text}</p></div>"
    other = item.replace("{day}", "tarnpost")
    assert doubt(items(item).split("</div>")[0] + "</div>" + items(other)) < 0.2


def test_another_site_is_told_by_the_pages_address() -> None:
    item = "<div><h2><a href=https://shop.HOST/{day}>{headline}</a></h2><p>{text}</p></div>"
    canonical = "<head><link rel=canonical href=https://{}/tools></head><body>"
    for host in ("example", "co.uk"):
        html = items(item.replace("HOST", host))
        assert doubt(canonical.format(f"tarnpost.{host}") + html) == 1
        assert doubt(canonical.format(f"www.shop.{host}") + html) < 0.2
        shared = f'<head><meta property="og:url" content="https://tarnpost.{host}/tools"></head><body>'
        assert doubt(shared + html) == 1


def test_recommendations_below_an_introduction_keep_their_confidence() -> None:
    item = "<section><h2><a href={link}>{headline}</a></h2><p>{text}</p></section>"
    assert doubt(f"<article><p>{LONG} {LONG}</p>{items(item, LONG)}</article>") == 1


def test_a_few_teasers_below_an_article_do_not_matter() -> None:
    card = "<li><h3><a href={link}>{headline}</a></h3><p>{text}</p></li>"
    assert doubt(f"<article>{f'<p>{LONG}</p>' * 4}</article><ul>{items(card)}</ul>") == 1


@pytest.mark.parametrize(
    "headline",
    [
        "404",
        "Error 404",
        "Error 451",
        "page_not_found",
        "404 – Page not found",
        "Page not found | The Tarn Post",
        "HTTP Error 503: Service Unavailable",
        "Der Bote - Seite nicht gefunden",
        "Erreur 404 : page introuvable",
        "Cette page n’existe pas",
        "404 ページが見つかりません",
        "451: Unavailable due to legal reasons",
        "This content is not available in your region.",
    ],
)
def test_notices(headline: str) -> None:
    assert is_notice(headline)


@pytest.mark.parametrize(
    "headline",
    [
        "Old Peugeot 404 wins hill climb",
        "403 jobs go at the ropeworks | The Tarn Post",
        "The error that sank the ferry",
        "Why a page not found made us laugh",
        "451 degrees",
        f"404 | {'Ropewalk opens again ' * 4}",
        "",
    ],
)
def test_headlines_with_such_words_are_no_notices(headline: str) -> None:
    assert not is_notice(headline)


def test_a_notice_is_short_and_says_so_in_its_title_or_main_heading() -> None:
    named = parse("<title>Page not found</title><p>Try the search.</p>")
    headed = parse("<h1>Fehler 404</h1><p>Bitte suchen Sie.</p>")
    assert notice_doubt(headlines_of(named), 30) == notice_doubt(headlines_of(headed), 30) == 0.5
    assert notice_doubt(headlines_of(named), 400) == notice_doubt(headlines_of(named), 0) == 1
    assert notice_doubt(headlines_of(parse("<h1>Ferry late</h1><h2>Error</h2><p>It was late.</p>")), 30) == 1


@pytest.mark.parametrize(
    "main",
    [
        f"<h1>Culture</h1><ul>{items('<li><h3><a href={link}>{headline}</a></h3><p>{text}</p></li>')}</ul>",
        f"<h1>404</h1><p>The page has sunk to the bottom of the harbour, or has been moved. {TEXT}</p>",
    ],
)
def test_such_pages_are_no_articles(main: str) -> None:
    page = (
        f"<html><body><nav><a href=/>Home</a></nav><main>{main}</main><footer>© 2024</footer></body></html>"
    )
    assert not article_like(cleaner.clean(page))


@pytest.mark.parametrize(
    "text",
    [
        "Just a moment...\nChecking your browser before accessing the site. Please enable JavaScript.",
        "Page not found\n\nThe page you are looking for does not exist or has been moved.",
        "# 403 Forbidden\n\nYou do not have permission to access this resource on this server.",
    ],
)
def test_a_scraped_notice_is_no_article(text: str) -> None:
    assert not cleaner.article_like(cleaner.clean(text, kind="text"))


@pytest.mark.parametrize(
    "text", ["x", "404", "12:30", "Page not found", "404 Not Found\n\nnginx", "Access denied"]
)
def test_a_scrap_of_text_is_no_article(text: str) -> None:
    assert not article_like(cleaner.clean(text, kind="text"))


@pytest.mark.parametrize(
    "text",
    [
        "A woman was hurt on Monday when her car left the road near Holm. Police ask witnesses to call.",
        "\n".join(f"{day} March – Interlagos, race {day}" for day in range(1, 12)),
    ],
)
def test_a_brief_and_a_list_of_dates_are(text: str) -> None:
    assert article_like(cleaner.clean(text, kind="text"))


@pytest.mark.parametrize(
    "paragraph",
    [
        "ตลิ่งแม่น้ำขยับไปแล้วสิบเอ็ดเมตรตั้งแต่ปีที่แล้ว สำนักงานชลประทานแถลงเมื่อวันศุกร์ที่ผ่านมาในที่ประชุม",
        "ຕະຝັ່ງແມ່ນ້ຳໄດ້ຍ້າຍໄປສິບເອັດແມັດນັບຕັ້ງແຕ່ປີ 2001 ຫ້ອງການຊົນລະປະທານກ່າວໃນວັນສຸກ",
        "ច្រាំងទន្លេបានរំកិលដប់មួយម៉ែត្រតាំងពីឆ្នាំ២០០១ នេះបើតាមអាជ្ញាធរទឹកបានប្រកាសកាលពីថ្ងៃសុក្រ។",
        "Գետի ափերը 2001 թվականից ի վեր տասնմեկ մետր տեղաշարժվել են, ուրբաթ օրը հայտնել է վարչությունը։",
        f"{TEXT}<sup>1</sup>",
        f"{TEXT}<sup><a href='#note'>[12]</a></sup>",
        f"{TEXT} <a href='#note'>↩</a>",
        f"{TEXT} <em>– dpa</em>",
    ],
)
def test_paragraphs_without_a_stop_at_their_end_make_an_article(paragraph: str) -> None:
    paragraphs = "".join(f"<p>{day}: {paragraph}</p>" for day in DAYS)
    page = f"<html><body><h1>The river moves</h1><article>{paragraphs}</article></body></html>"
    assert article_like(cleaner.clean(page))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (TEXT, True),
        (f"{TEXT} (AP)", True),
        (f"{TEXT} The keeper and his dog", False),
        (TEXT.replace(".", ","), False),
        ("Tea is free. [2]", False),
    ],
)
def test_words_in_sentences(text: str, counts: bool) -> None:
    page = parse(f"<p>{text}</p>")
    columns = count_characters(page.fields.texts)
    words = words_in_sentences(page, columns, np.ones(1, np.bool_))
    assert words == (columns["words"][0] if counts else 0)
    assert words_in_sentences(page, columns, np.zeros(1, np.bool_)) == 0
