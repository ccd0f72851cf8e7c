"""The README's generated parts: the commands it shows and what they print.

Comes in: README.md, where a comment `<!-- output of: COMMAND -->` stands above a block of text. Goes out:
the same file with each such block as the command prints it now.

    python -m tests.readme

Only `cleaner`, `python` and `cat` are commands here.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parent.parent
README: Final = ROOT / "README.md"
COLUMNS: Final = "80"
_OUTPUT: Final = re.compile(
    r"<!-- output of: (?P<command>[^>\n]+) -->\n```text\n(?P<shown>.*?)```\n", re.DOTALL
)
_CODE: Final = re.compile(r"^```(?P<language>python|sh)\n(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE)


class Shown(NamedTuple):
    """A command and what the README says that it prints."""

    command: str
    output: str


def outputs() -> list[Shown]:
    """The generated blocks, in order."""
    return [Shown(m["command"], m["shown"]) for m in _OUTPUT.finditer(README.read_text(encoding="utf-8"))]


def code(language: str) -> list[str]:
    """The blocks of code in a language, in order."""
    found = _CODE.finditer(README.read_text(encoding="utf-8"))
    return [match["code"] for match in found if match["language"] == language]


def run(command: str) -> str:
    """What a command of the README prints, in the project's folder on a terminal of 80 columns."""
    name, *arguments = shlex.split(command)
    if name == "cat":
        return (ROOT / arguments[0]).read_text(encoding="utf-8")
    words = [sys.executable, *(["-m", "cleaner"] if name == "cleaner" else []), *arguments]
    environment = os.environ | {"COLUMNS": COLUMNS, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        words,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    return done.stdout


def main() -> None:
    """Rewrite the generated blocks of the README."""

    def fresh(match: re.Match[str]) -> str:
        command = match["command"]
        return f"<!-- output of: {command} -->\n```text\n{run(command).rstrip()}\n```\n"

    README.write_text(_OUTPUT.sub(fresh, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
