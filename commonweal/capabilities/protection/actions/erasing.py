"""Erase a person's information: everything that can go, in one transaction, and say what stays (UK GDPR Article 17)."""

from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from uuid6 import uuid7

from commonweal.capabilities.forms.actions.filling import forget_drafts_of
from commonweal.capabilities.people.queries import markers
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.actions.closing import close
from commonweal.capabilities.protection.actions.erasing_letter import letter_of, shown_cases
from commonweal.capabilities.protection.actions.stepping import ABOUT, add_step, write_to_asker
from commonweal.capabilities.protection.errors import (
    HeldForClaim,
    MarkedForSafety,
    NotAllDecided,
    PlanChanged,
)
from commonweal.capabilities.protection.models import (
    ErasureChoice,
    ErasureLine,
    Redaction,
    Request,
    RequestOutcome,
)
from commonweal.capabilities.protection.queries.erasing import (
    Decided,
    Decisions,
    Naming,
    case_at_place,
    decisions_on,
    naming_of,
)
from commonweal.capabilities.protection.queries.requests import (
    matter_of,
    officers_request,
    require_authority,
    require_open,
)
from commonweal.capabilities.protection.queries.withholding import withheld_cases
from commonweal.capabilities.protection.rules.fates import Fate
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid
from commonweal.foundations.files import keeping, vault
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.subjects.erasing import erase, with_files
from commonweal.foundations.personal_data.subjects.plan import plan_for
from commonweal.foundations.personal_data.subjects.reaching import Gone
from commonweal.foundations.personal_data.subjects.telling import Told
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.texts.typed import plain

LONGEST = 2_000


@action()
def choose_fate(actor: Staff, *, organisation: int, reference: str, case: str, is_erased: bool, why: str) -> None:
    """Decide about one case differently from the rules' proposal, with a reason; the latest choice counts.

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, NotMatched, HeldForClaim, Invalid.
    """
    request = require_open(actor, organisation, reference)
    found = next((one for one in decisions_on(actor, request).cases if one.case.reference == case), None)
    if found is None or not plain(why) or len(why) > LONGEST:
        raise Invalid({"why": _("Write why, in 2,000 characters or fewer: the person reads it")})
    if found.is_held:
        raise HeldForClaim
    here = {"organisation_id": organisation, "request_id": request.id, "reference": case}
    ErasureChoice.objects.filter(**here).delete()
    ErasureChoice(
        **here,
        key_id=request.key_id,
        subject_id=request.subject_id,
        is_erased=is_erased,
        why=plain(why),
        by_id=actor.account,
        at=now(),
    ).save(force_insert=True)
    add_step(actor, request, "fate_chosen", why="erase" if is_erased else "keep")
    record(ABOUT, request.id, changed=["fate"], case=found.case.id, is_erased=is_erased)


def load_naming(actor: Staff, *, organisation: int, reference: str, **_others: object) -> Naming:
    """The texts of others that name whoever is erased, opened before the action: a reading is never inside one."""
    request = officers_request(actor, organisation, reference)
    current_reading().about(matter_of(request))
    if ErasureLine.objects.filter(organisation_id=organisation, request_id=request.id).exists():
        return Naming()
    return naming_of(actor, request, decisions_on(actor, request))


@action(opens=RIGHTS, loads=load_naming)
def erase_person(actor: Staff, *, organisation: int, reference: str, seen: str, opened: Naming | None = None) -> None:
    """Erase everything of a person that can go, in one transaction, and tell them what went, what stays and until when.

    `seen` marks the dry run that the officer looked at. Done a second time it changes nothing. Texts in records of
    others that name the person wait on a list, and the request with them. Raises NotTheOfficer, NoSuchRequest,
    AlreadyClosed, NotMatched, PlanChanged, MarkedForSafety; AlreadyWaiting while evidence is, NoAuthority.
    """
    request = require_open(actor, organisation, reference)
    if ErasureLine.objects.filter(organisation_id=organisation, request_id=request.id).exists():
        record(ABOUT, request.id, repeat=True)
        return
    require_authority(request)
    with override(request.language):
        decisions = decisions_on(actor, request)
    if decisions.mark() != seen:
        raise PlanChanged
    naming = opened or Naming()
    gone = decisions.gone
    if markers.is_marked(actor, organisation=organisation, people=gone.people):
        raise MarkedForSafety
    drafts = _forget_drafts(actor, organisation, decisions)
    told = () if decisions.is_nothing else _erase(actor, organisation, gone)
    shown = shown_cases(request, decisions)
    _write_lines(request, shown, told, drafts)
    _list_texts(request, decisions, naming)
    letter = letter_of(request, decisions, naming.whys, drafts=drafts)
    if naming.texts:
        write_to_asker(actor, request, "erased", text=letter)
    else:
        close(request, actor, _outcome(decisions, shown), letter)
    record(
        ABOUT,
        request.id,
        changed=["erased"],
        people=len(gone.people),
        texts=len(naming.texts),
        unsaid=len(decisions.cases) - len(shown),
    )


