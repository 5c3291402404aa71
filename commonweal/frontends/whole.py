"""A request whose line breaks half way is none: what arrived of it is not taken for all that somebody sent.

A server hands the application what it has and then an end; Django takes that for the whole of a form or a stretch.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Source(Protocol):
    """What a server gives to be read (`wsgi.input`, PEP 3333)."""

    def read(self, size: int, /) -> bytes: ...

    def readline(self, size: int, /) -> bytes: ...


class BrokenOff(OSError):
    """The body of a request ended before as much as it said had come. Django answers it as a bad request."""


class Whole:
    """The body of a request that says how long it is."""

    def __init__(self, source: Source, size: int) -> None:
        self._source, self._missing = source, size

    def read(self, size: int, /) -> bytes:
        """As many bytes as are asked for, or all that are left. Raises BrokenOff when there are fewer."""
        pieces, wanted = [], min(size, self._missing)
        while wanted:
            piece = self._source.read(wanted)
            pieces.append(self._count(piece))
            wanted -= len(piece)
        return b"".join(pieces)

    def readline(self, size: int, /) -> bytes:
        """Up to the end of a line. Raises BrokenOff when the body ends before its time."""
        return self._count(self._source.readline(min(size, self._missing))) if self._missing else b""

    def _count(self, piece: bytes) -> bytes:
        if not piece:
            raise BrokenOff("The request was broken off.")
        self._missing -= len(piece)
        return piece


def take_whole(application: Application) -> Application:
    """The application, which is given no half of a request's body."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        size = _size_in(environ)
        if size:
            environ["wsgi.input"] = Whole(environ["wsgi.input"], size)
        return application(environ, start_response)

    return answer


def _size_in(environ: Mapping[str, Any]) -> int:
    said = str(environ.get("CONTENT_LENGTH") or "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0
