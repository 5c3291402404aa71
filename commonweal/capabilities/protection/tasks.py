"""Letters are told of, spent packs go; in the morning who broke the glass in the night, and whose training expires."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, time

from commonweal.capabilities.identity.queries import glass
from commonweal.capabilities.identity.queries.training import training_to_tell
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
    morning = datetime.combine(local.date(), _MORNING, LONDON)
    bodies = organisations.open_organisations(_TELLER)
    return _in_each(bodies, lambda body: _tell(body, morning), "What waits for the morning was not told in %s: %s")


@standing(seconds=3600)
def forget_spent_packs() -> int:
    """The files of packs that nobody fetches any more go; returns how many. A body that fails keeps no other."""
    return _in_each(organisations.open_organisations(_KEEPER), _forget_spent, "Packs of %s were not forgotten: %s")


@standing(seconds=30)
def tell_of_letters() -> int:
    """Those without an account are told that a letter waits; returns how many. A body that fails keeps no other."""
    bodies = requests.with_untold(_SENDER, organisations=organisations.open_organisations(_SENDER))
    return _in_each(bodies, _tell_of_letters, "Letters waiting in %s were not told of: %s")


def _in_each(bodies: Iterable[int], work: Callable[[int], int], failing: str) -> int:
    """Do the work of each body; one that fails is logged and keeps no other from it. Returns how much was done."""
    done = 0
    for organisation in bodies:
        try:
            done += work(organisation)
        except Exception as error:
            logger.error(failing, organisation, type(error).__name__)
    return done


def _forget_spent(organisation: int) -> int:
    spent = spent_packs(_KEEPER, organisation=organisation)
    for each in spent:
        forget(_KEEPER, organisation=organisation, file=each.file)
        packing.note_forgotten(_KEEPER, organisation=organisation, pack=each.pack)
    return len(spent)


def _tell_of_letters(organisation: int) -> int:
    return sum(
        telling.tell_at_contact(
            _SENDER, organisation=organisation, request=each.request, since=each.since, contact=each.contact
        )
        for each in requests.untold(_SENDER, organisation=organisation)
    )


def _tell(organisation: int, morning: datetime) -> int:
    broken = glass.glass_to_tell(_TELLER, organisation=organisation, before=morning)
    for account in dict.fromkeys(broken):
        telling.tell_of_glass(_TELLER, organisation=organisation, account=account, before=morning)
    for step in training_to_tell(_TELLER, organisation=organisation):
        telling.tell_of_training(
            _TELLER,
            organisation=organisation,
            account=step.account,
            standing=step.standing,
            expires_on=step.expires_on,
            code=step.code,
        )
    return 0
