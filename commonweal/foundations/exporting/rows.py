"""Rows written batch by batch to a CSV and a JSON file beside each other, hashed as they are written.

Memory does not grow with the rows. Values are written as they are: open the CSV as text where a spreadsheet could take
a value for a formula.
"""

import csv
import hashlib
import io
import os
from collections.abc import Sequence
from itertools import repeat
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from pydantic_core import to_json

Row = Sequence[Any]


class RowFiles:
    """A CSV and a JSON file of the same rows, readable by their owner alone; `with` closes them.

    `odd` are the places of the columns whose values may be more than text, number or nothing. `first` are the first
    rows as text, for a reading copy.
    """

    def __init__(self, folder: Path, name: str, columns: Sequence[str], *, first_rows: int, odd: Sequence[int]) -> None:
        self.columns, self.odd, self.first_rows = tuple(columns), tuple(odd), first_rows
        self.first: list[tuple[str, ...]] = []
        self.count = 0
        self._csv, self._json = HashedFile(folder / f"{name}.csv"), HashedFile(folder / f"{name}.json")
        self._write_csv([self.columns])
        self._json.write(b"[")

    def write(self, rows: Sequence[Row]) -> None:
        """Write some rows, each with as many values as there are columns."""
        if not rows:
            return
        documents = list(map(dict, map(zip, repeat(self.columns), rows)))
        text = to_json(documents, bytes_mode="hex", inf_nan_mode="strings", fallback=str)
        self._json.write(b",\n" if self.count else b"\n", text[1:-1])
        self._write_csv([_in_csv(row, self.odd) for row in rows] if self.odd else rows)
        if len(self.first) < self.first_rows:
            self.first += [tuple(map(in_words, row)) for row in rows[: self.first_rows - len(self.first)]]
        self.count += len(rows)

    def hashes(self) -> dict[str, str]:
        """The SHA-256 of each file by its name, once they are closed."""
        return {file.path.name: file.hash() for file in (self._csv, self._json)}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._json.write(b"\n]\n")
        self._csv.close()
        self._json.close()

    def _write_csv(self, rows: Sequence[Row]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        self._csv.write(text.getvalue().encode())


class HashedFile:
    """A new file that nobody else may read; its hash is known without reading it again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._hash = hashlib.sha256()

    def write(self, *parts: bytes) -> None:
        for part in parts:
            self._file.write(part)
            self._hash.update(part)

    def close(self) -> None:
        self._file.close()

    def hash(self) -> str:
        return self._hash.hexdigest()


def hash_file(path: Path) -> str:
    """The SHA-256 of a file that was written by somebody else."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def in_words(value: Any) -> str:
    """A value as text in a table that is read."""
    return "" if value is None else str(_plain(value))


def _in_csv(row: Row, odd: Sequence[int]) -> list[Any]:
    values = list(row)
    for place in odd:
        values[place] = _plain(values[place])
    return values


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, list | dict):
        return to_json(value, fallback=str).decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
