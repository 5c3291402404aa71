"""Save a draft, to continue later or on another device."""

import os

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commonweal.capabilities.forms.actions.keeping import lock, require
from commonweal.capabilities.forms.errors import NotAnAddress
from commonweal.capabilities.forms.models import Draft
from commonweal.capabilities.forms.rules.texts import is_email, one_line
from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.messages import queries as sent
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import local_date
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.references.references import reference_from
from commonweal.foundations.scope.actors import DraftHolder

_ABOUT = "forms.draft"
MOST_MAILS = 3
"""How often the way back to one draft is sent: enough for a mistyped address, too few to bother anybody with."""


@action()
def save_draft(actor: DraftHolder, *, organisation: int) -> str:
    """Give the holder's draft a reference to come back with; repeating it gives the same one.

    Raises DraftGone, AlreadySubmitted, NotYourDraft.
    """
    return _save(require(actor, organisation, lock(actor, organisation)))


@action()
def send_way_back(actor: DraftHolder, *, organisation: int, email: str) -> bool:
    """Write the reference and a link to an address, never the code or an answer; False when it was sent often enough.

    Raises NotAnAddress, DraftGone, AlreadySubmitted, NotYourDraft.
    """
    address = one_line(email)
    if not is_email(address):
        raise NotAnAddress
    draft = require(actor, organisation, lock(actor, organisation))
    reference = _save(draft)
    if len(sent.sent_about(actor, organisation=organisation, matter=draft.id)) >= MOST_MAILS:
        return False
    body = organisations.organisation(actor, organisation=organisation)
    told = {
        "reference": reference,
        "link": f"{settings.ADDRESS}/{body.slug}/resume/?reference={reference}",
        "day": date_format(local_date(draft.expires_at), "j F Y"),
    }
    words = messages.Words(_("Your saved answers"), _way_back() % told)
    messages.write_to_address(
        actor,
        organisation=organisation,
        subject_id=draft.id,
        matter=Matter("draft", draft.id, reference),
        email=address,
        template="draft_saved",
        words=words,
    )
    return True


def _save(draft: Draft) -> str:
    if not draft.reference:
        draft.reference = reference_from(os.urandom(16))
        own = Draft.objects.filter(organisation_id=draft.organisation_id, id=draft.id)
        own.update(reference=draft.reference)
    record(_ABOUT, draft.id, changed=["reference"])
    return draft.reference


def _way_back() -> str:
    return _(
        "You asked us for a link to the answers you saved.\n\nYour reference: %(reference)s\nContinue here: "
        "%(link)s\n\nYou also need the code that we showed you. We keep the answers until %(day)s.\n\nIf you did not "
        "ask for this, ignore this message."
    )
