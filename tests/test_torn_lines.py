"""Texts whose lines were torn at links and emphasis, and texts that only look like them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.segment.text import segment_text

TORN = """\
Home
News
Sport
Harbour board reopens the north pier
Dana Holt
The north pier of Lowmere will open again on Monday, the
Harbour Board
said, two winters after
a storm
, which also took the lighthouse stairs, broke its last third.
Repairs cost four million, according to
the board's report
.
“We have lived by the tide,” said
Ines Corrigan
, who keeps the only shop.
The ferry line
Norline
has not said when it will sail again. It told
the Courier
that a timetable would follow.
Share this article
Newsletter
"""
WHOLE = [
    "The north pier of Lowmere will open again on Monday, the Harbour Board said, two winters after a storm, "
    "which also took the lighthouse stairs, broke its last third.",
    "Repairs cost four million, according to the board's report.",
    "“We have lived by the tide,” said Ines Corrigan, who keeps the only shop.",
]


def lines(text: str) -> list[str]:
    return [" ".join(block.text.split()) for block in segment_text(text)]


def unspaced(line: str) -> str:
    return line.replace(" ,", ",").replace(" .", ".")


def test_sentences_are_put_together_again() -> None:
    found = [unspaced(line) for line in lines(TORN)]
    assert found[5:8] == WHOLE
    assert "It told the Courier that a timetable would follow." in found[-3]


def test_lines_around_them_stay_apart() -> None:
    found = lines(TORN)
    assert found[:5] == ["Home", "News", "Sport", "Harbour board reopens the north pier", "Dana Holt"]
    assert found[-2:] == ["Share this article", "Newsletter"]


def test_the_article_reads_as_the_page_did() -> None:
    assert WHOLE[0] in cleaner.clean(TORN, kind="text").text


@pytest.mark.parametrize(
    "text",
    [
        # Each has small letters at the beginnings of lines, or a mark, but not what tearing leaves.
        "Pasta\nsalt\npepper\nolive oil\nparsley\nlemon zest\nserves four\n",
        "the sea takes back\nwhat it gave us\nand we stand here\ncounting the boats\nlamps out\n",
        "He waited.\n...and then the door opened onto the harbour, as it had every morning of that winter.\n",
        "Prices rose again in the third quarter, the bank said\n, a line that begins with a comma.\n",
    ],
)
def test_texts_that_were_not_torn_keep_their_lines(text: str) -> None:
    assert len(segment_text(text)) == len(text.splitlines())


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "Το λιμάνι της πόλης ανοίγει ξανά τη Δευτέρα, σύμφωνα με την\nΑρχή Λιμένος\n, δύο χειμώνες μετά\n"
            "την καταιγίδα\n. Το κόστος φτάνει τα τέσσερα εκατομμύρια.",
            1,
        ),
        (
            "港口管理局周一表示,北码头将于下周重新开放,据\n《低地信使报》\n、当地电台和\n港务局\n，维修费用为四百万。",
            1,
        ),
        (
            "قالت هيئة الميناء يوم الاثنين إن الرصيف الشمالي سيفتح من جديد بحسب\nتقرير الهيئة\n"
            "، بعد شتاءين\n، وبلغت الكلفة أربعة ملايين.",
            1,
        ),
    ],
)
def test_other_scripts(text: str, whole: int) -> None:
    assert len(segment_text(text)) == whole


def test_a_blank_line_parts() -> None:
    text = TORN.replace("two winters after\na storm", "two winters after\n\na storm")
    assert any(line.endswith("two winters after") for line in lines(text))


@given(
    st.lists(
        st.sampled_from(["the pier", ", which", "A name", ".", "x" * 60, "and so", "", "“", "said"]),
        max_size=40,
    )
)
def test_offsets_are_exact(parts: list[str]) -> None:
    text = "\n".join([*parts, ", a", ", b"])
    reached = 0
    for block in segment_text(text):
        assert block.text == text[block.start : block.end] == block.text.strip() != ""
        assert not text[reached : block.start].strip()
        reached = block.end
    assert not text[reached:].strip()


def test_time_is_in_proportion() -> None:
    text = "the harbour board and\na link\n, which goes on,\n" * 5000
    begin = time.perf_counter()
    segment_text(text)
    assert time.perf_counter() - begin < 2
