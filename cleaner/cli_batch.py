"""The `batch` command: arguments in, a job run, a summary and an exit code out.

Exit codes: 0 when all input is in the output (failed records included, with their reasons);
1 when every one of them failed; 2 for bad usage, input that is not there or has no record, or an output
that cannot be written; 130 when it was interrupted, with all that was on the way finished and written.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import shlex
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final, TypeVar

from cleaner.cli_exit import DONE, FAILED, INTERRUPTED, NO_ARTICLE, drop_buffered
from cleaner.cli_messages import tell
from cleaner.jobs.limits import (
    DEFAULT_MEMORY,
    DEFAULT_TIMEOUT,
    checked_memory,
    checked_timeout,
    checked_workers,
)
from cleaner.jobs.records import JobError
from cleaner.jobs.streams import STDIN, shown

if TYPE_CHECKING:
    from cleaner.jobs.batch import Engine
    from cleaner.jobs.inputs import Inputs
    from cleaner.jobs.tally import Summary

N = TypeVar("N", int, float)

_EPILOG: Final = (
    "Exit code: 0 when all input is in OUT, failed records included; 1 when every record failed; "
    "2 for bad usage, no input or no record in it, or an OUT that cannot be written; 130 when it was "
    "interrupted, with all that was on the way finished and written."
)

_NO_RESUME: Final = "standard input cannot be read a second time: --resume needs files"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `batch` to the command's subcommands."""
    parser = subparsers.add_parser(
        "batch",
        help="clean many pages from JSON lines, WARC, Parquet or folders, in parallel",
        description="Clean every record of the inputs. OUT gets one record for each, in input order; "
        "OUT.errors the failures with their reasons; OUT.journal what is needed to go on after a crash.",
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help=".jsonl, .json, .warc, .parquet, .html, .htm or .txt (each also .gz or .zst), "
        "a folder or glob of them (without the outputs of jobs: files that have a .journal beside them), "
        "or - for JSON or WARC on standard input",
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
    parser.set_defaults(parser=parser, options=(*_add_reading(parser), *_add_running(parser)))


def _add_reading(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    group = parser.add_argument_group("reading JSON and Parquet")
    for name, meaning in (
        ("html", "the page"),
        ("text", "scraped text, where there is no page"),
        ("url", "its address"),
        ("id", "its id in the output"),
    ):
        yield group.add_argument(
            f"--{name}-field", default=name, metavar="NAME", help=f"field with {meaning} (default: {name})"
        )
    yield parser.add_argument(
        "--kind",
        choices=("auto", "html", "text"),
        default="auto",
        help="what the sources are (default: auto, by field, file name or content)",
    )


def _add_running(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    group = parser.add_argument_group("running")
    yield group.add_argument(
        "--workers",
        type=_limit(int, checked_workers),
        metavar="N",
        help="worker processes (default: one for each CPU)",
    )
    yield group.add_argument(
        "--timeout",
        type=_limit(float, checked_timeout),
        default=DEFAULT_TIMEOUT,
        metavar="S",
        help=f"seconds for one page (default: {DEFAULT_TIMEOUT:g})",
    )
    yield group.add_argument(
        "--memory",
        type=_limit(int, checked_memory),
        default=DEFAULT_MEMORY,
        metavar="MB",
        help=f"memory for one page (default: {DEFAULT_MEMORY})",
    )
    yield group.add_argument(
        "--engine",
        choices=("local", "ray"),
        default="local",
        help="processes here (default) or a Ray cluster",
    )
    yield group.add_argument(
        "--address", metavar="ADDRESS", help="the Ray cluster (default: a Ray on this machine)"
    )
    yield group.add_argument(
        "--summary", metavar="FILE", help="write the summary as JSON to FILE (- for output)"
    )
    yield group.add_argument(
        "--quiet", action="store_true", help="no progress and no summary on standard error"
    )


def check(args: argparse.Namespace) -> None:
    """What argparse cannot check by itself; ends the command with a usage message."""
    if args.address and args.engine != "ray":
        args.parser.error("--address is where a Ray cluster is; add --engine ray")
    if "" in (args.output, *args.inputs):
        args.parser.error("the name of an input or the output is empty; name a file")


def run(args: argparse.Namespace) -> int:
    """Run the job that the arguments describe; returns the exit code."""
    from cleaner.jobs.batch import run_job
    from cleaner.jobs.inputs import Inputs
    from cleaner.jobs.output import Output, written_files
    from cleaner.jobs.progress import bar
    from cleaner.jobs.records import Fields

    fields = Fields(args.html_field, args.text_field, args.url_field, args.id_field)
    try:
        if args.resume and STDIN in args.inputs:
            raise JobError(_NO_RESUME)
        inputs = Inputs.find(args.inputs, fields, args.kind)
        inputs.check_output(written_files(args.output))
        _check_summary(args.summary, inputs, args.output)
        total = None if args.quiet else inputs.size()
        with (
            Output(args.output, inputs.identity(), resume=args.resume, overwrite=args.overwrite) as output,
            _polite_interrupt() as interrupt,
            bar(total, output.tally.records, args.quiet) as reporter,
        ):
            summary = run_job(inputs, output, _engine(args), reporter, interrupt.was_given)
        if args.summary:
            _write_summary(args.summary, summary)
        if summary.finished and not summary.tally.records:
            raise JobError(f"no records in {', '.join(map(shown, args.inputs))}")
    except JobError as error:
        tell(f"cleaner: {error}")
        return FAILED
    except KeyboardInterrupt:
        tell(f"broken off; {_how_to_go_on(args)}")
        return INTERRUPTED
    if not args.quiet:
        for line in summary.to_text().splitlines():
            tell(line)
    if not summary.finished:
        tell(f"stopped; {_how_to_go_on(args)}")
        return INTERRUPTED
    return NO_ARTICLE if summary.tally.errors == summary.tally.records else DONE


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


def _check_summary(name: str | None, inputs: Inputs, output: str) -> None:
    """Find out before the work, not behind it, that the summary cannot be written."""
    from cleaner.jobs.output import kept_files

    if not name or name == "-":
        return
    if Path(name).resolve() in [path.resolve() for path in kept_files(output)]:
        raise JobError(f"{name} is the job's own file; name another for the summary")
    is_new = not os.path.exists(name)
    try:
        Path(name).touch()
    except OSError as error:
        raise JobError(f"cannot write {name}: {error.strerror or error}") from None
    try:
        inputs.check_output((Path(name),))  # a folder that is read would have it, too, from now on
    except JobError:
        if is_new:
            os.unlink(name)
        raise


def _write_summary(name: str, summary: Summary) -> None:
    text = json.dumps(summary.to_dict(), ensure_ascii=False, indent=2) + "\n"
    try:
        if name == "-" and sys.stdout is None:
            raise OSError(errno.EBADF, "it is closed")
        if name == "-":
            print(text, end="", flush=True)
        else:
            Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        if name == "-":
            drop_buffered()
        where = "the summary to standard output" if name == "-" else name
        raise JobError(f"cannot write {where}: {error.strerror or error}") from None


def _how_to_go_on(args: argparse.Namespace) -> str:
    """The command that takes the job up again, made from the arguments as they were understood."""
    if STDIN in args.inputs:
        return _NO_RESUME
    words = [f"--output={args.output}"] if args.output.startswith("-") else ["-o", args.output]
    for option in args.options:
        value, flag = getattr(args, option.dest), option.option_strings[-1]
        if value != option.default:
            words.append(flag if option.nargs == 0 else f"{flag}={value}")
    inputs = args.inputs
    if any(name.startswith("-") for name in inputs):
        return "to go on: " + shlex.join(["cleaner", "batch", *words, "--resume", "--", *inputs])
    return "to go on: " + shlex.join(["cleaner", "batch", *inputs, *words, "--resume"])


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
        tell("stopping: finishing the pages on the way (again to break off)")


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


def _limit(number: Callable[[str], N], check: Callable[[N], N]) -> Callable[[str], N]:
    """What argparse reads a limit with: `number` takes it from a word, `check` looks whether it will do."""

    def read(text: str) -> N:
        try:
            value = number(text)
        except ValueError:
            kind = "whole number" if number is int else "number"
            raise argparse.ArgumentTypeError(f"must be a {kind}, not {text}") from None
        try:
            return check(value)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read
