"""From a form of the sign-in package to the fields of our pages."""

from dataclasses import replace

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm, BoundField

from commonweal.foundations.design.parts import Field, Kind, Words
from commonweal.frontends.website.accounts.words import ASKED, WRONG, Asked


def describe_fields(form: BaseForm) -> tuple[Field, ...]:
    """The form's questions in our words with what is wrong; what concerns the whole form is said at its first field."""
    fields = tuple(_describe(bound) for bound in form if not bound.is_hidden)
    whole = form.errors.as_data().get(NON_FIELD_ERRORS, []) if form.is_bound else []
    if whole and fields:
        first = replace(fields[0], error=_say(whole[0], ASKED[fields[0].name]))
        return (first, *fields[1:])
    return fields


def _describe(bound: BoundField) -> Field:
    asked = ASKED[bound.name]
    errors = bound.form.errors.as_data().get(bound.name, []) if bound.form.is_bound else []
    may_repeat = asked.kind is not Kind.PASSWORD and asked.autocomplete != "one-time-code"
    return Field(
        bound.html_name,
        asked.label,
        asked.kind,
        hint=asked.hint,
        value=str(bound.value() or "") if may_repeat else "",
        error=_say(errors[0], asked) if errors else "",
        autocomplete=asked.autocomplete,
        width=asked.width,
    )


def _say(error: ValidationError, asked: Asked) -> Words:
    if error.code == "required":
        return asked.missing
    return WRONG.get(error.code or "", "") or " ".join(error.messages)
