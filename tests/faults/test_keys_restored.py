"""A backup is restored: nothing serves, each wrong step is refused in one sentence, and the newest export mends it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from commonweal.frontends.cli import keys_drill
from commonweal.frontends.cli.databases import Database
from commonweal.frontends.cli.installation import read_installation
from commonweal.frontends.cli.keys_drill import Drill, run_drill
from commonweal.frontends.cli.keys_scratch import back_up, put_back, scratch_database
from commonweal.frontends.cli.problems import Problem
from tests.faults.keys_place import Done, Place, new_place

RESTORED = (
    "This database was restored from a backup and still holds what was erased since: run `commonweal keys restore` "
    "with the newest key export before anything serves.\n"
)


def server() -> Database:
    return Database(os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"], None)


@dataclass(frozen=True)
class Disaster:
    """A backup was made, one person erased, one added, the key rotated; then only the backup was left."""

    place: Place
    erased: str
    kept: str
    late: str
    older: Path
    """An export as old as the backup."""


@pytest.fixture(scope="module")
def disaster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disaster]:
    folder = tmp_path_factory.mktemp("disaster")
    with new_place(folder, server()) as live, scratch_database(server()) as empty:
        live.command("migrate")
        made = live.canaries("make")
        live.command("keys", "export", str(folder / "older.keys"))
        back_up(live.database, folder / "backup")
        live.canaries("erase", made["erased"])
        late = live.canaries("make")["kept"]
        live.command("keys", "export")
        put_back(empty, folder / "backup")
        yield Disaster(Place(live.installation, empty), made["erased"], made["kept"], late, folder / "older.keys")


def sentence(done: Done) -> str:
    """What a command said that was refused: one sentence, and nothing else."""
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    return done.stderr


class TestARestoredBackup:
    """In this order: what must not be done, then what must."""

    @pytest.mark.parametrize("command", ["web", "worker", "run"])
    def test_it_does_not_start(self, disaster: Disaster, command: str) -> None:
        done = disaster.place.attempt(command)
        assert (done.returncode, done.stderr) == (1, RESTORED)

    def test_a_server_started_by_hand_does_not_start_either(self, disaster: Disaster) -> None:
        for module in ("commonweal.config.wsgi", "commonweal.frontends.cli.working"):
            done = disaster.place.attempt(module=module)
            assert done.returncode == 1
            assert done.stderr.endswith(RESTORED)

    def test_nothing_opens_in_a_process_that_did_not_ask(self, disaster: Disaster) -> None:
        found = disaster.place.canaries("look", disaster.erased, disaster.kept)
        assert found == {disaster.erased: "not served", disaster.kept: "not served"}

    @pytest.mark.parametrize("command", [["keys", "rotate"], ["keys", "export"]])
    def test_its_keys_are_not_touched(self, disaster: Disaster, command: list[str]) -> None:
        assert sentence(disaster.place.attempt(*command)) == RESTORED

    def test_the_doctor_says_so(self, disaster: Disaster) -> None:
        assert f"WRONG  {RESTORED}" in disaster.place.attempt("doctor").stdout

    def test_without_an_export(self, disaster: Disaster) -> None:
        missing = disaster.older.with_name("missing.keys")
        said = sentence(disaster.place.attempt("keys", "restore", "--export", str(missing)))
        assert said == (
            f"The key export {missing} is missing: take the newest one from where it is kept; nothing restored may "
            "serve without it.\n"
        )

    def test_with_an_older_export(self, disaster: Disaster) -> None:
        said = sentence(disaster.place.attempt("keys", "restore", "--export", str(disaster.older)))
        assert f"{disaster.older} is not the newest key export" in said

    def test_with_half_an_export(self, disaster: Disaster) -> None:
        (newest,) = (disaster.place.installation.keyring.parent / "exports").iterdir()
        half = disaster.older.with_name("half.keys")
        half.write_bytes(newest.read_bytes()[:-40])
        said = sentence(disaster.place.attempt("keys", "restore", "--export", str(half)))
        assert "was cut short or altered" in said

    def test_with_the_newest_it_serves_again(self, disaster: Disaster) -> None:
        disaster.place.command("keys", "restore")
        found = disaster.place.canaries("look", disaster.erased, disaster.kept)
        assert found == {disaster.erased: "erased", disaster.kept: "opens"}
        assert disaster.place.canaries("pry", str(disaster.place.installation.keyring)) == {disaster.kept: "opens"}
        assert "well   The data may be served: its keys are the newest." in disaster.place.attempt("doctor").stdout
        said = disaster.place.attempt("keys", "status").stdout
        assert "Erasures: 1, of which 0 open from no backup any more" in said
        assert "knows every erasure" in said

    def test_and_the_log_goes_on_in_another_epoch(self, disaster: Disaster) -> None:
        assert disaster.place.rows("select max(epoch) from audit_seal") == [(2,)]


class TestTheDrill:
    def test_it_passes(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        told: list[str] = []
        run_drill(read_installation(os.environ), server(), told.append)
        assert told[-1] == "Drill: passed. What was erased opens from no older backup; what was not, does."

    def test_it_fails_when_the_old_key_is_not_destroyed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A rotation that only adds a key: the drill must not believe it."""
        command = Drill.command

        def keep_the_old_key(self: Drill, *arguments: str) -> None:
            old = self.installation.keyring.read_text() if arguments == ("keys", "rotate") else ""
            command(self, *arguments)
            if old:
                shutil.copyfile(self.installation.keyring, self.installation.keyring.with_suffix(".new"))
                merge(self.installation.keyring, old)

        monkeypatch.setattr(keys_drill.Drill, "command", keep_the_old_key)
        with pytest.raises(
            Problem, match="the backup and the keyring at hand open nothing, it should be, and it was not"
        ):
            run_drill(read_installation(os.environ), server(), lambda text: None)


def merge(keyring: Path, old: str) -> None:
    """Put the keys of an older keyring back beside those of the newer one."""
    from commonweal.foundations.personal_data.wrapping import Keyring, parse

    new, before = parse(keyring.read_text()), parse(old)
    keyring.write_text(Keyring(new.current, {**before.keys, **new.keys}, new.made).text())
