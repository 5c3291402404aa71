"""A copy of what is held about somebody, table by table, as CSV and JSON (UK GDPR Articles 15 and 20).

    collect(plan, *, subjects, folder, treatment=ALL, first_rows=20) -> tuple[Collected, ...]

It runs in the current reading, which is charged once for each person and field that was opened. What a destroyed key
sealed stands there as `erased`. Beside the tables lies `schema.json`, a JSON Schema of each. A table without rows has
no file.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from commonweal.foundations.exporting.rows import HashedFile, RowFiles
from commonweal.foundations.personal_data.declarations import VOCABULARY, Category
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.subjects.plan import Outcome, Plan, PlannedColumn, PlannedTable
from commonweal.foundations.personal_data.subjects.reaching import Values, reach
from commonweal.foundations.personal_data.subjects.streaming import batches

SCHEMA = "schema.json"
FIRST_ROWS = 20
"""Rows of each table in the reading copy."""

_ODD = {"array", "boolean", ""}
"""Types of JSON Schema whose values a CSV takes as text that is made of them."""


@dataclass(frozen=True)
class Worded:
    """Columns that stand beside those of a table and say what its codes mean to people.

    `columns` are their names, each with why it stands there; `of` makes their values from a row by its columns, as they
    are written. It reads the columns of `reads`: a copy without one of them has no words. `instead_of` are the columns
    that they say: a reading copy leaves these out.
    """

    columns: Mapping[str, str]
    of: Callable[[Mapping[str, Any]], Sequence[str]]
    instead_of: frozenset[str]
    reads: frozenset[str]


@dataclass(frozen=True)
class Treatment:
    """What is done to a copy before it leaves: rows left out, values put in the place of others, columns chosen.

    `withheld` holds (label, row), `replaced` the new text by (label, row, name of the column). `only` answers for the
    label of a table and one of its columns whether it stands in the copy; a table of which nothing does is left out.
    `worded` are the words beside the codes of a table, by its label.
    """

    withheld: frozenset[tuple[str, UUID]] = frozenset()
    replaced: Mapping[tuple[str, UUID, str], str] = field(default_factory=dict)
    only: Callable[[str, PlannedColumn], bool] | None = None
    worded: Mapping[str, Worded] = field(default_factory=dict)


ALL = Treatment()


@dataclass(frozen=True)
class Collected:
    """What one table gave: `first` are its first rows as text, `files` the SHA-256 of each file by its name.

    `coded` are the columns that others of it say in words.
    """

    table: PlannedTable
    columns: tuple[PlannedColumn, ...]
    rows: int
    first: tuple[tuple[str, ...], ...]
    files: dict[str, str]
    coded: frozenset[str] = frozenset()


def collect(
    plan: Plan, *, subjects: Collection[UUID], folder: Path, treatment: Treatment = ALL, first_rows: int = FIRST_ROWS
) -> tuple[Collected, ...]:
    """Write the rows of these subjects and of their records into an empty or new folder, for its owner alone.

    Rows of their records that are directly about somebody else are written too: `treatment` says what is withheld.
    Returns every table that was searched. Raises FileExistsError.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    values = reach(plan, subjects)
    collected = tuple(
        _collect(table, columns, values, treatment, folder=folder, first_rows=first_rows)
        for table in plan.tables
        if table.is_collected and (columns := _chosen(table, treatment))
    )
    _write_schema(plan, collected, folder)
    return collected


def _chosen(table: PlannedTable, treatment: Treatment) -> tuple[PlannedColumn, ...]:
    only = treatment.only
    return tuple(column for column in table.columns if column.is_copied and (only is None or only(table.label, column)))


def _collect(
    table: PlannedTable,
    columns: tuple[PlannedColumn, ...],
    values: Values,
    treatment: Treatment,
    *,
    folder: Path,
    first_rows: int,
) -> Collected:
    worded = treatment.worded.get(table.label)
    if worded and not worded.reads <= {column.name for column in columns}:
        worded = None
    found = _rows(table, columns, values, treatment, worded)
    first = next(found, None)
    if first is None:
        return Collected(table, columns, 0, (), {})
    if worded:
        columns = (*columns, *_beside(table, worded))
    names = [column.name for column in columns]
    odd = [place for place, column in enumerate(columns) if column.type in _ODD and not column.is_sealed]
    with RowFiles(folder, table.label, names, first_rows=first_rows, odd=odd) as files:
        files.write(first)
        for batch in found:
            files.write(batch)
    coded = worded.instead_of if worded else frozenset()
    return Collected(table, columns, files.count, tuple(files.first), files.hashes(), coded)


