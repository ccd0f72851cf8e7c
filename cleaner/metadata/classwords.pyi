class ClassWords:
    """Finds words of class names, whole ones, in camel case too.

    Of a word that ends in "s?" or has "(?:name)?" in it a part may be left out.
    """

    def __init__(self, words: str) -> None: ...
    def search(self, names: str) -> str | None:
        """The first of the words in names, in small letters; None for none."""
    def named(self, attrs: str) -> list[str]:
        """The first of the words in each of the names that an element's attributes, as serialised, hold."""
