"""From the text of a dataset file to its plan, or to sentences that name file, line and field."""

import json
from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from commonweal.foundations.datasets.declaration import Collection, Dataset, DatasetField, File, Strategy
from commonweal.foundations.datasets.plan import Plan, plan_of
from commonweal.foundations.declaring.faults import Fault, fault_at, found_in
from commonweal.foundations.declaring.yaml_lines import Loc, NotReadable, read

Found = Iterator[tuple[Loc, str]]

_TAKEN = {"manifest", "pack"}


class DatasetFaulty(ValueError):
    """The file is not a dataset that can be searched and erased; `faults` says why, in the order of the lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.field)))
        super().__init__("\n".join(map(str, self.faults)))


def load_dataset(text: str, *, file: str) -> Plan:
    """The plan of the dataset that `text` (YAML) declares. Raises DatasetFaulty with every fault found.

    What could not be erased (a primary key, a required column set to null, a table without key) is a fault here, not
    half-way through.
    """
    try:
        document = read(text)
    except NotReadable as error:
        raise DatasetFaulty([Fault(file, error.line, "", error.sentence)]) from None
    try:
        declared = File.model_validate_json(json.dumps(document.value))
    except ValidationError as error:
        found = found_in(document.value, error)
        raise DatasetFaulty(fault_at(document, file, loc, sentence) for loc, sentence in found) from None
    (dataset,) = declared.dataset
    root: Loc = ("dataset", 0)
    faults = [fault_at(document, file, (*root, *loc), sentence) for loc, sentence in _faults_of(dataset)]
    if faults:
        raise DatasetFaulty(faults)
    plan = plan_of(dataset)
    faults = [fault_at(document, file, (*root, *loc), sentence) for loc, sentence in _faults_of_reach(plan)]
    if faults:
        raise DatasetFaulty(faults)
    return plan


def _faults_of(dataset: Dataset) -> Found:
    seen: set[str] = set()
    for number, collection in enumerate(dataset.collections):
        loc: Loc = ("collections", number)
        if collection.name in seen:
            yield (*loc, "name"), f"{collection.name} is declared twice."
        if collection.name.casefold() in _TAKEN:
            yield (*loc, "name"), f"{collection.name} is the name of a file beside the tables' own."
        seen.add(collection.name)
        columns: set[str] = set()
        for place, field in enumerate(collection.fields):
            if field.name in columns:
                yield (*loc, "fields", place, "name"), f"{field.name} is declared twice here."
            columns.add(field.name)
            yield from _faults_of_references(dataset, field, (*loc, "fields", place))
            yield from _faults_of_erasing(collection, field, (*loc, "fields", place))
        yield from _faults_of_table(collection, loc)


def _faults_of_references(dataset: Dataset, field: DatasetField, loc: Loc) -> Found:
    for number, reference in enumerate(field.meta.references):
        here: Loc = (*loc, "fides_meta", "references", number)
        if reference.dataset != dataset.fides_key:
            yield (*here, "dataset"), f"This file declares {dataset.fides_key} alone, not {reference.dataset}."
            continue
        target = dataset.collection(reference.collection)
        if target is None:
            yield (*here, "field"), f"There is no collection {reference.collection}."
        elif target.field(reference.column) is None:
            yield (*here, "field"), f"{reference.collection} has no field {reference.column}."
    if field.fields:
        yield (*loc, "fields"), "A column of a table has no fields of its own."


def _faults_of_erasing(collection: Collection, field: DatasetField, loc: Loc) -> Found:
    override = field.meta.masking_strategy_override
    place: Loc = (*loc, "fides_meta", "masking_strategy_override") if override else loc
    if override is not None and override.kind is Strategy.DELETE:
        yield place, "Only whole rows are deleted: declare it for the collection."
    if collection.is_deleted:
        return
    strategy = strategy_of(field)
    if field.meta.primary_key and strategy not in {None, Strategy.KEEP}:
        yield place, "A primary key cannot be erased: declare strategy keep for it, or delete the rows."
    elif field.meta.required and strategy is Strategy.NULL:
        yield place, "This column is required, so it cannot be set to null: declare another strategy."
    elif field.meta.read_only and strategy not in {None, Strategy.KEEP}:
        yield place, "This column is read only, so it cannot be erased: declare strategy keep, or delete the rows."


def _faults_of_table(collection: Collection, loc: Loc) -> Found:
    override = collection.meta.masking_strategy_override
    if override is not None and not collection.is_deleted:
        yield (*loc, "fides_meta", "masking_strategy_override"), "A collection as a whole can only be deleted."
    is_masked = any(strategy_of(field) not in {None, Strategy.KEEP} for field in collection.fields)
    is_erased = (is_masked or collection.is_deleted) and not collection.meta.skip_processing
    if is_erased and not collection.keys:
        yield (*loc, "name"), f"{collection.name} declares no primary key, so what it holds of people cannot be erased."


def _faults_of_reach(plan: Plan) -> Found:
    numbers = {collection.name: number for number, collection in enumerate(plan.dataset.collections)}
    if not plan.identities:
        yield ("fides_key",), "No field declares an identity, so nobody can be found."
        return
    for collection in plan.unreached:
        if any(field.is_personal for field in collection.fields):
            yield (
                ("collections", numbers[collection.name], "name"),
                f"No reference leads from an identity to {collection.name}.",
            )


def strategy_of(field: DatasetField) -> Strategy | None:
    """What takes the place of a field at an erasure: as declared, else null for what is personal; None: it stays."""
    override = field.meta.masking_strategy_override
    if override is not None:
        return override.kind
    return Strategy.NULL if field.is_personal and not field.meta.primary_key else None
