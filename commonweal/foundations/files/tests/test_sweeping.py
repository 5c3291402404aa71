"""What nobody finished goes after a day; content without a row goes; everything else stays."""

import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import at, now
from commonweal.foundations.files.models import Part, StoredFile
from commonweal.foundations.files.sweeping import sweep
from commonweal.foundations.files.tests.conftest import NOTE, Attach, upload
from commonweal.foundations.files.tests.test_uploading import content_in
from commonweal.foundations.files.uploading import append, begin
from commonweal.foundations.personal_data.models import DataKey
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.tasks.standing import LOOPS

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(hours=25)


def test_the_worker_does_it_by_itself() -> None:
    assert sweep in [loop.work for loop in LOOPS]


def test_what_nobody_finished_goes_with_its_key(cast: Cast, vault_folder: Path) -> None:
    file = begin(cast.rosa, organisation=cast.leeds, size=len(NOTE), name="a.txt", subject=uuid4())
    append(cast.rosa, organisation=cast.leeds, upload=file, offset=0, data=NOTE[:9])
    never = begin(cast.rosa, organisation=cast.cardiff, size=9, name="never.txt", subject=uuid4())
    loose = upload(cast.rosa, cast.leeds, NOTE)
    assert sweep() == 0
    with at(now() + TOMORROW):
        sweep()
    with read_scope(SET_UP, (cast.leeds, cast.cardiff)):
        assert not StoredFile.objects.exists()
        assert not Part.objects.exists()
        assert not DataKey.objects.filter(holder__in=[file, never, loose]).exists()
    assert content_in(vault_folder, cast.leeds) == []


def test_what_belongs_to_a_record_stays(cast: Cast, vault_folder: Path, attach: Attach) -> None:
    attach(cast.rosa, cast.leeds, upload(cast.rosa, cast.leeds, NOTE))
    with at(now() + timedelta(days=400)):
        sweep()
    assert len(content_in(vault_folder, cast.leeds)) == 1


def test_orphans_go_when_they_are_old(cast: Cast, vault_folder: Path, attach: Attach) -> None:
    attach(cast.rosa, cast.leeds, upload(cast.rosa, cast.leeds, NOTE))
    (kept,) = content_in(vault_folder, cast.leeds)
    names = [uuid4().hex, uuid4().hex + ".half", "somebody-elses.txt"]
    for name in names:
        (vault_folder / str(cast.leeds) / name).write_bytes(b"x")
    sweep()
    assert len(content_in(vault_folder, cast.leeds)) == 4
    old = (now() - TOMORROW).timestamp()
    for path in content_in(vault_folder, cast.leeds):
        os.utime(path, (old, old))
    assert sweep() == 2
    assert {path.name for path in content_in(vault_folder, cast.leeds)} == {kept.name, "somebody-elses.txt"}


def test_where_nothing_was_ever_stored(vault_folder: Path) -> None:
    assert sweep() == 0


def test_a_mark_that_was_broken_off_stops_nobody(cast: Cast, vault_folder: Path) -> None:
    (vault_folder / str(cast.leeds)).mkdir(parents=True)
    half = vault_folder / str(cast.leeds) / "known.half"
    half.touch()
    upload(cast.rosa, cast.leeds, NOTE)
    os.utime(half, (0, 0))
    assert sweep() == 1
    assert not half.exists()
