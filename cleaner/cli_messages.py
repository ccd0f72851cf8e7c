"""What the command says on standard error, a line at a time.

Names of files and words of pages are in these lines, so that what would break a line, or steer a terminal, is
written as an escape. Where standard error is closed or full nobody is told, and the exit code must do.
"""

from __future__ import annotations

import re
import sys
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def on_one_line(words: str) -> str:
    """`words` with an escape for each character that is a sign to a terminal, such as a line's end."""
    return _CONTROL.sub(lambda sign: ascii(sign[0])[1:-1], words)


def tell(message: str) -> None:
    """Print one line on standard error."""
    if sys.stderr is not None:  # print would take standard output instead
        try:
            print(on_one_line(message), file=sys.stderr, flush=True)
        except OSError:
            sys.stderr = (
                None  # what is left in its buffer would fail again at the end, with a code of its own
            )
