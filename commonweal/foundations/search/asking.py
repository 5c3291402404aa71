"""What someone typed into a search box, taken apart: a name, birth dates, phone numbers, e-mails, postcodes. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from commonweal.foundations.search.rules import Day, Exact, Phone
from commonweal.foundations.search.spelling import Word, plain, words_of

_EMAIL = re.compile(r"\S+@\S+")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DATE = re.compile(r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)")
_NAMES_OF_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {month: number for number, month in enumerate(_NAMES_OF_MONTHS.split(), 1)}
_WRITTEN_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(_MONTHS)})[a-z]*\.?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE
)
_POSTCODE = re.compile(r"\b(GIR|[A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w+])\+?\(?\d[\d\s().\-]{5,}\d(?!\w)")


@dataclass(frozen=True)
class Asked:
    """`facts` are forms beside the kind they are of (`rules`); `postcodes` are written with their space."""

    words: tuple[Word, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    postcodes: tuple[str, ...] = ()

    @property
    def is_only_a_place(self) -> bool:
        return not (self.words or self.facts)


def understand(typed: str) -> Asked:
    """Take apart what was typed, in any order; what is none of the rest is a name."""
    facts: list[tuple[str, str]] = []
    typed, emails = _take(_EMAIL, typed)
    facts += [(Exact.kind, form) for found in emails for form in Exact().forms(found[0].strip(",;<>"))]
    typed, days = _take_days(typed)
    facts += [(Day.kind, day.isoformat()) for day in days]
    typed, postcodes = _take(_POSTCODE, typed)
    typed, phones = _take(_PHONE, typed)
    facts += [(Phone.kind, form) for found in phones for form in Phone().forms(found[0])]
    words = [word for word in words_of(typed) if not any(letter.isdigit() for letter in word.text)]
    return Asked(
        tuple(words[:6]), tuple(dict.fromkeys(facts)), tuple(f"{found[1]} {found[2]}".upper() for found in postcodes)
    )


def _take(pattern: re.Pattern[str], typed: str) -> tuple[str, list[re.Match[str]]]:
    """What is left when all that matches was taken out, and what it was."""
    found = list(pattern.finditer(typed))
    return pattern.sub(" ", typed), found


def _take_days(typed: str) -> tuple[str, list[date]]:
    days: list[date] = []
    for pattern in (_ISO_DATE, _DATE, _WRITTEN_DATE):
        typed, found = _take(pattern, typed)
        for match in found:
            first, month, last = match.groups()
            number = _MONTHS[plain(month)] if plain(month) in _MONTHS else int(month)
            year, day = (int(first), int(last)) if len(first) == 4 else (int(last), int(first))
            try:
                days.append(date(year, number, day))
            except ValueError:
                continue
    return typed, days
