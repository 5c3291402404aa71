"""What a person reads of what is held about them, and the copy they make of what they told."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from commonweal.capabilities.cases.actions.closing import close
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.catalogue.queries.services import service
from commonweal.capabilities.identity.actions import accounts
from commonweal.capabilities.messages.queries import sent_about
from commonweal.capabilities.organisations import actions as organisations
from commonweal.capabilities.people.actions.correcting import correct_person
from commonweal.capabilities.protection.actions import deciding
from commonweal.capabilities.protection.actions.copying import CopyAsked, ask_for_copy
from commonweal.capabilities.protection.errors import NoSuchCopy
from commonweal.capabilities.protection.models import Request
from commonweal.capabilities.protection.queries.copies import Form, own_copy
from commonweal.capabilities.protection.queries.copy_schema import Information
from commonweal.capabilities.protection.queries.information import information, is_plain
from commonweal.conftest import SET_UP, Cast, Report
from commonweal.foundations.clocks.now import at, now
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.scope.actors import Resident
from commonweal.foundations.scope.scopes import read_scope
from tests.scenes.copying import Copying

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def confirmed(cast: Cast) -> None:
    """Rosa and Sam confirmed their addresses long ago."""
    for name, who in (("rosa", cast.rosa), ("sam", cast.sam)):
        EmailAddress.objects.create(user_id=who.account, email=f"{name}@people.example", verified=True, primary=True)


class TestThePage:
    def test_it_says_what_is_held_by_service_with_how_much_and_what_they_told(self, cast: Cast, report: Report) -> None:
        """UK GDPR Article 15(1)(a) to (d), (g)."""
        reference = report(cast.rosa)
        page = information(cast.rosa, organisation=cast.leeds)
        (held,) = page.held.services
        (case,) = held.cases
        assert (held.service.name, case.own.reference) == ("missed_collection", reference)
        assert (case.submission.answers, case.submission.channel) == (3, "online")
        assert [(told.key, told.value) for told in case.told] == [("place", "12 High Street\nLS1 1UR")]
        (record,) = page.held.shown_records
        assert [told.value for told in record.told] == [
            "Rosa Delgado", "rosa@people.example", "01632 960001", "English",
        ]  # fmt: skip

    def test_what_they_wrote_freely_is_not_on_it(self, cast: Cast, report: Report) -> None:
        report(cast.rosa)
        page = information(cast.rosa, organisation=cast.leeds)
        assert "By the gate" not in str([told.value for case in page.held.cases for told in case.told])
        with read_scope(SET_UP, (cast.leeds,)):
            (line,) = Trace.objects.filter(purpose="own_information").values_list("fields", flat=True)
        assert "forms.answer.value" not in line, "what is not shown is not opened"

    def test_it_says_until_when_once_the_case_is_closed(self, cast: Cast, report: Report) -> None:
        with at(NOON) as clock:
            report(cast.rosa)
            assert _case(cast).kept_until is None
            close(cast.priya, organisation=cast.leeds, case=_case(cast).own.id, outcome="collected", revision=1)
            assert _case(cast).kept_until is None, "a decision that may be taken back is none yet"
            clock.advance(timedelta(minutes=1))
            assert _case(cast).kept_until == date(2027, 11, 23)

    def test_it_is_of_nobody_else(self, cast: Cast, report: Report) -> None:
        report(cast.rosa)
        held = information(cast.sam, organisation=cast.leeds).held
        assert (held.people, held.services, held.records) == ((), (), ())

    def test_it_asks_the_database_as_often_for_much_as_for_little(self, cast: Cast, report: Report) -> None:
        report(cast.rosa)
        information(cast.rosa, organisation=cast.leeds)
        little = _statements(cast)
        for _number in range(4):
            report(cast.rosa)
        assert _statements(cast) == little

    def test_whether_they_have_died_is_asked_once(self, cast: Cast, report: Report) -> None:
        report(cast.rosa)
        with CaptureQueriesContext(connection) as asked:
            information(cast.rosa, organisation=cast.leeds)
        assert sum("people_death" in each["sql"] for each in asked) == 1

    def test_a_locked_down_or_discreet_service_shows_no_answer(self, cast: Cast) -> None:
        organisations.add_team(SET_UP, organisation=cast.leeds, name="Adult social care")
        declaration = (Path(settings.SERVICES) / "care_referral" / "service.yaml").read_text()
        offer_service(SET_UP, organisation=cast.leeds, declaration=declaration)
        care = service(cast.rosa, organisation=cast.leeds, name="care_referral").service
        assert care.restriction
        assert not is_plain(care)
        assert not is_plain(care.model_copy(update={"restriction": None})), "it is discreet"
        assert is_plain(care.model_copy(update={"restriction": None, "is_discreet": False}))

    def test_what_belongs_to_no_service_is_said_in_welsh_too(self, cast: Cast) -> None:
        with override("cy"):
            page = information(cast.rosa, organisation=cast.leeds)
            english = {"your record", "names", "contact details"}
            said = {str(each.title).lower() for each in page.beside} | {
                str(k) for each in page.beside for k in each.kinds
            }
        assert not english & said
        assert "chwe blynedd" in page.beside[4].kept


class TestTheCopy:
    def test_it_has_what_they_told_in_three_forms(self, cast: Cast, report: Report) -> None:
        """UK GDPR Article 20: structured, commonly used, machine-readable; and marked."""
        reference = report(cast.rosa, "53.79970,-1.54920")
        copy = _asked(cast).copy
        assert copy
        made = Information.model_validate_json(_strip_schema(_file(cast, copy, "json")))
        (application,) = made.applications
        assert (application.reference, application.lawful_basis) == (reference, "public_task")
        assert [(item.key, item.portable) for item in application.items] == [("place", False)]
        assert {item.key for item in made.records[0]} == {"name", "email", "phone", "language"}
        lines = list(csv.DictReader(io.StringIO(_file(cast, copy, "csv").decode("utf-8-sig"))))
        assert {line["key"]: line["value"] for line in lines}["place"] == "12 High Street\nLS1 1UR\n53.79970,-1.54920"
        assert _file(cast, copy, "pdf").startswith(b"%PDF-1.7")

    def test_every_address_they_have_is_told_and_told_nothing(self, cast: Cast, report: Report) -> None:
        report(cast.rosa)
        copy = _asked(cast).copy
        assert copy
        told = sent_about(cast.rosa, organisation=cast.leeds, matter=copy)
        assert [each.template for each in told] == ["copy_made"], "the record and the sign-in have the same address"

    def test_who_has_a_name_that_no_font_has_gets_every_form_too(self, cast: Cast, report: Report) -> None:
        report(cast.rosa)
        own = information(cast.rosa, organisation=cast.leeds).held.people
        correct_person(cast.olu, organisation=cast.leeds, people=own, right={"name": "王小明"})
        copy = _asked(cast).copy
        assert _file(cast, copy, "pdf").startswith(b"%PDF-")
        assert "王小明" in _file(cast, copy, "csv").decode()

    def test_one_a_day_then_a_person_looks(self, cast: Cast, report: Report) -> None:
        with at(NOON) as clock:
            report(cast.rosa)
            assert _asked(cast).copy
            second = _asked(cast)
            assert second.copy is None
            assert second.reference
            assert _asked(cast) == second, "asked again, it is the same request"
            with read_scope(SET_UP, (cast.leeds,)):
                assert Request.objects.filter(kind="access").count() == 1
            clock.advance(timedelta(days=1))
            assert _asked(cast).copy

    def test_it_can_be_fetched_for_half_an_hour_by_whoever_asked(self, cast: Cast, report: Report) -> None:
        with at(NOON) as clock:
            report(cast.rosa)
            copy = _asked(cast).copy
            assert copy
            with pytest.raises(NoSuchCopy):
                own_copy(cast.sam, organisation=cast.leeds, copy=copy, form="json")
            with pytest.raises(NoSuchCopy):
                own_copy(cast.rosa, organisation=cast.leeds, copy=uuid4(), form="json")
            clock.advance(timedelta(minutes=31))
            with pytest.raises(NoSuchCopy):
                own_copy(cast.rosa, organisation=cast.leeds, copy=copy, form="json")

    def test_after_a_new_password_a_person_looks_for_three_days(self, cast: Cast, report: Report) -> None:
        assert cast.rosa.account
        with at(NOON) as clock:
            report(cast.rosa)
            accounts.change_password(cast.rosa, account=cast.rosa.account, password="another long password")
            clock.advance(timedelta(hours=71))
            assert _asked(cast).copy is None
            clock.advance(timedelta(hours=1))
            assert _asked(cast).copy

    def test_after_a_corrected_address_a_person_looks_for_three_days(self, cast: Cast, report: Report) -> None:
        with at(NOON) as clock:
            report(cast.rosa)
            own = information(cast.rosa, organisation=cast.leeds).held.people
            right = {"email": "rosa.new@people.example"}
            correct_person(cast.olu, organisation=cast.leeds, people=own, right=right)
            assert _asked(cast).copy is None
            clock.advance(timedelta(hours=72))
            assert _asked(cast).copy

    def test_who_did_not_give_a_password_waits(self, cast: Cast, report: Report) -> None:
        report(cast.rosa)
        asked = ask_for_copy(cast.rosa, organisation=cast.leeds, password_at=None, factor_at=now())
        assert asked.copy is None

    @pytest.mark.parametrize(("may_download", "at_once"), [(True, True), (False, False)])
    def test_where_something_is_withheld_the_officer_has_looked_or_looks(
        self, cast: Cast, report: Report, *, may_download: bool, at_once: bool
    ) -> None:
        """Practice: no withholding anywhere on the person without a person's check."""
        with at(NOON):
            reference = report(cast.rosa)
            deciding.withhold(
                cast.olu,
                organisation=cast.leeds,
                reference=reference,
                exemption="crime",
                review_on=date(2026, 12, 23),
                may_download=may_download,
            )
            assert bool(_asked(cast).copy) is at_once

    def test_where_staff_added_somebody_to_a_case_a_person_looks_and_the_page_does_not_tell(self, cast: Cast) -> None:
        """Practice: no third-party mark anywhere on the person."""
        copying = Copying(cast)
        assert _case(cast).told
        asked = _asked(cast)
        assert (asked.copy, asked.reference) == (None, copying.reference), "the request that is open already"

    def test_an_earlier_decision_without_a_look_still_waits(self, cast: Cast, report: Report) -> None:
        with at(NOON):
            for looked in (False, True):
                deciding.withhold(
                    cast.olu,
                    organisation=cast.leeds,
                    reference=report(cast.rosa),
                    exemption="crime",
                    review_on=date(2026, 12, 23),
                    may_download=looked,
                )
            assert _asked(cast).copy is None


def _asked(cast: Cast, who: Resident | None = None) -> CopyAsked:
    return ask_for_copy(who or cast.rosa, organisation=cast.leeds, password_at=now(), factor_at=None)


def _file(cast: Cast, copy: object, form: Form) -> bytes:
    return own_copy(cast.rosa, organisation=cast.leeds, copy=copy, form=form).content  # type: ignore[arg-type]


def _strip_schema(text: bytes) -> str:
    said = json.loads(text)
    assert said.pop("$schema").endswith("/information.schema.json")
    return json.dumps(said)


def _case(cast: Cast):  # type: ignore[no-untyped-def]
    (case,) = information(cast.rosa, organisation=cast.leeds).held.cases
    return case


def _statements(cast: Cast) -> int:
    with CaptureQueriesContext(connection) as asked:
        information(cast.rosa, organisation=cast.leeds)
    return len(asked)
