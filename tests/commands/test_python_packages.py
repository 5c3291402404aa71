"""An environment of which something was lost is made anew, not taken for whole."""

import sys
from pathlib import Path

import pytest

from commonweal.frontends.cli.bootstrap import python_packages


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the packages of an environment lie, that was made for the Python that runs us."""
    packages = tmp_path / "lib" / "python3.11" / "site-packages"
    (packages / "django").mkdir(parents=True)
    (packages / "django-5.2.dist-info").mkdir()
    monkeypatch.setattr(python_packages, "VENV", tmp_path)
    monkeypatch.setattr(python_packages, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(python_packages, "_CONTENTS", tmp_path / "contents.txt")
    monkeypatch.setattr(python_packages, "fetch", lambda *arguments, **options: None)
    python_packages._install("run")
    return packages


def test_it_is_whole_as_long_as_nothing_is_lost(installed: Path) -> None:
    assert python_packages._works()
    (installed / "added").mkdir()
    (installed / "django-5.2.dist-info").rename(installed / "django-5.2.1.dist-info")
    assert python_packages._works()


def test_it_is_made_anew_when_a_package_is_gone(installed: Path) -> None:
    (installed / "django").rmdir()
    assert not python_packages._works()


def test_it_is_made_anew_when_all_packages_are_gone(installed: Path) -> None:
    installed.rename(installed.parent / "elsewhere")
    assert not python_packages._works()
    installed.parent.rename(installed.parent.with_name("elsewhere"))
    assert not python_packages._works()
