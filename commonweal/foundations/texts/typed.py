"""What browsers add to typed text and what the database takes in no text. Pure."""


def as_stored(text: str) -> str:
    """The text with plain line ends and without NUL, which PostgreSQL stores in no text."""
    return text.replace("\x00", "").replace("\r\n", "\n")


def plain(text: str) -> str:
    """The same with nothing around it."""
    return as_stored(text).strip()
