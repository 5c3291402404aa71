"""How a word sounds, as a short code: Metaphone, after respelling what British, Welsh, Slavic and South Asian names do.

Vowels count only at the beginning, so most misspellings sound alike.
"""

import re
from functools import lru_cache

from jellyfish import metaphone

_RESPELL = [
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"^mac(?=[^aeiouyhk])|^mc", "mak"),
        (r"hugh", "hu"),
        (r"ksh", "x"),
        (r"ngh\b", "ng"),
        (r"szcz", "shch"),
        (r"sz", "sh"),
        (r"cz", "ch"),
        (r"^v", "w"),
        (r"^ff", "f"),
        (r"^ll", "l"),
        (r"^z", "s"),
        (r"kh", "k"),
        (r"augha?", "au"),
    )
]
_FOLD = str.maketrans({"0": "T"})


@lru_cache(maxsize=20_000)
def sound_of(word: str) -> str:
    """The code of a word in normal form (`smyth` and `smith` share one); empty when it is not in Latin letters."""
    if not (word.isascii() and word.isalpha()) or len(word) < 2:
        return ""
    respelt = word
    for pattern, instead in _RESPELL:
        respelt = pattern.sub(instead, respelt)
    code = metaphone(respelt).translate(_FOLD)
    return code[:1] + code[1:].replace("H", "")


_SAME_BEGINNING = ("aeiouy", "kcq", "gj", "szx", "wv")
_LETTER_CLASSES = {letter: letters[0] for letters in _SAME_BEGINNING for letter in letters}


def first_letter_of(word: str) -> str:
    """The class of a word's first letter: letters that begin the same sound are one (Catherine and Katherine)."""
    letter = "f" if word.startswith("ph") else word[:1]
    return _LETTER_CLASSES.get(letter, letter)


def initials_like(letter: str) -> str:
    """The other letters that may begin the same name: Katherine for C, Philip for F."""
    alike = "".join(letters for letters in (*_SAME_BEGINNING, "fp") if letter in letters)
    return alike.replace(letter, "")
