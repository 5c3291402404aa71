"""Everything a database holds about a person, streamed to one CSV and one JSON a table, with a manifest (Article 15).

Memory does not grow with the rows. Values are written as they are: open the CSV as text where a spreadsheet could take
a value for a formula.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from commonweal.foundations.datasets.databases import Source, open_source
from commonweal.foundations.datasets.declaration import Collection
from commonweal.foundations.datasets.errors import DatasetRefused
from commonweal.foundations.datasets.plan import Plan
from commonweal.foundations.datasets.selecting import conditions
from commonweal.foundations.exporting.rows import HashedFile, RowFiles, hash_file

FIRST_ROWS = 20
"""Rows of each table in the reading copy."""

_AT_ONCE = 2000


@dataclass(frozen=True)
class Collected:
    """What one table gave: `first` are its first rows as text, for the reading copy."""

    collection: Collection
    columns: tuple[str, ...]
    rows: int
    first: tuple[tuple[str, ...], ...]
    files: dict[str, str]
    """The files written, with the SHA-256 of each."""


def collect(plan: Plan, *, url: str, identities: Mapping[str, str], folder: Path) -> tuple[Collected, ...]:
    """Write what the database holds about anyone with one of the identities to an empty or new folder.

    Readable by its owner alone. Raises DatasetRefused.
    """
    if folder.exists() and any(folder.iterdir()):
        raise DatasetRefused(f"{folder} is not empty: name another folder.")
    with open_source(plan, url) as source:
        found = conditions(plan, source.tables, identities)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return tuple(
            _collect(source, step.collection, found[step.collection.name], folder) for step in plan.steps
        )  # fmt: skip


def write_manifest(
    collected: tuple[Collected, ...], plan: Plan, *, at: datetime, folder: Path, others: list[str]
) -> None:
    """Write which files there are, what each holds and its hash; `others` are files beside the tables'."""
    manifest = {
        "dataset": plan.dataset.fides_key,
        "made_at": at.isoformat(),
        "collections": [
            {
                "name": one.collection.name,
                "description": one.collection.description,
                "rows": one.rows,
                "fields": {field.name: list(field.data_categories or ()) for field in one.collection.fields},
                "files": one.files,
            }
            for one in collected
        ],
        "not_searched": [
            one.name for one in plan.dataset.collections if one.name not in {each.collection.name for each in collected}
        ],
        "others": {name: hash_file(folder / name) for name in others},
    }
    file = HashedFile(folder / "manifest.json")
    file.write(json.dumps(manifest, indent=2, ensure_ascii=False).encode())
    file.close()


def _collect(source: Source, collection: Collection, condition: sa.ColumnElement[bool], folder: Path) -> Collected:
    table = source.tables[collection.name]
    columns = tuple(field.name for field in collection.fields)
    order = [table.c[key.name] for key in collection.keys]
    wanted = sa.select(*(table.c[name] for name in columns)).where(condition).order_by(*order)
    odd = [place for place, name in enumerate(columns) if not _is_written_as_it_is(table.c[name])]
    with RowFiles(folder, collection.name, columns, first_rows=FIRST_ROWS, odd=odd) as files:
        for batch in source.connection.execution_options(yield_per=_AT_ONCE).execute(wanted).partitions():
            files.write(batch)
    return Collected(collection, columns, files.count, tuple(files.first), files.hashes())


def _is_written_as_it_is(column: sa.Column[Any]) -> bool:
    try:
        return column.type.python_type in {str, int, float}
    except NotImplementedError:
        return False
