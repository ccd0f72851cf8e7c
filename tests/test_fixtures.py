"""Every fixture comes out as its folder says: body, metadata, ledger.

A failure that is known stands in `fixtures/known_failures.toml` with its reason, and must go on
failing: once it passes, its entry has to go.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from cleaner.model import REMOVAL_LABELS, Article, article_like
from tests import regenerate
from tests.regenerate import ROOT, Fixture, fixtures, flat

ALL = {fixture.name: fixture for fixture in fixtures()}
KNOWN = tomllib.loads((ROOT / "known_failures.toml").read_text(encoding="utf-8"))


@cache
def cleaned(name: str) -> Article:
    return ALL[name].clean()


def cases(part: str) -> list[object]:
    """All fixtures; those whose part is known to fail are marked so."""
    marks = {
        name: [pytest.mark.xfail(reason=known["reason"], strict=True)]
        for name, known in KNOWN.items()
        if part in known["parts"]
    }
    return [pytest.param(name, marks=marks.get(name, [])) for name in ALL]


@pytest.mark.parametrize("name", cases("text"))
def test_body(name: str) -> None:
    text = cleaned(name).text if article_like(cleaned(name)) else ""
    kept = [flat(paragraph) for paragraph in text.split("\n\n") if paragraph.strip()]
    assert kept == [flat(paragraph) for paragraph in ALL[name].text.split("\n\n") if paragraph.strip()]


@pytest.mark.parametrize("name", cases("metadata"))
def test_metadata(name: str) -> None:
    got = cleaned(name).to_dict()
    expected = ALL[name].metadata
    assert {field: got[field] for field in expected} == expected


@pytest.mark.parametrize("name", cases("ledger"))
def test_ledger(name: str) -> None:
    ledger = {(flat(removal.text), removal.label) for removal in cleaned(name).removed}
    missing = [entry for entry in ALL[name].removed if (flat(entry.text), entry.label) not in ledger]
    assert missing == []


@pytest.mark.parametrize("name", ALL)
def test_every_ledger_entry_says_why(name: str) -> None:
    assert all(removal.rule and removal.label in REMOVAL_LABELS for removal in cleaned(name).removed)


def test_known_failures_name_fixtures_and_parts() -> None:
    assert set(KNOWN) <= set(ALL)
    for known in KNOWN.values():
        assert known["reason"]
        assert set(known["parts"]) <= {"text", "metadata", "ledger", "again"}


def test_fixtures_cover_labels_and_languages() -> None:
    labels = Counter(entry.label for fixture in ALL.values() for entry in fixture.removed)
    languages = {fixture.metadata["language"] for fixture in ALL.values()}
    assert {label for label in REMOVAL_LABELS if labels[label] < 2} <= {"other"}
    assert len(languages) >= 10
    assert Counter(fixture.kind for fixture in ALL.values()).keys() == {"html", "text"}


def test_regenerate_writes_what_the_cleaner_does(tmp_path: Path) -> None:
    folder = tmp_path / "news--small"
    folder.mkdir()
    source = "The mill at Upper Dray closed on Friday.\n\nIts last three weavers were given a clock each.\n"
    (folder / "source.txt").write_text(source, encoding="utf-8")
    fixture = Fixture(folder)
    regenerate.rewrite(fixture)
    assert fixture.text == fixture.clean().text
    assert json.loads((folder / "expected.json").read_text(encoding="utf-8")) == fixture.metadata
    assert {(flat(e.text), e.label) for e in fixture.removed} == {
        (flat(r.text), r.label) for r in fixture.clean().removed
    }


def test_regenerate_refuses_an_unknown_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        regenerate.main(["news--not-there"])
    assert "no such fixture: news--not-there" in capsys.readouterr().err
