"""What the running version expects of the schema: recorded when it lands, asked of the next one.

`python -m tests.keepers.schema` records it, from the migrated database of DATABASE_URL.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.db import connection

RECORDED = Path(__file__).resolve().parents[1] / "migrations" / "previous.json"

Column = dict[str, Any]
Schema = dict[str, dict[str, Column]]


def schema() -> Schema:
    """Tables, columns and what an insert must give, as PostgreSQL knows them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, attname, format_type(atttypid, atttypmod),"
            " attnotnull and not atthasdef and attidentity = ''"
            " from pg_class c join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped"
            " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
            " and not relispartition order by relname, attnum"
        )
        found: Schema = {}
        for table, column, kind, must_be_given in cursor.fetchall():
            found.setdefault(table, {})[column] = {"type": kind, "must_be_given": must_be_given}
    return found


def faults_between(old: Schema, new: Schema) -> Iterator[str]:
    """What the code that was written for `old` cannot do on `new`."""
    for table, columns in old.items():
        if table not in new:
            yield f"{table} is gone"
            continue
        for name, column in columns.items():
            if name not in new[table]:
                yield f"{table}.{name} is gone"
            elif new[table][name]["type"] != column["type"]:
                yield f"{table}.{name} was {column['type']} and is {new[table][name]['type']}"
            elif new[table][name]["must_be_given"] and not column["must_be_given"]:
                yield f"{table}.{name} must be given now"
        for name in new[table].keys() - columns.keys():
            if new[table][name]["must_be_given"]:
                yield f"{table}.{name} is new and must be given"


def recorded() -> Schema | None:
    """The schema of the version that landed last; None when none did."""
    if not RECORDED.exists():
        return None
    found: Schema = json.loads(RECORDED.read_text())
    return found


def record() -> None:
    """Write down the schema of this version, once it has landed: the next one is tested against it."""
    RECORDED.write_text(json.dumps(schema(), indent=1) + "\n")


if __name__ == "__main__":
    django.setup()
    record()
