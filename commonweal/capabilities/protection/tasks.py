"""What waits for the morning: who broke the glass in the night, and whose training expires."""

import logging
from datetime import datetime, time

from commonweal.capabilities.identity import queries as identities
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.protection.actions import telling
from commonweal.foundations.clocks.now import LONDON, now
from commonweal.foundations.scope.actors import System
from commonweal.foundations.tasks.standing import standing

logger = logging.getLogger(__name__)

_TELLER = System(task="protection.morning")
_MORNING = time(7)


@standing(seconds=900)
def tell_in_the_morning() -> int:
    """From seven in the morning, local time: what was not told before. One body that fails keeps no other from it."""
    local = now().astimezone(LONDON)
    if local.time() < _MORNING:
        return 0
    for organisation in organisations.open_organisations(_TELLER):
        try:
            _tell(organisation, datetime.combine(local.date(), _MORNING, LONDON))
        except Exception as error:
            logger.error("What waits for the morning was not told in %s: %s", organisation, type(error).__name__)
    return 0


def _tell(organisation: int, morning: datetime) -> None:
    broken = identities.glass_to_tell(_TELLER, organisation=organisation, before=morning)
    for account in dict.fromkeys(broken):
        telling.tell_of_glass(_TELLER, organisation=organisation, account=account, before=morning)
    for step in identities.training_to_tell(_TELLER, organisation=organisation):
        telling.tell_of_training(
            _TELLER,
            organisation=organisation,
            account=step.account,
            standing=step.standing,
            expires_on=step.expires_on,
            code=step.code,
        )
