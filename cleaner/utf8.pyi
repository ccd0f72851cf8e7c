def is_utf8(data: bytes) -> bool:
    """Whether `bytes.decode` would take the bytes."""

def encoded(text: str) -> bytes:
    """The text as UTF-8, surrogates passed."""
