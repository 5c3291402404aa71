"""A rotation is killed outright, or met by another: it is taken up again, and every key opens at every moment."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonweal.frontends.cli.databases import Database
from tests.faults.keys_killing import BODIES, POINTS
from tests.faults.keys_place import Place, new_place

EACH = 120


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An installation with keys in three organisations."""
    database = Database(os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"], None)
    folder: Path = tmp_path_factory.mktemp("rotation")
    with new_place(folder, database) as place:
        place.command("migrate")
        assert place.attempt("fill", str(EACH), module="tests.faults.keys_killing").returncode == 0
        yield place


def destroyed(place: Place) -> set[str]:
    return {name for (name,) in place.rows("select name from personal_data_retiredkey where destroyed_at is not null")}


@pytest.mark.parametrize("point", POINTS)
def test_killed_it_is_taken_up_again(place: Place, point: str) -> None:
    before = place.ring.current
    assert place.attempt(point, module="tests.faults.keys_killing").returncode == -signal.SIGKILL
    assert place.unopened() == []
    assert sum(place.wrappers().values()) == EACH * len(BODIES)

    place.command("keys", "rotate")

    assert place.ring.old == []
    assert place.ring.current != before
    assert place.wrappers() == {place.ring.current: EACH * len(BODIES)}
    assert place.unopened() == []
    assert before in destroyed(place)
    assert [file.name for file in place.installation.keyring.parent.iterdir() if "half" in file.name] == []


def test_two_at_once_are_one(place: Place) -> None:
    before = place.ring.current
    both = [place.begin("keys", "rotate") for _number in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 0], [0, 1])
    if codes == [0, 1]:
        assert [err for _out, err in said if err] == ["A rotation is already running: wait for it to end.\n"]
    assert before not in place.ring.keys
    assert place.ring.old == []
    assert place.unopened() == []


def test_a_keyring_that_cannot_be_read(place: Place) -> None:
    whole = place.store.path.read_text()
    for damage in (whole[:60], "", whole.replace("keys", "kyes")):
        place.store.path.write_text(damage)
        for command in (["worker"], ["web"], ["keys", "rotate"], ["keys", "status"]):
            done = place.attempt(*command)
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.count("\n") == 1
            assert "The keyring cannot be read: restore it from where it is kept safe." in done.stderr
        assert place.store.path.read_text() == damage
    place.store.path.write_text(whole)
    assert place.unopened() == []
