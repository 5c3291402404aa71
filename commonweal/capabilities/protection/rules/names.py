"""Whether a text names somebody, and the same text without them. Pure."""

import re
from collections.abc import Iterable

_SHORT = 4
"""A short part of a name may be a common word ("will", "may"): then only with a capital."""


def names_anyone(text: str, name: str) -> bool:
    """Whether a text names someone: by any part of their name, however it is written when longer, or by initials."""
    words = {word.removesuffix("’s").removesuffix("'s") for word in re.findall(r"[\w’']+", text)}
    parts = {part.casefold() for part in re.findall(r"\w{2,}", name)}
    initials = [part[0].upper() for part in name.split()]
    is_part = any(word.casefold() in parts and (len(word) > _SHORT or word[0].isupper()) for word in words)
    return is_part or "".join(initials) in words or ".".join([*initials, ""]) in text.replace(" ", "")


def without_names(text: str, names: Iterable[str], instead: str) -> str:
    """A text with every name, and each part of one that names somebody, replaced: a proposal for whoever decides."""
    for name in sorted(names, key=len, reverse=True):
        if name.strip():
            text = re.sub(re.escape(name), instead, text, flags=re.IGNORECASE)
        for word in sorted(set(re.findall(r"[\w’']+", text)), key=len, reverse=True):
            if names_anyone(word, name):
                text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", instead, text)
    return text
