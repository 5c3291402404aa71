"""Storing a file: sealed, durable and recorded, beside a plain copy of the same bytes with fsync."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.files import vault
from commonweal.foundations.files.chunks import new_key, seal_stream
from commonweal.foundations.files.uploading import append, begin, finish
from commonweal.foundations.scope.actors import System
from tests.benchmarks.figures import Figure, in_turns

_BYTES = 20_000_000
_STEP = 4_000_000
_N = 12
_WHO = System(task="bench.files")


def figures() -> list[Figure]:
    """file.store.mb_per_second: content into the vault; file.upload.mb_per_second: parts, examination, records."""
    place = Path(settings.FILES)
    place.mkdir(parents=True, exist_ok=True)
    content = secrets.token_hex(_BYTES // 2).encode()
    body = organisations.organisation_at(_WHO, slug="leeds").id
    stored, uploaded, copied = in_turns(
        [
            lambda: _store(body, content),
            lambda: _upload(body, content),
            lambda: _copy(place / "copy", content),
        ],
        _N,
    )
    return [_figure("file.store.mb_per_second", stored, copied), _figure("file.upload.mb_per_second", uploaded, copied)]


def _figure(name: str, seconds: float, floor: float) -> Figure:
    size = _BYTES / 1_000_000
    return Figure(name, size / seconds, "MB/s", size / floor, floor / seconds, _N)


def _store(body: int, content: bytes) -> None:
    name = uuid4()
    vault.write(body, name, seal_stream(_pieces(content), key=new_key(), key_id=name, place=name.bytes))
    vault.discard(body, [name])


def _upload(body: int, content: bytes) -> None:
    file = begin(_WHO, organisation=body, size=len(content), name="bench.txt", subject=uuid4())
    for start in range(0, len(content), _STEP):
        append(_WHO, organisation=body, upload=file, offset=start, data=content[start : start + _STEP])
    finish(_WHO, organisation=body, upload=file)


def _copy(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        for piece in _pieces(content):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _STEP):
        yield content[start : start + _STEP]
