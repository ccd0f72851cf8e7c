"""Pages with invented lines: pages, articles and passages in, markup and the truth about the lines out.

Most labelled pages are English, and what stands between their paragraphs is in boxes whose names tell.
What an editor pastes there like a paragraph is told by its words alone, and so is all on a page without
names. So passages are planted behind paragraphs of real pages, with news beside them that uses the same
words, and pages are made of invented articles with prompts around and between their lines. All of one page is
of one fold: no passage is in training and in test at once.
"""

from __future__ import annotations

import html
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from cleaner.train.texts_corpus import (
    STOPS,
    CleanText,
    Junk,
    by_fold_and_language,
    chosen_junk,
    places_around,
    places_within,
)

TELLING: Final = frozenset((
    "donation", "login", "newsletter", "notification", "consent", "paywall", "comment", "share", "ad",
    "legal",
))  # fmt: skip
"""Labels of what is told by its words. The headline of another article, set as a paragraph, is not."""
MOST_PLANTED: Final = 4
"""Prompts planted in one page at the most, and passages of news."""
LIKE_PARAGRAPHS: Final = 0.6
"""Share of planted lines of prompts that have the markup of the paragraph before; all of news have."""
SHORTEST_PARAGRAPH: Final = 60
"""Characters, white space left out, of a paragraph that something is planted behind."""
FEWEST_PARAGRAPHS: Final = 3
WRAPPERS: Final = (
    "<p>{}</p>", "<p>{}</p>", "<p><strong>{}</strong></p>", "<p><em>{}</em></p>", "<div>{}</div>",
    "<div><p>{}</p></div>", '<p><a href="/more">{}</a></p>', "<blockquote><p>{}</p></blockquote>",
    "<h3>{}</h3>",
)  # fmt: skip
"""Other markup of planted lines."""

FLAT: Final = 0.5
"""Share of made pages whose prompts have the markup of the article's paragraphs."""
DUMPED_SHARE: Final = 1 / 3
"""Share of made pages with much around the article."""
HEADED: Final = 0.7
"""Share of made pages with a headline."""
LONGEST_HEADING: Final = 80
"""Characters of a line without a stop that is set as a subheading."""
ROOMS: Final = (
    "<article>{}</article>", '<div class="content">{}</div>', "<main>{}</main>", "<div>{}</div>", "{}",
    '<div id="main"><div>{}</div></div>', "<table><tr><td>{}</td></tr></table>",
    '<section class="page">{}</section>',
)  # fmt: skip
"""What a made page has around its lines; heads, menus and footers are what real pages teach."""
HEADINGS: Final = ("<h2>{}</h2>", "<h3>{}</h3>", "<p><strong>{}</strong></p>", "<p>{}</p>")
LINES: Final = (
    "<p>{}</p>", "<p>{}</p>", "<p><strong>{}</strong></p>", '<p><a href="/more">{}</a></p>', "<div>{}</div>",
    '<div><a href="/more">{}</a></div>', "<li>{}</li>", '<li><a href="/more">{}</a></li>', "<h4>{}</h4>",
)  # fmt: skip
BOXES: Final = (
    "{}",
    "<div>{}</div>",
    '<div class="box">{}</div>',
    "<aside>{}</aside>",
    "<section>{}</section>",
)
BULLETS: Final = ("- ", "* ", "• ")

_PARAGRAPH: Final = re.compile(r"(<p\b[^<>]*+>)((?:[^<]++|<(?!/?(?:p|div|body)\b))*)</p>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*+>")


class MarkedPage(NamedTuple):
    """A page's markup, and for each of its invented lines, white space left out, whether it is news."""

    html: str
    lines: Mapping[str, bool]


