"""What the whole suite runs under: no write outside an action (rule 6), no network (rule 10)."""

import re
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.utils import ConnectionHandler

from commonweal.foundations.scope.scopes import Kind, Scope, open_scope_or_none

LEFT_BY_SCOPES = frozenset({"audit_entry", "audit_seal", "events_outgoing", "events_handled"})
"""What the end of an action, the sealer and the dispatcher write, when no action is running any more."""

_QUOTED_OR_COMMENT = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_TABLE = r'(?:"?public"?\.)?"?(\w+)"?'
_WRITES = re.compile(
    rf"\b(?:insert\s+into\s+{_TABLE}|delete\s+from\s+(?:only\s+)?{_TABLE}|merge\s+into\s+(?:only\s+)?{_TABLE}"
    rf"|truncate\s+(?:table\s+)?(?:only\s+)?{_TABLE}|copy\s+{_TABLE}[^;]*?\bfrom\b"
    rf"|update\s+(?:only\s+)?{_TABLE}\s+(?:(?:as\s+)?\"?\w+\"?\s+)?set\b)",
    re.IGNORECASE,
)


class WrittenOutsideAction(AssertionError):
    """Rule 6: a change is an action. This statement would have changed a table without one."""


class NetworkRefused(AssertionError):
    """Rule 10: tests reach nothing but this machine, and nothing at all while a scope is open."""


def tables_written(sql: str) -> set[str]:
    """The tables that a statement of SQL changes, as far as it names them."""
    bare = _QUOTED_OR_COMMENT.sub("''", sql)
    return {next(name for name in found if name).lower() for found in _WRITES.findall(bare)}


def may_write(table: str, scope: Scope | None) -> bool:
    """Whether a table may change: in an action any; else what its scope leaves behind, and third-party tables."""
    if table in settings.REVIEWED_TABLES:
        return True
    if scope is None:
        return False
    if scope.kind is Kind.WRITE:
        return bool(scope.frames) or table in LEFT_BY_SCOPES
    return scope.kind is Kind.READING and table == "personal_data_trace"


def refuse_writes_outside_actions(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A wrapper of the application's connection: raises WrittenOutsideAction before the statement runs."""
    scope = open_scope_or_none()
    for table in tables_written(str(sql)):
        if not may_write(table, scope):
            raise WrittenOutsideAction(f"{table} was about to change outside an action: {str(sql)[:120]}")
    return execute(sql, params, many, context)


@pytest.fixture(scope="session", autouse=True)
def guarded_writes() -> Iterator[None]:
    """Every connection of the application, in every thread of the tests, refuses writes outside actions."""
    make = ConnectionHandler.create_connection

    def make_guarded(handler: ConnectionHandler, alias: str) -> Any:
        made = make(handler, alias)
        if alias == "default":
            made.execute_wrappers.append(refuse_writes_outside_actions)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ConnectionHandler, "create_connection", make_guarded)
        for existing in connections.all(initialized_only=True):
            if existing.alias == "default":
                existing.execute_wrappers.append(refuse_writes_outside_actions)
        yield


def refuse_network(address: Any) -> None:
    """Raises NetworkRefused unless `address` is on this machine and no scope is open."""
    if open_scope_or_none() is not None:
        raise NetworkRefused("Nothing is called over the network while a scope is open: leave it to a task.")
    if isinstance(address, tuple) and not _is_local(str(address[0])):
        raise NetworkRefused(f"Tests do not reach {address[0]}.")


@pytest.fixture(scope="session", autouse=True)
def guarded_network() -> Iterator[None]:
    """Python's sockets refuse; the database's own client library does not use them."""
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse_network(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_network(address)
        return connect_ex(self, address)

    def guarded_resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        if host and not _is_local(host.decode() if isinstance(host, bytes) else str(host)):
            raise NetworkRefused(f"Tests do not look up {host}.")
        return resolve(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_resolve)
        yield


def _is_local(host: str) -> bool:
    if host in {"localhost", ""}:
        return True
    try:
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    except ValueError:
        return False
