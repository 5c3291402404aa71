"""`commonweal legacy` works by itself: no web site, no database of ours, on PostgreSQL too."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from commonweal.foundations.datasets.tests.shop import ANN, DECLARED, make_shop, shop_in
from commonweal.frontends.cli.installation import ROOT
from commonweal.frontends.cli.postgres.server import Server


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    path = tmp_path / "shop.yaml"
    path.write_text(DECLARED)
    return path


def legacy(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run the command as a stranger would, with nothing set."""
    return subprocess.run(
        [sys.executable, "-m", "commonweal.frontends.cli.main", "legacy", *map(str, arguments)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_sound_file_is_told_step_by_step(dataset: Path) -> None:
    done = legacy("check", dataset)
    assert done.returncode == 0
    assert "shop is sound. People are found by: email." in done.stdout


def test_a_faulty_file_is_told_with_its_line(dataset: Path) -> None:
    dataset.write_text(DECLARED.replace("field: customer.id", "field: client.id"))
    done = legacy("check", dataset)
    assert done.returncode == 1
    assert f"{dataset}, line " in done.stderr
    assert "There is no collection client." in done.stderr


def test_access_writes_data_manifest_and_a_pdf(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = legacy(
        "access", "--dataset", dataset, "--url", shop_in(tmp_path), "--identity", f"email={ANN}", "--out", out
    )
    assert done.returncode == 0, done.stderr
    assert (out / "pack.pdf").read_bytes().startswith(b"%PDF")
    manifest = json.loads((out / "manifest.json").read_text())
    assert {one["name"]: one["rows"] for one in manifest["collections"]}["orders"] == 2


def test_what_no_list_of_processes_may_show_comes_from_a_file(dataset: Path, tmp_path: Path) -> None:
    secret = tmp_path / "asked"
    secret.write_text(f"--url={shop_in(tmp_path)}\n--identity=email={ANN}\n")
    done = legacy("erase", "--dataset", dataset, "--dry-run", f"@{secret}")
    assert "Nothing was changed: 7 rows would be." in done.stdout, done.stderr


def test_an_identity_without_a_kind_is_one_sentence(dataset: Path, tmp_path: Path) -> None:
    done = legacy("erase", "--dataset", dataset, "--url", shop_in(tmp_path), "--identity", ANN, "--dry-run")
    assert done.returncode == 1
    assert "An identity is written KIND=VALUE" in done.stderr
    assert "Traceback" not in done.stderr


def test_postgresql_is_searched_and_erased(dataset: Path, tmp_path: Path, server: Server) -> None:
    url = server.url("owner")
    make_shop(url.replace("postgresql:", "postgresql+psycopg:", 1))
    asked = ("--dataset", dataset, "--url", url, "--identity", f"email={ANN}")
    assert legacy("access", *asked, "--out", tmp_path / "out").returncode == 0
    told = legacy("erase", *asked, "--dry-run")
    assert "Nothing was changed: 7 rows would be." in told.stdout
    done = legacy("erase", *asked)
    assert "Erased in one transaction: 7 rows." in done.stdout, done.stderr
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
    with engine.connect() as connection:
        assert connection.execute(sa.text("select count(*) from customer where email like '%people%'")).scalar() == 1