@action()
def finish_erasure(actor: Staff, *, organisation: int, reference: str) -> None:
    """Finish an erasure once each text that named the person is decided. Raises NotAllDecided and as `erase_person`."""
    request = require_open(actor, organisation, reference)
    here = {"organisation_id": organisation, "request_id": request.id}
    lines = ErasureLine.objects.filter(**here)
    if not lines.exists() or Redaction.objects.filter(**here, decided="").exists():
        raise NotAllDecided
    is_partly = lines.exclude(reference="").exclude(outcome="erase").exists()
    kept = frozenset(Redaction.objects.filter(**here, decided="kept").values_list("reference", flat=True))
    is_partly = is_partly or bool(kept - withheld_cases(organisation, kept))
    with override(request.language):
        text = str(_("We have now also decided about what other people’s records said about you."))
    close(request, actor, RequestOutcome.PARTLY if is_partly else RequestOutcome.DONE, text)
    record(ABOUT, request.id, changed=["outcome"])


def _erase(actor: Staff, organisation: int, gone: Gone) -> tuple[Told, ...]:
    """Files first, while their rows say which they are; their content is deleted once all of it has committed."""
    plan = plan_for(SubjectKind.PERSON)
    contents: list[UUID] = []
    for holder in with_files(plan, gone=gone):
        while some := keeping.forget_files(actor, organisation=organisation, of=holder):
            contents += some
    told = erase(plan, gone=gone)
    if contents:
        transaction.on_commit(lambda: vault.discard(organisation, contents))
    return told


def _forget_drafts(actor: Staff, organisation: int, decisions: Decisions) -> int:
    """What they began and did not send, under any account that ties their records together."""
    accounts = {people.account_of(actor, organisation=organisation, person=one) for one in decisions.gone.people}
    return sum(forget_drafts_of(actor, organisation=organisation, account=account) for account in accounts if account)


def _write_lines(request: Request, shown: Iterable[Decided], told: Iterable[Told], drafts: int) -> None:
    """What was done, and to which cases: those that the person may not be told of stand in the audit, as a number."""
    here = {"organisation_id": request.organisation_id, "request_id": request.id, "at": now()}
    rows: Counter[tuple[str, str, str, str]] = Counter()
    for one in told:
        rows[one.label, one.field, one.outcome.value, one.ground.value if one.ground else ""] += one.rows
    if drafts:
        rows["forms.draft", "id", "erase", ""] += drafts
    lines = [
        ErasureLine(**here, id=uuid7(), label=label, field=field, outcome=outcome, ground=ground, rows=count)
        for (label, field, outcome, ground), count in sorted(rows.items())
    ]
    ErasureLine.objects.bulk_create([*lines, *(_line_of(here, each) for each in shown)])


def _line_of(here: dict[str, object], each: Decided) -> ErasureLine:
    return ErasureLine(
        **here,
        id=uuid7(),
        label="cases.case",
        reference=each.case.reference,
        outcome=each.fate.value,
        ground=each.fate.ground,
        kept_until=each.case.kept_until if each.fate is Fate.TASK else None,
        rows=1,
    )


def _list_texts(request: Request, decisions: Decisions, naming: Naming) -> None:
    rows = [
        Redaction(
            id=uuid7(),
            organisation_id=request.organisation_id,
            key_id=request.key_id,
            request_id=request.id,
            subject_id=text.subject,
            label=text.label,
            row=text.row,
            field=text.field,
            reference=case_at_place(decisions, text.through),
            names="\n".join(naming.names),
        )
        for text in naming.texts
    ]
    Redaction.objects.bulk_create(rows)


def _outcome(decisions: Decisions, shown: Collection[Decided]) -> RequestOutcome:
    """How it ended, as the letter tells it: a case that is not shown makes no difference (practice: tipping off)."""
    if decisions.is_nothing:
        return RequestOutcome.REFUSED if shown or decisions.held else RequestOutcome.NOTHING_HELD
    is_partly = decisions.held or any(each.fate is not Fate.ERASE for each in shown)
    return RequestOutcome.PARTLY if is_partly else RequestOutcome.DONE
