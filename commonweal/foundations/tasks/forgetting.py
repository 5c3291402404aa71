"""After a restore: what the ledger says went by a plan goes by it again, for every capability at once."""

from uuid import UUID

from commonweal.foundations.actions.action import action
from commonweal.foundations.actions.query import query
from commonweal.foundations.audit.record import record
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.ledger import Line, forgets
from commonweal.foundations.personal_data.subjects import erasing, telling
from commonweal.foundations.personal_data.subjects.plan import plan_for
from commonweal.foundations.personal_data.subjects.reaching import Gone
from commonweal.foundations.scope.actors import Actor, System

_RESTORER = System(task="personal_data.restore")


@forgets
def erase_again(line: Line) -> None:
    """The holder of a line is a person or a record: ids are random, so none is both.

    Nothing about a person was left anywhere when their line was written, so nothing of them stays inside the records of
    others either. Lines come in the order they were written, records before the people they are about.
    """
    organisation, kind, holder = line.organisation, line.plan, line.holder
    if kind and is_left(_RESTORER, organisation=organisation, kind=kind, holder=holder):
        erase_by_ledger(_RESTORER, organisation=organisation, kind=kind, holder=holder)


@query()
def is_left(actor: Actor, *, organisation: int, kind: str, holder: UUID) -> bool:
    """Whether anything is there that the plan of that kind would erase."""
    return telling.is_left(plan_for(SubjectKind(kind)), gone=_all_of(holder))


@action()
def erase_by_ledger(actor: Actor, *, organisation: int, kind: str, holder: UUID) -> None:
    """A holder of the ledger is erased once more by the plan of that kind, without another line."""
    erasing.erase(plan_for(SubjectKind(kind)), gone=_all_of(holder), is_noted=False)
    record("personal_data.erasure", holder)


def _all_of(holder: UUID) -> Gone:
    return Gone(people=[holder], records=[holder], is_everywhere=True)
