"""The exit codes of the command, for all its subcommands; nothing comes in, four numbers go out.

They are in a module of their own because scripts rely on them: one list, which the help texts explain.
"""

from __future__ import annotations

from typing import Final

DONE: Final = 0
NO_ARTICLE: Final = 1
FAILED: Final = 2
INTERRUPTED: Final = 130
"""128 and the number of SIGINT, as shells have it."""
