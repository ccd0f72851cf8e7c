"""Metadata from the lines a reader sees: bylines and date lines at the headline.

In come the page and its labelled blocks, out go candidates. A page shows the dates and names
of many articles; those of its own stand round its headline. Only when nothing there tells a
date is the rest of the page asked, and then only for lines that are date lines all through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from cleaner.label.heads import NAME_LINE
from cleaner.label.lines import read_byline, read_dateline
from cleaner.label.lines.bare import LONGEST_ROLE, bare_names, goes_with_name
from cleaner.label.lines.beside import tells_pictures
from cleaner.label.lines.byline import is_cue, name_beside_date, names_editor, parted_at_cues, says_author
from cleaner.label.lines.dateline import DateLine, both_published, tells
from cleaner.label.lines.dates import may_hold_date
from cleaner.label.lines.people import is_full_name, is_role
from cleaner.label.lines.words import load_words
from cleaner.metadata.alone import is_in_header, may_be_author, may_stand_alone
from cleaner.metadata.authored import named_apart, parts_of, without_places
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.places import (
    AUTHOR_CUE,
    DATE_CUE,
    LONG,
    Headings,
    cues,
    is_caption,
    window,
)
from cleaner.metadata.shown_dates import as_candidates, dates_in, far_dates, loose_dates, opening_date
from cleaner.model import LabelledBlock
from cleaner.segment.finding import element_there
from cleaner.segment.html import Page

NAME_ALONE: Final = "visible:name-line"
"""The source of names without a word that says whose they are."""
_NEXT = 6
"""Blocks below the headline in which a name alone on a line can be the author's."""
_RIGHT_ABOVE: Final = 2
"""Blocks above the headline whose dates are believed as those below it; others stand behind them."""
_LONGEST_PAIR: Final = 120
"""Characters of a line that is a name, a role and a date."""
_MOST_PARTS: Final = 4
_MOST_LINES: Final = 4
"""Lines with names that stand above a date; more are a list of people."""
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")
"""What parts a name from a date on one line."""
_HEADING_MARK: Final = re.compile(r"^\ufeff?#{1,6}\s+")
"""What Markdown puts before a heading."""


def from_labels(labelled: Sequence[LabelledBlock], order: str | None) -> Iterator[Candidate]:
    """Candidates from a scraped text's blocks named title, standfirst, byline or dateline."""
    for block, verdict in labelled:
        if verdict.label == "standfirst":
            yield Candidate("description", block.text, "block:standfirst")
        elif verdict.label == "title":
            yield Candidate("title", _HEADING_MARK.sub("", block.text), "block:title")
        elif verdict.label == "byline":
            alone = verdict.evidence.split("; ") if verdict.rule == NAME_LINE else ()
            for name in alone or read_byline(block.text) or ():
                yield Candidate("authors", name, "block:byline")
            yield from dates_in(block.text, order, "block:byline-date")
        elif verdict.label == "dateline":
            yield from dates_in(block.text, order, "block:dateline")


def from_lines(
    headings: Headings, order: str | None, end: int, seek_names: bool = True, seek_dates: bool = True
) -> Iterator[Candidate]:
    """Candidates from lines at the headline, or from date lines elsewhere when there are none.

    `order` settles dates such as 04/02/2022; behind the block with number `end`, the body's last, stand
    other articles' lines; `seek_names` and `seek_dates` are False where structured data names people, or
    a date, already: then only a line that is all date counts.
    """
    heads = headings.headlines()
    seeker = _Seeker(headings.page, heads[0] if heads else 0, order, seek_names, seek_dates)
    found = list(_around(seeker, window(headings.page, heads), end))
    if seek_dates and not any(c.field == "published" for c in found if c.source != "visible:far-dateline"):
        found.extend(far_dates(headings.page, seeker.head, order))
    return (c for c in found if c.field != "published" or c.value != seeker.withdrawn)


def _around(seeker: _Seeker, near: Iterable[int], end: int) -> Iterator[Candidate]:
    """Candidates from the blocks `near` the headline; see `from_lines` for `end`."""
    page = seeker.page
    dated = False
    named = -1
    above: list[Candidate] = []
    for index in near:
        if page.blocks[index].shape == "menu":  # whose entries are worded like names
            seeker.forget()
            continue
        for candidate in seeker.block(index):
            if index > end:
                if candidate.field != "authors" and not dated:
                    yield candidate._replace(source="visible:far-dateline")
                continue
            dated |= candidate.field == "published"
            if candidate.field == "authors" and candidate.source != "visible:editor":
                # A second byline further down is another article's, or a book's in a list.
                if 0 <= named < index - 1:
                    continue
                named = index
            elif candidate.field != "authors" and index < seeker.head - _RIGHT_ABOVE:
                above.append(candidate)
                continue
            yield candidate
        if 0 <= named == index - 1 and seeker.names_above:
            named = index  # the byline goes on: a name, and its role or another name below it
    yield from above


