def is_utf8(data: bytes) -> bool:
    """Whether `bytes.decode` would take the bytes."""

def encoded(text: str, errors: str) -> bytes:
    """What `text.encode("utf-8", errors)` gives."""
