"""From a field to the options of the component that shows it, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from commonweal.foundations.design.parts import Field, Kind

Params = dict[str, Any]

# A year has four digits, its neighbours two: widths the reader takes as a hint.
DATE_PARTS = (("day", 2), ("month", 2), ("year", 4))


def choose_component(field: Field) -> tuple[str, Params]:
    """The name of the component that shows a field, and the options its macro takes."""
    component, add = _COMPONENTS[field.kind]
    return ("character-count" if _counts(field) else component), _describe(field) | add(field)


def list_errors(fields: Iterable[Field]) -> list[Params]:
    """What an error summary lists: each wrong field's error, leading to its first control."""
    each = (part for field in fields for part in (field.parts or (field,)))
    return [{"text": field.error, "href": f"#{field.first_id}"} for field in each if field.error]


def _describe(field: Field) -> Params:
    params: Params = {"id": field.name, "name": field.name} | _call(field)
    if field.hint:
        params["hint"] = {"text": field.hint}
    if field.error:
        params["errorMessage"] = {"text": field.error, "visuallyHiddenText": _("Error")}
    if field.attributes:
        params["attributes"] = dict(field.attributes)
    if field.autocomplete:
        params["autocomplete"] = field.autocomplete
    return params


def _call(field: Field) -> Params:
    """What the field is called: by a label, by the legend of its choices, or by the one thing to agree to."""
    if field.kind is Kind.AGREED:
        return {"idPrefix": field.name}
    size = "l" if field.is_heading else "s"
    if field.kind in _GROUPS:
        legend = {
            "text": field.label,
            "classes": f"govuk-fieldset__legend--{size}",
            "isPageHeading": field.is_heading,
        }
        return {"fieldset": {"legend": legend}, "idPrefix": field.name}
    classes = "" if field.is_part else f"govuk-label--{size}"
    return {"label": {"text": field.label, "classes": classes, "isPageHeading": field.is_heading}}


def _input(field: Field) -> Params:
    params: Params = {"value": field.value, **_INPUT_TYPES.get(field.kind, {})}
    if field.width:
        params["classes"] = f"govuk-input--width-{field.width}"
    if field.prefix:
        params["prefix"] = {"text": field.prefix}
    if field.suffix:
        params["suffix"] = {"text": field.suffix}
    return params


def _text_area(field: Field) -> Params:
    params: Params = {"value": field.value, "rows": str(field.rows)}
    return params | _count_words(field.max_length) if field.max_length else params


def _count_words(limit: int) -> Params:
    return {
        "maxlength": limit,
        "textareaDescriptionText": _("You can enter up to %(number)s characters") % {"number": limit},
        "charactersUnderLimitText": {
            "other": _("You have %{count} characters remaining"),
            "one": _("You have %{count} character remaining"),
        },
        "charactersAtLimitText": _("You have 0 characters remaining"),
        "charactersOverLimitText": {
            "other": _("You have %{count} characters too many"),
            "one": _("You have %{count} character too many"),
        },
    }


def _choices(field: Field, mark: str) -> Params:
    chosen = field.value if isinstance(field.value, tuple) else (field.value,)
    items: list[Params] = []
    for option in field.options:
        if option.is_alone and items:
            items.append({"divider": _("or")})
        items.append(
            {"value": option.value, "text": option.label, mark: option.value in chosen}
            | ({"hint": {"text": option.hint}} if option.hint else {})
            | ({"behaviour": "exclusive"} if option.is_alone else {})
        )
    return {"items": items}


def _agreed(field: Field) -> Params:
    return {"items": [{"value": "yes", "text": field.label, "checked": field.value == "yes"}]}


def _date(field: Field) -> Params:
    typed = field.value if isinstance(field.value, Mapping) else {}
    words = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    wrong = " govuk-input--error" if field.error else ""
    items = [
        {
            "id": f"{field.name}-{part}",
            "name": f"{field.name}-{part}",
            "label": words[part],
            "value": typed.get(part, ""),
            "classes": f"govuk-input--width-{width}{wrong}",
        }
        | ({"autocomplete": f"bday-{part}"} if field.autocomplete == "bday" else {})
        for part, width in DATE_PARTS
    ]
    return {"items": items}


def _password(field: Field) -> Params:
    return {
        "autocomplete": field.autocomplete or "current-password",
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }


def _counts(field: Field) -> bool:
    return field.kind is Kind.LONG_TEXT and field.max_length is not None


_GROUPS = {Kind.ONE_OF, Kind.MANY_OF, Kind.DATE}
_INPUT_TYPES: dict[Kind, Params] = {
    Kind.EMAIL: {"type": "email", "spellcheck": False},
    Kind.NAME: {"spellcheck": False},
    Kind.CODE: {"spellcheck": False, "autocapitalize": "characters"},
    Kind.DECIMAL: {"inputmode": "decimal", "spellcheck": False},
    Kind.TELEPHONE: {"type": "tel"},
    Kind.NUMBER: {"inputmode": "numeric", "spellcheck": False},
}
_COMPONENTS: dict[Kind, tuple[str, Callable[[Field], Params]]] = {
    Kind.TEXT: ("input", _input),
    Kind.EMAIL: ("input", _input),
    Kind.TELEPHONE: ("input", _input),
    Kind.NAME: ("input", _input),
    Kind.CODE: ("input", _input),
    Kind.NUMBER: ("input", _input),
    Kind.DECIMAL: ("input", _input),
    Kind.LONG_TEXT: ("textarea", _text_area),
    Kind.PASSWORD: ("password-input", _password),
    Kind.FILE: ("file-upload", lambda field: {}),
    Kind.CHOSEN: ("select", lambda field: _choices(field, "selected")),
    Kind.ONE_OF: ("radios", lambda field: _choices(field, "checked")),
    Kind.MANY_OF: ("checkboxes", lambda field: _choices(field, "checked")),
    Kind.AGREED: ("checkboxes", _agreed),
    Kind.DATE: ("date-input", _date),
}
