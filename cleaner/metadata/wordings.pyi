def bare(text: str) -> str:
    """Letters and digits of `text`, folded, for comparing wordings."""

def all_bare(texts: list[str]) -> list[str]:
    """`bare` of each text that has no vertical tab, in one go."""
