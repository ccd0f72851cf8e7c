"""Reading: encodings declared, hidden or wrong; HTML or text; input that is nothing of the kind."""

from __future__ import annotations

import contextlib
import random
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.model import CleanError
from cleaner.read import MAX_LINES, MAX_SIZE, read
from cleaner.utf8 import encoded, is_utf8

RUSSIAN = (
    "Городской совет Верхнеозёрска утвердил бюджет на следующий год. Депутаты спорили до "
    "полуночи о ремонте моста."
)
JAPANESE = "北浜市の市議会は火曜日、新しい橋の予算を承認した。議員たちは夜遅くまで議論を続けたという。"
CHINESE = "北滨市议会周二批准了新桥的预算。议员们就工程费用一直争论到深夜，市长表示满意。"
KOREAN = "북빈시 의회는 화요일에 새 다리 예산을 승인했다. 의원들은 밤늦게까지 공사비를 두고 논쟁을 벌였다."
TURKISH = (
    "Kuzeykıyı belediye meclisi salı günü yeni köprünün bütçesini onayladı. Üyeler geç "
    "saatlere kadar tartıştı, başkan şaşırdı."
)
GREEK = "Το δημοτικό συμβούλιο της Βορειοακτής ενέκρινε την Τρίτη τον προϋπολογισμό για τη νέα γέφυρα."
POLISH = (
    "Rada miasta Północny Brzeg zatwierdziła we wtorek budżet nowego mostu. Radni długo się "
    "spierali, żądając zmian."
)
ARABIC = (
    "وافق مجلس مدينة الشاطئ الشمالي يوم الثلاثاء على ميزانية الجسر الجديد بعد نقاش طويل استمر "
    "حتى منتصف الليل."
)
UKRAINIAN = (
    "Міська рада Північного Берега у вівторок затвердила бюджет нового мосту. Депутати "
    "сперечалися до ночі, їм було що сказати."
)
FRENCH = (
    "Le conseil municipal a approuvé mardi le budget du nouveau pont, après un débat animé "
    "jusqu’à la tombée de la nuit."
)

ENCODED = [
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "koi8-r"),
    (UKRAINIAN, "windows-1251"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc-jp"),
    (JAPANESE, "iso-2022-jp"),
    (CHINESE, "gb18030"),
    (CHINESE, "gb2312"),
    (KOREAN, "euc-kr"),
    (TURKISH, "iso-8859-9"),
    (GREEK, "iso-8859-7"),
    (POLISH, "iso-8859-2"),
    (ARABIC, "windows-1256"),
    (FRENCH, "windows-1252"),
]
LABELS = [f"{encoding}-{text[:6]}" for text, encoding in ENCODED]


def page(text: str, head: str = "") -> str:
    paragraphs = "\n".join(f"<p>{text}</p>" for _ in range(6))
    return f"<html><head>{head}<title>{text[:30]}</title></head>\n<body>{paragraphs}</body></html>"


@pytest.mark.parametrize(("text", "encoding"), ENCODED, ids=LABELS)
def test_charset_declared_in_meta(text: str, encoding: str) -> None:
    html = page(text, f'<meta charset="{encoding}">')
    assert read(html.encode(encoding)).text == html


@pytest.mark.parametrize(("text", "encoding"), ENCODED, ids=LABELS)
def test_charset_declared_by_the_sender(text: str, encoding: str) -> None:
    html = page(text)
    assert read(html.encode(encoding), charset=encoding).text == html


@pytest.mark.parametrize(("text", "encoding"), ENCODED, ids=LABELS)
def test_charset_not_declared(text: str, encoding: str) -> None:
    html = page(text)
    assert read(html.encode(encoding)).text == html


@pytest.mark.parametrize("text", [RUSSIAN, JAPANESE, FRENCH])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("as_page", [True, False])
def test_unicode_with_and_without_mark(text: str, encoding: str, as_page: bool) -> None:
    content = page(text) if as_page else f"{text}\n\n{text}\n" * 4
    assert read(content.encode(encoding)).text == content


