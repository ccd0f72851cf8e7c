"""The command: arguments in, printed articles and an exit code out; the work is the library's.

Inputs are done one by one and printed as they are done. One that cannot be read costs a
line on standard error and the exit code, never the others.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import cleaner
from cleaner import cli_batch
from cleaner.cli_exit import DONE, FAILED, INTERRUPTED, NO_ARTICLE, drop_buffered
from cleaner.cli_inputs import Document, holds_records, load
from cleaner.cli_messages import on_one_line, tell
from cleaner.jobs.records import reason_of
from cleaner.jobs.streams import is_standard_input, shown
from cleaner.model import Article, CleanError

if TYPE_CHECKING:
    from cleaner.jobs.records import InputKind

_DESCRIPTION: Final = "Clean news articles: the body text and metadata, and a ledger of everything left out."
_CLEAN_HELP: Final = "clean pages or scraped text and print the articles"
_EPILOG: Final = (
    "Exit code: 0 when every input gave an article, 1 when one held nothing article-like, "
    "2 for bad usage or an input that cannot be read, 130 when it was interrupted."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (default: the process's arguments) and return its exit code."""
    parser = build_parser()
    try:
        arguments, unknown = parser.parse_known_args(argv)
        if unknown:
            arguments.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
        (cli_batch.check if arguments.command == "batch" else _check)(arguments)
    except SystemExit as stop:  # argparse's way to end, after help or a usage message
        return stop.code if isinstance(stop.code, int) else FAILED
    if arguments.command == "batch":
        return cli_batch.run(arguments)
    try:
        return _clean(arguments)
    except BrokenPipeError:
        drop_buffered()  # Whoever read the output has seen enough.
        return DONE
    except _OutputError as error:
        to_file = arguments.output not in (None, "-")
        if not to_file:
            drop_buffered()
        _complain(arguments.output if to_file else "standard output", error)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def build_parser() -> argparse.ArgumentParser:
    """The command's arguments; also what the README's help text is made from."""
    parser = argparse.ArgumentParser(prog="cleaner", description=_DESCRIPTION, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"%(prog)s {cleaner.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    clean = commands.add_parser(
        "clean", help=_CLEAN_HELP, description=_CLEAN_HELP, epilog=_EPILOG, allow_abbrev=False
    )
    clean.add_argument(
        "inputs",
        nargs="*",
        metavar="FILE|URL|-",
        help="pages or texts, plain, .gz or .zst; files of records (JSON with an html or text field, "
        "WARC, Parquet); - (or nothing, in a pipe) for a page, a text, JSON or WARC on standard input",
    )
    clean.add_argument(
        "--format", choices=("text", "json", "markdown"), help="default: text; json for records"
    )
    clean.add_argument(
        "--explain", action="store_true", help="show the page: kept text plain, removed text dimmed with why"
    )
    clean.add_argument("--kind", choices=("auto", "html", "text"), default="auto", help="what the inputs are")
    clean.add_argument("--url", help="the address a single file or standard input came from")
    clean.add_argument("-o", "--output", metavar="FILE", help="write here instead of standard output")
    clean.set_defaults(parser=clean)
    cli_batch.register(commands)
    return parser


def _check(arguments: argparse.Namespace) -> None:
    """What argparse cannot check by itself; ends the command with a usage message."""
    if not arguments.inputs:
        if sys.stdin is None or sys.stdin.isatty():
            arguments.parser.error("name a file or an address, or - for standard input")
        arguments.inputs = ["-"]
    if arguments.inputs.count("-") > 1:
        arguments.parser.error("standard input can be read only once")
    if arguments.output == "":
        arguments.parser.error("the name of the output is empty; name a file")
    if arguments.explain and arguments.format:
        arguments.parser.error(
            "--explain is an output of its own; JSON always has the ledger, under `removed`"
        )
    if arguments.url and (len(arguments.inputs) > 1 or holds_records(arguments.inputs[0])):
        arguments.parser.error("--url is for a single page or text")
    if arguments.url is not None:
        from cleaner.addresses import is_absolute

        if not is_absolute(arguments.url):
            arguments.parser.error("--url is an absolute address, with http:// or https:// before it")


def _clean(arguments: argparse.Namespace) -> int:
    worst = DONE
    with ExitStack() as stack:
        output = _Output(arguments.output, stack)
        for name in arguments.inputs:
            output.refuse_as_input(name)
        printer = _Printer(arguments, output)
        for document in _documents(arguments.inputs, arguments.kind):
            worst = max(worst, _clean_one(document, arguments, printer))
    return worst


def _documents(inputs: Sequence[str], kind: InputKind) -> Iterator[Document | tuple[str, CleanError]]:
    for name in inputs:
        try:
            for document in load(name, kind):
                yield document if isinstance(document, Document) else ("", document)
        except CleanError as error:
            yield name, error


