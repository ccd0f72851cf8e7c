"""Words of class names: a list of words in, a pattern that finds them out.

Class names run words together in four ways ("author-name", "author_name", "authorName", "AuthorName"),
and a word that is only part of another ("coauthors", "authority") says nothing.
"""

from __future__ import annotations

import re
from typing import Final

_BEGINS: Final = r"(?:(?<![a-zA-Z].)|(?<=[a-z][A-Z]))"
"""Asked behind a word's first letter: whether the word begins there, or a capital says that it does."""


def class_words(words: str) -> re.Pattern[str]:
    """Finds words of class names, whole ones, in camel case too; each is a pattern that begins with a letter.

    The first letters are asked before all else, so that the search skips to where a word may begin.
    """
    rests: dict[str, list[str]] = {}
    for word in words.split():
        rests.setdefault(word[0], []).append(word[1:])
    first = "".join(letter + letter.upper() for letter in rests)
    found = "|".join(f"(?<=[{c}{c.upper()}])(?i:{'|'.join(several)})" for c, several in rests.items())
    return re.compile(rf"[{first}]{_BEGINS}(?:{found})(?![a-z])", re.DOTALL)
