"""The locks pin every package by hash, and say nothing of where packages come from."""

import json
import re
from pathlib import Path

import pytest

from commonweal.frontends.cli.bootstrap.locking import require_no_address
from commonweal.frontends.cli.installation import ROOT

_LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", [*_LOCKS, ROOT / "package-lock.json"], ids=lambda path: path.name)
def test_a_lock_names_no_address(path: Path) -> None:
    require_no_address(path)


@pytest.mark.parametrize("path", _LOCKS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_hash(path: Path) -> None:
    entries = re.split(r"\n(?=\S)", path.read_text().strip())
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_every_npm_package_is_pinned_by_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in package for place, package in packages.items() if place)


def test_the_tests_run_on_what_the_site_runs_on() -> None:
    run, test = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE))
        for name in ("run", "test")
    )
    assert run <= test
