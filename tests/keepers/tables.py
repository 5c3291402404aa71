"""The tables as PostgreSQL knows them: read from its catalogue, never from the models."""

from dataclasses import dataclass
from typing import Any

from django.db import connections

PLATFORM_TABLES: dict[str, str] = {
    "organisations_organisation": "the register of public bodies: public data",
    "organisations_holiday": "bank holidays of the nations: public data, the same for every body",
    "identity_account": "sign-ins are shared by all bodies; read by id or by the address typed",
    "identity_membership": "who works where must be known before a scope can be opened",
    "identity_training": "belongs to the person, not to one body",
    "events_outgoing": "the outbox: ids and codes only, delivered for all bodies by one dispatcher",
    "events_handled": "marks of the dispatcher",
    "personal_data_retiredkey": "names and dates of key-encryption keys, of all bodies; written by the owner alone",
    "personal_data_installation": "which installation this is and where it lies; written by the owner alone",
}
"""Our tables without policies, each reviewed. None may hold a sealed column or anything of a case."""


@dataclass(frozen=True)
class Policy:
    """One policy of row-level security, with its expressions as PostgreSQL prints them."""

    command: str
    using: str
    checking: str


@dataclass(frozen=True)
class Table:
    """A table, partition, view or materialised view of the schema."""

    name: str
    kind: str
    is_isolated: bool
    policies: tuple[Policy, ...]
    columns: tuple[str, ...]
    is_partition: bool = False


@dataclass(frozen=True)
class Reference:
    """A foreign key as PostgreSQL holds it: columns of `table` point at columns of `target`."""

    name: str
    table: str
    target: str
    columns: tuple[str, ...]
    target_columns: tuple[str, ...]


def tables(using: str = "default") -> list[Table]:
    """Everything in the schema that holds or shows rows."""
    policies: dict[str, list[Policy]] = {}
    for name, command, condition, checking in _rows(
        "select tablename, cmd, coalesce(qual, ''), coalesce(with_check, '') from pg_policies"
        " where schemaname = 'public' order by tablename, cmd",
        using,
    ):
        policies.setdefault(name, []).append(Policy(command, condition, checking))
    return [
        Table(name, kind, is_isolated, tuple(policies.get(name, ())), tuple(columns), is_partition)
        for name, kind, is_isolated, columns, is_partition in _rows(
            "select relname, relkind::text, relrowsecurity, array(select attname::text from pg_attribute"
            " where attrelid = c.oid and attnum > 0 and not attisdropped order by attnum), relispartition"
            " from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')"
            " order by relname",
            using,
        )
    ]


def references() -> list[Reference]:
    """Every foreign key in the schema."""
    names = (
        "array(select attname::text from unnest({0}) with ordinality k(n, i)"
        " join pg_attribute on attrelid = {1} and attnum = n order by i)"
    )
    return [
        Reference(name, table, target, tuple(columns), tuple(target_columns))
        for name, table, target, columns, target_columns in _rows(
            "select conname, conrelid::regclass::text, confrelid::regclass::text,"
            f" {names.format('conkey', 'conrelid')}, {names.format('confkey', 'confrelid')}"
            " from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conname"
        )
    ]


def unique_columns() -> list[tuple[str, str, tuple[str, ...]]]:
    """Each unique index but primary keys: its table, its name and its columns."""
    return [
        (table, name, tuple(columns))
        for table, name, columns in _rows(
            "select indrelid::regclass::text, indexrelid::regclass::text, array(select coalesce(attname, '')::text"
            " from unnest(indkey::smallint[]) with ordinality k(n, i) left join pg_attribute"
            " on attrelid = indrelid and attnum = n and n > 0 order by i)"
            " from pg_index join pg_class c on c.oid = indrelid"
            " where indisunique and not indisprimary and relnamespace = 'public'::regnamespace order by 1, 2"
        )
    ]


def index_columns() -> list[tuple[str, tuple[str, ...]]]:
    """Each index that covers all rows of its table: the table, and its columns in their order."""
    return [
        (table, tuple(columns))
        for table, columns in _rows(
            "select indrelid::regclass::text, array(select coalesce(attname, '')::text"
            " from unnest(indkey::smallint[]) with ordinality k(n, i) left join pg_attribute"
            " on attrelid = indrelid and attnum = n and n > 0 order by i)"
            " from pg_index join pg_class c on c.oid = indrelid"
            " where indpred is null and relnamespace = 'public'::regnamespace order by 1"
        )
    ]


def _rows(sql: str, using: str = "default") -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
