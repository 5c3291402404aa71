"""A text without some strings, each replaced by a word in brackets."""

from commonweal.foundations.documents.redaction.removals import Removals

_LETTERLESS = "[—]"
_ROUNDS = 3


def redacted(text: str, removals: Removals, *, word: str) -> str:
    """The text with `[word]` where a string stood: no string is found in what is returned.

    What a replacement brings together may be a string again, and the word itself may be one: it is looked for until
    there is none, in the end with a mark that has no letters.
    """
    mark = _LETTERLESS if removals.found_in(f"[{word}]") else f"[{word}]"
    rounds = 0
    while places := removals.places(text):
        rounds += 1
        put = mark if rounds <= _ROUNDS else _LETTERLESS
        ends = [0, *(place.end for place in places)]
        kept = (text[end : place.start] for end, place in zip(ends, places, strict=False))
        text = "".join(part + put for part in kept) + text[ends[-1] :]
    return text
