"""An article in, plain data or one JSON object out."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from cleaner.model import Article


def as_dict(article: Article) -> dict[str, Any]:
    """All fields as plain lists, dicts, strings, numbers and None; the text first, the ledger last."""
    plain: dict[str, Any] = {"text": article.text}
    for field in fields(article):
        value = getattr(article, field.name)
        if field.name in ("body", "removed"):
            continue
        if field.name == "provenance":
            value = dict(value)
        elif isinstance(value, tuple):
            value = list(value)
        plain[field.name] = value
    plain["body"] = [kept._asdict() for kept in article.body]
    plain["removed"] = [removal._asdict() for removal in article.removed]
    return plain


def as_json(article: Article, indent: int | None = None) -> str:
    """The article as one JSON object: on one line, or indented by `indent` spaces. Letters stay letters."""
    return json.dumps(as_dict(article), ensure_ascii=False, indent=indent)
