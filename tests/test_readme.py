"""What the README shows is so: its commands print what it says, and its code runs."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from cleaner.model import ARTICLE_LIKE, REMOVAL_LABELS, Article, Shape
from tests import readme
from tests.readme import README, ROOT, Shown
from tests.regenerate import fixtures

CODE = readme.code("python")


def cases() -> list[object]:
    marks = [[pytest.mark.ray] if "import ray" in code else [] for code in CODE]
    return [
        pytest.param(code, marks=mark, id=f"block{i}")
        for i, (code, mark) in enumerate(zip(CODE, marks, strict=True))
    ]


def settled(output: str) -> str:
    """What is printed but for the digits of the confidence, which move with every training."""
    return re.sub(r"confidence [0-9.]+", "confidence", output.rstrip())


@pytest.mark.parametrize("shown", readme.outputs(), ids=lambda shown: shown.command)
def test_commands_print_what_is_shown(shown: Shown) -> None:
    if shown.command.endswith("--help") and sys.version_info >= (3, 13):
        pytest.skip("argparse words its help differently since Python 3.13")
    assert settled(shown.output) == settled(readme.run(shown.command))


def test_every_command_is_shown() -> None:
    commands = {shown.command for shown in readme.outputs()}
    assert {"cleaner clean --help", "cleaner batch --help", "python -m cleaner.train --help"} <= commands


@pytest.mark.parametrize("code", cases())
def test_code_runs(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_label_is_explained_in_order() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    rows = [line.split("`")[1] for line in lines if line.startswith("| `")]
    assert tuple(rows) == REMOVAL_LABELS


def test_offsets_point_into_what_body_and_ledger_make_together() -> None:
    for fixture in fixtures():
        article = fixture.clean()
        entries = sorted([*article.body, *article.removed], key=lambda entry: entry.start)
        whole = (
            "\n".join(entry.text for entry in entries) if fixture.kind == "html" else fixture.source.decode()
        )
        assert [whole[entry.start : entry.end] for entry in entries] == [entry.text for entry in entries]


def test_fields_and_shapes_are_all_named() -> None:
    text = README.read_text(encoding="utf-8")
    names = [field.name for field in dataclasses.fields(Article)]
    shapes = [shape for shape in get_args(Shape) if shape != "menu"]
    assert [name for name in (*names, *shapes) if f"`{name}`" not in text] == []


def test_what_it_says_an_article_needs_is_so() -> None:
    assert f"`confidence` of at least {ARTICLE_LIKE}" in " ".join(README.read_text(encoding="utf-8").split())


def test_files_it_links_to_exist() -> None:
    text = README.read_text(encoding="utf-8")
    links = [part.split(")")[0] for part in text.split("](")[1:]]
    assert [link for link in links if not link.startswith("http") and not (ROOT / link).exists()] == []


def test_ci_runs_the_commands_for_a_fresh_machine() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    tests = next(block for block in readme.code("sh") if "pytest" in block)
    for part in ("-m venv", "'.[dev]'", "-m pytest"):
        assert part in tests
        assert part in ci


def test_rewriting_touches_the_generated_blocks_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, blocks = README.read_text(encoding="utf-8"), readme.outputs()
    copy = tmp_path / "README.md"
    copy.write_text(before, encoding="utf-8")
    monkeypatch.setattr(readme, "README", copy)
    monkeypatch.setattr(readme, "run", lambda command: f"printed by {command}\n")
    readme.main()
    assert readme.outputs() == [Shown(command, f"printed by {command}\n") for command, _ in blocks]
    expected = before
    for command, output in blocks:
        expected = expected.replace(f"```text\n{output}```", f"```text\nprinted by {command}\n```", 1)
    assert copy.read_text(encoding="utf-8") == expected
