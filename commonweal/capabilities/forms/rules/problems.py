"""What is wrong with an answer, as a sentence that says what to do, in two languages."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.foundations.clocks.explaining import translatable

MUST_BE_SHORTER = translatable("{called} must be {limit} characters or fewer")
MUST_BE_REAL_DATE = translatable("{called} must be a real date, like {example}")
MUST_INCLUDE = translatable("{called} must include a {parts}")
MUST_INCLUDE_TWO = translatable("{called} must include a {parts} and a {others}")
MUST_HAVE_FULL_YEAR = translatable("{called} must have a year of 4 numbers, like {example}")
MUST_BE_PAST = translatable("{called} must be today or in the past")
MUST_BE_RECENT = translatable("{called} must be in the last {days} days")
MUST_BE_EMAIL = translatable("Enter an email address in the correct format, like name@example.com")
MUST_BE_PHONE = translatable("Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")
MUST_BE_OFFERED = translatable("{called} must be one of the answers shown")
MUST_BE_NAME = translatable("{called} must include at least one letter")
MUST_BE_POSTCODE = translatable("Enter a full UK postcode, like CF10 4UW")
MUST_HAVE_POSTCODE = translatable("Enter the postcode")
MUST_HAVE_ADDRESS = translatable("Enter the house number or name and the street")

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
    values: Mapping[str, str | int] = dataclasses.field(default_factory=dict, hash=False)

    def say(self, language: str | None, translate: Callable[[str], str] = translatable) -> str:
        """The sentence in the reader's language; words among the values are translated."""
        if self.words is not None:
            return self.words.in_language(language)
        called = "" if self.called is None else self.called.in_language(language)
        told = {name: translate(value) if isinstance(value, str) else value for name, value in self.values.items()}
        return translate(self.message).format(called=called, **told)
