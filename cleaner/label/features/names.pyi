from collections.abc import Mapping

from cleaner.label.features.wordtable import WordTable

class NameOdds:
    near: dict[str, float]
    far: dict[str, float]
    def __init__(self, near: Mapping[str, float], far: Mapping[str, float]) -> None: ...

def attr_names(attrs: str) -> list[str]: ...
def words_of(name: str) -> tuple[str, ...]: ...
def first_known_word(attrs: str, table: WordTable) -> int | None: ...
def signs_around(
    numbers: list[int],
    own: list[int],
    inline: list[str],
    parents: list[int],
    tags: list[str],
    attrs: list[str],
    words: WordTable,
    by_tag: dict[str, int],
    highest: int,
) -> list[int]: ...
