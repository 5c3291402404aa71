"""Add documents to a case: staff do, or the applicant when asked. Their content is stored first."""

from uuid import UUID

from commonweal.capabilities.cases.actions.changing import case_to_change
from commonweal.capabilities.cases.errors import NothingAsked
from commonweal.capabilities.cases.models import Attachment, Case
from commonweal.capabilities.cases.models.attaching import Way
from commonweal.capabilities.cases.queries.asked import given_for, is_asked, waiting_questions
from commonweal.capabilities.cases.queries.own import own_case_to_change
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.files import keeping
from commonweal.foundations.scope.actors import Resident, Staff

_ABOUT = "cases.attachment"


@action()
def attach_document(
    actor: Staff, *, organisation: int, case: UUID, file: UUID, was_received: bool, is_shown: bool = False
) -> None:
    """Add a stored file that staff received or made to a case; the applicant sees it if it `is_shown`.

    The same file again changes nothing. Raises NoSuchCase, ReadingRefused, NoSuchFile, NotAccepted (too many).
    """
    found = case_to_change(actor, organisation, case)
    way = Way.IN if was_received else Way.OUT
    _attach(actor, found, file, way=way, is_shown=is_shown, by=actor.account)


@action()
def hand_in(actor: Resident, *, organisation: int, reference: str, file: UUID) -> None:
    """Add a stored file, as the applicant of a case that waits for their answer.

    The same file again changes nothing. Raises NoSuchCase, NothingAsked, NoSuchFile, NotAccepted (too many).
    """
    case = own_case_to_change(actor, organisation=organisation, reference=reference)
    if not is_asked(case):
        raise NothingAsked
    _attach(actor, case, file, way=Way.IN, is_shown=True, by=None)


@action()
def take_back(actor: Resident, *, organisation: int, reference: str, file: UUID) -> tuple[UUID, ...]:
    """Remove a file that the applicant gave for an open question; returns the content to delete.

    Again changes nothing. Raises NoSuchCase, NothingAsked.
    """
    case = own_case_to_change(actor, organisation=organisation, reference=reference)
    asked = waiting_questions(case).first()
    if asked is None or case.closed_at:
        raise NothingAsked
    taken, _each = given_for(asked).filter(file_id=file).delete()
    record(_ABOUT, file, changed=["case"] if taken else [], case=case.id)
    return keeping.forget_files(actor, organisation=organisation, files=(file,)) if taken else ()


def _attach(actor: Staff | Resident, case: Case, file: UUID, *, way: Way, is_shown: bool, by: UUID | None) -> None:
    organisation = case.organisation_id
    keeping.attach_file(actor, organisation=organisation, file=file, to=case.id, subject=case.person_id)
    is_new = not Attachment.objects.filter(organisation_id=organisation, file_id=file).exists()
    if is_new:
        Attachment.objects.create(
            organisation_id=organisation,
            case_id=case.id,
            person_id=case.person_id,
            file_id=file,
            way=way,
            is_shown=is_shown,
            by_id=by,
            at=now(),
        )
    record(_ABOUT, file, changed=["case"] if is_new else [], case=case.id, way=way.value, repeat=not is_new)
