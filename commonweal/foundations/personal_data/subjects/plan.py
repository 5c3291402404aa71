"""One plan for each kind of subject: which tables, in which order, with the statements of each, made once.

`plan_for(kind)` compiles it from the declarations of this process. `Plan.version` is a short hash of them: a pack and
an erasure name the plan they were made by.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.personal_data.declarations import Category, Ground, Kept, SubjectKind
from commonweal.foundations.personal_data.subjects.conditions import Statements, Within, statements_for
from commonweal.foundations.personal_data.subjects.declared import declared_tables
from commonweal.foundations.personal_data.subjects.tables import Column, TableDeclaration


class CannotPlan(Exception):
    """The declarations make no plan; each fault is a line: a required reference to what may go, or a ring."""


class Outcome(StrEnum):
    """What an erasure does with a field."""

    ERASE = "erase"
    ANONYMISE = "anonymise"
    KEEP = "keep"


@dataclass(frozen=True)
class PlannedColumn:
    """A column in a plan. `is_free`: its values may be sealed under a record's key and speak of several people.

    `is_copied`: it stands in a copy of their data.
    """

    name: str
    category: Category | None
    why: str
    keeps: str
    type: str
    format: str
    is_sealed: bool
    is_free: bool
    is_from_subject: bool
    is_copied: bool
    outcome: Outcome


@dataclass(frozen=True)
class PlannedTable:
    """A table in a plan. `is_own`: its subject column names subjects of the plan's kind; `kept`: why its rows stay."""

    label: str
    table: str
    columns: tuple[PlannedColumn, ...]
    is_own: bool
    is_collected: bool
    kept: Kept | None
    declaration: TableDeclaration
    statements: Statements


@dataclass(frozen=True)
class Plan:
    """The tables of a plan; `records` are those that others belong to or point at, before what points at them."""

    kind: SubjectKind
    version: str
    tables: tuple[PlannedTable, ...]
    records: tuple[PlannedTable, ...]

    def table(self, label: str) -> PlannedTable:
        """The table of that label. Raises KeyError."""
        return next((table for table in self.tables if table.label == label), None) or _missing(label)


_OF_OTHERS = Kept(
    Ground.LEGAL_OBLIGATION,
    _("Who did something for the organisation is part of the records of the people it was done for."),
)

_MIXED = {Category.ANSWER, Category.FREE_TEXT, Category.CORRESPONDENCE}
"""What may lie under a key of the record also in a table of facts about one person."""


@lru_cache(maxsize=len(SubjectKind))
def plan_for(kind: SubjectKind) -> Plan:
    """The plan of this process for a kind of subject. Raises CannotPlan."""
    return compile_plan(declared_tables(), kind)


def refuse_unplanned() -> None:
    """Make every plan when the process starts. Raises CannotPlan."""
    for kind in SubjectKind:
        plan_for(kind)


def compile_plan(declarations: Iterable[TableDeclaration], kind: SubjectKind) -> Plan:
    """The plan that these declarations make. Raises CannotPlan."""
    given = tuple(declarations)
    chosen = _choose(given, kind)
    of_others = {one.label for one in chosen if _is_of_others(one, given, kind)}
    kept = {one.label: _OF_OTHERS if one.label in of_others else one.kept for one in chosen}
    ordered = _parents_first(chosen)
    targets = {column.points_at for one in chosen for column in one.references()} & _labels(chosen)
    records = [one for one in ordered if one.label in targets]
    going = [one for one in records if kept[one.label] is None]
    within = Within(
        kind=kind,
        records=tuple(one for one in records if _is_record(one, chosen)),
        going=tuple(going),
        kept=frozenset(label for label, why in kept.items() if why is not None),
        labels=frozenset(_labels(chosen)),
    )
    faults = [fault for one in chosen for fault in _faults(one, within)]
    if faults:
        raise CannotPlan("\n".join(faults))
    planned = {one.label: _plan(one, within, kept[one.label]) for one in ordered}
    version = hashlib.sha256(repr([kind, *(_told(one) for one in ordered)]).encode()).hexdigest()[:12]
    return Plan(kind, version, tuple(planned.values()), tuple(planned[one.label] for one in records))


def _choose(given: tuple[TableDeclaration, ...], kind: SubjectKind) -> tuple[TableDeclaration, ...]:
    """The tables of this kind of subject, and those whose rows belong to a record of theirs, directly or by others."""
    own = {one.label for one in given if one.kind is kind}
    leading = {one.label for one in given if one.kind is kind and not _is_of_others(one, given, kind)}
    if kind is not SubjectKind.ACCOUNT:
        leading |= {one.label for one in given if one.through and not one.through_table}
    while led := {one.label for one in given if one.through_table in leading} - leading:
        leading |= led
    return tuple(one for one in given if one.label in own | leading)


