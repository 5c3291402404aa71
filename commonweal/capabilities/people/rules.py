"""What may be shown of a person in a list. Pure."""


def mask(name: str) -> str:
    """The first name and the initial of the last: enough to recognise, not enough to learn."""
    words = name.split()
    return words[0] if len(words) < 2 else f"{words[0]} {words[-1][0]}…"
