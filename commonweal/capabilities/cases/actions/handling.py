"""Staff deal with a case: move it, note, assign, close. Each says which revision it saw: nothing is overwritten."""

import hashlib
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.cases.errors import CaseChanged, NoSuchCase, NotAColleague, NotAllowedNow
from commonweal.capabilities.cases.events import CaseClosed, CaseMoved
from commonweal.capabilities.cases.models import Case, Move, Note
from commonweal.capabilities.cases.queries.gates import require_change
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.capabilities.identity import queries as identity
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.codes import Code
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid
from commonweal.foundations.events.event import publish
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Staff

_ABOUT = "cases.case"
_RETENTION = "cases.closed"
_LONGEST_NOTE = 10_000


@dataclass(frozen=True)
class NewNote:
    """A note to keep with what is done; without words it is none. The page makes its id.

    The same words sent twice under one id are one note; other words, or another case or author, make another.
    """

    id: UUID
    text: str = field(repr=False)


@action()
def move(actor: Staff, *, organisation: int, case: UUID, revision: int, to: str, note: NewNote | None = None) -> None:
    """A case goes to another stage by a declared move, whose key is `to`. Raises NotAllowedNow, CaseChanged."""
    found = _case_of(actor, organisation, case)
    declared = _declared(actor, found).move(to)
    if declared is None or found.closed_at or declared.leaves != found.stage or not actor.roles & set(declared.roles):
        raise NotAllowedNow
    _change(found, revision, stage=declared.enters)
    _note_move(actor, found, stage=declared.enters)
    _keep(actor, found, note)
    record(_ABOUT, case, changed=["stage"], stage=declared.enters)
    publish(CaseMoved(organisation=organisation, subject_id=found.person_id, case=case, stage=declared.enters))


@action()
def close(
    actor: Staff, *, organisation: int, case: UUID, revision: int, outcome: str, note: NewNote | None = None
) -> None:
    """A named person closes a case with a declared outcome. Raises NotAllowedNow, CaseChanged."""
    found = _case_of(actor, organisation, case)
    declared = _declared(actor, found)
    chosen = declared.outcome(outcome)
    if chosen is None or found.closed_at or not actor.roles & set(chosen.roles):
        raise NotAllowedNow
    _change(found, revision, stage=declared.final_stage.key, outcome=outcome, closed_at=now())
    _note_move(actor, found, stage=declared.final_stage.key, outcome=outcome)
    _keep(actor, found, note)
    record(_ABOUT, case, changed=["stage", "outcome", "closed_at"], outcome=outcome)
    publish(CaseClosed(organisation=organisation, subject_id=found.person_id, case=case, outcome=outcome))


@action()
def assign(
    actor: Staff,
    *,
    organisation: int,
    case: UUID,
    revision: int,
    assignee: UUID | None,
    note: NewNote | None = None,
) -> None:
    """An open case is given to someone of its team, or to nobody. Raises NotAllowedNow, NotAColleague, CaseChanged."""
    found = _case_of(actor, organisation, case)
    if found.closed_at:
        raise NotAllowedNow
    team = identity.colleagues(actor, organisation=organisation, team=found.team_id)
    if assignee is not None and assignee not in {colleague.account for colleague in team}:
        raise NotAColleague
    _change(found, revision, assignee_id=assignee)
    _keep(actor, found, note)
    facts: dict[str, Code] = {"assignee": assignee}
    record(_ABOUT, case, changed=["assignee_id"], **facts)


@action()
def add_note(actor: Staff, *, organisation: int, case: UUID, text: str, note: UUID | None = None) -> None:
    """Staff write down what the next person must know. The same words under the same `note` id are kept once.

    Raises Invalid.
    """
    found = _case_of(actor, organisation, case)
    if not _written(text):
        raise Invalid({"text": _("Write the note before you add it")})
    _keep(actor, found, NewNote(note or uuid7(), text))


def _keep(actor: Staff, case: Case, note: NewNote | None) -> None:
    """Keep a note that has words. Raises Invalid when it is too long."""
    text = _written(note.text) if note else ""
    if not note or not text:
        return
    if len(text) > _LONGEST_NOTE:
        raise Invalid({"text": _("The note must be 10,000 characters or fewer")})
    row = _row_of(note.id, case.id, actor.account, text)
    if Note.objects.filter(organisation_id=case.organisation_id, id=row).exists():
        record("cases.note", row, case=case.id, repeat=True)
        return
    Note(
        id=row,
        organisation_id=case.organisation_id,
        key_id=keys.key_for_record(case.id, _RETENTION),
        case_id=case.id,
        person_id=case.person_id,
        text=text,
        author_id=actor.account,
        written_at=now(),
    ).save(force_insert=True)
    record("cases.note", row, changed=["text"], case=case.id)


def _row_of(note: UUID, case: UUID, author: UUID, text: str) -> UUID:
    """The row of what one author wrote on one case under the page's id: equal exactly when a note is sent again.

    The page's id is kept nowhere, so that nobody can try out later which words a row was made of.
    """
    return uuid5(note, hashlib.sha256(case.bytes + author.bytes + text.encode()).hexdigest())


def _written(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def _case_of(actor: Staff, organisation: int, case: UUID) -> Case:
    """The case, if it is here and the actor may change it; others who do wait. Raises NoSuchCase, ReadingRefused."""
    found = Case.objects.select_for_update().filter(organisation_id=organisation, id=case).first()
    if found is None:
        raise NoSuchCase
    require_change(actor, found)
    return found


def _declared(actor: Staff, case: Case) -> CaseType:
    offered = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id)
    return offered.service.case


def _change(case: Case, revision: int, **values: object) -> None:
    """Change the case if nobody else has since `revision`. Raises CaseChanged."""
    seen = Case.objects.filter(organisation_id=case.organisation_id, id=case.id, revision=revision)
    if not seen.update(revision=F("revision") + 1, **values):
        raise CaseChanged


def _note_move(actor: Staff, case: Case, *, stage: str, outcome: str = "") -> None:
    Move.objects.create(
        organisation_id=case.organisation_id,
        case_id=case.id,
        to_stage=stage,
        outcome=outcome,
        by_id=actor.account,
        at=now(),
    )
