"""The smallest parts of a declaration: keys, words in two languages, and what is allowed among them."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
"""A short code: lower case letters, digits and underscores."""

Text = Annotated[str, StringConstraints(pattern=r"\S", max_length=4000)]
"""Words that say something: not empty, not only spaces."""


def slug_of(name: str) -> str:
    """The name of a service as it stands in a web address."""
    return name.replace("_", "-")


class Declared(BaseModel):
    """Base of all parts of a declaration: nothing unknown, nothing converted, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Bilingual(Declared):
    """The same words in English and in Welsh."""

    en: Text
    cy: Text

    def in_language(self, language: str | None) -> str:
        """The words in Welsh for any Welsh language code ("cy", "cy-gb"), else in English."""
        return self.cy if (language or "").startswith("cy") else self.en


class Nation(StrEnum):
    """The nations of the United Kingdom, by the names the register of authorities uses."""

    ENGLAND = "England"
    WALES = "Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"
