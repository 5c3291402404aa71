"""Tables that nobody wrote: drawn by chance, made in the test database, filled, and walked row by row by hand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from hypothesis import strategies as st

from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.declarations import Category, Ground, Kept, SubjectKind
from commonweal.foundations.personal_data.sealing import seal
from commonweal.foundations.personal_data.subjects.tables import Column, TableDeclaration
from commonweal.foundations.scope.scopes import current_scope

Draw = Callable[..., Any]
KEPT = Kept(Ground.LEGAL_CLAIMS, "It is kept for a claim.")
PERSON = "made.t0"
_CLASS = "people.closed"


@dataclass
class Row:
    """A row by hand: whom it is about, the record it belongs to, another it points at, and what it says."""

    id: UUID
    about: UUID | None
    through: UUID | None
    other: UUID | None
    text: str
    key: UUID | None = None
    holder: UUID | None = None


@dataclass
class Made:
    """Tables, and the rows of one organisation."""

    tables: tuple[TableDeclaration, ...]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def by_id(self) -> dict[UUID, Row]:
        return {row.id: row for rows in self.rows.values() for row in rows}

    def records(self) -> set[str]:
        """Labels of the tables that others belong to."""
        return {table.through_table for table in self.tables} - {""}

    def roots(self) -> set[str]:
        """... and that belong to none themselves: what a plain id may name."""
        return {table.label for table in self.tables if table.label in self.records() and not _ends_plain(self, table)}


def _ends_plain(made: Made, table: TableDeclaration) -> bool:
    by_label = {each.label: each for each in made.tables}
    while table.through_table:
        table = by_label[table.through_table]
    return bool(table.through)


@st.composite
def declared(draw: st.DrawFn) -> tuple[TableDeclaration, ...]:
    """The people, and up to five tables: about somebody or not, belonging somewhere or not, kept or not."""
    tables = [table(0, "self", "", is_kept=False, points_at="", is_record=False)]
    for number in range(1, draw(st.integers(2, 6))):
        earlier = [table.label for table in tables[1:]]
        whose = draw(st.sampled_from(["plain", "reference", "none"]))
        leading = [table.label for table in tables[1:] if table.kept is None or not table.through]
        ways = ["", "plain", *leading] if whose != "none" else ["plain", *leading]
        points_at = draw(st.sampled_from(["", *earlier]))
        tables.append(
            table(
                number,
                whose,
                draw(st.sampled_from(ways)),
                is_kept=whose != "none" and draw(st.integers(0, 4)) == 0,
                points_at=points_at,
                is_record=draw(st.booleans()),
            )
        )
    return tuple(tables)


def table(number: int, whose: str, through: str, *, is_kept: bool, points_at: str, is_record: bool) -> TableDeclaration:
    columns = [Column("id", format="uuid")]
    if whose in {"plain", "reference"}:
        target = PERSON if whose == "reference" else ""
        columns.append(
            Column("about", Category.IDENTIFIER, "whose", points_at=target, is_optional=is_kept or is_record)
        )
    if through:
        columns.append(
            Column(
                "through", points_at="" if through == "plain" else through, is_optional=is_kept or through == "plain"
            )
        )
    if points_at:
        columns.append(Column("other", points_at=points_at, is_optional=True))
    columns += [
        Column("note", Category.ANSWER, "to know", is_anonymised=is_kept),
        Column("secret", Category.FREE_TEXT, "to know", is_sealed=True, is_optional=True, is_anonymised=is_kept),
    ]
    return TableDeclaration(
        label=f"made.t{number}",
        table=f"made_t{number}",
        columns=tuple(columns),
        kind=None if whose == "none" else SubjectKind.PERSON,
        subject={"self": "id", "none": ""}.get(whose, "about"),
        through="through" if through else "",
        keeps=_CLASS,
        kept=KEPT if is_kept else None,
        is_record=is_record,
    )


@contextmanager
def stand(tables: tuple[TableDeclaration, ...]) -> Iterator[None]:
    """The tables, with composite references and policies, for as long as the block."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(_create(table))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"drop table {', '.join(table.table for table in tables)}")


def _create(table: TableDeclaration) -> str:
    parts = ["organisation_id bigint not null", "key_id uuid", "unique (organisation_id, id)"]
    for column in table.columns:
        kind = "bytea" if column.is_sealed else "text" if column.name == "note" else "uuid"
        parts.append(f"{column.name} {kind}{'' if column.is_optional else ' not null'}")
        if column.points_at:
            target = column.points_at.replace(".", "_")
            parts.append(f"foreign key (organisation_id, {column.name}) references {target} (organisation_id, id)")
    mine = "organisation_id = any (current_setting('commonweal.organisations')::bigint[])"
    return (
        f"create temp table {table.table} ({', '.join(parts)});"
        f"alter table {table.table} enable row level security; alter table {table.table} force row level security;"
        f"create policy {table.table}_all on {table.table} using ({mine})"
    )


