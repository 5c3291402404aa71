"""Normal forms of what people type: what cannot be seen is dropped, what can be seen is kept as it is."""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_POSTCODE = re.compile(r"(GIR|[A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][ABD-HJLNP-UW-Z]{2})")
_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]]+@[^\s@.<>(),;:\"\[\]]+(\.[^\s@.<>(),;:\"\[\]]+)+")
_INVISIBLE = {"Cc", "Cs", "Cn"}
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates turn what comes after an answer around as well: a name could rewrite a letter."""

LONGEST_EMAIL = 254


def one_line(typed: str) -> str:
    """Without control characters, line breaks and needless spaces. Emoji and marks of direction stay.

    What turns the text after it around goes: no name is written with it.
    """
    return _SPACES.sub(" ", _visible(typed).replace("\n", " ")).strip()


def many_lines(typed: str) -> str:
    """The same for a longer text, which keeps its paragraphs."""
    lines = (_SPACES.sub(" ", line).strip() for line in _visible(typed).split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def normal_postcode(typed: str) -> str | None:
    """The postcode in capitals with its space; None when it cannot be one."""
    kept = "".join(character for character in typed.upper() if character.isascii() and character.isalnum())
    letters = sum(character.isalnum() for character in typed)
    found = _POSTCODE.fullmatch(kept) if letters == len(kept) else None
    return f"{found[1]} {found[2]}" if found else None


def is_email(text: str) -> bool:
    """Whether it could be an e-mail address: only sending proves it."""
    local = text.partition("@")[0]
    is_dotted_well = not (local.startswith(".") or local.endswith(".") or ".." in text)
    return len(text) <= LONGEST_EMAIL and is_dotted_well and _EMAIL.fullmatch(text) is not None


def ascii_digits(text: str) -> str:
    """With the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)


def has_letter(text: str) -> bool:
    """Whether a name has at least one letter of any script: one is enough."""
    return any(unicodedata.category(character)[0] == "L" for character in text)


def _visible(typed: str) -> str:
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (each for each in lines if each == "\n" or _is_kept(each))
    return unicodedata.normalize("NFC", "".join(kept))


def _is_kept(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE and character not in _TURNING
