"""Erasing a person from a database: set by set, in one transaction, all of it or nothing (Article 17).

The keys of the rows are laid down first, since erasing one table takes away what leads to another; then rows are
masked or deleted, those that point at others first.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from commonweal.foundations.datasets.databases import Source, open_source
from commonweal.foundations.datasets.declaration import Collection, DatasetField, Strategy
from commonweal.foundations.datasets.loading import strategy_of
from commonweal.foundations.datasets.masking import Mask, constants, masks
from commonweal.foundations.datasets.plan import Plan
from commonweal.foundations.datasets.selecting import conditions

_AT_ONCE = 5000


@dataclass(frozen=True)
class Erased:
    """What happened (or would) to one table: rows, whether they go as a whole, and the strategy of each column."""

    collection: str
    rows: int
    is_deleted: bool
    masked: dict[str, Strategy]
    kept: tuple[str, ...]


def erase(plan: Plan, *, url: str, identities: Mapping[str, str], is_dry_run: bool) -> tuple[Erased, ...]:
    """Erase anyone with one of the identities; a dry run counts and changes nothing. Raises DatasetRefused."""
    with open_source(plan, url, is_for_change=True) as source:
        found = conditions(plan, source.tables, identities)
        if is_dry_run:
            return tuple(_told(one, _count(source, one, found[one.name])) for one in _collections(plan))
        laid_down = {one.name: _lay_down(source, one, found[one.name]) for one in _collections(plan) if _changes(one)}
        return tuple(_told(one, _erase(source, one, laid_down.get(one.name))) for one in _in_order(plan, source))


def _collections(plan: Plan) -> list[Collection]:
    return [step.collection for step in plan.steps]


def _in_order(plan: Plan, source: Source) -> list[Collection]:
    """Tables that point at others before those; then as declared by `erase_after`."""
    left, done = list(reversed(_collections(plan))), list[Collection]()
    while left:
        free = [one for one in left if not _waits(one, left, source.points_at)]
        following = (free or left)[0]
        done.append(following)
        left.remove(following)
    return done


def _waits(collection: Collection, left: list[Collection], points_at: Mapping[str, set[str]]) -> bool:
    others = [one.name for one in left if one is not collection]
    named = {name.rsplit(".", 1)[-1] for name in collection.meta.erase_after}
    return any(collection.name in points_at.get(name, set()) or name in named for name in others)


def _changes(collection: Collection) -> bool:
    return collection.is_deleted or any(_masked(collection.fields))


def _masked(fields: tuple[DatasetField, ...]) -> Iterator[tuple[str, Strategy]]:
    for field in fields:
        strategy = strategy_of(field)
        if strategy not in {None, Strategy.KEEP}:
            yield field.name, strategy


def _told(collection: Collection, rows: int) -> Erased:
    masked = {} if collection.is_deleted else dict(_masked(collection.fields))
    kept = () if collection.is_deleted else tuple(one.name for one in collection.fields if one.name not in masked)
    return Erased(collection.name, rows, collection.is_deleted, masked, kept)


def _count(source: Source, collection: Collection, condition: sa.ColumnElement[bool]) -> int:
    table = source.tables[collection.name]
    return source.connection.execute(sa.select(sa.func.count()).select_from(table).where(condition)).scalar_one()


def _lay_down(source: Source, collection: Collection, condition: sa.ColumnElement[bool]) -> sa.Table:
    """The keys of the rows, in a table of this transaction."""
    table, dialect = source.tables[collection.name], source.connection.dialect.name
    names = [key.name for key in collection.keys]
    name = f"{'#' if dialect == 'mssql' else ''}cw_{secrets.token_hex(6)}"
    columns = [sa.Column(each, table.c[each].type) for each in names]
    held = sa.Table(name, sa.MetaData(), *columns, prefixes=[] if dialect == "mssql" else ["TEMPORARY"])
    held.create(source.connection)
    wanted = sa.select(*(table.c[each] for each in names)).where(condition)
    source.connection.execute(held.insert().from_select(names, wanted))
    return held


def _erase(source: Source, collection: Collection, held: sa.Table | None) -> int:
    if held is None:
        return 0
    table = source.tables[collection.name]
    among = _among(table, held)
    if collection.is_deleted:
        rows = source.connection.execute(table.delete().where(among)).rowcount
    else:
        rows = _mask(source, collection, table, among)
    held.drop(source.connection)
    return rows


def _among(table: sa.Table, held: sa.Table) -> sa.ColumnElement[bool]:
    names = [column.name for column in held.columns]
    if len(names) == 1:
        return table.c[names[0]].in_(sa.select(held.c[names[0]]))
    return sa.exists().where(*(table.c[name] == held.c[name] for name in names))


def _mask(source: Source, collection: Collection, table: sa.Table, among: sa.ColumnElement[bool]) -> int:
    longest = {column.name: getattr(column.type, "length", None) for column in table.columns}
    by_row = masks(collection.fields, longest, secrets.token_bytes(32))
    if by_row:
        _mask_by_row(source, collection, table, among, by_row)
    same = constants(collection.fields)
    if same:
        return source.connection.execute(table.update().where(among).values(same)).rowcount
    return source.connection.execute(sa.select(sa.func.count()).select_from(table).where(among)).scalar_one()


def _mask_by_row(
    source: Source, collection: Collection, table: sa.Table, among: sa.ColumnElement[bool], by_row: Mapping[str, Mask]
) -> None:
    keys = [key.name for key in collection.keys]
    wanted = sa.select(*(table.c[name] for name in (*keys, *by_row))).where(among)
    rows = [tuple(row) for row in source.connection.execute(wanted)]
    change = table.update().where(*(table.c[name] == sa.bindparam(f"key_{name}") for name in keys))
    change = change.values({name: sa.bindparam(f"to_{name}") for name in by_row})
    for start in range(0, len(rows), _AT_ONCE):
        source.connection.execute(change, [_change(row, keys, by_row) for row in rows[start : start + _AT_ONCE]])


def _change(row: tuple[Any, ...], keys: list[str], by_row: Mapping[str, Mask]) -> dict[str, Any]:
    found = {f"key_{name}": value for name, value in zip(keys, row, strict=False)}
    masked = zip(by_row.items(), row[len(keys) :], strict=True)
    return found | {f"to_{name}": mask(value) for (name, mask), value in masked}
