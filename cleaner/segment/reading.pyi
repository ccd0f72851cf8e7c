from cleaner.model import Block

Columns = tuple[list[int], list[int], list[str], list[str], list[bool]]

def read_markup(html: str) -> tuple[Columns, list[Block], list[str]]: ...
