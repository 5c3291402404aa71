"""Rule 12: documents that can be generated are generated, and are fresh."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from commonweal.foundations.actions.action import ACTIONS
from commonweal.foundations.actions.query import QUERIES
from commonweal.foundations.events.event import Event
from commonweal.foundations.personal_data.declarations import declaration_of
from commonweal.frontends.cli import documenting, documents
from commonweal.frontends.cli.problems import Problem
from tests.keepers.imports import ROOT

GENERATED = Path("docs") / "generated"


def test_they_are_fresh() -> None:
    """In a process of its own: what the tests themselves declare is no part of the product."""
    command = [sys.executable, "-m", "commonweal.frontends.cli.main", "docs", "--check"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


class TestTheCheckBites:
    @pytest.fixture
    def root(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        made = documents.generate()
        monkeypatch.setattr(documents, "generate", lambda: made)
        documenting.write_documents(tmp_path)
        return tmp_path

    def test_as_they_were_written(self, root: Path) -> None:
        assert documenting.check_documents(root) == 0

    def test_one_that_was_changed_by_hand(self, root: Path) -> None:
        path = root / GENERATED / "events.md"
        path.write_text(path.read_text().replace("Events", "Happenings"))
        with pytest.raises(Problem, match=r"events\.md"):
            documenting.check_documents(root)

    def test_one_that_is_missing(self, root: Path) -> None:
        (root / GENERATED / "settings.md").unlink()
        with pytest.raises(Problem, match=r"settings\.md"):
            documenting.check_documents(root)

    def test_one_that_nothing_generates(self, root: Path) -> None:
        shutil.copy(root / GENERATED / "events.md", root / GENERATED / "old.md")
        with pytest.raises(Problem, match=r"old\.md"):
            documenting.check_documents(root)


class TestTheyAreComplete:
    def test_every_event(self) -> None:
        text = documents.generate()["events.md"]
        assert all(name in text for name, kind in Event.REGISTERED.items() if kind.__module__.startswith("commonweal."))

    def test_every_action_and_query(self) -> None:
        text = documents.generate()["permissions.md"]
        names = [name for registry in (ACTIONS, QUERIES) for name in registry if not name.startswith("tests.")]
        assert names
        assert all(f"`{name}`" in text for name in names)

    def test_every_field_that_is_personal(self) -> None:
        text = documents.generate()["personal-data.md"]
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                declared = declaration_of(field)
                if declared is not None and declared.category is not None:
                    assert f".{field.name}` | {declared.category} |" in text

    def test_every_variable_that_is_read_is_explained(self) -> None:
        assert set(documents.read_names()) - set(documents.explained_names()) == set()


def test_the_same_code_gives_the_same_text() -> None:
    assert documents.generate() == documents.generate()
