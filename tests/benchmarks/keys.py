"""A rotation of the key-encryption key, beside the same rows updated in the same batches without any cryptography."""

from uuid import UUID, uuid4

from django.db import connections, transaction

from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import keys as data_keys
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.models import DataKey
from commonweal.foundations.personal_data.rotation import AT_ONCE, START, Place
from commonweal.foundations.personal_data.wrapping import Keyring
from commonweal.foundations.scope.actors import System
from commonweal.foundations.tasks.keys import ROTATOR, wrap_anew
from tests.benchmarks import floors
from tests.benchmarks.figures import Figure, in_turns

_KEYS = 20_000
_N = 5
_BODY = 900_001
"""An organisation that has these keys and nothing else."""


@action()
def make_keys(actor: System, *, organisation: int) -> None:
    """As many keys as are rotated in each turn."""
    for _number in range(_KEYS):
        data_keys.key_for_subject(uuid4(), "people.closed")
    record("benchmarks.key")


class Turns:
    """Each turn wraps every key by the other of two key-encryption keys."""

    def __init__(self) -> None:
        first = keyring().held()
        second = first.with_new_key(now())
        self._rings = [second, Keyring(first.current, second.keys)]

    def rotate(self) -> None:
        after: Place | None = START
        while after is not None:
            after = wrap_anew(ROTATOR, organisation=_BODY, ring=self._rings[0], after=after).last
        self._rings.reverse()


class BareTurns:
    """The same rows of a bare copy of the table, read, locked and updated in the same batches, by the owner."""

    def __init__(self) -> None:
        self._table = floors.bare_copy(DataKey)._meta.db_table
        self._names = ["bench", "other"]
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                f"insert into {self._table} select * from personal_data_datakey where organisation_id = {_BODY}"
            )

    def update(self) -> None:
        after: tuple[UUID, str, str] | None = START
        while after is not None:
            after = self._update_some(after)
        self._names.reverse()

    def _update_some(self, after: tuple[UUID, str, str]) -> tuple[UUID, str, str] | None:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(
                f"select id, wrapped, holder, scope, retention_class from {self._table} where organisation_id = %s"
                " and (holder, scope, retention_class) > (%s, %s, %s)"
                " order by holder, scope, retention_class limit %s for update skip locked",
                [_BODY, *after, AT_ONCE],
            )
            rows = cursor.fetchall()
            cursor.execute(
                f"update {self._table} as key set wrapped = anew.wrapped, wrapped_by = %s"
                " from unnest(%s::uuid[], %s::bytea[]) as anew(id, wrapped)"
                " where key.organisation_id = %s and key.id = anew.id",
                [self._names[1], [row[0] for row in rows], [row[1] for row in rows], _BODY],
            )
        return (rows[-1][2], rows[-1][3], rows[-1][4]) if len(rows) == AT_ONCE else None


def figures() -> list[Figure]:
    """Keys wrapped anew a second."""
    make_keys(System(task="benchmarks.fill"), organisation=_BODY)
    ours, theirs = in_turns([Turns().rotate, BareTurns().update], _N)
    return [Figure("keys.rotate.per_second", _KEYS / ours, "1/s", _KEYS / theirs, theirs / ours, _N)]
