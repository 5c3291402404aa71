"""What a worklist is narrowed to, as the fields of a form."""

from uuid import UUID

from django.utils.translation import gettext

from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.capabilities.cases.queries.worklists import Choices
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid, Refusal


def fields_of(asked: Filter, choices: Choices) -> tuple[Field, ...]:
    """One list to choose from for each way of narrowing that there is something to choose for."""
    fields = [
        _chosen("service", gettext("Service"), choices.services, asked.service),
        _chosen("stage", gettext("Stage"), choices.stages, asked.stage),
    ]
    if asked.show in ("open", "mine", "unassigned"):
        fields.append(_chosen("due", gettext("Due"), _dues(), asked.due))
    if choices.people and asked.show in ("open", "today", "overdue", "closed"):
        fields.append(_chosen("who", gettext("Assigned to"), choices.people, asked.who or ""))
    return tuple(fields)


def name_field(typed: str, refusal: Refusal | None) -> Field:
    """Under which name to save it."""
    wrong = refusal.fields.get("name", "") if isinstance(refusal, Invalid) else ""
    return Field("name", gettext("Name of the filter"), value=typed[:200], error=wrong, width=20, max_length=None)


def _dues() -> tuple[tuple[str, str], ...]:
    return (("overdue", gettext("Overdue")), ("today", gettext("Today")), ("week", gettext("In the next 7 days")))


def _chosen(name: str, label: str, choices: tuple[tuple[str | UUID, str], ...], chosen: str | UUID) -> Field:
    """What was chosen is offered even where nothing of it is left, so that the list says what it shows."""
    values = [str(value) for value, _words in choices]
    options = [Option("", gettext("All")), *(Option(str(value), words) for value, words in choices)]
    if chosen and str(chosen) not in values:
        options.append(Option(str(chosen), str(chosen)))
    return Field(name, label, Kind.CHOSEN, options=tuple(options), value=str(chosen))