def fill(draw: Draw, tables: tuple[TableDeclaration, ...], people: list[UUID]) -> Made:
    """Rows of one organisation, by chance; each says a text that no other says."""
    made = Made(tables)
    for table in tables:
        count = len(people) if table.label == PERSON else draw(st.integers(0, 4))
        rows = made.rows.setdefault(table.label, [])
        for number in range(count):
            row = _row(draw, made, table, people, number)
            if row is not None:
                _insert(table, row)
                rows.append(row)
    return made


def _row(draw: Draw, made: Made, table: TableDeclaration, people: list[UUID], number: int) -> Row | None:
    if table.label == PERSON:
        row = Row(people[number], people[number], None, None, f"person {people[number]}")
        return _keyed(made, table, row)
    names = {column.name: column for column in table.columns}
    through = other = None
    if table.through:
        choices = _parents(made, table)
        if not choices:
            return None
        through = draw(st.sampled_from(choices))
    if "other" in names:
        other = draw(st.sampled_from([None, *(row.id for row in made.rows[names["other"].points_at])]))
    about = draw(st.sampled_from(people)) if table.kind is not None else None
    return _keyed(made, table, Row(uuid4(), about, through, other, f"text {uuid4()}"))


def _parents(made: Made, table: TableDeclaration) -> list[UUID | None]:
    if table.through_table:
        return [row.id for row in made.rows[table.through_table]]
    named = [row.id for label in sorted(made.roots() & made.rows.keys()) for row in made.rows[label]]
    return [None, uuid4(), *named]


def _keyed(made: Made, table: TableDeclaration, row: Row) -> Row:
    """Under the key of the person, of the record at the end of what it belongs through, or of its own."""
    is_of_person = row.about is not None and not table.is_record
    row.holder = row.about if is_of_person else _root(made, row)
    make = keys.key_for_subject if is_of_person else keys.key_for_record
    assert row.holder is not None
    row.key = make(row.holder, _CLASS)
    return row


def _root(made: Made, row: Row) -> UUID:
    known = made.by_id()
    while row.through in known:
        row = known[row.through]
    return row.id


def _insert(table: TableDeclaration, row: Row) -> None:
    assert row.key is not None
    secret = seal(row.text, key_id=row.key, key=keys.to_seal_with(row.key), label=f"{table.label}.secret", row=row.id)
    values = {"id": row.id, "about": row.about, "through": row.through, "other": row.other, "note": row.text}
    held: dict[str, Any] = {column.name: values.get(column.name, secret) for column in table.columns}
    held |= {"organisation_id": current_scope().organisation, "key_id": row.key}
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(held))
        cursor.execute(f"insert into {table.table} ({', '.join(held)}) values ({marks})", list(held.values()))


def theirs(made: Made, subjects: set[UUID]) -> dict[str, set[UUID]]:
    """By hand: rows about them, and rows that belong to a record of theirs, by whatever many steps."""
    found: dict[str, set[UUID]] = {}
    for table in made.tables:
        reached = set().union(*found.values()) if found else set()
        records = {row.id for label in made.records() & found.keys() for row in made.rows[label]} & reached
        found[table.label] = {
            row.id for row in made.rows[table.label] if row.about in subjects or row.through in records
        }
    return found


@dataclass(frozen=True)
class Going:
    """By hand: which rows go, which kept rows are met, and which would stay though they are about who goes."""

    rows: dict[str, set[UUID]]
    met: dict[str, set[UUID]]
    staying: set[UUID]


def going(made: Made, people: set[UUID], records: set[UUID], within: set[UUID], about: set[UUID]) -> Going:
    """What an erasure has to do, row by row: the definition of `Gone`."""
    kept = {table.label for table in made.tables if table.kept is not None}
    inside = _inside(made, within)
    live = {row.id for label in made.records() - kept for row in made.rows[label]}
    gone: dict[str, set[UUID]] = {}
    met: dict[str, set[UUID]] = {}
    for table in made.tables:
        above = {row for label in made.records() & gone.keys() for row in gone[label]}
        taken = {
            row.id
            for row in made.rows[table.label]
            if row.through in above
            or (table.label in made.records() and row.id in records)
            or (row.about in people and _goes_with_person(made, table, row, inside=inside, live=live))
            or (row.about in about and row.through in inside and table.label not in kept)
        }
        (met if table.label in kept else gone)[table.label] = taken
    every = set().union(*gone.values())
    staying = {
        row.id
        for table in made.tables
        if table.label not in kept
        for row in made.rows[table.label]
        if row.about in people and row.id not in every
    }
    return Going(gone, met, staying)


def _goes_with_person(made: Made, table: TableDeclaration, row: Row, *, inside: set[UUID], live: set[UUID]) -> bool:
    kept = {each.label for each in made.tables if each.kept is not None}
    if table.label in {PERSON, *kept}:
        return True
    if not table.through:
        return table.label not in made.records()
    if (table.through_table in kept and table.label not in made.records()) or row.through in inside:
        return True
    return not table.through_table and row.through not in live - {each.id for each in made.rows[table.label]}


def _inside(made: Made, within: set[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for table in made.tables:
        if table.label in made.records():
            found |= {row.id for row in made.rows[table.label] if row.id in within or row.through in found}
    return found
