"""What an erasure would do, before anybody decides; and what it did (UK GDPR Article 17)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from commonweal.capabilities.cases.queries.concerning import ConcerningCase, cases_concerning
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.errors import NotMatched
from commonweal.capabilities.protection.models import ErasureChoice, ErasureLine, LegalHold, Redaction, Request
from commonweal.capabilities.protection.queries.requests import matter_of, officers_request, subjects_of
from commonweal.capabilities.protection.rules.fates import Fate, fate_of
from commonweal.capabilities.protection.rules.names import names_anyone, without_names
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import today
from commonweal.foundations.personal_data import rewriting
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.ledger import backups_close_on
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import Forgotten, current_reading
from commonweal.foundations.personal_data.subjects.plan import plan_for
from commonweal.foundations.personal_data.subjects.reaching import Gone
from commonweal.foundations.personal_data.subjects.telling import Told, tally
from commonweal.foundations.personal_data.subjects.texts import Text, texts
from commonweal.foundations.scope.actors import Actor, Staff


@dataclass(frozen=True)
class Decided:
    """A case and what becomes of it: as the rules propose, or as the officer chose. `is_held`: for a legal claim."""

    case: ConcerningCase
    proposed: Fate
    fate: Fate
    is_held: bool


@dataclass(frozen=True)
class Decisions:
    """What becomes of everything about the person: each case, and which of their records of people go."""

    subjects: frozenset[UUID]
    cases: tuple[Decided, ...]
    held: frozenset[UUID]

    @property
    def gone(self) -> Gone:
        """What goes, as the plan of people knows it: their own records, and what is about them in those of others."""
        erased = [each.case for each in self.cases if each.fate is Fate.ERASE]
        staying = {each.case.person for each in self.cases if each.fate is not Fate.ERASE} | self.held
        return Gone(
            people=sorted(self.subjects - staying),
            records=sorted({case.record for case in erased if case.is_own}),
            within=sorted({case.record for case in erased if not case.is_own}),
            about=sorted(self.subjects),
        )

    @property
    def is_nothing(self) -> bool:
        return not (self.gone.people or self.gone.records or self.gone.within)

    def mark(self) -> str:
        """What stands here in short: who decides by it later sees whether anything has changed."""
        cases = sorted((each.case.reference, each.fate.value) for each in self.cases)
        told = repr((sorted(map(str, self.subjects)), cases, sorted(map(str, self.held))))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Naming:
    """What is opened before an erasure: the person's names, the texts in records of others that name them, and why the
    officer chose otherwise, by the reference of the case.
    """

    names: tuple[str, ...] = field(default=(), repr=False)
    texts: tuple[Text, ...] = field(default=(), repr=False)
    whys: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class CaseRow:
    """A case of the dry run, with why the officer decided otherwise, if so."""

    decided: Decided
    why: str = field(repr=False)


@dataclass(frozen=True)
class RedactionRow:
    """A text of somebody else that names whoever was erased, with a proposal. `decided` is empty while it waits."""

    id: UUID
    reference: str
    label: str
    column: str
    text: str = field(repr=False)
    proposed: str = field(repr=False)
    decided: str


@dataclass(frozen=True)
class LineRow:
    """What an erasure did to one field of so many rows."""

    label: str
    column: str
    outcome: str
    ground: str
    rows: int


@dataclass(frozen=True)
class ErasurePage:
    """The dry run of a request for erasure, or what was done. `seen` marks what the officer saw."""

    reference: str
    cases: tuple[CaseRow, ...]
    told: tuple[Told, ...]
    people_going: int
    people: int
    naming: int
    seen: str
    backups_until: date
    erased_at: datetime | None
    lines: tuple[LineRow, ...]
    redactions: tuple[RedactionRow, ...]
    is_closed: bool


@query(opens=RIGHTS)
def erasure_page(actor: Staff, *, organisation: int, reference: str) -> ErasurePage:
    """What the erasure would do, field by field and case by case; once it is done, what it did.

    Raises NotTheOfficer, NoSuchRequest, NotMatched.
    """
    request = officers_request(actor, organisation, reference)
    current_reading().about(matter_of(request))
    lines = list(ErasureLine.objects.filter(organisation_id=organisation, request_id=request.id).order_by("id"))
    decisions = Decisions(frozenset(), (), frozenset()) if lines else decisions_on(actor, request)
    gone = decisions.gone
    naming = Naming() if lines else naming_of(actor, request, decisions)
    return ErasurePage(
        reference=request.reference,
        cases=tuple(CaseRow(each, naming.whys.get(each.case.reference, "")) for each in decisions.cases),
        told=() if decisions.is_nothing else tally(plan_for(SubjectKind.PERSON), gone=gone),
        people_going=len(gone.people),
        people=len(decisions.subjects),
        naming=len(naming.texts),
        seen=decisions.mark(),
        backups_until=backups_close_on(),
        erased_at=lines[0].at if lines else None,
        lines=tuple(LineRow(row.label, row.field, row.outcome, row.ground, row.rows) for row in lines if row.field),
        redactions=_redactions(request) if lines else (),
        is_closed=request.closed_at is not None,
    )


def decisions_on(actor: Actor, request: Request) -> Decisions:
    """What the rules propose for everything about the person, and what the officer chose otherwise. Raises NotMatched.

    Nothing chosen outweighs a legal hold (data-protection.md section 3).
    """
    organisation = request.organisation_id
    if not request.is_matched:
        raise NotMatched
    subjects = subjects_of(actor, request)
    holds = LegalHold.objects.filter(organisation_id=organisation, person_id__in=subjects, ended_at=None)
    held = dict(holds.values_list("reference", "person_id"))
    choices = ErasureChoice.objects.filter(organisation_id=organisation, request_id=request.id)
    chosen: dict[str, bool] = dict(choices.values_list("reference", "is_erased"))
    return Decisions(
        subjects,
        tuple(
            _decided(case, is_held="" in held or case.reference in held, chosen=chosen.get(case.reference))
            for case in cases_concerning(actor, organisation=organisation, people=subjects)
        ),
        frozenset(subjects if "" in held else ()),
    )


def naming_of(actor: Staff, request: Request, decisions: Decisions) -> Naming:
    """What an erasure needs to know beforehand. Needs an open reading."""
    organisation, whys = request.organisation_id, _whys(request)
    others = [each.case for each in decisions.cases if each.fate is Fate.ERASE and not each.case.is_own]
    if not others:
        return Naming(whys=whys)
    names = people.known_names(actor, organisation=organisation, people=decisions.subjects)
    places = {place for case in others for place in (case.id, case.record)}
    found = tuple(
        text
        for text in texts(plan_for(SubjectKind.PERSON), subjects={case.applicant for case in others})
        if text.through in places
        and text.subject not in decisions.subjects
        and any(names_anyone(text.text, name) for name in names)
    )
    return Naming(names, found, whys)


def case_at_place(decisions: Decisions, place: UUID | None) -> str:
    """The reference of the case that a text belongs to."""
    return next((each.case.reference for each in decisions.cases if place in (each.case.id, each.case.record)), "")


def _decided(case: ConcerningCase, *, is_held: bool, chosen: bool | None) -> Decided:
    proposed = fate_of(
        is_held=is_held, is_open=case.is_open, basis=case.basis, kept_until=case.kept_until, today=today()
    )
    decided = Decided(case, proposed, proposed, is_held)
    if chosen is None or is_held or chosen is (proposed is Fate.ERASE):
        return decided
    return replace(decided, fate=Fate.ERASE if chosen else Fate.CHOSEN)


def _whys(request: Request) -> dict[str, str]:
    rows = ErasureChoice.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
    return {row.reference: row.why for row in rows}


def _redactions(request: Request) -> tuple[RedactionRow, ...]:
    rows = Redaction.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
    return tuple(_redaction(row) for row in rows.order_by("id"))


def _redaction(row: Redaction) -> RedactionRow:
    text, proposed = "", ""
    if not row.decided:
        try:
            text = rewriting.text_at(row.label, row.row, row.field) or ""
        except Forgotten:
            text = ""
        proposed = without_names(text, (row.names or "").split("\n"), "[…]")
    return RedactionRow(row.id, row.reference, row.label, row.field, text, proposed, row.decided)
