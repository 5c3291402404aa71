"""What an attacker can do to the log: as the application nothing; as the owner of the database nothing unseen."""

import psycopg
import pytest
from django.db import connection, transaction

from commonweal.foundations.audit.tests.conftest import Log

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

_ENTRY = "organisation_id, at, action, about, changed, facts, actor_kind, channel"
_VALUES = "0, now(), 'x.y', '', '[]', '{}', 'system', 'command'"


class TestAsTheApplication:
    """Whoever has the login that serves requests, and sets any scope they like."""

    def test_nothing_is_rewritten(self, log: Log) -> None:
        for statement in (
            "update audit_entry set action = 'forged'",
            "delete from audit_entry",
            "truncate audit_entry",
            "alter table audit_entry disable row level security",
            "alter table audit_entry alter transaction set default 1",
            "drop table audit_entry",
            "create rule forge as on insert to audit_entry do instead nothing",
            f"insert into audit_entry (id, {_ENTRY}) overriding system value values (1, {_VALUES})",
            f"insert into audit_entry (transaction, {_ENTRY}) values (1, {_VALUES})",
            "select setval('audit_entry_id_seq', 1)",
            "update audit_seal set root = ''",
            "delete from audit_seal",
            "truncate audit_seal",
            "alter table audit_seal drop constraint audit_seal_number",
        ):
            _expect_refusal(statement)
        assert log.findings() == []


class TestAsTheOwner:
    """Whoever owns the database changes what they like; verifying names it."""

    def test_one_column_of_one_entry_changed(self, log: Log) -> None:
        entry = log.ids()[7]
        for change in (
            "action = action || 'x'",
            "about = about || 'x'",
            "actor_kind = actor_kind || 'x'",
            "channel = overlay(channel placing 'x' from 1)",
            "at = at + interval '1 microsecond'",
            "about_id = gen_random_uuid()",
            "actor_id = gen_random_uuid()",
            "facts = facts || '{\"amount\": 1}'",
            "changed = changed || '[\"name\"]'",
            "organisation_id = case when organisation_id = 0 then 1 else 0 end",
            "transaction = transaction - 1",
        ):
            with log.restored_after():
                log.tamper(f"update audit_entry set {change} where id = %s", entry)
                assert log.first().sentence == f"Entry {entry} of batch 2 was changed.", change

    def test_one_entry_deleted(self, log: Log) -> None:
        """The first, one in the middle, the last."""
        for place in (0, 10, -1):
            entry = log.ids()[place]
            with log.restored_after():
                log.tamper("delete from audit_entry where id = %s", entry)
                assert log.first().sentence.startswith(f"Entry {entry} is missing from batch ")

    def test_two_entries_changed_places(self, log: Log) -> None:
        one, other = log.ids()[5:7]
        for old, new in ((one, -1), (other, one), (-1, other)):
            log.tamper("update audit_entry set id = %s where id = %s", new, old)
        found = log.findings()
        assert {finding.entry for finding in found} == {one, other}
        assert found[0].sentence == (
            f"Entry {one} of batch 2 holds what was sealed as entry {other}: their order was changed."
        )

    def test_an_entry_put_into_the_past_or_out_of_reach(self, log: Log) -> None:
        copied = f"insert into audit_entry ({_ENTRY}, transaction) select {_ENTRY}, %s from audit_entry where id = %s"
        known = log.ids()[3]
        ((its_transaction,),) = log.ask("select transaction from audit_entry where id = %s", known)
        for forged, words in (
            (its_transaction, "was put in later: no batch holds it."),
            (1, "was put in later: no batch holds it."),
            (2**62, "names a transaction that has not been."),
        ):
            with log.restored_after():
                log.tamper(copied, forged, known)
                ((entry,),) = log.ask("select max(id) from audit_entry")
                assert log.first().sentence == f"Entry {entry} {words}"

    def test_a_batch_dropped_with_its_entries(self, log: Log) -> None:
        with log.restored_after():
            log.drop_batch(2)
            assert log.first().sentence == "Batch 2 is missing: the seals go from 1 to 3."
        with log.restored_after():
            log.drop_batch(2)
            log.drop_batch(3)
            assert log.first().sentence == "Batches 2 to 3 are missing: the seals go from 1 to 4."
        with log.restored_after():
            log.drop_batch(2)
            log.tamper("update audit_seal set number = -number where number > 2")
            log.tamper("update audit_seal set number = -number - 1 where number < 0")
            sentences = [finding.sentence for finding in log.findings()]
            assert sentences[:2] == [
                "The seal of batch 2 does not follow from the one before it.",
                "The seal of batch 2 was changed.",
            ]

    def test_a_seal_changed(self, log: Log) -> None:
        for change in (
            "epoch = epoch + 1",
            "cluster = cluster + 1",
            "at = at + interval '1 hour'",
            "size = size + 1",
            "first = first + 1",
            "last = null",
            "floor = 1",
            "upto_transaction = upto_transaction - 1",
            "upto_id = upto_id + 1",
            "previous = tree",
            "tree = previous",
            "root = tree",
            "entries = array[entries[2], entries[1]] || entries[3:]",
            "entries = entries[2:]",
            "leaves = set_byte(leaves, 3, 255 - get_byte(leaves, 3))",
            "leaves = substr(leaves, 33)",
        ):
            with log.restored_after():
                log.tamper(f"update audit_seal set {change} where number = 3")
                assert log.first().batch == 3, change

    def test_two_seals_of_one_number(self, log: Log) -> None:
        log.tamper("alter table audit_seal drop constraint audit_seal_number")
        try:
            with log.restored_after():
                log.tamper("update audit_seal set number = 2 where number = 3")
                assert "There are two seals with the number 2." in [finding.sentence for finding in log.findings()]
        finally:
            log.tamper("alter table audit_seal add constraint audit_seal_number unique (organisation_id, number)")


def _expect_refusal(statement: str) -> None:
    connection.ensure_connection()
    with transaction.atomic(), connection.connection.cursor() as cursor:
        cursor.execute(
            "select set_config('commonweal.organisation', '0', true),"
            " set_config('commonweal.organisations', '{0}', true)"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            cursor.execute(statement)
        transaction.set_rollback(True)