def test_declared_charset_is_taken_from_http_equiv_and_xml() -> None:
    equiv = page(TURKISH, "<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-9'>")
    assert read(equiv.encode("cp1254")).text == equiv
    xml = f'<?xml version="1.0" encoding="windows-1251"?>\n<item>{RUSSIAN}</item>'
    assert read(xml.encode("windows-1251")).text == xml


def test_latin_1_means_windows_1252() -> None:
    html = page("“C’est fini”, a dit le maire – à 5 €.", '<meta charset="iso-8859-1">')
    assert read(html.encode("cp1252")).text == html


def test_the_senders_word_goes_before_the_pages() -> None:
    html = page(RUSSIAN, '<meta charset="koi8-r">')
    assert read(html.encode("windows-1251"), charset="Windows-1251").text == html


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "shift_jis", "utf-16", "no-such-thing"])
def test_valid_utf8_is_utf8_whatever_was_declared(declared: str) -> None:
    html = page(FRENCH + JAPANESE, f'<meta charset="{declared}">')
    source = read(html.encode(), charset=declared)
    assert (source.text, source.encoding) == (html, "utf-8")


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1"])
@pytest.mark.parametrize(("text", "encoding"), [ENCODED[0], ENCODED[3], ENCODED[6], ENCODED[8]])
def test_a_declaration_the_bytes_contradict_is_not_believed(text: str, encoding: str, declared: str) -> None:
    html = page(text, f'<meta charset="{declared}">')
    assert read(html.encode(encoding)).text == html


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (RUSSIAN, "windows-1251", "shift_jis"),
        (RUSSIAN, "koi8-r", "windows-1255"),
        (JAPANESE, "shift_jis", "euc-kr"),
        (GREEK, "iso-8859-7", "gb18030"),
        (ARABIC, "windows-1256", "big5"),
    ],
)
def test_a_declaration_in_which_much_cannot_be_read_is_not_believed(
    text: str, encoding: str, declared: str
) -> None:
    html = page(text, f'<meta charset="{declared}">')
    assert read(html.encode(encoding)).text == html
    assert read(page(text).encode(encoding), charset=declared).text == page(text)


def test_a_declaration_in_which_little_cannot_be_read_is_believed() -> None:
    html = page(JAPANESE * 3, '<meta charset="euc-jp">')
    source = read(html.encode("euc-jp").replace("橋".encode("euc-jp"), b"\xff", 1))
    assert (source.text, source.encoding) == (html.replace("橋", "\ufffd", 1), "euc_jp")


@pytest.mark.parametrize("lead", ["Home | Sports | Weather | ", "News in English can be read on page two. "])
def test_what_stands_in_ascii_before_the_text_does_not_hide_it(lead: str) -> None:
    html = f"<html><body><p>{lead * 40}</p>{f'<p>{RUSSIAN}</p>' * 20}</body></html>"
    assert read(html.encode("windows-1251")).text == html


@pytest.mark.parametrize("before", [0, 2_500])
def test_a_charset_may_be_declared_behind_a_script(before: int) -> None:
    script = f"<script>{'window.ready = true; ' * (before // 20)}</script>"
    html = page("Le pont coûte 5 €.", f'{script}<meta charset="iso-8859-15">')
    source = read(html.encode("iso-8859-15"))
    assert (source.text, source.encoding) == (html, "iso8859-15")


@pytest.mark.parametrize("declared", [None, "windows-1251"])
def test_utf8_damaged_in_every_sentence_stays_utf8(declared: str | None) -> None:
    html = page(RUSSIAN)
    damaged = html.encode().replace("ё".encode(), b"\xff")
    assert read(damaged, charset=declared).text == html.replace("ё", "\ufffd")


@pytest.mark.parametrize("as_page", [True, False])
@pytest.mark.parametrize("declared", [None, "euc-kr"])
def test_a_text_of_which_much_happens_to_be_valid_utf8_is_not_utf8(
    declared: str | None, as_page: bool
) -> None:
    # Two of three of its characters have a first and a second byte as UTF-8 has them.
    text = "첫 회 청풍호 황태 화채, 친환경 카페와 타일 표창. 청풍 철책과 창호 호황."
    content = page(text) if as_page else text
    assert read(content.encode("euc-kr"), charset=declared).text == content


