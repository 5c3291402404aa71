"""One question on its page, as the functions that show it see it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from commonweal.capabilities.catalogue.queries.questions import Fills, Question, Whose
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.foundations.design.parts import Field, Kind, Words

Texts = Mapping[str, str]
Errors = Mapping[str, Words]


class Asked:
    """One question on its page, with what was typed and what is wrong."""

    def __init__(
        self, question: Question, given: Texts, errors: Errors, language: str, *, is_alone: bool, is_heading: bool
    ) -> None:
        self.question, self.given, self.errors, self.language = question, given, errors, language
        self.is_alone, self.is_heading = is_alone, is_heading

    def say(self, words: Bilingual | None) -> str:
        return "" if words is None else words.in_language(self.language)

    @property
    def label(self) -> str:
        label = self.say(self.question.label)
        return _("%(label)s (optional)") % {"label": label} if self.question.is_optional else label

    def purpose(self, usual: str) -> str:
        """The input purpose (WCAG 2.2, 1.3.5): what is declared, or what is usual where people tell of themselves."""
        if self.question.autocomplete is None and self.question.fills is Fills.PERSON_BIRTH_DATE:
            usual = "bday"
        return self.question.autocomplete or (usual if self.is_own else "")

    @property
    def is_own(self) -> bool:
        """Whether people tell it of themselves, so that the browser may know it."""
        return self.question.whose is Whose.APPLICANT and self.question.of_party is None

    def typed(self, part: str = "") -> str:
        return self.given.get(self.name(part), "")

    def error(self, part: str = "") -> Words:
        return self.errors.get(self.name(part), "")

    def name(self, part: str = "") -> str:
        return f"{self.question.key}-{part}" if part else self.question.key

    def field(self, kind: Kind, **more: Any) -> Field:
        """The field that asks the question, when it has one part."""
        found: dict[str, Any] = {
            "hint": self.say(self.question.hint),
            "value": self.typed(),
            "error": self.error(),
            "is_heading": self.is_heading,
        }
        return Field(self.question.key, self.label, kind, **(found | more))

    def part(self, part: str, label: str, **more: Any) -> Field:
        """One part of a question that has several."""
        return Field(self.name(part), label, value=self.typed(part), error=self.error(part), **more)
