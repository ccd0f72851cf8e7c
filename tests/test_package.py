"""What is true of the package as a whole: light to import, its data inside, its extras stated."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest

import cleaner

IMPORT_SECONDS = 0.1
HEAVY = ("trafilatura", "selectolax", "numpy", "pyarrow", "dateparser", "htmldate", "catboost", "rich", "ray")
ROOT = Path(__file__).parent.parent


def _best(code: str) -> float:
    """The shortest of five runs of a fresh interpreter: noise only ever adds."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - begun)
    return min(times)


def test_import_is_light() -> None:
    assert _best("import cleaner") - _best("pass") < IMPORT_SECONDS


def test_import_loads_nothing_heavy() -> None:
    code = f"import sys, cleaner; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_public_names() -> None:
    types = ["Article", "CleanError", "JobError", "Kept", "Removal", "Result"]
    assert sorted(cleaner.__all__) == [*types, "article_like", "clean", "clean_many"]
    assert all(getattr(cleaner, name) for name in cleaner.__all__)


def test_a_fresh_interpreter_can_list_all_that_is_public() -> None:
    code = "import cleaner; print(*(set(cleaner.__all__) | {'__version__'}) - set(dir(cleaner)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""


def test_the_package_knows_its_version() -> None:
    assert cleaner.__version__ == version("article-cleaner")
    with pytest.raises(AttributeError, match="no attribute 'claen'"):
        _ = cleaner.claen  # type: ignore[attr-defined]


def test_cleaning_one_page_needs_nothing_that_only_unix_has() -> None:
    code = (
        "import sys; sys.modules.update(dict.fromkeys(('fcntl', 'resource')))\n"
        "from cleaner.cli import main; sys.exit(main(['clean', '-']))"
    )
    story = ROOT / "fixtures" / "text--english-ferry-readme" / "source.txt"
    with story.open("rb") as file:
        done = subprocess.run([sys.executable, "-c", code], stdin=file, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def _public(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def test_what_is_public_in_jobs_and_commands_is_explained() -> None:
    modules = [*(ROOT / "cleaner" / "jobs").glob("*.py"), *(ROOT / "cleaner").glob("cli*.py")]
    silent = [
        f"{module.name}:{node.name}"
        for module in modules
        for node in _public(ast.parse(module.read_text(encoding="utf-8")))
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_version_is_the_changelogs_latest() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    latest = next(line for line in lines if line.startswith("## [") and "Unreleased" not in line)
    assert latest.startswith(f"## [{version('article-cleaner')}]")


def test_weights_are_small_and_inside() -> None:
    for kind in ("html", "text"):
        packed = files("cleaner.label") / "weights" / f"{kind}.npz"
        assert 0 < len(packed.read_bytes()) <= 1_000_000