def test_damaged_utf8_stays_utf8() -> None:
    html = page(RUSSIAN)
    data = html.encode()
    half = data.index("ё".encode()) + 1
    assert read(data[:half]).text == data[:half].decode("utf-8", "ignore") + "\ufffd"
    assert read(data.replace("ё".encode(), b"\xff", 1)).text == html.replace("ё", "\ufffd", 1)


def test_a_truncated_wide_page_is_read() -> None:
    assert read(page(JAPANESE).encode("utf-16-le")[:-1]).text[:-1] == page(JAPANESE)[:-1]


def test_a_few_nuls_do_not_make_it_wide() -> None:
    text = FRENCH + "\x00" + FRENCH
    assert read(text.encode()).text == text
    assert read(text).text == text


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert read("The mayor \ud83d smiled \udc80.").text == "The mayor \ufffd smiled \ufffd."


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("", "empty"),
        ("\ufeff\u200b \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"\r\n%PDF-1.4 stream", "PDF"),
        ("%PDF-1.4 stream", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00word/document.xml", "ZIP"),
        (b"\x1f\x8b\x08\x00abc", "gzip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image"),
        (b"\x00\x00\x00 ftypisom", "video"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x00" * 500, "empty"),
    ],
)
def test_what_is_no_text_is_refused_in_plain_words(data: bytes | str, says: str) -> None:
    with pytest.raises(CleanError, match=says) as caught:
        read(data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "opening",
    [
        "How the %PDF- header works",
        "The ftyp box explained",
        "ID3 is a car",
        "PAR1S news",
        "BZh",
        "GIF89a is old",
    ],
)
def test_a_text_may_begin_as_files_of_other_kinds_do(opening: str) -> None:
    text = f"{opening}\n\n{FRENCH}\n\n{FRENCH}"
    assert read(text.encode()).text == text


FEEDS = {
    "a feed (RSS)": [
        '<?xml version="1.0"?><rss><channel><title>News</title></channel></rss>',
        '<!-- by hand -->\n<?xml-stylesheet href="x.xsl"?>\n<rss version="2.0">\n<channel></channel></rss>',
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "rss.dtd"><rss version="0.91"><channel/></rss>',
    ],
    "a feed (Atom)": [
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>',
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom">\n<a:title>News</a:title></a:feed>',
    ],
    "a feed or other data (RDF)": [
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="x"><channel></channel></rdf:RDF>'
    ],
    "a sitemap": [
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>x</loc></url></urlset>',
        "\n<sitemapindex><sitemap><loc>x</loc></sitemap></sitemapindex>",
    ],
    "JSON": [
        '{"title": "Bridge", "html": "<p>x</p> and so on and so forth, a long value"}',
        ' [\n  {"html": "<p>x</p>"},\n  1\n]\n',
    ],
}


@pytest.mark.parametrize(
    "encode", [str, str.encode, lambda text: text.encode("utf-8-sig"), "\ufeff{}".format]
)
@pytest.mark.parametrize(("what", "content"), [(what, one) for what, some in FEEDS.items() for one in some])
def test_what_is_made_for_programs_is_refused_in_plain_words(
    what: str, content: str, encode: Callable[[str], bytes | str]
) -> None:
    for kind in ("auto", "html"):
        with pytest.raises(CleanError, match=f"^the input is {re.escape(what)}, not a page") as caught:
            read(encode(content), kind=kind)
        assert "\n" not in str(caught.value)
    assert read(encode(content), kind="text").kind == "text"


@pytest.mark.parametrize(
    ("unit", "is_json"),
    [('{"a":{}},', True), ("[[", False), ("{},", False), ('{"a', False), (" [ { ", False)],
)
def test_a_long_document_is_told_by_its_beginning(unit: str, is_json: bool) -> None:
    content = "[" + unit * (MAX_SIZE // len(unit) - 1) + "]"
    begin = time.perf_counter()
    with pytest.raises(CleanError, match="JSON") if is_json else contextlib.nullcontext():
        read(content)
    assert time.perf_counter() - begin < 2


@pytest.mark.parametrize(
    "opening",
    [
        "[1]",
        "[Updated] The bridge opened.",
        '["It is over," she said.]',
        "{The council} met.",
        '{"a": 1} is what JSON looks like.',
        "[" * 100_000 + "]",
        "<rss> is the first tag of a feed.",
        "<urlset> lists <url> after <url>.",
        "<feed><p>Hay.</p></feed>",
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        '<feed xmlns="http://www.w3.org/2005/Atom"><p>x</p></feed></body></html>',
        "<!-- <rss><channel> --><p>x</p>",
        "<p>x</p><rss><channel></channel></rss>",
    ],
)
def test_a_page_or_text_may_begin_as_what_is_made_for_programs_does(opening: str) -> None:
    assert read(opening).text == opening


@pytest.mark.parametrize("arguments", [{"url": 1}, {"url": b"https://a.example"}, {"charset": b"utf-8"}])
def test_arguments_of_other_types_are_refused_in_plain_words(arguments: dict[str, Any]) -> None:
    with pytest.raises(CleanError, match=f"{next(iter(arguments))} must be a str, not "):
        read(page(FRENCH), **arguments)


def test_wrong_types_and_kinds_are_refused() -> None:
    with pytest.raises(CleanError, match="bytes or str, not int"):
        read(42)  # type: ignore[arg-type]
    with pytest.raises(CleanError, match="kind"):
        read("text", kind="pdf")  # type: ignore[arg-type]


def test_too_large_is_refused_and_just_not_too_large_is_quick() -> None:
    with pytest.raises(CleanError, match="20 MB"):
        read(b"a" * (MAX_SIZE + 1))
    start = time.perf_counter()
    read(("<p>" + FRENCH) * (MAX_SIZE // 150))
    read(("<script <meta <!-- " * (MAX_SIZE // 20)).encode() + b"\xff")
    assert time.perf_counter() - start < 4


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\u2028"])
def test_a_dump_of_lines_is_no_article(ending: str) -> None:
    with pytest.raises(CleanError, match="lines"):
        read(f"a{ending}" * (MAX_LINES + 1))
    assert read(f"a{ending}" * (MAX_LINES // 2)).kind == "text"


@pytest.mark.parametrize(
    "unit", ["<a ", "\n", "<", "a<br ", "<p>", "<!--", "<div a", "x <!doctype html", "<p></p", " <", "é<b>"]
)
@pytest.mark.parametrize("start", ["", "words < ", "<div ", "<br>"])
def test_telling_the_kind_is_quick_whatever_comes(start: str, unit: str) -> None:
    content = start + unit * (1_000_000 // len(unit))
    begin = time.perf_counter()
    read(content + "x")
    assert time.perf_counter() - begin < 1


def test_random_bytes_are_text_or_refused() -> None:
    chance = random.Random(7)
    for size in [*range(1, 40), 500, 5000]:
        for _ in range(5):
            with contextlib.suppress(CleanError):
                assert read(chance.randbytes(size)).text


def test_the_url_is_carried_along() -> None:
    assert read("Some words.", url="https://news.example/a").url == "https://news.example/a"


PROSE = (
    "The council met on Tuesday and talked for three hours about the bridge, the school and "
    "the price of bread."
)

KINDS = [
    ("html", "<!DOCTYPE html><html><body><p>Hi</p></body></html>"),
    ("html", "  \n\ufeff<!doctype html>\n<title>x</title>"),
    ("html", "<html lang=en>text"),
    ("html", "<HEAD><TITLE>x</TITLE></HEAD>text"),
    ("html", "<!-- saved page -->\n<!-- again - -- -->\n<html>"),
    ("html", "<doc>\nA report with its own tags.\n</doc>"),
    ("html", f"<p>{PROSE}</p>"),
    ("html", f"<p>{PROSE}</p>\n<p>{PROSE}</p>"),
    ("html", f"<p>{PROSE}<p>{PROSE}<p>{PROSE}"),
    ("html", f"<P>{PROSE}"),
    ("html", f"<p> {PROSE} </p>"),
    ("html", f'<div class="story">{PROSE}</div>'),
    ("html", f"<div><div>{PROSE}"),
    ("html", f"<article>\n  <h1>Bridge</h1>\n  {PROSE}\n</article>"),
    ("html", f"<b>Northshore</b> {PROSE}"),
    ("html", f"<br>{PROSE}<br><br>{PROSE}"),
    ("html", f"{PROSE}<br><br>{PROSE}<br/>{PROSE}"),
    ("html", f"{PROSE}<br />\n<br />\n{PROSE}"),
    ("html", f"{PROSE}<p>{PROSE}</p><p>{PROSE}</p>"),
    ("html", f"Intro. <h2>Bridge</h2><p>{PROSE}</p>"),
    ("html", f'<img src="a.jpg">{PROSE}'),
    ("html", f"<!-- wp:paragraph -->\n<p>{PROSE}</p>\n<!-- /wp:paragraph -->"),
    ("html", f"Warning: something in line 3\n<!DOCTYPE html>\n<html><body>{PROSE}</body></html>"),
    ("html", "<ul><li>One</li><li>Two</li></ul>"),
    ("html", "<!-- a comment that never ends <p>" + "x" * 60_000),
    ("html", f"{PROSE}</p><p>{PROSE}"),
    ("html", f"</p></div><div class='x'>{PROSE}</div>"),
    ("html", f'<picture><source type="image/webp">{PROSE}</picture>'),
    ("html", f'<news-story data-id="5">{PROSE}'),
    ("text", f"{PROSE} Then came </p> and </div>, the closing tags."),
    ("text", f"</p> closes a paragraph. {PROSE}"),
    ("html", "<table><tr><td>1</td></tr></table>"),
    ("html", '<a href="/a">The council met</a> on Tuesday'),
    ("html", "<script>var a = 1;</script><p>Words</p>"),
    ("text", PROSE),
    ("text", f"{PROSE}\n\n{PROSE}"),
    ("text", f"The <p> element was invented in 1992. {PROSE}"),
    ("text", f"<p> is the tag for a paragraph. {PROSE}"),
    ("text", f"`<p>` and `</p>` enclose a paragraph. {PROSE}"),
    ("text", f"Writers once typed <p> and </p> by hand. {PROSE}"),
    ("text", f"Pages begin with <html> and end with </html>, as pupils learn. {PROSE}"),
    ("text", f'Type <div class="box"> to draw a box. {PROSE}'),
    ("text", f"{PROSE}\n\n    <ul>\n      <li>One</li>\n    </ul>\n\n{PROSE}\n{PROSE}"),
    ("text", f"Use <br> or <br/> for a new line. {PROSE}"),
    ("text", f"Two <b>bold</b> words in a long line. {PROSE} {PROSE}"),
    ("text", f"I <3 this town, she said. {PROSE}"),
    ("text", "<3 is a heart, and 3 > 2."),
    ("text", f"If a < b and b > c then a is not known. {PROSE}"),
    ("text", f"<jane@news.example> wrote: {PROSE}"),
    ("text", f"Write to Jane Roe <jane@news.example> or see <https://news.example/a>. {PROSE}"),
    ("text", f"<John> has joined the channel\n<Mary> hello\n{PROSE}"),
    ("text", f"<laughs> No, not at all. {PROSE}"),
    ("text", f"Fish &amp; chips cost &pound;9. {PROSE}"),
    ("text", f"template<typename T> std::vector<int> x; // code\n{PROSE}"),
    ("text", f"# Bridge\n\n{PROSE}\n\n> {PROSE}"),
    ("text", f"See <a href='https://news.example/a'>the report</a>\n\n{PROSE}\n\n{PROSE}"),
    ("text", "見出し <p> タグの話。\n本文はここから始まる。"),
    ("text", "<"),
    ("text", "< p>not a tag"),
]


@pytest.mark.parametrize(("kind", "content"), KINDS)
def test_html_or_text(kind: str, content: str) -> None:
    assert read(content).kind == kind
    assert read(content.encode()).kind == kind


def test_a_given_kind_is_kept() -> None:
    assert read("<p>x</p>", kind="text").kind == "text"
    assert read("plain", kind="html").kind == "html"


EDGES = "\u007f \u0080 \u07ff \u0800 \ud7ff \ue000 \uffff \U00010000 \U0010ffff plaintext".split(" ")
BROKEN = [
    b"\xc0\x80",
    b"\xc1",
    b"\xe0\x9f\xbf",
    b"\xed\xa0\x80",
    b"\xf0\x8f\xbf\xbf",
    b"\xf4\x90\x80\x80",
    b"\xf5",
]
BYTES = st.lists(
    st.sampled_from([*(edge.encode() for edge in EDGES), *BROKEN]) | st.binary(max_size=9), max_size=9
)


@given(BYTES.map(b"".join))
def test_bytes_are_utf8_that_python_decodes(data: bytes) -> None:
    try:
        data.decode()
    except UnicodeDecodeError:
        assert not is_utf8(data)
    else:
        assert is_utf8(data)


@given(st.lists(st.sampled_from(EDGES), max_size=9), st.integers(0, 40))
def test_a_code_cut_off_is_no_utf8(pieces: list[str], cut: int) -> None:
    data = "".join(pieces).encode()[:cut]
    assert is_utf8(data) == (data.decode("utf-8", "ignore").encode() == data)


@pytest.mark.parametrize("space", ["", " \n", "<!-- a note -->\n", "<!-- " + "a note " * 4_000 + "-->"])
@pytest.mark.parametrize("start", ["<!DOCTYPE html>", "<html lang=en>", '<?xml version="1.0"?>', "<body>"])
def test_a_page_is_known_by_its_beginning(space: str, start: str) -> None:
    source = read(f"{space}{start}<p>{JAPANESE * 2_000}".encode())
    assert source.kind == "html"
    assert source.text.endswith(JAPANESE)


def test_a_long_comment_before_text_makes_no_page() -> None:
    assert read(f"<!-- {'a note ' * 4_000}-->\n{FRENCH}\n{FRENCH}".encode()).kind == "text"


@given(st.text(st.characters(), max_size=200).map(lambda text: f"{'plain' * 8}{text}{'letters' * 20}{text}"))
def test_text_is_encoded_as_python_does(text: str) -> None:
    assert encoded(text, "ignore") == text.encode("utf-8", "ignore")
    assert encoded(text, "surrogatepass") == text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("sign", ["", "é", "’", "市", "😀", "\ud800"])
def test_any_number_of_plain_letters_before_and_behind_a_sign_is_encoded(sign: str) -> None:
    for before in range(40, 80):
        for behind in range(40, 60):
            text = f"{'a' * before}{sign}{'b' * behind}"
            assert encoded(text, "surrogatepass") == text.encode("utf-8", "surrogatepass")


class Bytes(bytes):
    """Somebody's own bytes."""


class Text(str):
    """Somebody's own text."""

    __slots__ = ()

    def __str__(self) -> str:
        return "something else"


def test_kinds_of_bytes_and_text_are_taken_as_what_they_are() -> None:
    html = page(FRENCH)
    for source in (Bytes(html.encode()), bytearray(html.encode()), memoryview(html.encode()), Text(html)):
        found = read(source, url=Text("https://a.example/"), charset=Text("utf-8"))  # type: ignore[arg-type]
        assert (found.text, found.url, type(found.url)) == (html, "https://a.example/", str)
        assert cleaner.clean(source, url=Text("https://a.example/")).text.count(FRENCH)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", [page(FRENCH), f"{FRENCH}\n\n" * 5], ids=["page", "text"])
def test_an_address_with_half_a_character_can_be_written(source: str) -> None:
    article = cleaner.clean(source, url="https://a.example/\ud800x")
    assert "\ud800" not in article.to_json()
    assert article.to_json().encode()
    assert read(source, url="https://a.example/\ud800x").url == "https://a.example/\ufffdx"


def test_a_declared_charset_of_any_letters_is_no_error() -> None:
    assert read(page(FRENCH).encode("windows-1252"), charset="\ud800").text == page(FRENCH)


@pytest.mark.parametrize("opening", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\x1f\x8b\x08\0", b"PK\x03\x04", b""])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_binary_data_that_was_decoded_is_refused(opening: bytes, encoding: str) -> None:
    data = opening + random.Random(5).randbytes(9_000)
    with pytest.raises(CleanError, match="binary"):
        read(data.decode(encoding, "replace"))


def test_a_short_text_with_control_characters_is_a_text() -> None:
    assert read("0\x08\n", kind="text").text == "0\x08\n"