class Planter:
    """Plants prompts and news in real pages; the same seed plants the same."""

    def __init__(self, junk: Iterable[Junk], near: Iterable[Junk], seed: int) -> None:
        self._random = random.Random(seed)
        self._prompts = by_fold_and_language(passage for passage in junk if passage.label in TELLING)
        self._news = by_fold_and_language(near)

    def plant(self, page: str, body: CleanText) -> MarkedPage | None:
        """The page with passages behind some paragraphs of its body, None if it has too few of these."""
        gaps = _paragraphs(page, squeezed(body.text))
        if len(gaps) < FEWEST_PARAGRAPHS:
            return None
        planted: dict[int, str] = defaultdict(str)
        lines: dict[str, bool] = {}
        for shelf in (self._prompts, self._news):
            for _ in range(self._random.randint(1, MOST_PLANTED)):
                passage = chosen_junk(shelf, body.fold, body.language, self._random)
                gap = self._random.choice(gaps)
                for line in passage.text.split("\n") if passage else ():
                    if line.strip() and squeezed(line) not in lines:
                        lines[squeezed(line)] = is_news = shelf is self._news
                        planted[gap.end()] += self._set(line, gap[1], is_news)
        parts, last = [], 0
        for place, markup in sorted(planted.items()):
            parts += [page[last:place], markup]
            last = place
        return MarkedPage("".join([*parts, page[last:]]), lines)

    def _set(self, line: str, opening: str, is_news: bool) -> str:
        said = html.escape(line)
        if is_news or self._random.random() < LIKE_PARAGRAPHS:
            return f"{opening}{said}</p>"
        return _within(self._random.choice(WRAPPERS), said)


class PageMaker:
    """Makes pages of articles and prompts; the same seed makes the same."""

    def __init__(self, junk: Iterable[Junk], seed: int) -> None:
        self._random = random.Random(seed)
        self._shelf = by_fold_and_language(junk)

    def make(self, article: CleanText) -> MarkedPage:
        """A page of that article."""
        rng = self._random
        last = len(article.paragraphs)
        passages = self._passages(article)
        flat, heading = rng.random() < FLAT, rng.choice(HEADINGS)
        lines: dict[str, bool] = {}
        parts = []
        if rng.random() < HEADED:
            parts.append(f"<h1>{html.escape(article.title)}</h1>")
            lines[squeezed(article.title)] = False
        for number in range(last + 1):
            for passage in passages.get(number, ()):
                said = [line for line in passage.split("\n") if line.strip()]
                parts.append(self._set(said, flat))
                lines |= dict.fromkeys(map(squeezed, said), False)
            for line in article.paragraphs[number].split("\n") if number < last else ():
                parts.append(_marked(line, heading))
                lines[squeezed(_unbulleted(line))] = True
        room = _within(rng.choice(ROOMS), "\n".join(parts))
        head = f'<meta charset="utf-8"><title>{html.escape(article.title)}</title>'
        page = f'<!doctype html><html lang="{article.language}"><head>{head}</head><body>{room}</body></html>'
        return MarkedPage(page, lines)

    def _passages(self, article: CleanText) -> Mapping[int, list[str]]:
        """Passages by the number of the paragraph that they stand before."""
        rng = self._random
        last = len(article.paragraphs)
        places = places_within(last, rng)
        if rng.random() < DUMPED_SHARE:
            places += places_around(last, rng)
        own = self._shelf.get((article.fold, article.language))
        chosen: dict[int, list[str]] = defaultdict(list)
        for place in places if own else ():
            chosen[place].append(rng.choice(own or ()).text)
        return chosen

    def _set(self, lines: Sequence[str], flat: bool) -> str:
        rng = self._random
        line, box = ("<p>{}</p>", "{}") if flat else (rng.choice(LINES), rng.choice(BOXES))
        items = "\n".join(_within(line, html.escape(said)) for said in lines)
        return _within(box, f"<ul>{items}</ul>" if line.startswith("<li>") else items)


def squeezed(text: str) -> str:
    """The text without white space, in which two ways of setting one line are the same."""
    return "".join(text.split())


def _paragraphs(page: str, body: str) -> list[re.Match[str]]:
    """The paragraphs of a page that stand in its body, which is given without white space."""
    found = []
    for paragraph in _PARAGRAPH.finditer(page):
        text = squeezed(html.unescape(_TAG.sub("", paragraph[2])))
        if len(text) >= SHORTEST_PARAGRAPH and text in body:
            found.append(paragraph)
    return found


def _marked(line: str, heading: str) -> str:
    said = html.escape(_unbulleted(line))
    if line.startswith(BULLETS):
        return f"<ul><li>{said}</li></ul>"
    if len(line) <= LONGEST_HEADING and not line.endswith((*STOPS, *",:;\"'”»")):
        return _within(heading, said)
    return f"<p>{said}</p>"


def _unbulleted(line: str) -> str:
    return line[2:] if line.startswith(BULLETS) else line


def _within(wrapper: str, said: str) -> str:
    before, after = wrapper.split("{}")
    return before + said + after
