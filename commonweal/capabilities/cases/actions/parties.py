"""Add other people that a case is about, or end that. The row stays."""

from collections.abc import Mapping
from uuid import UUID, uuid5

from commonweal.capabilities.cases.actions.changing import case_to_change
from commonweal.capabilities.cases.errors import NoSuchCase, NotAllowedNow
from commonweal.capabilities.cases.models import Party
from commonweal.capabilities.cases.queries.parties import asked_of_party
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.questions import Fills, Question
from commonweal.capabilities.forms.queries.asking import parse_answer
from commonweal.capabilities.people.actions import recording as people
from commonweal.capabilities.people.queries import records
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.scope.actors import Staff

_ABOUT = "cases.party"


@action()
def add_party(actor: Staff, *, organisation: int, case: UUID, party: str, given: Mapping[str, str], sent: UUID) -> None:
    """Add someone as a declared party of an open case, with their own record: nobody is merged by guess.

    The page makes the id `sent`, under which the same person is added once. Raises NoSuchCase when no such party is
    declared, NotAllowedNow; Invalid by field.
    """
    found = case_to_change(actor, organisation, case)
    service = catalogue.service_version(actor, organisation=organisation, version=found.version_id).service
    questions = asked_of_party(service, party)
    if found.closed_at:
        raise NotAllowedNow
    told = _parse(questions, given)
    row = uuid5(sent, case.hex + actor.account.hex)
    if Party.objects.filter(organisation_id=organisation, id=row).exists():
        record(_ABOUT, row, case=case, repeat=True)
        return
    person = people.record_person(
        actor,
        organisation=organisation,
        account=None,
        name=told[Fills.PERSON_NAME],
        email=told.get(Fills.PERSON_EMAIL, ""),
        phone=told.get(Fills.PERSON_PHONE, ""),
        language=records.language_of(actor, organisation=organisation, person=found.person_id),
    )
    Party.objects.create(
        id=row,
        organisation_id=organisation,
        case_id=case,
        key=party,
        person_id=person,
        added_at=now(),
        added_by_id=actor.account,
    )
    record(_ABOUT, row, changed=["person_id"], case=case, party=party)


@action()
def end_party(actor: Staff, *, organisation: int, case: UUID, party: UUID) -> None:
    """End a party: an open case is no longer about them, and the record shows that it was. Repeating it changes
    nothing.

    Raises NoSuchCase when they are not of the case, NotAllowedNow.
    """
    found = case_to_change(actor, organisation, case)
    rows = Party.objects.filter(organisation_id=organisation, case_id=case, id=party)
    if not rows.exists():
        raise NoSuchCase
    if found.closed_at:
        raise NotAllowedNow
    is_new = rows.filter(ended_at=None).update(ended_at=now(), ended_by_id=actor.account)
    record(_ABOUT, party, changed=["ended_at"] if is_new else [], case=case, repeat=not is_new)


def _parse(questions: tuple[Question, ...], given: Mapping[str, str]) -> dict[Fills, str]:
    """What was told, by where it goes. Raises Invalid with what is wrong with every field."""
    told: dict[Fills, str] = {}
    wrong: dict[str, Words] = {}
    for question in questions:
        try:
            answer = parse_answer(question, given)
        except Invalid as refusal:
            wrong |= refusal.fields
        else:
            if question.fills is not None:
                told[question.fills] = answer
    if wrong:
        raise Invalid(wrong)
    return told
