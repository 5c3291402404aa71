"""Record that a case's applicant has died: messages stop, and staff choose what happens with the case."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.models import Capacity, Case, Next, Succession
from commonweal.capabilities.cases.queries.access import case_at
from commonweal.capabilities.cases.queries.gates import require_change
from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.people.actions import bereavement as people
from commonweal.capabilities.people.actions import recording
from commonweal.capabilities.people.errors import NotRecordedDead
from commonweal.capabilities.people.queries import deaths, records
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.scope.actors import Staff

_ABOUT = "cases.case"
_LONGEST = 120


@dataclass(frozen=True)
class Representative:
    """Who speaks for the estate, as they were named to staff, and as what (a Capacity)."""

    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    capacity: str = ""


@action()
def record_death(
    actor: Staff, *, organisation: int, reference: str, died_on: date | None, told_by: str, certainty: str
) -> None:
    """Record that the applicant of a case has died: nothing more is sent to them, and waiting messages are cancelled.

    Raises NoSuchCase, ReadingRefused, Invalid.
    """
    case = _case(actor, organisation, reference)
    theirs = people.record_death(
        actor,
        organisation=organisation,
        person=case.person_id,
        died_on=died_on,
        told_by=told_by,
        certainty=certainty,
    )
    messages.stop_writing(actor, organisation=organisation, people=theirs)
    record(_ABOUT, case.id, person=case.person_id)


@action()
def confirm_death(actor: Staff, *, organisation: int, reference: str) -> None:
    """Record that someone who deals with the case saw proof of the death.

    Raises NoSuchCase, ReadingRefused, NotRecordedDead.
    """
    case = _case(actor, organisation, reference)
    people.confirm_death(actor, organisation=organisation, person=case.person_id)
    record(_ABOUT, case.id, person=case.person_id)


@action()
def take_back_death(actor: Staff, *, organisation: int, reference: str) -> None:
    """Withdraw a death recorded by mistake, as a second person: messages resume, and nobody acts for an estate.

    Raises NoSuchCase, ReadingRefused, NotRecordedDead, NeedsAnother.
    """
    case = _case(actor, organisation, reference)
    theirs = people.take_back_death(actor, organisation=organisation, person=case.person_id)
    messages.resume_writing(actor, organisation=organisation, people=theirs)
    chosen = Succession.objects.filter(organisation_id=organisation, case__person_id__in=theirs)
    spoke = _representatives(chosen)
    chosen.delete()
    _forget(actor, organisation, spoke)
    record(_ABOUT, case.id, person=case.person_id)


@action()
def choose_next(
    actor: Staff, *, organisation: int, reference: str, choice: str, representative: Representative
) -> None:
    """Choose what happens with a case whose applicant has died; a later choice replaces it.

    Raises NoSuchCase, ReadingRefused, NotRecordedDead, Invalid.
    """
    case = _case(actor, organisation, reference)
    if not deaths.has_died(actor, organisation=organisation, person=case.person_id):
        raise NotRecordedDead
    _check(choice, representative)
    is_represented = choice == Next.REPRESENTATIVE
    before = _representatives(Succession.objects.filter(organisation_id=organisation, case_id=case.id))
    Succession.objects.update_or_create(
        organisation_id=organisation,
        case_id=case.id,
        defaults={
            "choice": choice,
            "representative_id": _recorded(actor, case, representative) if is_represented else None,
            "capacity": representative.capacity if is_represented else "",
            "chosen_by_id": actor.account,
            "chosen_at": now(),
        },
    )
    _forget(actor, organisation, before)
    record(_ABOUT, case.id, changed=["succession"], choice=choice)


def _representatives(chosen: "QuerySet[Succession]") -> list[UUID]:
    """Who speaks for the estate by these choices, which nobody else changes until this is done."""
    named = chosen.filter(representative_id__isnull=False).select_for_update()
    return list(named.values_list("representative_id", flat=True))


def _forget(actor: Staff, organisation: int, people: list[UUID]) -> None:
    """Whoever speaks for the estate no more has a record for nothing: no case would ever end its time."""
    for person in people:
        recording.forget_person(actor, organisation=organisation, person=person)


def _case(actor: Staff, organisation: int, reference: str) -> Case:
    case = case_at(organisation, reference)
    require_change(actor, case)
    return case


def _recorded(actor: Staff, case: Case, representative: Representative) -> UUID:
    """A record of their own: they gave nothing of the dead person's, and outlive the case."""
    here = case.organisation_id
    return recording.record_person(
        actor,
        organisation=here,
        account=None,
        name=representative.name.strip(),
        email=representative.email.strip(),
        phone=representative.phone.strip(),
        language=records.language_of(actor, organisation=here, person=case.person_id),
    )


def _check(choice: str, representative: Representative) -> None:
    """Raises Invalid with everything that is wrong."""
    wrong: dict[str, Words] = {}
    if choice not in Next.values:
        wrong["choice"] = _("Choose what happens with the case")
    elif choice == Next.REPRESENTATIVE:
        if not representative.name.strip():
            wrong["name"] = _("Enter the name of the person acting for the estate")
        if not representative.email.strip() and not representative.phone.strip():
            wrong["email"] = _("Enter an email address or a phone number")
        elif representative.email.strip() and "@" not in representative.email:
            wrong["email"] = _("Enter an email address in the correct format, like name@example.com")
        if representative.capacity not in Capacity.values:
            wrong["capacity"] = _("Choose their role for the estate")
        if max(map(len, (representative.name, representative.email, representative.phone))) > _LONGEST:
            wrong["name"] = _("Names and addresses must be 120 characters or fewer")
    if wrong:
        raise Invalid(wrong)
