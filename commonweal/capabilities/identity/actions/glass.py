"""The glass is broken."""

from commonweal.capabilities.identity.errors import MayNotDecide
from commonweal.capabilities.identity.models import BrokenGlass
from commonweal.capabilities.identity.queries.training import standing_at
from commonweal.capabilities.identity.rules import GLASS_LASTS
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.prompts import BREAK_GLASS
from commonweal.foundations.personal_data.purposes import CASEWORK, OVERSIGHT
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Staff


@action()
def break_glass(actor: Staff, *, organisation: int, reason: str) -> None:
    """Break the glass: open what expired training or one's role would not allow, for twelve hours and one reason.

    Nobody approves it; the officer and their manager are told next morning. Raises ReasonNeeded; MayNotDecide for the
    officer; ReadingRefused without a second factor, before a first course and after a failed test.
    """
    BREAK_GLASS.require(reason)
    if OVERSIGHT.code in actor.purposes:
        raise MayNotDecide
    if not actor.has_second_factor:
        raise ReadingRefused("second_factor", purpose=CASEWORK)
    if not standing_at(actor.account).may_break_glass:
        raise ReadingRefused("training", purpose=CASEWORK)
    glass = BrokenGlass.objects.create(
        organisation_id=organisation,
        account_id=actor.account,
        reason=reason,
        broke_at=now(),
        ends_at=now() + GLASS_LASTS,
    )
    record("identity.broken_glass", glass.id, changed=["broke_at"], account=actor.account, reason=reason)
