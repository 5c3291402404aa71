"""The data is restored into another server, which counts its transactions anew: nothing is lost or sealed twice."""

import shutil
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from commonweal.frontends.cli.postgres.binaries import find_programs
from commonweal.frontends.cli.postgres.logins import DATABASE
from commonweal.frontends.cli.postgres.server import Server
from tests.faults.commands import commonweal
from tests.stack.seed import server_in
from tests.stack.stack import Stack
from tests.stack.waiting import wait_until

_WRITE = (
    "insert into audit_entry (organisation_id, at, action, about, changed, facts, actor_kind, channel)"
    " values (0, now(), 'tests.write', '', '[]', '{}', 'system', 'command')"
)


@pytest.fixture
def other_server(stack: Stack) -> Iterator[Server]:
    """A server of its own, into which the stack's dump was restored."""
    wait_until(lambda: stack.database.value("select count(*) from audit_seal"), "the first seal")
    server = server_in(stack.folder.with_name(f"{stack.folder.name}-restored"), is_durable=False)
    server.home.parent.mkdir(mode=0o711)
    server.log.parent.mkdir()
    server.start(purpose="restored")
    try:
        psql = find_programs(server.version) / "psql"
        command = [str(psql), "--quiet", "--no-psqlrc", server.url("superuser", DATABASE)]
        subprocess.run(command, input=stack.database.dump(), check=True, stdout=subprocess.DEVNULL)
        yield server
    finally:
        server.stop()
        for kept in (server.place.socket, server.place.shelf, server.home.parent):
            shutil.rmtree(kept, ignore_errors=True)


def test_the_log_goes_on_in_another_epoch(stack: Stack, other_server: Server) -> None:
    code, said = _there(stack, other_server, "audit", "verify")
    assert code == 0, said
    _write_there(other_server)

    code, said = _there(stack, other_server, "audit", "restored")

    assert code == 0, said
    _write_there(other_server)
    _there(stack, other_server, "audit", "restored")
    code, said = _there(stack, other_server, "audit", "verify")
    assert (code, "; 0 wait" in said) == (0, True), said
    with psycopg.connect(other_server.url("owner")) as connection:
        assert connection.execute("select array_agg(distinct epoch order by epoch) from audit_seal").fetchall() == [
            ([1, 2, 3],)
        ]
        assert connection.execute(
            "select count(*) = count(distinct entry) and count(*) = (select count(*) from audit_entry)"
            " from audit_seal, unnest(entries) as entry"
        ).fetchall() == [(True,)]


def _there(stack: Stack, server: Server, *arguments: str) -> tuple[int, str]:
    return commonweal(stack, *arguments, database=server.url("application"))


def _write_there(server: Server) -> None:
    with psycopg.connect(server.url("owner"), autocommit=True) as connection:
        for _entry in range(3):
            connection.execute(_WRITE)
