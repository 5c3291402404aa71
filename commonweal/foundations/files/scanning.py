"""Scan files for viruses with clamd (INSTREAM), if the settings name one."""

import socket
import struct

from django.conf import settings

from commonweal.foundations.files.errors import NotChecked
from commonweal.foundations.files.examining import refused
from commonweal.foundations.scope.scopes import ScopeError, open_scope_or_none

_STEP = 64 * 1024
_SECONDS = 60
_MOST_ANSWER = 4096


def scan(content: bytes) -> None:
    """Raises NotAccepted for a virus, and NotChecked when the scanner does not answer; asks nobody when none is set."""
    if not settings.CLAMAV:
        return
    if open_scope_or_none() is not None:
        raise ScopeError("A scanner is not called while a scope is open.")
    try:
        answer = _ask(content)
    except (OSError, ValueError):
        raise NotChecked from None
    if answer.endswith("FOUND"):
        raise refused("virus")
    if answer != "stream: OK":
        raise NotChecked


def _ask(content: bytes) -> str:
    with _connect() as clamd:
        clamd.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _STEP):
            piece = content[start : start + _STEP]
            clamd.sendall(struct.pack(">I", len(piece)) + piece)
        clamd.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _MOST_ANSWER and (part := clamd.recv(_MOST_ANSWER)):
            answer += part
        return answer.rstrip(b"\0").decode("ascii", "replace")


def _connect() -> socket.socket:
    """`CLAMAV` is the path of a local socket, or host:port."""
    if settings.CLAMAV.startswith("/"):
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(_SECONDS)
        try:
            clamd.connect(settings.CLAMAV)
        except OSError:
            clamd.close()
            raise
        return clamd
    host, _colon, port = settings.CLAMAV.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_SECONDS)
