"""A line that holds a whole page in, the places where it may be cut out.

Scrapers that join all text of a page with spaces (`get_text(" ")` of Beautiful Soup), and tools that fold
white space, leave one line: menus, headline, article and footer in a row, most of them without a full stop.
It is cut behind sentences, and within them where something new may begin: at a capital word that opens
sentences or a place that opens reports ("BUFFALO, N.Y. — "), behind a year or the time of day, and at every
space beside Chinese or Japanese, which have none of their own. Such a line begins with the page's title, and
where its words stand again is the headline. Whether something new does begin is for the labeller to say:
parts of one line that get the same verdict are put together again.
"""

from __future__ import annotations

import re
from typing import Final

from cleaner.model import Block
from cleaner.segment.sentences import cut, opens_sentences, sentence_spans

LONGEST_PARAGRAPH: Final = 1500
"""Characters beyond which a line is no paragraph: of 80,000 in golds 34 are longer."""
SHORTEST_PART: Final = 12
"""Characters between two cuts within a sentence, at the least."""
SHORTEST_TITLE, LONGEST_TITLE = 20, 220
"""Characters of a title that is looked for again: fewer are a site's name, more are no title's."""
MOST_TIMES: Final = 4
"""Places of the title, its first one too, at which a line is cut."""

_WORD: Final = re.compile(r"\S+")
_SPACE: Final = "[ \\u00a0\\u3000]+"
_WORD_BEGINS: Final = re.compile(rf"(?<=[^\W_]){_SPACE}(?=(?P<first>[^\W\d_]+){_SPACE}[^\W_])")
_PLACE_BEGINS: Final = re.compile(
    rf"(?<=\S){_SPACE}"
    r"(?=(?P<place>[^\W\d_]{3,}),?(?: [^\W\d_][\w.]*+,?){0,3}(?: \([^()]{2,20}\))? ?[—–-] )"
)
_TIME: Final = r"\d[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?"
_BEHIND_DATE: Final = re.compile(rf"(?:\b(?:19|20)\d\d|{_TIME})(?: \|)?{_SPACE}(?=[^\W\d_])", re.IGNORECASE)
_DENSE: Final = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u3001-\u303f\uff01-\uff5e"
_DENSE_GAP: Final = re.compile(rf"(?<=[{_DENSE}]){_SPACE}(?=\S)|(?<=\S){_SPACE}(?=[{_DENSE}])")


def is_dump(block: Block) -> bool:
    """Whether a line is longer than any paragraph."""
    return len(block.text) > LONGEST_PARAGRAPH


def split_dump(block: Block) -> tuple[Block, ...]:
    """The block cut wherever something else may begin, with exact offsets."""
    text = block.text
    titles = _titles(text)
    places = {place for title in titles for place in title}
    for begin, end in sentence_spans(text):
        last = begin
        for place in [begin, *sorted(_beginnings(text, begin, end))]:
            is_apart = place - last >= SHORTEST_PART and end - place >= SHORTEST_PART
            if place == begin or is_apart:
                last = place
                if not any(start < place < stop for start, stop in titles):
                    places.add(place)
    return cut(block, sorted(places - {0, len(text)}))


def _titles(text: str) -> list[tuple[int, int]]:
    """Where the words that a text begins with stand, if they stand again."""
    end = again = 0
    for word in _WORD.finditer(text, 0, LONGEST_TITLE):
        found = text.find(text[: word.end()], max(again, word.end()))
        if found < 0:
            break
        if any(map(str.isalnum, word[0])):  # not the bar between headline and site
            end, again = word.end(), found
    if end < SHORTEST_TITLE:
        return []
    titles = [(0, end)]
    while again >= 0 and len(titles) < MOST_TIMES:
        titles.append((again, again + end))
        again = text.find(text[:end], again + end)
    return titles


def _beginnings(text: str, begin: int, end: int) -> set[int]:
    """Where in a sentence something new may begin."""
    found = {gap.end() for gap in _DENSE_GAP.finditer(text, begin, end)}
    for word in _WORD_BEGINS.finditer(text, begin, end):
        first = word["first"]
        if len(first) > 1 and first.istitle() and opens_sentences(first.lower()):
            found.add(word.end())
    for place in _PLACE_BEGINS.finditer(text, begin, end):
        if place["place"].isupper():
            found.add(place.end())
    for date in _BEHIND_DATE.finditer(text, begin, end):
        if text[date.end()].isupper():
            found.add(date.end())
    return found
