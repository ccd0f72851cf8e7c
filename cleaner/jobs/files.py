"""Folders and patterns as the files in them, in an order that is the same each time.

What a folder or a pattern holds of earlier jobs' outputs is left out, lest a job feed on itself, and so are
links to folders, which may lead back to where they stand. Such a link is followed where it is named itself.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Callable, Iterator
from typing import Final

from cleaner.jobs.journal import is_output
from cleaner.jobs.records import JobError

_ANY_DEPTH: Final = re.compile(r"(?:^|(?<=/))\*\*(?:/+|$)")


def matching(pattern: str) -> list[str]:
    """What a glob matches, in order, but for outputs and what is in a folder that it matches as well.

    Raises `JobError` when that is nothing.
    """
    found = sorted({name.rstrip("/") or name for name in _expanded(pattern)})
    if not found:
        raise JobError(f"no file matches {pattern}")
    folders = tuple(os.path.join(name, "") for name in found if os.path.isdir(name))
    return [
        name
        for name in found
        if os.path.exists(name) and not name.startswith(folders) and not is_output(name)
    ]


def _expanded(pattern: str) -> Iterator[str]:
    """What is there of a pattern. The standard library would follow links below `**`, and loops of them."""
    deep = _ANY_DEPTH.search(pattern)
    if deep is None:
        yield from glob.glob(pattern)
        return
    before, behind = pattern[: deep.start()], pattern[deep.end() :]
    if not behind:
        yield from glob.glob(before or ("*/" if pattern.endswith("/") else "*"))
        return
    for top in glob.glob(before) if before else [""]:
        for path, folders, _ in os.walk(top or os.curdir):
            folders[:] = [folder for folder in folders if not folder.startswith(".")]
            here = os.path.join(path, "") if top else os.path.join(path, "").removeprefix("./")
            yield from (name for name in _expanded(glob.escape(here) + behind) if not _links_to_folder(name))


def _links_to_folder(name: str) -> bool:
    return os.path.islink(name.rstrip("/")) and os.path.isdir(name)


def all_in(folder: str, failed: Callable[[OSError], None] | None = None) -> Iterator[str]:
    """All files in and below a folder, in order; `failed` is told of folders that cannot be read."""
    for path, folders, files in os.walk(folder, onerror=failed):
        folders.sort()
        there = frozenset(files)
        for file in sorted(files):
            if not is_output(file, there.__contains__):
                yield os.path.join(path, file)


def waits(name: str) -> bool:
    """Whether this is a pipe, a socket or a device, of which reading may never end."""
    try:
        mode = os.stat(name).st_mode
    except OSError:
        return False  # what reads it says what is wrong
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def size_of(name: str) -> int:
    """Bytes of a file as it lies on disk; 0 for what is none, or has vanished."""
    return os.path.getsize(name) if os.path.isfile(name) else 0
