"""What was typed into a form of the desk: read, and shown again with what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest

from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid, Refusal, Words
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.dates import day_shown


def read_id(text: str) -> UUID:
    """Raises BadRequest when it is none."""
    try:
        return UUID(text)
    except ValueError:
        raise BadRequest from None


@dataclass(frozen=True)
class Typed:
    """What was posted, and what is wrong by the name of its field."""

    request: HttpRequest
    wrong: Mapping[str, Words]

    @classmethod
    def of(cls, request: HttpRequest, refusal: Refusal | None = None) -> "Typed":
        """With what an Invalid says of each field; any other refusal is about none of them."""
        return cls(request, refusal.fields if isinstance(refusal, Invalid) else {})

    def field(
        self,
        name: str,
        label: Words,
        kind: Kind = Kind.TEXT,
        *,
        usual: str = "",
        hint: Words = "",
        options: tuple[Option, ...] = (),
        rows: int = 5,
        width: int | None = None,
    ) -> Field:
        """A question with its answer as it was typed, before that the usual one."""
        return Field(
            name,
            label,
            kind,
            hint=hint,
            value=self.request.POST.get(name, usual),
            error=self.wrong.get(name, ""),
            options=options,
            rows=rows,
            width=width,
        )

    def day(self, name: str, label: Words, *, usual: date, hint: Words = "") -> Field:
        """A question for a day."""
        shown = day_shown(self.request, name, usual=usual)
        return Field(name, label, Kind.DATE, hint=hint, value=shown, error=self.wrong.get(name, ""))
