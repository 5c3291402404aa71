"""Months as people type them."""

_MONTHS = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)


def month_of(text: str) -> int:
    """The number of a month typed as a number or as a name in English or Welsh, three letters or more.

    Raises ValueError when it is none.
    """
    if text.isdecimal():
        return int(text)
    typed = text.casefold().rstrip(".")
    found = [number for number, names in enumerate(_MONTHS, 1) if any(name.startswith(typed) for name in names)]
    if len(typed) < 3 or len(found) != 1:
        raise ValueError("no month")
    return found[0]
