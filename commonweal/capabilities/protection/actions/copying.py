"""Ask for a copy of what one told: it is ready at once, or a person checks it first, and nothing reveals why."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from uuid6 import uuid7

from commonweal.capabilities.identity.queries import accounts
from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.messages.actions import Words
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.protection.actions.requests import make_request
from commonweal.capabilities.protection.models import Copy, Request, RequestKind, Withholding
from commonweal.capabilities.protection.queries.information import Held, all_held
from commonweal.capabilities.protection.rules.at_once import Asking, SignIn, may_go_at_once
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Forbidden
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Resident

_ABOUT = "protection.copy"


@dataclass(frozen=True)
class CopyAsked:
    """The copy that can be fetched now; or None, and the reference of the request under which it is checked."""

    copy: UUID | None
    reference: str


@dataclass(frozen=True)
class Opened:
    """What the decision rests on, and every address that is told of a copy."""

    asking: Asking
    addresses: tuple[str, ...] = field(repr=False)


def _load(actor: Resident, *, organisation: int, **_arguments: object) -> Opened:
    """Everything is looked up for everybody, so that neither time nor statements tell which condition failed."""
    if actor.account is None:
        raise Forbidden
    held = all_held(actor, organisation)
    sign_in = accounts.sign_in_of(actor, organisation=organisation, account=actor.account)
    changes = [sign_in.changed_at, *(each.tied_at for each in held.records)]
    copies = Copy.objects.filter(organisation_id=organisation, account_id=actor.account, made_on=today())
    asking = Asking(
        is_confirmed=sign_in.is_confirmed,
        needs_factor=any(case.submission.service.lawfulness.special for case in held.cases if case.told),
        factor_since=sign_in.factor_since,
        changed_at=max((each for each in changes if each), default=None),
        is_marked=_is_marked(organisation, held),
        has_copy=copies.exists(),
    )
    told = [each.told["email"] for each in held.records if each.told.get("email")]
    return Opened(asking, tuple({address.casefold(): address for address in [*told, sign_in.email]}.values()))


@action(opens=OWN_INFORMATION, loads=_load)
def ask_for_copy(
    actor: Resident,
    *,
    organisation: int,
    password_at: datetime | None,
    factor_at: datetime | None,
    opened: Opened | None = None,
) -> CopyAsked:
    """Ask for a copy of what a signed-in person told about themselves.

    `password_at` and `factor_at` are when this session was given them; None where it was not.

    Where every condition holds it can be fetched at once, and every address of theirs is told that it was. Else it is a
    request for access like any other, the one that is open already if there is one.
    """
    if opened is None or actor.account is None:
        raise Forbidden
    may_go = may_go_at_once(opened.asking, SignIn(password_at, factor_at), now())
    copy = _make_copy(organisation, actor.account) if may_go else None
    if copy is None:
        reference = _request(actor, organisation, actor.account)
        record(_ABOUT, changed=["request"], account=actor.account)
        return CopyAsked(None, reference)
    _tell(actor, organisation, actor.account, copy, opened.addresses)
    record(_ABOUT, copy, changed=["made_at"], account=actor.account)
    return CopyAsked(copy, "")


def _make_copy(organisation: int, account: UUID) -> UUID | None:
    """The copy of today; None when another press of the button was first."""
    copy = Copy(id=uuid7(), organisation_id=organisation, account_id=account, made_on=today(), made_at=now())
    try:
        with transaction.atomic():
            copy.save(force_insert=True)
    except IntegrityError:
        return None
    return copy.id


def _request(actor: Resident, organisation: int, account: UUID) -> str:
    """The reference of their open request for everything, made if there is none."""
    open_already = Request.objects.filter(
        organisation_id=organisation, account_id=account, kind=RequestKind.ACCESS, about="", closed_at=None
    )
    found = open_already.order_by("recorded_at").values_list("reference", flat=True).first()
    if found is not None:
        return found
    return make_request(actor, organisation=organisation, kind=RequestKind.ACCESS).reference


def _is_marked(organisation: int, held: Held) -> bool:
    """Whether a person looks first: staff added somebody to a case, or something is withheld and nobody has looked."""
    standing = Withholding.objects.filter(
        organisation_id=organisation, person_id__in=held.people, lifted_at=None, review_on__gt=today()
    ).exclude(exemption="")
    is_withheld = standing.filter(may_download=False).exists()
    return is_withheld or any(case.own.has_added_party for case in held.cases)


def _tell(actor: Resident, organisation: int, account: UUID, copy: UUID, addresses: tuple[str, ...]) -> None:
    """No word of what is in it: whoever did not ask for it must learn of it, and nobody else anything."""
    body = organisations.organisation(actor, organisation=organisation)
    words = {"organisation": body.name, "link": f"{settings.ADDRESS}/{body.slug}/your/information/"}
    subject = gettext("A copy of your information was made") % words
    text = gettext(
        "Hello,\n\nSomeone signed in to your account has just made a copy of what you told %(organisation)s. If it "
        "was you, you do not need to do anything.\n\nIf it was not you, set a new password at once and tell "
        "us:\n%(link)s\n\n%(organisation)s"
    )
    for address in addresses:
        messages.write_to_address(
            actor,
            organisation=organisation,
            subject_id=account,
            matter=Matter("copy", copy),
            email=address,
            template="copy_made",
            words=Words(subject, text % words),
        )
