"""The reference and the secret with which someone proves that a case is theirs: asked, read, and asked again."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.design.parts import Field, Words

LONGEST = 40


CODE = {"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}
"""How a field is typed in that holds a code."""


@dataclass(frozen=True)
class Proof:
    """What was typed as reference and as secret."""

    reference: str = ""
    secret: str = ""

    @classmethod
    def read(cls, request: HttpRequest) -> "Proof":
        """From a form that was sent."""
        return cls(*(request.POST.get(name, "").strip()[:LONGEST] for name in ("reference", "secret")))

    @property
    def is_complete(self) -> bool:
        return bool(self.reference and self.secret)

    def fields(self, *, is_checked: bool = False, is_wrong: bool = False) -> tuple[Field, Field]:
        """The two questions, with what is missing or wrong. The secret is never written back into a page."""
        reference_error: Words = "" if self.reference or not is_checked else _("Enter your reference")
        secret_error: Words = "" if self.secret or not is_checked else _("Enter your secret code")
        if is_wrong:
            reference_error = _("We cannot find an application with this reference and secret code")
        return (
            Field(
                "reference",
                _("Reference"),
                hint=_("It is on the page you saw after sending, and in our messages to you"),
                value=self.reference,
                error=reference_error,
                width=20,
                attributes=CODE,
            ),
            Field(
                "secret",
                _("Secret code"),
                hint=_("We showed it once, together with the reference. Capitals and dashes do not matter"),
                error=secret_error,
                width=20,
                attributes=CODE,
            ),
        )


def ask_again(request: HttpRequest, template: str, proof: Proof, *, is_wrong: bool = False) -> HttpResponse:
    """The same page with what is missing, or the one sentence for a wrong reference and a wrong secret."""
    context = {"fields": proof.fields(is_checked=True, is_wrong=is_wrong), "has_errors": True}
    return render(request, template, context, status=422)
