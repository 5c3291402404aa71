"""Declared tables as values: read from the models when a process starts, made up by tests."""

from collections.abc import Iterator
from dataclasses import dataclass

from commonweal.foundations.personal_data.declarations import Category, Kept, SubjectKind


@dataclass(frozen=True)
class Column:
    """One column of a table. `points_at` is the label of the table that a foreign key names.

    `type` is its type in JSON Schema, `format` the format there; empty for none. `is_never_copied`: it is not theirs to
    have (keys, credentials, who of the staff did something).
    """

    name: str
    category: Category | None = None
    why: str = ""
    type: str = "string"
    format: str = ""
    is_sealed: bool = False
    is_from_subject: bool = False
    is_anonymised: bool = False
    is_optional: bool = False
    is_never_copied: bool = False
    points_at: str = ""


@dataclass(frozen=True)
class TableDeclaration:
    """One table: whose rows they are (`subject` of `kind`), to which record they belong, and what stays of them.

    Without a `kind` it says nothing about anybody by itself and belongs to a record. `is_record`: its sealed values are
    free, under the key of a record. `is_owned`: its rows belong to one organisation.
    """

    label: str
    table: str
    columns: tuple[Column, ...]
    kind: SubjectKind | None = None
    subject: str = ""
    through: str = ""
    keeps: str = ""
    kept: Kept | None = None
    is_record: bool = False
    is_collected: bool = True
    is_owned: bool = True
    key: str = "id"

    @property
    def is_sealed(self) -> bool:
        """Whether each row names the key of its sealed values."""
        return any(column.is_sealed for column in self.columns)

    @property
    def through_table(self) -> str:
        """The label of the table that `through` points at; empty for a plain id."""
        return next((column.points_at for column in self.columns if column.name == self.through), "")

    def references(self) -> Iterator[Column]:
        """The columns that point at other tables."""
        return (column for column in self.columns if column.points_at)

    def is_self(self, kind: SubjectKind) -> bool:
        """Whether a row is the subject itself."""
        return self.kind is kind and self.subject == self.key
