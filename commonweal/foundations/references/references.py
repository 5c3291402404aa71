"""References: random characters and one that checks them. Pure: the randomness is given."""

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789"
"""No vowels (no words), no 0, 1, I or O: read out and copied without mistakes."""

_BODY = 8


def characters_from(randomness: bytes, count: int) -> str:
    """So many characters of the alphabet, each worth 4.8 bits of `randomness`."""
    number, characters = int.from_bytes(randomness, "big"), []
    for _position in range(count):
        number, index = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[index])
    return "".join(characters)


def reference_from(randomness: bytes) -> str:
    """A reference such as BCDF-2345-X: eight random characters (38 bits) and a check character.

    `randomness` is at least 16 bytes. The check character finds every single wrong character.
    """
    body = characters_from(randomness, _BODY)
    return f"{body[:4]}-{body[4:]}-{_check_character(body)}"


def normal_reference(typed: str) -> str | None:
    """The reference someone typed, in its normal form; None when a character must be wrong."""
    kept = "".join(character for character in typed.upper() if character in ALPHABET)
    letters = sum(character.isalnum() for character in typed)
    if len(kept) != _BODY + 1 or letters != len(kept) or _check_character(kept[:_BODY]) != kept[_BODY]:
        return None
    return f"{kept[:4]}-{kept[4:8]}-{kept[8]}"


def _check_character(body: str) -> str:
    """A weighted sum; no weight shares a factor with the size of the alphabet (28), so it finds any one error."""
    weights = (1, 3, 5, 9, 11, 13, 15, 17)
    total = sum(weight * ALPHABET.index(character) for weight, character in zip(weights, body, strict=True))
    return ALPHABET[total % len(ALPHABET)]
