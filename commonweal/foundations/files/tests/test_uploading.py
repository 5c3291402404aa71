"""Uploads go on where they stood, whoever sends what twice; nobody else's hands are on them."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import at, now
from commonweal.foundations.files.errors import NobodysFile, NoSuchFile, NotAccepted, OutOfStep
from commonweal.foundations.files.models import Part, State, StoredFile
from commonweal.foundations.files.parts import standing_of
from commonweal.foundations.files.tests.conftest import NOTE, upload
from commonweal.foundations.files.uploading import append, begin, finish
from commonweal.foundations.scope.actors import Resident, Visitor
from commonweal.foundations.scope.scopes import ScopeError, read_scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault_folder")]


def rows(organisation: int) -> list[StoredFile]:
    with read_scope(SET_UP, (organisation,)):
        return list(StoredFile.objects.filter(organisation_id=organisation))


class TestGoingOn:
    def test_bytes_sent_twice_count_once(self, cast: Cast) -> None:
        file = begin(cast.rosa, organisation=cast.leeds, size=len(NOTE), name="a.txt", subject=uuid4())
        for _time in range(2):
            assert append(cast.rosa, organisation=cast.leeds, upload=file, offset=0, data=NOTE[:20]) == 20
        assert append(cast.rosa, organisation=cast.leeds, upload=file, offset=5, data=NOTE[5:30]) == 30
        assert standing_of(cast.rosa, organisation=cast.leeds, upload=file).received == 30
        assert append(cast.rosa, organisation=cast.leeds, upload=file, offset=30, data=NOTE[30:]) == len(NOTE)
        finish(cast.rosa, organisation=cast.leeds, upload=file)
        (row,) = rows(cast.leeds)
        assert (row.state, row.size, row.media_type) == (State.STORED, len(NOTE), "text/plain")

    def test_missing_bytes_say_where_to_go_on(self, cast: Cast) -> None:
        file = begin(cast.rosa, organisation=cast.leeds, size=len(NOTE), name="a.txt", subject=uuid4())
        append(cast.rosa, organisation=cast.leeds, upload=file, offset=0, data=NOTE[:10])
        with pytest.raises(OutOfStep) as refusal:
            append(cast.rosa, organisation=cast.leeds, upload=file, offset=11, data=NOTE[11:])
        assert refusal.value.received == 10
        with pytest.raises(OutOfStep):
            finish(cast.rosa, organisation=cast.leeds, upload=file)

    def test_finished_twice_is_the_same_file(self, cast: Cast, vault_folder: Path) -> None:
        file = upload(cast.rosa, cast.leeds, NOTE, step=10)
        assert finish(cast.rosa, organisation=cast.leeds, upload=file) == file
        assert len(content_in(vault_folder, cast.leeds)) == 1
        with read_scope(SET_UP, (cast.leeds,)):
            assert not Part.objects.exists()

    def test_more_than_was_said(self, cast: Cast) -> None:
        file = begin(cast.rosa, organisation=cast.leeds, size=10, name="a.txt", subject=uuid4())
        with pytest.raises(NotAccepted):
            append(cast.rosa, organisation=cast.leeds, upload=file, offset=0, data=NOTE)


class TestWhose:
    def test_nobodys(self, cast: Cast) -> None:
        for nobody in (Visitor(), Resident()):
            with pytest.raises(NobodysFile):
                begin(nobody, organisation=cast.leeds, size=10, name="a.txt", subject=uuid4())

    def test_another_resident_another_body_and_time_all_find_nothing(self, cast: Cast) -> None:
        file = begin(cast.rosa, organisation=cast.leeds, size=len(NOTE), name="a.txt", subject=uuid4())
        for actor, organisation in ((cast.sam, cast.leeds), (cast.priya, cast.leeds), (cast.rosa, cast.cardiff)):
            for step in (standing_of, finish):
                with pytest.raises(NoSuchFile):
                    step(actor, organisation=organisation, upload=file)
            with pytest.raises(NoSuchFile):
                append(actor, organisation=organisation, upload=file, offset=0, data=NOTE)
        with at(now() + timedelta(hours=25)), pytest.raises(NoSuchFile):
            append(cast.rosa, organisation=cast.leeds, upload=file, offset=0, data=NOTE)


class TestLimits:
    def test_size(self, cast: Cast, settings: LazySettings) -> None:
        settings.FILES_MOST_BYTES = 2_000_000
        with pytest.raises(NotAccepted) as refusal:
            begin(cast.rosa, organisation=cast.leeds, size=2_000_001, name="a.pdf", subject=uuid4())
        assert "larger than 2 MB" in str(refusal.value.message)
        with pytest.raises(NotAccepted, match="file_not_accepted"):
            begin(cast.rosa, organisation=cast.leeds, size=0, name="a.pdf", subject=uuid4())

    def test_count(self, cast: Cast, settings: LazySettings) -> None:
        settings.FILES_MOST = 2
        for _time in range(2):
            begin(cast.rosa, organisation=cast.leeds, size=5, name="a.txt", subject=uuid4())
        with pytest.raises(NotAccepted) as refusal:
            begin(cast.rosa, organisation=cast.leeds, size=5, name="a.txt", subject=uuid4())
        assert "2" in str(refusal.value.message)
        begin(cast.sam, organisation=cast.leeds, size=5, name="a.txt", subject=uuid4())


def test_a_refused_file_leaves_nothing_of_its_content(cast: Cast, vault_folder: Path) -> None:
    file = begin(cast.rosa, organisation=cast.leeds, size=4, name="a.exe", subject=uuid4())
    append(cast.rosa, organisation=cast.leeds, upload=file, offset=0, data=b"MZ\x90\0")
    for _time in range(2):
        with pytest.raises(NotAccepted) as refusal:
            finish(cast.rosa, organisation=cast.leeds, upload=file)
        assert refusal.value.reason == "type"
    assert content_in(vault_folder, cast.leeds) == []
    assert [row.state for row in rows(cast.leeds)] == [State.REFUSED]


def test_content_is_never_stored_inside_an_action(cast: Cast) -> None:
    with read_scope(cast.rosa, (cast.leeds,)), pytest.raises(ScopeError):
        begin(cast.rosa, organisation=cast.leeds, size=5, name="a.txt", subject=uuid4())


def test_neither_name_nor_content_lies_in_the_clear(cast: Cast, vault_folder: Path) -> None:
    file = begin(cast.rosa, organisation=cast.leeds, size=len(NOTE), name="Letter of Rosa.txt", subject=uuid4())
    append(cast.rosa, organisation=cast.leeds, upload=file, offset=0, data=NOTE)
    for _time in range(2):
        lying = b"".join(path.read_bytes() for path in content_in(vault_folder, cast.leeds))
        assert lying
        assert b"Mill Lane" not in lying
        finish(cast.rosa, organisation=cast.leeds, upload=file)
    assert "Rosa" not in str([vars(row) for row in rows(cast.leeds)])


def content_in(folder: Path, organisation: int) -> list[Path]:
    return [path for path in (folder / str(organisation)).iterdir() if path.name != "known"]
