"""A file opens in a reading, its trace first; then it streams, as an attachment; forgotten, it opens nowhere."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.files.chunks import SIZE, Altered
from commonweal.foundations.files.errors import NoSuchFile, StorageUnavailable
from commonweal.foundations.files.forgetting import forget, forget_again
from commonweal.foundations.files.headers import headers_for
from commonweal.foundations.files.models import StoredFile
from commonweal.foundations.files.opening import NotReleased, OpenedFile, list_files, open_file
from commonweal.foundations.files.tests.conftest import NOTE, Attach, open_as, upload
from commonweal.foundations.files.tests.test_uploading import content_in
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.ledger import replay
from commonweal.foundations.personal_data.models import Erasure, Trace
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import Forgotten, reading
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import read_scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault_folder")]
LONG = NOTE * (2 * SIZE // len(NOTE) + 7)


def lines(organisation: int) -> list[Trace]:
    with read_scope(SET_UP, (organisation,)):
        return list(Trace.objects.filter(organisation_id=organisation).order_by("id"))


class TestOpening:
    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_it_comes_out_as_it_went_in_and_is_traced(self, cast: Cast, attach: Attach) -> None:
        file = upload(cast.rosa, cast.leeds, LONG, step=SIZE - 5)
        assert lines(cast.leeds) == []
        case = attach(cast.rosa, cast.leeds, file)
        opened = open_as(cast.priya, cast, file, of=case)
        assert b"".join(opened.chunks()) == LONG
        (line,) = lines(cast.leeds)
        assert (line.subject_id, line.actor_id, line.reference) == (case, cast.priya.account, "LEE-1")
        assert line.fields == ["files.file.content_key", "files.file.name"]

    def test_a_list_shows_names_and_opens_no_content(self, cast: Cast, attach: Attach) -> None:
        case = attach(cast.rosa, cast.leeds, upload(cast.rosa, cast.leeds, NOTE, "bin.txt"))
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
            assert [(row.name, row.size) for row in list_files(of=case)] == [("bin.txt", len(NOTE))]
        assert [line.fields for line in lines(cast.leeds)] == [["files.file.name"]]

    def test_no_byte_leaves_before_the_trace_is_committed(self, cast: Cast, attach: Attach) -> None:
        file = upload(cast.rosa, cast.leeds, NOTE)
        case = attach(cast.rosa, cast.leeds, file)
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
            opened = open_file(file, of=case)
            with pytest.raises(NotReleased):
                opened.chunks()

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_nor_after_a_trace_that_could_not_be_written(self, cast: Cast, attach: Attach) -> None:
        file = upload(cast.rosa, cast.leeds, NOTE)
        case = attach(cast.rosa, cast.leeds, file)
        leaked: list[OpenedFile] = []

        def leak() -> None:
            with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
                leaked.append(open_file(file, of=case))
                connection.cursor().execute("set transaction read only")

        with pytest.raises(DatabaseError, match="read-only"):
            leak()
        with pytest.raises(NotReleased):
            leaked[0].chunks()

    def test_others_do_not_open_it(self, cast: Cast, attach: Attach) -> None:
        file = upload(cast.rosa, cast.leeds, NOTE)
        case = attach(cast.rosa, cast.leeds, file)
        with pytest.raises(ReadingRefused):
            open_as(cast.huw, cast, file, of=case)
        with pytest.raises(NoSuchFile):
            open_as(cast.priya, cast, file, of=uuid4())

    def test_nothing_of_it_prints(self, cast: Cast, attach: Attach) -> None:
        file = upload(cast.rosa, cast.leeds, NOTE)
        opened = open_as(cast.priya, cast, file, of=attach(cast.rosa, cast.leeds, file))
        assert "_key" not in repr(opened)


class TestWhatLies:
    @pytest.fixture
    def opened(self, cast: Cast, attach: Attach) -> OpenedFile:
        file = upload(cast.rosa, cast.leeds, LONG)
        return open_as(cast.priya, cast, file, of=attach(cast.rosa, cast.leeds, file))

    def test_altered_content_is_not_given_out(self, opened: OpenedFile, cast: Cast, vault_folder: Path) -> None:
        (path,) = content_in(vault_folder, cast.leeds)
        path.write_bytes(path.read_bytes()[:-20])
        with pytest.raises(Altered):
            b"".join(opened.chunks())

    def test_missing_content_is_told_before_the_first_byte(
        self, opened: OpenedFile, cast: Cast, vault_folder: Path
    ) -> None:
        (path,) = content_in(vault_folder, cast.leeds)
        path.unlink()
        with pytest.raises(StorageUnavailable):
            opened.chunks()

    def test_content_of_another_file_does_not_open_in_its_place(
        self, opened: OpenedFile, cast: Cast, vault_folder: Path
    ) -> None:
        (path,) = content_in(vault_folder, cast.leeds)
        upload(cast.rosa, cast.leeds, NOTE)
        (other,) = [found for found in content_in(vault_folder, cast.leeds) if found != path]
        path.write_bytes(other.read_bytes())
        with pytest.raises(Altered):
            b"".join(opened.chunks())


class TestHeaders:
    @pytest.mark.parametrize("name", ["x.txt", 'a".html\r\nSet-Cookie: b=c', "../../Siân <script>.svg", "页.txt"])
    def test_always_an_attachment_in_a_sandbox(self, cast: Cast, attach: Attach, name: str) -> None:
        file = upload(cast.rosa, cast.leeds, NOTE, name)
        headers = headers_for(open_as(cast.priya, cast, file, of=attach(cast.rosa, cast.leeds, file)))
        assert headers["Content-Disposition"].startswith('attachment; filename="')
        assert headers["Content-Disposition"].count('"') == 2
        assert headers["Content-Disposition"].isascii()
        assert headers["Content-Disposition"].endswith(".txt")
        assert not any("\r" in value or "\n" in value for value in headers.values())
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("sandbox;")
        assert headers["Content-Type"] == "text/plain"
        assert headers["Content-Length"] == str(len(NOTE))


class TestForgetting:
    def test_row_content_and_key_go(self, cast: Cast, attach: Attach, vault_folder: Path) -> None:
        file, other = upload(cast.rosa, cast.leeds, NOTE), upload(cast.rosa, cast.leeds, NOTE)
        case = attach(cast.rosa, cast.leeds, file)
        forget(cast.priya, organisation=cast.leeds, file=file)
        with read_scope(SET_UP, (cast.leeds,)):
            assert [row.id for row in StoredFile.objects.all()] == [other]
            assert [line.classes for line in Erasure.objects.filter(holder=file)] == [["files.stored"]]
        assert len(content_in(vault_folder, cast.leeds)) == 1
        with pytest.raises(NoSuchFile):
            open_as(cast.priya, cast, file, of=case)

    def test_without_its_key_the_content_is_unreadable_at_once(
        self, cast: Cast, attach: Attach, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(actions, "ACTIONS", dict(actions.ACTIONS))
        file = upload(cast.rosa, cast.leeds, NOTE)
        case = attach(cast.rosa, cast.leeds, file)

        @action()
        def erase(actor: Actor, *, organisation: int) -> None:
            keys.destroy(file)
            record("tests.case")

        erase(cast.priya, organisation=cast.leeds)
        with pytest.raises(Forgotten):
            open_as(cast.priya, cast, file, of=case)
        with read_scope(SET_UP, (cast.leeds,)):
            line = Erasure.objects.get(holder=file)
        assert content_in(vault_folder, cast.leeds)
        assert line.classes == ["files.stored"]

    def test_a_restored_backup_forgets_it_again(
        self, cast: Cast, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from commonweal.foundations.clocks.now import now
        from commonweal.foundations.personal_data import ledger
        from commonweal.foundations.personal_data.ledger import Line

        monkeypatch.setattr(ledger, "FORGETTERS", [forget_again])
        file = upload(cast.rosa, cast.leeds, NOTE)
        line = Line(uuid4(), cast.leeds, now(), file, True, ("files.stored",))
        assert replay([line, line]) == 2
        assert content_in(vault_folder, cast.leeds) == []
        with read_scope(SET_UP, (cast.leeds,)):
            assert not StoredFile.objects.exists()
