from cleaner.label.features.wordtable import WordTable

def fold(text: str) -> str:
    """`text` in lower case and without accents, for looking words up; offsets may shift."""

def head_word(line: str) -> str:
    """The part of a folded line that can begin a cue: up to the first space or colon-like sign."""

def has_digit(text: str) -> bool:
    """Whether a text has a digit of any script."""

def has_year(text: str, start: int = 0) -> bool:
    """Whether what every date has stands in a text from a place on: a year, or a day in numbers.

    `(?:19|20)\\d\\d|\\d\\s?[./-]\\s?\\d\\d?\\s?[./-]\\s?\\d\\d`
    """

def has_cjk(text: str) -> bool:
    """Whether a text holds Chinese, Japanese or Korean characters."""

def may_be_relative(text: str, telling: WordTable) -> bool:
    """Whether a line has few words, one of them in the table ("ago", "today"), or its last sign says so."""

def may_be_byline(text: str, heads: WordTable) -> bool:
    """The cheap test that turns prose away: a word that begins a cue, a role behind, or Eastern letters."""
