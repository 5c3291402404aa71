"""Where keyrings are kept, and what is left when keeping one fails."""

import errno
import os
import resource
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commonweal.foundations.personal_data.stores import (
    CommandStore,
    EnvironmentStore,
    FileStore,
    KeyringMissing,
    KeyringNotWritten,
    choose_store,
)
from commonweal.foundations.personal_data.wrapping import KeyringError, new_keyring

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RING = new_keyring(NOW)


@pytest.fixture
def kept(tmp_path: Path) -> FileStore:
    store = FileStore(tmp_path / "keyring" / "keyring.json")
    store.create(RING)
    return store


class TestAFile:
    def test_it_is_its_owners_alone(self, kept: FileStore) -> None:
        assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
        kept.save(RING.with_new_key(NOW))
        assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600

    def test_what_is_saved_is_loaded(self, kept: FileStore) -> None:
        longer = RING.with_new_key(NOW)
        kept.save(longer)
        assert kept.load() == longer
        assert os.listdir(kept.path.parent) == ["keyring.json"]

    def test_it_is_never_made_twice(self, kept: FileStore) -> None:
        with pytest.raises(FileExistsError):
            kept.create(RING)
        assert kept.load() == RING

    def test_a_missing_one(self, tmp_path: Path) -> None:
        with pytest.raises(KeyringMissing, match="is missing"):
            FileStore(tmp_path / "keyring.json").load()

    def test_one_that_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "keyring.json").mkdir()
        with pytest.raises(KeyringError, match=r"cannot be read \(Is a directory\)"):
            FileStore(tmp_path / "keyring.json").load()

    def test_one_that_is_being_replaced_is_read_again(self, kept: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
        texts = iter([bytes(200).decode(), RING.text()])
        monkeypatch.setattr(FileStore, "_read", lambda self: next(texts))
        assert kept.load() == RING

    def test_a_destroyed_key_is_overwritten_where_it_lay(self, kept: FileStore) -> None:
        both = RING.with_new_key(NOW)
        kept.save(both)
        with kept.path.open("rb") as old_blocks:
            kept.save(both.without(RING.current))
            assert old_blocks.read().strip(b"\0") == b""

    def test_a_copy_that_somebody_linked_is_not_touched(self, kept: FileStore, tmp_path: Path) -> None:
        both = RING.with_new_key(NOW)
        kept.save(both)
        os.link(kept.path, tmp_path / "linked")
        kept.save(both.without(RING.current))
        assert FileStore(tmp_path / "linked").load() == both

    def test_a_link_to_it_stays_a_link(self, kept: FileStore, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(kept.path)
        FileStore(tmp_path / "link").save(RING.with_new_key(NOW))
        assert (tmp_path / "link").is_symlink()
        assert len(kept.load().keys) == 2

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
    def test_it_stays_with_whom_it_belongs_to(self, kept: FileStore) -> None:
        os.chown(kept.path, 1234, 1234)
        kept.save(RING.with_new_key(NOW))
        assert (kept.path.stat().st_uid, kept.path.stat().st_gid) == (1234, 1234)


class TestAFullDisk:
    @pytest.mark.parametrize("broken", ["fsync", "chown", "open"])
    def test_the_old_keyring_stays_whole(self, kept: FileStore, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
        def fail(*_arguments: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        if broken == "chown":
            monkeypatch.setattr(os, "geteuid", lambda: 0)
        with monkeypatch.context() as patch:
            patch.setattr(os, broken, fail)
            with pytest.raises(KeyringNotWritten, match="No space left on device"):
                kept.save(RING.with_new_key(NOW))
        assert kept.load() == RING
        assert os.listdir(kept.path.parent) == ["keyring.json"]

    def test_it_stays_whole_also_when_the_kernel_stops_the_writing(self, kept: FileStore) -> None:
        """A real limit on how much a process may write, met in the middle of the new keyring."""
        code = (
            "import sys; from datetime import UTC, datetime; from pathlib import Path;"
            "from commonweal.foundations.personal_data.stores import FileStore;"
            "store = FileStore(Path(sys.argv[1]));"
            "store.save(store.load().with_new_key(datetime.now(UTC)))"
        )

        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))

        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code, str(kept.path)],
            preexec_fn=limit,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "KeyringNotWritten" in done.stderr
        assert kept.load() == RING
        assert os.listdir(kept.path.parent) == ["keyring.json"]


class TestTheEnvironment:
    def test_it_is_read_and_not_written(self) -> None:
        store = EnvironmentStore(RING.text())
        assert store.load() == RING
        assert not store.can_save
        with pytest.raises(KeyringNotWritten, match="COMMONWEAL_KEYRING_KEYS is replaced by whoever sets"):
            store.save(RING)

    def test_it_shows_no_key(self) -> None:
        assert RING.text() not in repr(EnvironmentStore(RING.text()))


KEEPER = """
import pathlib, sys
place = pathlib.Path(sys.argv[1])
if sys.argv[2] == "load":
    print(place.read_text() if place.exists() else "")
else:
    place.write_text(sys.stdin.read())
"""


class TestACommand:
    """Any client of a secret manager: here a few lines that keep the text in a file."""

    @pytest.fixture
    def command(self, tmp_path: Path) -> CommandStore:
        (tmp_path / "keeper.py").write_text(KEEPER)
        return CommandStore(f"{sys.executable} '{tmp_path}/keeper.py' '{tmp_path}/a secret'")

    def test_what_is_saved_is_loaded(self, command: CommandStore) -> None:
        with pytest.raises(KeyringMissing, match="gave none"):
            command.load()
        command.save(RING)
        assert command.load() == RING

    def test_a_command_that_fails_is_not_quoted(self) -> None:
        code = f"import sys; print('{RING.text()}', file=sys.stderr); sys.exit(3)".replace('"', '\\"')
        store = CommandStore(f'{sys.executable} -c "{code}"')
        with pytest.raises(KeyringError, match="COMMONWEAL_KEYRING_COMMAND load failed with exit code 3") as refusal:
            store.load()
        assert "keys" not in str(refusal.value)
        with pytest.raises(KeyringNotWritten):
            store.save(RING)

    @pytest.mark.parametrize("command", ["/nowhere/at/all", "'not closed"])
    def test_a_command_that_is_none(self, command: str) -> None:
        with pytest.raises(KeyringError, match="could not be run"):
            CommandStore(command).load()


def test_the_environment_comes_before_a_command_and_that_before_a_file(tmp_path: Path) -> None:
    assert isinstance(choose_store(keys="{}", command="x", path=tmp_path), EnvironmentStore)
    assert isinstance(choose_store(keys="", command="x", path=tmp_path), CommandStore)
    assert isinstance(choose_store(keys="", command="", path=tmp_path), FileStore)
