"""What is sealed, and when: settled transactions in their order, once, also by several sealers and after a restore."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, connections

from commonweal.foundations.audit import sealing
from commonweal.foundations.audit.leaves import COLUMNS
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.audit.sealing import Moment, ask_moment, seal_settled
from commonweal.foundations.audit.tests.conftest import Log

committing = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
_INSERT = (
    "insert into audit_entry (organisation_id, at, action, about, changed, facts, actor_kind, channel)"
    " values (0, now(), 'tests.wait', '', '[]', '{}', 'system', 'command') returning id"
)


def test_every_column_of_an_entry_is_sealed() -> None:
    assert set(COLUMNS) == {field.column for field in Entry._meta.concrete_fields}


@committing
class TestWhatIsSettled:
    def test_a_lower_id_that_commits_later_is_not_left_out(self, log: Log) -> None:
        """Ids are given before the commit: whoever goes on from the last id never sees the late one."""
        with _another_transaction() as late:
            ((lower,),) = late.execute(_INSERT).fetchall()
            log.write("Highways")
            ((higher,),) = log.ask("select max(id) from audit_entry")
            assert higher > lower
            assert seal_settled(log.bodies) == 0
            late.commit()
        log.seal()
        assert log.ids()[-2:] == [lower, higher]
        assert log.findings() == []

    def test_what_is_rolled_back_holds_nothing_up(self, log: Log) -> None:
        with _another_transaction() as late:
            late.execute(_INSERT)
            late.rollback()
        log.write("Highways")
        log.seal()
        assert log.findings() == []

    def test_a_transaction_larger_than_a_batch(self, log: Log) -> None:
        before = len(log.ids())
        with _another_transaction() as large:
            for _entry in range(12):
                large.execute(_INSERT)
            large.commit()
        log.seal(at_most=5)
        assert len(log.ids()) == before + 12
        assert log.findings() == []


@committing
def test_several_sealers_at_once_seal_everything_once(log: Log) -> None:
    log.write(*(f"Team {number}" for number in range(20)))
    log.settle()

    def seal_often(_number: int) -> int:
        try:
            return sum(seal_settled(log.bodies, at_most=3) for _turn in range(15))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        sealed = sum(pool.map(seal_often, range(3)))
    assert sealed > 0
    log.seal()
    ids = log.ids()
    assert len(ids) == len(set(ids))
    assert ids == sorted(ids)
    assert log.findings() == []


@committing
def test_a_sealer_that_was_overtaken_takes_the_other_for_no_restore(log: Log) -> None:
    """Between its look at the server and its look at the seals, another process sealed what is newer."""

    def be_overtaken() -> tuple[int, ...]:
        log.write("Highways", "Libraries")
        log.seal()
        return log.bodies()

    assert seal_settled(be_overtaken) == 0
    assert log.ask("select distinct epoch from audit_seal") == [(1,)]
    log.write("Museums")
    log.seal()
    assert log.findings() == []


@committing
class TestAfterARestore:
    def test_into_a_server_that_counts_its_transactions_anew(self, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
        """The old server had counted further; its last entries were not sealed when the backup was made."""
        log.tamper("truncate audit_seal")
        log.tamper("update audit_entry set transaction = transaction + 1000000000")
        old = Moment(horizon=2_000_000_000, latest=2_000_000_000, cluster=7)
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr(sealing, "ask_moment", lambda: old)
            for _batch in range(3):
                seal_settled(log.bodies, at_most=4)
        assert log.findings() == []
        log.write("Written after the restore")

        log.seal()

        assert sorted(log.ids()) == sorted(entry for (entry,) in log.ask("select id from audit_entry"))
        assert log.findings() == []
        # How many seals it takes depends on what else runs on the server: the epochs follow one another.
        epochs = [epoch for (epoch,) in log.ask("select epoch from audit_seal order by number")]
        assert epochs == sorted(epochs)
        assert set(epochs) == {1, 2}
        log.write("Highways", "Libraries")
        log.seal()
        assert len(log.ids()) == len(set(log.ids()))
        assert log.findings() == []

    def test_that_the_server_does_not_show(self, log: Log) -> None:
        """A physical backup has the same server and the same count: the operator says that it was restored."""
        before = log.report()
        assert before.last is not None
        seal_settled(log.bodies, is_restored=True)
        after = log.report()
        assert after.last is not None
        assert (after.last.header.epoch, after.last.header.size) == (before.last.header.epoch + 1, 0)
        log.write("Highways")
        log.seal()
        assert log.findings() == []


@pytest.mark.django_db
def test_the_server_says_where_its_transactions_stand() -> None:
    moment = ask_moment()
    assert 0 < moment.horizon <= moment.latest
    assert moment.cluster != 0


@contextmanager
def _another_transaction() -> Iterator["psycopg.Connection[tuple[int]]"]:
    """A transaction beside those of the test, as the owner."""
    parameters = connections["owner"].get_connection_params()
    known = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: parameters[name] for name in known if name in parameters}) as beside:
        yield beside
