"""Accounts: who signs in, and how."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from commonweal.capabilities.identity.models import Account
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import PLATFORM


@dataclass(frozen=True)
class SignInRow:
    """The address an account signs in with, whether it was confirmed, and since when there is a second step.

    `changed_at` is when the password or a second step changed last, None when they never did.
    """

    email: str = field(repr=False)
    is_confirmed: bool
    factor_since: datetime | None
    changed_at: datetime | None


@query()
def sign_in_of(actor: Actor, *, account: UUID, organisation: int = PLATFORM) -> SignInRow:
    """How an account is signed in to, and since when; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGN_IN, [account])
        row = cursor.fetchone()
    return SignInRow(*row) if row else SignInRow("", False, None, None)


_SIGN_IN = """
select a.email, exists (select from account_emailaddress where user_id = a.id and verified),
    (select max(created_at) from mfa_authenticator where user_id = a.id and type <> 'recovery_codes'), a.changed_at
from identity_account a where a.id = %s
"""


@query()
def has_demo_accounts(actor: Actor, *, organisation: int = PLATFORM) -> bool:
    """Whether anyone may sign in whose password everybody knows: then this database is a demonstration's."""
    return Account.objects.filter(is_demo=True).exists()


@query()
def account_with_email(actor: Actor, *, email: str, organisation: int = PLATFORM) -> UUID | None:
    """The account that signs in with this address: for the demo and for administration, never an identity check."""
    return Account.objects.filter(email=email.lower()).values_list("id", flat=True).first()


@query()
def address_of(actor: Actor, *, organisation: int, account: UUID) -> str:
    """The address an account signs in with, to write to somebody of whom no body has a record."""
    return Account.objects.values_list("email", flat=True).get(id=account)
