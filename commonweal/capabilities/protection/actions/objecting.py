"""Answer an objection to a use, or a request for a person to review an automated decision."""

from collections.abc import Sequence

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.actions.reviewing import review_for_rights
from commonweal.capabilities.protection.actions.closing import close
from commonweal.capabilities.protection.actions.restricting import order_restriction
from commonweal.capabilities.protection.actions.stepping import ABOUT
from commonweal.capabilities.protection.errors import CannotObject, NotMatched
from commonweal.capabilities.protection.models import Request, RequestKind, RequestOutcome
from commonweal.capabilities.protection.queries.objecting import cases_of
from commonweal.capabilities.protection.queries.requests import require_authority, require_open
from commonweal.capabilities.protection.rules.fates import may_object
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.texts.typed import plain

LONGEST = 4_000


@action()
def uphold_objection(actor: Staff, *, organisation: int, reference: str) -> None:
    """Agree with an objection: restrict what is kept for that service, which may then be erased (Article 21(1)).

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, NotMatched, CannotObject, AlreadyWaiting, NoAuthority.
    """
    request = _objection(actor, organisation, reference)
    require_authority(request)
    order_restriction(actor, request, "objection")
    with override(request.language):
        text = gettext(
            "We agree. From now on we do not use your information for this: it is restricted. You can also ask us to "
            "erase it."
        )
    close(request, actor, RequestOutcome.DONE, text)
    record(ABOUT, request.id, changed=["objection"], upheld=True)


@action()
def refuse_objection(actor: Staff, *, organisation: int, reference: str, ground: str, why: str) -> None:
    """Refuse an objection, for compelling legitimate grounds or legal claims, in words (Article 21(1)).

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, Invalid.
    """
    request = require_open(actor, organisation, reference)
    wrong: dict[str, Words] = {}
    if ground not in ("compelling", "claims"):
        wrong["ground"] = _("Choose why we continue to use it")
    if not plain(why) or len(why) > LONGEST:
        wrong["why"] = _("Write the grounds, in 4,000 characters or fewer: the person reads them")
    if wrong:
        raise Invalid(wrong)
    close(request, actor, RequestOutcome.REFUSED, plain(why))
    record(ABOUT, request.id, changed=["objection"], upheld=False, ground=ground)


@action()
def look_again(actor: Staff, *, organisation: int, reference: str, words: str) -> None:
    """Have a person look at a decision again: start a review of the case, or ask its team by a note.

    `words` tell the person what part a rule played. Nothing is decided by a machine alone
    here (UK GDPR Articles 22A to 22D). Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, NotMatched, Invalid.
    """
    request = require_open(actor, organisation, reference)
    if not plain(words) or len(words) > LONGEST:
        raise Invalid({"words": _("Write what part the rule played, and what happens next: the person reads it")})
    cases = cases_of(actor, request)
    if not request.about or not cases:
        raise NotMatched
    with override(request.language):
        asked = gettext("They asked that a person looks at this decision again (UK GDPR Article 22C).")
    is_review = review_for_rights(actor, organisation=organisation, case=cases[0].id, text=asked)
    close(request, actor, RequestOutcome.DONE, plain(words))
    record(ABOUT, request.id, changed=["review"], is_review=is_review)


def _objection(actor: Staff, organisation: int, reference: str) -> Request:
    """The open objection, against something that may be objected to."""
    request = require_open(actor, organisation, reference)
    if not request.is_matched:
        raise NotMatched
    _require_objectable([case.basis for case in cases_of(actor, request)], request)
    return request


def _require_objectable(bases: Sequence[str], request: Request) -> None:
    if request.kind != RequestKind.OBJECTION or not any(may_object(basis) for basis in bases):
        raise CannotObject
