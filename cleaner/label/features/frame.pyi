from collections.abc import Sequence

class Frame:
    count: int
    blocks: int
    def __init__(self, parents: Sequence[int], ends: Sequence[int], own: Sequence[int]) -> None: ...
