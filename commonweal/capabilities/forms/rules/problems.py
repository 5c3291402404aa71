"""What is wrong with an answer, as a sentence that says what to do, in two languages."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.capabilities.forms.rules.writing import write_day
from commonweal.foundations.clocks.explaining import translatable

MUST_BE_SHORTER = translatable("{called} must be {limit} characters or fewer")
MUST_BE_OFFERED = translatable("{called} must be one of the answers shown")
MUST_BE_NAME = translatable("{called} must include at least one letter")
MUST_BE_EMAIL = translatable("Enter an email address in the correct format, like name@example.com")
MUST_BE_PHONE = translatable("Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")

MUST_BE_REAL_DATE = translatable("{called} must be a real date, like {example}")
MUST_INCLUDE = translatable("{called} must include a {parts}")
MUST_INCLUDE_TWO = translatable("{called} must include a {parts} and a {others}")
MUST_HAVE_FULL_YEAR = translatable("{called} must have a year of 4 numbers, like {example}")
MUST_BE_PAST = translatable("{called} must be today or in the past")
MUST_BE_BEFORE_TODAY = translatable("{called} must be in the past")
MUST_BE_FUTURE = translatable("{called} must be today or in the future")
MUST_BE_AFTER_TODAY = translatable("{called} must be in the future")
MUST_BE_RECENT = translatable("{called} must be in the last {days} days")
MUST_BE_ON_OR_AFTER = translatable("{called} must be {earliest} or later")
MUST_BE_ON_OR_BEFORE = translatable("{called} must be {latest} or earlier")
MUST_BE_BETWEEN_DAYS = translatable("{called} must be between {earliest} and {latest}")

MUST_BE_NUMBER = translatable("{called} must be a number, like {example}")
MUST_BE_WHOLE = translatable("{called} must be a whole number, like {example}")
MUST_HAVE_FEWER_DECIMALS = translatable("{called} must have no more decimal places than {example}")
MUST_BE_MONEY = translatable("{called} must be an amount in pounds, like £1,200 or £1,200.50")
MUST_BE_OR_MORE = translatable("{called} must be {least} or more")
MUST_BE_OR_LESS = translatable("{called} must be {most} or less")
MUST_BE_BETWEEN = translatable("{called} must be between {least} and {most}")

MUST_CHOOSE_MORE = translatable("Select at least {least} of the answers")
MUST_CHOOSE_FEWER = translatable("Select no more than {most} of the answers")
MUST_STAND_ALONE = translatable("Select the answers that apply, or select only “{alone}”")

MUST_BE_POSTCODE = translatable("Enter a full UK postcode, like CF10 4UW")
MUST_HAVE_POSTCODE = translatable("Enter the postcode")
MUST_HAVE_ADDRESS = translatable("Enter the house number or name and the street")
MUST_BE_POINT = translatable("Mark a point in the United Kingdom, or remove the mark")
MUST_HAVE_LINE1 = translatable("Enter address line 1, typically the building and street")
MUST_HAVE_TOWN = translatable("Enter the town or city")

MUST_BE_INSURANCE_NUMBER = translatable("Enter a National Insurance number in the correct format, like QQ 12 34 56 C")
MUST_BE_NHS_NUMBER = translatable("Enter the 10 numbers of an NHS number, like 999 123 4560: check each of them")
MUST_BE_VEHICLE = translatable("Enter a vehicle registration number as it is on the number plate, like AB12 CDE")
MUST_BE_REFERENCE = translatable("Enter a reference as we wrote it, like BCDF-2345-X: check each letter and number")

MUST_HAVE_FILES = translatable("{called} must be {least} files or more. You have added {number}")
MUST_HAVE_FEWER_FILES = translatable("{called} must be {most} files or fewer. Remove the others")

DAY, MONTH, YEAR = translatable("day"), translatable("month"), translatable("year")


@dataclass(frozen=True)
class Problem:
    """One thing wrong: at which field of the form, and the sentence.

    `message` is a message id with named places, `called` what the question calls its answer; or `words` say it all.
    """

    field: str
    message: str = ""
    called: Bilingual | None = None
    words: Bilingual | None = None
    values: Mapping[str, str | int | date | Bilingual] = dataclasses.field(default_factory=dict, hash=False)

    def say(self, language: str | None, translate: Callable[[str], str] = translatable) -> str:
        """The sentence in the reader's language; words among the values are translated."""
        if self.words is not None:
            return self.words.in_language(language)
        called = "" if self.called is None else self.called.in_language(language)
        told = {name: _tell(value, language, translate) for name, value in self.values.items()}
        return translate(self.message).format(called=called, **told)


def _tell(value: str | int | date | Bilingual, language: str | None, translate: Callable[[str], str]) -> str | int:
    if isinstance(value, date):
        return write_day(value, language)
    if isinstance(value, Bilingual):
        return value.in_language(language)
    return translate(value) if isinstance(value, str) else value
