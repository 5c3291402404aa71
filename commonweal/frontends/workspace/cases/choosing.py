"""What is done to several cases, as fields and sentences."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.queries.many import ASSIGN, MOVE, NOTE, Plan, Preview, Wanted
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid, Refusal, Words

LEFT_OUT: dict[str, Promise] = {
    "changed": _("Left out: it has changed since you chose it"),
    "closed": _("Left out: it is closed"),
    "not_now": _("Left out: you cannot do this at its current stage"),
    "already": _("Left out: it is already assigned this way"),
    "not_a_colleague": _("Left out: that person is not in its team"),
    "restricted": _("Left out: the person’s information is restricted. Open the case to see on which grounds"),
    "other_team": _("Left out: it belongs to another team"),
    "own_record": _("Left out: it is your own"),
    "relative": _("Left out: you said that you are related to the person"),
    "colleague": _("Left out: the person works here"),
}


def fields_of(found: Preview, wanted: Wanted, text: str, refusal: Refusal | None) -> tuple[Field, ...]:
    """What to do, and what each of it needs to know."""
    acts = [Option(ASSIGN, gettext("Assign them")), Option(NOTE, gettext("Add a note to each"))]
    if found.moves:
        acts.insert(1, Option(MOVE, gettext("Move them on")))
    people = (Option("", gettext("Nobody")), *(Option(str(account), name) for account, name in found.people))
    fields = [
        Field(
            "what",
            gettext("What do you want to do?"),
            Kind.ONE_OF,
            hint=gettext("Decisions are made one case at a time: nothing is closed or refused here."),
            options=tuple(acts),
            value=wanted.what,
            error=_error("what", refusal),
        ),
        Field(
            "assignee",
            gettext("If you assign them, who to?"),
            Kind.CHOSEN,
            options=people,
            value=str(wanted.assignee or ""),
        ),
    ]
    if found.moves:
        moves = (Option("", gettext("Choose")), *(Option(key, label) for key, label in found.moves))
        asked = gettext("If you move them, where to?")
        fields.append(
            Field("move", asked, Kind.CHOSEN, options=moves, value=wanted.move, error=_error("move", refusal))
        )
    hint = gettext("The note is added to every case you chose.")
    fields.append(
        Field("text", gettext("Note"), Kind.LONG_TEXT, hint=hint, value=text, error=_error("text", refusal), rows=4)
    )
    return tuple(fields)


def tell_plans(plans: Iterable[Plan], wanted: Wanted) -> list[tuple[Plan, Words]]:
    """Each case with what becomes of it in words."""
    return [(plan, LEFT_OUT[plan.left_out] if plan.left_out else _tell(plan, wanted)) for plan in plans]


def _tell(plan: Plan, wanted: Wanted) -> str:
    if wanted.what == MOVE:
        return gettext("Moves to: %(stage)s") % {"stage": plan.becomes}
    if wanted.what == ASSIGN and plan.becomes:
        return gettext("Is assigned to %(name)s") % {"name": plan.becomes}
    return gettext("Is assigned to nobody") if wanted.what == ASSIGN else gettext("Gets the note")


def _error(field: str, refusal: Refusal | None) -> Words:
    return refusal.fields.get(field, "") if isinstance(refusal, Invalid) else ""
