"""One case in full: opened for casework, and therefore traced."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case, ClockMove, Move, Note
from commonweal.capabilities.cases.queries.access import Choice, case_at, matter_of, moves_now
from commonweal.capabilities.cases.queries.afterwards import Afterwards, afterwards_of
from commonweal.capabilities.cases.queries.answered import AnswerRow, answers_of
from commonweal.capabilities.cases.queries.attachments import CaseFile, files_of
from commonweal.capabilities.cases.queries.clocks import ClockRow, clocks_of
from commonweal.capabilities.cases.queries.closing import outcomes_for
from commonweal.capabilities.cases.queries.correspondence import said_in
from commonweal.capabilities.cases.queries.gates import require_opening
from commonweal.capabilities.cases.queries.happened import done_in
from commonweal.capabilities.cases.queries.timing import NEVER
from commonweal.capabilities.cases.queries.work import Work, work_of
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.capabilities.forms.queries.submitting import submission_at
from commonweal.capabilities.identity.queries import colleagues as identity
from commonweal.capabilities.messages import queries as messages
from commonweal.capabilities.people.queries import deaths, markers
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.actions.query import query
from commonweal.foundations.errors import Words
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class Happening:
    """Something in a case's history: `kind` is opened, moved, closed, date, note, message, or what `Said` lists.

    `label` is the channel, the stage or outcome, which message, or the days (ISO) between which the due date went;
    `who` did it, or how sending went, or why the date moved; `text` is what somebody writes.
    """

    at: datetime
    kind: str
    label: str
    who: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class CasePage:
    """A case in full: opened, and therefore traced. Whoever may only look has no moves, outcomes or colleagues."""

    id: UUID
    reference: str
    revision: int
    service_title: str
    stage_label: str
    outcome_label: str
    person: people.PersonRow = field(repr=False)
    instructions: tuple[Words, ...]
    applicant_died: bool
    place: str = field(repr=False)
    point: str = field(repr=False)
    answers: tuple[AnswerRow, ...] = field(repr=False)
    files: tuple[CaseFile, ...]
    history: tuple[Happening, ...] = field(repr=False)
    moves: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    colleagues: tuple[identity.MembershipRow, ...]
    may_be_changed: bool
    assignee: UUID | None
    opened_at: datetime
    due_on: date
    clocks: tuple[ClockRow, ...]
    work: Work = field(repr=False)
    closed_at: datetime | None
    afterwards: Afterwards

    @property
    def ready(self) -> tuple[Choice, ...]:
        """The moves for which nothing is missing."""
        return tuple(move for move in self.moves if not self.work.lacks[move.key])

    @property
    def may_be_closed(self) -> bool:
        """Whether there is an outcome for which nothing is missing."""
        return any(not self.work.lacks[outcome.key] for outcome in self.outcomes)

    @property
    def not_yet(self) -> tuple[Choice, ...]:
        """The moves and outcomes for which something is missing that may still come."""
        both = (*self.moves, *self.outcomes)
        return tuple(each for each in both if self.work.lacks[each.key] and each.key not in self.work.ruled_out)

    @property
    def is_waiting(self) -> bool:
        """Whether no clock runs: the case waits for the applicant."""
        return self.closed_at is None and self.due_on == NEVER


@query(opens=CASEWORK)
def case_page(actor: Staff, *, organisation: int, reference: str, reason: str = "") -> CasePage:
    """One case in full, with the code of the reason where one is needed.

    Raises NoSuchCase; ReasonNeeded; ReadingRefused when it is another team's, the actor's own, a relative's or a
    colleague's.
    """
    case = case_at(organisation, reference)
    judged = require_opening(actor, case, reason=reason)
    current_reading().about(matter_of(case))
    if judged.prompt:
        current_reading().needed(reason)
    offered = catalogue.service_version(actor, organisation=organisation, version=case.version_id)
    declared, language = offered.service.case, get_language()
    stage, outcome = declared.stage(case.stage), declared.outcome(case.outcome)
    team = identity.colleagues(actor, organisation=organisation, team=case.team_id) if judged.may_change else ()
    return CasePage(
        id=case.id,
        reference=case.reference,
        revision=case.revision,
        service_title=offered.service.title.in_language(language),
        stage_label=stage.label.in_language(language) if stage else case.stage,
        outcome_label=outcome.label.in_language(language) if outcome else "",
        person=people.person(actor, organisation=organisation, person=case.person_id),
        applicant_died=deaths.has_died(actor, organisation=organisation, person=case.person_id),
        instructions=markers.instructions(actor, organisation=organisation, person=case.person_id),
        place=", ".join(part for part in (case.place, case.postcode) if part),
        point=case.point,
        answers=answers_of(actor, case, offered.service),
        files=files_of(actor, case),
        history=_history(actor, case, offered.service),
        moves=moves_now(actor, case, declared) if judged.may_change else (),
        outcomes=outcomes_for(actor, case, declared) if judged.may_change else (),
        colleagues=team,
        may_be_changed=judged.may_change,
        assignee=case.assignee_id,
        opened_at=case.opened_at,
        due_on=case.due_on,
        clocks=clocks_of(actor, case, declared),
        work=work_of(actor, case, offered.service),
        closed_at=case.closed_at,
        afterwards=afterwards_of(actor, case, declared, may_change=judged.may_change),
    )


def _history(actor: Staff, case: Case, service: Service) -> tuple[Happening, ...]:
    organisation, declared = case.organisation_id, service.case
    moves = list(Move.objects.filter(organisation_id=organisation, case_id=case.id))
    notes = list(Note.objects.filter(organisation_id=organisation, case_id=case.id))
    current_reading().fetch_keys(note.key_id for note in notes)
    said = [*said_in(case, declared), *done_in(actor, case, service)]
    accounts: Iterable[UUID] = {each.by_id for each in moves if each.by_id} | {note.author_id for note in notes}
    came = submission_at(actor, organisation=organisation, submission=case.submission_id)
    accounts = {*accounts, *(each.by for each in said if each.by), *filter(None, [came.taken_by])}
    staff = identity.names_of(actor, organisation=organisation, accounts=accounts)
    happenings = [_moved(move, declared, staff) for move in moves]
    happenings += [Happening(note.written_at, "note", "", staff.get(note.author_id, ""), note.text) for note in notes]
    happenings += [
        Happening(each.at, each.kind, each.label, staff.get(each.by, "") if each.by else "", each.text) for each in said
    ]
    happenings += [
        Happening(sent.created_at, "message", sent.template, sent.status, "")
        for sent in messages.sent_about(actor, organisation=organisation, matter=case.id)
    ]
    happenings += [
        Happening(moved.at, "date", f"{moved.from_day.isoformat()},{moved.to_day.isoformat()}", moved.why, "")
        for moved in ClockMove.objects.filter(organisation_id=organisation, case_id=case.id)
    ]
    happenings.append(
        Happening(case.opened_at, "opened", came.channel, staff.get(came.taken_by, "") if came.taken_by else "", "")
    )
    return tuple(sorted(happenings, key=lambda happening: happening.at, reverse=True))


def _moved(move: Move, declared: CaseType, staff: Mapping[UUID, str]) -> Happening:
    chosen = declared.outcome(move.outcome) or declared.stage(move.to_stage)
    label = chosen.label.in_language(get_language()) if chosen else move.to_stage
    who = staff.get(move.by_id, "") if move.by_id else ""
    return Happening(move.at, "closed" if move.outcome else "moved", label, who, "")
