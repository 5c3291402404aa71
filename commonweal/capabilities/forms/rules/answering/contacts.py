"""How people are reached: e-mail addresses, and phone numbers of every country."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.rules import problems
from commonweal.capabilities.forms.rules.answering.family import Answering, of_one
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.capabilities.forms.rules.texts import LONGEST_EMAIL, is_email, one_line

_HOME, _HOME_CODE = "GB", 44
_EXTENSION = re.compile(r"(extension|extn|ext|estyniad|est|x)\.?\s*(?=\d{1,7}$)", re.IGNORECASE)
_LONGEST_PHONE = 50

_DRAMA = re.compile(r"1632960\d{3}|7700900\d{3}")
"""Ofcom's numbers for drama that the library holds to be unused; we show them to people as examples."""


def _check_email(question: Question, typed: str) -> str | Problem:
    text = one_line(typed)
    return text if is_email(text) else Problem(question.key, problems.MUST_BE_EMAIL)


def _check_phone(question: Question, typed: str) -> str | Problem:
    return normal_phone(one_line(typed)) or Problem(question.key, problems.MUST_BE_PHONE)


def normal_phone(typed: str) -> str | None:
    """A number as its country writes it: of the United Kingdom without, of others with the code of the country.

    None when it cannot be one. Numbers of other countries are judged by their length alone: ranges change often.
    """
    text = _EXTENSION.sub(" x", typed)
    if len(typed) > _LONGEST_PHONE or any(each.isalpha() for each in text.replace(" x", "", 1)):
        return None
    try:
        number = phonenumbers.parse(text, _HOME)
    except NumberParseException:
        return None
    is_home = number.country_code == _HOME_CODE
    if not (_is_home_number(number) if is_home else _is_possible(number)):
        return None
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if is_home else PhoneNumberFormat.INTERNATIONAL
    )


def _is_home_number(number: PhoneNumber) -> bool:
    return phonenumbers.is_valid_number(number) or bool(_DRAMA.fullmatch(str(number.national_number)))


def _is_possible(number: PhoneNumber) -> bool:
    return phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE


EMAIL = Answering(of_one(_check_email), longest=LONGEST_EMAIL)
PHONE = Answering(of_one(_check_phone), longest=_LONGEST_PHONE)
