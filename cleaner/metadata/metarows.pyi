from collections.abc import Iterable, Mapping

from cleaner.metadata.candidates import Candidate, Field
from cleaner.segment.finding import Element

def stated_in(
    elements: Iterable[Element],
    tags: frozenset[str],
    fields: Mapping[str, tuple[Field, str]],
    rows: tuple[str, ...],
) -> tuple[list[Candidate], dict[str, str]]:
    """Candidates of the elements whose names have a field, and the contents of those named like rows.

    `tags` are those of the elements that are asked, `fields` field and source by name, `rows`
    what the names of rows begin with.
    """
