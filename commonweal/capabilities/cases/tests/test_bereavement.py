"""Somebody has died: nothing more is sent to them, nobody sees their data by their sign-in, and staff choose."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction
from psycopg.errors import CheckViolation

from commonweal.capabilities.cases.actions import closing as handling
from commonweal.capabilities.cases.actions.bereavement import (
    Representative,
    choose_next,
    confirm_death,
    record_death,
    take_back_death,
)
from commonweal.capabilities.cases.actions.opening import claim
from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.bereavement import bereavement_page
from commonweal.capabilities.cases.queries.concerning import cases_concerning
from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.capabilities.cases.queries.following import applications
from commonweal.capabilities.cases.queries.held_about import cases_about
from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.cases.queries.worklists import worklist
from commonweal.capabilities.cases.rules import secret_of
from commonweal.capabilities.forms.actions.filling import start_draft
from commonweal.capabilities.forms.queries.filling import DraftPage, draft_page
from commonweal.capabilities.forms.queries.taking import unfinished
from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.messages import queries as written
from commonweal.capabilities.people.actions import bereavement as people
from commonweal.capabilities.people.actions.recording import forget_person
from commonweal.capabilities.people.errors import NeedsAnother, NotRecordedDead
from commonweal.capabilities.protection.queries.openings import openings
from commonweal.conftest import SET_UP, Appoint, Cast, Report
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.clocks.now import today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.models import DataKey, Trace
from commonweal.foundations.personal_data.trace import Matter, ReadingRefused
from commonweal.foundations.scope.actors import DraftHolder, Staff
from commonweal.foundations.scope.scopes import read_scope, write_scope
from commonweal.foundations.tasks.dispatcher import dispatch
from commonweal.foundations.tasks.standing import LOOPS

pytestmark = pytest.mark.django_db

SON = Representative(name="Luis Delgado", email="luis@people.example", phone="", capacity="executor")


@pytest.fixture
def wes(cast: Cast, appoint: Appoint) -> Staff:
    """Another case worker of the waste team."""
    return appoint("Wes Hart", "case_worker", cast.waste_team)


def tell(cast: Cast, reference: str, *, certainty: str = "told", who: Staff | None = None) -> None:
    record_death(
        who or cast.priya,
        organisation=cast.leeds,
        reference=reference,
        died_on=today() - timedelta(days=2),
        told_by="Her son, on the phone",
        certainty=certainty,
    )


def person_of(cast: Cast, reference: str) -> UUID:
    return named_case(cast.priya, organisation=cast.leeds, reference=reference).person


def has_key(cast: Cast, person: UUID) -> bool:
    with read_scope(SET_UP, (cast.leeds,)):
        return DataKey.objects.filter(organisation_id=cast.leeds, holder=person).exists()


def write(cast: Cast, reference: str) -> UUID:
    return messages.write(
        SET_UP,
        organisation=cast.leeds,
        person=person_of(cast, reference),
        matter=Matter("case", named_case(cast.priya, organisation=cast.leeds, reference=reference).id, reference),
        template="received",
        subject="Your report",
        body="We have it.",
    )


def send_waiting() -> None:
    """What the worker does every second."""
    (send,) = [loop.work for loop in LOOPS if loop.work.__name__ == "send_waiting"]
    send()


def statuses(cast: Cast, reference: str) -> list[str]:
    case = named_case(cast.priya, organisation=cast.leeds, reference=reference)
    return [row.status for row in written.sent_about(cast.priya, organisation=cast.leeds, matter=case.id)]


def marks(cast: Cast) -> dict[str, str]:
    rows = worklist(cast.priya, organisation=cast.leeds, asked=Filter()).rows
    return {row.reference: row.after_death for row in rows}


class TestNothingIsSent:
    def test_what_waits_is_cancelled_at_once_and_nothing_new_goes_out(
        self, cast: Cast, report: Report, mailoutbox: list[EmailMessage]
    ) -> None:
        reference, strangers = report(cast.rosa), report(cast.sam)
        write(cast, reference)
        tell(cast, reference)
        assert statuses(cast, reference) == ["cancelled"]
        write(cast, reference)
        write(cast, strangers)
        while dispatch():
            pass
        send_waiting()
        assert set(statuses(cast, reference)) == {"cancelled"}
        assert [mail.subject for mail in mailoutbox].count("Your report") == 1
        with read_scope(SET_UP, (cast.leeds,)):
            assert not Trace.objects.filter(subject_id=person_of(cast, reference), purpose="sending").exists()

    def test_all_records_of_the_same_account_are_stopped(self, cast: Cast, report: Report) -> None:
        first, second = report(cast.rosa), report(cast.rosa)
        for reference in (first, second):
            write(cast, reference)
        tell(cast, first)
        assert statuses(cast, first) == statuses(cast, second) == ["cancelled"]
        assert marks(cast) == {first: "choose", second: "choose"}

    def test_whoever_records_it_by_another_way_stops_messages_too(self, cast: Cast, report: Report) -> None:
        reference = report(cast.rosa)
        write(cast, reference)
        people.record_death(
            cast.priya,
            organisation=cast.leeds,
            person=person_of(cast, reference),
            died_on=None,
            told_by="The registrar",
            certainty="confirmed",
        )
        while dispatch():
            pass
        assert set(statuses(cast, reference)) == {"cancelled"}


def test_whoever_is_forgotten_stays_dead_without_who_said_so(cast: Cast, report: Report) -> None:
    reference = report(cast.rosa)
    tell(cast, reference)
    forget_person(SET_UP, organisation=cast.leeds, person=person_of(cast, reference))
    death = bereavement_page(cast.priya, organisation=cast.leeds, reference=reference).death
    assert death
    assert (death.died_on, death.told_by) == (None, "")
    write(cast, reference)
    assert set(statuses(cast, reference)) == {"cancelled"}


class TestTheSignIn:
    def test_it_shows_nothing_of_this_body_and_all_of_another(self, cast: Cast, report: Report) -> None:
        reference = report(cast.rosa)
        case_page(cast.priya, organisation=cast.leeds, reference=reference)
        assert applications(cast.rosa, organisation=cast.leeds)
        assert openings(cast.rosa, organisation=cast.leeds).rows
        tell(cast, reference)
        assert applications(cast.rosa, organisation=cast.leeds) == ()
        assert openings(cast.rosa, organisation=cast.leeds).rows == ()
        assert case_page(cast.priya, organisation=cast.leeds, reference=reference).person.name == "Rosa Delgado"

    def test_whoever_applies_with_it_is_somebody_else_and_is_answered(self, cast: Cast, report: Report) -> None:
        tell(cast, report(cast.rosa))
        later = report(cast.rosa)
        assert marks(cast)[later] == ""
        write(cast, later)
        assert statuses(cast, later) == ["created"]
        assert applications(cast.rosa, organisation=cast.leeds) == ()

    def test_nothing_the_dead_told_or_began_is_there_for_whoever_applies_with_it(
        self, cast: Cast, report: Report
    ) -> None:
        def begin() -> DraftHolder:
            draft = start_draft(cast.rosa, organisation=cast.leeds, service="missed_collection")
            return DraftHolder(draft=draft, account=cast.rosa.account)

        def contact(holder: DraftHolder) -> DraftPage:
            return draft_page(holder, organisation=cast.leeds, service="missed_collection", page="contact")

        reference, before = report(cast.rosa), begin()
        assert contact(before).is_prefilled
        assert [row.draft for row in unfinished(cast.rosa, organisation=cast.leeds)] == [before.draft]
        tell(cast, reference)
        assert unfinished(cast.rosa, organisation=cast.leeds) == ()
        after = begin()
        assert [row.draft for row in unfinished(cast.rosa, organisation=cast.leeds)] == [after.draft]
        assert contact(after).given == {}

    def test_nothing_is_claimed_with_it(self, cast: Cast, report: Report) -> None:
        tell(cast, report(cast.rosa))
        later = report(cast.rosa)
        with read_scope(SET_UP, (cast.leeds,)):
            case = Case.objects.get(reference=later)
            secret = secret_of(keys.token_key() or b"", case.submission_id)
        with pytest.raises(NoSuchCase):
            claim(cast.rosa, organisation=cast.leeds, reference=later, secret=secret)
        claim(cast.sam, organisation=cast.leeds, reference=later, secret=secret)


class TestStaffChoose:
    def test_the_case_goes_on_with_who_speaks_for_the_estate(
        self, cast: Cast, report: Report, mailoutbox: list[EmailMessage]
    ) -> None:
        reference = report(cast.rosa)
        tell(cast, reference)
        assert marks(cast) == {reference: "choose"}
        choose_next(
            cast.priya, organisation=cast.leeds, reference=reference, choice="representative", representative=SON
        )
        assert marks(cast) == {reference: "representative"}
        page = bereavement_page(cast.priya, organisation=cast.leeds, reference=reference)
        assert page.representative
        assert (page.representative.name, page.capacity) == ("Luis Delgado", "executor")
        assert page.representative.id != person_of(cast, reference)
        case = case_page(cast.priya, organisation=cast.leeds, reference=reference)
        assert case.applicant_died
        handling.close(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, outcome="collected")
        while dispatch():
            pass
        send_waiting()
        assert {address for mail in mailoutbox for address in mail.to} == {"luis@people.example"}

    def test_who_speaks_for_the_estate_is_found_in_it_by_what_they_ask_for(self, cast: Cast, report: Report) -> None:
        """An erasure or objection of theirs that did not look at it would be answered as if we held nothing."""
        reference = report(cast.rosa)
        tell(cast, reference)
        choose_next(
            cast.priya, organisation=cast.leeds, reference=reference, choice="representative", representative=SON
        )
        page = bereavement_page(cast.priya, organisation=cast.leeds, reference=reference)
        assert page.representative
        asked = [page.representative.id]
        held = cases_about(cast.olu, organisation=cast.leeds, people=asked)
        (concerning,) = cases_concerning(cast.olu, organisation=cast.leeds, people=asked)
        assert [each.reference for each in held] == [concerning.reference] == [reference]
        assert (concerning.person, concerning.is_own) == (page.representative.id, False)

    @pytest.mark.parametrize("choice", ["keep", "close"])
    def test_another_choice_tells_nobody(self, cast: Cast, report: Report, choice: str) -> None:
        reference = report(cast.rosa)
        tell(cast, reference)
        for each in ("representative", choice):
            choose_next(cast.priya, organisation=cast.leeds, reference=reference, choice=each, representative=SON)
        assert marks(cast) == {reference: choice}
        page = bereavement_page(cast.priya, organisation=cast.leeds, reference=reference)
        assert (page.representative, page.capacity) == (None, "")

    def test_who_speaks_for_the_estate_no_more_is_forgotten(self, cast: Cast, report: Report, wes: Staff) -> None:
        reference = report(cast.rosa)
        tell(cast, reference)
        known = []
        for each in (SON, replace(SON, name="Ana Delgado")):
            choose_next(
                cast.priya, organisation=cast.leeds, reference=reference, choice="representative", representative=each
            )
            page = bereavement_page(cast.priya, organisation=cast.leeds, reference=reference)
            assert page.representative
            known.append(page.representative.id)
        first, second = known
        assert [has_key(cast, each) for each in (first, second)] == [False, True]
        take_back_death(wes, organisation=cast.leeds, reference=reference)
        assert not has_key(cast, second)

    def test_what_is_missing_is_said_at_once(self, cast: Cast, report: Report) -> None:
        reference = report(cast.rosa)
        with pytest.raises(NotRecordedDead):
            choose_next(cast.priya, organisation=cast.leeds, reference=reference, choice="keep", representative=SON)
        tell(cast, reference)
        with pytest.raises(Invalid) as refusal:
            choose_next(
                cast.priya,
                organisation=cast.leeds,
                reference=reference,
                choice="representative",
                representative=Representative(),
            )
        assert set(refusal.value.fields) == {"name", "email", "capacity"}

    def test_another_team_records_and_reads_nothing(self, cast: Cast, report: Report) -> None:
        reference = report(cast.rosa)
        with pytest.raises(ReadingRefused):
            tell(cast, reference, who=cast.tom)
        with pytest.raises(ReadingRefused):
            bereavement_page(cast.tom, organisation=cast.leeds, reference=reference)


class TestAMistake:
    def test_only_a_second_person_takes_it_back(self, cast: Cast, report: Report, wes: Staff) -> None:
        reference = report(cast.rosa)
        tell(cast, reference)
        choose_next(
            cast.priya, organisation=cast.leeds, reference=reference, choice="representative", representative=SON
        )
        with pytest.raises(NeedsAnother):
            take_back_death(cast.priya, organisation=cast.leeds, reference=reference)
        take_back_death(wes, organisation=cast.leeds, reference=reference)
        while dispatch():
            pass
        write(cast, reference)
        assert statuses(cast, reference)[-1] == "created"
        assert marks(cast) == {reference: ""}
        assert applications(cast.rosa, organisation=cast.leeds)
        with pytest.raises(NotRecordedDead):
            take_back_death(wes, organisation=cast.leeds, reference=reference)

    def test_nor_does_who_confirmed_it(self, cast: Cast, report: Report, wes: Staff) -> None:
        reference = report(cast.rosa)
        tell(cast, reference)
        confirm_death(wes, organisation=cast.leeds, reference=reference)
        confirm_death(cast.priya, organisation=cast.leeds, reference=reference)
        page = bereavement_page(wes, organisation=cast.leeds, reference=reference)
        assert page.death
        assert page.death.is_confirmed
        assert not page.death.may_be_taken_back
        with pytest.raises(NeedsAnother):
            take_back_death(wes, organisation=cast.leeds, reference=reference)

    def test_recorded_twice_it_stands_once(self, cast: Cast, report: Report) -> None:
        reference = report(cast.rosa)
        tell(cast, reference)
        tell(cast, reference, certainty="confirmed")
        with read_scope(SET_UP, (cast.leeds,)):
            entries = Entry.objects.filter(action="people.record_death").order_by("id")
            assert [entry.facts.get("repeat", False) for entry in entries] == [False, True]
        page = bereavement_page(cast.priya, organisation=cast.leeds, reference=reference)
        assert page.death
        assert not page.death.is_confirmed

    def test_the_database_holds_the_two_people(self, cast: Cast, report: Report) -> None:
        tell(cast, report(cast.rosa))
        with (
            write_scope(SET_UP, cast.leeds),
            connection.connection.cursor() as cursor,
            pytest.raises(CheckViolation, match="people_death_two_people"),
            transaction.atomic(),
        ):
            cursor.execute("update people_death set reversed_by_id = recorded_by_id")

    def test_a_date_to_come_is_none(self, cast: Cast, report: Report) -> None:
        with pytest.raises(Invalid) as refusal:
            record_death(
                cast.priya,
                organisation=cast.leeds,
                reference=report(cast.rosa),
                died_on=today() + timedelta(days=1),
                told_by="",
                certainty="surely",
            )
        assert set(refusal.value.fields) == {"died_on", "told_by", "certainty"}
