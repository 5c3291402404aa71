"""Rule 7: no signals of ours; events go to the outbox in the same transaction and carry ids and codes only."""

import dataclasses
import gc
import importlib
import weakref
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models.signals import post_save
from django.dispatch import Signal

from commonweal.capabilities.organisations.models import Team
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.codes import NotACode
from commonweal.foundations.audit.record import record
from commonweal.foundations.events.event import Event, publish
from commonweal.foundations.events.models import Outgoing
from commonweal.foundations.scope.actors import Actor

SIGN_IN = "commonweal.frontends.website.accounts.signals"
"""The one module that may meet the sign-in package's signals."""


def our_receivers() -> Iterator[str]:
    """Every receiver of ours that is connected to any signal there is."""
    importlib.import_module("commonweal.config.urls")
    # Not `isinstance`, which asks a lazy object what it is, and so wakes it.
    for signal in [each for each in gc.get_objects() if issubclass(type(each), Signal)]:
        for _key, reference, *_rest in signal.receivers or ():
            receiver = reference() if isinstance(reference, weakref.ref) else reference
            module = getattr(receiver, "__module__", "") or ""
            if module.startswith("commonweal.") and module != SIGN_IN:
                yield f"{module}.{getattr(receiver, '__qualname__', receiver)}"


def test_no_signal_has_a_receiver_of_ours() -> None:
    assert list(our_receivers()) == []


def test_a_receiver_of_ours_would_be_found() -> None:
    def heed(**_named: object) -> None: ...

    heed.__module__ = "commonweal.capabilities.people.handlers"
    post_save.connect(heed, sender=Team)
    try:
        (found,) = our_receivers()
    finally:
        post_save.disconnect(heed, sender=Team)
    assert found.startswith("commonweal.capabilities.people.handlers.")


def events() -> list[type[Event]]:
    return [kind for kind in Event.REGISTERED.values() if kind.__module__.startswith("commonweal.capabilities.")]


def test_every_event_is_frozen_and_says_what_happened_in_ids_and_codes() -> None:
    for kind in events():
        assert kind.__dataclass_params__.frozen, kind.name  # type: ignore[attr-defined]
        assert set(kind.__annotations__) <= {part.name for part in dataclasses.fields(kind)}, kind.name
        assert kind.__module__.split(".")[3] == "events", kind.name


class TestAnEventWithWords:
    """The body is refused when it is published, before anything is written."""

    @pytest.fixture(autouse=True)
    def _made_up_ones_are_forgotten(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "ACTIONS", dict(actions.ACTIONS))
        monkeypatch.setattr(Event, "REGISTERED", dict(Event.REGISTERED))

    @pytest.mark.django_db
    @pytest.mark.parametrize("said", ["Rosa Lund", "rosa@people.example", "1 High Street", "x" * 65, "a\nb"])
    def test_it_is_refused(self, cast: Cast, said: str) -> None:
        @dataclasses.dataclass(frozen=True, kw_only=True)
        class Said(Event):
            words: str

        @action()
        def say(actor: Actor, *, organisation: int, words: str) -> None:
            record("tests.said")
            publish(Said(organisation=organisation, subject_id=uuid4(), words=words))

        before = Outgoing.objects.count()
        with pytest.raises(NotACode):
            say(SET_UP, organisation=cast.leeds, words=said)
        assert Outgoing.objects.count() == before
        say(SET_UP, organisation=cast.leeds, words="a_code")
        assert Outgoing.objects.count() == before + 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_event_goes_with_its_action(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ACTIONS", dict(actions.ACTIONS))
    monkeypatch.setattr(Event, "REGISTERED", dict(Event.REGISTERED))

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Happened(Event): ...

    @action()
    def break_off(actor: Actor, *, organisation: int, subject: UUID) -> None:
        record("tests.happened")
        publish(Happened(organisation=organisation, subject_id=subject))
        raise RuntimeError

    subject = uuid4()
    with pytest.raises(RuntimeError):
        break_off(SET_UP, organisation=cast.leeds, subject=subject)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from events_outgoing where subject_id = %s", [subject])
        assert cursor.fetchone() == (0,)