def _clean_one(
    document: Document | tuple[str, CleanError], arguments: argparse.Namespace, printer: _Printer
) -> int:
    """Clean and print one document; the exit code it calls for."""
    from cleaner.model import article_like
    from cleaner.pipeline import clean

    if not isinstance(document, Document):
        _complain(*document)
        return FAILED
    try:
        if arguments.url and document.is_record:
            raise CleanError("is one of many records; --url is for a single page or text")
        url = arguments.url or document.url
        article = clean(document.content, url=url, kind=document.kind, charset=document.charset)
    except CleanError as error:
        _complain(document.name, str(error))
        return FAILED
    except Exception as error:  # noqa: BLE001 - what one page does is no end of the others
        _complain(document.name, f"internal error: {type(error).__name__}: {reason_of(error)}")
        return FAILED
    printer.show(document, article)
    if article_like(article):
        return DONE
    _complain(document.name, "nothing article-like found")
    return NO_ARTICLE


def _complain(name: str, message: object) -> None:
    tell(f"cleaner: {shown(name)}: {message}" if name else f"cleaner: {message}")


class _OutputError(Exception):
    """The output cannot be written; the message is a plain line that says why and what to do."""


class _Output:
    """Standard output or a file, which is opened, and so emptied, when there is something to write."""

    def __init__(self, path: str | None, stack: ExitStack) -> None:
        self._path = None if path == "-" else path
        self._stack = stack
        self._file: TextIO | None = None

    def refuse_as_input(self, name: str) -> None:
        """Raises _OutputError when the input called `name` is the file to write."""
        if name == "-" and self._path and is_standard_input(self._path):
            raise _OutputError("is standard input, too, and would be written over; choose another file")
        are_there = self._path and os.path.isfile(name) and os.path.exists(self._path)
        if are_there and os.path.samefile(name, str(self._path)):
            raise _OutputError("is an input, and would be written over; choose another file")

    def is_terminal(self) -> bool:
        """Whether a person sees it."""
        return not self._path and sys.stdout is not None and sys.stdout.isatty()

    def write(self, text: str) -> None:
        """Write all of `text`, if there is any; a file is opened, and its old content lost, no sooner.

        Raises _OutputError when that cannot be, BrokenPipeError when no one reads.
        """
        if not text:
            return
        file = self._file = self._file or self._open()
        try:
            file.write(text)
            file.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _OutputError(f"cannot be written ({error.strerror}); it is cut off") from error

    def _open(self) -> TextIO:
        if self._path:
            try:
                file = Path(self._path).open("w", encoding="utf-8", errors="replace")  # noqa: SIM115  (_close)
            except OSError as error:
                raise _OutputError(f"cannot be written ({error.strerror}); choose another file") from error
            self._stack.callback(_close, file)
            return file
        if sys.stdout is None:
            raise _OutputError("is closed; choose a file with -o")
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            # Articles are in any language, whatever the terminal's locale says.
            reconfigure(encoding="utf-8", errors="replace")
        return sys.stdout


def _close(file: TextIO) -> None:
    with suppress(OSError):  # Each article was flushed, and a failure to do so was told then.
        file.close()


class _Printer:
    """Writes articles one after the other, under their names when there are several."""

    def __init__(self, arguments: argparse.Namespace, out: _Output) -> None:
        self._out = out
        self._explain: bool = arguments.explain
        self._format: str | None = "text" if arguments.explain else arguments.format
        self._has_records = any(holds_records(name) for name in arguments.inputs)
        self._several = self._has_records or len(arguments.inputs) > 1
        self._shown = 0

    def show(self, document: Document, article: Article) -> None:
        """Write one article. Raises _OutputError, BrokenPipeError."""
        has_records = self._has_records or document.is_record
        several = self._several or document.is_record
        if (self._format or ("json" if has_records else "text")) == "json":
            self._out.write((self._named(document, article) if several else article.to_json()) + "\n")
            return
        heading = ("\n" if self._shown else "") + f"==> {on_one_line(document.name)} <==\n"
        self._out.write((heading if several else "") + self._readable(article))
        self._shown += 1

    def _named(self, document: Document, article: Article) -> str:
        names = {"input": document.name} | ({} if document.id is None else {"id": document.id})
        return json.dumps(names | article.to_dict(), ensure_ascii=False)

    def _readable(self, article: Article) -> str:
        if self._explain:
            from cleaner.render.report import explain

            colour = self._out.is_terminal() and "NO_COLOR" not in os.environ
            return explain(article, colour, shutil.get_terminal_size((100, 24)).columns)
        from cleaner.render.text import without_controls

        as_lines = f"{article.text}\n" if article.text else ""
        text = article.to_markdown() if self._format == "markdown" else as_lines
        # What a page says is not for the terminal to obey.
        return without_controls(text) if self._out.is_terminal() else text
