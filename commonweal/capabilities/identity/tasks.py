"""Background tasks: delete ended sessions, with what an abandoned sign-in left in them, and records of signing in."""

from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.db import connection

from commonweal.capabilities.identity.actions import accounts
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import System
from commonweal.foundations.tasks.standing import standing
from commonweal.foundations.tasks.sweeping import before, sweeps

_SWEEPER = System(task="identity.sweep")


@standing(seconds=900)
def forget_ended_sessions() -> int:
    """Sessions are swept more often than other places: they are short."""
    sweep_sessions(now())
    return 0


@sweeps("session")
def sweep_sessions(moment: datetime) -> int:
    """Sessions past their time (reviewed table django_session)."""
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    deleted, _kinds = sessions.objects.filter(expire_date__lt=moment).delete()
    return int(deleted)


@sweeps("unconfirmed_accounts")
def sweep_unconfirmed_accounts(moment: datetime) -> int:
    """Sign-ins that were begun with an address that nobody confirmed."""
    return accounts.forget_unconfirmed(_SWEEPER, before=before("account.unconfirmed", moment))


@sweeps("sign_in_records")
def sweep_sign_in_records(moment: datetime) -> int:
    """When accounts last signed in, and keys that were to confirm an address."""
    oldest = before("sign_in_records", moment)
    with connection.cursor() as cursor:
        cursor.execute("delete from account_emailconfirmation where sent < %s", [oldest])
        deleted = int(cursor.rowcount)
    return deleted + accounts.forget_sign_ins(_SWEEPER, before=oldest)
