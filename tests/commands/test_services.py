"""Declarations at the command line: what is wrong with one, and offering it."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from django.conf import settings

from commonweal.capabilities.catalogue.queries.services import service
from commonweal.capabilities.catalogue.tests.declared import SMALLEST, changed
from commonweal.conftest import Cast
from commonweal.foundations.scope.actors import Visitor
from commonweal.frontends.cli import services
from commonweal.frontends.cli.installation import Installation, read_installation
from commonweal.frontends.cli.main import build_parser
from commonweal.frontends.cli.problems import Problem


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Installation:
    """The test's own database."""
    monkeypatch.setattr(services, "asking", lambda installation, purpose: nullcontext())
    monkeypatch.setattr(services, "environment_for", lambda *given, **named: {})
    return read_installation({"COMMONWEAL_VAR": str(tmp_path / "var")})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "service.yaml"


def do(here: Installation, *words: object) -> int:
    options = build_parser().parse_args(["services", *map(str, words)])
    code: int = options.command(here, options)
    return code


def test_every_fault_is_said_with_file_line_and_field(
    here: Installation, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(changed("working_days: 5", "working_days: five", changed("cy: Munud.", "cy: ''")))
    assert do(here, "check", file) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{file}, line 4, takes.cy: ")
    assert second.endswith("case.clocks[0].working_days: This must be a whole number.")


def test_a_declaration_that_is_well_and_a_period_that_nothing_needs(
    here: Installation, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(changed("months: 12", "months: 72"))
    assert do(here, "check", file) == 0
    warning, well = capsys.readouterr().out.splitlines()
    assert "Found is kept for 72 months in England; nothing that it names needs more than 24" in warning
    assert "Report lost property has no mistakes: 1 page" in well


@pytest.mark.parametrize(
    "path", sorted(Path(settings.SERVICES).glob("*/service.yaml")), ids=lambda path: path.parent.name
)
def test_every_service_of_ours_is_well(here: Installation, path: Path) -> None:
    assert do(here, "check", path) == 0


@pytest.mark.django_db
def test_a_service_is_offered_with_what_the_body_says_differently(
    cast: Cast, here: Installation, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    overrides = tmp_path / "leeds.yaml"
    overrides.write_text("team: Parks\n")
    file.write_text(SMALLEST)
    assert do(here, "offer", file, "--organisation", "leeds", "--overrides", overrides) == 0
    assert "Leeds City Council offers it now" in capsys.readouterr().out
    assert service(Visitor(), organisation=cast.leeds, name="lost_property").service.team == "Parks"
    overrides.write_text("team: ''\n")
    assert do(here, "offer", file, "--organisation", "leeds", "--overrides", overrides) == 1
    assert "overrides.yaml, line 1, team: " in capsys.readouterr().out


@pytest.mark.django_db
def test_what_cannot_be_is_said_in_a_sentence(cast: Cast, here: Installation, file: Path, tmp_path: Path) -> None:
    file.write_text(SMALLEST)
    with pytest.raises(Problem, match="lacks the powers for this service, or it is not for Wales"):
        do(here, "offer", file, "--organisation", "cardiff")
    with pytest.raises(Problem, match="No body has the web address nowhere"):
        do(here, "offer", file, "--organisation", "nowhere")
    with pytest.raises(Problem, match="No such file"):
        do(here, "check", tmp_path / "none.yaml")
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(Problem, match="not UTF-8 text"):
        do(here, "check", file)
