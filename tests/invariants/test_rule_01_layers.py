"""Rule 1: config > frontends > capabilities > foundations; imports point down."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.keepers.imports import ROOT, allows, contracts, is_kept

FOUNDATIONS = "commonweal.foundations"
PEOPLE = "commonweal.capabilities.people"


@pytest.mark.parametrize("contract", sorted(contracts()))
def test_every_import_contract_is_kept(contract: str) -> None:
    assert is_kept(contract)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        (f"{FOUNDATIONS}.scope.scopes", f"{PEOPLE}.queries"),
        (f"{FOUNDATIONS}.tasks.worker", "commonweal.frontends.pages"),
        (f"{PEOPLE}.actions", "commonweal.frontends.pages"),
        (f"{PEOPLE}.actions", "commonweal.config.settings"),
        ("commonweal.frontends.pages", "commonweal.config.settings"),
    ],
)
def test_an_import_that_points_up_is_refused(importer: str, imported: str) -> None:
    assert not allows("house", (importer, imported))


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        (f"{FOUNDATIONS}.errors", f"{FOUNDATIONS}.clocks.now"),
        (f"{FOUNDATIONS}.scope.scopes", f"{FOUNDATIONS}.audit.record"),
        (f"{FOUNDATIONS}.audit.record", f"{FOUNDATIONS}.events.event"),
        (f"{FOUNDATIONS}.actions.action", f"{FOUNDATIONS}.tasks.dispatcher"),
        (f"{FOUNDATIONS}.search.rules", f"{FOUNDATIONS}.clocks.now"),
    ],
)
def test_foundations_stand_in_one_order(importer: str, imported: str) -> None:
    assert not allows("foundations", (importer, imported))


def test_every_contract_allows_a_project_without_imports() -> None:
    assert all(allows(contract) for contract in contracts())


@pytest.mark.parametrize("module", ["commonweal.helpers", "commonweal.foundations.utils"])
def test_a_package_without_a_place_in_the_house_is_refused(module: str) -> None:
    assert not (allows("house", modules=(module,)) and allows("foundations", modules=(module,)))


def test_front_ends_do_not_know_each_other() -> None:
    assert not allows("frontends", ("commonweal.frontends.website.council", "commonweal.frontends.workspace.worklist"))
    assert not allows("frontends", ("commonweal.frontends.pages", "commonweal.frontends.website.council"))


def test_only_front_ends_make_pages() -> None:
    assert not allows("pages", (f"{PEOPLE}.actions", f"{FOUNDATIONS}.design.parts"))


def test_a_ring_of_imports_is_refused() -> None:
    forth = (f"{PEOPLE}.models", f"{PEOPLE}.rules")
    assert not allows("rings", forth, (forth[1], forth[0]))


@pytest.mark.parametrize(
    "hidden",
    [
        "def find() -> None:\n    from commonweal.capabilities.people import queries\n",
        "import typing\n\nif typing.TYPE_CHECKING:\n    from commonweal.capabilities.people import queries\n",
    ],
    ids=["inside a function", "for types alone"],
)
def test_the_command_finds_hidden_imports_too(hidden: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "commonweal", tmp_path / "commonweal", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "keepers", tmp_path / "tests" / "keepers")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "commonweal" / "foundations" / "errors" / "extra.py").write_text(hidden)
    linter = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    answer = subprocess.run([*linter, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 1, answer.stdout
    assert "commonweal.foundations.errors.extra -> commonweal.capabilities.people.queries" in answer.stdout
