"""Working on a case: ticking tasks, linking cases, handing over; and how what is found and linked is shown."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext

from commonweal.capabilities.cases.actions.finding import tick_task
from commonweal.capabilities.cases.actions.handing import hand_over
from commonweal.capabilities.cases.actions.linking import DUPLICATE, EARLIER, RELATED, link_case, unlink_case
from commonweal.capabilities.cases.queries.facts import FactRow
from commonweal.capabilities.cases.queries.work import LinkRow, Work
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid, Refusal, Words
from commonweal.frontends.workspace.cases.parts import tell_kept
from commonweal.frontends.workspace.cases.sent import Sent
from commonweal.frontends.workspace.desk import Desk
from commonweal.frontends.workspace.typed import read_id


def tell_fact(row: FactRow) -> str:
    """What a page shows of a fact."""
    if not row.number:
        return gettext("Not recorded yet")
    if not row.may_be_opened:
        return tell_kept(row.opened_by)
    return row.text or gettext("Left empty")


def tell_link(row: LinkRow) -> str:
    """How a linked case has to do with this one."""
    return {
        "earlier": gettext("Earlier case"),
        "earlier_of": gettext("Later case"),
        "related": gettext("Related case"),
        "duplicate": gettext("This case repeats it"),
        "duplicate_of": gettext("It repeats this case"),
    }.get(row.kind, row.kind)


def link_fields(sent: Sent | None, refusal: Refusal | None) -> tuple[Field, Field]:
    """The reference of another case, and how they have to do with each other."""
    kinds = (
        Option(RELATED, gettext("Related case")),
        Option(EARLIER, gettext("Earlier case")),
        Option(DUPLICATE, gettext("This case repeats it")),
    )
    return (
        Field(
            "other",
            gettext("Reference of the other case"),
            value=sent.other if sent else "",
            error=_error("reference", refusal),
            width=10,
        ),
        Field(
            "kind",
            gettext("How it relates to this case"),
            Kind.CHOSEN,
            options=kinds,
            value=(sent.kind if sent else "") or RELATED,
            error=_error("kind", refusal),
        ),
    )


def team_field(work: Work, sent: Sent | None, refusal: Refusal | None) -> Field:
    """The teams that a case may be handed over to."""
    options = tuple(Option(str(team.id), team.name) for team in work.teams)
    return Field(
        "team",
        gettext("Another team"),
        Kind.CHOSEN,
        hint=gettext("Write above what they need to know. The case leaves your team."),
        options=(Option("", gettext("Choose")), *options),
        value=sent.team if sent else "",
        error=_error("team", refusal),
    )


def _tick(desk: Desk, sent: Sent) -> None:
    tick_task(desk.actor, organisation=desk.organisation, case=sent.case, task=sent.key, is_done=True, note=sent.note)


def _untick(desk: Desk, sent: Sent) -> None:
    tick_task(desk.actor, organisation=desk.organisation, case=sent.case, task=sent.key, is_done=False, note=sent.note)


def _link(desk: Desk, sent: Sent) -> None:
    link_case(
        desk.actor,
        organisation=desk.organisation,
        case=sent.case,
        reference=sent.other,
        kind=sent.kind,
        note=sent.note,
    )


def _unlink(desk: Desk, sent: Sent) -> None:
    unlink_case(desk.actor, organisation=desk.organisation, case=sent.case, other=read_id(sent.key), note=sent.note)


def _hand_over(desk: Desk, sent: Sent) -> None:
    hand_over(
        desk.actor,
        organisation=desk.organisation,
        case=sent.case,
        revision=sent.revision,
        team=read_id(sent.team) if sent.team else UUID(int=0),
        note=sent.note,
    )


def _error(field: str, refusal: Refusal | None) -> Words:
    return refusal.fields.get(field, "") if isinstance(refusal, Invalid) else ""


WORK: dict[str, Callable[[Desk, Sent], None]] = {
    "tick": _tick,
    "untick": _untick,
    "link": _link,
    "unlink": _unlink,
    "hand": _hand_over,
}
"""What the buttons of a case's work do."""
