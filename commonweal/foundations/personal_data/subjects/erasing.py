"""An erasure by plan: rows, tokens and keys, set by set, in the transaction of the caller's action (Article 17).

    erase(plan, *, gone) -> tuple[Told, ...]

Files are forgotten by whoever calls, before (`files.keeping.forget_files`): `with_files` says of which records. What is
left of them here goes with its rows and keys, and its content with the next sweep.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection

from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.models import SearchToken
from commonweal.foundations.personal_data.subjects.plan import Plan, PlannedTable
from commonweal.foundations.personal_data.subjects.reaching import Gone, Values, reach_gone
from commonweal.foundations.personal_data.subjects.telling import Staying, Told, count_rows, staying, told


class StillNamed(Exception):
    """Rows that stay are about somebody who was to go: name their records, or the people as being `within` them."""

    def __init__(self, rows: tuple[Staying, ...]) -> None:
        super().__init__(", ".join(f"{one.label}: {one.rows}" for one in rows))
        self.rows = rows


def erase(plan: Plan, *, gone: Gone, is_noted: bool = True) -> tuple[Told, ...]:
    """Erase what `tally` tells, all of it or nothing; the ledger gets a line for each person and record,
    and for each row about somebody who stays.

    Rows that are kept lose what is anonymised and their references to what went; their keys stay. A restore that acts
    on a line needs no other (`is_noted`). Raises StillNamed before anything is changed.
    """
    values = reach_gone(plan, gone)
    named = staying(plan, values)
    if named:
        raise StillNamed(named)
    kept = [table for table in plan.tables if table.kept is not None]
    spared, staying_records = _keys_of(kept, values), _kept_among(kept, gone.records)
    lone = _lone_rows(plan, values)
    counts = {table.label: count_rows(table, values) for table in kept}
    for table in plan.tables:
        _empty(table, values)
    holders: set[UUID] = set()
    for table in reversed(plan.tables):
        if table.kept is None:
            counts[table.label], own = _delete(table, values)
            holders |= own
    _delete_tokens(values)
    asked = [*lone, *(record for record in gone.records if record not in staying_records), *gone.people]
    holders |= {*values["gone_all"], *asked}
    is_noted = is_noted and plan.kind is not SubjectKind.DRAFT
    _destroy_keys(holders, spared, named=list(dict.fromkeys(asked)) if is_noted else [], plan=plan)
    return told(plan, counts)


def with_files(plan: Plan, *, gone: Gone) -> tuple[UUID, ...]:
    """The records that go, of which files may be kept; each is handed to `files.keeping.forget_files`."""
    values = reach_gone(plan, gone, is_locking=False)
    return tuple(dict.fromkeys([*gone.records, *values["gone_all"], *gone.people]))


def _keys_of(kept: Iterable[PlannedTable], values: Values) -> list[UUID]:
    """The keys that seal what is kept."""
    spared: list[UUID] = []
    for table in kept:
        if table.declaration.is_sealed:
            with connection.cursor() as cursor:
                cursor.execute(f"select distinct t.key_id from {table.table} t where {table.statements.going}", values)
                spared += [key for (key,) in cursor.fetchall()]
    return spared


def _empty(table: PlannedTable, values: Values) -> None:
    """Empty the references of what stays to what goes, and what is anonymised of kept rows."""
    if not table.statements.emptied:
        return
    columns = {column.name: column for column in table.declaration.columns}
    targets = {name: columns[name].points_at for name in table.statements.emptied if columns[name].points_at}
    plain = [columns[name] for name in table.statements.emptied if name not in targets]
    owned = "organisation_id = %(organisation)s and " if table.declaration.is_owned else ""
    with connection.cursor() as cursor:
        if plain:
            # First: without its references a row is no longer known to be met.
            blank = ", ".join(f"{one.name} = {'null' if one.is_optional else _blank(one.type)}" for one in plain)
            cursor.execute(f"update {table.table} t set {blank} where {table.statements.going}", values)
        for name, target in targets.items():
            if values[f"gone_{target}"]:
                led = f"{owned}{name} = any(%(gone_{target})s)"
                cursor.execute(f"update {table.table} set {name} = null where {led}", values)


def _blank(kind: str) -> str:
    return {"string": "''", "array": "'{}'"}.get(kind, "default")


def _delete(table: PlannedTable, values: Values) -> tuple[int, set[UUID]]:
    """Delete the rows that go; returns how many, and those that held a key of their own."""
    delete = f"delete from {table.table} t where {table.statements.going}"
    with connection.cursor() as cursor:
        if not (table.declaration.is_sealed and table.declaration.is_owned):
            cursor.execute(delete, values)
            return cursor.rowcount, set()
        cursor.execute(_WITH_OWN_KEYS.format(delete=delete), values)
        rows, own = cursor.fetchone()
        return int(rows), set(own)


_WITH_OWN_KEYS = """
with gone as ({delete} returning t.id, t.key_id), named as materialized (select distinct key_id from gone)
select (select count(*) from gone), array(
    select k.holder from named join personal_data_datakey k on k.id = named.key_id
    where k.organisation_id = %(organisation)s and k.holder <> all(%(people)s)
        and k.holder in (select id from gone)
)
"""


def _delete_tokens(values: Values) -> None:
    """Whoever went is found no more."""
    rows = [*values["people"], *values["gone_all"]]
    SearchToken.objects.filter(organisation_id=values["organisation"], row__in=rows).delete()


def _lone_rows(plan: Plan, values: Values) -> list[UUID]:
    """Rows about somebody who stays, inside records that stay: the ledger names them one by one."""
    found: list[UUID] = []
    for table in plan.tables if values["lone"] else ():
        if table.statements.alone:
            with connection.cursor() as cursor:
                cursor.execute(table.statements.alone, values)
                found += [row for (row,) in cursor.fetchall()]
    return found


def _kept_among(kept: Iterable[PlannedTable], records: Collection[UUID]) -> set[UUID]:
    """Records that were named and stay: what belongs to them stays too, and so does their key."""
    found: set[UUID] = set()
    for table in kept:
        if records and table.statements.reached:
            with connection.cursor() as cursor:
                key = table.declaration.key
                cursor.execute(f"select {key} from {table.table} where {key} = any(%s)", [list(records)])
                found |= {record for (record,) in cursor.fetchall()}
    return found


def _destroy_keys(holders: set[UUID], spared: list[UUID], *, named: list[UUID], plan: Plan) -> None:
    """Records first: a restore that reads the ledger in its order meets people when nothing names them any more."""
    others = sorted(holders - set(named))
    keys.destroy_all([*others, *named], named=named, sparing=spared, plan=plan.kind.value)
