"""The note beside an output that says how much of it is safe, and where to go on.

It is replaced as a whole (write, sync, rename), so after a crash at any moment there is one
complete journal, and the output holds at least the bytes that it names.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cleaner.jobs.records import JobError, Place
from cleaner.jobs.tally import Tally

VERSION: Final = 1
JOURNAL: Final = ".journal"
ERRORS: Final = ".errors"
WORK: Final = ".part.jsonl.zst"


@dataclass(frozen=True, slots=True)
class Journal:
    """State of a job: `identity` is what must be the same to go on, `place` the last record written,
    `output_bytes` and `error_bytes` how much of the files belongs to records up to it."""

    identity: Any
    place: Place
    output_bytes: int
    error_bytes: int
    tally: Mapping[str, Any]
    finished: bool = False


def journal_path(output: str) -> Path:
    """Where the journal of an output stands."""
    return Path(f"{output}{JOURNAL}")


def work_path(output: str) -> Path:
    """Where the lines of an output are gathered that is itself made from them at the end."""
    return Path(f"{output}{WORK}")


def errors_path(output: str) -> Path:
    """Where the failures of an output are told."""
    return Path(f"{output}{ERRORS}")


def is_output(name: str, exists: Callable[[str], bool] = os.path.exists) -> bool:
    """Whether a file was written by a job: it has a journal, or belongs to an output that has one."""
    outputs = (name.removesuffix(end) for end in ("", WORK, ERRORS, JOURNAL) if name.endswith(end))
    return any(exists(f"{output}{JOURNAL}") for output in outputs)


def read_journal(output: str) -> Journal | None:
    """The journal of an output; None when there is none. Raises `JobError` when it is not readable."""
    path = journal_path(output)
    try:
        values = json.loads(path.read_bytes())
        if values.pop("version") != VERSION:
            raise JobError(f"{path} was written by another version of this program")
        values["place"] = Place(*values["place"])
        Tally.from_dict(values["tally"])
        return Journal(**values)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise JobError(f"{path} is not a journal of this program") from None
    except OSError as error:
        raise JobError(f"cannot read {path}: {error.strerror}") from None


def write_journal(output: str, journal: Journal) -> None:
    """Put the journal on disk for good. Raises OSError."""
    path = journal_path(output)
    values = {
        "version": VERSION,
        "identity": journal.identity,
        "place": list(journal.place),
        "output_bytes": journal.output_bytes,
        "error_bytes": journal.error_bytes,
        "tally": journal.tally,
        "finished": journal.finished,
    }
    fresh = Path(f"{path}.new")
    with open(fresh, "wb") as file:
        file.write(json.dumps(values).encode())  # ASCII: file names need not be UTF-8
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # The rename itself must survive a power cut; some file systems do not let folders be synced.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)
