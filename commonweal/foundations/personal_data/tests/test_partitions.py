from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, connections, transaction

from commonweal.capabilities.people.actions import recording
from commonweal.capabilities.people.queries import records as people
from commonweal.conftest import Cast
from commonweal.foundations.clocks.now import at
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.personal_data.partitions import (
    TABLE,
    drop_expired,
    make_partitions,
    months_ahead,
    partitions,
)
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def test_the_months_of_a_year_and_one_are_made_ahead() -> None:
    with at(datetime(2026, 11, 22, tzinfo=UTC)):
        make_partitions(connections["owner"])
    there = partitions(connections["owner"])
    assert {f"{TABLE}_2026_11", f"{TABLE}_2027_12"} <= set(there)


def test_the_application_reaches_no_partition_directly(cast: Cast) -> None:
    for name in [*partitions(connections["owner"]), f"{TABLE}_default"]:
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            read_scope(cast.priya, (cast.leeds,)),
            transaction.atomic(),
        ):
            connection.cursor().execute(f"select 1 from {name}")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_lines_written_before_their_month_was_made_move_into_it(cast: Cast) -> None:
    rosa = recording.record_person(
        cast.rosa, organisation=cast.leeds, account=None, name="Rosa Delgado", email="", phone="", language="en"
    )
    with at(datetime(2091, 3, 5, tzinfo=UTC)):
        people.person(cast.priya, organisation=cast.leeds, person=rosa)
    assert make_partitions(connections["owner"], first=date(2091, 3, 1), months=0) == [f"{TABLE}_2091_03"]
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"select count(*) from {TABLE}_2091_03")
        assert cursor.fetchone() == (1,)
        cursor.execute(f"drop table {TABLE}_2091_03")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_months_go_when_the_trace_has_been_kept_long_enough(cast: Cast) -> None:
    """Six years: on 15 March 2025 February 2019 has ended longer ago than that, and March has not."""
    make_partitions(connections["owner"], first=date(2019, 1, 1), months=2)
    with at(datetime(2025, 3, 15, tzinfo=UTC)):
        assert drop_expired(connections["owner"]) == [f"{TABLE}_2019_01", f"{TABLE}_2019_02"]
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"drop table {TABLE}_2019_03")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_lines_of_no_month_go_by_their_date(cast: Cast) -> None:
    rosa = recording.record_person(
        cast.rosa, organisation=cast.leeds, account=None, name="Rosa Delgado", email="", phone="", language="en"
    )
    for moment in (datetime(2018, 7, 31, 12, tzinfo=UTC), datetime(2018, 8, 1, 12, tzinfo=UTC)):
        with at(moment):
            people.person(cast.priya, organisation=cast.leeds, person=rosa)
    with at(datetime(2024, 8, 10, tzinfo=UTC)):
        drop_expired(connections["owner"])
    with read_scope(cast.priya, (cast.leeds,)):
        assert [line.at.month for line in Trace.objects.all()] == [8]


def test_months_ahead_are_counted_through_either_driver() -> None:
    owner = connections["owner"]
    first, *_others, last_but_one, _last = (name.removeprefix(f"{TABLE}_") for name in partitions(owner))
    with at(_within(first)):
        assert months_ahead() == months_ahead(owner.connection) == len(partitions(owner)) - 1
    with at(_within(last_but_one)):
        assert months_ahead() == 1


def _within(month: str) -> datetime:
    return datetime.strptime(month, "%Y_%m").replace(day=22, tzinfo=UTC)
