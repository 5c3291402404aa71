"""What must be done before anything serves, in a process of its own: migrate, collect the assets, load the demo.

It tells its parent what happens in lines of JSON: `{"told": ...}` is shown at once, `{"sign_in": ...}` at the end.
"""

import json
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from commonweal.frontends.cli.assets import collect_assets
from commonweal.frontends.cli.maintaining import keep_months
from commonweal.frontends.cli.problems import Problem

# How far the demo is, kept as the comment of a table that the owner's login always owns: it goes when the data goes.
_WANTED, _LOADING, _LOADED = "demo: wanted", "demo: loading", "demo: loaded"


def prepare(*, is_anew: bool = False) -> None:
    """Bring the database and the assets up to date. `is_anew` throws the data away first. Raises Problem."""
    if is_anew or _demo_state() == _LOADING:
        _tell("Demo: throwing the old data away")
        _drop_everything()
    _begin()
    _migrate()
    for sentence in keep_months():
        _tell(sentence)
    if collect_assets():
        _tell("Assets: collected")
    if settings.DEMO:
        _load_demo()
    else:
        _refuse_demo()


def _begin() -> None:
    recorder = MigrationRecorder(connections["owner"])
    if not recorder.has_table():
        recorder.ensure_schema()
        if settings.DEMO:
            _note_demo(_WANTED)


def _migrate() -> None:
    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        _tell(f"Database: applying {len(plan)} migrations")
        call_command("migrate", database="owner", verbosity=0, interactive=False)


def _load_demo() -> None:
    from commonweal.frontends.cli import demo

    if _demo_state() == _WANTED:
        _note_demo(_LOADING)
        demo.load(_tell)
        _note_demo(_LOADED)
    if _demo_state() != _LOADED:
        _tell("Demo: this database holds other data, so none was loaded; `make demo` throws that away and loads it")
        return
    for line in demo.sign_ins():
        _send("sign_in", line)


def _refuse_demo() -> None:
    from commonweal.foundations.personal_data.installation import NotServable
    from commonweal.frontends import demo_people

    try:
        demo_people.refuse_outside_demo()
    except NotServable as refused:
        raise Problem(str(refused)) from None


def _drop_everything() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_has_role(nspowner, 'usage') from pg_namespace where nspname = 'public'")
        if cursor.fetchone() == (False,):
            raise Problem(
                "The login in DATABASE_OWNER_URL must own the schema public to begin anew: alter its owner first."
            )
        cursor.execute("drop schema if exists public cascade")
        cursor.execute("create schema public")


def _demo_state() -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select obj_description(to_regclass('public.django_migrations'), 'pg_class')")
        (state,) = cursor.fetchone()
    return state or ""


def _note_demo(state: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"comment on table public.django_migrations is '{state}'")


def _tell(text: str) -> None:
    _send("told", text)


def _send(kind: str, text: str) -> None:
    print(json.dumps({kind: text}), flush=True)


def main() -> int:
    """Prepare, and send the sentence of what stands in the way, if something does."""
    try:
        django.setup()
        prepare(is_anew="--anew" in sys.argv)
    except Problem as problem:
        _send("problem", str(problem))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
