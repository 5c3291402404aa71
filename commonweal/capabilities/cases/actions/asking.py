"""Send a case back to its applicant with a question, and take their answer."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.changing import ABOUT, RETENTION, change, declared_of, write_move
from commonweal.capabilities.cases.actions.noting import require_words
from commonweal.capabilities.cases.actions.timing import follow_stage
from commonweal.capabilities.cases.errors import AnsweredBefore, NothingAsked
from commonweal.capabilities.cases.events import CaseAnswered, CaseMoved
from commonweal.capabilities.cases.models import Case, SentBack
from commonweal.capabilities.cases.queries.asked import given_for, waiting_questions
from commonweal.capabilities.cases.queries.own import own_case_to_change
from commonweal.capabilities.cases.queries.said import Said, has_answered, latest_answer, load_answer, require_same
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Words
from commonweal.foundations.events.event import publish
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION
from commonweal.foundations.scope.actors import Resident, Staff
from commonweal.foundations.texts.typed import plain

_QUESTION = "cases.sent_back"
LONGEST = 4_000


def ask_applicant(actor: Staff, case: Case, question: str) -> None:
    """Keep what is asked of the applicant while the case waits in a stage. Raises Invalid without words."""
    asked = SentBack(
        id=uuid7(),
        organisation_id=case.organisation_id,
        key_id=keys.key_for_record(case.id, RETENTION),
        case_id=case.id,
        person_id=case.person_id,
        from_stage=case.stage,
        question=_require_words(question, "question", _("Write what the applicant needs to tell or send you")),
        by_id=actor.account,
        asked_at=now(),
    )
    asked.save(force_insert=True)
    record(_QUESTION, asked.id, changed=["question"], case=case.id)


def end_question(case: Case, moment: datetime) -> None:
    """Staff go on without the answer: nothing is asked any more."""
    waiting_questions(case).update(ended_at=moment)


def ask_again(case: Case, ended_at: datetime) -> None:
    """What ended a question at that moment was undone: it is asked again."""
    SentBack.objects.filter(organisation_id=case.organisation_id, case_id=case.id, ended_at=ended_at).update(
        ended_at=None
    )


@action(opens=OWN_INFORMATION, loads=load_answer, needs=has_answered)
def answer_question(
    actor: Resident, *, organisation: int, reference: str, text: str, opened: Said | None = None
) -> None:
    """Answer what one was asked, as the applicant; the case goes back to the stage it left.

    Whoever gave files for it need not write. The same words again count once; of two answers the first is kept.
    Raises NoSuchCase, NothingAsked, AnsweredBefore, Invalid.
    """
    case = own_case_to_change(actor, organisation=organisation, reference=reference)
    if answered := latest_answer(case):
        require_same(text, answered.id, opened, AnsweredBefore)
        record(_QUESTION, answered.id, case=case.id, repeat=True)
        return
    asked = waiting_questions(case).first()
    if asked is None or case.closed_at:
        raise NothingAsked
    needs_words = not given_for(asked).exists()
    asked.answer = _require_words(text, "text", _("Write your answer")) if needs_words or plain(text) else ""
    asked.answered_at = now()
    asked.save(update_fields=["answer", "answered_at"])
    due_on = follow_stage(actor, case, declared_of(actor, case), enters=asked.from_stage)
    change(case, case.revision, stage=asked.from_stage, due_on=due_on)
    write_move(actor, case, stage=asked.from_stage)
    record(_QUESTION, asked.id, changed=["answer"], case=case.id)
    record(ABOUT, case.id, changed=["stage"], stage=asked.from_stage)
    publish(CaseAnswered(organisation=organisation, subject_id=case.person_id, case=case.id))
    publish(CaseMoved(organisation=organisation, subject_id=case.person_id, case=case.id, stage=asked.from_stage))


def _require_words(text: str, field: str, if_missing: Words) -> str:
    too_long = _("It must be 4,000 characters or fewer")
    return require_words(text, field=field, longest=LONGEST, if_missing=if_missing, if_longer=too_long)
