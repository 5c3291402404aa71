"""Connect to a body's database, and check that it is what the file declares."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import ObjectKind
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from commonweal.foundations.datasets.declaration import Collection, Strategy
from commonweal.foundations.datasets.errors import NotAsDeclared, NotReachable
from commonweal.foundations.datasets.loading import strategy_of
from commonweal.foundations.datasets.plan import Plan

_DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
    "mssql": "mssql+pymssql",
}


@dataclass(frozen=True)
class Source:
    """An open transaction of a database, and its tables by the name of their collection.

    `points_at` are the tables that each table's foreign keys name; known only where something is to be changed.
    """

    connection: sa.Connection
    tables: dict[str, sa.Table]
    points_at: dict[str, set[str]]


@contextmanager
def open_source(plan: Plan, url: str, *, is_for_change: bool = False) -> Iterator[Source]:
    """One transaction on the database, as of one moment; what was changed in it counts only when it ends well.

    Raises NotReachable; NotAsDeclared when a table or column is missing, or a declared erasure cannot be.
    """
    engine = _engine(url)
    try:
        with _connect(engine) as connection:
            tables = _tables(plan, connection)
            differences = tuple(_differences(plan, tables, is_for_change=is_for_change))
            if differences:
                raise NotAsDeclared(differences)
            yield Source(connection, tables, _points_at(plan, connection) if is_for_change else {})
            connection.commit()
    finally:
        engine.dispose()


def _engine(url: str) -> sa.Engine:
    scheme, colon, rest = url.partition(":")
    try:
        return sa.create_engine(f"{_DRIVERS.get(scheme, scheme)}{colon}{rest}", hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        raise NotReachable(
            "This is no address of a database we can read: postgresql, mysql, mssql or sqlite."
        ) from None


@contextmanager
def _connect(engine: sa.Engine) -> Iterator[sa.Connection]:
    try:
        connection = engine.connect()
        if engine.dialect.name in {"postgresql", "mysql", "mariadb"}:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
    except SQLAlchemyError as error:
        kind = type(error.__cause__ or error).__name__
        raise NotReachable(f"The database does not let us in ({kind}): check address, name and password.") from None
    with connection:
        yield connection


def _tables(plan: Plan, connection: sa.Connection) -> dict[str, sa.Table]:
    """The tables with the columns that the database says they have, read for all at once."""
    wanted, schema = _wanted(plan), plan.dataset.schema_name
    found = sa.inspect(connection).get_multi_columns(schema=schema, filter_names=wanted, kind=ObjectKind.ANY)
    columns = {name: each for (_schema, name), each in found.items()}
    missing = tuple(f"The database has no table {name}." for name in wanted if name not in columns)
    if missing:
        raise NotAsDeclared(missing)
    metadata = sa.MetaData()
    return {
        name: sa.Table(
            name,
            metadata,
            *(sa.Column(each["name"], each["type"], nullable=each["nullable"]) for each in columns[name]),
            schema=schema,
        )
        for name in wanted
    }


def _points_at(plan: Plan, connection: sa.Connection) -> dict[str, set[str]]:
    wanted, schema = _wanted(plan), plan.dataset.schema_name
    found = sa.inspect(connection).get_multi_foreign_keys(schema=schema, filter_names=wanted, kind=ObjectKind.ANY)
    return {name: {key["referred_table"] for key in keys} for (_schema, name), keys in found.items()}


def _wanted(plan: Plan) -> list[str]:
    return [step.collection.name for step in plan.steps]


def _differences(plan: Plan, tables: dict[str, sa.Table], *, is_for_change: bool) -> Iterator[str]:
    for step in plan.steps:
        table = tables[step.collection.name]
        for field in step.collection.fields:
            if field.name not in table.c:
                yield f"The table {table.name} has no column {field.name}."
        if is_for_change:
            yield from _impossible(step.collection, table)


def _impossible(collection: Collection, table: sa.Table) -> Iterator[str]:
    """What is declared to be erased and the table forbids."""
    if collection.is_deleted:
        return
    for field in collection.fields:
        column = table.c.get(field.name)
        if column is not None and strategy_of(field) is Strategy.NULL and not column.nullable:
            yield f"{table.name}.{field.name} is required, so it cannot be set to null: declare another strategy."
