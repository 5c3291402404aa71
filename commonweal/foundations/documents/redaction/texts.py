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
        for place in reversed(places):
            text = text[: place.start] + put + text[place.end :]
    return text
