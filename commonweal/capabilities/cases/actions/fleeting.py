"""Delete short-lived rows within a day: changes that could be undone, and who was writing."""

from commonweal.capabilities.cases.models import Undoable, Writing
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.schedules import rule_for
from commonweal.foundations.scope.actors import System


@action()
def forget_fleeting(actor: System, *, organisation: int) -> int:
    """Delete rows past the rule `cases.fleeting`; returns how many."""
    before = now() - rule_for("cases.fleeting", "UK").period
    undoable, _each = Undoable.objects.filter(organisation_id=organisation, at__lt=before).delete()
    writing, _each = Writing.objects.filter(organisation_id=organisation, seen_at__lt=before).delete()
    record("cases.undoable", changed=["at"] if undoable else [], undoable=undoable, writing=writing)
    return undoable + writing
