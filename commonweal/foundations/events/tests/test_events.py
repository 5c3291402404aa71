"""An event is stored as JSON and comes back as it was, also to a newer version that knows more fields."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.events.event import Event, handles, name_of

CODES = st.text(alphabet="abcXYZ019_.:-", max_size=64)


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
    case: UUID
    stage: str
    on: date | None = None
    by: UUID | None = None
    times: int = 1
    is_late: bool = False


Event.REGISTERED.pop(Moved.name)


@given(
    st.builds(
        Moved,
        organisation=st.integers(min_value=0, max_value=2**40),
        subject_id=st.uuids(),
        case=st.uuids(),
        stage=CODES,
        on=st.none() | st.dates(),
        by=st.none() | st.uuids(),
        times=st.integers(),
        is_late=st.booleans(),
    )
)
def test_it_comes_back_as_it_was(moved: Moved) -> None:
    assert Moved.from_body(moved.body()) == moved


def test_fields_an_older_version_did_not_store_take_their_usual_value() -> None:
    body = Moved(organisation=1, subject_id=uuid4(), case=uuid4(), stage="done").body()
    del body["times"], body["is_late"]
    assert Moved.from_body(body).times == 1


def test_fields_a_newer_version_stored_are_passed_over() -> None:
    body = Moved(organisation=1, subject_id=uuid4(), case=uuid4(), stage="done").body()
    assert Moved.from_body({**body, "colour": "blue"}).stage == "done"


def test_names_do_not_clash_when_a_part_is_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def tell(actor: object, event: object) -> None: ...

    names = set()
    for module in ("commonweal.capabilities.cases.handlers.telling", "commonweal.capabilities.forms.handlers.telling"):
        monkeypatch.setattr(tell, "__module__", module)
        names.add(name_of(tell))
    assert names == {"cases.tell", "forms.tell"}


def test_a_handler_is_still_a_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commonweal.foundations.events.event.HANDLERS", {})

    def tell(actor: object, event: Moved) -> None: ...

    assert handles(Moved)(tell) is tell
