"""What an officer looks at before a copy leaves: texts that may speak of others, and rows that are about them.

    texts(plan, *, subjects) -> Iterator[Text]
    others(plan, *, subjects) -> Iterator[Other]

Both run in the current reading; `texts` opens.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from commonweal.foundations.personal_data.models import KeyScope
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.subjects.plan import Plan, PlannedTable
from commonweal.foundations.personal_data.subjects.reaching import reach
from commonweal.foundations.personal_data.subjects.streaming import batches


@dataclass(frozen=True)
class Text:
    """One value that is sealed under a record's key. `subject` is whom its row is directly about.

    `through` is its record.
    """

    label: str
    row: UUID
    field: str
    subject: UUID
    through: UUID | None
    text: str


@dataclass(frozen=True)
class Other:
    """A row of the subjects' records that is directly about somebody else."""

    label: str
    row: UUID
    subject: UUID


_UNDER_RECORD = (
    "join personal_data_datakey k on k.organisation_id = t.organisation_id and k.id = t.key_id"
    f" and k.scope = '{KeyScope.RECORD.value}'"
)


def texts(plan: Plan, *, subjects: Collection[UUID]) -> Iterator[Text]:
    """Every value of the subjects and of their records that is sealed under a record's key, opened.

    What was forgotten is left out.
    """
    values = reach(plan, subjects)
    for table in plan.tables:
        free = [column for column in table.columns if column.is_free and column.is_copied]
        if not free:
            continue
        through = [column for column in table.columns if column.name == table.declaration.through]
        wanted = [*free, *through]
        for batch in batches(table, wanted, table.statements.rows, values, beside=_UNDER_RECORD):
            for place, column in enumerate(free):
                held = [row for row in batch if row[place] is not None]
                opened = current_reading().open_column(
                    [row[place] for row in held],
                    label=f"{table.label}.{column.name}",
                    rows=[row[-2] for row in held],
                    subjects=[row[-1] for row in held],
                )
                for row, text in zip(held, opened, strict=True):
                    record = row[len(free)] if through else None
                    yield Text(table.label, row[-2], column.name, row[-1], record, text or "")


def others(plan: Plan, *, subjects: Collection[UUID]) -> Iterator[Other]:
    """Rows of the subjects' records that are directly about somebody else: the caller decides about each."""
    values = reach(plan, subjects)
    for table in plan.tables:
        statement = _others(table)
        if statement:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                yield from (Other(table.label, row, subject) for row, subject in cursor.fetchall())


def _others(table: PlannedTable) -> str:
    declared, of_record = table.declaration, table.statements.of_record
    if not (table.is_own and table.is_collected and of_record):
        return ""
    return (
        f"select t.{declared.key}, t.{declared.subject} from {table.table} t where {of_record}"
        f" and t.{declared.subject} <> all(%(subjects)s) order by t.{declared.key}"
    )
