"""Rule 11: which steps of a migration the running version would not survive.

While a new version is rolled out, the old one still reads and writes. So a change goes in three landings: expand (add
what both can live with), migrate (move the data), contract (take away what nothing uses any more). A migration that
contracts says so in its class: `contracts = "what it takes away, and since which version nothing uses it"`.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
_SQL = re.compile(r"\b(?:drop|rename|truncate|set\s+not\s+null|alter\s+column\s+\S+\s+type)\b", re.IGNORECASE)


def faults(loader: MigrationLoader) -> Iterator[str]:
    """Each step of our migrations the running version would not survive."""
    for migration in ours(loader):
        place = (migration.app_label, migration.name)
        yield from faults_of(migration, loader.project_state(place, at_end=False))


def our_apps() -> list[str]:
    return [config.label for config in apps.get_app_configs() if config.name.startswith("commonweal.")]


def ours(loader: MigrationLoader) -> Iterator[migrations.Migration]:
    labels = set(our_apps())
    return (migration for (label, _name), migration in sorted(loader.disk_migrations.items()) if label in labels)


def faults_of(migration: migrations.Migration, before: ProjectState) -> Iterator[str]:
    """Each step the running version would not survive; none when the migration says what it contracts."""
    if getattr(migration, "contracts", ""):
        return
    state = before.clone()
    made: set[str] = set()
    for step in migration.operations:
        for fault in _faults_of_step(step, state, migration.app_label, made):
            yield f"{migration.app_label}.{migration.name}: {fault}"
        if isinstance(step, migrations.CreateModel):
            made.add(step.name_lower)
        step.state_forwards(migration.app_label, state)


def _faults_of_step(step: Operation, state: ProjectState, app: str, made: set[str]) -> Iterator[str]:
    if isinstance(step, _TAKES_AWAY):
        yield f"{step.describe()}: the running version still uses it"
    elif isinstance(step, migrations.RunSQL):
        if _SQL.search(_text(step.sql)):
            yield "SQL that drops, renames or narrows what the running version uses"
    elif isinstance(step, migrations.AddField) and step.model_name_lower not in made:
        if _must_be_given(step.field):
            yield f"{step.describe()}: the running version does not fill it, so it must be null or have a db_default"
    elif isinstance(step, migrations.AlterField) and step.model_name_lower not in made:
        yield from _faults_of_change(step, state.models[app, step.model_name_lower].fields[step.name])
    elif isinstance(step, migrations.AddConstraint) and step.model_name_lower not in made:
        yield f"{step.describe()}: the running version may still write what it refuses"


def _faults_of_change(step: migrations.AlterField, old: "models.Field[Any, Any]") -> Iterator[str]:
    new = step.field
    if old.null and not new.null:
        yield f"{step.describe()}: the running version may still leave it empty"
    if type(old) is not type(new) or (new.max_length or 0) < (old.max_length or 0):
        yield f"{step.describe()}: the running version may still write what no longer fits"


def _must_be_given(field: "models.Field[Any, Any]") -> bool:
    return not field.null and not field.has_db_default() and not isinstance(field, models.ManyToManyField)


def _text(sql: Any) -> str:
    return sql if isinstance(sql, str) else " ".join(part if isinstance(part, str) else part[0] for part in sql)
