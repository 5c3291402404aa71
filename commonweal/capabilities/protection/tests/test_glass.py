"""Gates that must not harm: an expired refresher goes by steps, and the glass can be broken at any hour."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.mail import EmailMessage

from commonweal.capabilities.cases.actions import assigning, noting
from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.identity.actions import glass as identity
from commonweal.capabilities.identity.actions.training import record_failed_test, record_training
from commonweal.capabilities.identity.errors import MayNotDecide
from commonweal.capabilities.identity.queries import glass as identities
from commonweal.capabilities.identity.queries.acting import staff
from commonweal.capabilities.protection.queries.overseeing import officer_openings
from commonweal.capabilities.protection.tasks import tell_in_the_morning
from commonweal.conftest import SET_UP, Appoint, Cast, Report
from commonweal.foundations.clocks.now import at
from commonweal.foundations.personal_data.prompts import BREAK_GLASS, ReasonNeeded
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Resident, Staff
from commonweal.foundations.tasks.standing import LOOPS

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
EXPIRED = date(2026, 11, 1)


@pytest.fixture
def wes(cast: Cast, appoint: Appoint) -> Staff:
    """A case worker of the waste team, whose training expired on 1 November."""
    made = appoint("Wes Hart", "case_worker", cast.waste_team, is_trained=False)
    sat = {"course": "starter", "passed_on": date(2025, 11, 1), "expires_on": EXPIRED}
    record_training(SET_UP, account=made.account, **sat)  # type: ignore[arg-type]
    return made


@pytest.fixture
def grace(cast: Cast, appoint: Appoint) -> Staff:
    """The manager of the waste team."""
    return appoint("Grace Bell", "team_manager", cast.waste_team)


def now_as(cast: Cast, who: Staff) -> Staff:
    """Them as they are at this moment."""
    return staff(Resident(account=who.account), organisation=cast.leeds, account=who.account, has_second_factor=True)


def open_case(cast: Cast, who: Staff, reference: str) -> None:
    case_page(now_as(cast, who), organisation=cast.leeds, reference=reference)


def give(cast: Cast, reference: str, who: Staff) -> UUID:
    case = named_case(cast.priya, organisation=cast.leeds, reference=reference).id
    assigning.assign(cast.priya, organisation=cast.leeds, case=case, revision=1, assignee=who.account)
    return case


def sent(mailoutbox: list[EmailMessage]) -> list[tuple[str, str]]:
    (send,) = [loop.work for loop in LOOPS if loop.work.__name__ == "send_waiting"]
    send()
    return sorted((mail.to[0], str(mail.subject)) for mail in mailoutbox)


class TestTheSteps:
    def test_weeks_after_it_expired_only_ones_own_open_cases_are_read_and_nothing_is_changed(
        self, cast: Cast, report: Report, wes: Staff
    ) -> None:
        own, other = report(cast.rosa), report(cast.sam)
        case = give(cast, own, wes)
        with at(datetime(2026, 11, 15, 12, tzinfo=UTC)):
            noting.add_note(now_as(cast, wes), organisation=cast.leeds, case=case, text="Within the grace")
        with at(datetime(2026, 11, 16, 12, tzinfo=UTC)):
            actor = now_as(cast, wes)
            assert not case_page(actor, organisation=cast.leeds, reference=own).may_be_changed
            with pytest.raises(ReadingRefused):
                case_page(actor, organisation=cast.leeds, reference=other)
            with pytest.raises(ReadingRefused):
                noting.add_note(actor, organisation=cast.leeds, case=case, text="Too late")
        with at(datetime(2026, 11, 30, 12, tzinfo=UTC)), pytest.raises(ReadingRefused):
            open_case(cast, wes, own)

    def test_a_failed_test_is_a_hard_stop_at_once(self, cast: Cast, report: Report) -> None:
        reference = report(cast.rosa)
        record_failed_test(SET_UP, account=cast.priya.account, course="refresher", on=date(2026, 11, 20))
        with pytest.raises(ReadingRefused):
            open_case(cast, cast.priya, reference)
        with pytest.raises(ReadingRefused):
            identity.break_glass(now_as(cast, cast.priya), organisation=cast.leeds, reason="glass_danger")

    def test_each_step_is_told_once_and_the_manager_from_the_day_after(
        self, cast: Cast, wes: Staff, grace: Staff, mailoutbox: list[EmailMessage]
    ) -> None:
        for day in (5, 5, 6):
            with at(datetime(2026, 10, day, 8, tzinfo=UTC)):
                tell_in_the_morning()
        with at(datetime(2026, 10, 6, 8, tzinfo=UTC)):
            assert sent(mailoutbox) == [("wes@leeds.example", "Data protection training expires soon")]
        mailoutbox.clear()
        for day in (2, 3):
            with at(datetime(2026, 11, day, 8, tzinfo=UTC)):
                tell_in_the_morning()
        with at(datetime(2026, 11, 3, 8, tzinfo=UTC)):
            subject = "Data protection training has expired"
            assert sent(mailoutbox) == [("grace@leeds.example", subject), ("wes@leeds.example", subject)]


class TestTheGlass:
    def test_it_opens_for_twelve_hours_and_every_opening_says_so(self, cast: Cast, report: Report, wes: Staff) -> None:
        reference = report(cast.rosa)
        with at(NIGHT) as clock:
            with pytest.raises(ReadingRefused):
                open_case(cast, wes, reference)
            with pytest.raises(ReasonNeeded):
                identity.break_glass(now_as(cast, wes), organisation=cast.leeds, reason="curious")
            identity.break_glass(now_as(cast, wes), organisation=cast.leeds, reason="glass_danger")
            open_case(cast, wes, reference)
            clock.advance(timedelta(hours=11, minutes=59))
            open_case(cast, wes, reference)
            lines = officer_openings(cast.olu, organisation=cast.leeds, kind="opened").rows
            his = {(line.reason, line.was_prompted) for line in lines if line.who == "Wes Hart"}
            assert his == {("glass_danger", True)}
            clock.advance(timedelta(minutes=1))
            with pytest.raises(ReadingRefused):
                open_case(cast, wes, reference)

    def test_whose_role_lacks_looks_and_changes_nothing(self, cast: Cast, report: Report, appoint: Appoint) -> None:
        reference = report(cast.rosa)
        for who in (appoint("Dee Cole", "service_designer"), cast.tom):
            with pytest.raises(ReadingRefused):
                open_case(cast, who, reference)
            identity.break_glass(who, organisation=cast.leeds, reason="glass_incident")
            page = case_page(now_as(cast, who), organisation=cast.leeds, reference=reference)
            assert not page.may_be_changed
            with pytest.raises(ReadingRefused):
                noting.add_note(now_as(cast, who), organisation=cast.leeds, case=page.id, text="I was here")

    def test_ones_own_record_and_a_colleagues_stay_closed(self, cast: Cast, report: Report) -> None:
        own, colleagues = (report(Resident(account=who.account)) for who in (cast.priya, cast.tom))
        identity.break_glass(cast.priya, organisation=cast.leeds, reason="glass_danger")
        for reference in (own, colleagues):
            with pytest.raises(ReadingRefused):
                open_case(cast, cast.priya, reference)

    def test_before_a_first_course_and_by_the_officer_it_is_not_broken(self, cast: Cast, appoint: Appoint) -> None:
        untrained = appoint("Uma Roy", "case_worker", cast.waste_team, is_trained=False)
        with pytest.raises(ReadingRefused):
            identity.break_glass(untrained, organisation=cast.leeds, reason="glass_danger")
        with pytest.raises(MayNotDecide):
            identity.break_glass(cast.olu, organisation=cast.leeds, reason="glass_danger")

    def test_the_officer_and_the_manager_are_told_next_morning_once(
        self, cast: Cast, wes: Staff, grace: Staff, mailoutbox: list[EmailMessage]
    ) -> None:
        with at(NIGHT) as clock:
            tell_in_the_morning()
            sent(mailoutbox)
            mailoutbox.clear()
            identity.break_glass(now_as(cast, wes), organisation=cast.leeds, reason="glass_danger")
            for hours in (1, 8, 1, 24):
                assert sent(mailoutbox) == []
                clock.advance(timedelta(hours=hours))
                tell_in_the_morning()
                told = sent(mailoutbox)
                expected = ["grace@leeds.example", "olu@people.example"] if hours == 8 else []
                assert [address for address, _subject in told] == expected
                mailoutbox.clear()
        rows = identities.broken_glass(cast.olu, organisation=cast.leeds)
        assert [(row.name, row.reason) for row in rows] == [("Wes Hart", "glass_danger")]
        assert identities.broken_glass(grace, organisation=cast.leeds) == rows
        with pytest.raises(MayNotDecide):
            identities.broken_glass(cast.priya, organisation=cast.leeds)

    def test_it_asks_for_one_of_at_most_five_reasons(self) -> None:
        assert 0 < len(BREAK_GLASS.reasons) <= 5
