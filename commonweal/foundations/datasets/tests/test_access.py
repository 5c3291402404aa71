"""Access (UK GDPR Article 15) to another database: every row about the person, none of anyone else's."""

import csv
import json
import stat
from pathlib import Path

import pytest

from commonweal.foundations.datasets.collecting import collect
from commonweal.foundations.datasets.errors import DatasetRefused, NoSuchIdentity, NotAsDeclared, NotReachable
from commonweal.foundations.datasets.loading import load_dataset
from commonweal.foundations.datasets.tests.shop import ANN, DECLARED, shop_in

PLAN = load_dataset(DECLARED, file="shop.yaml")


def ids_in(folder: Path) -> dict[str, set[int]]:
    return {path.stem: {row["id"] for row in json.loads(path.read_text())} for path in folder.glob("*.json")}


def test_all_of_hers_and_nothing_of_his(tmp_path: Path) -> None:
    collect(PLAN, url=shop_in(tmp_path), identities={"email": ANN}, folder=tmp_path / "out")
    assert ids_in(tmp_path / "out") == {"customer": {10}, "orders": {20, 22}, "address": {1, 2}, "visit": {30, 32}}


def test_values_are_as_they_were(tmp_path: Path) -> None:
    collect(PLAN, url=shop_in(tmp_path), identities={"email": ANN}, folder=tmp_path / "out")
    (customer,) = json.loads((tmp_path / "out" / "customer.json").read_text())
    assert customer["name"] == 'Ann "Nan" Ellis'
    with (tmp_path / "out" / "orders.csv").open(newline="") as file:
        assert [row["wish"] for row in csv.DictReader(file)] == ["wrap it, please", ""]


def test_the_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    collect(PLAN, url=shop_in(tmp_path), identities={"email": ANN}, folder=tmp_path / "out")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()} == {0o600}


def test_someone_unknown_has_empty_tables(tmp_path: Path) -> None:
    found = collect(PLAN, url=shop_in(tmp_path), identities={"email": "no' or 1=1 --"}, folder=tmp_path / "out")
    assert {one.rows for one in found} == {0}


def test_an_identity_the_file_does_not_declare_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoSuchIdentity, match=r"no identity phone\. It declares: email"):
        collect(PLAN, url=shop_in(tmp_path), identities={"phone": "1"}, folder=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    other = load_dataset(DECLARED.replace("name: visit", "name: visits"), file="shop.yaml")
    with pytest.raises(NotAsDeclared, match="The database has no table visits"):
        collect(other, url=shop_in(tmp_path), identities={"email": ANN}, folder=tmp_path / "out")


def test_what_lies_in_a_folder_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "customer.csv").write_text("kept")
    with pytest.raises(DatasetRefused, match="is not empty"):
        collect(PLAN, url=shop_in(tmp_path), identities={"email": ANN}, folder=tmp_path / "out")
    assert (tmp_path / "out" / "customer.csv").read_text() == "kept"


@pytest.mark.parametrize("url", ["nonsense", "oracle://a:secret@b/c", "sqlite:////nowhere/at/all.db"])
def test_a_database_that_is_not_there_is_one_sentence_without_the_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(NotReachable) as caught:
        collect(PLAN, url=url, identities={"email": ANN}, folder=tmp_path / "out")
    assert "secret" not in str(caught.value)
