"""An action changes state in one transaction and leaves its record; a query reads within its organisation."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.actions import query as queries
from commonweal.foundations.actions.action import BadSignature, HalfDone, Overtaken, action
from commonweal.foundations.actions.query import query
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import at
from commonweal.foundations.events.event import Event, publish
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import Kind, ScopeError, current_scope, open_scope_or_none, read_scope

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DECORATORS = pytest.mark.parametrize("decorate", [action, query])


@pytest.fixture(autouse=True)
def _made_up_ones_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ACTIONS", dict(actions.ACTIONS))
    monkeypatch.setattr(queries, "QUERIES", dict(queries.QUERIES))
    monkeypatch.setattr(Event, "REGISTERED", dict(Event.REGISTERED))


def entries(organisation: int) -> list[Entry]:
    """The made-up lines of the log, oldest first."""
    with read_scope(SET_UP, (organisation,)):
        return list(Entry.objects.filter(organisation_id=organisation, about__startswith="tests.").order_by("id"))


class TestSignatures:
    @DECORATORS
    def test_the_actor_comes_first(self, decorate: Any) -> None:
        def close(*, organisation: int) -> None: ...

        with pytest.raises(BadSignature, match="actor first"):
            decorate()(close)

    @DECORATORS
    def test_all_else_is_named(self, decorate: Any) -> None:
        def close(actor: Actor, organisation: int) -> None: ...

        with pytest.raises(BadSignature, match="by keyword"):
            decorate()(close)

    @DECORATORS
    def test_it_says_in_which_organisation(self, decorate: Any) -> None:
        def close(actor: Actor, *, case: UUID) -> None: ...

        with pytest.raises(BadSignature, match="in which organisation"):
            decorate()(close)

    def test_one_of_the_platform_need_not_be_told(self) -> None:
        @action()
        def register(actor: Actor, *, organisation: int = 0) -> int:
            record("tests.thing")
            return current_scope().organisation

        assert register(SET_UP) == 0


class TestWhatWasOpened:
    @pytest.mark.parametrize(("overtaken", "times"), [(0, 1), (1, 2)])
    def test_what_changed_meanwhile_is_opened_anew(self, cast: Cast, overtaken: int, times: int) -> None:
        opened_at: list[int] = []

        def load(actor: Actor, *, organisation: int) -> int:
            opened_at.append(len(opened_at))
            return len(opened_at)

        @action(opens=CASEWORK, loads=load)
        def answer(actor: Actor, *, organisation: int, opened: int | None = None) -> int:
            record("tests.thing")
            if opened is None or opened <= overtaken:
                raise Overtaken
            return opened

        assert answer(cast.priya, organisation=cast.leeds) == times
        assert len(entries(cast.leeds)) == 1

    def test_it_starts_over_once(self, cast: Cast) -> None:
        @action()
        def answer(actor: Actor, *, organisation: int) -> None:
            record("tests.thing")
            raise Overtaken

        with pytest.raises(Overtaken):
            answer(cast.priya, organisation=cast.leeds)
        assert entries(cast.leeds) == []


class TestAnAction:
    def test_its_record_says_who_did_what_when_and_how(self, cast: Cast) -> None:
        thing = uuid4()

        @action()
        def do(actor: Actor, *, organisation: int) -> str:
            record("tests.thing", thing, changed=["stage"], stage="done", on=date(2026, 11, 2), by=thing)
            return "done"

        with at(MOMENT):
            assert do(cast.priya, organisation=cast.leeds) == "done"
        (line,) = entries(cast.leeds)
        assert (line.at, line.action.split(".")[-1], line.about, line.about_id) == (MOMENT, "do", "tests.thing", thing)
        assert (line.changed, line.facts) == (["stage"], {"stage": "done", "on": "2026-11-02", "by": str(thing)})
        assert (line.actor_kind, line.actor_id, line.channel) == ("staff", cast.priya.account, "online")

    def test_those_it_calls_join_it_and_leave_theirs(self, cast: Cast) -> None:
        @action()
        def inner(actor: Actor, *, organisation: int, number: int) -> None:
            record("tests.inner", number=number)

        @action()
        def outer(actor: Actor, *, organisation: int) -> None:
            record("tests.outer")
            for number in range(2):
                inner(actor, organisation=organisation, number=number)

        outer(SET_UP, organisation=cast.leeds)
        assert [(line.about, line.facts) for line in entries(cast.leeds)] == [
            ("tests.outer", {}),
            ("tests.inner", {"number": 0}),
            ("tests.inner", {"number": 1}),
        ]

    def test_it_calls_none_in_another_name(self, cast: Cast) -> None:
        @action()
        def inner(actor: Actor, *, organisation: int) -> None:
            record("tests.inner")

        @action()
        def outer(actor: Actor, *, organisation: int, other: Actor, elsewhere: int) -> None:
            record("tests.outer")
            inner(other, organisation=elsewhere)

        for other, elsewhere in ((cast.priya, cast.leeds), (SET_UP, cast.cardiff)):
            with pytest.raises(ScopeError, match="joins its organisation and actor"):
                outer(SET_UP, organisation=cast.leeds, other=other, elsewhere=elsewhere)
        assert entries(cast.leeds) == []

    def test_the_failure_of_one_inside_cannot_be_swallowed(self, cast: Cast) -> None:
        @action()
        def fail(actor: Actor, *, organisation: int) -> None:
            record("tests.failed")
            raise LookupError

        @action()
        def swallow(actor: Actor, *, organisation: int) -> None:
            record("tests.outer")
            with pytest.raises(LookupError):
                fail(actor, organisation=organisation)

        with pytest.raises(HalfDone):
            swallow(SET_UP, organisation=cast.leeds)
        assert entries(cast.leeds) == []

    def test_it_is_not_called_while_reading(self, cast: Cast) -> None:
        @action()
        def do(actor: Actor, *, organisation: int) -> None:
            record("tests.thing")

        @query()
        def look(actor: Actor, *, organisation: int) -> None:
            do(actor, organisation=organisation)

        with pytest.raises(ScopeError, match="inside a query"):
            look(SET_UP, organisation=cast.leeds)

    def test_only_actions_record_and_publish(self, cast: Cast) -> None:
        with pytest.raises(ScopeError):
            record("tests.thing")
        with read_scope(SET_UP, (cast.leeds,)):
            with pytest.raises(ScopeError, match="Only an action"):
                record("tests.thing")
            with pytest.raises(ScopeError, match="Only an action"):
                publish(Event(organisation=cast.leeds, subject_id=uuid4()))

    def test_it_publishes_for_its_own_organisation(self, cast: Cast) -> None:
        @action()
        def tell(actor: Actor, *, organisation: int, of: int) -> None:
            record("tests.thing")
            publish(Event(organisation=of, subject_id=uuid4()))

        with pytest.raises(ScopeError, match="belongs to the organisation"):
            tell(SET_UP, organisation=cast.leeds, of=cast.cardiff)


class TestAnActionThatReads:
    """It declares what it opens; the reading happens before it, with a trace of its own."""

    @pytest.fixture
    def write_to(self) -> Any:
        def load(actor: Actor, *, words: str, **_others: Any) -> str:
            assert current_reading().purpose == CASEWORK
            return words.upper()

        @action(opens=CASEWORK, loads=load)
        def write(actor: Actor, *, organisation: int, words: str, opened: str | None = None) -> str:
            assert current_scope().kind is Kind.WRITE
            record("tests.letter")
            return opened or ""

        return write

    def test_it_is_given_what_was_opened(self, write_to: Any, cast: Cast) -> None:
        assert write_to(cast.priya, organisation=cast.leeds, words="hello") == "HELLO"

    def test_it_does_not_read_what_it_was_given(self, write_to: Any, cast: Cast) -> None:
        assert write_to(cast.olu, organisation=cast.leeds, words="hello", opened="held") == "held"

    def test_it_does_not_happen_when_the_reading_is_refused(self, write_to: Any, cast: Cast) -> None:
        with pytest.raises(ReadingRefused):
            write_to(cast.olu, organisation=cast.leeds, words="hello")
        assert entries(cast.leeds) == []
        with read_scope(SET_UP, (cast.leeds,)):
            assert Trace.objects.get().reason == "role"


class TestAQuery:
    def test_it_runs_within_its_organisation(self, cast: Cast) -> None:
        @query()
        def look(actor: Actor, *, organisation: int) -> tuple[int, ...]:
            return current_scope().organisations

        assert look(SET_UP, organisation=cast.leeds) == (cast.leeds,)
        assert open_scope_or_none() is None

    def test_or_within_several(self, cast: Cast) -> None:
        @query()
        def look(actor: Actor, *, organisations: tuple[int, ...]) -> tuple[int, ...]:
            return current_scope().organisations

        assert look(SET_UP, organisations=(cast.leeds, cast.fife)) == (cast.leeds, cast.fife)

    def test_one_that_opens_joins_the_reading_it_is_called_in(self, cast: Cast) -> None:
        @query(opens=CASEWORK, is_listing=True)
        def inner(actor: Actor, *, organisation: int) -> object:
            return current_reading()

        @query(opens=CASEWORK)
        def outer(actor: Actor, *, organisation: int) -> bool:
            return inner(actor, organisation=organisation) is current_reading()

        assert outer(cast.priya, organisation=cast.leeds)

    def test_one_that_opens_is_not_called_in_an_action(self, cast: Cast) -> None:
        @query(opens=CASEWORK)
        def look(actor: Actor, *, organisation: int) -> None: ...

        @action()
        def do(actor: Actor, *, organisation: int) -> None:
            record("tests.thing")
            look(actor, organisation=organisation)

        with pytest.raises(ScopeError, match="transaction of its own"):
            do(cast.priya, organisation=cast.leeds)