def _beside(table: PlannedTable, worded: Worded) -> Iterator[PlannedColumn]:
    """The columns of words, declared as answers in plain text."""
    for name, why in worded.columns.items():
        yield PlannedColumn(
            name=name,
            category=Category.ANSWER,
            why=why,
            keeps=table.declaration.keeps,
            type="string",
            format="",
            is_sealed=False,
            is_free=False,
            is_from_subject=False,
            is_copied=True,
            outcome=Outcome.ERASE,
        )


def _rows(
    table: PlannedTable,
    columns: tuple[PlannedColumn, ...],
    values: Values,
    treatment: Treatment,
    worded: Worded | None,
) -> Iterator[Sequence[Sequence[Any]]]:
    """Rows as they are written, with sealed values opened, batch by batch; never an empty batch."""
    withheld = {str(row) for label, row in treatment.withheld if label == table.label}
    replaced = {
        (str(row), name): text for (label, row, name), text in treatment.replaced.items() if label == table.label
    }
    names = [column.name for column in columns]
    ways = [(place, way) for place, column in enumerate(columns) if (way := _way_of(column, table)) is not None]
    for found in batches(table, columns, table.statements.rows, values, is_written=True):
        batch = [row for row in found if str(row[-2]) not in withheld] if withheld else found
        opened = [(place, way(batch, place)) for place, way in ways]
        rows = [list(row[:-2]) for row in batch]
        for place, texts in opened:
            for row, text in zip(rows, texts, strict=True):
                row[place] = text
        if replaced:
            _replace(batch, rows, columns, replaced)
        if worded:
            rows = [[*row, *worded.of(dict(zip(names, row, strict=True)))] for row in rows]
        if rows:
            yield rows


def _way_of(column: PlannedColumn, table: PlannedTable) -> Callable[[Sequence[Any], int], Iterable[Any]] | None:
    """How the values of a column become what is written; None for those that are written as they come."""
    if column.is_sealed:
        return lambda batch, place: _open(batch, place, f"{table.label}.{column.name}")
    if column.format == "date-time":
        return lambda batch, place: (_moment(row[place]) for row in batch)
    if not column.type:
        return lambda batch, place: (_parsed(row[place]) for row in batch)
    return None


def _open(batch: Sequence[Any], place: int, label: str) -> list[str | None]:
    return current_reading().open_column(
        [row[place] for row in batch],
        label=label,
        rows=[row[-2] for row in batch],
        subjects=[row[-1] for row in batch],
    )


def _moment(text: Any) -> Any:
    """A moment as RFC 3339 has it; PostgreSQL leaves out the minutes of an offset without any."""
    if text is None or not isinstance(text, str):
        return text
    return f"{text[:10]}T{text[11:]}:00" if text[-3] in "+-" else f"{text[:10]}T{text[11:]}"


def _parsed(document: Any) -> Any:
    return json.loads(document) if isinstance(document, str) else document


def _replace(
    batch: Sequence[Any],
    rows: list[list[Any]],
    columns: tuple[PlannedColumn, ...],
    replaced: Mapping[tuple[str, str], str],
) -> None:
    for place, column in enumerate(columns):
        for row, written in zip(batch, rows, strict=True):
            if (str(row[-2]), column.name) in replaced:
                written[place] = replaced[str(row[-2]), column.name]


def _write_schema(plan: Plan, collected: tuple[Collected, ...], folder: Path) -> None:
    """What each field is: its type, its category in our words and in published ones, and why it is held."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"plan {plan.version}",
        "$defs": {
            one.table.label: {
                "type": "array",
                "items": {"type": "object", "properties": {each.name: _schema_of(each) for each in one.columns}},
            }
            for one in collected
            if one.rows
        },
    }
    file = HashedFile(folder / SCHEMA)
    file.write(to_json(schema, indent=1))
    file.close()


def _schema_of(column: PlannedColumn) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": [column.type, "null"]} if column.type else {}
    if column.format:
        kind["format"] = column.format
    if column.category is not None:
        dpv, fides = VOCABULARY[column.category]
        kind |= {"description": column.why, "category": column.category.value, "dpv": dpv, "fides": fides}
    return kind
