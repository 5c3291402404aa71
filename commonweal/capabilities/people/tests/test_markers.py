"""Staff-safety markers: two people, an instruction and no accusation, and over on their day whoever forgets."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from psycopg.errors import CheckViolation

from commonweal.capabilities.cases.actions.marking import ask_for_marker
from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.cases.queries.visiting import visit_page
from commonweal.capabilities.cases.queries.worklists import worklist
from commonweal.capabilities.people.actions import marking
from commonweal.capabilities.people.actions.recording import forget_person
from commonweal.capabilities.people.errors import NeedsAnother, NoSuchMarker, NotAManager
from commonweal.capabilities.people.models import Marker
from commonweal.capabilities.people.queries import choices, markers
from commonweal.capabilities.people.rules import Danger, may_be_reviewed_on
from commonweal.capabilities.people.tasks import sweep_markers
from commonweal.conftest import SET_UP, Appoint, Cast, Report
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.clocks.now import at, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.models import DataKey, Trace
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Resident, Staff
from commonweal.foundations.scope.scopes import read_scope, write_scope

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Ask = Callable[..., UUID]
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2090, 1, 1))


class TestTheRule:
    @given(DAYS, st.integers(-800, 800))
    def test_a_review_is_on_a_later_day_and_within_twelve_months(self, day: date, away: int) -> None:
        review_on = day + timedelta(days=away)
        may = may_be_reviewed_on(review_on, day)
        assert may or not 0 < away <= 365
        assert not may or 0 < away <= 366

    def test_every_danger_has_an_instruction_that_accuses_nobody(self) -> None:
        listed = {code: str(instruction).lower() for code, _words, instruction in choices.dangers()}
        assert set(listed) == set(Danger)
        for instruction in listed.values():
            assert not {"violent", "dangerous", "aggressive", "abusive"} & set(instruction.split())


@pytest.fixture
def grace(cast: Cast, appoint: Appoint) -> Staff:
    """The manager of the waste team."""
    return appoint("Grace Bell", "team_manager", cast.waste_team)


@pytest.fixture
def mo(cast: Cast, appoint: Appoint) -> Staff:
    """The manager of parks."""
    return appoint("Mo Rahman", "team_manager", cast.parks_team)


@pytest.fixture
def ask(cast: Cast) -> Ask:
    """Ask for a marker on the person of a case."""

    def make(who: Staff, reference: str, *, days: int = 90, told: str = "told", danger: str = "violence") -> UUID:
        return ask_for_marker(
            who,
            organisation=cast.leeds,
            reference=reference,
            danger=danger,
            evidence="On 3 March he pushed a collector, who saw a doctor.",
            told=told,
            review_on=today() + timedelta(days=days),
        )

    return make


def shown(cast: Cast, reference: str) -> list[str]:
    page = case_page(cast.priya, organisation=cast.leeds, reference=reference)
    return [str(instruction) for instruction in page.instructions]


def is_marked(cast: Cast) -> list[bool]:
    return [row.has_instruction for row in worklist(cast.priya, organisation=cast.leeds, asked=Filter()).rows]


@pytest.mark.django_db
class TestTwoPeople:
    def test_it_is_shown_once_another_has_approved_it(self, cast: Cast, report: Report, ask: Ask, grace: Staff) -> None:
        reference = report(cast.rosa)
        marker = ask(cast.priya, reference)
        assert (shown(cast, reference), is_marked(cast)) == ([], [False])
        marking.approve_marker(grace, organisation=cast.leeds, marker=marker)
        marking.approve_marker(grace, organisation=cast.leeds, marker=marker)
        assert (shown(cast, reference), is_marked(cast)) == (["Visit in pairs"], [True])
        visit = visit_page(cast.priya, organisation=cast.leeds, reference=reference)
        assert [str(each) for each in visit.instructions] == ["Visit in pairs"]

    def test_it_stands_beside_every_case_of_the_same_person(
        self, cast: Cast, report: Report, ask: Ask, grace: Staff
    ) -> None:
        first, _second, _other = report(cast.rosa), report(cast.rosa), report(cast.sam)
        marking.approve_marker(grace, organisation=cast.leeds, marker=ask(cast.priya, first))
        assert sorted(is_marked(cast)) == [False, True, True]

    def test_a_manager_does_not_approve_what_they_asked_for(
        self, cast: Cast, report: Report, ask: Ask, grace: Staff, mo: Staff
    ) -> None:
        marker = ask(grace, report(cast.rosa))
        assert not markers.marker(grace, organisation=cast.leeds, marker=marker).may_be_approved
        with pytest.raises(NeedsAnother):
            marking.approve_marker(grace, organisation=cast.leeds, marker=marker)
        marking.approve_marker(mo, organisation=cast.leeds, marker=marker)

    def test_the_database_holds_it_too(self, cast: Cast, report: Report, ask: Ask, grace: Staff) -> None:
        marker = ask(grace, report(cast.rosa))
        with (
            write_scope(SET_UP, cast.leeds),
            connection.connection.cursor() as cursor,
            pytest.raises(CheckViolation),
            transaction.atomic(),
        ):
            cursor.execute("update people_marker set approved_by_id = asked_by_id where id = %s", [marker])

    def test_a_case_worker_neither_approves_nor_reads_the_ground(self, cast: Cast, report: Report, ask: Ask) -> None:
        marker = ask(cast.priya, report(cast.rosa))
        for refused in (marking.approve_marker, marking.end_marker, markers.marker):
            with pytest.raises(NotAManager):
                refused(cast.tom, organisation=cast.leeds, marker=marker)

    def test_nobody_decides_about_a_colleague_or_from_another_body(
        self, cast: Cast, report: Report, ask: Ask, grace: Staff
    ) -> None:
        reference = report(Resident(account=cast.tom.account))
        with pytest.raises(ReadingRefused):
            ask(cast.priya, reference)
        marker = ask(cast.priya, report(cast.rosa))
        with pytest.raises(NotAManager):
            marking.approve_marker(cast.huw, organisation=cast.leeds, marker=marker)

    def test_one_that_is_ended_is_shown_no_more(self, cast: Cast, report: Report, ask: Ask, grace: Staff) -> None:
        reference = report(cast.rosa)
        marker = ask(cast.priya, reference)
        marking.approve_marker(grace, organisation=cast.leeds, marker=marker)
        marking.end_marker(grace, organisation=cast.leeds, marker=marker)
        assert (shown(cast, reference), is_marked(cast)) == ([], [False])
        with pytest.raises(NoSuchMarker):
            marking.approve_marker(grace, organisation=cast.leeds, marker=marker)


@pytest.mark.django_db
class TestItsTime:
    def test_nobody_is_shown_it_on_its_day_though_no_sweep_ran(
        self, cast: Cast, report: Report, ask: Ask, grace: Staff
    ) -> None:
        with at(NOON) as clock:
            reference = report(cast.rosa)
            marker = ask(cast.priya, reference, days=10)
            marking.approve_marker(grace, organisation=cast.leeds, marker=marker)
            clock.advance(timedelta(days=9))
            assert (shown(cast, reference), is_marked(cast)) == (["Visit in pairs"], [True])
            clock.advance(timedelta(days=1))
            assert (shown(cast, reference), is_marked(cast)) == ([], [False])
            assert markers.markers(grace, organisation=cast.leeds) == ()
            with pytest.raises(NoSuchMarker):
                markers.marker(grace, organisation=cast.leeds, marker=marker)

    def test_one_that_waited_past_its_day_is_not_approved(
        self, cast: Cast, report: Report, ask: Ask, grace: Staff
    ) -> None:
        with at(NOON) as clock:
            marker = ask(cast.priya, report(cast.rosa), days=1)
            clock.advance(timedelta(days=1))
            with pytest.raises(NoSuchMarker):
                marking.approve_marker(grace, organisation=cast.leeds, marker=marker)

    def test_the_sweep_ends_it_and_a_year_later_destroys_its_ground(
        self, cast: Cast, report: Report, ask: Ask, grace: Staff
    ) -> None:
        with at(NOON) as clock:
            marker = ask(cast.priya, report(cast.rosa), days=10)
            marking.approve_marker(grace, organisation=cast.leeds, marker=marker)
            sweep_markers()
            clock.advance(timedelta(days=10))
            sweep_markers()
            with read_scope(SET_UP, (cast.leeds,)):
                assert Marker.objects.get(id=marker).ended_at == NOON + timedelta(days=10)
                assert DataKey.objects.filter(holder=marker).exists()
            clock.advance(timedelta(days=367))
            sweep_markers()
            with read_scope(SET_UP, (cast.leeds,)):
                assert not Marker.objects.exists()
                assert not DataKey.objects.filter(holder=marker).exists()

    @pytest.mark.parametrize(("days", "is_wrong"), [(0, True), (365, False), (367, True)])
    def test_it_is_at_most_twelve_months_away(
        self, cast: Cast, report: Report, ask: Ask, days: int, is_wrong: bool
    ) -> None:
        reference = report(cast.rosa)
        if is_wrong:
            with pytest.raises(Invalid) as refusal:
                ask(cast.priya, reference, days=days)
            assert set(refusal.value.fields) == {"review_on"}
        else:
            ask(cast.priya, reference, days=days)


@pytest.mark.django_db
class TestWhatIsKept:
    def test_it_holds_for_every_record_of_the_same_account(
        self, cast: Cast, report: Report, ask: Ask, grace: Staff
    ) -> None:
        first, second, strangers = report(cast.rosa), report(cast.rosa), report(cast.sam)
        marking.approve_marker(grace, organisation=cast.leeds, marker=ask(cast.priya, first))
        assert [shown(cast, each) for each in (first, second, strangers)] == [["Visit in pairs"]] * 2 + [[]]

    def test_reading_it_leaves_a_trace_under_its_own_purpose(
        self, cast: Cast, report: Report, ask: Ask, grace: Staff
    ) -> None:
        reference = report(cast.rosa)
        marker = ask(cast.priya, reference)
        markers.marker(grace, organisation=cast.leeds, marker=marker)
        with read_scope(SET_UP, (cast.leeds,)):
            (line,) = Trace.objects.filter(actor_id=grace.account)
        assert (line.kind, line.purpose, line.reference) == ("opened", "safety", reference)
        assert line.fields == ["people.marker.danger", "people.marker.evidence"]

    def test_the_log_says_who_did_what_and_not_why(self, cast: Cast, report: Report, ask: Ask, grace: Staff) -> None:
        reference = report(cast.rosa)
        person = named_case(cast.priya, organisation=cast.leeds, reference=reference).person
        marker = ask(cast.priya, reference)
        marking.approve_marker(grace, organisation=cast.leeds, marker=marker)
        with read_scope(SET_UP, (cast.leeds,)):
            entries = list(Entry.objects.filter(about="people.marker").order_by("id"))
        assert [(entry.actor_id, entry.about_id) for entry in entries] == [
            (cast.priya.account, marker),
            (grace.account, marker),
        ]
        assert all(entry.facts["person"] == str(person) for entry in entries)
        assert "violence" not in str([entry.facts for entry in entries])

    def test_one_that_can_no_longer_be_read_still_says_to_ask(
        self, cast: Cast, report: Report, ask: Ask, grace: Staff
    ) -> None:
        reference = report(cast.rosa)
        marker = ask(cast.priya, reference)
        marking.approve_marker(grace, organisation=cast.leeds, marker=marker)
        with write_scope(SET_UP, cast.leeds), connection.connection.cursor() as cursor:
            cursor.execute("delete from personal_data_datakey where holder = %s", [marker])
        assert shown(cast, reference) == ["Ask your manager before you meet"]

    def test_everything_that_is_missing_is_said_at_once(self, cast: Cast, report: Report) -> None:
        with pytest.raises(Invalid) as refusal:
            ask_for_marker(
                cast.priya,
                organisation=cast.leeds,
                reference=report(cast.rosa),
                danger="he is awful",
                evidence=" ",
                told="",
                review_on=today(),
            )
        assert set(refusal.value.fields) == {"danger", "evidence", "told", "review_on"}

    def test_whoever_is_forgotten_leaves_no_ended_marker_and_a_standing_one_until_its_day(
        self, cast: Cast, report: Report, ask: Ask, grace: Staff
    ) -> None:
        reference = report(cast.rosa)
        person = named_case(cast.priya, organisation=cast.leeds, reference=reference).person
        over, standing = ask(cast.priya, reference), ask(cast.priya, reference)
        marking.end_marker(grace, organisation=cast.leeds, marker=over)
        marking.approve_marker(grace, organisation=cast.leeds, marker=standing)
        forget_person(SET_UP, organisation=cast.leeds, person=person)
        with read_scope(SET_UP, (cast.leeds,)):
            assert [row.id for row in Marker.objects.all()] == [standing]
            assert not DataKey.objects.filter(holder=over).exists()
            assert DataKey.objects.filter(holder=standing).exists()
