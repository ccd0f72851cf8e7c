"""A figure's caption read: what the picture shows, and whose it is.

In come the labelled blocks of a caption and the element that holds it and the picture, out go text
and credit. What markup calls a credit is one if it is worded like one; elsewhere the words tell.
Buttons, links and what players say are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from cleaner.label.lines.letters import has_cjk
from cleaner.label.lines.names import find_cue
from cleaner.label.lines.people import is_person
from cleaner.label.lines.words import load_words
from cleaner.metadata.classwords import ClassWords
from cleaner.metadata.credits import Caption, bare_credit, is_credit, is_players, says_credit, split_caption
from cleaner.metadata.wordings import bare
from cleaner.model import LabelledBlock
from cleaner.segment.finding import Element

LONGEST: Final = 600
"""Characters of a caption; longer ones are paragraphs in an element that is misnamed."""
_LEAST_WORDS: Final = 2
"""Words that a caption has; one alone is a button's, or a tag."""
_LEAST_UNSPACED: Final = 4
"""Characters of one in a script without spaces, for the same reason."""
_BYLINE: Final = 5
"""Words of a line that begins as bylines do, which is no caption then."""
OTHERS: Final = frozenset(
    "title byline dateline ad consent paywall login newsletter donation comment legal".split()
)
"""Labels of blocks that are no captions wherever they stand."""


CREDIT: Final = ClassWords(
    "credits? copyright photographers? photocredit fotocredit fotograf fotografo photographe bildquelle"
    " bildnachweis bildrechte quelle sources? owner urheber agency kilde zdroj fonte bron"
)
_INLINE: Final = ("span", "em", "i", "small", "b", "strong", "cite")
"""Elements within a caption that set its photographer's name apart."""
_AUTHOR: Final = ClassWords("authors? autore? auteurs?")
"""In a caption, who took the picture; anywhere else, who wrote the article."""
_OWNERS: Final = frozenset(("copyrightholder", "author", "creator", "credittext", "copyrightnotice"))
_TEXTLESS: Final = ("img", "source")
"""Elements of pictures, which have long attributes and no text."""
_PHRASE: Final = re.compile(r"\w+/(?:media|ad|share|widget)/(?!start-|end-)[^?]+$")
"""A rule that knows what buttons and players say."""
_BUTTON: Final = 60
"""Characters of what stands on buttons; longer captions have such words too."""


def is_aside(entry: LabelledBlock) -> bool:
    """Whether a block in a figure is no part of its caption: a heading, a list, a button, another text."""
    block, (label, _, _) = entry
    return label in OTHERS or block.tag == "button" or block.shape in ("menu", "heading")


def read_caption(entries: Iterable[LabelledBlock], holder: Element, titles: frozenset[str]) -> Caption:
    """What the blocks of a caption tell; `titles` are the page's, as `bare` makes them, and no captions."""
    owned = _owned(holder)
    parts = [
        _parted(entry.block.text, owned) for entry in entries if not is_aside(entry) and not _is_button(entry)
    ]
    parts = [_without_signature(part, holder) for part in parts]
    texts = list(dict.fromkeys(part.text for part in parts if part.text))
    owners = list(dict.fromkeys(part.credit for part in parts if part.credit))
    if len(texts) > 1 and not owners and is_person(texts[-1].split(), load_words()):
        owners = [texts.pop()]
    text = " ".join(texts)
    return Caption(text if _is_caption(text) and bare(text) not in titles else "", ", ".join(owners))


def _without_signature(part: Caption, holder: Element) -> Caption:
    """A caption without the name in an element of its own that ends it, where nothing else is a credit."""
    if part.credit or not part.text:
        return part
    for element in holder.inside():
        name = " ".join(element.text("").split()) if element.tag in _INLINE else ""
        if name and part.text.endswith(f" {name}") and is_person(name.split(), load_words()):
            return Caption(part.text.removesuffix(name).strip(), name)
    return part


def _is_button(entry: LabelledBlock) -> bool:
    """Whether a block is a link that is no credit, or says what buttons say, and has no credit."""
    block, verdict = entry
    if (block.link_chars or 0) >= len(block.text):
        return not says_credit(block.text)
    known = len(block.text) <= _BUTTON and _PHRASE.match(verdict.rule) is not None
    return known and not split_caption(block.text).credit


def _is_caption(text: str) -> bool:
    """Whether a text is worded as captions are: some words, not too many, no player's and no byline."""
    if is_players(text):
        return False
    if has_cjk(text):
        return len(text) >= _LEAST_UNSPACED
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    byline = find_cue(text, load_words())
    return (
        len(words) >= _LEAST_WORDS
        and len(text) <= LONGEST
        and not (byline and byline[0].kind in ("by", "author") and len(words) <= _BYLINE)
    )


def _owned(holder: Element) -> list[str]:
    """The texts of the elements in a figure that markup says are credits."""
    marked = (
        element
        for element in holder.inside()
        if element.tag not in _TEXTLESS
        and (
            element.tag in ("small", "cite")
            or element.attributes.get("itemprop", "").lower() in _OWNERS
            or CREDIT.search(classes := element.attributes.get("class", ""))
            or _AUTHOR.search(classes)
        )
    )
    texts = (" ".join(element.text("").split()) for element in marked)
    return [text for text in texts if text]


def _parted(text: str, owned: Sequence[str]) -> Caption:
    """A block's caption and credit, by its elements where these tell and by its words elsewhere."""
    for credit in owned:
        if text in credit:
            told = split_caption(text)
            return (
                Caption("", bare_credit(text)) if not told.credit and is_credit(bare_credit(text)) else told
            )
        if credit in text and is_credit(bare_credit(credit)):
            around = dict.fromkeys(part.strip() for part in text.split(credit))
            return Caption(split_caption(" ".join(around)).text, bare_credit(credit))
    return split_caption(text)
