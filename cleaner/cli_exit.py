"""How the command ends, for all its subcommands: the exit codes, and what becomes of unwritten output.

The codes are in a module of their own because scripts rely on them: one list, which the help texts explain.
"""

from __future__ import annotations

import os
import sys
from typing import Final

DONE: Final = 0
NO_ARTICLE: Final = 1
FAILED: Final = 2
INTERRUPTED: Final = 130
"""128 and the number of SIGINT, as shells have it."""


def drop_buffered() -> None:
    """What is still in standard output's buffer must not raise once more at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
