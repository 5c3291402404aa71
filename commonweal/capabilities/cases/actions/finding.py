"""Record what staff find, and tick off tasks."""

from collections.abc import Mapping
from uuid import UUID

from commonweal.capabilities.cases.actions.changing import RETENTION, case_to_change, declared_of
from commonweal.capabilities.cases.actions.noting import NewNote, keep_note
from commonweal.capabilities.cases.errors import FactChanged, NotAllowedNow
from commonweal.capabilities.cases.models import Fact, Tick
from commonweal.capabilities.cases.queries.facts import require_fact
from commonweal.capabilities.cases.queries.requirements import ticks_of
from commonweal.capabilities.catalogue.queries.questions import KeyScope
from commonweal.capabilities.forms.queries.asking import parse_answer
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Staff

_FACT = "cases.fact"
_TICK = "cases.tick"


@action()
def record_fact(
    actor: Staff, *, organisation: int, case: UUID, fact: str, given: Mapping[str, str], seen: int = 0
) -> None:
    """Record what staff found out about a declared question, or correct it; the earlier record stays.

    `seen` is the number of the record they saw. Raises NotAllowedNow, FactChanged; Invalid when it is not an answer;
    ReadingRefused when it is for other roles.
    """
    found = case_to_change(actor, organisation, case)
    question = require_fact(actor, found, declared_of(actor, found), fact)
    if found.closed_at:
        raise NotAllowedNow
    value = parse_answer(question, given)
    rows = Fact.objects.filter(organisation_id=organisation, case_id=case, fact=fact).order_by("-number")
    latest = rows.values_list("number", flat=True).first() or 0
    if latest != seen:
        raise FactChanged
    is_of_record = question.key_scope is KeyScope.RECORD
    row = Fact(
        organisation_id=organisation,
        key_id=keys.key_for_record(case, RETENTION)
        if is_of_record
        else keys.key_for_subject(found.person_id, RETENTION),
        case_id=case,
        person_id=found.person_id,
        fact=fact,
        number=latest + 1,
        value=value,
        by_id=actor.account,
        at=now(),
    )
    row.save(force_insert=True)
    record(_FACT, row.id, changed=["value"], case=case, fact=fact, number=row.number)


@action()
def tick_task(
    actor: Staff, *, organisation: int, case: UUID, task: str, is_done: bool, note: NewNote | None = None
) -> None:
    """Mark a task of the case's stage as done, or not done after all. Repeating it changes nothing.

    Raises NotAllowedNow for a task of another stage or other roles.
    """
    found = case_to_change(actor, organisation, case)
    declared = next((each for each in declared_of(actor, found).tasks if each.key == task), None)
    if declared is None or found.closed_at or declared.stage != found.stage or not actor.roles & set(declared.roles):
        raise NotAllowedNow
    keep_note(actor, found, note)
    latest = ticks_of(found).get(task)
    if (latest is not None and latest.is_done) == is_done:
        record(_TICK, case, repeat=True, task=task)
        return
    row = Tick(organisation_id=organisation, case_id=case, task=task, is_done=is_done, by_id=actor.account, at=now())
    row.save(force_insert=True)
    record(_TICK, row.id, changed=["is_done"], case=case, task=task, is_done=is_done)
