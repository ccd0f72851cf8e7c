from collections.abc import Sequence

from cleaner.model import LabelledBlock

def labelled_as(label: str, labelled: Sequence[LabelledBlock]) -> list[int]:
    """The numbers of the blocks with a label."""
