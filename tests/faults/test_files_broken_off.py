"""Killed while a file is being stored, or no room for it: nothing half is ever served, and the upload goes on."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.files import folder, recording
from commonweal.foundations.files.chunks import SIZE
from commonweal.foundations.files.errors import StorageFull, StorageUnavailable
from commonweal.foundations.files.models import Part, State, StoredFile
from commonweal.foundations.files.parts import standing_of
from commonweal.foundations.files.sweeping import sweep
from commonweal.foundations.files.tests.conftest import Attach, attach, open_as, use_folder, vault_folder
from commonweal.foundations.files.uploading import append, begin, finish
from commonweal.foundations.scope.scopes import read_scope

__all__ = ["attach", "vault_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault_folder")]
CONTENT = b"Bins of Mill Lane, line by line.\n" * (3 * SIZE // 33)
STEP = SIZE


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it, nothing after it runs."""


def kill(*_arguments: Any, **_named: Any) -> None:
    raise Killed


def go_on(cast: Cast, file: UUID) -> UUID:
    """What a browser does after a break: ask where it stands, send the rest, finish."""
    received = standing_of(cast.rosa, organisation=cast.leeds, upload=file).received
    while received < len(CONTENT):
        piece = CONTENT[received : received + STEP]
        received = append(cast.rosa, organisation=cast.leeds, upload=file, offset=received, data=piece)
    return finish(cast.rosa, organisation=cast.leeds, upload=file)


def begun(cast: Cast) -> UUID:
    file = begin(cast.rosa, organisation=cast.leeds, size=len(CONTENT), name="a.txt", subject=uuid4())
    append(cast.rosa, organisation=cast.leeds, upload=file, offset=0, data=CONTENT[:STEP])
    return file


def names_of_rows(organisation: int) -> set[str]:
    with read_scope(SET_UP, (organisation,)):
        stored = StoredFile.objects.exclude(content_id=None).values_list("content_id", flat=True)
        parts = Part.objects.values_list("content_id", flat=True)
        return {content.hex for content in [*stored, *parts] if content is not None}


def whole_names(place: Path, organisation: int) -> set[str]:
    return {path.name for path in (place / str(organisation)).iterdir() if len(path.name) == 32}


WHERE: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "while bytes are written": lambda patch: patch.setattr(folder, "_write", kill),
    "before they are durable": lambda patch: patch.setattr(os, "fsync", kill),
    "before the name is whole": lambda patch: patch.setattr(Path, "rename", kill),
    "before a part is recorded": lambda patch: patch.setattr(recording, "keep_part", kill),
    "before the end is recorded": lambda patch: patch.setattr(recording, "finish_file", kill),
}


@pytest.mark.parametrize("where", WHERE)
def test_killed_anywhere_the_upload_goes_on_to_the_same_file(
    where: str, cast: Cast, vault_folder: Path, attach: Attach, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = begun(cast)
    with monkeypatch.context() as patch:
        # A killed process cleans nothing up either.
        patch.setattr(Path, "unlink", lambda *_arguments, **_named: None)
        patch.setattr("commonweal.foundations.files.vault.discard", lambda *_arguments: None)
        WHERE[where](patch)
        with pytest.raises(Killed):
            go_on(cast, file)
    assert names_of_rows(cast.leeds) <= whole_names(vault_folder, cast.leeds)
    with read_scope(SET_UP, (cast.leeds,)):
        assert StoredFile.objects.get(id=file).state == State.UPLOADING
    case = attach(cast.rosa, cast.leeds, go_on(cast, file))
    assert b"".join(open_as(cast.priya, cast, file, of=case).chunks()) == CONTENT
    _grow_old(vault_folder)
    sweep()
    assert {path.name for path in (vault_folder / str(cast.leeds)).iterdir()} == {"known", *names_of_rows(cast.leeds)}


@pytest.mark.parametrize("is_last_step", [False, True], ids=["a part", "the whole"])
def test_no_room_is_said_and_nothing_is_recorded(
    is_last_step: bool, cast: Cast, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = begun(cast)
    if is_last_step:
        for start in range(STEP, len(CONTENT), STEP):
            data = CONTENT[start : start + STEP]
            append(cast.rosa, organisation=cast.leeds, upload=file, offset=start, data=data)
    before = names_of_rows(cast.leeds)
    with monkeypatch.context() as patch:
        patch.setattr(folder, "_write", _fill_up)
        with pytest.raises(StorageFull) as refusal:
            go_on(cast, file)
    assert refusal.value.status == 507
    assert "What you entered is safe" in str(refusal.value.message)
    assert names_of_rows(cast.leeds) == before == whole_names(vault_folder, cast.leeds)
    assert not list(vault_folder.rglob("*.half"))
    assert go_on(cast, file) == file


def test_a_folder_that_is_gone_is_said_and_serves_nothing(cast: Cast, vault_folder: Path, attach: Attach) -> None:
    file = go_on(cast, begun(cast))
    case = attach(cast.rosa, cast.leeds, file)
    shutil.move(vault_folder, vault_folder.with_name("elsewhere"))
    with pytest.raises(StorageUnavailable):
        open_as(cast.priya, cast, file, of=case).chunks()
    assert sweep() == 0
    shutil.move(vault_folder.with_name("elsewhere"), vault_folder)
    assert b"".join(open_as(cast.priya, cast, file, of=case).chunks()) == CONTENT


def test_a_configured_folder_is_not_made_but_missed(cast: Cast, tmp_path: Path, settings: LazySettings) -> None:
    """Else files would go onto the disk beneath a mount that is not there."""
    use_folder(settings, tmp_path / "not-mounted", is_made=False)
    with pytest.raises(StorageUnavailable):
        begun(cast)
    assert not (tmp_path / "not-mounted").exists()
    with read_scope(SET_UP, (cast.leeds,)):
        assert not StoredFile.objects.exists()


def test_a_read_only_folder_is_said(cast: Cast, vault_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the system answers on a read-only disk; the rights of a folder do not stop a test that runs as root."""
    file = begun(cast)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", _refuse_writing(os.open))
        with pytest.raises(StorageUnavailable) as refusal:
            go_on(cast, file)
    assert "Try again" in str(refusal.value.message)
    assert go_on(cast, file) == file


def _fill_up(file: Any, content: Any) -> None:
    """Some bytes go in, then there is no room."""
    file.write(next(iter(content.chunks()))[:1000])
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _refuse_writing(real: Callable[..., int]) -> Callable[..., int]:
    def opened(path: Any, flags: int, *arguments: Any, **named: Any) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(path, flags, *arguments, **named)

    return opened


def _grow_old(place: Path) -> None:
    for path in place.rglob("*"):
        os.utime(path, (0, 0))
