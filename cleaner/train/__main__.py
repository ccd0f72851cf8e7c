"""The training command: labelled pages in, a weights file out, figures on standard output.

python -m cleaner.train PAGES… -o WEIGHTS [--kind html|text] [--folds DIR | --no-folds]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cleaner.label.model_file import Weights, save_weights

if TYPE_CHECKING:
    from cleaner.train.texts_invented import Folders

ABOUT: Final = "Train a labeller on labelled pages and print cross-validated figures."
FORMAT: Final = (
    "PAGES are JSON lines (plain, .gz or .xz) with html, url, and body or must and must_not. "
    "The text labeller learns from pages with a body, from what other tools left of them (--scraped: "
    "JSON lines with scraped, scraper, body, and key, which is that of the page before an @), and from "
    "invented passages; the other one learns from pages, from the same with invented passages in them, "
    "and from pages made of invented articles. "
    "The same files in the same order give the same weights."
)

FOLDERS: Final = (
    ("--passages", "tests/injection", "invented bodies and passages, a TOML file a language"),
    ("--examples", "tests/rules", "lines that rules hit or just miss"),
    ("--prompts", "tests/prompts", "prompts as sites word them, and news with their words"),
    ("--articles", "tests/articles", "invented articles of all kinds"),
)
"""Options that name folders of invented material, where it lies in a checkout, and what it is."""


def main(argv: Sequence[str] | None = None) -> int:
    """Train the labeller on the files named in `argv` and write its weights."""
    parser = _parser()
    args = parser.parse_args(argv)
    if args.kind == "html" and (args.no_folds or args.scraped):
        parser.error("--no-folds and --scraped are for --kind text")
    weights, by_fold = _train_text(args) if args.kind == "text" else _train_html(args)
    save_weights(weights, args.output)
    print(f"wrote {args.output} ({args.output.stat().st_size / 1000:.0f} kB)")
    if args.folds:
        args.folds.mkdir(parents=True, exist_ok=True)
        for fold, unseen in enumerate(by_fold):
            save_weights(unseen, args.folds / f"fold{fold}.npz")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cleaner.train", description=ABOUT, epilog=FORMAT)
    parser.add_argument("pages", nargs="+", type=Path, metavar="PAGES")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="WEIGHTS")
    parser.add_argument(
        "--kind", choices=("html", "text"), default="html", help="which labeller to train (html)"
    )
    folds = parser.add_mutually_exclusive_group()
    folds.add_argument(
        "--folds", type=Path, metavar="DIR", help="also write the weights that have not seen each fold"
    )
    folds.add_argument("--no-folds", action="store_true", help="text: skip the cross-validated figures")
    parser.add_argument(
        "--scraped", action="append", default=[], type=Path, metavar="FILE", help="text: scraped texts"
    )
    for option, folder, what in FOLDERS:
        parser.add_argument(option, type=Path, default=Path(folder), metavar="DIR", help=f"{what} ({folder})")
    return parser


def _say(line: str) -> None:
    print(line, flush=True)


def _folders(args: argparse.Namespace) -> Folders:
    from cleaner.train.texts_invented import Folders

    return Folders(args.passages, args.examples, args.prompts, args.articles)


def _train_html(args: argparse.Namespace) -> tuple[Weights, Sequence[Weights]]:
    from cleaner.train.html import prompt_words, train_html
    from cleaner.train.pages import made_pages, read_pages
    from cleaner.train.pages_invented import PageMaker, Planter
    from cleaner.train.texts_invented import NEAR, invented_material, read_prompts

    invented = invented_material(_folders(args))
    pages = list(read_pages(args.pages, Planter(invented.junk, invented.near, seed=1)))
    real = [page for page in pages if not page.invented]
    _say(f"{len(real)} pages of {len({page.site for page in real})} sites")
    pages += made_pages(invented.articles, PageMaker(invented.junk, seed=1))
    files = sorted(args.prompts.glob("*.txt"))
    passages = (passage for path in files for passage in read_prompts(path))
    prompts = list(prompt_words((label == NEAR, text) for label, text in passages))
    trained = train_html(pages, prompts, invented, _say)
    return trained.weights, trained.by_fold


def _train_text(args: argparse.Namespace) -> tuple[Weights, Sequence[Weights]]:
    from cleaner.train.text import train_text
    from cleaner.train.texts_invented import invented_material
    from cleaner.train.texts_pages import bare_pages, read_rows

    scraped = list(read_rows(args.scraped))
    pages = bare_pages(read_rows(args.pages), scraped)
    _say(f"{len(pages)} pages with a body, {len(scraped)} scraped texts")
    invented = invented_material(_folders(args))
    trained = train_text(pages, scraped, invented, _say, validate=not args.no_folds)
    return trained.weights, trained.by_fold


if __name__ == "__main__":
    sys.exit(main())
