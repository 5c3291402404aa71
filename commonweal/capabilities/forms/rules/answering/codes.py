"""Numbers and codes that somebody gave to people and things: each has published rules, some a check digit."""

import re
from collections.abc import Callable, Sequence

from stdnum.exceptions import ValidationError
from stdnum.gb import nhs

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.rules import problems
from commonweal.capabilities.forms.rules.answering.family import Answering, of_one
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.capabilities.forms.rules.texts import ascii_digits, one_line
from commonweal.foundations.references.references import normal_reference

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—.]+")

# HMRC, National Insurance Manual NIM39110: letters and prefixes that are never given out, and the suffix A to D.
_INSURANCE = re.compile(
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])(\d\d)(\d\d)(\d\d)([A-D])", re.ASCII
)

# DVLA, INF104 and the registration marks before it; the letters I and Q and Z are left out where they are never used.
_VEHICLES = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"([A-HJ-PR-Y]{2}\d{2})([A-HJ-PR-Z]{3})",  # since 2001: AB12 CDE
        r"([A-HJ-NPR-TV-Y]\d{1,3})([A-HJ-PR-Y][A-HJ-PR-Z]{2})",  # 1983 to 2001: A123 BCD; Q: of unknown age
        r"(Q\d{1,3})([A-Z]{3})",
        r"([A-HJ-PR-Y]{3})(\d{1,3}[A-HJ-NPR-TV-Y])",  # 1963 to 1982: ABC 123D
        r"([A-Z]{1,2})(\d{1,4})",  # without a year: AB 1234, and ABC 123
        r"(\d{1,4})([A-Z]{1,2})",
        r"([A-Z]{3})(\d{1,3})",
        r"(\d{1,3})([A-Z]{3})",
        r"([A-Z](?:I[A-Z]|[A-Z]Z))(\d{4})",  # Northern Ireland: ABZ 1234
    )
)


def _compact(typed: str) -> str:
    """In capitals, without spaces and hyphens, digits of any script as ours."""
    return _SEPARATORS.sub("", ascii_digits(one_line(typed))).upper()


def _insurance(compact: str) -> Sequence[str] | None:
    found = _INSURANCE.fullmatch(compact)
    return found.groups() if found else None


def _nhs(compact: str) -> Sequence[str] | None:
    """Ten digits, of which the last is a check digit (modulus 11; NHS Data Dictionary, NHS number)."""
    try:
        number = nhs.validate(compact)
    except ValidationError:
        return None
    return number[:3], number[3:6], number[6:]


def _vehicle(compact: str) -> Sequence[str] | None:
    return next((found.groups() for each in _VEHICLES if (found := each.fullmatch(compact))), None)


def _in_groups(read: Callable[[str], Sequence[str] | None], message: str) -> Answering:
    """A code that is stored without spaces, and shown in groups as it is printed."""

    def check(question: Question, typed: str) -> str | Problem:
        groups = read(_compact(typed))
        return "".join(groups) if groups else Problem(question.key, message)

    def tell(question: Question, answer: str, language: str | None) -> str:
        return " ".join(read(answer) or (answer,))

    return Answering(of_one(check), split=lambda question, answer: (tell(question, answer, None),), tell=tell)


def _check_reference(question: Question, typed: str) -> str | Problem:
    return normal_reference(one_line(typed)) or Problem(question.key, problems.MUST_BE_REFERENCE)


NATIONAL_INSURANCE_NUMBER = _in_groups(_insurance, problems.MUST_BE_INSURANCE_NUMBER)
NHS_NUMBER = _in_groups(_nhs, problems.MUST_BE_NHS_NUMBER)
VEHICLE_REGISTRATION = _in_groups(_vehicle, problems.MUST_BE_VEHICLE)
REFERENCE = Answering(of_one(_check_reference))
