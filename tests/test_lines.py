"""Bylines in twenty languages, date lines in thirty, with lines that only look like them."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.label.lines import DateLine, read_byline, read_dateline
from cleaner.label.lines.byline import LONGEST, is_cue, parted_at_cues
from cleaner.label.lines.dates import find_dates
from cleaner.label.lines.names import read_names
from cleaner.label.lines.words import DATED, LANGUAGES, load_words

TABLES = Path(__file__).parent / "metadata"


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((TABLES / name).read_text("utf-8"))


BYLINES = table("bylines.toml")
DATELINES = table("datelines.toml")


def rows(section: dict[str, list[Any]]) -> list[Any]:
    return [
        pytest.param(language, row, id=f"{language}-{i}")
        for language in section
        for i, row in enumerate(section[language])
    ]


def test_tables_cover_every_language() -> None:
    for section in (*BYLINES.values(), *DATELINES.values()):
        assert set(section) == {*LANGUAGES, *(DATED if section in DATELINES.values() else ())}
        assert all(len(cases) >= 2 for cases in section.values())
    assert sum(map(len, BYLINES["names"].values())) >= 120
    assert sum(map(len, DATELINES["dates"].values())) >= 120


@pytest.mark.parametrize(("language", "row"), rows(BYLINES["names"]))
def test_byline(language: str, row: list[Any]) -> None:
    line, names = row
    assert read_byline(line) == tuple(names)


@pytest.mark.parametrize(("language", "line"), rows(BYLINES["near_misses"]))
def test_not_a_byline(language: str, line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(("language", "row"), rows(DATELINES["dates"]))
def test_dateline(language: str, row: list[str]) -> None:
    line, published, modified = row
    assert read_dateline(line) == DateLine(published or None, modified or None)


@pytest.mark.parametrize(("language", "line"), rows(DATELINES["near_misses"]))
def test_not_a_dateline(language: str, line: str) -> None:
    assert read_dateline(line) is None


@pytest.mark.parametrize("line", [row[0] for rows_ in DATELINES["dates"].values() for row in rows_])
def test_a_dateline_is_no_byline(line: str) -> None:
    assert read_byline(line) is None


def test_order_of_a_numeric_date_comes_from_the_language() -> None:
    assert read_dateline("04/02/2022", language="fr") == DateLine("2022-02-04", None)
    assert read_dateline("04/02/2022", language="en") == DateLine("2022-04-02", None)
    assert read_dateline("04/02/2022", order="dmy") == DateLine("2022-02-04", None)
    assert read_dateline("23/02/2022", language="en") == DateLine("2022-02-23", None)


def test_years_of_two_digits_stand_first_where_the_language_has_it_so() -> None:
    assert read_dateline("22.02.04", order="ymd") == DateLine("2022-02-04", None)
    assert read_dateline("22.02.04", language="ko") == DateLine("2022-02-04", None)
    assert read_dateline("22.02.04", language="de") == DateLine("2004-02-22", None)
    assert read_dateline("04.02.2022", order="ymd") == DateLine("2022-02-04", None)


def test_relative_dates_need_a_now() -> None:
    now = datetime(2022, 2, 4, 16, 18, tzinfo=UTC)
    assert read_dateline("2 hours ago", now=now) == DateLine("2022-02-04T14:18:00+00:00", None)
    assert read_dateline("vor 3 Tagen", now=now) == DateLine("2022-02-01", None)
    assert read_dateline("Updated 5 minutes ago", now=now) == DateLine(None, "2022-02-04T16:13:00+00:00")
    assert read_dateline("Two hours later it rained", now=now) is None


@pytest.mark.parametrize(
    "line",
    [
        "4 February 2022 %",
        "4 February 2022, 881",
        "4 February 2022\n5 February 2022",
        f"4 February 2022{' |' * 100}",
        "4 February 2022 By Jane Roe",
        f"2 hours ago{' |' * 30}",
    ],
)
def test_a_date_line_says_nothing_else(line: str) -> None:
    assert read_dateline(line) is None


def test_what_may_stand_beside_a_date_or_in_its_place() -> None:
    assert read_dateline("an hour ago") == DateLine(None, None)
    assert read_dateline("4 February 2022, 2 hours ago") == DateLine("2022-02-04", None)
    assert read_dateline("2022-02-04 08:26 来源：例子网") == DateLine("2022-02-04T08:26:00", None)


def test_a_span_of_time_gives_no_offset() -> None:
    assert read_dateline("4 February 2022, 10:00-11:30") == DateLine("2022-02-04T10:00:00", None)


def test_time_zones_shared_by_countries_give_no_offset() -> None:
    assert read_dateline("4 February 2022 16:18 IST") == DateLine("2022-02-04T16:18:00", None)


def test_american_time_zones_follow_the_season() -> None:
    assert read_dateline("4 February 2022 16:18 ET") == DateLine("2022-02-04T16:18:00-05:00", None)
    assert read_dateline("July 4, 2022, 10 a.m. PT") == DateLine("2022-07-04T10:00:00-07:00", None)
    french = find_dates("Publié le 4 février 2022 à 10h30 et mis à jour le 5 mars 2022")
    assert [found.iso for found in french] == ["2022-02-04T10:30:00", "2022-03-05"]


@pytest.mark.parametrize(
    "line", ["", " ", "\n", "By", "By " + "Roe " * LONGEST, "By Jane Roe!", "1" * 500, "\u0660" * 50]
)
def test_odd_lines_are_neither(line: str) -> None:
    assert read_byline(line) is None
    assert read_dateline(line) is None


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Jane Roe", ("Jane Roe",)),
        ("By Jane Roe", ("Jane Roe",)),
        ("Jane Roe, Political Editor", ("Jane Roe",)),
        ("Jane Roe Political Editor", ("Jane Roe",)),
        ("Jane Roe Local Democracy Reporter", ("Jane Roe",)),
        ("Jane Editor", ("Jane Editor",)),
        ("Jane Roe Sport", ("Jane Roe Sport",)),
        ("Jane Roe;Max Doe", ("Jane Roe", "Max Doe")),
        ("Jane Roe & Max Doe", ("Jane Roe", "Max Doe")),
        ("Jane Roe, Max Doe", ("Jane Roe", "Max Doe")),
        ("Roe, Jane", ("Jane Roe",)),
        ("van der Roe, Max", ("Max van der Roe",)),
        ("de Roe, Jan", ("Jan de Roe",)),
        ("von der Roe, Ursula", ("Ursula von der Roe",)),
        ("De Roe, Maria", ("Maria De Roe",)),
        ("De la Roe, Ana", ("Ana De la Roe",)),
        ("DE ROE, Jan", ("Jan DE ROE",)),
        ("De Roe Modelo", ("De Roe Modelo",)),
        ("Di Roe", ("Di Roe",)),
        ("Von Roe", ("Von Roe",)),
        ("Von Jana Roe", ("Jana Roe",)),
        ("Von: Jana Roe", ("Jana Roe",)),
        ("di Mario Esempio, Roma", ("Mario Esempio", "Roma")),
        ("El Valle, Madrid", ("El Valle", "Madrid")),
        ("Roe, Reuters", ("Roe", "Reuters")),
        ("Roe, Jane and Doe, Max", ("Jane Roe", "Max Doe")),
        ("Roe, Jane, Doe, Max", ("Roe", "Jane", "Doe", "Max")),
        ("Roe, J.", ("J. Roe",)),
        ("de Roe, J. K.", ("J. K. de Roe",)),
        ("Jane Roe, J.", ("Jane Roe",)),
        ("Jane Roe, BBC News", ("Jane Roe",)),
        ("Redação, com Lusa", ("Redação", "Lusa")),
        ("أحمد مثال وليلى نموذج", ("أحمد مثال", "ليلى نموذج")),
        ("أحمد مثال وليد نموذج", ("أحمد مثال وليد نموذج",)),
        ("أحمد وليد مثال نموذج", ("أحمد وليد مثال نموذج",)),
        ("Maria da Costa e Lima", ("Maria da Costa e Lima",)),
        ("Reporter Jane Roe", ("Jane Roe",)),
        ("Jane Roe, oprac.", ("Jane Roe",)),
        ("編集委員・山田太郎", ("山田太郎",)),
        ("记者王小明", ("王小明",)),
        ("Администратор", ()),
        ("Jane Roe, PhD", ("Jane Roe",)),
        ("John Roe, Jr.", ("John Roe Jr.",)),
        ("Jane Roe (The Example Times)", ("Jane Roe",)),
        ("jane.roe@news.example (Jane Roe)", ()),
        ("Jane Roe jane.roe@news.example", ("Jane Roe",)),
        ("<a href='/author/jane'>Jane Roe</a>", ("Jane Roe",)),
        ("Jane Roe &amp;amp; Max Doe", ("Jane Roe", "Max Doe")),
        ("View all posts by Jane Roe", ("Jane Roe",)),
        ("Posted by Jane Roe at 18:52", ("Jane Roe",)),
        ("Jane Roe, 4 February 2022", ("Jane Roe",)),
        ("Food and Drink Team", ("Food and Drink Team",)),
        ("Jane Roe and the Valley Press", ("Jane Roe", "Valley Press")),
        ("Jane Roe and Max Doe with Valley News", ("Jane Roe", "Max Doe", "Valley News")),
        ("Jane Roe y XYZ", ("Jane Roe", "XYZ")),
        ("Jane Roe in Berlin", ("Jane Roe",)),
        ("Vincent van der Roe", ("Vincent van der Roe",)),
        ("José Ortega y Modelo", ("José Ortega y Modelo",)),
        ("Jane Roe, Jane Roe", ("Jane Roe",)),
        ("Redaktion Example", ("Redaktion Example",)),
        ("Redaktion: Jane Roe", ("Jane Roe",)),
        ("Staff and wire reports", ("Staff and wire reports",)),
        ("Jane Roe reports", ("Jane Roe",)),
        ("Mr Roe", ("Mr Roe",)),
        ("Mr Jane Roe", ("Jane Roe",)),
        ("Mrs. Jane Roe", ("Jane Roe",)),
        ("Jane Roe MBE", ("Jane Roe",)),
        ("Jane Roe Jr", ("Jane Roe Jr.",)),
        ("Jane Roe Sr", ("Jane Roe Sr.",)),
        ("Reporter. Jane Roe", ("Jane Roe",)),
        ("EXAMPLE-Welt Max Mustermann", ("EXAMPLE-Welt Max Mustermann",)),
        ("Jane Roe Comments", ("Jane Roe",)),
        ("Jane Roe 3", ("Jane Roe 3",)),
        ("Jane Roe at", ("Jane Roe",)),
        ("Jane Roe At", ("Jane Roe At",)),
        ("Mo in Berlin", ("Mo in Berlin",)),
        ("Jane Roe de Berlin", ("Jane Roe de Berlin",)),
        ("홍길동 기자", ("홍길동",)),
        ("기자", ("기자",)),
        ("roe, jane", ("roe", "jane")),
        ("R, Jane", ("Jane",)),
        ("Ana y Bob y Carl", ("Ana y Bob y Carl",)),
        ("Ana and Bob", ("Ana and Bob",)),
        ("Jane Roe and The Valley Press", ("Jane Roe", "The Valley Press")),
        ("JANE ROE Y EFE", ("JANE ROE", "EFE")),
        ("Jane Roe y A", ("Jane Roe",)),
        ("and Jane Roe", ("Jane Roe",)),
        ("Jane Roe and Max", ("Jane Roe", "Max")),
        ("Jane Roe y Max Doe", ("Jane Roe", "Max Doe")),
        ("Anna i Bob Doe", ("Anna i Bob Doe",)),
        ("Jane Roe 3 Comments", ("Jane Roe",)),
        ("EXAMPLE-Redakteur Max Mustermann", ("Max Mustermann",)),
        ("Ann-Marie Van Roe", ("Ann-Marie Van Roe",)),
        ("By Jane Roe And Max Doe For The Example", ("Jane Roe", "Max Doe")),
        ("Jane Roe - Political Editor", ("Jane Roe",)),
        ("Jane Roe | Political Editor", ("Jane Roe",)),
        ("Jane Roe / Max Doe", ("Jane Roe", "Max Doe")),
        ("Jane Roe: Political Editor", ("Jane Roe",)),
        ("Political Editor Jane Roe", ("Jane Roe",)),
        ("Sport Jane Roe", ("Sport Jane Roe",)),
        ("Jane Roe - Lowmere", ("Jane Roe",)),
        ("Ayşe Örnek / İzmir", ("Ayşe Örnek",)),
        ("أحمد مثال - القاهرة", ("أحمد مثال",)),
        ("Ayşe Örnek tarafından", ("Ayşe Örnek",)),
        ("Roe / Doe", ("Roe", "Doe")),
        ("Jane Roe | dpa", ("Jane Roe", "dpa")),
        ("Jane Roe | The Valley Newsroom", ("Jane Roe", "The Valley Newsroom")),
        ("Jane Roe and wires", ("Jane Roe",)),
        ("Jane Roe with agencies", ("Jane Roe",)),
        ("By Jane Roe • Published February 4, 2022", ("Jane Roe",)),
        ("Ana Roe y Agencias", ("Ana Roe",)),
        ("Erika Beispiel (Text) und Max Muster (Fotos)", ("Erika Beispiel",)),
        ("Jane Roe, Max Doe (photos) and Ann Poe", ("Jane Roe", "Ann Poe")),
        ("Max Muster (Fotos)", ("Max Muster",)),
        ("記者林佳慧／台北報導", ("林佳慧",)),
        ("李例文/王样本", ("李例文", "王样本")),
        ("admin", ()),
        ("Super User", ()),
        ("小编", ()),
        ("User Roe", ("User Roe",)),
        ("https://news.example/author/jane", ()),
        ("", ()),
    ],
)
def test_names_of_an_author_field(value: str, names: tuple[str, ...]) -> None:
    assert read_names(value) == names


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("21 June 2024 Text: Jane Roe Photo: Max Doe", ["21 June 2024", "Text: Jane Roe", "Photo: Max Doe"]),
        ("2024-06-21 记者 王例文 实习生 李样本", ["2024-06-21", "记者 王例文", "实习生 李样本"]),
        ("She said: Jane Roe", ["She said: Jane Roe"]),
    ],
)
def test_a_line_is_parted_where_words_before_names_stand(line: str, parts: list[str]) -> None:
    assert parted_at_cues(line) == parts


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Kirjoittaja: Matti Malli", ("Matti Malli",)),
        ("Szerző: Minta Anna", ("Minta Anna",)),
        ("Autor: Ion Exemplu", ("Ion Exemplu",)),
        ("מאת: נועה כהן", ("נועה כהן",)),
        ("लेखक: अनुष्का वर्मा", ("अनुष्का वर्मा",)),
        ("โดย : สมชาย ใจดี", ("สมชาย ใจดี",)),
        ("Penulis: Budi Contoh", ("Budi Contoh",)),
        ("Oleh Budi Contoh", ("Budi Contoh",)),
        ("लेखक ने कहा", None),
        ("โดย ผู้ว่าราชการ กล่าว", None),
        ("Oleh karena itu", None),
        ("Oleh Karena Itu", None),
        ("Kirjoittaja muistaa sillan", None),
        ("By Dan Roe", ("Dan Roe",)),
        ("By Anna Marti", ("Anna Marti",)),
    ],
)
def test_bylines_of_more_languages(line: str, names: tuple[str, ...] | None) -> None:
    assert read_byline(line) == names


def test_a_line_that_is_only_a_cue() -> None:
    assert is_cue("Written by:")
    assert is_cue("Von")
    assert not is_cue("By Jane Roe")
    assert not is_cue("")


def test_weekdays_are_those_of_their_language() -> None:
    weekdays = load_words().weekdays
    assert (weekdays["monday"], weekdays["mittwoch"], weekdays["domingo"]) == (1, 3, 7)
    assert weekdays["so"] == 0  # Saturday in Czech, Sunday in German


def test_no_month_name_means_two_months() -> None:
    words = load_words()
    assert words.months["marz"] == 3
    assert words.months["lis"] == 11
    assert not set(words.months) & words.joiners


@given(
    st.text(
        alphabet=st.sampled_from("By Von 4Feb2022:30,.|-/()·年月日기자 記者JaneRoeund&\n\t'[]و\u0651\u0301"),
        max_size=120,
    )
)
@settings(max_examples=200, deadline=None)
def test_any_line_is_read_without_error(line: str) -> None:
    names = read_byline(line)
    assert names is None or all(name.strip() for name in names)
    told = read_dateline(line)
    assert told is None or all(value is None or datetime.fromisoformat(value) for value in told)
    assert all(name.strip() for name in read_names(line))


def test_a_part_of_accents_alone_names_nobody() -> None:
    assert read_byline("\u0651|By Jane Roe") == ("Jane Roe",)
    assert read_names("سامر الدوري \u0651 وليلى حداد")[-1] == "ليلى حداد"
