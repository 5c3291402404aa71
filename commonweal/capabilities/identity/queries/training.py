"""How staff stand with training, and who is to be told that theirs ran out."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.capabilities.identity.models import Membership, Training
from commonweal.capabilities.identity.rules import Sat, Standing, expiry_of, standing_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import System


@dataclass(frozen=True)
class TrainingStep:
    """Somebody's training came to a step they are to be told of; `code` says which, to be told of once."""

    account: UUID
    standing: str
    expires_on: date
    code: str


@query()
def training_to_tell(actor: System, *, organisation: int) -> tuple[TrainingStep, ...]:
    """The steps of expiring training of which staff here were not told yet."""
    steps = []
    for row in Membership.objects.filter(organisation_id=organisation, ended_at=None):
        courses = courses_sat(row.account_id)
        standing, expires = standing_of(courses, today()), expiry_of(courses)
        code = f"{standing.value}:{expires}"
        if standing not in (Standing.NONE, Standing.CURRENT) and expires and row.told_of_training != code:
            steps.append(TrainingStep(row.account_id, standing.value, expires, code))
    return tuple(steps)


def standing_at(account: UUID) -> Standing:
    """How an account stands with training today."""
    return standing_of(courses_sat(account), today())


def courses_sat(account: UUID) -> list[Sat]:
    """The courses an account sat, the earliest first."""
    rows = Training.objects.filter(account_id=account).order_by("passed_on", "id")
    return [Sat(*row) for row in rows.values_list("passed_on", "expires_on", "is_passed")]
