"""Rule 8: every field is declared; a model with personal data names its subject, purpose and retention."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings

from commonweal.capabilities.people.models import Person
from commonweal.config.apps import LastConfig
from commonweal.foundations.personal_data.declarations import Category, Declaration, by_schedule
from commonweal.foundations.personal_data.startup import Undeclared, refuse_undeclared
from tests.keepers.imports import ROOT

_MODEL = """
from django.db import models
from commonweal.foundations.personal_data.declarations import not_personal

class Made(models.Model):
    id = not_personal(models.BigAutoField(primary_key=True))
    shoe_size = {declared}(models.IntegerField())

    class Meta:
        app_label = "made"
"""
_SETTINGS = """
import commonweal
commonweal.__path__.append({folder!r})
from commonweal.config.settings import *
INSTALLED_APPS = [*INSTALLED_APPS[:-1], "commonweal.made", INSTALLED_APPS[-1]]
"""


def test_the_platform_as_it_is_declares_everything() -> None:
    refuse_undeclared()


def test_the_check_runs_in_the_last_app() -> None:
    assert isinstance(list(apps.get_app_configs())[-1], LastConfig)


@pytest.mark.parametrize("name", ["name", "language", "account_id", "created_at"])
def test_a_field_that_is_not_declared_stops_the_start(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Person._meta.get_field(name), "declaration")
    with pytest.raises(Undeclared, match=rf"people\.Person\.{name} is declared neither"):
        refuse_undeclared()


def test_a_field_that_does_not_say_why_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Person._meta.get_field("language"), "declaration", Declaration(Category.PREFERENCE, why=""))
    with pytest.raises(Undeclared, match=r"people\.Person\.language does not say why"):
        refuse_undeclared()


def test_personal_data_without_a_privacy_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Person, "Privacy")
    with pytest.raises(Undeclared, match=r"people\.Person holds personal data and has no Privacy"):
        refuse_undeclared()


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("subject", "nobody_id", "Privacy.subject names no column"),
        ("keeps", by_schedule("people.for_ever"), "Privacy.keeps names no rule"),
        ("label", "identity.account", "has the label identity.account of"),
    ],
)
def test_a_privacy_that_says_nothing_stops_the_start(
    part: str, value: object, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Person.Privacy, part, value)
    with pytest.raises(Undeclared, match=words):
        refuse_undeclared()


def test_a_third_party_table_that_nobody_reviewed_stops_the_start(settings: LazySettings) -> None:
    settings.REVIEWED_TABLES = {
        name: review for name, review in settings.REVIEWED_TABLES.items() if name != "account_emailaddress"
    }
    with pytest.raises(Undeclared, match="account_emailaddress is third-party and on no reviewed list"):
        refuse_undeclared()


def test_the_reviewed_list_names_only_tables_that_are_there(settings: LazySettings) -> None:
    there = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}
    assert set(settings.REVIEWED_TABLES) <= there


def test_a_reviewed_table_about_people_says_how_it_is_exported_and_erased(settings: LazySettings) -> None:
    for table, review in settings.REVIEWED_TABLES.items():
        if "subject" in review:
            assert all(review.get(part) for part in ("exported", "erased", "keeps")), table


class TestAFreshWebProcess:
    """WSGI runs no system checks, so the refusal has to come from the start itself."""

    def test_it_does_not_start_with_an_undeclared_field(self, tmp_path: Path) -> None:
        answer = _start(tmp_path, declared="")
        assert answer.returncode != 0
        assert "made.Made.shoe_size is declared neither personal(...) nor not_personal(...)." in answer.stderr

    def test_it_starts_when_the_field_is_declared(self, tmp_path: Path) -> None:
        answer = _start(tmp_path, declared="not_personal")
        assert answer.returncode == 0, answer.stderr


def _start(folder: Path, *, declared: str) -> subprocess.CompletedProcess[str]:
    """Start `get_wsgi_application()` with one more app, in a process of its own."""
    made = folder / "made"
    made.mkdir()
    (made / "__init__.py").touch()
    (made / "models.py").write_text(_MODEL.format(declared=declared))
    (folder / "made_settings.py").write_text(_SETTINGS.format(folder=str(folder)))
    return subprocess.run(
        [sys.executable, "-c", "from django.core.wsgi import get_wsgi_application; get_wsgi_application()"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "made_settings", "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
