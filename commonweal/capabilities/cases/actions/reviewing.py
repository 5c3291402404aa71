"""Reopen a closed case: its decision is challenged, or staff reopen it with a reason."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.changing import (
    ABOUT,
    RETENTION,
    case_to_change,
    change,
    declared_of,
    write_move,
)
from commonweal.capabilities.cases.actions.noting import NewNote, keep_note, require_words
from commonweal.capabilities.cases.actions.timing import begin_again
from commonweal.capabilities.cases.errors import ChallengedBefore, NoReviewNow, NoSuchCase, NotAllowedNow
from commonweal.capabilities.cases.events import CaseReopened
from commonweal.capabilities.cases.models import Case, Round
from commonweal.capabilities.cases.queries.challenging import reviews_open
from commonweal.capabilities.cases.queries.own import own_case_to_change
from commonweal.capabilities.cases.queries.rounds import standing_of
from commonweal.capabilities.cases.queries.said import (
    Said,
    has_challenged,
    latest_challenge,
    load_challenge,
    require_same,
)
from commonweal.capabilities.catalogue.queries.handling import Review
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import local_date, now, today
from commonweal.foundations.errors import Words
from commonweal.foundations.events.event import publish
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION
from commonweal.foundations.scope.actors import Actor, Resident, Staff

LONGEST = 10_000


@action(opens=OWN_INFORMATION, loads=load_challenge, needs=has_challenged)
def ask_review(
    actor: Resident, *, organisation: int, reference: str, review: str, text: str, opened: Said | None = None
) -> None:
    """Challenge a decision, as the applicant, in their own words and in time; the same words again count once.

    Raises NoSuchCase, NoReviewNow, ChallengedBefore, Invalid.
    """
    case = own_case_to_change(actor, organisation=organisation, reference=reference)
    if challenged := latest_challenge(case, review):
        require_same(text, challenged.id, opened, ChallengedBefore)
        record("cases.round", challenged.id, case=case.id, repeat=True)
        return
    chosen = _require_review(actor, case, review, today())
    words = _require_words(text, _("Write why you think the decision is wrong"))
    _begin_round(actor, case, case.revision, chosen.enters, review=review, words=words)


@action()
def record_review(actor: Staff, *, organisation: int, case: UUID, revision: int, review: str, text: str) -> None:
    """Record that the applicant challenged the decision: by letter, by phone, or late for a good reason.

    Raises NoReviewNow, Invalid, CaseChanged.
    """
    found = case_to_change(actor, organisation, case)
    decided_on = local_date(found.closed_at) if found.closed_at else today()
    chosen = _require_review(actor, found, review, decided_on)
    words = _require_words(text, _("Write how and why they challenge the decision"))
    _begin_round(actor, found, revision, chosen.enters, review=review, words=words)


@action()
def reopen(actor: Staff, *, organisation: int, case: UUID, revision: int, text: str) -> None:
    """Reopen a closed case with a reason, as staff in a declared role. Raises NotAllowedNow, Invalid, CaseChanged."""
    found = case_to_change(actor, organisation, case)
    reopening = declared_of(actor, found).reopening
    if reopening is None or found.closed_at is None or not actor.roles & set(reopening.roles):
        raise NotAllowedNow
    words = _require_words(text, _("Write why you are reopening the case"))
    _begin_round(actor, found, revision, reopening.enters, review="", words=words)


@action()
def review_for_rights(actor: Staff, *, organisation: int, case: UUID, text: str) -> bool:
    """Have a person look at a decision again (UK GDPR Article 22C): by a review, or a note to the team.

    Joins the action of the officer, who has no team and changes nothing else. True when a review began. Raises
    NoSuchCase.
    """
    found = Case.objects.select_for_update().filter(organisation_id=organisation, id=case).first()
    if found is None:
        raise NoSuchCase
    declared, standing = declared_of(actor, found), standing_of(found)
    if found.closed_at is not None:
        decided_on = local_date(found.closed_at)
        open_now = reviews_open(
            declared, outcome=found.outcome, decided_on=decided_on, used=standing.reviews, today=today()
        )
        if open_now:
            chosen = open_now[0]
            _begin_round(actor, found, found.revision, chosen.enters, review=chosen.key, words=text)
            return True
    keep_note(actor, found, NewNote(uuid7(), text))
    return False


def _require_review(actor: Actor, case: Case, review: str, on: date) -> Review:
    """The review of this key, if it is open `on` that day. Raises NoReviewNow."""
    if case.closed_at is None:
        raise NoReviewNow
    declared, standing = declared_of(actor, case), standing_of(case)
    decided_on = local_date(case.closed_at)
    found = reviews_open(declared, outcome=case.outcome, decided_on=decided_on, used=standing.reviews, today=on)
    chosen = next((each for each in found if each.key == review), None)
    if chosen is None:
        raise NoReviewNow
    return chosen


def _begin_round(actor: Actor, case: Case, revision: int, stage: str, *, review: str, words: str) -> None:
    """The case is open again. What was decided stays what the applicant is told until it is decided anew."""
    standing = standing_of(case)
    opened = Round(
        id=uuid7(),
        organisation_id=case.organisation_id,
        key_id=keys.key_for_record(case.id, RETENTION),
        case_id=case.id,
        person_id=case.person_id,
        number=standing.number + 1,
        review=review,
        words=words,
        by_id=actor.account if isinstance(actor, Staff) else None,
        began_at=now(),
    )
    opened.save(force_insert=True)
    has_decided = bool(review) and case.assignee_id in {each.by for each in standing.decided}
    assignee = None if has_decided else case.assignee_id
    due_on = begin_again(actor, case, declared_of(actor, case), enters=stage, is_anew=bool(review))
    change(case, revision, stage=stage, outcome="", closed_at=None, assignee_id=assignee, due_on=due_on)
    write_move(actor, case, stage=stage)
    record("cases.round", opened.id, changed=["words"], case=case.id)
    record(ABOUT, case.id, changed=["stage", "outcome", "closed_at"], stage=stage, review=review, round=opened.number)
    publish(CaseReopened(organisation=case.organisation_id, subject_id=case.person_id, case=case.id, review=review))


def _require_words(text: str, if_missing: Words) -> str:
    too_long = _("It must be 10,000 characters or fewer")
    return require_words(text, longest=LONGEST, if_missing=if_missing, if_longer=too_long)
