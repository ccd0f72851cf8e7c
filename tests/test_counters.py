"""Lines that count a gallery's pictures go as a run; a rating, a score or a date alone is no counter."""

import pytest

from cleaner import clean
from cleaner.label.counters import counters

PROSE = "The storm reached the coast on Monday night and took the roofs off two schools, officials said."


@pytest.mark.parametrize(
    "lines",
    [
        ["1 of 57", "2 of 57", "3 of 57"],
        ["1/12", PROSE, "2/12", PROSE, "3/12"],
        ["(1 von 8)", "(2 von 8)", "(3 von 8)", "(4 von 8)"],
        ["3 sur 9", "2 sur 9", "1 sur 9"],
    ],
)
def test_runs_of_counters_are_found(lines: list[str]) -> None:
    assert counters(lines) == [i for i, line in enumerate(lines) if line != PROSE]


@pytest.mark.parametrize(
    "lines",
    [
        ["9/11"],
        ["4/5", "2/5", "4/5"],  # ratings
        ["1/2", "2/3", "3/4"],  # fractions
        ["6 of 5", "7 of 5", "8 of 5"],
        ["1 of 57 people", "2 of 57 people", "3 of 57 people"],
    ],
)
def test_other_numbers_are_not(lines: list[str]) -> None:
    assert counters(lines) == []


def test_a_gallery_leaves_no_counters_in_a_text() -> None:
    parts = [
        part for n in range(1, 8) for part in (f"{n} of 40", f"{PROSE} It was the {n}th storm of the year.")
    ]
    article = clean("\n\n".join(parts), kind="text")
    assert " of 40" not in article.text
    assert article.text.count("The storm reached") == 7
    assert {removal.rule for removal in article.removed} == {"spread/counter"}
