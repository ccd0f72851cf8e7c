from collections.abc import Sequence

from cleaner.label.phrasebook import Phrasebook, Rule

def loudest(
    book: Phrasebook,
    block: str,
    heads: Sequence[tuple[str, int]],
    places: Sequence[tuple[int, int, int]],
) -> tuple[Rule, str, bool] | None: ...
