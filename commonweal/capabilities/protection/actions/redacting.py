"""Decide about other people's texts that name the erased person: rewrite them, or keep them with a reason."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.protection.actions.stepping import ABOUT
from commonweal.capabilities.protection.errors import AlreadyDecided, NoSuchRedaction
from commonweal.capabilities.protection.models import Redaction
from commonweal.capabilities.protection.queries.requests import matter_of, officers_request, require_open
from commonweal.capabilities.protection.rules.names import names_anyone
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.rewriting import rewrite
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.texts.typed import plain

_LONGEST = 20_000


def load_names(actor: Staff, *, organisation: int, reference: str, entry: UUID, **_others: object) -> tuple[str, ...]:
    """The names that a text is to lose. Raises NotTheOfficer, NoSuchRequest, NoSuchRedaction."""
    request = officers_request(actor, organisation, reference)
    current_reading().about(matter_of(request))
    found = Redaction.objects.filter(organisation_id=organisation, request_id=request.id, id=entry).first()
    if found is None:
        raise NoSuchRedaction
    return tuple((found.names or "").split("\n")) if not found.decided else ()


@action(opens=RIGHTS, loads=load_names)
def redact_text(
    actor: Staff, *, organisation: int, reference: str, entry: UUID, text: str, opened: tuple[str, ...] | None = None
) -> None:
    """Replace a text with the officer's, without the person's name; what it said before is gone.

    Raises NoSuchRedaction, AlreadyDecided, AlreadyClosed; Invalid while a name stands in it.
    """
    found = _entry(actor, organisation, reference, entry)
    written = plain(text)
    if not written or len(written) > _LONGEST:
        raise Invalid({"text": _("Write the text without the name")})
    if any(names_anyone(written, name) for name in opened or () if name):
        raise Invalid({"text": _("The text still includes the person’s name or part of it")})
    rewrite(found.label, found.row, found.field, written)
    _decide(actor, found, "redacted")


@action()
def keep_text(actor: Staff, *, organisation: int, reference: str, entry: UUID, why: str) -> None:
    """Keep a text as it is, with the officer's reason. Raises NoSuchRedaction, AlreadyDecided, Invalid."""
    found = _entry(actor, organisation, reference, entry)
    if not plain(why) or len(why) > _LONGEST:
        raise Invalid({"why": _("Write why the name stays")})
    found.why = plain(why)
    _decide(actor, found, "kept", "why")


def _entry(actor: Staff, organisation: int, reference: str, entry: UUID) -> Redaction:
    """The entry of an open request, whose lock its officers wait for."""
    request = require_open(actor, organisation, reference)
    found = Redaction.objects.filter(organisation_id=organisation, request_id=request.id, id=entry).first()
    if found is None:
        raise NoSuchRedaction
    if found.decided:
        raise AlreadyDecided
    return found


def _decide(actor: Staff, found: Redaction, decided: str, *more: str) -> None:
    """The names go with the decision: nobody needs them any more."""
    found.decided, found.by_id, found.decided_at = decided, actor.account, now()
    found.names = None  # type: ignore[assignment]
    found.save(update_fields=["decided", "names", "by_id", "decided_at", *more])
    record(ABOUT, found.request_id, changed=["redaction"], decided=decided, label=found.label)
