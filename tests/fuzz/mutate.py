"""Pages and texts made to be wrong: a random walk from sound ones, the same for the same seed."""

from __future__ import annotations

import random
from typing import Final

WORDS: Final = (
    "the council voted to rebuild a bridge over river in spring after floods had damaged it mayor said"
    " Die Brücke wird gesperrt мост закрыт 橋は来年まで通行止め الجسر مغلق donate subscribe log in"
    " newsletter cookies share comments read more advertisement photo © 2024 all rights reserved by Ann"
).split()
TAGS: Final = (
    "p div span a b i em strong font ul ol li dl dt dd table tr td th tbody caption h1 h2 h3 blockquote"
    " article main section aside header footer nav form button select option optgroup script style noscript"
    " template svg math g mi iframe object title textarea pre br img input meta link body html head figure"
    " figcaption details summary time x-y ruby rt frameset plaintext xmp nobr marquee"
).split()
ATTRIBUTES: Final = (
    'class="share-bar"', "class=comments id='x'", 'href="/a?b=1&c=2"', "hidden", 'style="display: none"',
    'datetime="2024-02-30T25:00"', 'itemprop="author"', 'rel="author"', 'property="og:title" content="A"',
    'name="author" content="By Ann"', 'type="application/ld+json"', "a=", "=", '"', "'", "<", "onclick='a>b'",
)  # fmt: skip
ODDITIES: Final = (
    "<", ">", "</", "<!--", "-->", "<![CDATA[", "]]>", "<?xml ?>", "<!DOCTYPE html>", "&", "&amp;", "&#0;",
    "&#x110000;", "&nbsp", "\0", "\r\n", "\u2028", "\ufeff", "\u202e", "\ud800", "\U0001f600", "\x85", "\x1b",
    "\t", "\\",
    "{", "}", '{"@type": "NewsArticle", "datePublished": [[{}]], "author": {"name": 7}}',
    "%s", "\n\n\n", "\x00\x01", "`",
)  # fmt: skip


def words(chance: random.Random, most: int = 40) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))


def page(chance: random.Random) -> str:
    """A page, sound but for a few mutations."""
    pieces = ["<html><head><title>", words(chance, 8), "</title></head><body>"]
    for _ in range(chance.randint(1, 40)):
        tag = chance.choice(TAGS)
        attributes = " ".join(chance.choices(ATTRIBUTES, k=chance.choice((0, 0, 1, 3))))
        pieces += f"<{tag} {attributes}>", words(chance), f"</{tag}>" if chance.random() < 0.7 else ""
    pieces.append("</body></html>")
    return mutated(chance, "".join(pieces))


def text(chance: random.Random) -> str:
    """Scraped text, with what scrapers leave in it."""
    ends = (". ", ".", "\n", "\n\n", "\r\n", " - ", "? ", "。", "\n• ", "\n| ", "\n> ", "\n## ")
    pieces = [words(chance) + chance.choice(ends) for _ in range(chance.randint(1, 40))]
    return mutated(chance, "".join(pieces))


def mutated(chance: random.Random, source: str) -> str:
    """Cut, double, reverse and sprinkle."""
    for _ in range(chance.choice((0, 1, 2, 8, 30))):
        start = chance.randint(0, len(source))
        end = min(len(source), start + chance.choice((0, 1, 10, 100, 1_000)))
        part = source[start:end]
        new = chance.choice(("", part * 2, part[::-1], part.upper(), chance.choice(ODDITIES), part * 40))
        source = source[:start] + new + source[end:]
    return source


def scrambled(chance: random.Random, data: bytes) -> bytes:
    """Bytes that were damaged on the way."""
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 3, 50))):
        if damaged:
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    cut = chance.choice((len(damaged), chance.randint(0, len(damaged))))
    return bytes(damaged[:cut])
