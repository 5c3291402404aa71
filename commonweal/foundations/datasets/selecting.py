"""Which rows of each table are about the person: one condition for each table, worked out by the database."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from commonweal.foundations.datasets.errors import NoSuchIdentity
from commonweal.foundations.datasets.plan import Edge, Plan, Step

Condition = sa.ColumnElement[bool]


def conditions(plan: Plan, tables: Mapping[str, sa.Table], identities: Mapping[str, str]) -> dict[str, Condition]:
    """The condition of each table, by its name, for anyone with one of these identities. Raises NoSuchIdentity."""
    for kind in identities:
        if kind not in plan.identities:
            known = ", ".join(sorted(plan.identities))
            raise NoSuchIdentity(f"The file declares no identity {kind}. It declares: {known}.")
    found: dict[str, Condition] = {}
    for step in plan.steps:
        table = tables[step.collection.name]
        ways = [*_by_identity(step, table, identities), *_by_edges(step, tables, found)]
        found[step.collection.name] = _any_of(step, table, ways)
    return found


def _by_identity(step: Step, table: sa.Table, identities: Mapping[str, str]) -> list[Condition]:
    typed = ((table.c[column], _as_of(table.c[column], identities[kind])) for column, kind in step.identities
             if kind in identities)  # fmt: skip
    return [column == value for column, value in typed if value is not None]


def _by_edges(step: Step, tables: Mapping[str, sa.Table], found: Mapping[str, Condition]) -> list[Condition]:
    return [_along(edge, tables, found[edge.from_collection]) for edge in step.edges]


def _along(edge: Edge, tables: Mapping[str, sa.Table], condition: Condition) -> Condition:
    source = tables[edge.from_collection].alias()
    reached = sa.select(source.c[edge.from_column]).where(_moved(condition, tables[edge.from_collection], source))
    return tables[edge.collection].c[edge.column].in_(reached)


def _moved(condition: Condition, table: sa.Table, alias: sa.FromClause) -> Condition:
    """The condition said of an alias, so that a table may stand in it more than once."""
    moved: Condition = sa.sql.util.ClauseAdapter(alias).traverse(condition)
    return moved


def _any_of(step: Step, table: sa.Table, ways: list[Condition]) -> Condition:
    """Any of the ways. With one key column each way is looked up by its own index, and their keys are put together."""
    if not ways:
        return sa.false()
    if len(ways) == 1:
        return ways[0]
    keys = step.collection.keys
    if len(keys) != 1:
        return sa.or_(*ways)
    alias = table.alias()
    each = [sa.select(alias.c[keys[0].name]).where(_moved(way, table, alias)) for way in ways]
    together = sa.union(*each).subquery()
    return table.c[keys[0].name].in_(sa.select(together.c[0]))


def _as_of(column: sa.Column[Any], value: str) -> Any:
    """The identity as a value of the column; None when no value of the column can be it."""
    try:
        kind = column.type.python_type
    except NotImplementedError:
        return value
    if kind is str:
        return value
    try:
        return kind(value)
    except (TypeError, ValueError):
        return None
