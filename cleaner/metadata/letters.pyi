def words_of(text: str, least: int = 1, most: int = -1) -> list[str]:
    """The runs of letters in a text that have so many, `[^\\W\\d_]{least,}`; of each at `most` so many."""

def letters_in(text: str) -> int:
    """How many letters a text has."""

def signs_between(text: str, edges: str) -> int:
    """How many signs of a text are in some ranges; `edges` are the first and last of each, in order."""
