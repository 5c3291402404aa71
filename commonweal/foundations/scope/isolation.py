"""Migration operations that put a table under row-level security and tie its references to one organisation.

The application's login owns nothing and cannot bypass the policies. They read the scope's setting without a default, so
that a forgotten scope is an error, never an empty answer.
"""

from collections.abc import Mapping

from django.conf import settings
from django.db import migrations

_READABLE = "organisation_id = any (current_setting('commonweal.organisations')::bigint[])"
_WRITABLE = "organisation_id = current_setting('commonweal.organisation')::bigint"


def application_login() -> str:
    """The login that serves requests; quoted for use in SQL."""
    return '"{}"'.format(str(settings.DATABASES["default"]["USER"]).replace('"', '""'))


def isolate(
    table: str,
    *,
    references: Mapping[str, str] | None = None,
    is_append_only: bool = False,
    is_written_by_readings: bool = False,
) -> migrations.RunSQL:
    """Put `table` under row-level security by its `organisation_id`.

    `references` maps a column to the table it points at: each becomes a composite foreign key with the organisation,
    since PostgreSQL checks foreign keys without policies. An append-only table loses update and delete by
    privilege. A table written by readings (the trace) accepts rows for the organisations that may be read.
    """
    insertable = _READABLE if is_written_by_readings else _WRITABLE
    statements = [
        f"alter table {table} enable row level security",
        f"create policy {table}_read on {table} for select using ({_READABLE})",
        f"create policy {table}_insert on {table} for insert with check ({insertable})",
    ]
    if is_append_only:
        statements.append(f"revoke update, delete on {table} from {application_login()}")
    else:
        statements += [
            f"create policy {table}_update on {table} for update using ({_WRITABLE}) with check ({_WRITABLE})",
            f"create policy {table}_delete on {table} for delete using ({_WRITABLE})",
        ]
    for column, target in (references or {}).items():
        statements.append(
            f"alter table {table} add constraint {table}_{column}_same_organisation "
            f"foreign key (organisation_id, {column}) references {target} (organisation_id, id)"
        )
    return migrations.RunSQL(";\n".join(statements), migrations.RunSQL.noop)


def be_referable(table: str) -> migrations.RunSQL:
    """Give `table` the unique pair (organisation, id) that composite foreign keys point at."""
    return migrations.RunSQL(
        f"alter table {table} add constraint {table}_organisation_id_id unique (organisation_id, id)",
        f"alter table {table} drop constraint {table}_organisation_id_id",
    )
