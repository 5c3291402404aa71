"""Everything a database holds about a person, streamed to one CSV and one JSON a table, with a manifest (Article 15).

Memory does not grow with the rows. Values are written as they are: open the CSV as text where a spreadsheet could take
a value for a formula.
"""

import csv
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

import sqlalchemy as sa
from pydantic_core import to_json

from commonweal.foundations.datasets.databases import Source, open_source
from commonweal.foundations.datasets.declaration import Collection
from commonweal.foundations.datasets.errors import DatasetRefused
from commonweal.foundations.datasets.plan import Plan
from commonweal.foundations.datasets.selecting import conditions

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
    """Write what the database holds about whoever has any of the identities into an empty or new folder.

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
        "others": {name: _hash(folder / name) for name in others},
    }
    with _new_file(folder / "manifest.json") as file:
        json.dump(manifest, file, indent=2, ensure_ascii=False)


def _collect(source: Source, collection: Collection, condition: sa.ColumnElement[bool], folder: Path) -> Collected:
    table = source.tables[collection.name]
    columns = tuple(field.name for field in collection.fields)
    order = [table.c[key.name] for key in collection.keys]
    wanted = sa.select(*(table.c[name] for name in columns)).where(condition).order_by(*order)
    odd = [place for place, name in enumerate(columns) if not _is_written_as_it_is(table.c[name])]
    paths = {kind: folder / f"{collection.name}.{kind}" for kind in ("csv", "json")}
    first: list[tuple[str, ...]] = []
    count = 0
    with ExitStack() as files:
        in_csv, in_json = (files.enter_context(_new_file(path)) for path in paths.values())
        rows = csv.writer(in_csv)
        rows.writerow(columns)
        in_json.write("[")
        for batch in source.connection.execution_options(yield_per=_AT_ONCE).execute(wanted).partitions():
            rows.writerows(_in_csv(row, odd) for row in batch) if odd else rows.writerows(batch)
            in_json.write(f"{',' if count else ''}\n{_in_json(columns, batch)}")
            first += [tuple(map(_in_words, row)) for row in batch[: FIRST_ROWS - len(first)]]
            count += len(batch)
        in_json.write("\n]\n")
    return Collected(collection, columns, count, tuple(first), {path.name: _hash(path) for path in paths.values()})


def _in_json(columns: tuple[str, ...], batch: Sequence[sa.Row[Any]]) -> str:
    """The rows as the inside of a list."""
    rows = [dict(zip(columns, row, strict=True)) for row in batch]
    return to_json(rows, bytes_mode="hex", inf_nan_mode="strings", fallback=str)[1:-1].decode()


def _is_written_as_it_is(column: sa.Column[Any]) -> bool:
    try:
        return column.type.python_type in {str, int, float}
    except NotImplementedError:
        return False


def _in_csv(row: sa.Row[Any], odd: list[int]) -> list[Any]:
    values: list[Any] = list(row)
    for place in odd:
        values[place] = _plain(values[place])
    return values


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _in_words(value: Any) -> str:
    return "" if value is None else str(_plain(value))


def _new_file(path: Path) -> TextIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
