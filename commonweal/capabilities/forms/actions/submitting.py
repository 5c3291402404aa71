"""Turn a draft into a submission, exactly once."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from commonweal.capabilities.catalogue.queries.questions import Fills
from commonweal.capabilities.forms.actions.arriving import keep_answers, keep_files, record_applicant, record_parties
from commonweal.capabilities.forms.errors import DraftChanged, DraftGone, Incomplete
from commonweal.capabilities.forms.events import FormSubmitted
from commonweal.capabilities.forms.models import Draft, Submission
from commonweal.capabilities.forms.queries.filling import DraftAnswers
from commonweal.capabilities.forms.queries.held import DraftRow
from commonweal.capabilities.forms.rules.conditions import work_out_fee
from commonweal.capabilities.forms.rules.paths import Path
from commonweal.capabilities.messages import actions as messages
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.events.event import publish
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Channel, DraftHolder

_ABOUT = "forms.submission"


@dataclass(frozen=True)
class Completed:
    """A submission. A repeat of a stored one says nothing of its place, which lies where it went the first time.

    `parties` are the people other than the applicant whom it is about: the key of the party and their own record.
    `earlier` is the reference of an earlier case, as it was given. `fee_pence` is what is to be paid.
    """

    submission: UUID
    person: UUID
    service: str
    version: UUID
    place: str = ""
    postcode: str = ""
    point: str = ""
    parties: tuple[tuple[str, UUID], ...] = ()
    earlier: str = ""
    channel: str = Channel.ONLINE
    fee_pence: int | None = None
    is_repeat: bool = False


@action()
def complete_draft(actor: DraftHolder, *, organisation: int, opened: DraftAnswers | None) -> Completed:
    """Turn the holder's draft, whose answers were just opened, into a submission. Repeating it returns the same one.

    Whoever deletes the draft submits it: of many at once the others wait, find it gone, and get what was stored. Raises
    Incomplete, DraftChanged, DraftGone.
    """
    draft, path = (opened.draft, opened.path) if opened is not None else (None, None)
    reference = _claim(organisation, draft) if draft is not None else None
    if opened is None or draft is None or path is None or reference is None:
        return _repeat(actor, organisation)
    if path.missing is not None:
        raise Incomplete(path.missing)
    completed = _submit(actor, organisation, opened, draft, path)
    keys.destroy(draft.id)
    if reference:
        messages.forget_about(actor, organisation=organisation, matters=[draft.id])
    record(
        _ABOUT,
        completed.submission,
        service=completed.service,
        version=completed.version,
        taken_by=draft.taken_by,
    )
    publish(
        FormSubmitted(
            organisation=organisation,
            subject_id=completed.person,
            submission=completed.submission,
            service=completed.service,
            version=completed.version,
        )
    )
    return completed


_CLAIM = """
with answers as (delete from forms_draftanswer where organisation_id = %s and draft_id = %s)
delete from forms_draft where organisation_id = %s and id = %s and changed_at = %s returning reference
"""


def _claim(organisation: int, draft: DraftRow) -> str | None:
    """Delete the draft as it was opened; its reference, or None when somebody else was first or changed it since."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [organisation, draft.id, organisation, draft.id, draft.changed_at])
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def _repeat(actor: DraftHolder, organisation: int) -> Completed:
    stored = Submission.objects.filter(organisation_id=organisation, draft_id=actor.draft).first()
    if stored is None:
        is_there = Draft.objects.filter(organisation_id=organisation, id=actor.draft, expires_at__gt=now()).exists()
        raise DraftChanged if is_there else DraftGone
    record(_ABOUT, stored.id, repeat=True)
    return Completed(
        stored.id,
        stored.person_id,
        stored.service,
        stored.version_id,
        channel=stored.channel,
        fee_pence=stored.fee_pence,
        is_repeat=True,
    )


def _submit(actor: DraftHolder, organisation: int, opened: DraftAnswers, draft: DraftRow, path: Path) -> Completed:
    service = draft.service
    values = {(answer.question, answer.item): answer.value for answer in opened.answers if answer.value}
    person = record_applicant(actor, organisation, service, values)
    submission = Submission(
        organisation_id=organisation,
        draft_id=draft.id,
        service=service.name,
        version_id=draft.version,
        person_id=person,
        channel=draft.channel,
        taken_by=draft.taken_by,
        fee_pence=work_out_fee(service, path.values),
        submitted_at=now(),
    )
    submission.save(force_insert=True)
    parties = record_parties(actor, organisation, service, values)
    keep_answers(submission, service, path, values, dict(parties))
    keep_files(actor, submission, path)
    filling = {question.fills: values.get((question.key, 0), "") for question in service.questions() if question.fills}
    address, postcode, point = [*filling.get(Fills.CASE_PLACE, "").split("\n"), "", ""][:3]
    return Completed(
        submission.id,
        person,
        service.name,
        draft.version,
        address,
        postcode,
        point,
        parties,
        filling.get(Fills.CASE_EARLIER, ""),
        draft.channel,
        submission.fee_pence,
    )
