"""Events that do not arrive: seen with their reason, tried again or given up by a person, counted, and cleared away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.clocks.now import SetClock, at
from commonweal.foundations.errors import Forbidden
from commonweal.foundations.events import event as events
from commonweal.foundations.events.event import Event, handles, publish
from commonweal.foundations.events.models import Handled, Outgoing
from commonweal.foundations.events.waiting import LONGEST_WAIT
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.tasks import dispatcher
from commonweal.foundations.tasks.deliveries import (
    NoSuchDelivery,
    delivery_lag,
    failing_events,
    give_up_event,
    retry_event,
)
from commonweal.foundations.tasks.dispatcher import dispatch, dispatch_all
from commonweal.foundations.tasks.pruning import prune_delivered

MOMENT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
OPERATOR = System(task="tests.operator")
pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class Numbered(Event):
    number: int


Event.REGISTERED.pop(Numbered.name)


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Event, "REGISTERED", {Numbered.name: Numbered})
    handlers: dict[str, Any] = {}
    monkeypatch.setattr(events, "HANDLERS", handlers)
    monkeypatch.setattr(dispatcher, "HANDLERS", handlers)


@pytest.fixture(autouse=True)
def clock() -> Iterator[SetClock]:
    with at(MOMENT) as held:
        yield held


@pytest.fixture
def broken() -> set[int]:
    """The numbers whose delivery fails."""
    return set()


@pytest.fixture
def arrived(broken: set[int]) -> list[int]:
    """The numbers that arrived, in order."""
    given: list[int] = []

    @handles(Numbered)
    def take(actor: System, event: Numbered) -> None:
        if event.number in broken:
            raise ConnectionError("rosa@people.example is not reached")
        given.append(event.number)

    return given


def tell(organisation: int, *numbers: int, subject: UUID | None = None) -> None:
    for number in numbers:
        with acting(SET_UP, organisation):
            publish(Numbered(organisation=organisation, subject_id=subject or uuid4(), number=number))


def test_a_failing_event_shows_with_its_reason_and_what_waits_for_it(
    arrived: list[int], broken: set[int], cast: Cast
) -> None:
    broken.add(1)
    subject = uuid4()
    tell(cast.leeds, 1, 2, 3, subject=subject)
    assert failing_events(OPERATOR) == ()
    dispatch_all()

    (failing,) = failing_events(OPERATOR)
    assert (failing.name, failing.subject_id, failing.organisation) == (Numbered.name, subject, cast.leeds)
    assert (failing.attempts, failing.error, failing.behind) == (1, "ConnectionError", 2)
    assert failing.next_at == MOMENT + timedelta(seconds=1)
    assert failing.is_known
    assert failing_events(cast.priya, organisation=cast.leeds) == (failing,)
    assert failing_events(cast.huw, organisation=cast.cardiff) == ()


def test_it_is_retried_at_once_and_who_did_that_is_recorded(arrived: list[int], broken: set[int], cast: Cast) -> None:
    broken.add(1)
    tell(cast.leeds, 1)
    for _attempt in range(6):
        _let_it_fail(cast)
    broken.clear()
    assert dispatch() == 0
    (failing,) = failing_events(OPERATOR)

    retry_event(cast.priya, organisation=cast.leeds, event=failing.id)

    assert dispatch() == 1
    assert arrived == [1]
    with read_scope(SET_UP, (cast.leeds,)):
        entry = Entry.objects.order_by("id").last()
        assert entry is not None
        assert (entry.actor_id, entry.about) == (cast.priya.account, "events.outgoing")
        assert entry.facts == {"event": failing.id, "name": Numbered.name}
    with pytest.raises(NoSuchDelivery):
        retry_event(cast.priya, organisation=cast.leeds, event=failing.id)


def _let_it_fail(cast: Cast) -> None:
    """Once more, without waiting for its time."""
    for failing in failing_events(OPERATOR):
        retry_event(OPERATOR, organisation=cast.leeds, event=failing.id)
    dispatch()


def test_an_event_nobody_knows_any_more_shows_and_can_be_given_up(
    arrived: list[int], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = uuid4()
    tell(cast.leeds, 1, subject=subject)
    with acting(SET_UP, cast.leeds):
        Outgoing.objects.filter(subject_id=subject).update(name="bygone.Happening")
    tell(cast.leeds, 2, subject=subject)
    dispatch_all()
    (failing,) = failing_events(OPERATOR)
    assert (failing.error, failing.is_known, failing.behind) == ("UnknownEvent", False, 1)
    assert arrived == []

    give_up_event(OPERATOR, organisation=cast.leeds, event=failing.id)

    dispatch_all()
    assert arrived == [2]
    assert failing_events(OPERATOR) == ()
    with pytest.raises(NoSuchDelivery):
        give_up_event(OPERATOR, organisation=cast.leeds, event=failing.id)


@pytest.mark.parametrize("change", [retry_event, give_up_event])
def test_nobody_else_may(change: Callable[..., None], arrived: list[int], broken: set[int], cast: Cast) -> None:
    broken.add(1)
    tell(cast.leeds, 1)
    dispatch()
    (failing,) = failing_events(OPERATOR)
    for actor in (cast.rosa, cast.huw):
        with pytest.raises(Forbidden):
            change(actor, organisation=cast.leeds, event=failing.id)
    with pytest.raises(NoSuchDelivery):
        change(cast.huw, organisation=cast.cardiff, event=failing.id)


def test_the_lag_is_what_the_oldest_due_event_has_waited(
    arrived: list[int], broken: set[int], clock: SetClock, cast: Cast
) -> None:
    dispatch_all()
    assert delivery_lag(OPERATOR).waiting == 0
    broken.add(1)
    poisoned = uuid4()
    tell(cast.leeds, 1, 2, subject=poisoned)
    dispatch()
    clock.advance(timedelta(milliseconds=500))
    tell(cast.leeds, 3)
    clock.advance(timedelta(milliseconds=250))

    lag = delivery_lag(OPERATOR)

    assert (lag.seconds, lag.waiting, lag.failing) == (0.25, 3, 1)


class TestAClockSetBack:
    """The machine's clock ran ahead for a while, and was put right."""

    def test_what_failed_meanwhile_does_not_wait_for_the_wrong_time(
        self, arrived: list[int], broken: set[int], clock: SetClock, cast: Cast
    ) -> None:
        broken.add(1)
        clock.advance(timedelta(days=30))
        tell(cast.leeds, 1)
        dispatch()
        broken.clear()
        clock.move_to(MOMENT)
        assert dispatch() == 1

    def test_what_was_published_meanwhile_is_due(self, arrived: list[int], clock: SetClock, cast: Cast) -> None:
        clock.advance(timedelta(minutes=30))
        tell(cast.leeds, 1)
        clock.move_to(MOMENT)
        assert delivery_lag(OPERATOR).seconds == 0
        assert dispatch() == 1

    def test_within_the_longest_wait_it_is_tried_when_that_is_over(
        self, arrived: list[int], broken: set[int], clock: SetClock, cast: Cast
    ) -> None:
        broken.add(1)
        clock.advance(timedelta(minutes=30))
        tell(cast.leeds, 1)
        dispatch()
        broken.clear()
        clock.move_to(MOMENT)
        assert dispatch() == 0
        clock.advance(LONGEST_WAIT)
        assert dispatch() == 1


