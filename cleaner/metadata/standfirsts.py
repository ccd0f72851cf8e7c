"""What an article says of itself in a sentence: its standfirst, and whether a description is about it at all.

In come the headings and labelled blocks of a page, out go candidates. Many sites give every page the
same description, a slogan, while the article's own stands below its headline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cleaner.label.lines.letters import fold, has_cjk
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.classwords import ClassWords
from cleaner.metadata.letters import words_of
from cleaner.metadata.places import Headings
from cleaner.model import LabelledBlock
from cleaner.segment.html import Page

_STANDFIRST: Final = ClassWords(
    "standfirst subtitle subheadline subhead deck? lede? lead leadtext intro introtext excerpt vorspann"
    " teasertext ingress manchet underrubrik chapo chapeau accroche bajada entradilla sumario sommario"
    " sottotitolo catenaccio lid perex anons spot resumo linhafina antetitulo excerto dek"
    " summary sapo ingressi opener soustitre"
)
_STANDFIRST_WITHIN: Final = 5
"""Blocks below the headline in which the standfirst stands."""
_LEAST_STANDFIRST: Final = 20
"""Characters of one; shorter lines are kickers."""
_STEM: Final = 5
"""Letters by which words are compared, for most languages change their ends."""
_LEAST_WORD: Final = 4
"""Letters of a word that is compared."""
_SHARED: Final = 0.15
"""Share of a description's words from which it is about the article; slogans share the site's subjects."""


def from_standfirst(headings: Headings, labelled: Sequence[LabelledBlock]) -> Iterator[Candidate]:
    """The page's standfirst: below the headline, and called so by labelling or by its own class."""
    page, heads = headings.page, headings.headlines()
    head = heads[-1] if heads else -1
    for index in range(head + 1, min(head + 1 + _STANDFIRST_WITHIN, len(labelled))):
        block, verdict = labelled[index]
        if verdict.label == "standfirst":
            yield Candidate("description", block.text, "block:standfirst")
        elif len(block.text) >= _LEAST_STANDFIRST and _is_called_standfirst(page, index):
            yield Candidate("description", block.text, "visible:standfirst")


def _is_called_standfirst(page: Page, index: int) -> bool:
    element = page.blocks[index].element
    attrs = page.elements.attrs[element] if element >= 0 else ""
    return bool(_STANDFIRST.named(f"{attrs} {page.inline_attrs[index]}"))


def about_article(candidates: Iterable[Candidate], opening: str) -> Iterator[Candidate]:
    """Descriptions, those first that speak of what the beginning of the article does."""
    said = _stems(opening) if opening else None
    others = []
    for candidate in candidates:
        if said is None or _shares(candidate.value, said):
            yield candidate
        else:
            others.append(candidate)
    yield from others


def _shares(description: str, said: set[str]) -> bool:
    told = _stems(description)
    return len(told & said) >= _SHARED * len(told)


def _stems(text: str) -> set[str]:
    """The beginnings of a text's longer words, or its pairs of signs where words have no spaces between."""
    low = fold(text)
    if has_cjk(text):
        return {low[i : i + 2] for i in range(len(low) - 1) if low[i : i + 2].isalpha()}
    return set(words_of(low, _LEAST_WORD, _STEM))
