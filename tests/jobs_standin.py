"""A cleaning function for tests of jobs: cheap, and as unwell as the page asks for."""

from __future__ import annotations

import ctypes
import os
import signal
import time

from cleaner.model import Article, CleanError, Removal

_LEAKED: list[bytes] = []


def clean(
    source: bytes | str, url: str | None = None, kind: str = "auto", charset: str | None = None
) -> Article:
    text = source.decode() if isinstance(source, bytes) else source
    word, _, argument = text.partition(" ")
    if word == "segfault":
        ctypes.string_at(0)
    elif word == "hang":
        time.sleep(600)
    elif word == "devour":
        bytearray(1 << 40)
    elif word == "leak":
        _LEAKED.append(b"x" * 20_000_000)
    elif word == "exit":
        os._exit(3)
    elif word == "freeze":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif word == "bug":
        raise ZeroDivisionError("division by zero")
    elif word == "refuse":
        raise CleanError("nothing to clean")
    elif word == "sleep":
        time.sleep(float(argument))
    elif word == "die-once":
        _die_once(argument)
    elif word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return Article(text=text, url=url, section=kind, removed=(Removal("x" * 5, "ad", "test", 0, 5),))


def _die_once(marker: str) -> None:
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
