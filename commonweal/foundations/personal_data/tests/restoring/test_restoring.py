"""What a restore makes of an older state of the tables."""

from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections

from commonweal.conftest import SET_UP
from commonweal.foundations.personal_data import installation, keys, ledger
from commonweal.foundations.personal_data.installation import NotServable
from commonweal.foundations.personal_data.restoring import Restored
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.personal_data.tests.restoring.backups import (
    LEEDS,
    Backup,
    ask_owner,
    destroy_keys,
    export_to,
    holders,
    make_person,
    reason_not_to_serve,
    restore_from,
)
from commonweal.foundations.scope.scopes import read_scope

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("settled"),
]


class TestARestore:
    def test_what_was_erased_since_is_erased_again(self, people: tuple[UUID, UUID], path: Path) -> None:
        erased, kept = people
        backup = Backup()
        destroy_keys(erased)
        export_to(path)
        backup.put_back()
        assert holders() == {erased, kept}
        assert restore_from(path) == Restored(keys=1, gone=1, erasures=1)
        assert holders() == {kept}
        assert {row for (row,) in ask_owner("select row from personal_data_searchtoken")} == {kept}
        assert len(ask_owner("select id from personal_data_erasure")) == 1

    def test_nothing_opens_until_it_is_done(self, people: tuple[UUID, UUID], path: Path) -> None:
        (key_id,) = (row[0] for row in ask_owner(f"select id from personal_data_datakey where holder = '{people[1]}'"))
        backup = Backup()
        export_to(path)
        backup.put_back()
        with read_scope(SET_UP, (LEEDS,)), pytest.raises(NotServable, match="run `commonweal keys restore`"):
            keys.unwrapped([key_id])
        restore_from(path)
        with read_scope(SET_UP, (LEEDS,)):
            assert set(keys.unwrapped([key_id])) == {key_id}

    def test_capabilities_forget_again_before_anything_is_served(
        self, people: tuple[UUID, UUID], path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[tuple[UUID, bool, str]] = []
        monkeypatch.setattr(ledger, "FORGETTERS", [])

        @ledger.forgets
        def forget(line: ledger.Line) -> None:
            told.append((line.holder, line.is_whole, reason_not_to_serve(tmp_path)[:30]))

        backup = Backup()
        destroy_keys(people[0])
        export_to(path)
        backup.put_back()
        restore_from(path)
        assert told == [(people[0], True, "This database was restored fro")]
        assert reason_not_to_serve(tmp_path) == ""

    def test_it_is_run_again_after_a_failure(
        self, people: tuple[UUID, UUID], path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(line: ledger.Line) -> None:
            raise RuntimeError("killed")

        backup = Backup()
        destroy_keys(people[0])
        export_to(path)
        backup.put_back()
        monkeypatch.setattr(ledger, "FORGETTERS", [fail])
        with pytest.raises(RuntimeError):
            restore_from(path)
        assert reason_not_to_serve(tmp_path) != ""
        monkeypatch.setattr(ledger, "FORGETTERS", [])
        restore_from(path)
        assert (reason_not_to_serve(tmp_path), holders()) == ("", {people[1]})

    def test_a_person_who_came_back_keeps_their_new_key_and_tokens(self, people: tuple[UUID, UUID], path: Path) -> None:
        destroy_keys(people[0])
        with acting(SET_UP, LEEDS):
            new = keys.key_for_subject(people[0], "people.closed")
        backup = Backup()
        export_to(path)
        backup.put_back()
        restore_from(path)
        assert (new,) in ask_owner(f"select id from personal_data_datakey where holder = '{people[0]}'")
        assert people[0] in {row for (row,) in ask_owner("select row from personal_data_searchtoken")}

    def test_keys_that_the_data_does_not_know_do_no_harm(self, people: tuple[UUID, UUID], path: Path) -> None:
        backup = Backup()
        later = make_person()
        export_to(path)
        backup.put_back()
        restore_from(path)
        assert holders() == {*people, later}


class TestACopyOfTheServersFiles:
    """It lies where it always lay; only the newest export knows better."""

    def test_it_is_not_served(self, people: tuple[UUID, UUID], tmp_path: Path) -> None:
        with connections["owner"].cursor() as cursor:
            newest = installation.exports_file(tmp_path, installation.identify(cursor))
        backup = Backup()
        destroy_keys(people[0])
        export_to(newest)
        assert reason_not_to_serve(tmp_path) == ""
        backup.put_back(is_elsewhere=False)
        assert "run `commonweal keys restore`" in reason_not_to_serve(tmp_path)
        with pytest.raises(NotServable, match="knows erasures that this database does not"):
            export_to(newest)
        restore_from(newest)
        assert reason_not_to_serve(tmp_path) == ""

    def test_a_rotation_shows_too(self, people: tuple[UUID, UUID], tmp_path: Path) -> None:
        with connections["owner"].cursor() as cursor:
            newest = installation.exports_file(tmp_path, installation.identify(cursor))
        backup = Backup()
        ask_owner("insert into personal_data_retiredkey (name, retired_at) values ('old', now())")
        export_to(newest)
        backup.put_back(is_elsewhere=False)
        assert "run `commonweal keys restore`" in reason_not_to_serve(tmp_path)


def test_it_is_found_out_by_postgres_alone_where_tables_lie(people: tuple[UUID, UUID], tmp_path: Path) -> None:
    assert reason_not_to_serve(tmp_path) == ""
    ask_owner("update personal_data_installation set place = 'elsewhere'")
    assert reason_not_to_serve(tmp_path) == installation.RESTORED
