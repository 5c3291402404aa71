"""A scanner beside us is asked over its own protocol; without an answer the upload waits."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.conf import LazySettings

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.files.errors import NotAccepted, NotChecked
from commonweal.foundations.files.models import StoredFile
from commonweal.foundations.files.scanning import scan
from commonweal.foundations.files.tests.conftest import upload
from commonweal.foundations.files.uploading import append, begin, finish
from commonweal.foundations.scope.scopes import ScopeError, read_scope

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
Clamd = Callable[[bytes], None]


@pytest.fixture
def clamd(settings: LazySettings) -> Iterator[list[bytes]]:
    """A stand-in that speaks INSTREAM as clamd does; gives what it was sent."""
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CLAMAV = f"127.0.0.1:{server.getsockname()[1]}"
        threading.Thread(target=_answer_all, args=(server, seen), daemon=True).start()
        yield seen


def _answer_all(server: socket.socket, seen: list[bytes]) -> None:
    while True:
        try:
            client, _address = server.accept()
        except OSError:
            return
        with client, client.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack(">I", stream.read(4))[0]:
                content += stream.read(size)
            seen.append(content)
            is_virus = b"EICAR" in content
            client.sendall(b"stream: Eicar-Test-Signature FOUND\0" if is_virus else b"stream: OK\0")


def test_nobody_is_asked_when_none_is_set() -> None:
    scan(EICAR)


def test_the_whole_content_is_shown(clamd: list[bytes]) -> None:
    content = bytes(200_000) + b"the end"
    scan(content)
    assert clamd == [content]


def test_a_virus_is_refused_and_nothing_of_it_kept(clamd: list[bytes], cast: Cast, vault_folder: object) -> None:
    with pytest.raises(NotAccepted) as refusal:
        upload(cast.rosa, cast.leeds, EICAR)
    assert refusal.value.reason == "virus"


def test_without_an_answer_the_upload_waits(
    cast: Cast, settings: LazySettings, vault_folder: object, clamd: list[bytes]
) -> None:
    there, settings.CLAMAV = settings.CLAMAV, "127.0.0.1:1"
    file = begin(cast.rosa, organisation=cast.leeds, size=4, name="a.txt", subject=uuid4())
    append(cast.rosa, organisation=cast.leeds, upload=file, offset=0, data=b"bins")
    with pytest.raises(NotChecked):
        finish(cast.rosa, organisation=cast.leeds, upload=file)
    settings.CLAMAV = there
    assert finish(cast.rosa, organisation=cast.leeds, upload=file) == file
    with read_scope(SET_UP, (cast.leeds,)):
        assert StoredFile.objects.get(id=file).state == "stored"


def test_never_inside_a_scope(clamd: list[bytes], cast: Cast) -> None:
    with read_scope(SET_UP, (cast.leeds,)), pytest.raises(ScopeError):
        scan(b"bins")
