"""The `batch` command: arguments in, a job run, a summary and an exit code out.

Exit codes: 0 when all input is in the output (failed records included, with their reasons);
2 for bad usage, unreadable input or an output that cannot be written; 130 when it was
interrupted, with all that was on the way finished and written.
"""

from __future__ import annotations

import argparse
import json
import shlex
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cleaner.jobs.batch import Engine
    from cleaner.jobs.tally import Summary

DONE: Final = 0
FAILED: Final = 2
INTERRUPTED: Final = 130


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `batch` to the command's subcommands."""
    parser = subparsers.add_parser(
        "batch",
        help="clean many pages from JSON lines, WARC, Parquet or folders, in parallel",
        description="Clean every record of the inputs. OUT gets one record for each, in input order; "
        "OUT.errors the failures with their reasons; OUT.journal what is needed to go on after a crash.",
    )
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help=".jsonl, .warc, .parquet, .html, .htm or .txt (each also .gz or .zst), "
        "a folder or glob of them, or - for JSON lines or WARC on standard input",
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="OUT",
        help=".jsonl, .jsonl.gz, .jsonl.zst or .parquet",
    )
    again = parser.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="go on with an OUT that was begun before")
    again.add_argument("--overwrite", action="store_true", help="begin anew although there is an OUT")
    _add_reading(parser)
    _add_running(parser)
    parser.set_defaults(run=run)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("reading JSON lines and Parquet")
    for name, meaning in (
        ("html", "the page"),
        ("text", "scraped text, where there is no page"),
        ("url", "its address"),
        ("id", "its id in the output"),
    ):
        group.add_argument(
            f"--{name}-field", default=name, metavar="NAME", help=f"field with {meaning} (default: {name})"
        )
    parser.add_argument(
        "--kind",
        choices=("auto", "html", "text"),
        default="auto",
        help="what the sources are (default: auto, by field, file name or content)",
    )


def _add_running(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("running")
    group.add_argument(
        "--workers", type=_positive, metavar="N", help="worker processes (default: one for each CPU)"
    )
    group.add_argument(
        "--timeout", type=float, default=30.0, metavar="S", help="seconds for one page (default: 30)"
    )
    group.add_argument(
        "--memory", type=_positive, default=1024, metavar="MB", help="memory for one page (default: 1024)"
    )
    group.add_argument(
        "--engine",
        choices=("local", "ray"),
        default="local",
        help="processes here (default) or a Ray cluster",
    )
    group.add_argument(
        "--address", metavar="ADDRESS", help="the Ray cluster (default: a Ray on this machine)"
    )
    group.add_argument("--summary", metavar="FILE", help="write the summary as JSON to FILE (- for output)")
    group.add_argument("--quiet", action="store_true", help="no progress and no summary on standard error")


def run(args: argparse.Namespace) -> int:
    """Run the job that the arguments describe; returns the exit code."""
    from cleaner.jobs.batch import run_job
    from cleaner.jobs.inputs import Inputs
    from cleaner.jobs.output import Output
    from cleaner.jobs.progress import bar
    from cleaner.jobs.records import Fields, JobError

    fields = Fields(args.html_field, args.text_field, args.url_field, args.id_field)
    try:
        _check_summary(args.summary)
        inputs = Inputs.find(args.inputs, fields, args.kind)
        output = Output(args.output, inputs.identity(), resume=args.resume, overwrite=args.overwrite)
        total = None if args.quiet else inputs.size()
        with _polite_interrupt() as interrupt, bar(total, output.tally.records, args.quiet) as reporter:
            summary = run_job(inputs, output, _engine(args), reporter, interrupt.was_given)
        if args.summary:
            _write_summary(args.summary, summary)
    except JobError as error:
        print(f"cleaner: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(f"broken off; to go on: {_resume_command()}", file=sys.stderr)
        return INTERRUPTED
    if not args.quiet:
        print(summary.to_text(), file=sys.stderr)
    if not summary.finished:
        print(f"stopped; to go on: {_resume_command()}", file=sys.stderr)
        return INTERRUPTED
    return DONE


def _engine(args: argparse.Namespace) -> Engine:
    from cleaner.jobs.batch import Local
    from cleaner.jobs.many import usable_cpus
    from cleaner.jobs.worker import Setup

    setup = Setup(encode="json", timeout=args.timeout, memory=args.memory)
    if args.engine == "ray":
        from cleaner.jobs.ray import Cluster

        cluster: Engine = Cluster(setup, args.workers, args.address)
        return cluster
    return Local(setup, args.workers or usable_cpus())


def _check_summary(name: str | None) -> None:
    """Find out before the work, not behind it, that the summary cannot be written."""
    from cleaner.jobs.records import JobError

    try:
        if name and name != "-":
            Path(name).touch()
    except OSError as error:
        raise JobError(f"cannot write {name}: {error.strerror or error}") from None


def _write_summary(name: str, summary: Summary) -> None:
    from cleaner.jobs.records import JobError

    text = json.dumps(summary.to_dict(), ensure_ascii=False, indent=2) + "\n"
    if name == "-":
        sys.stdout.write(text)
        return
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise JobError(f"cannot write {name}: {error.strerror or error}") from None


def _resume_command() -> str:
    words = [word for word in sys.argv[1:] if word not in ("--resume", "--overwrite")]
    return shlex.join(["cleaner", *words, "--resume"])


class _Interrupt:
    """Remembers the first Ctrl-C; the second one interrupts as always."""

    def __init__(self) -> None:
        self._given = False

    def was_given(self) -> bool:
        return self._given

    def handle(self, number: int, frame: FrameType | None) -> None:
        if self._given:
            raise KeyboardInterrupt
        self._given = True
        print("stopping: finishing the pages on the way (again to break off)", file=sys.stderr)


@contextmanager
def _polite_interrupt() -> Iterator[_Interrupt]:
    interrupt = _Interrupt()
    if threading.current_thread() is not threading.main_thread():
        yield interrupt  # signals are the main thread's
        return
    before = {number: signal.signal(number, interrupt.handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield interrupt
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
