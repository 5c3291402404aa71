"""A reading opens what its actor may open, for one purpose, and leaves a trace; without the trace nothing leaves."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.personal_data.models import Opening, Trace
from commonweal.foundations.personal_data.purposes import (
    APPLYING,
    CASEWORK,
    OVERSIGHT,
    OWN_INFORMATION,
    PURPOSES,
    SENDING,
    Purpose,
)
from commonweal.foundations.personal_data.reading import NotReading, current_reading, reading
from commonweal.foundations.personal_data.sealing import CannotOpen
from commonweal.foundations.personal_data.tests.conftest import acting, keep_person
from commonweal.foundations.personal_data.trace import Matter, ReadingRefused
from commonweal.foundations.scope.actors import Actor, DraftHolder, Resident, Supplier, System, Visitor
from commonweal.foundations.scope.scopes import ScopeError, read_scope, write_scope

NOBODY = UUID(int=0)
PLACE = "people.person.name"


def lines(organisation: int) -> list[Trace]:
    """The trace of an organisation, latest first."""
    with read_scope(SET_UP, (organisation,)):
        return list(Trace.objects.filter(organisation_id=organisation).order_by("-at", "-id"))


def open_name(
    people: Any, person: UUID, *, actor: Actor, purpose: Purpose, organisation: int, own: UUID | None = None
) -> str:
    with reading(actor, purpose=purpose, organisation=organisation) as opened:
        if own is not None:
            opened.is_of_own(own)
        name: str = people.objects.get(id=person).name
        return name


@pytest.mark.django_db
class TestWhoMayRead:
    def test_a_case_worker_for_casework(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        assert open_name(people, rosa_lund, actor=cast.priya, purpose=CASEWORK, organisation=cast.leeds) == "Rosa Lund"

    @pytest.mark.parametrize(
        ("who", "purpose", "reason"),
        [
            (lambda cast: cast.olu, CASEWORK, "role"),
            (lambda cast: cast.priya, OVERSIGHT, "role"),
            (lambda cast: cast.huw, CASEWORK, "other_organisation"),
            (lambda cast: replace(cast.priya, is_trained=False), CASEWORK, "training"),
            (lambda cast: replace(cast.priya, has_second_factor=False), CASEWORK, "second_factor"),
            (lambda cast: Visitor(), CASEWORK, "purpose"),
            (lambda cast: Visitor(), APPLYING, "purpose"),
            (lambda cast: System(task="messages.send"), SENDING, "purpose"),
            (lambda cast: System(task="messages.send", purposes=frozenset({"sending"})), CASEWORK, "purpose"),
            (lambda cast: Resident(), OWN_INFORMATION, "purpose"),
            (lambda cast: cast.rosa, CASEWORK, "purpose"),
            (lambda cast: DraftHolder(draft=uuid4()), CASEWORK, "purpose"),
            (
                lambda cast: Supplier(key=uuid4(), organisation=cast.cardiff, purposes=frozenset({"casework"})),
                CASEWORK,
                "purpose",
            ),
        ],
    )
    def test_others_are_refused_and_the_refusal_is_recorded(
        self, who: Any, purpose: Purpose, reason: str, cast: Cast
    ) -> None:
        actor = who(cast)
        with pytest.raises(ReadingRefused) as refusal, reading(actor, purpose=purpose, organisation=cast.leeds):
            pytest.fail("the reading began")
        assert refusal.value.reason == reason
        (line,) = lines(cast.leeds)
        assert (line.kind, line.reason, line.purpose) == (Opening.REFUSED, reason, purpose.code)
        assert (line.actor_kind, line.actor_id, line.subject_id) == (actor.kind, actor.id, NOBODY)

    def test_a_task_for_the_purposes_it_declares(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        sender = System(task="messages.send", purposes=frozenset({"sending"}))
        assert open_name(people, rosa_lund, actor=sender, purpose=SENDING, organisation=cast.leeds)

    def test_the_gates_tell_staff_what_to_do(self, cast: Cast) -> None:
        for actor, words in (
            (replace(cast.priya, is_trained=False), "data protection course"),
            (replace(cast.priya, has_second_factor=False), "second factor"),
        ):
            with (
                pytest.raises(ReadingRefused) as refusal,
                reading(actor, purpose=CASEWORK, organisation=cast.leeds),
            ):
                pytest.fail("the reading began")
            assert words in str(refusal.value.message)


@pytest.mark.django_db
class TestOnesOwn:
    def test_a_resident_opens_nothing_before_a_capability_says_what_is_theirs(
        self, people: Any, rosa_lund: UUID, cast: Cast
    ) -> None:
        with pytest.raises(ReadingRefused) as refusal:
            open_name(people, rosa_lund, actor=cast.rosa, purpose=OWN_INFORMATION, organisation=cast.leeds)
        assert refusal.value.reason == "not_own"
        (line,) = lines(cast.leeds)
        assert (line.kind, line.subject_id) == (Opening.REFUSED, rosa_lund)

    def test_a_resident_opens_what_is_theirs(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        name = open_name(
            people, rosa_lund, actor=cast.rosa, purpose=OWN_INFORMATION, organisation=cast.leeds, own=rosa_lund
        )
        assert name == "Rosa Lund"

    def test_a_resident_opens_nobody_elses(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with pytest.raises(ReadingRefused):
            open_name(
                people,
                rosa_lund,
                actor=cast.sam,
                purpose=OWN_INFORMATION,
                organisation=cast.leeds,
                own=uuid4(),
            )

    def test_what_is_ones_own_widens_no_other_reading(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        holder = DraftHolder(draft=uuid4())
        with pytest.raises(ReadingRefused):
            open_name(people, rosa_lund, actor=holder, purpose=APPLYING, organisation=cast.leeds, own=rosa_lund)

    def test_a_draft_holder_opens_their_own_draft_only(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        holder = DraftHolder(draft=rosa_lund)
        assert open_name(people, rosa_lund, actor=holder, purpose=APPLYING, organisation=cast.leeds)
        with pytest.raises(ReadingRefused):
            open_name(people, rosa_lund, actor=DraftHolder(draft=uuid4()), purpose=APPLYING, organisation=cast.leeds)


@pytest.mark.django_db
class TestTheTrace:
    def test_who_what_why_when_and_how(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        matter = Matter("cases.case", uuid4(), "LEE-1234", cast.waste_team)
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds) as opened:
            opened.about(matter)
            row = people.objects.get(id=rosa_lund)
            assert row.name + row.email == "Rosa Lundrosa@people.example"
        (line,) = lines(cast.leeds)
        assert (line.kind, line.purpose, line.channel) == (Opening.OPENED, "casework", "online")
        assert (line.subject_id, line.actor_id, line.actor_kind) == (rosa_lund, cast.priya.account, "staff")
        assert (line.actor_role, line.team_id) == ("case_worker", cast.waste_team)
        assert (line.matter, line.matter_id, line.reference) == ("cases.case", matter.id, "LEE-1234")
        assert line.fields == ["people.person.email", PLACE]

    def test_no_line_when_nothing_was_opened(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
            people.objects.get(id=rosa_lund)
        assert lines(cast.leeds) == []

    def test_a_list_is_not_an_opening(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds, is_listing=True):
            assert people.objects.get(id=rosa_lund).name == "Rosa Lund"
        assert [line.kind for line in lines(cast.leeds)] == [Opening.LISTED]

    def test_it_holds_no_text_of_the_person(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        open_name(people, rosa_lund, actor=cast.priya, purpose=CASEWORK, organisation=cast.leeds)
        assert "Rosa" not in str([vars(line) for line in lines(cast.leeds)])

    @pytest.mark.parametrize(
        "change", ["update personal_data_trace set purpose = 'x'", "delete from personal_data_trace"]
    )
    def test_nobody_changes_it(self, cast: Cast, change: str) -> None:
        with pytest.raises(DatabaseError, match="permission denied"), acting(SET_UP, cast.leeds):
            connection.cursor().execute(change)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
class TestNoTraceNoPage:
    def test_when_the_trace_cannot_be_written_nothing_leaves(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        left = []

        def show() -> None:
            with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
                name = people.objects.get(id=rosa_lund).name
                connection.cursor().execute("set transaction read only")
            left.append(name)

        with pytest.raises(DatabaseError, match="read-only"):
            show()
        assert left == []

    def test_the_trace_survives_the_rollback_of_the_action_it_was_for(
        self, people: Any, rosa_lund: UUID, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(actions, "ACTIONS", dict(actions.ACTIONS))

        def load(actor: Actor, *, person: UUID, **_others: Any) -> str:
            name: str = people.objects.get(id=person).name
            return name

        @action(opens=CASEWORK, loads=load)
        def write_to(actor: Actor, *, organisation: int, person: UUID, opened: str | None = None) -> None:
            record("tests.letter")
            raise RuntimeError(f"the printer refused {len(opened or '')} letters")

        with pytest.raises(RuntimeError, match="refused 9 letters"):
            write_to(cast.priya, organisation=cast.leeds, person=rosa_lund)
        assert [(line.kind, line.subject_id) for line in lines(cast.leeds)] == [(Opening.OPENED, rosa_lund)]

    def test_a_refusal_survives_too(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with pytest.raises(ReadingRefused):
            open_name(people, rosa_lund, actor=cast.huw, purpose=CASEWORK, organisation=cast.leeds)
        assert [line.kind for line in lines(cast.leeds)] == [Opening.REFUSED]


@pytest.mark.django_db
class TestItsScope:
    def test_it_is_never_nested(self, cast: Cast) -> None:
        for outer in (
            write_scope(cast.priya, cast.leeds),
            read_scope(cast.priya, (cast.leeds,)),
            reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds),
        ):
            with (
                pytest.raises(ScopeError, match="transaction of its own"),
                outer,
                reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds),
            ):
                pytest.fail("a reading began inside another scope")

    def test_it_ends(self, cast: Cast) -> None:
        with pytest.raises(RuntimeError), reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
            raise RuntimeError
        with pytest.raises(NotReading):
            current_reading()


@pytest.mark.django_db
def test_what_was_tampered_with_is_shown_to_nobody_and_its_place_is_told(
    people: Any, rosa_lund: UUID, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """Two sealed names, each under its own key, are put in each other's place."""
    other = keep_person(cast.leeds, "Ann Hale")
    with acting(SET_UP, cast.leeds), connection.cursor() as cursor:
        cursor.execute(
            "update people_person as one set name = other.name from people_person as other"
            " where one.id = any(%(both)s) and other.id = any(%(both)s) and one.id <> other.id",
            {"both": [rosa_lund, other]},
        )
    with pytest.raises(CannotOpen) as refusal:
        open_name(people, rosa_lund, actor=cast.priya, purpose=CASEWORK, organisation=cast.leeds)
    assert (refusal.value.status, refusal.value.code) == (500, "damaged")
    assert f"A value of {PLACE} is not as it was sealed, in row {rosa_lund}" in caplog.text
    assert "Hale" not in caplog.text
    assert lines(cast.leeds) == []


def test_every_purpose_has_words_for_the_person() -> None:
    assert all(str(purpose.words) for purpose in PURPOSES.values())
    assert all(code == purpose.code for code, purpose in PURPOSES.items())
