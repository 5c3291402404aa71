"""The log is sealed while it is written, whatever happens to the worker; and what was done to it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from commonweal.frontends.cli.postgres.logins import DATABASE
from tests.faults.commands import commonweal
from tests.stack.reporting import send
from tests.stack.stack import Stack
from tests.stack.visiting import Visitor
from tests.stack.waiting import wait_until

_UNSEALED = (
    "select count(*) from audit_entry e"
    " where not exists (select from audit_seal s where e.id = any (s.entries) and s.number > 0)"
)


def test_killed_while_sealing_it_goes_on_where_it_was(stack: Stack, resident: Visitor) -> None:
    _wait_until_sealed(stack)
    with _unwritable(stack, "audit_seal"):
        send(resident)
        stack.database.wait_until_blocked("audit_seal", doing="\ninsert into audit_seal")
        stack.kill_worker()
    stack.database.wait_until_idle()
    assert stack.database.value(_UNSEALED) > 0

    stack.start_worker()

    _wait_until_sealed(stack)
    code, said = commonweal(stack, "audit", "verify")
    assert (code, "are as they were sealed" in said) == (0, True), said


def test_what_the_owner_of_the_database_did_is_named(stack: Stack, tmp_path: Path) -> None:
    _wait_until_sealed(stack)
    roots = tmp_path / "roots.json"
    code, said = commonweal(stack, "audit", "roots", "--export", str(roots))
    assert code == 0, said
    key = said.split("Public key: ")[1].split()[0]
    assert commonweal(stack, "audit", "verify", "--roots", str(roots), "--key", key)[0] == 0
    entry, action = stack.database.rows("select id, action from audit_entry order by id offset 20 limit 1")[0]
    stack.database.change("update audit_entry set action = 'nothing.happened' where id = %s", entry)
    try:
        code, said = commonweal(stack, "audit", "verify")
        assert code == 1
        assert said.startswith(f"Entry {entry} of batch ")
        assert "Audit log: NOT as it was sealed" in said
    finally:
        stack.database.change("update audit_entry set action = %s where id = %s", action, entry)
    roots.write_text(roots.read_text().replace('"roots"', '"Roots"'))
    code, said = commonweal(stack, "audit", "verify", "--roots", str(roots), "--key", key)
    assert (code, "cannot be relied on. Its signature is wrong" in said) == (1, True), said


def _wait_until_sealed(stack: Stack) -> None:
    wait_until(lambda: stack.database.value(_UNSEALED) == 0, "sealing every entry")


@contextmanager
def _unwritable(stack: Stack, table: str) -> Iterator[None]:
    """The table can be read, and whoever writes to it waits."""
    connection = psycopg.connect(stack.server.url("superuser", DATABASE))
    try:
        connection.execute(f"lock table {table} in share mode")
        yield
    finally:
        connection.close()
