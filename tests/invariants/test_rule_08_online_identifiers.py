"""Rule 8: online identifiers are declared wherever they lie, each with a period, and a sweep keeps to it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings, settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from commonweal.capabilities.identity.actions import accounts
from commonweal.capabilities.identity.actions.appointing import appoint
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import SetClock, at, now
from commonweal.foundations.personal_data.declarations import Category
from commonweal.foundations.personal_data.registry import holdings, online_identifiers
from commonweal.foundations.personal_data.schedules import rule_for
from commonweal.foundations.scope.actors import Visitor
from commonweal.foundations.tasks.standing import LOOPS
from commonweal.foundations.tasks.sweeping import SWEEPS, sweep_online_identifiers

BEGIN = datetime(2027, 3, 1, 12, tzinfo=UTC)


class TestTheDeclarations:
    def test_every_place_has_its_sweep_and_every_sweep_its_place(self) -> None:
        assert set(SWEEPS) == set(online_identifiers())
        assert sweep_online_identifiers in {loop.work for loop in LOOPS}

    def test_every_place_says_why_whose_and_how_long(self) -> None:
        for name, place in online_identifiers().items():
            assert all((place.where, place.holds, place.why, place.subject)), name
            assert rule_for(place.keeps, "UK").reviewed_by, name

    def test_columns_that_hold_one_are_among_the_places(self) -> None:
        columns = {f"{one.table}.{one.place.rpartition('.')[2]}" for one in holdings() if is_online(one.category)}
        places = " ".join(place.where for place in online_identifiers().values())
        assert columns
        assert [column for column in columns if column not in places] == []

    def test_third_party_tables_that_keep_one_for_a_while_are_among_them(self) -> None:
        places = " ".join(place.where for place in online_identifiers().values())
        for table in ("django_session", "account_emailconfirmation", "procrastinate_jobs"):
            assert table in settings.REVIEWED_TABLES
            assert table in places

    def test_whatever_is_written_in_the_folder_of_logs_is_swept(self) -> None:
        """Only these two write there or begin programs that do."""
        written = {"access-*.log": "access_log", "*.log": "error_reports"}
        for pattern, name in written.items():
            assert pattern in online_identifiers()[name].where

    def test_a_place_without_a_sweep_would_be_missed(self) -> None:
        assert set(online_identifiers()) - (set(SWEEPS) - {"session"}) == {"session"}


def _sign_up(name: str) -> UUID:
    """Somebody begins to sign up; the code in their mail is yet to be typed."""
    email = f"{name}@people.example"
    account = accounts.open_account(Visitor(), email=email, password="a long enough password")
    EmailAddress.objects.create(user_id=account, email=email, verified=False, primary=True)
    return account


def is_online(category: Category) -> bool:
    return category is Category.ONLINE_IDENTIFIER


@pytest.mark.django_db
class TestWithAMovedClock:
    """Just before its time each is there; just after it is gone."""

    @pytest.fixture
    def logs(self, settings: LazySettings, tmp_path: Path) -> Path:
        settings.LOGS = tmp_path
        return tmp_path

    def assert_kept_for(self, is_there: Callable[[], bool], period: timedelta) -> None:
        clock: SetClock
        with at(BEGIN) as clock:
            for moment, expected in ((BEGIN, True), (BEGIN + period - timedelta(hours=1), True)):
                clock.move_to(moment)
                sweep_online_identifiers()
                assert is_there() is expected
            clock.move_to(BEGIN + period + timedelta(days=1, hours=1))
            sweep_online_identifiers()
            assert not is_there()

    def test_the_access_log(self, logs: Path) -> None:
        visit = logs / "access-2027-03-01.log"
        visit.write_text("2027-03-01T12:00:00Z GET home 200 3ms 203.0.113.0\n")
        self.assert_kept_for(lambda: any(logs.glob("access-2027-03-01*")), timedelta(days=30))

    def test_error_reports(self, logs: Path) -> None:
        running = logs / "web.log"
        with running.open("ab", buffering=0) as program:
            program.write(b"incident 1a2b3c4d at home\n")
            self.assert_kept_for(lambda: "1a2b3c4d" in text_of(logs), timedelta(days=30))
            program.write(b"incident 5e6f7a8b at home\n")
        assert running.read_text() == "incident 5e6f7a8b at home\n"
        assert {path.stat().st_mode & 0o777 for path in logs.glob("web-*.log")} <= {0o600}

    def test_sessions(self, logs: Path) -> None:
        Session.objects.create(session_key="k", session_data="", expire_date=BEGIN + timedelta(hours=8))
        self.assert_kept_for(Session.objects.exists, timedelta(hours=8))

    def test_sign_ups_that_nobody_confirmed(self, logs: Path, cast: Cast) -> None:
        """The address of somebody who never asked for it goes; whoever confirmed theirs, and staff, stay."""
        begun, confirmed, colleague = (_sign_up(name) for name in ("begun", "confirmed", "colleague"))
        EmailAddress.objects.filter(user_id=confirmed).update(verified=True)
        appoint(SET_UP, organisation=cast.leeds, account=colleague, name="Ann", roles=["case_worker"])
        made, known = now(), get_user_model().objects
        with at(made + timedelta(days=6, hours=23)):
            sweep_online_identifiers()
            assert known.filter(pk=str(begun)).exists()
        with at(made + timedelta(days=7, hours=1)):
            sweep_online_identifiers()
        assert not known.filter(pk=str(begun)).exists()
        assert not EmailAddress.objects.filter(email="begun@people.example").exists()
        assert known.filter(pk__in=[str(confirmed), str(colleague)]).count() == 2

    def test_sign_in_records(self, logs: Path, cast: Cast) -> None:
        account = cast.rosa.account
        assert account
        with at(BEGIN):
            accounts.note_sign_in(cast.rosa, account=account)
        signed_in = get_user_model().objects.filter(pk=str(account), last_login__isnull=False)
        self.assert_kept_for(signed_in.exists, BEGIN.replace(year=2028, month=4) - BEGIN)

    def test_rate_counters(self, logs: Path) -> None:
        cache.clear()
        cache.set("who", 1, (BEGIN - now()).total_seconds() + 900)
        self.assert_kept_for(lambda: bool(cache._cache), timedelta(minutes=15) + timedelta(hours=1))  # type: ignore[attr-defined]
        cache.clear()

    def test_task_arguments(self, logs: Path) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into procrastinate_jobs (queue_name, task_name, status) values ('q', 't', 'todo'),"
                " ('q', 't', 'succeeded') returning id"
            )
            waiting, done = (row[0] for row in cursor.fetchall())
            cursor.execute("update procrastinate_events set at = %s", [BEGIN])
            for job in (waiting, done):
                cursor.execute(
                    "insert into procrastinate_events (job_id, type, at) values (%s, 'deferred', %s)", [job, BEGIN]
                )
        self.assert_kept_for(lambda: done in jobs(), timedelta(days=30))
        assert jobs() == {waiting}

    def test_one_sweep_that_fails_keeps_none_of_the_others(self, logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(moment: datetime) -> int:
            raise OSError

        monkeypatch.setitem(SWEEPS, "access_log", fail)
        Session.objects.create(session_key="k", session_data="", expire_date=BEGIN)
        with at(BEGIN + timedelta(days=1)):
            sweep_online_identifiers()
        assert not Session.objects.exists()


def text_of(folder: Path) -> str:
    return "".join(path.read_text() for path in folder.glob("*.log"))


def jobs() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("select id from procrastinate_jobs")
        return {row[0] for row in cursor.fetchall()}
