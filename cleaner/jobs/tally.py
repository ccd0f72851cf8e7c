"""What a job has done so far, in numbers: for the progress line, the journal and the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cleaner.jobs.records import Outcome
from cleaner.model import ARTICLE_LIKE

REASONS: Final = 1_000
"""Different error messages that are counted one by one; beyond that they are "other"."""


@dataclass(slots=True)
class Tally:
    """Counts over all runs of a job. Lengths are in characters, times in seconds of the workers."""

    records: int = 0
    errors: int = 0
    without_article: int = 0
    """Records without an error that hold nothing article-like."""
    kept: int = 0
    seconds: float = 0.0
    removed: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one more record."""
        self.records += 1
        self.kept += outcome.kept
        self.seconds += outcome.seconds
        self.removed.update(outcome.removed)
        self.without_article += outcome.error is None and not outcome.article_like
        if outcome.error is not None:
            self.errors += 1
            known = outcome.error in self.reasons or len(self.reasons) < REASONS
            self.reasons[outcome.error if known else "other"] += 1

    def shares(self) -> dict[str, float]:
        """For each label the share of all text that was removed under it, largest first."""
        total = self.kept + self.removed.total()
        return {label: count / total for label, count in self.removed.most_common()} if total else {}

    def to_dict(self) -> dict[str, Any]:
        """Plain values for the journal."""
        return {
            "records": self.records,
            "errors": self.errors,
            "without_article": self.without_article,
            "kept": self.kept,
            "seconds": round(self.seconds, 3),
            "removed": dict(self.removed),
            "reasons": dict(self.reasons),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Tally:
        """The tally that `to_dict` wrote. Raises KeyError, TypeError for anything else."""
        return cls(
            values["records"],
            values["errors"],
            values.get("without_article", 0),
            values["kept"],
            values["seconds"],
            Counter(values["removed"]),
            Counter(values["reasons"]),
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of one run of a job. `finished` is False when it was stopped before the end of the input.

    `seconds` is this run's time on the clock and `records_now` what it did in it; `tally` counts
    all runs of the job.
    """

    output: str
    finished: bool
    seconds: float
    records_now: int
    tally: Tally
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Files in folders and patterns whose suffix tells no kind, by suffix."""

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        tally = self.tally.to_dict()
        worker_seconds = tally.pop("seconds")
        return {
            "output": self.output,
            "finished": self.finished,
            **tally,
            "left_out": dict(self.left_out),
            "removed_share": {label: round(share, 4) for label, share in self.tally.shares().items()},
            "worker_seconds": worker_seconds,
            "run": {
                "records": self.records_now,
                "seconds": round(self.seconds, 3),
                "pages_per_second": round(self.records_now / self.seconds, 1) if self.seconds else None,
            },
        }

    def to_text(self) -> str:
        """A few lines for people."""
        tally = self.tally
        rate = self.records_now / self.seconds if self.seconds else 0.0
        lines = [
            f"{tally.records:,} records, {tally.errors:,} errors -> {self.output}"
            f" ({self.records_now:,} now, {self.seconds:.1f} s, {rate:.1f} pages/s)"
        ]
        if tally.without_article:
            lines.append(
                f"{tally.without_article:,} held nothing article-like (confidence below {ARTICLE_LIKE})"
            )
        if self.left_out:
            kinds = ", ".join(sorted(kind or "no suffix" for kind in self.left_out))
            number = sum(self.left_out.values())
            lines.append(f"{number:,} files of unknown kinds left out ({kinds}); name them to have them read")
        shares = [f"{label} {share:.1%}" for label, share in tally.shares().items() if share > 0.0005]
        if shares:
            lines.append("text removed: " + ", ".join(shares))
        lines += [f"{count:,} x {reason}" for reason, count in tally.reasons.most_common(5)]
        if tally.errors:
            lines.append(f"failed records are named in {self.output}.errors")
        return "\n".join(lines)
