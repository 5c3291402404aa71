"""Sending: the provider is called between two actions, at most once for each message."""

import logging
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMessage

from commonweal.capabilities.messages import actions, queries
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.personal_data.purposes import SENDING
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import PLATFORM
from commonweal.foundations.tasks.standing import standing

logger = logging.getLogger(__name__)

SENDER = System(task="messages.send", purposes=frozenset({SENDING.code}))
_BATCH = 50


@standing(seconds=1)
def send_waiting() -> int:
    """Send what waits, oldest first; returns how many were tried."""
    bodies = (PLATFORM, *organisations.open_organisations(SENDER))
    found = queries.waiting(SENDER, organisations=bodies, at_most=_BATCH)
    for organisation, message in found:
        if actions.begin_sending(SENDER, organisation=organisation, message=message):
            actions.finish_sending(
                SENDER, organisation=organisation, message=message, is_sent=_was_taken(organisation, message)
            )
    return len(found)


@standing(seconds=60)
def notice_lost_answers() -> int:
    """Messages that were handed over and never answered for become uncertain."""
    bodies = (PLATFORM, *organisations.open_organisations(SENDER))
    for organisation in queries.with_lost_answers(SENDER, organisations=bodies):
        actions.give_up_waiting(SENDER, organisation=organisation)
    return 0


def _was_taken(organisation: int, message: UUID) -> bool:
    """Call the provider once, outside any scope. A person without an address has nothing sent."""
    row = queries.to_send(SENDER, organisation=organisation, message=message)
    if not row.recipient:
        return False
    try:
        EmailMessage(row.subject, row.body, to=[row.recipient]).send()
    except (SMTPException, OSError) as error:
        logger.error("Message %s was not taken: %s", message, type(error).__name__)
        return False
    return True
