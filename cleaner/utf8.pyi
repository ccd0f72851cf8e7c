def is_utf8(data: bytes) -> bool:
    """Whether `bytes.decode` would take the bytes."""
