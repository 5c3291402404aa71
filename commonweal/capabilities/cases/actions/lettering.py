"""Write letters about a decision: sealed with the case, read by the applicant on their own page, or posted."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.changing import RETENTION, case_to_change
from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case, Letter
from commonweal.capabilities.cases.queries.letters import has_reader, require_short
from commonweal.capabilities.cases.queries.rounds import Standing
from commonweal.capabilities.catalogue.queries.handling import Outcome
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.texts.typed import plain

_ABOUT = "cases.letter"


@dataclass(frozen=True)
class NewLetter:
    """A letter as its author edited it, in the language it was drafted in; `is_posted` when it also goes by post."""

    title: str = field(repr=False)
    body: str = field(repr=False)
    language: str
    is_posted: bool = False


def keep_letter(
    actor: Staff, case: Case, standing: Standing, outcome: Outcome, letter: NewLetter | None, *, moment: datetime
) -> None:
    """The letter of an outcome that has one, if there is somebody to write to.

    Raises Invalid when it is missing, empty or too long.
    """
    if outcome.letter is None or not has_reader(actor, case):
        return
    body = plain(letter.body) if letter else ""
    if letter is None or not body:
        raise Invalid({"letter": _("Write the letter before you send it")})
    require_short(body)
    kept = Letter(
        id=uuid7(),
        organisation_id=case.organisation_id,
        key_id=keys.key_for_record(case.id, RETENTION),
        case_id=case.id,
        person_id=case.person_id,
        round=standing.number,
        title=plain(letter.title) or outcome.label.in_language(letter.language),
        body=body,
        language="cy" if letter.language == "cy" else "en",
        by_id=actor.account,
        sent_at=moment,
        posted_at=moment if letter.is_posted else None,
    )
    kept.save(force_insert=True)
    record(_ABOUT, kept.id, changed=["title", "body"], case=case.id)


def take_back_letter(case: Case, moment: datetime) -> None:
    """The letter of that moment was never sent."""
    Letter.objects.filter(organisation_id=case.organisation_id, case_id=case.id, sent_at=moment).delete()


@action()
def mark_posted(actor: Staff, *, organisation: int, case: UUID, letter: UUID) -> None:
    """Record that a letter was printed and posted; repeating it changes nothing. Raises NoSuchCase."""
    found = case_to_change(actor, organisation, case)
    letters = Letter.objects.filter(organisation_id=organisation, case_id=found.id, id=letter)
    if not letters.exists():
        raise NoSuchCase
    is_first = letters.filter(posted_at=None).update(posted_at=now()) == 1
    record(_ABOUT, letter, changed=["posted_at"] if is_first else [], case=found.id)
