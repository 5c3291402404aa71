"""Rule 11: the migrations say what the models say, in one line per app, and take nothing from the running version."""

import pytest
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from tests.keepers.steps import faults, faults_of, our_apps, ours


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


@pytest.mark.django_db(databases=["default", "owner"])
def test_nothing_has_drifted() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_each_app_has_one_line_of_numbered_migrations(loader: MigrationLoader) -> None:
    assert loader.detect_conflicts() == {}
    for label in our_apps():
        names = sorted(migration.name for migration in ours(loader) if migration.app_label == label)
        assert [name[:5] for name in names] == [f"{number:04}_" for number in range(1, len(names) + 1)], label


def test_no_migration_takes_from_the_running_version(loader: MigrationLoader) -> None:
    assert list(faults(loader)) == []


class TestTheCheckBites:
    """The running version has a table of people with a name and a nickname that may be missing."""

    @pytest.fixture
    def before(self) -> ProjectState:
        state = ProjectState()
        state.add_model(
            ModelState(
                "people",
                "Person",
                [
                    ("id", models.BigAutoField(primary_key=True)),
                    ("name", models.CharField(max_length=80)),
                    ("nickname", models.CharField(max_length=80, null=True)),
                ],
            )
        )
        return state

    @pytest.mark.parametrize(
        "step",
        [
            migrations.RemoveField("person", "name"),
            migrations.DeleteModel("Person"),
            migrations.RenameField("person", "name", "full_name"),
            migrations.RenameModel("Person", "Subject"),
            migrations.AlterModelTable("person", "subjects"),
            migrations.AlterField("person", "nickname", models.CharField(max_length=80)),
            migrations.AlterField("person", "name", models.CharField(max_length=40)),
            migrations.AlterField("person", "name", models.IntegerField()),
            migrations.AddField("person", "born", models.DateField()),
            migrations.AddField("person", "colour", models.CharField(max_length=8, default="blue")),
            migrations.AddConstraint("person", models.UniqueConstraint(fields=["name"], name="one_name")),
            migrations.RunSQL("alter table people_person alter column nickname set not null"),
            migrations.RunSQL(["select 1", ("alter table people_person drop column name", None)]),
        ],
        ids=lambda step: step.describe()[:40],
    )
    def test_a_step_that_the_running_version_does_not_survive(self, step: Operation, before: ProjectState) -> None:
        assert len(list(faults_of(_migration(step), before))) == 1

    @pytest.mark.parametrize(
        "step",
        [
            migrations.AddField("person", "born", models.DateField(null=True)),
            migrations.AddField("person", "colour", models.CharField(max_length=8, db_default="blue")),
            migrations.AlterField("person", "name", models.CharField(max_length=120)),
            migrations.AlterField("person", "name", models.CharField(max_length=80, null=True)),
            migrations.AddIndex("person", models.Index(fields=["name"], name="by_name")),
            migrations.RunSQL("create policy people_person_read on people_person for select using (true)"),
        ],
        ids=lambda step: step.describe()[:40],
    )
    def test_a_step_that_it_survives(self, step: Operation, before: ProjectState) -> None:
        assert list(faults_of(_migration(step), before)) == []

    def test_a_step_on_a_table_of_the_same_migration(self, before: ProjectState) -> None:
        made = migrations.CreateModel("Place", [("id", models.BigAutoField(primary_key=True))])
        filled = migrations.AddField("place", "name", models.CharField(max_length=80))
        assert list(faults_of(_migration(made, filled), before)) == []

    def test_a_contraction_that_says_what_it_is(self, before: ProjectState) -> None:
        migration = _migration(migrations.RemoveField("person", "name"))
        migration.contracts = "people.Person.name: nothing reads or writes it since 0.2"  # type: ignore[attr-defined]
        assert list(faults_of(migration, before)) == []


def _migration(*steps: Operation) -> migrations.Migration:
    migration = migrations.Migration("0002_made", "people")
    migration.operations = list(steps)
    return migration
