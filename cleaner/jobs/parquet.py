"""A finished output of JSON lines as one Parquet file, with the columns of an article."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cleaner.jobs.streams import need, open_stream

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped]

GROUP_ROWS: Final = 2_000
"""Rows of a row group: some 20 MB of articles with their ledgers."""


def schema() -> pyarrow.Schema:
    """The columns: an article's fields, with its id in front and the reason when there is no article."""
    arrow = need("pyarrow", "writing Parquet")
    text, number = arrow.string(), arrow.int64()
    removal = arrow.struct(
        [
            ("text", text),
            ("label", text),
            ("rule", text),
            ("start", number),
            ("end", number),
            ("evidence", text),
        ]
    )
    columns: dict[str, Any] = dict.fromkeys(("id", "error", "text", "title"), text)
    columns["authors"] = arrow.list_(text)
    columns |= dict.fromkeys(
        ("published", "modified", "language", "site_name", "url", "description", "image"), text
    )
    columns |= {"image_caption": text, "image_credit": text, "section": text, "tags": arrow.list_(text)}
    columns |= {"paywalled": arrow.bool_(), "provenance": arrow.map_(text, text)}
    columns |= {"extractor": text, "confidence": arrow.float64(), "removed": arrow.list_(removal)}
    return arrow.schema(list(columns.items()))


def to_parquet(lines: Path, path: Path) -> None:
    """Write the JSON lines in `lines` to `path`, which appears only when it is complete. Raises OSError."""
    arrow = need("pyarrow", "writing Parquet")
    parquet = need("pyarrow.parquet", "writing Parquet")
    columns = schema()
    fresh = Path(f"{path}.new")
    with open_stream(str(lines)) as (stream, _), parquet.ParquetWriter(fresh, columns) as writer:
        rows: list[dict[str, Any]] = []
        for line in stream:
            rows.append(row_of(json.loads(line)))
            if len(rows) == GROUP_ROWS:
                writer.write_table(arrow.Table.from_pylist(rows, columns))
                rows.clear()
        if rows:
            writer.write_table(arrow.Table.from_pylist(rows, columns))
    descriptor = os.open(fresh, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    os.replace(fresh, path)


def row_of(record: dict[str, Any]) -> dict[str, Any]:
    """An output record as a row for `schema()`."""
    record["id"] = str(record["id"])
    record["provenance"] = list(record.get("provenance", {}).items())
    return record
