class Element:
    """One element of a page's serialised markup."""

    @property
    def place(self) -> int:
        """Where it stands; an element's own, as long as it is asked of one page's markup."""
    @property
    def tag(self) -> str: ...
    @property
    def attributes(self) -> dict[str, str]: ...
    @property
    def around(self) -> list[Element]:
        """Up to five elements around it, innermost first; theirs are not known."""
    def text(self, separator: str, enough: int = -1) -> str:
        """Its runs of text, joined; no more than say that it has more than `enough` bytes."""
    def inside(self) -> list[Element]:
        """All elements in it, in document order; what is around them is known up to this one."""
    def first(self, attribute: str, value: str) -> Element | None:
        """The first element inside with an attribute of that value."""

def element_there(markup: bytes, place: int) -> Element:
    """The element whose name stands at a place; what is around it is not known.

    Raises IndexError for a place outside the markup.
    """

def marked(markup: bytes) -> list[Element]:
    """Elements of metadata: `<meta>`, `<title>`, `<time>`, canonical links, and all that have an itemprop."""

def told(elements: list[Element], attribute: str, name: str) -> str | None:
    """What the first of the meta elements says whose attribute has that name; None where there is none."""

def authored(markup: bytes, stems: tuple[bytes, ...]) -> list[Element]:
    """Elements that most pages mark authors by: with their relation, their own names, or class names."""

def linking(markup: bytes, paths: tuple[bytes, ...]) -> list[Element]:
    """Links to addresses with one of the paths, which begin with a slash."""
