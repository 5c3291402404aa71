"""Events reach each handler once, in the order of their subject, whatever fails or dies on the way."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import SetClock, at
from commonweal.foundations.events import event as events
from commonweal.foundations.events.event import Event, handles, publish
from commonweal.foundations.events.models import Outgoing
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.scope.actors import Actor, System
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.tasks import dispatcher
from commonweal.foundations.tasks.dispatcher import dispatch, dispatch_all

MOMENT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
committing = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
Handled = list[tuple[UUID, int]]


@dataclass(frozen=True, kw_only=True)
class Counted(Event):
    number: int


Event.REGISTERED.pop(Counted.name)


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Event, "REGISTERED", {Counted.name: Counted})
    handlers: dict[str, Any] = {}
    monkeypatch.setattr(events, "HANDLERS", handlers)
    monkeypatch.setattr(dispatcher, "HANDLERS", handlers)


@pytest.fixture
def clock() -> Iterator[SetClock]:
    with at(MOMENT) as held:
        yield held


@pytest.fixture
def handled() -> Handled:
    """What a handler was given, in order; it leaves a line in the log each time."""
    given: Handled = []

    @handles(Counted)
    def count(actor: System, event: Counted) -> None:
        _leave_a_line(event)
        given.append((event.subject_id, event.number))

    return given


def _leave_a_line(event: Counted) -> None:
    with acting(System(task="commonweal.count"), event.organisation):
        record("tests.counted", number=event.number)


def tell(organisation: int, subject: UUID, *numbers: int, then: Callable[[], object] = lambda: None) -> None:
    for number in numbers:
        with acting(SET_UP, organisation):
            publish(Counted(organisation=organisation, subject_id=subject, number=number))
            then()


def lines(organisation: int) -> int:
    with read_scope(SET_UP, (organisation,)):
        return Entry.objects.filter(about="tests.counted").count()


def waiting() -> list[Outgoing]:
    return list(Outgoing.objects.filter(delivered_at=None, name=Counted.name).order_by("id"))


@pytest.mark.django_db
class TestDelivering:
    def test_each_once_and_in_the_order_of_its_subject(self, handled: Handled, cast: Cast) -> None:
        one, other = uuid4(), uuid4()
        tell(cast.leeds, one, 1, 2)
        tell(cast.cardiff, other, 7)
        tell(cast.leeds, one, 3)
        dispatch_all()
        assert [number for subject, number in handled if subject == one] == [1, 2, 3]
        assert [number for subject, number in handled if subject == other] == [7]
        assert dispatch() == 0
        assert waiting() == []

    def test_in_the_organisation_of_the_event(self, handled: Handled, cast: Cast) -> None:
        tell(cast.cardiff, uuid4(), 1)
        dispatch_all()
        assert (lines(cast.cardiff), lines(cast.leeds)) == (1, 0)

    def test_to_nobody_when_nobody_listens(self, cast: Cast) -> None:
        tell(cast.leeds, uuid4(), 1)
        assert dispatch() == 1

    def test_nothing_that_was_not_committed(self, handled: Handled, cast: Cast) -> None:
        with pytest.raises(ZeroDivisionError):
            tell(cast.leeds, uuid4(), 1, then=lambda: 1 // 0)
        dispatch_all()
        assert handled == []


@pytest.mark.django_db
class TestFailing:
    @pytest.fixture
    def failing(self) -> Callable[[set[int]], Handled]:
        def make(numbers: set[int]) -> Handled:
            given: Handled = []

            @handles(Counted)
            def count(actor: System, event: Counted) -> None:
                with acting(actor, event.organisation):
                    record("tests.counted", number=event.number)
                if event.number in numbers:
                    raise ConnectionError("rosa@people.example is not reached")
                given.append((event.subject_id, event.number))

            return given

        return make

    def test_it_is_tried_again_later_each_time(
        self, failing: Callable[[set[int]], Handled], clock: SetClock, cast: Cast
    ) -> None:
        broken = {1}
        given = failing(broken)
        tell(cast.leeds, uuid4(), 1)
        waits = []
        for attempt in range(1, 5):
            assert dispatch() == 0
            (event,) = waiting()
            assert event.attempts == attempt
            waits.append(event.next_at - clock.look())
            assert dispatch() == 0
            assert waiting()[0].attempts == attempt, "tried again before its time"
            clock.move_to(event.next_at)
        assert waits == [timedelta(seconds=seconds) for seconds in (1, 2, 4, 8)]
        broken.clear()
        assert dispatch() == 1
        assert len(given) == 1

    def test_it_never_waits_longer_than_an_hour(
        self, failing: Callable[[set[int]], Handled], clock: SetClock, cast: Cast
    ) -> None:
        failing({1})
        tell(cast.leeds, uuid4(), 1)
        with connection.cursor() as cursor, acting(SET_UP, cast.leeds):
            cursor.execute("update events_outgoing set attempts = 500")
        assert dispatch() == 0
        assert waiting()[0].next_at == MOMENT + timedelta(hours=1)

    def test_it_shows_without_saying_what_was_said(
        self, failing: Callable[[set[int]], Handled], cast: Cast, caplog: pytest.LogCaptureFixture
    ) -> None:
        failing({1})
        tell(cast.leeds, uuid4(), 1)
        dispatch()
        assert waiting()[0].error == "ConnectionError"
        assert "rosa" not in caplog.text

    def test_it_leaves_nothing_half_done(self, failing: Callable[[set[int]], Handled], cast: Cast) -> None:
        failing({1})
        tell(cast.leeds, uuid4(), 1)
        dispatch()
        assert lines(cast.leeds) == 0

    def test_it_holds_up_its_own_subject_and_no_other(
        self, failing: Callable[[set[int]], Handled], clock: SetClock, cast: Cast
    ) -> None:
        broken = {1}
        given = failing(broken)
        one, other = uuid4(), uuid4()
        tell(cast.leeds, one, 1, 2)
        tell(cast.leeds, other, 3)
        dispatch_all()
        assert given == [(other, 3)]
        broken.clear()
        clock.advance(timedelta(seconds=1))
        dispatch_all()
        assert given == [(other, 3), (one, 1), (one, 2)]

    def test_a_handler_cannot_swallow_the_failure_of_an_action(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(actions, "ACTIONS", dict(actions.ACTIONS))

        @action()
        def fail(actor: Actor, *, organisation: int) -> None:
            record("tests.counted", number=0)
            raise LookupError

        @handles(Counted)
        def swallow(actor: System, event: Counted) -> None:
            with pytest.raises(LookupError):
                fail(actor, organisation=event.organisation)

        tell(cast.leeds, uuid4(), 1)
        assert dispatch() == 0
        assert lines(cast.leeds) == 0

    def test_an_event_that_this_version_does_not_know_waits(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        tell(cast.leeds, uuid4(), 1)
        monkeypatch.setattr(Event, "REGISTERED", {})
        assert dispatch() == 0
        assert waiting()[0].error == "UnknownEvent"

    def test_one_handler_that_fails_does_not_repeat_the_work_of_another(
        self, handled: Handled, failing: Callable[[set[int]], Handled], clock: SetClock, cast: Cast
    ) -> None:
        broken = {1}

        @handles(Counted)
        def stumble(actor: System, event: Counted) -> None:
            if event.number in broken:
                raise ConnectionError

        tell(cast.leeds, uuid4(), 1)
        dispatch()
        broken.clear()
        clock.advance(timedelta(seconds=1))
        dispatch_all()
        assert len(handled) == 1
        assert lines(cast.leeds) == 1


@committing
class TestDying:
    def test_what_was_committed_is_delivered_by_the_next_worker(self, handled: Handled, cast: Cast) -> None:
        """The worker that was killed between commit and delivery left only the row in the outbox."""
        tell(cast.leeds, uuid4(), 1)
        connection.close()
        dispatch_all()
        assert len(handled) == 1

    def test_what_was_handled_is_not_handled_again(self, handled: Handled, cast: Cast) -> None:
        """Killed after the first handler's commit: the second takes the event up, the first does nothing."""
        is_dying = [True]

        @handles(Counted)
        def die(actor: System, event: Counted) -> None:
            if is_dying:
                raise SystemExit

        tell(cast.leeds, uuid4(), 1)
        with pytest.raises(SystemExit):
            dispatch()
        assert (len(handled), len(waiting())) == (1, 1)
        is_dying.clear()
        dispatch_all()
        assert (len(handled), lines(cast.leeds), waiting()) == (1, 1, [])

    def test_several_dispatchers_do_the_work_once_and_in_order(self, handled: Handled, cast: Cast) -> None:
        subjects = [uuid4() for _number in range(4)]
        for number in range(6):
            for subject in subjects:
                tell(cast.leeds, subject, number)
        together = Barrier(3)

        def work(_number: int) -> None:
            try:
                together.wait(timeout=20)
                dispatch_all()
            finally:
                connection.close()

        with ThreadPoolExecutor(3) as pool:
            list(pool.map(work, range(3)))
        dispatch_all()
        for subject in subjects:
            assert [number for whose, number in handled if whose == subject] == list(range(6))
        assert lines(cast.leeds) == len(subjects) * 6
