"""A vault of its own for each test, people who upload, and the query by which a capability would open a file."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.test import TestCase

from commonweal.conftest import Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.files import keeping
from commonweal.foundations.files.opening import OpenedFile, open_file
from commonweal.foundations.files.uploading import append, begin, finish
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import reading
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Actor

NOTE = b"The bins of Mill Lane have stood there since Monday.\n"
Attach = Callable[[Actor, int, UUID], UUID]


@pytest.fixture
def vault_folder(tmp_path: Path, settings: LazySettings) -> Path:
    """Where content lies in this test."""
    place = tmp_path / "files"
    use_folder(settings, place, is_made=True)
    return place


@pytest.fixture
def attach(monkeypatch: pytest.MonkeyPatch) -> Attach:
    """Gives a stored file to a record, from inside an action of whoever owns the record."""
    monkeypatch.setattr(actions, "ACTIONS", dict(actions.ACTIONS))

    @action()
    def answer(actor: Actor, *, organisation: int, file: UUID, to: UUID) -> None:
        keeping.attach_file(actor, organisation=organisation, file=file, to=to, subject=to)
        record("tests.answer", to)

    def give(actor: Actor, organisation: int, file: UUID) -> UUID:
        to = uuid4()
        answer(actor, organisation=organisation, file=file, to=to)
        return to

    return give


def use_folder(settings: LazySettings, place: Path, *, is_made: bool) -> None:
    """Keep files in this folder from here on."""
    backend = "commonweal.foundations.files.folder.DurableFolder"
    options = {"location": place, "is_made": is_made}
    settings.STORAGES = {**settings.STORAGES, "files": {"BACKEND": backend, "OPTIONS": options}}


def upload(actor: Actor, organisation: int, content: bytes, name: str = "note.txt", *, step: int = 0) -> UUID:
    """Upload a whole file, in steps of so many bytes."""
    file = begin(actor, organisation=organisation, size=len(content), name=name, subject=uuid4())
    for start in range(0, len(content), step or len(content)):
        append(actor, organisation=organisation, upload=file, offset=start, data=content[start : start + step or None])
    return finish(actor, organisation=organisation, upload=file)


def open_as(actor: Actor, cast: Cast, file: UUID, *, of: UUID) -> OpenedFile:
    """Open a file for casework in Leeds, as a case's page would."""
    with (
        TestCase.captureOnCommitCallbacks(execute=True),
        reading(actor, purpose=CASEWORK, organisation=cast.leeds) as opened,
    ):
        opened.about(Matter("tests.case", of, "LEE-1"))
        return open_file(file, of=of)
