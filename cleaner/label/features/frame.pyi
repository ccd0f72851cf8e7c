class Frame:
    count: int
    blocks: int
    def __init__(self, parents: list[int], ends: list[int], own: list[int]) -> None: ...
