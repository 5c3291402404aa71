"""Who somebody is at work: what those who must decide need to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.identity.errors import NotStaff
from commonweal.capabilities.identity.models import BrokenGlass, Membership
from commonweal.capabilities.identity.queries.colleagues import MembershipRow, membership_row
from commonweal.capabilities.identity.queries.training import standing_at
from commonweal.capabilities.identity.rules import GLASS_PURPOSES, Standing, purposes_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import Actor, Channel, Staff


@dataclass(frozen=True)
class AtWork:
    """A member of staff at work in an organisation: as an actor, and as colleagues know them."""

    staff: Staff
    here: MembershipRow
    is_elsewhere: bool
    """Whether they work for another organisation too."""


@query()
def staff(
    actor: Actor,
    *,
    organisation: int,
    account: UUID,
    has_second_factor: bool,
    channel: Channel = Channel.ONLINE,
    grounds: Mapping[str, str] | None = None,
) -> Staff:
    """The account as an actor in this organisation, with the gates as they stand. Raises NotStaff.

    `grounds` are those they chose in this session to use what is restricted, by the reference of its matter.
    """
    here = Membership.objects.filter(
        organisation_id=organisation, account_id=account, ended_at=None, account__is_active=True
    ).first()
    if here is None:
        raise NotStaff
    return _staff(here, has_second_factor=has_second_factor, channel=channel, grounds=grounds)


@query()
def at_work(
    actor: Actor,
    *,
    organisation: int,
    account: UUID,
    has_second_factor: bool,
    grounds: Mapping[str, str] | None = None,
) -> AtWork:
    """The same, and where else the account works. Raises NotStaff."""
    found = Membership.objects.filter(account_id=account, ended_at=None, account__is_active=True)
    rows = {row.organisation_id: row for row in found}
    if organisation not in rows:
        raise NotStaff
    here = rows[organisation]
    actor_here = _staff(here, has_second_factor=has_second_factor, grounds=grounds)
    return AtWork(actor_here, membership_row(here), is_elsewhere=len(rows) > 1)


def _staff(
    membership: Membership,
    *,
    has_second_factor: bool,
    channel: Channel = Channel.ONLINE,
    grounds: Mapping[str, str] | None = None,
) -> Staff:
    organisation, account = membership.organisation_id, membership.account_id
    standing = standing_at(account)
    glass = _glass_of(organisation, account) if standing.may_break_glass else ""
    return Staff(
        account=account,
        organisation=organisation,
        roles=frozenset(membership.roles),
        purposes=purposes_of(membership.roles) | (GLASS_PURPOSES if glass else frozenset()),
        teams=frozenset({membership.team_id} if membership.team_id else ()),
        is_trained=standing.counts or bool(glass),
        has_second_factor=has_second_factor,
        may_only_read=standing is Standing.READ_ONLY and not glass,
        glass=glass,
        grounds=frozenset((grounds or {}).items()),
        channel=channel,
    )


def _glass_of(organisation: int, account: UUID) -> str:
    """The reason for which the glass is broken now; empty when it is not."""
    broken = BrokenGlass.objects.filter(organisation_id=organisation, account_id=account, ends_at__gt=now())
    return broken.order_by("-broke_at").values_list("reason", flat=True).first() or ""
