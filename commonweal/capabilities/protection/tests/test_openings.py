"""What a person sees of openings: others' and nobody's listings, and nothing that is withheld."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.capabilities.cases.queries.finding import listed, search
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.cases.queries.worklists import worklist
from commonweal.capabilities.messages import queries as messages
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.actions import deciding
from commonweal.capabilities.protection.errors import NoSuchWithholding, NotTheOfficer
from commonweal.capabilities.protection.queries import openings as reading_openings
from commonweal.capabilities.protection.queries import withholding
from commonweal.capabilities.protection.queries.openings import OpeningRow, openings
from commonweal.conftest import Appoint, Cast, Report
from commonweal.foundations.clocks.now import at
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data import purposes
from commonweal.foundations.personal_data.purposes import CASEWORK, PURPOSES, SENDING, Shown
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Resident, Supplier, System
from commonweal.foundations.tasks.dispatcher import dispatch_all

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
IN_A_MONTH = (NOON + timedelta(days=30)).date()


def test_listings_and_refusals_are_not_openings(cast: Cast, report: Report) -> None:
    reference = report(cast.rosa)
    worklist(cast.priya, organisation=cast.leeds, asked=Filter())
    found = search(cast.priya, organisation=cast.leeds, words="Rosa Delgado")
    assert listed(cast.priya, organisation=cast.leeds, cases=found.cases)
    with pytest.raises(ReadingRefused):
        case_page(cast.tom, organisation=cast.leeds, reference=reference)
    assert openings(cast.rosa, organisation=cast.leeds).rows == ()
    case_page(cast.priya, organisation=cast.leeds, reference=reference)
    assert [row.times for row in openings(cast.rosa, organisation=cast.leeds).rows] == [1]


def test_a_suppliers_opening_is_shown_as_a_suppliers(cast: Cast, report: Report) -> None:
    report(cast.rosa)
    supplier = Supplier(key=cast.priya.account, organisation=cast.leeds, purposes=frozenset({CASEWORK.code}))
    for person in people.people_of_account(cast.rosa, organisation=cast.leeds, account=cast.rosa.account):  # type: ignore[arg-type]
        people.person(supplier, organisation=cast.leeds, person=person)
    (row,) = openings(cast.rosa, organisation=cast.leeds).rows
    assert (row.who, row.channels) == ("A supplier that works for us", ("by a supplier's system",))


def test_two_cases_of_one_person_are_two_entries(cast: Cast, report: Report) -> None:
    references = [report(cast.rosa), report(cast.rosa)]
    with at(NOON):
        for reference in (*references, references[0]):
            case_page(cast.priya, organisation=cast.leeds, reference=reference)
    rows = openings(cast.rosa, organisation=cast.leeds).rows
    assert sorted((row.times, row.references) for row in rows) == sorted([(2, (references[0],)), (1, (references[1],))])


class TestWithholding:
    """The officer withholds openings of one person in one case."""

    def test_it_hides_that_case_and_no_other_until_its_review_date(self, cast: Cast, report: Report) -> None:
        hidden, shown = report(cast.rosa), report(cast.rosa)
        with at(NOON) as clock:
            for reference in (hidden, shown):
                case_page(cast.priya, organisation=cast.leeds, reference=reference)
            _withhold(cast, hidden)
            assert _references(cast) == [(shown,)]
            clock.move_to(datetime.combine(IN_A_MONTH, NOON.time(), UTC) - timedelta(days=1))
            assert _references(cast) == [(shown,)]
            clock.move_to(datetime.combine(IN_A_MONTH, NOON.time(), UTC))
            assert sorted(_references(cast)) == sorted([(hidden,), (shown,)])

    def test_it_belongs_to_one_person(self, cast: Cast, report: Report) -> None:
        theirs, mine = report(cast.sam), report(cast.rosa)
        with at(NOON):
            for reference in (theirs, mine):
                case_page(cast.priya, organisation=cast.leeds, reference=reference)
            _withhold(cast, theirs)
            assert _references(cast) == [(mine,)]
            assert openings(cast.sam, organisation=cast.leeds).rows == ()

    def test_what_the_person_knows_anyway_stays(self, cast: Cast, report: Report) -> None:
        with at(NOON):
            reference = report(cast.rosa)
            dispatch_all()
            sender = System(task="messages.send", purposes=frozenset({SENDING.code}))
            for body, message in messages.waiting(sender, organisations=(cast.leeds,), at_most=9):
                messages.to_send(sender, organisation=body, message=message)
            _withhold(cast, reference)
            (row,) = openings(cast.rosa, organisation=cast.leeds).rows
            assert row.who == "Our system"

    def test_whoever_lifts_it_shows_them_again(self, cast: Cast, report: Report) -> None:
        reference = report(cast.rosa)
        with at(NOON):
            case_page(cast.priya, organisation=cast.leeds, reference=reference)
            made = _withhold(cast, reference)
            deciding.lift(cast.olu, organisation=cast.leeds, withholding=made)
            assert _references(cast) == [(reference,)]
            with pytest.raises(NoSuchWithholding):
                deciding.lift(cast.olu, organisation=cast.leeds, withholding=made)

    def test_it_asks_the_database_the_same_for_whom_something_is_withheld(self, cast: Cast, report: Report) -> None:
        """Counts and times tell nothing: the same statements, whether a line is left out or there is none."""
        hidden = report(cast.sam)
        report(cast.rosa)
        with at(NOON):
            case_page(cast.priya, organisation=cast.leeds, reference=hidden)
            _withhold(cast, hidden)
            asked = [_statements(cast, who) for who in (cast.sam, cast.rosa)]
        assert asked[0] == asked[1]

    def test_a_new_decision_replaces_the_old(self, cast: Cast, report: Report) -> None:
        reference = report(cast.rosa)
        with at(NOON):
            _withhold(cast, reference)
            later = (NOON + timedelta(days=100)).date()
            deciding.withhold(
                cast.olu, organisation=cast.leeds, reference=reference, exemption="serious_harm", review_on=later
            )
            rows = withholding.withholdings(cast.olu, organisation=cast.leeds)
        assert [(row.exemption, row.review_on) for row in rows] == [("serious_harm", later)]

    def test_the_review_list_says_what_is_due_and_what_has_ended(self, cast: Cast, report: Report) -> None:
        with at(NOON) as clock:
            far, near, over = (report(cast.rosa) for _number in range(3))
            for reference, days in ((far, 180), (near, 30), (over, 1)):
                day = (NOON + timedelta(days=days)).date()
                deciding.withhold(
                    cast.olu, organisation=cast.leeds, reference=reference, exemption="crime", review_on=day
                )
            clock.advance(timedelta(days=1))
            rows = withholding.withholdings(cast.olu, organisation=cast.leeds)
        assert [(row.reference, row.is_due, row.has_expired) for row in rows] == [
            (over, True, True),
            (near, True, False),
            (far, False, False),
        ]
        assert rows[0].decided_by == "Olu Adeyemi"

    @pytest.mark.parametrize(
        ("exemption", "days", "field"),
        [("because", 30, "exemption"), ("", 30, "exemption"), ("crime", 0, "review_on"), ("crime", 184, "review_on")],
    )
    def test_it_needs_an_exemption_of_the_list_and_a_review_within_six_months(
        self, cast: Cast, report: Report, exemption: str, days: int, field: str
    ) -> None:
        reference = report(cast.rosa)
        with at(NOON), pytest.raises(Invalid) as refusal:
            deciding.withhold(
                cast.olu,
                organisation=cast.leeds,
                reference=reference,
                exemption=exemption,
                review_on=(NOON + timedelta(days=days)).date(),
            )
        assert set(refusal.value.fields) == {field}

    def test_only_the_officer_decides_and_only_trained(self, cast: Cast, report: Report) -> None:
        reference = report(cast.rosa)
        with at(NOON):
            for actor in (cast.priya, cast.huw):
                with pytest.raises(NotTheOfficer):
                    deciding.withhold(
                        actor, organisation=cast.leeds, reference=reference, exemption="crime", review_on=IN_A_MONTH
                    )
            for actor in (replace(cast.olu, is_trained=False), replace(cast.olu, has_second_factor=False)):
                with pytest.raises(ReadingRefused):
                    deciding.withhold(
                        actor, organisation=cast.leeds, reference=reference, exemption="crime", review_on=IN_A_MONTH
                    )


class TestAPurposeThatIsShownAfterReview:
    @pytest.fixture(autouse=True)
    def _casework_waits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(purposes.PURPOSES, "casework", replace(CASEWORK, shown=Shown.AFTER_REVIEW))

    def test_it_waits_for_the_officer(self, cast: Cast, report: Report) -> None:
        reference = report(cast.rosa)
        with at(NOON) as clock:
            case_page(cast.priya, organisation=cast.leeds, reference=reference)
            assert _references(cast) == []
            assert [row.reference for row in withholding.waiting(cast.olu, organisation=cast.leeds)] == [reference]
            clock.advance(timedelta(hours=1))
            deciding.release(cast.olu, organisation=cast.leeds, reference=reference)
            assert _references(cast) == [(reference,)]
            assert withholding.waiting(cast.olu, organisation=cast.leeds) == ()
            assert withholding.withholdings(cast.olu, organisation=cast.leeds) == ()
            clock.advance(timedelta(hours=2))
            case_page(cast.priya, organisation=cast.leeds, reference=reference)
            assert len(_references(cast)) == 1

    def test_it_waits_no_longer_than_six_months(self, cast: Cast, report: Report) -> None:
        reference = report(cast.rosa)
        with at(NOON) as clock:
            case_page(cast.priya, organisation=cast.leeds, reference=reference)
            clock.move_to(datetime(2027, 5, 22, 12, tzinfo=UTC))
            assert _references(cast) == []
            clock.move_to(datetime(2027, 5, 23, 12, tzinfo=UTC))
            assert _references(cast) == [(reference,)]


def test_every_purpose_says_when_it_is_shown() -> None:
    assert {code: purpose.shown for code, purpose in PURPOSES.items()} == {
        "applying": Shown.ALWAYS,
        "own_information": Shown.ALWAYS,
        "casework": Shown.UNLESS_WITHHELD,
        "sending": Shown.ALWAYS,
        "safety": Shown.UNLESS_WITHHELD,
        "oversight": Shown.UNLESS_WITHHELD,
        "rights": Shown.ALWAYS,
    }


def test_another_teams_manager_is_shown_by_their_own_team(cast: Cast, report: Report, appoint: Appoint) -> None:
    reference = report(cast.rosa)
    grace = appoint("Grace Bell", "team_manager", cast.parks_team)
    case_page(grace, organisation=cast.leeds, reference=reference, reason="complaint")
    (row,) = openings(cast.rosa, organisation=cast.leeds).rows
    assert row.who == "Parks"


def _withhold(cast: Cast, reference: str) -> UUID:
    return deciding.withhold(
        cast.olu, organisation=cast.leeds, reference=reference, exemption="crime", review_on=IN_A_MONTH
    )


def _references(cast: Cast) -> list[tuple[str, ...]]:
    return [row.references for row in openings(cast.rosa, organisation=cast.leeds).rows]


def _statements(cast: Cast, who: Resident) -> list[str]:
    """The statements without the ids and names of savepoints in them."""
    with CaptureQueriesContext(connection) as asked:
        openings(who, organisation=cast.leeds)
    return [re.sub(r"'[0-9a-f-]{32,36}'(::uuid)?|s\d+_x\d+", "?", one["sql"]) for one in asked.captured_queries]


def test_every_opening_is_on_one_page_however_many_there_are(
    cast: Cast, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages end with whole days, so that an entry is the same whichever page it is read on."""
    reference = report(cast.rosa)
    begin = datetime(2027, 3, 1, 9, tzinfo=UTC)
    for day, times in enumerate((1, 4, 1, 1, 2)):
        for hour in range(times):
            with at(begin + timedelta(days=day, hours=2 * hour)):
                case_page(cast.priya, organisation=cast.leeds, reference=reference)
    with at(begin + timedelta(days=9)):
        whole = openings(cast.rosa, organisation=cast.leeds)
        assert (len(whole.rows), whole.following) == (9, None)
        monkeypatch.setattr(reading_openings, "_PAGE", 3)
        until: date | None = None
        pages: list[tuple[OpeningRow, ...]] = []
        while not pages or until:
            page = openings(cast.rosa, organisation=cast.leeds, until=until)
            pages.append(page.rows)
            until = page.following
        assert [len(rows) for rows in pages] == [3, 1, 4, 1]
        assert tuple(row for rows in pages for row in rows) == whole.rows
        for row in whole.rows:
            assert row in openings(cast.rosa, organisation=cast.leeds, with_entry=row.key).rows
