"""The training command: labelled pages in, a weights file out, figures on standard output.

python -m cleaner.train PAGES… -o WEIGHTS [--kind html|text] [--folds DIR]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cleaner.label.model_file import save_weights


def main(argv: Sequence[str] | None = None) -> int:
    """Train the labeller on the files named in `argv` and write its weights."""
    parser = argparse.ArgumentParser(
        prog="python -m cleaner.train",
        description="Train the HTML labeller on labelled pages and print cross-validated figures.",
        epilog="PAGES are JSON lines (plain, .gz or .xz) with html, url, and body or must and must_not. "
        "The same pages in the same order give the same weights.",
    )
    parser.add_argument("pages", nargs="+", type=Path, metavar="PAGES")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="WEIGHTS")
    parser.add_argument(
        "--folds", type=Path, metavar="DIR", help="also write the weights that have not seen each fold"
    )
    args = parser.parse_args(argv)
    from cleaner.train.html import train_html
    from cleaner.train.pages import read_pages

    pages = list(read_pages(args.pages))
    print(f"{len(pages)} pages of {len({page.site for page in pages})} sites", flush=True)
    trained = train_html(pages, lambda line: print(line, flush=True))
    save_weights(trained.weights, args.output)
    print(f"wrote {args.output} ({args.output.stat().st_size / 1000:.0f} kB)")
    if args.folds:
        args.folds.mkdir(parents=True, exist_ok=True)
        for fold, weights in enumerate(trained.by_fold):
            save_weights(weights, args.folds / f"fold{fold}.npz")
    return 0


if __name__ == "__main__":
    sys.exit(main())
