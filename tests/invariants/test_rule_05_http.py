"""Rule 5: only front ends speak HTTP. The same keeper bans signals (rule 7) and asking the machine for the time."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.keepers.imports import ROOT

HTTP = [
    "from django.http import HttpRequest",
    "from django.http.response import JsonResponse",
    "import django.views.generic",
    "from django.views.decorators.http import require_POST",
    "from django.shortcuts import render",
    "from django.urls import reverse",
]
SIGNALS = [
    "from django.dispatch import receiver",
    "from django.dispatch import Signal",
    "from django.db.models.signals import post_save",
    "from django.db.models import signals",
    "from django.contrib.auth.signals import user_logged_in",
    "from django.core.signals import request_finished",
]
CLOCKS = [
    "from datetime import datetime, UTC\nmoment = datetime.now(UTC)",
    "import datetime\nday = datetime.date.today()",
    "from django.utils import timezone\nmoment = timezone.now()",
    "from django.utils.timezone import now",
    "import time\nmoment = time.time()",
]
INSIDE = ["commonweal/capabilities/people/actions/recording.py", "commonweal/foundations/scope/scopes.py"]
FRONT = ["commonweal/frontends/website/council.py", "commonweal/frontends/pages.py"]


def is_banned(sample: str, path: str) -> bool:
    """Whether ruff, with the project's own settings, refuses the sample as if it were the file at `path`."""
    answer = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--no-cache",
            "--output-format=concise",
            f"--stdin-filename={path}",
            "-",
        ],
        cwd=ROOT,
        input=f"{sample}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    return " TID251 " in answer.stdout


@pytest.mark.parametrize("sample", [*HTTP, *SIGNALS, *CLOCKS])
@pytest.mark.parametrize("path", INSIDE)
def test_inside_none_of_it_is_allowed(sample: str, path: str) -> None:
    assert is_banned(sample, path)


@pytest.mark.parametrize("sample", HTTP)
@pytest.mark.parametrize("path", FRONT)
def test_front_ends_speak_http(sample: str, path: str) -> None:
    assert not is_banned(sample, path)


@pytest.mark.parametrize("sample", [*SIGNALS, *CLOCKS])
@pytest.mark.parametrize("path", FRONT)
def test_front_ends_know_no_signals_and_no_clock_of_their_own(sample: str, path: str) -> None:
    assert is_banned(sample, path)


def test_the_list_of_the_front_ends_is_the_other_without_rule_5() -> None:
    everywhere = _bans(ROOT / "pyproject.toml", "tool", "ruff")
    in_front = _bans(ROOT / "commonweal" / "frontends" / "ruff.toml")
    assert in_front == {name: ban for name, ban in everywhere.items() if not ban["msg"].startswith("Rule 5")}


def test_the_project_keeps_it() -> None:
    command = [sys.executable, "-m", "ruff", "check", "--select=TID251", "."]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


def _bans(path: Path, *within: str) -> dict[str, dict[str, str]]:
    document = tomllib.loads(path.read_text())
    for part in (*within, "lint", "flake8-tidy-imports"):
        document = document[part]
    bans: dict[str, dict[str, str]] = document["banned-api"]
    return bans
