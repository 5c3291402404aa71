"""Turn a submission into a case, exactly once; let a person claim their case."""

import os
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from uuid6 import uuid7

from commonweal.capabilities.cases.actions.linking import link_earlier
from commonweal.capabilities.cases.actions.timing import due_at_receipt
from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.events import CaseOpened
from commonweal.capabilities.cases.models import Case, Clock, Party
from commonweal.capabilities.cases.queries.proving import case_with_secret
from commonweal.capabilities.cases.rules import secret_of
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.forms.actions import submitting as forms
from commonweal.capabilities.forms.errors import DraftChanged
from commonweal.capabilities.forms.queries import filling as drafts
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people.actions import recording as people
from commonweal.capabilities.people.errors import NoSuchPerson
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.events.event import publish
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.purposes import APPLYING
from commonweal.foundations.references.references import reference_from
from commonweal.foundations.scope.actors import DraftHolder, Resident

_ABOUT = "cases.case"


@dataclass(frozen=True)
class Receipt:
    """What a confirmation shows: the reference and secret that prove the case."""

    reference: str
    secret: str = field(repr=False)
    submission: UUID


def _open_answers(actor: DraftHolder, *, organisation: int, seen: datetime | None = None) -> drafts.DraftAnswers:
    """The answers of the draft. Raises DraftChanged when they are not those that were `seen`."""
    answers = drafts.draft_answers(actor, organisation=organisation)
    if seen is not None and answers.draft is not None and answers.draft.changed_at != seen:
        raise DraftChanged
    return answers


@action(opens=APPLYING, loads=_open_answers)
def submit(
    actor: DraftHolder,
    *,
    organisation: int,
    seen: datetime | None = None,
    opened: drafts.DraftAnswers | None = None,
) -> Receipt:
    """Turn a completed draft into one case. The same draft again gives the same receipt and changes nothing.

    `seen` is when the draft had last changed when its holder looked at it. Raises Incomplete when a page is missing,
    DraftChanged when an answer is not what was seen.
    """
    completed = forms.complete_draft(actor, organisation=organisation, opened=opened)
    secret = secret_of(keys.token_key_made(), completed.submission)
    if completed.is_repeat:
        case = Case.objects.get(organisation_id=organisation, submission_id=completed.submission)
        record(_ABOUT, case.id, repeat=True)
        return Receipt(case.reference, secret, completed.submission)
    case = _open(actor, organisation, completed)
    record(_ABOUT, case.id, changed=["stage"], service=case.service, stage=case.stage)
    publish(CaseOpened(organisation=organisation, subject_id=case.person_id, case=case.id))
    return Receipt(case.reference, secret, completed.submission)


@action()
def claim(actor: Resident, *, organisation: int, reference: str, secret: str) -> None:
    """Claim a case for a signed-in person, by reference and secret. Repeating it changes nothing.

    Raises NoSuchCase, also when it is tied to another account: nobody learns that it is.
    """
    case = case_with_secret(actor, organisation=organisation, reference=reference, secret=secret)
    if actor.account is None:
        raise NoSuchCase
    try:
        is_new = people.claim_person(actor, organisation=organisation, person=case.person, account=actor.account)
    except NoSuchPerson:
        raise NoSuchCase from None
    record(_ABOUT, case.id, changed=["account"] if is_new else [], account=actor.account, repeat=not is_new)


def _open(actor: DraftHolder, organisation: int, completed: forms.Completed) -> Case:
    offered = catalogue.service_version(actor, organisation=organisation, version=completed.version)
    declared, restriction = offered.service.case, offered.service.restriction
    due_on, clocks = due_at_receipt(actor, organisation, declared)
    case = Case(
        id=uuid7(),
        organisation_id=organisation,
        reference=reference_from(os.urandom(16)),
        service=offered.service.name,
        version_id=completed.version,
        submission_id=completed.submission,
        person_id=completed.person,
        stage=declared.first_stage.key,
        team_id=organisations.team_named(actor, organisation=organisation, name=offered.service.team),
        place=completed.place,
        postcode=completed.postcode,
        point=completed.point,
        opened_at=now(),
        due_on=due_on,
        restricted_to=list(restriction.roles) if restriction else [],
    )
    case.save(force_insert=True)
    for clock in clocks:
        clock.case_id = case.id
    Clock.objects.bulk_create(clocks)
    Party.objects.bulk_create(
        Party(organisation_id=organisation, case_id=case.id, key=key, person_id=person, added_at=case.opened_at)
        for key, person in completed.parties
    )
    link_earlier(case, completed.earlier)
    return case
