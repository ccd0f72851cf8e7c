"""JSON as pages write it: comments, trailing commas, several objects in a row, a lost bracket.

In comes the text of a script element, out go the values that can be read from it. The
standard parser is tried first and nearly always succeeds; the repairs below cost only the
pages that need them, and a script that resists them all is searched for plain pairs.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

_TOKENS = re.compile(
    r'("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))'
    r"|/\*(?:[^*]*+\*++(?!/)){0,20}[^*]*+\*++/"  # few stars inside: where none ends, each begins a search
    r"|(?<![:\w])//[^\n]*|<!--|-->|<!\[CDATA\[|\]\]>",
    re.S,
)
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))|,(?=\s*[}\]])|,(?=\s*,)|;(?=\s*$)', re.S)
_STRUCTURE = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[{}\[\]]', re.S)
_PAIRS = re.compile(
    r'"(headline|name|datePublished|dateModified|dateCreated|description|articleSection|inLanguage|@type)"'
    r'\s*+:\s*+"((?:[^"\\\n]++|\\.)*+)"'
)
_AUTHOR = re.compile(r'"author"\s*+:\s*+(?:\[\s*+)?\{[^{}]*?"name"\s*+:\s*+"((?:[^"\\\n]++|\\.)*+)"')
_HALF = re.compile(
    r"(\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
"""A backslash that is escaped or a whole pair, which stay, or half a pair."""
_DECODER = json.JSONDecoder(strict=False)
_LONGEST = 2_000_000
"""Characters; a longer script is data, not a description of an article."""


def read_json(text: str) -> list[Any]:
    """The JSON values of a script's text, as many as can be read; never an error."""
    text = _without_halves(text.strip())
    if not text or len(text) > _LONGEST:
        return []
    try:
        return [_DECODER.decode(text)]
    except (ValueError, RecursionError):
        return _repaired(text)


def _without_halves(text: str) -> str:
    """`text` with U+FFFD for escapes of half a character, which no output could hold."""
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _HALF.sub(lambda m: m[1] or "\\ufffd", text)


def _repaired(text: str) -> list[Any]:
    if text.startswith(("{&quot;", "[{&quot;", "&lt;", "{ &quot;")):
        text = _without_halves(html.unescape(text))
    text = _TOKENS.sub(lambda m: m[1] or "", text)
    text = _TRAILING_COMMA.sub(lambda m: m[1] or "", text).strip()
    values = _several(text) or _several(_closed(text))
    return values or _pairs(text)


def _several(text: str) -> list[Any]:
    """Values that stand one after the other, up to the first that cannot be read."""
    values: list[Any] = []
    at = 0
    while at < len(text) and len(values) < 50:
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return values


def _closed(text: str) -> str:
    """`text` with the brackets closed that it leaves open, and without those it closes too often."""
    open_brackets: list[str] = []
    pieces: list[str] = []
    last = 0
    for m in _STRUCTURE.finditer(text):
        char = m.group()
        if char in "{[":
            open_brackets.append("}" if char == "{" else "]")
        elif char in "}]":
            if open_brackets and open_brackets[-1] == char:
                open_brackets.pop()
            else:
                pieces.append(text[last : m.start()])
                last = m.end()
    return "".join([*pieces, text[last:]]).rstrip(", \n") + "".join(reversed(open_brackets))


def _pairs(text: str) -> list[Any]:
    """An object of the plain pairs that can be recognised in what is no JSON at all."""
    node: dict[str, Any] = {}
    for m in _PAIRS.finditer(text):
        node.setdefault(m[1], _unescaped(m[2]))
    author = _AUTHOR.search(text)
    if author:
        node["author"] = _unescaped(author[1])
        if node.get("name") == node["author"]:
            del node["name"]
    return [node] if node else []


def _unescaped(literal: str) -> str:
    try:
        return str(json.loads(f'"{literal}"', strict=False))
    except ValueError:
        return literal