@dataclass
class _Seeker:
    """Reads the lines at one page's headline, one after the other."""

    page: Page
    head: int
    order: str | None
    seek_names: bool
    seek_dates: bool
    before: str = ""
    """The line above, which can hold the words before a name, or the date beside one."""
    before_dated: bool = False
    first_date: str = ""
    """The date of the first date line."""
    first_called: bool = False
    """Whether a word there says that it is of the publication."""
    withdrawn: str = ""
    """The same date, once a later line shows that it is of the last change."""
    names_above: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Full names on the lines right above, with their roles between them, and each line's block."""

    def forget(self) -> None:
        """Begin anew below what is no line about the article."""
        self.before, self.before_dated = "", False
        self.names_above.clear()

    def block(self, index: int) -> Iterator[Candidate]:
        block = self.page.blocks[index]
        if len(block.text) > LONG and "\n" not in block.text:
            if self.seek_dates and not is_caption(self.page, index, self.head):
                yield from opening_date(block.text, self.order)
            return
        if not self.seek_names and not may_hold_date(block.text):
            return
        beside = self.seek_names and index - self.head <= _NEXT and index != self.head
        beside = beside and (index < self.head or block.shape != "heading")
        lines = block.text.split("\n")
        dated = not self.seek_names and len(lines) == 1  # has been asked above
        for line in lines:
            if beside and len(line) <= _LONGEST_PAIR:
                yield from self._name_in_element(index, line)
            if len(line) > LONG:
                if self.seek_dates:
                    yield from opening_date(line, self.order)
                continue
            yield from self._line(index, line, beside, dated or may_hold_date(line))

    def _line(self, index: int, line: str, beside: bool, holds_date: bool) -> Iterator[Candidate]:
        """What one line tells; `beside` says whether a name in it may go without a word before it."""
        names = self._names(line) if self.seek_names else None
        alone = name_beside_date(line) if names and holds_date else None
        if alone is not None:
            names = None
            yield from self._alone(index, (alone,))
        if names:
            names = self._names_apart(index, line, names)
        if names and cues(self.page, index, self.head) is None:
            names = None
        source = "visible:editor" if names and names_editor(line) else "visible:byline"
        for name in names or ():
            yield Candidate("authors", _in_name_case(name), source)
        dated = read_dateline(line, order=self.order) if holds_date else None
        if dated is not None:
            others = cues(self.page, index, self.head) is None or is_in_header(self.page, self.head, index)
            told = dated if others else self._told_apart(line, dated)
            yield from as_candidates(told, "visible:far-dateline" if others else "visible:dateline")
        elif holds_date:
            yield from self._beside_words(index, line, names is not None)
        if not beside:
            self.names_above.clear()
        else:
            bare = self._bare_names(index, line) if dated is None else ()
            yield from self._names_beside_date(index, line, bare, dated is not None, holds_date)
            if names is None:
                yield from self._names_above_role(line)
            self._keep_names(index, line, bare)
        if index == self.head:
            self.before = ""  # A name below the headline may go with the date above it, but not the reverse.
        else:
            self.before, self.before_dated = line, dated is not None

    def _keep_names(self, index: int, line: str, bare: tuple[str, ...]) -> None:
        """Keep what a line adds to the names above the next one; a photographer's is one too many."""
        if len(self.names_above) > 1 and len(line) <= LONGEST_ROLE and tells_pictures(line):
            self.names_above.pop()
        if bare and len(self.names_above) < _MOST_LINES:
            self.names_above.append((index, bare))
        elif self.names_above and not goes_with_name(line):
            self.names_above.clear()

    def _told_apart(self, line: str, dated: DateLine) -> DateLine:
        """A date line, or, if it calls its date the publication as an earlier one did, what both tell."""
        if not dated.published or dated.modified:
            return dated
        called = tells(line, load_words().publishing)
        if not self.first_date:
            self.first_date, self.first_called = dated.published, called
        elif called:
            published, modified = both_published(self.first_date, dated.published, self.first_called)
            if modified is not None:
                self.withdrawn = self.first_date if modified == self.first_date else ""
                return DateLine(published, modified)
        return dated

    def _names(self, line: str) -> tuple[str, ...] | None:
        names = read_byline(line)
        if names is None and self.before and len(line) <= 60 and is_cue(self.before):
            return read_byline(f"{self.before.rstrip(' :')} {line}")
        if names is None and "|" in line:  # "21 June 2024 | Author: Jane Roe | Views: 881"
            names = next((found for part in line.split("|") if (found := read_byline(part))), None)
        if names is None and len(line) <= _LONGEST_PAIR:  # "21 June 2024 Text: Jane Roe Photo: Max Doe"
            parts = [part for part in parted_at_cues(line)[1:] if not names_editor(part)]
            names = tuple(name for part in parts for name in read_byline(part) or ()) or None
        return names

    def _names_apart(self, index: int, line: str, names: tuple[str, ...]) -> tuple[str, ...] | None:
        """The `names` of a byline as the elements inside part it, if it is all of its element's text."""
        parts = self._parts(index)
        if len(parts) < 2 or _letters("".join(parts)) != _letters(line):
            return names
        kept = without_places(parts)
        return named_apart(kept) or (names if kept == parts else read_byline(" ".join(kept)))

    def _parts(self, index: int) -> list[str]:
        """The texts in a block's element, one for each element inside."""
        page, element = self.page, self.page.blocks[index].element
        if not page.elements.places or element < 0:
            return []
        return parts_of(
            element_there(page.markup, page.elements.places[element]).text("\v", 4 * _LONGEST_PAIR)
        )

    def _beside_words(self, index: int, line: str, has_names: bool) -> Iterator[Candidate]:
        """Dates of a line that says more than dates; in a caption that is when the picture was taken."""
        marks = cues(self.page, index, self.head)
        if marks is not None and not is_caption(self.page, index, self.head):
            marked = has_names or bool(DATE_CUE.search(marks) or AUTHOR_CUE.search(marks))
            yield from loose_dates(line, self.order, "visible:date-class" if marked else "visible:date-text")

    def _bare_names(self, index: int, line: str) -> tuple[str, ...]:
        """The full names that make a line, as the elements inside part them where these say more."""
        names = bare_names(line)
        if len(names) != 1:
            return names
        parts = self._parts(index)
        several = 1 < len(parts) <= _MOST_PARTS and _letters("".join(parts)) == _letters(line)
        return tuple(parts) if several and all(map(is_full_name, parts)) else names

    def _names_beside_date(
        self, index: int, line: str, bare: tuple[str, ...], dated: bool, holds_date: bool
    ) -> Iterator[Candidate]:
        """Full names next to a date, on one line or the next: a byline without a word that says so."""
        if dated:
            for at, names in self.names_above:
                yield from self._alone(at, names)
        if self.before_dated:
            yield from self._alone(index, bare)
        if dated or not holds_date:
            return
        for part in _PARTS.split(line):
            names = bare_names(part)
            if names and read_dateline(line.replace(part, ""), order=self.order) is not None:
                yield from self._alone(index, names)

    def _names_above_role(self, line: str) -> Iterator[Candidate]:
        """Full names with their bearers' role on the next line."""
        if self.names_above and len(line) <= LONGEST_ROLE and is_role(line, load_words()):
            if len(self.names_above) > 1 and tells_pictures(line):
                return
            at, names = self.names_above[-1]
            yield from self._alone(at, names)

    def _alone(self, index: int, names: tuple[str, ...]) -> Iterator[Candidate]:
        """Names that have a line for themselves, unless that is another's, or names the site or a section."""
        page, head = self.page, self.head
        if names and may_stand_alone(page, head, index):
            allowed = (name for name in names if may_be_author(page, head, index, name))
            yield from (Candidate("authors", name, NAME_ALONE) for name in allowed)

    def _name_in_element(self, index: int, line: str) -> Iterator[Candidate]:
        """A full name in an element of its own with a role or date in the next one, on the same line."""
        parts = self._parts(index)
        if not 2 <= len(parts) <= _MOST_PARTS:
            return
        if (
            any(map(says_author, parts)) and read_byline(line) is None
        ):  # "作者：李明" and more, without a space
            called = [part for part in parts if says_author(part)]
            yield from (
                Candidate("authors", n, "visible:byline") for p in called for n in read_byline(p) or ()
            )
            return
        name, beside = parts[:2]
        if len(parts) == 2 and is_full_name(beside):
            name, beside = beside, name
        if not is_full_name(name):
            return
        linked = self.page.blocks[index].link_chars  # a link beside a date is a section's
        dated = not linked and read_dateline(beside, order=self.order) is not None
        if dated or (name == parts[0] and is_role(beside, load_words())):
            yield Candidate("authors", name, NAME_ALONE)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _in_name_case(name: str) -> str:
    """A person's name that the page sets in capitals, as it is written elsewhere ("DANA HOLT").

    A third word can be an agency's letters, so such names stay as they are.
    """
    tokens = name.split()
    plain = name.isupper() and len(tokens) == 2 and min(map(len, tokens)) > 2 and is_full_name(name)
    return name.title() if plain else name
