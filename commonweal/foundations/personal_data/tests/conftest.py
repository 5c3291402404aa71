"""A person that Leeds keeps a record of. Foundations know no capability: its table is borrowed by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.audit.record import record
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import Frame, write_scope


@contextmanager
def acting(actor: Actor, organisation: int) -> Iterator[None]:
    """The inside of an action, without a function around it."""
    with write_scope(actor, organisation) as scope:
        scope.frames.append(Frame("tests.act"))
        record("tests.thing")
        yield
        scope.frames.pop()
        actions.flush(scope)


@pytest.fixture
def people() -> Any:
    """The model of people."""
    return apps.get_model("people", "Person")


@pytest.fixture
def rosa_lund(cast: Cast) -> UUID:
    """Rosa Lund, as Leeds keeps her."""
    return keep_person(cast.leeds, "Rosa Lund", account=cast.rosa.account, email="rosa@people.example")


def keep_person(organisation: int, name: str, *, account: UUID | None = None, email: str = "") -> UUID:
    """Somebody of this name, as the organisation keeps them."""
    from commonweal.capabilities.people.actions import recording as keeping

    return keeping.record_person(
        SET_UP, organisation=organisation, account=account, name=name, email=email, phone="", language="en"
    )
