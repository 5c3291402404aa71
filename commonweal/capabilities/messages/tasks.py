"""Send messages: call the provider between two actions, at most once for each message.

A message is opened and made before the first of them, so that only a lost answer ever makes it uncertain.
"""

import logging
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMessage

from commonweal.capabilities.messages import actions, queries
from commonweal.capabilities.messages.errors import NoSuchMessage
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.errors import Missing
from commonweal.foundations.personal_data.purposes import SENDING
from commonweal.foundations.personal_data.reading import Forgotten
from commonweal.foundations.personal_data.restricting import Restricted
from commonweal.foundations.personal_data.sealing import CannotOpen
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import PLATFORM
from commonweal.foundations.tasks.standing import standing

logger = logging.getLogger(__name__)

SENDER = System(task="messages.send", purposes=frozenset({SENDING.code}))
_BATCH = 50


class _Unsendable(Exception):
    """Nothing can be sent; its text is the code of why."""


@standing(seconds=1)
def send_waiting() -> int:
    """Send what waits, oldest first; returns how many were tried. What goes wrong with one stops no other."""
    bodies = (PLATFORM, *organisations.open_organisations(SENDER))
    found = queries.waiting(SENDER, organisations=bodies, at_most=_BATCH)
    for organisation, message in found:
        try:
            _send(organisation, message)
        except Exception as error:
            logger.error("Message %s was left: %s", message, type(error).__name__)
    return len(found)


@standing(seconds=60)
def notice_lost_answers() -> int:
    """Messages that were handed over and never answered for become uncertain."""
    bodies = (PLATFORM, *organisations.open_organisations(SENDER))
    for organisation in queries.with_lost_answers(SENDER, organisations=bodies):
        actions.give_up_waiting(SENDER, organisation=organisation)
    return 0


def _send(organisation: int, message: UUID) -> None:
    try:
        mail = _made(organisation, message)
    except NoSuchMessage:
        return
    except Restricted:
        actions.hold_back(SENDER, organisation=organisation, message=message)
        return
    except _Unsendable as error:
        actions.fail_unsent(SENDER, organisation=organisation, message=message, why=str(error))
        return
    if actions.begin_sending(SENDER, organisation=organisation, message=message):
        is_sent = _was_taken(mail, message)
        actions.finish_sending(SENDER, organisation=organisation, message=message, is_sent=is_sent)


def _made(organisation: int, message: UUID) -> EmailMessage:
    """The mail as the provider will get it. Raises NoSuchMessage, Restricted, _Unsendable."""
    try:
        row = queries.to_send(SENDER, organisation=organisation, message=message)
    except NoSuchMessage:
        raise
    except (Forgotten, Missing) as refusal:
        raise _Unsendable(refusal.code) from None
    except CannotOpen:
        raise _Unsendable("cannot_open") from None
    if not row.recipient:
        raise _Unsendable("no_address")
    if "".join(row.subject.splitlines()) != row.subject:
        # Django looks for two of the characters that end a header, and Python knows ten.
        raise _Unsendable("not_mail")
    mail = EmailMessage(row.subject, row.body, to=[row.recipient])
    try:
        mail.message()
    except ValueError:
        raise _Unsendable("not_mail") from None
    return mail


def _was_taken(mail: EmailMessage, message: UUID) -> bool:
    """Call the provider once, outside any scope. An address that is none is refused before anything is handed over."""
    try:
        mail.send()
    except (SMTPException, OSError, ValueError) as error:
        logger.error("Message %s was not taken: %s", message, type(error).__name__)
        return False
    return True
