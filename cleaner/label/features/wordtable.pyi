from collections.abc import Mapping

class WordTable:
    words: dict[str, float]
    def __init__(self, words: Mapping[str, float]) -> None: ...
