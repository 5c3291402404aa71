"""Ask who opened something; answer with the team or role and why, or why not."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.errors import AlreadyAnswered, NoSuchOpening, NoSuchQuestion
from commonweal.capabilities.protection.models import Outcome, Question
from commonweal.capabilities.protection.queries.asking import name_never_told
from commonweal.capabilities.protection.queries.moments import read_moment
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.capabilities.protection.queries.showing import shown_openings
from commonweal.capabilities.protection.rules.names import names_anyone
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.clocks.rights import rights_request_due
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Resident, Staff
from commonweal.foundations.texts.typed import plain

_ABOUT = "protection.question"
_LONGEST = 2_000


@action()
def ask_who(actor: Resident, *, organisation: int, entry: str, text: str) -> None:
    """Ask who an entry of one's openings was, by its key; asking twice is one question.

    Raises NoSuchOpening for whatever is not shown to them; Invalid when the text is too long.
    """
    if len(text) > _LONGEST:
        raise Invalid({"text": _("What you want to know must be 2,000 characters or fewer")})
    line = _line(actor, organisation, entry)
    question = Question(
        id=uuid7(),
        organisation_id=organisation,
        person_id=line.subject_id,
        line_id=line.id,
        line_at=line.at,
        text=plain(text) or None,
        asked_at=now(),
        due_on=_due_on(actor, organisation),
    )
    try:
        with transaction.atomic():
            question.key_id = keys.key_for_record(question.id, "protection.question")
            question.save(force_insert=True)
    except IntegrityError:
        record(_ABOUT, line.id, repeat=True)
        return
    record(_ABOUT, question.id, changed=["text"], line=line.id, due_on=question.due_on)


@action()
def answer_who(actor: Staff, *, organisation: int, question: UUID, outcome: str, text: str) -> None:
    """Answer a question about an opening with the team or role and why, or refuse with a reason; a message tells the
    person.

    Raises NotTheOfficer, NoSuchQuestion, AlreadyAnswered; Invalid without words, or when they name someone who is
    never named.
    """
    require_officer(actor, organisation)
    found = Question.objects.select_for_update().filter(organisation_id=organisation, id=question).first()
    if found is None:
        raise NoSuchQuestion
    if found.answered_at is not None:
        raise AlreadyAnswered
    never_told = name_never_told(actor, organisation=organisation, question=question)
    _check(outcome, plain(text), never_told)
    found.answer, found.outcome = plain(text), outcome
    found.answered_at, found.answered_by_id = now(), actor.account
    found.save(update_fields=["answer", "outcome", "answered_at", "answered_by_id"])
    _tell(actor, organisation, found)
    record(_ABOUT, question, changed=["answer", "outcome"], outcome=outcome)


def _line(actor: Resident, organisation: int, entry: str) -> Trace:
    """The line an entry begins with, if the person may see it and somebody looked. Raises NoSuchOpening."""
    moment, _comma, reference = entry.partition(",")
    at = read_moment(moment)
    if actor.account is None or at is None or "\x00" in reference:
        raise NoSuchOpening
    own = people.people_of_account(actor, organisation=organisation, account=actor.account)
    shown = shown_openings(organisation, own).filter(at=at, reference=reference[:32]).exclude(channel="automatic")
    found = shown.order_by("id").first()
    if found is None:
        raise NoSuchOpening
    return found


def _due_on(actor: Resident, organisation: int) -> date:
    """One month, by the stricter reading (UK GDPR Article 12(3))."""
    return rights_request_due(today(), organisations.calendar(actor, organisation=organisation)).act_by


def _check(outcome: str, text: str, never_told: str) -> None:
    wrong = {}
    if outcome not in Outcome.values:
        wrong["outcome"] = _("Choose whether you tell them or refuse")
    if not text:
        wrong["text"] = _("Write what the person will read")
    elif len(text) > _LONGEST:
        wrong["text"] = _("The answer must be 2,000 characters or fewer")
    elif never_told and names_anyone(text, never_told):
        wrong["text"] = _("Do not name this member of staff: give the team or the role")
    if wrong:
        raise Invalid(wrong)


def _tell(actor: Staff, organisation: int, asked: Question) -> None:
    """No word of the question or the answer: mail is read over shoulders."""
    body = organisations.organisation(actor, organisation=organisation)
    with override(people.language_of(actor, organisation=organisation, person=asked.person_id)):
        words = {"organisation": body.name, "link": f"{settings.ADDRESS}/{body.slug}/your/openings/"}
        subject = gettext("%(organisation)s has answered your question") % words
        text = gettext(
            "Hello,\n\nYou asked us a question about your information. Sign in to read the "
            "answer:\n%(link)s\n\n%(organisation)s"
        )
        body_text = text % words
    messages.write(
        actor,
        organisation=organisation,
        person=asked.person_id,
        matter=Matter("question", asked.id),
        template="question_answered",
        subject=subject,
        body=body_text,
    )
