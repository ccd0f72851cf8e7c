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

from cleaner import cli_batch
from cleaner.cli_inputs import Document, is_address, is_json_lines, load, load_records
from cleaner.model import Article, CleanError

if TYPE_CHECKING:
    from cleaner.cli_inputs import InputKind

DONE: Final = 0
NO_ARTICLE: Final = 1
UNREADABLE: Final = 2
INTERRUPTED: Final = 130

_DESCRIPTION: Final = "Clean news articles: the body text and metadata, and a ledger of everything left out."
_CLEAN_HELP: Final = "clean pages or scraped text and print the articles"
_EPILOG: Final = (
    "Exit code: 0 when every input gave an article, 1 when one held nothing article-like, "
    "2 for bad usage or an input that cannot be read."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (default: the process's arguments) and return its exit code."""
    parser = build_parser()
    try:
        arguments = parser.parse_args(argv)
        if arguments.command == "batch":
            return cli_batch.run(arguments)
        _check(parser, arguments)
    except SystemExit as stop:  # argparse's way to end, after help or a usage message
        return stop.code if isinstance(stop.code, int) else UNREADABLE
    try:
        return _clean(arguments)
    except BrokenPipeError:
        _drop_buffered()  # Whoever read the output has seen enough.
        return DONE
    except _OutputError as error:
        if arguments.output in (None, "-"):
            _drop_buffered()
        _complain(arguments.output or "standard output", f"cannot be written ({error}); it is cut off")
        return UNREADABLE
    except KeyboardInterrupt:
        return INTERRUPTED


def build_parser() -> argparse.ArgumentParser:
    """The command's arguments; also what the README's help text is made from."""
    parser = argparse.ArgumentParser(prog="cleaner", description=_DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    clean = commands.add_parser("clean", help=_CLEAN_HELP, description=_CLEAN_HELP, epilog=_EPILOG)
    clean.add_argument(
        "inputs",
        nargs="*",
        metavar="FILE|URL|-",
        help="pages or texts, plain or gzip; .jsonl files with an html or text field a record; "
        "- (or nothing, in a pipe) for standard input",
    )
    clean.add_argument(
        "--format", choices=("text", "json", "markdown"), help="default: text; json for .jsonl inputs"
    )
    clean.add_argument(
        "--explain", action="store_true", help="show the page: kept text plain, removed text dimmed with why"
    )
    clean.add_argument("--kind", choices=("auto", "html", "text"), default="auto", help="what the inputs are")
    clean.add_argument("--url", help="the address a single file or standard input came from")
    clean.add_argument("-o", "--output", metavar="FILE", help="write here instead of standard output")
    cli_batch.register(commands)
    return parser


def _version() -> str:
    from importlib.metadata import version

    return version("article-cleaner")


def _check(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> None:
    """What argparse cannot check by itself; ends the command with a usage message."""
    if not arguments.inputs:
        if sys.stdin.isatty():
            parser.error("clean: name a file or an address, or - for standard input")
        arguments.inputs = ["-"]
    if arguments.explain and arguments.format:
        parser.error("clean: --explain is an output of its own; JSON always has the ledger, under `removed`")
    if arguments.url and (len(arguments.inputs) > 1 or is_json_lines(arguments.inputs[0])):
        parser.error("clean: --url is for a single file or standard input")


def _clean(arguments: argparse.Namespace) -> int:
    worst = DONE
    with ExitStack() as stack:
        try:
            out = _open_output(arguments.output, stack)
        except OSError as error:
            _complain(arguments.output, f"cannot be written ({error.strerror}); choose another file")
            return UNREADABLE
        printer = _Printer(arguments, out)
        for document in _documents(arguments.inputs, arguments.kind):
            worst = max(worst, _clean_one(document, arguments, printer))
    return worst


def _open_output(path: str | None, stack: ExitStack) -> TextIO:
    if path and path != "-":
        file = Path(path).open("w", encoding="utf-8", errors="replace")  # noqa: SIM115  (_close, below)
        stack.callback(_close, file)
        return file
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        # Articles are in any language, whatever the terminal's locale says.
        reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


def _close(file: TextIO) -> None:
    with suppress(OSError):  # Each article was flushed, and a failure to do so was told then.
        file.close()


def _documents(inputs: Sequence[str], kind: InputKind) -> Iterator[Document | tuple[str, CleanError]]:
    for name in inputs:
        try:
            if not is_json_lines(name) or is_address(name):
                yield load(name)
                continue
            for record in load_records(name, kind):
                yield record if isinstance(record, Document) else ("", record)
        except CleanError as error:
            yield name, error


def _clean_one(
    document: Document | tuple[str, CleanError], arguments: argparse.Namespace, printer: _Printer
) -> int:
    """Clean and print one document; the exit code it calls for."""
    from cleaner.pipeline import article_like, clean
    from cleaner.read import decode

    if not isinstance(document, Document):
        _complain(*document)
        return UNREADABLE
    try:
        content = document.content
        if document.charset and isinstance(content, bytes):
            content = decode(content, document.charset).text
        article = clean(content, url=arguments.url or document.url, kind=arguments.kind)
    except CleanError as error:
        _complain(document.name, str(error))
        return UNREADABLE
    printer.show(document, article)
    if article_like(article):
        return DONE
    _complain(document.name, "nothing article-like found")
    return NO_ARTICLE


def _drop_buffered() -> None:
    """What is still in standard output's buffer must not raise once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(name: str, message: object) -> None:
    name = "standard input" if name == "-" else name
    print(f"cleaner: {name}: {message}" if name else f"cleaner: {message}", file=sys.stderr)


class _OutputError(Exception):
    """The output cannot take more; the message is the system's reason."""


class _Printer:
    """Writes articles one after the other, under their names when there are several."""

    def __init__(self, arguments: argparse.Namespace, out: TextIO) -> None:
        self._out = out
        self._explain: bool = arguments.explain
        lines = any(is_json_lines(name) for name in arguments.inputs)
        self._format: str = arguments.format or ("json" if lines and not arguments.explain else "text")
        self._several = lines or len(arguments.inputs) > 1
        self._shown = 0

    def write(self, text: str) -> None:
        """Write all of `text`. Raises _OutputError when there is no room, BrokenPipeError when no reader."""
        try:
            self._out.write(text)
            self._out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _OutputError(error.strerror) from error

    def show(self, document: Document, article: Article) -> None:
        if self._format == "json":
            self.write(self._json(document, article) + "\n")
            return
        heading = ("\n" if self._shown else "") + f"==> {document.name} <==\n"
        self.write((heading if self._several else "") + self._readable(article))
        self._shown += 1

    def _json(self, document: Document, article: Article) -> str:
        if not self._several:
            return article.to_json()
        names = (
            {"input": document.name} if document.id is None else {"input": document.name, "id": document.id}
        )
        return json.dumps(names | article.to_dict(), ensure_ascii=False)

    def _readable(self, article: Article) -> str:
        if self._explain:
            from cleaner.render.report import explain

            colour = self._out.isatty() and "NO_COLOR" not in os.environ
            return explain(article, colour, shutil.get_terminal_size((100, 24)).columns)
        if self._format == "markdown":
            return article.to_markdown()
        return article.text + "\n" if article.text else ""
