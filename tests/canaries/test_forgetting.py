"""Forgetting destroys keys: what they sealed stays behind as bytes that nothing opens."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from commonweal.capabilities.cases.actions import noting
from commonweal.capabilities.cases.actions import opening as cases
from commonweal.capabilities.cases.queries import opening as pages
from commonweal.capabilities.catalogue import actions as catalogue
from commonweal.capabilities.forms.actions import filling as forms
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import today
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.declarations import declaration_of
from commonweal.foundations.personal_data.reading import Forgotten
from commonweal.foundations.personal_data.sealing import key_named_by
from commonweal.foundations.scope.actors import Actor, DraftHolder, Visitor
from commonweal.foundations.scope.scopes import read_scope
from tests.canaries.journey import NOTE, TOLD

_SERVICE = "missed_collection"


@pytest.fixture(autouse=True)
def _made_up_actions_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ACTIONS", dict(actions.ACTIONS))


@pytest.fixture
def reference(cast: Cast) -> str:
    """A case with a note, reported with names that nobody has."""
    declaration = (Path(settings.SERVICES) / _SERVICE / "service.yaml").read_text()
    catalogue.offer_service(SET_UP, organisation=cast.leeds, declaration=declaration)
    holder = DraftHolder(draft=forms.start_draft(Visitor(), organisation=cast.leeds, service=_SERVICE))
    day = today()
    given = {
        "bin": {"bin": "food"},
        "due": {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)},
        "where": {"place-address": TOLD.address, "place-postcode": TOLD.postcode, "left_at": TOLD.left_at},
        "contact": {"name": TOLD.name, "email": TOLD.email, "phone": TOLD.phone},
    }
    for page, typed in given.items():
        forms.answer_page(holder, organisation=cast.leeds, page=page, given=typed)
    made = cases.submit(holder, organisation=cast.leeds).reference
    case = pages.case_page(cast.priya, organisation=cast.leeds, reference=made)
    noting.add_note(cast.priya, organisation=cast.leeds, case=case.id, text=NOTE)
    return made


def test_what_destroyed_keys_sealed_cannot_be_opened(cast: Cast, reference: str) -> None:
    page = pages.case_page(cast.priya, organisation=cast.leeds, reference=reference)
    assert page.person.name == TOLD.name
    sealed = set(_sealed_values(cast))
    named = {key_named_by(value) for value in sealed}
    assert len(sealed) >= 5
    assert _unwrap(cast, named) == named

    @action()
    def forget(actor: Actor, *, organisation: int, holders: set[UUID]) -> None:
        for holder in holders:
            keys.destroy(holder)
        record("tests.forgotten")

    forget(SET_UP, organisation=cast.leeds, holders=_holders(cast, named))

    assert set(_sealed_values(cast)) == sealed
    assert _unwrap(cast, named) == set()
    with pytest.raises(Forgotten):
        pages.case_page(cast.priya, organisation=cast.leeds, reference=reference)


def _sealed_values(cast: Cast) -> Iterator[bytes]:
    """Every sealed value in Leeds, as its column holds it."""
    columns = [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if (declaration := declaration_of(field)) and declaration.is_sealed
    ]
    with read_scope(SET_UP, (cast.leeds,)), connection.cursor() as cursor:
        for table, column in columns:
            cursor.execute(f"select {column} from {table} where {column} is not null")
            yield from (bytes(value) for (value,) in cursor.fetchall())


def _unwrap(cast: Cast, named: set[UUID]) -> set[UUID]:
    with read_scope(SET_UP, (cast.leeds,)):
        return set(keys.unwrapped(named))


def _holders(cast: Cast, named: set[UUID]) -> set[UUID]:
    with read_scope(SET_UP, (cast.leeds,)), connection.cursor() as cursor:
        cursor.execute("select holder from personal_data_datakey where id = any(%s)", [list(named)])
        return {holder for (holder,) in cursor.fetchall()}
