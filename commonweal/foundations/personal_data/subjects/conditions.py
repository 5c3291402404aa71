"""The statements of one table in a plan, as texts with named values.

Values: `organisation`; `subjects` and, of each record table n, `of_n` (the ids of their records), `of_all`; for an
erasure `people`, `about`, `records`, `everywhere`, `gone_n`, `gone_all`, `within_n` and `within_all`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.subjects.tables import Column, TableDeclaration


@dataclass(frozen=True)
class Within:
    """What a table needs to know of its plan.

    `records` are those that rows of others belong to, `going` all that others point at and that may go; both with
    parents first. A table's number is its place among `going`, then `records`.
    """

    kind: SubjectKind
    records: tuple[TableDeclaration, ...]
    going: tuple[TableDeclaration, ...]
    kept: frozenset[str]
    labels: frozenset[str]

    def is_self(self, label: str) -> bool:
        return any(one.label == label and one.is_self(self.kind) for one in (*self.going, *self.records))

    def is_record(self, label: str) -> bool:
        return any(one.label == label for one in self.records)


@dataclass(frozen=True)
class Statements:
    """What is asked of one table. `rows`, `going` and `reached` are conditions on its alias `t`."""

    rows: str
    """Rows of the subjects and of their records."""
    of_record: str
    """Rows of their records alone; empty where there are none."""
    reached: str
    """Selects the ids of a record table's rows that are the subjects' or belong to what was reached before."""
    inside: str
    """Selects the ids of a record table's rows that are among `within`, or belong to them."""
    going: str
    """Rows that an erasure meets."""
    gone: str
    """Selects the ids of rows of a table that others point at, which go."""
    alone: str
    """Selects the ids of rows inside `within` about those who stay themselves; empty where none can be."""
    staying: str
    """Counts rows about the people that would stay behind without them; empty where none can."""
    emptied: tuple[str, ...]
    """Names of the columns that are emptied in rows that stay."""


def statements_for(one: TableDeclaration, within: Within) -> Statements:
    """The statements of a table."""
    here = "t.organisation_id = %(organisation)s and " if one.is_owned else ""
    select = f"select t.{one.key} from {one.table} t where {here}"
    going = _any(_going(one, within))
    is_kept = one.label in within.kept
    return Statements(
        rows=f"{here}{_any(_rows(one, within))}",
        of_record=f"{here}{_through(one, 'of')}" if one.through and _is_led(one, within) else "",
        reached=f"{select}{_any(_rows(one, within))}" if within.is_record(one.label) else "",
        inside=f"{select}{_any(_inside(one, within))}" if within.is_record(one.label) else "",
        going=f"{here}{going}",
        gone=f"{select}{going}" if not is_kept and _is_target(one, within) else "",
        alone=f"{select}{_inside_about(one, 'lone')}" if _is_inside(one, within) and not is_kept else "",
        staying=_staying(one, within, here, "false" if is_kept else going),
        emptied=tuple(_emptied(one, within, is_kept=is_kept)),
    )


def _any(parts: Iterator[str]) -> str:
    """One of these holds."""
    return f"({' or '.join(parts) or 'false'})"


def _is_led(one: TableDeclaration, within: Within) -> bool:
    return bool(one.through) and (not one.through_table or one.through_table in within.labels)


def _is_target(one: TableDeclaration, within: Within) -> bool:
    return any(each.label == one.label for each in within.going)


def _through(one: TableDeclaration, which: str) -> str:
    return f"t.{one.through} = any(%({which}_{one.through_table or 'all'})s)"


def _rows(one: TableDeclaration, within: Within) -> Iterator[str]:
    if one.kind is within.kind:
        yield f"t.{one.subject} = any(%(subjects)s)"
    if _is_led(one, within):
        yield _through(one, "of")


def _inside(one: TableDeclaration, within: Within) -> Iterator[str]:
    yield f"t.{one.key} = any(%(within)s)"
    if _is_led(one, within):
        yield _through(one, "within")


def _going(one: TableDeclaration, within: Within) -> Iterator[str]:
    is_record, is_own = within.is_record(one.label), one.kind is within.kind
    yield f"t.{one.key} = any(%(records)s)" if is_record else f"(%(everywhere)s and t.{one.key} = any(%(records)s))"
    if _is_led(one, within):
        yield _through(one, "gone")
    if is_own:
        yield from _going_with_people(one, within, is_record=is_record)
    for column in one.references():
        if _takes_along(one, column, within):
            yield f"t.{column.name} = any(%(gone_{column.points_at})s)"


def _going_with_people(one: TableDeclaration, within: Within, *, is_record: bool) -> Iterator[str]:
    about = f"t.{one.subject} = any(%(people)s)"
    if one.label in within.kept or not _is_of_record(one, within):
        yield about
        return
    yield f"(%(everywhere)s and {about})"
    if not _is_led(one, within):
        return
    yield f"({_inside_about(one, 'about')})"
    optional = next(column.is_optional for column in one.columns if column.name == one.through)
    if not one.through_table:
        named = (
            f"exists (select from {record.table} r where r.organisation_id = %(organisation)s"
            f" and r.{record.key} = t.{one.through})"
            for record in within.records
            if record.label not in {one.label, *within.kept}
        )
        yield f"({about} and (t.{one.through} is null or not {_any(named)}))"
    elif optional and not is_record:
        yield f"({about} and t.{one.through} is null)"


def _is_inside(one: TableDeclaration, within: Within) -> bool:
    """Whether its rows can be about somebody inside a record of somebody else."""
    return one.kind is within.kind and _is_led(one, within)


def _inside_about(one: TableDeclaration, whom: str) -> str:
    return f"t.{one.subject} = any(%({whom})s) and {_through(one, 'within')}"


def _is_of_record(one: TableDeclaration, within: Within) -> bool:
    """Whether its rows go with a record, not with the person they are about."""
    if one.is_self(within.kind):
        return False
    return within.is_record(one.label) or (_is_led(one, within) and one.through_table not in within.kept)


def _takes_along(one: TableDeclaration, column: Column, within: Within) -> bool:
    """Whether a row goes because it must name another that goes; a person takes no records of others along."""
    if column.is_optional or column.name in {one.through, one.subject} or within.is_self(column.points_at):
        return False
    return any(each.label == column.points_at for each in within.going)


def _staying(one: TableDeclaration, within: Within, here: str, going: str) -> str:
    """Rows that name a person who goes, or must point at one, and do not go."""
    if one.is_self(within.kind):
        return ""
    is_own, is_kept = one.kind is within.kind, one.label in within.kept
    naming = {column.name for column in one.references() if within.is_self(column.points_at) and not column.is_optional}
    if is_own and not is_kept:
        # Rows of no record go with whom they are about, always.
        naming = naming | {one.subject} if _is_of_record(one, within) else naming - {one.subject}
    if not naming:
        return ""
    about = " or ".join(f"t.{name} = any(%(people)s)" for name in sorted(naming))
    return (
        f"select '{one.label}', count(*) from {one.table} t where {here}({about}) and {going} is not true"
        " having count(*) > 0"
    )


def _emptied(one: TableDeclaration, within: Within, *, is_kept: bool) -> Iterator[str]:
    """Optional references to what goes; of a kept row also what is anonymised."""
    for column in one.columns:
        is_target = any(each.label == column.points_at for each in within.going)
        is_leading = column.name in {one.through, one.subject} and not is_kept
        is_emptied = column.points_at and is_target and column.is_optional and not is_leading
        if is_emptied or (is_kept and column.is_anonymised):
            yield column.name
