"""In which encoding a file of text was written: files say so rarely, and people send what their programs make. Pure."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def encodings_of(beginning: bytes) -> tuple[str, ...]:
    """What a text that begins like this may be in, the first that opens it first: the last one opens nearly all."""
    return ("utf-16",) if beginning[:2] in _UTF16 else ("utf-8-sig", "cp1252")


def decoded(content: bytes) -> str | None:
    """The text of UTF-8, of UTF-16 that says so, or of the older Windows encoding; None when it is in none of them."""
    for encoding in encodings_of(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
