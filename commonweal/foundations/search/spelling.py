"""How a name is cut into words, so that each is found however it is typed. Pure."""

import re
import unicodedata
from dataclasses import dataclass

_JOINING = re.compile(r"['’ʼʻ`´\-‐‑]")
_NOT_WORD = re.compile(r"[^\w'’ʼʻ`´\-‐‑]+|_+")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŀ": "l"}
)

_TITLES = "mr mrs ms miss mx dr rev revd prof sir dame lady lord cllr"
_PARTICLES = (
    "a ab abd abdul abu al ap ben bin bint d da de del della den der di dos du el ferch fitz ibn la le mac mc ni nic o"
    " san st ter ul ur van vom von"
)
_ALSO_NAMES = "a ab abd abdul al ben del di do la le nic o san van"

TITLES = frozenset(_TITLES.split())
PARTICLES = frozenset(_PARTICLES.split())
"""Short words that belong to the next: `Mc Donald`, `van der Berg`, `ap Rhys`, `al-Rashid`."""
ALSO_NAMES = frozenset(_ALSO_NAMES.split())
"""Particles that are also first names, or first letters: at the beginning they stand for themselves."""


@dataclass(frozen=True)
class Word:
    """A word of a name; `others` are what it also goes by: joined with its neighbour, or without its particle."""

    text: str
    others: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Case-folded, without accents, in one normal form: `Siân` and `SIAN` are equal, `Łukasz` and `lukasz` too."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if not unicodedata.combining(mark)))


def words_of(name: str) -> list[Word]:
    """The words of a name in their order, each once, without titles. `O’Neill` is one word, also as `O Neill`."""
    pieces = [piece for piece in _NOT_WORD.split(plain(name)) if _JOINING.sub("", piece)]
    pieces = [piece for piece in pieces if piece not in TITLES] or pieces
    found: dict[str, Word] = {}
    held = ""
    for position, piece in enumerate(pieces):
        is_held = piece in PARTICLES and position + 1 < len(pieces)
        if is_held and (held or position or piece not in ALSO_NAMES) and piece != "a":
            held += piece
            continue
        for word in _cut(held, piece):
            found.setdefault(word.text, word)
        held = ""
    return list(found.values())


def _cut(held: str, piece: str) -> list[Word]:
    """The words of a piece between spaces, with the particles held back before it."""
    parts = [part for part in _JOINING.split(piece) if part]
    joined = held + "".join(parts)
    own = [part for part in parts if len(part) > 1 and part not in PARTICLES]
    if held or len(own) < len(parts):
        return [Word(joined, tuple(part for part in own if part != joined))]
    if len(parts) == 1:
        return [Word(parts[0])]
    return [Word(part, (joined,)) for part in parts]
