"""Accounts are opened, signed in with and forgotten."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction

from commonweal.capabilities.identity.errors import AccountExists
from commonweal.capabilities.identity.models import Account
from commonweal.capabilities.identity.rules import first_id_of
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import Actor, Resident, System, Visitor
from commonweal.foundations.scope.scopes import PLATFORM

_MOST_FORGOTTEN = 1_000

_UNCONFIRMED = """
select id from identity_account account where id < %s and last_login is null and not is_demo
    and exists (select from account_emailaddress where user_id = account.id)
    and not exists (select from account_emailaddress where user_id = account.id and verified)
    and not exists (select from identity_membership where account_id = account.id)
    and not exists (select from identity_training where account_id = account.id)
limit %s
"""


@action()
def register_account(
    actor: System, *, email: str, password: str, is_demo: bool = False, organisation: int = PLATFORM
) -> UUID:
    """Make sure that an account exists for this address, without changing an existing one. Returns its id."""
    found = Account.objects.filter(email=email.lower()).first()
    if found is not None:
        record("identity.account", found.id, repeat=True)
        return found.id
    account = Account(email=email.lower(), is_demo=is_demo)
    account.set_password(password)
    account.save(force_insert=True)
    record("identity.account", account.id, changed=["email", "password"])
    return account.id


@action()
def open_account(actor: Visitor, *, email: str, password: str, organisation: int = PLATFORM) -> UUID:
    """Create an account for a person's address. Returns its id; raises AccountExists, touching nothing of that one."""
    account = Account(email=email.lower(), password=make_password(password))
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise AccountExists from None
    record("identity.account", account.id, changed=["email", "password"])
    return account.id


@action()
def note_sign_in(actor: Resident, *, account: UUID, organisation: int = PLATFORM) -> None:
    """Note that an account signed in, which shows which accounts nobody uses."""
    Account.objects.filter(id=account).update(last_login=now())
    record("identity.account", account, changed=["last_login"])


@action()
def forget_sign_ins(actor: System, *, before: datetime, organisation: int = PLATFORM) -> int:
    """Delete the last sign-in of accounts if it was before a moment; returns how many."""
    forgotten = Account.objects.filter(last_login__lt=before).update(last_login=None)
    record("identity.account", changed=["last_login"] if forgotten else [], forgotten=forgotten)
    return forgotten


@action()
def forget_unconfirmed(actor: System, *, before: datetime, organisation: int = PLATFORM) -> int:
    """Delete accounts created before a moment whose address nobody confirmed; returns how many.

    The moment is in their id. Those of staff stay: their roles say why they are here.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNCONFIRMED, [first_id_of(before), _MOST_FORGOTTEN])
        found = [account for (account,) in cursor.fetchall()]
    Account.objects.filter(id__in=found).delete()
    record("identity.account", changed=["email"] if found else [], forgotten=len(found))
    return len(found)


@action()
def change_password(actor: Actor, *, account: UUID, password: str, organisation: int = PLATFORM) -> None:
    """Record that an account's holder set a new password, knowing the old one or a code sent to its address."""
    Account.objects.filter(id=account).update(password=make_password(password), changed_at=now())
    record("identity.account", account, changed=["password", "changed_at"])


@action()
def note_change(actor: Resident, *, account: UUID, organisation: int = PLATFORM) -> None:
    """Record that a way of signing in to an account was just added or removed."""
    Account.objects.filter(id=account).update(changed_at=now())
    record("identity.account", account, changed=["changed_at"])
