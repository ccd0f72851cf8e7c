from cleaner.model import Block
from cleaner.segment.finding import Element

Columns = tuple[list[int], list[int], list[str], list[str], list[bool], list[int]]

def read_markup(markup: bytes) -> tuple[Columns, list[Block], list[str], list[Element]]: ...