class TestClearingAway:
    def test_what_was_delivered_long_ago_goes_with_its_marks(
        self, arrived: list[int], clock: SetClock, cast: Cast
    ) -> None:
        dispatch_all()
        tell(cast.leeds, 1, 2, 3)
        dispatch_all()
        clock.advance(timedelta(days=20))
        tell(cast.leeds, 4)
        dispatch_all()
        assert prune_delivered() == 0
        clock.advance(timedelta(days=20))

        pruned = prune_delivered()

        assert pruned >= 3
        assert [row.body["number"] for row in Outgoing.objects.filter(name=Numbered.name)] == [4]
        assert Handled.objects.filter(event__name=Numbered.name).count() == 1

    def test_what_was_never_delivered_stays_and_what_was_given_up_goes(
        self, arrived: list[int], broken: set[int], clock: SetClock, cast: Cast
    ) -> None:
        broken.update({1, 2})
        tell(cast.leeds, 1, 2)
        dispatch_all()
        given_up, kept = failing_events(OPERATOR)
        give_up_event(OPERATOR, organisation=cast.leeds, event=given_up.id)
        clock.advance(timedelta(days=400))
        prune_delivered()
        assert list(Outgoing.objects.filter(name=Numbered.name).values_list("id", flat=True)) == [kept.id]
