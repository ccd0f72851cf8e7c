"""Score the cleaner on made cases: how much of the boilerplate goes, how much of the news with it.

Comes in: languages to score. Goes out: one row a language, printed as a table or as JSON. Characters
are counted without white space, because line breaks between two removed lines belong to nobody.

    python -m tests.injection.score [--lang de] [--split test|train|all] [--json] [--labels] [--show N]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import cleaner
from tests.injection.cases import Case, Span, clean_cases, injected_cases, near_miss_cases
from tests.injection.material import LANGUAGES, Split, load


@dataclass
class Tally:
    """Counts over cases; every share is 0 to 1, `lost` is characters in 1,000."""

    inserted: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    body: int = 0
    body_lost: int = 0
    near: int = 0
    near_touched: int = 0
    misses: list[tuple[str, str]] = field(default_factory=list)

    def add(self, case: Case, removed: Sequence[bool]) -> None:
        """Count one cleaned case; `removed` says for each character whether it went."""
        for span in case.spans:
            solid = [at for at in range(span.start, span.end) if not case.text[at].isspace()]
            hit = sum(removed[at] for at in solid)
            if span.owner == "inserted":
                self.inserted[span.label] += len(solid)
                self.gone[span.label] += hit
            elif span.owner == "body":
                self.body += len(solid)
                self.body_lost += hit
            elif span.owner == "near":
                self.near += 1
                self.near_touched += hit > 0
            self._note(case, span, hit, len(solid))

    def _note(self, case: Case, span: Span, hit: int, size: int) -> None:
        left = span.owner == "inserted" and hit < size
        taken = span.owner in ("body", "near") and hit > 0
        if left or taken:
            what = f"left {span.label}" if left else f"took {span.owner}"
            self.misses.append((what, case.text[span.start : span.end]))

    def merge(self, other: Tally) -> None:
        """Add another tally's counts to this one."""
        self.inserted += other.inserted
        self.gone += other.gone
        self.body += other.body
        self.body_lost += other.body_lost
        self.near += other.near
        self.near_touched += other.near_touched
        self.misses += other.misses

    @property
    def gone_share(self) -> float:
        """Share of the inserted characters that went."""
        return self.gone.total() / max(1, self.inserted.total())

    @property
    def lost(self) -> float:
        """Body characters lost, per 1,000."""
        return 1000 * self.body_lost / max(1, self.body)

    @property
    def touched_share(self) -> float:
        """Share of the near misses that lost anything."""
        return self.near_touched / max(1, self.near)

    def as_dict(self) -> dict[str, Any]:
        """The figures, and the share gone by label."""
        labels = {label: round(self.gone[label] / n, 4) for label, n in sorted(self.inserted.items())}
        return {
            "gone": round(self.gone_share, 4),
            "lost": round(self.lost, 2),
            "near": round(self.touched_share, 4),
            "labels": labels,
        }


def removed_mask(case: Case) -> list[bool]:
    """Which characters of the case the cleaner takes out."""
    mask = [False] * len(case.text)
    for removal in cleaner.clean(case.text, kind="text").removed:
        mask[removal.start : removal.end] = [True] * (removal.end - removal.start)
    return mask


def score(cases: Iterable[Case], removed: Callable[[Case], list[bool]] = removed_mask) -> Tally:
    """Clean and count; `removed` says which characters of a case go."""
    tally = Tally()
    for case in cases:
        tally.add(case, removed(case))
    return tally


def score_language(language: str, split: Split | None = "test", rounds: int = 3) -> Tally:
    """Injected, near-miss and clean cases of one language in one tally."""
    material = load(language)
    tally = score(injected_cases(material, split, rounds))
    tally.merge(score(near_miss_cases(material)))
    tally.merge(score(clean_cases(material)))
    return tally


def score_all(languages: Sequence[str], split: Split | None = "test", rounds: int = 3) -> dict[str, Tally]:
    """One tally a language, and `all`."""
    tallies = {language: score_language(language, split, rounds) for language in languages}
    total = Tally()
    for tally in tallies.values():
        total.merge(tally)
    return {**tallies, "all": total}


def table(tallies: dict[str, Tally]) -> str:
    """The figures as lines of text."""
    lines = ["lang    gone   lost/1000   near touched"]
    for language, tally in tallies.items():
        near = f"{tally.near_touched}/{tally.near}"
        lines.append(f"{language:<4} {tally.gone_share:7.4f} {tally.lost:9.2f} {near:>12}")
    return "\n".join(lines)


def label_table(tally: Tally) -> str:
    """Share gone by label, worst first."""
    shares = tally.as_dict()["labels"]
    return "\n".join(
        f"{label:<13} {share:7.4f}" for label, share in sorted(shares.items(), key=lambda i: i[1])
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Command line of the scorer."""
    parser = argparse.ArgumentParser(prog="python -m tests.injection.score", description=__doc__)
    parser.add_argument("--lang", action="append", choices=LANGUAGES, help="only this language (repeatable)")
    parser.add_argument("--split", choices=("test", "train", "all"), default="test")
    parser.add_argument("--rounds", type=int, default=3, help="times each passage is used")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--labels", action="store_true", help="also the share gone by label")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N misses")
    args = parser.parse_args(argv)
    tallies = score_all(args.lang or LANGUAGES, None if args.split == "all" else args.split, args.rounds)
    if args.json:
        print(json.dumps({language: tally.as_dict() for language, tally in tallies.items()}, indent=1))
        return
    print(table(tallies))
    if args.labels:
        print(label_table(tallies["all"]))
    for what, text in dict.fromkeys(tallies["all"].misses[: args.show]):
        print(f"{what}: {text!r}")


if __name__ == "__main__":
    main()
