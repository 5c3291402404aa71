"""Finding one's council among all of them by what people type. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from commonweal.capabilities.organisations.queries import OrganisationRow

AT_MOST = 30
_SAYS_NOTHING = frozenset(
    {"and", "bc", "borough", "cbc", "cc", "city", "council", "county", "cyngor", "dc", "district", "mbc", "of", "the"}
)


def find_councils(councils: Iterable[OrganisationRow], typed: str) -> tuple[OrganisationRow, ...]:
    """The councils whose name has a word beginning with each word that was typed, open ones first, 30 at most.

    Words that many names share ("city", "council") are asked for only when nothing else was typed.
    """
    words = _split(typed)
    telling = [word for word in words if word not in _SAYS_NOTHING] or words
    if not telling:
        return ()
    found = [council for council in councils if _has_all(_split(f"{council.short_name} {council.name}"), telling)]
    found.sort(key=lambda council: (not council.is_open, not _begins(council, telling), council.short_name))
    return tuple(found[:AT_MOST])


def list_open(councils: Iterable[OrganisationRow], near: OrganisationRow | None = None) -> tuple[OrganisationRow, ...]:
    """The councils that offer services here, those of the same nation first."""
    offering = [council for council in councils if council.is_open]
    nation = near.nation if near else ""
    return tuple(sorted(offering, key=lambda council: (council.nation != nation, council.short_name)))


def _has_all(names: Sequence[str], words: Iterable[str]) -> bool:
    return all(any(name.startswith(word) for name in names) for word in words)


def _begins(council: OrganisationRow, words: Sequence[str]) -> bool:
    return _split(council.short_name)[0].startswith(words[0])


def _split(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.findall(r"[a-z0-9]+", plain)
