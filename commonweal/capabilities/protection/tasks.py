"""Letters are told of, spent packs go; in the morning who broke the glass in the night, and whose training expires."""

import logging
from datetime import datetime, time

from commonweal.capabilities.identity import queries as identities
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.protection.actions import packing, telling
from commonweal.capabilities.protection.queries import telling as requests
from commonweal.capabilities.protection.queries.packs.spent import spent_packs
from commonweal.foundations.clocks.now import LONDON, now
from commonweal.foundations.files.forgetting import forget
from commonweal.foundations.personal_data.purposes import SENDING
from commonweal.foundations.scope.actors import System
from commonweal.foundations.tasks.standing import standing

logger = logging.getLogger(__name__)

_TELLER = System(task="protection.morning")
_SENDER = System(task="protection.news", purposes=frozenset({SENDING.code}))
_KEEPER = System(task="protection.packs")
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


@standing(seconds=3600)
def forget_spent_packs() -> int:
    """The files of packs that nobody fetches any more go; returns how many. A body that fails keeps no other."""
    gone = 0
    for organisation in organisations.open_organisations(_KEEPER):
        try:
            for spent in spent_packs(_KEEPER, organisation=organisation):
                forget(_KEEPER, organisation=organisation, file=spent.file)
                packing.note_forgotten(_KEEPER, organisation=organisation, pack=spent.pack)
                gone += 1
        except Exception as error:
            logger.error("Packs of %s were not forgotten: %s", organisation, type(error).__name__)
    return gone


@standing(seconds=30)
def tell_of_letters() -> int:
    """Those without an account are told that a letter waits; returns how many. A body that fails keeps no other."""
    told = 0
    bodies = organisations.open_organisations(_SENDER)
    for organisation in requests.with_untold(_SENDER, organisations=bodies):
        try:
            told += sum(
                telling.tell_at_contact(
                    _SENDER, organisation=organisation, request=each.request, since=each.since, contact=each.contact
                )
                for each in requests.untold(_SENDER, organisation=organisation)
            )
        except Exception as error:
            logger.error("Letters waiting in %s were not told of: %s", organisation, type(error).__name__)
    return told


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