def _is_of_others(one: TableDeclaration, given: tuple[TableDeclaration, ...], kind: SubjectKind) -> bool:
    """Whether rows about a subject of this kind belong to a record of somebody of another kind, and stay with it."""
    if one.kind is not kind or not one.through_table:
        return False
    return _root_of(one, given).kind not in {kind, None}


def _root_of(one: TableDeclaration, given: tuple[TableDeclaration, ...]) -> TableDeclaration:
    """The table at the end of what rows belong through."""
    by_label = {each.label: each for each in given}
    seen: set[str] = set()
    while one.through_table in by_label and one.label not in seen:
        seen.add(one.label)
        one = by_label[one.through_table]
    return one


def _parents_first(chosen: tuple[TableDeclaration, ...]) -> tuple[TableDeclaration, ...]:
    by_label = {one.label: one for one in chosen}
    roots = {one.label for one in chosen if _is_root_record(one, chosen)}
    graph = {
        one.label: _before(one) & by_label.keys() | (roots if one.through and not one.through_table else set())
        for one in chosen
    }
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        raise CannotPlan(f"These tables point at each other in a ring: {', '.join(error.args[1])}.") from None
    ordered: list[TableDeclaration] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        ordered += (by_label[label] for label in ready)
        sorter.done(*ready)
    return tuple(ordered)


def _before(one: TableDeclaration) -> set[str]:
    """The tables whose rows go after its own: what is optional besides is emptied first."""
    leading = {one.through, one.subject}
    named = {column.points_at for column in one.references() if not column.is_optional or column.name in leading}
    return named - {one.label}


def _is_record(one: TableDeclaration, chosen: tuple[TableDeclaration, ...]) -> bool:
    """Whether rows of others belong to its rows."""
    return any(other.through_table == one.label for other in chosen)


def _is_root_record(one: TableDeclaration, chosen: tuple[TableDeclaration, ...]) -> bool:
    """Whether a plain id may name its rows: a record that does not itself hang on a plain id."""
    return _is_record(one, chosen) and not _root_of(one, chosen).through


def _faults(one: TableDeclaration, within: Within) -> list[str]:
    """What would meet a foreign key when rows go."""
    faults = []
    going = {each.label for each in within.going}
    if one.label in within.kept and one.through and within.is_record(one.label):
        faults.append(f"{one.label} is kept, so what belongs to its rows would outlive their record.")
    for column in one.references():
        if column.points_at not in going or column.is_optional or within.is_self(column.points_at):
            continue
        if one.label in within.kept:
            faults.append(f"{one.label}.{column.name} is required, so its row cannot stay when what it names goes.")
        elif one.label in going and column.name != one.through:
            faults.append(f"{one.label}.{column.name} must be optional or be what its row belongs through.")
    return faults


def _plan(one: TableDeclaration, within: Within, kept: Kept | None) -> PlannedTable:
    is_own = one.kind is within.kind
    return PlannedTable(
        label=one.label,
        table=one.table,
        columns=tuple(_planned(column, one, within, kept) for column in one.columns),
        is_own=is_own,
        is_collected=one.is_collected,
        kept=kept,
        declaration=one,
        statements=statements_for(one, within),
    )


def _planned(column: Column, one: TableDeclaration, within: Within, kept: Kept | None) -> PlannedColumn:
    is_of_staff = column.category is Category.WORK and within.kind is not SubjectKind.ACCOUNT
    is_emptied = column.is_anonymised or column.points_at in {each.label for each in within.going}
    outcome = Outcome.ERASE if kept is None else Outcome.ANONYMISE if is_emptied else Outcome.KEEP
    return PlannedColumn(
        name=column.name,
        category=column.category,
        why=column.why,
        keeps=one.keeps,
        type=column.type,
        format=column.format,
        is_sealed=column.is_sealed,
        is_free=column.is_sealed and (one.is_record or column.category in _MIXED),
        is_from_subject=column.is_from_subject,
        is_copied=one.is_collected and not column.is_never_copied and not is_of_staff,
        outcome=outcome,
    )


def _told(one: TableDeclaration) -> tuple[object, ...]:
    """What the version stands for: all but the words, which are translated."""
    ground = None if one.kept is None else one.kept.ground
    return (*(value for name, value in vars(one).items() if name != "kept"), ground)


def _labels(chosen: Iterable[TableDeclaration]) -> set[str]:
    return {one.label for one in chosen}


def _missing(label: str) -> PlannedTable:
    raise KeyError(label)
