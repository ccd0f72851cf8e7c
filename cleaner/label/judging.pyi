from cleaner.label.phrasebook import Phrasebook, Rule

def loudest(
    book: Phrasebook,
    block: str,
    heads: list[tuple[str, int]],
    places: list[tuple[int, int, int]],
) -> tuple[Rule, str, bool] | None: ...
