"""Rule 4: references point down the ladder, one way, within one organisation; what is unique is unique within one."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from commonweal.conftest import Cast
from commonweal.foundations.personal_data.declarations import not_personal
from commonweal.foundations.personal_data.records import Record, reference_to
from commonweal.foundations.personal_data.startup import faults_of
from tests.keepers.imports import contracts
from tests.keepers.rows import Cursor, attempt, enter, insert_any, raw_cursor
from tests.keepers.tables import Reference, references, tables, unique_columns

MADE = "commonweal.capabilities.made.models"


def faults_across(found: list[Reference], owned: set[str]) -> list[str]:
    """References between tables of an organisation that do not carry it: PostgreSQL checks those without policies."""
    return [
        one.name
        for one in found
        if {one.table, one.target} <= owned
        and ("organisation_id", "organisation_id") not in zip(one.columns, one.target_columns, strict=True)
    ]


def owned_tables() -> set[str]:
    return {table.name for table in tables() if table.is_isolated}


@pytest.mark.django_db
def test_every_reference_between_tables_of_an_organisation_carries_it() -> None:
    assert owned_tables()
    assert faults_across(references(), owned_tables()) == []


def test_a_reference_without_the_organisation_is_noticed() -> None:
    lone = Reference("lone", "cases_case", "people_person", ("person_id",), ("id",))
    crossed = Reference("crossed", "a", "b", ("organisation_id", "b_id"), ("id", "organisation_id"))
    assert faults_across([lone], {"cases_case", "people_person"}) == ["lone"]
    assert faults_across([crossed], {"a", "b"}) == ["crossed"]


@pytest.mark.django_db
def test_every_reference_of_a_model_is_held_by_the_database() -> None:
    held = {(one.table, column) for one in references() for column in one.columns}
    for model in _records():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey):
                assert (model._meta.db_table, field.column) in held, f"{model._meta.label}.{field.name}"


@pytest.mark.django_db
def test_what_is_unique_is_unique_within_an_organisation() -> None:
    owned = owned_tables()
    wrong = [name for table, name, columns in unique_columns() if table in owned and columns[0] != "organisation_id"]
    assert wrong == []


def test_references_point_down_the_ladder() -> None:
    ladder: list[str] = [
        tail.name
        for layer in contracts()["ladder"].layers  # type: ignore[attr-defined]
        for tail in layer.module_tails
    ]
    rungs = {name: height for height, name in enumerate(reversed(ladder))}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and model._meta.app_label in rungs:
                target = field.remote_field.model._meta.app_label
                assert rungs.get(target, -1) <= rungs[model._meta.app_label], f"{model._meta.label}.{field.name}"


@pytest.mark.django_db
def test_a_reference_into_another_organisation_is_refused_without_telling_whether_it_is_there(cast: Cast) -> None:
    owned = owned_tables()
    crossing = [one for one in references() if {one.table, one.target} <= owned]
    assert crossing
    with raw_cursor() as cursor:
        for one in crossing:
            (column,) = set(one.columns) - {"organisation_id"}
            enter(cursor, cast.leeds)
            theirs = insert_any(cursor, one.target, organisation=cast.leeds)["id"]
            enter(cursor, cast.cardiff)
            told = [_answer(cursor, one.table, cast.cardiff, column, target) for target in (theirs, uuid4())]
            assert told[0] == told[1], one.name


def _answer(cursor: Cursor, table: str, organisation: int, column: str, target: UUID) -> str:
    with pytest.raises(psycopg.errors.ForeignKeyViolation) as refusal, attempt(cursor):
        insert_any(cursor, table, organisation=organisation, given={column: target})
    return str(refusal.value).replace(str(target), "")


class TestTheStartUpCheckBites:
    """Models that break the rule, made apart from the real ones."""

    @pytest.fixture(autouse=True)
    def _apart(self) -> Iterator[None]:
        with isolate_apps("commonweal.capabilities.people"):
            yield

    def test_a_reverse_name_is_refused(self) -> None:
        class Body(models.Model):
            id = not_personal(models.BigAutoField(primary_key=True))

            class Meta:
                app_label = "people"

        class Branch(models.Model):
            id = not_personal(models.BigAutoField(primary_key=True))
            body = not_personal(models.ForeignKey(Body, on_delete=models.CASCADE))

            class Meta:
                app_label = "people"

        assert "people.Branch.body has a reverse name: references point one way." in _faults(Body, Branch)

    def test_a_plain_reference_between_records_is_refused(self) -> None:
        class File(Record):
            class Meta:
                app_label = "people"

        class Page(Record):
            file = not_personal(models.ForeignKey(File, on_delete=models.RESTRICT, related_name="+"))

            class Meta:
                app_label = "people"

        faults = _faults(File, Page)
        assert "people.Page.file must be made with reference_to(): it crosses organisations unseen." in faults

    def test_a_reference_made_the_right_way_is_accepted(self) -> None:
        class Folder(Record):
            class Meta:
                app_label = "people"

        class Sheet(Record):
            folder = not_personal(reference_to("people.Folder"))

            class Meta:
                app_label = "people"

        assert _faults(Folder, Sheet) == []

    def test_what_is_unique_across_organisations_is_refused(self) -> None:
        class Alone(Record):
            code = not_personal(models.CharField(max_length=8, unique=True))

            class Meta:
                app_label = "people"

        class Together(Record):
            code = not_personal(models.CharField(max_length=8))

            class Meta:
                app_label = "people"
                constraints = [models.UniqueConstraint(fields=["code", "organisation_id"], name="wrong_way_round")]

        class Old(Record):
            code = not_personal(models.CharField(max_length=8))

            class Meta:
                app_label = "people"
                unique_together = [("code",)]

        assert len(_faults(Alone)) == len(_faults(Together)) == len(_faults(Old)) == 1


def _faults(*made: type[models.Model]) -> list[str]:
    for model in made:
        model.__module__ = MADE
    return list(faults_of(made))


def _records() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if issubclass(model, Record))
