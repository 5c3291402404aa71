"""Who is staff, where, with which gates met."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password

from commonweal.capabilities.identity.actions import appointing
from commonweal.capabilities.identity.actions.accounts import register_account
from commonweal.capabilities.identity.actions.relations import declare_relation, end_relation
from commonweal.capabilities.identity.actions.training import record_failed_test, record_training
from commonweal.capabilities.identity.errors import (
    MayNotAppoint,
    MayNotDecide,
    NoSuchRelation,
    NoSuchRole,
    NotStaff,
    RolesConflict,
)
from commonweal.capabilities.identity.queries import colleagues as queries
from commonweal.capabilities.identity.queries.accounts import account_with_email
from commonweal.capabilities.identity.queries.acting import staff
from commonweal.capabilities.identity.queries.appointing import staff_list
from commonweal.capabilities.identity.queries.relations import is_related, relations
from commonweal.capabilities.organisations import queries as bodies
from commonweal.conftest import SET_UP, Appoint, Cast
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.clocks.now import at, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Resident, Staff
from commonweal.foundations.scope.scopes import PLATFORM, read_scope

pytestmark = pytest.mark.django_db


def as_staff(cast: Cast, who: Staff, organisation: int) -> Staff:
    return staff(Resident(account=who.account), organisation=organisation, account=who.account, has_second_factor=True)


class TestAppointing:
    def test_staff_of_one_body_are_nobody_in_another(self, cast: Cast) -> None:
        assert as_staff(cast, cast.huw, cast.cardiff).teams
        with pytest.raises(NotStaff):
            as_staff(cast, cast.huw, cast.leeds)

    def test_a_resident_is_not_staff(self, cast: Cast) -> None:
        assert cast.rosa.account
        with pytest.raises(NotStaff):
            staff(cast.rosa, organisation=cast.leeds, account=cast.rosa.account, has_second_factor=True)

    def test_an_officer_decides_no_means_in_any_later_appointment(self, cast: Cast) -> None:
        for roles in (["data_protection_officer", "administrator"], ["team_manager", "data_protection_officer"]):
            with pytest.raises(RolesConflict) as refusal:
                appointing.appoint(SET_UP, organisation=cast.leeds, account=cast.olu.account, name="Olu", roles=roles)
            assert refusal.value.status == 409
        assert as_staff(cast, cast.olu, cast.leeds).roles == {"data_protection_officer"}

    def test_a_role_that_is_none(self, cast: Cast) -> None:
        with pytest.raises(NoSuchRole):
            appointing.appoint(SET_UP, organisation=cast.leeds, account=cast.tom.account, name="Tom", roles=["wizard"])

    def test_a_new_appointment_takes_the_place_of_the_old(self, cast: Cast) -> None:
        appointing.appoint(
            SET_UP, organisation=cast.leeds, account=cast.tom.account, name="Tom Okafor", roles=["team_manager"]
        )
        tom = as_staff(cast, cast.tom, cast.leeds)
        assert tom.roles == {"team_manager"}
        assert not tom.teams

    def test_who_has_left_is_nobody_but_keeps_a_name(self, cast: Cast) -> None:
        appointing.end_membership(SET_UP, organisation=cast.leeds, account=cast.tom.account)
        with pytest.raises(NotStaff):
            as_staff(cast, cast.tom, cast.leeds)
        with pytest.raises(NotStaff):
            appointing.end_membership(SET_UP, organisation=cast.leeds, account=cast.tom.account)
        accounts = [cast.tom.account]
        assert queries.names_of(SET_UP, organisation=cast.leeds, accounts=accounts) == {cast.tom.account: "Tom Okafor"}
        colleagues = queries.colleagues(SET_UP, organisation=cast.leeds)
        assert cast.tom.account not in {colleague.account for colleague in colleagues}

    def test_colleagues_are_those_of_the_body_or_of_a_team(self, cast: Cast) -> None:
        names = [row.name for row in queries.colleagues(SET_UP, organisation=cast.leeds)]
        assert names == ["Olu Adeyemi", "Priya Nair", "Tom Okafor"]
        waste = queries.colleagues(SET_UP, organisation=cast.leeds, team=cast.waste_team)
        assert [row.name for row in waste] == ["Priya Nair"]


class TestTheGates:
    def test_training_is_that_of_the_day(self, cast: Cast) -> None:
        with at(datetime(2099, 1, 19, 9, 0, tzinfo=UTC)):
            assert as_staff(cast, cast.priya, cast.leeds).is_trained
        with at(datetime(2099, 1, 20, 9, 0, tzinfo=UTC)):
            assert not as_staff(cast, cast.priya, cast.leeds).is_trained

    def test_the_latest_course_counts(self, cast: Cast) -> None:
        record_training(
            SET_UP,
            account=cast.priya.account,
            course="refresher",
            passed_on=date(2026, 1, 1),
            expires_on=date(2027, 1, 1),
        )
        with at(datetime(2098, 1, 1, tzinfo=UTC)):
            assert as_staff(cast, cast.priya, cast.leeds).is_trained


class TestAccounts:
    def test_one_for_each_address_whatever_its_case(self, cast: Cast) -> None:
        again = register_account(SET_UP, email="Rosa@People.example", password="another long password")
        assert again == cast.rosa.account
        assert account_with_email(SET_UP, email="ROSA@people.example") == cast.rosa.account
        kept = get_user_model().objects.get(pk=str(again)).password
        assert not check_password("another long password", kept)

    def test_the_log_holds_no_address(self, cast: Cast) -> None:
        with read_scope(SET_UP, (PLATFORM,)):
            facts = str(list(Entry.objects.values_list("facts", "changed", "about_id")))
        assert "people.example" not in facts

    def test_passwords_are_stretched_outside_the_tests(self) -> None:
        assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.MD5PasswordHasher"]
        from django.conf import global_settings

        assert "PBKDF2" in global_settings.PASSWORD_HASHERS[0]


class TestRelations:
    """Records of relatives and colleagues are closed to staff, and only an officer opens them again."""

    def test_it_is_declared_once_and_ended_by_the_officer(self, cast: Cast) -> None:
        person = uuid4()
        for _time in range(2):
            declare_relation(cast.priya, organisation=cast.leeds, person=person, reference="LEE-1")
        assert is_related(SET_UP, organisation=cast.leeds, account=cast.priya.account, people=[person])
        (relation,) = relations(SET_UP, organisation=cast.leeds)
        with pytest.raises(MayNotDecide):
            end_relation(cast.priya, organisation=cast.leeds, relation=relation.id)
        end_relation(cast.olu, organisation=cast.leeds, relation=relation.id)
        assert not is_related(SET_UP, organisation=cast.leeds, account=cast.priya.account, people=[person])
        with pytest.raises(NoSuchRelation):
            end_relation(cast.olu, organisation=cast.leeds, relation=relation.id)

    def test_an_officer_passes_the_gates_too(self, cast: Cast) -> None:
        with pytest.raises(ReadingRefused):
            end_relation(replace(cast.olu, is_trained=False), organisation=cast.leeds, relation=uuid4())

    def test_only_the_officer_says_who_is_never_named(self, cast: Cast) -> None:
        priya = cast.priya.account
        with pytest.raises(MayNotDecide):
            appointing.mark_never_named(cast.priya, organisation=cast.leeds, account=priya, is_never_named=True)
        appointing.mark_never_named(cast.olu, organisation=cast.leeds, account=priya, is_never_named=True)
        accounts = [cast.priya.account, cast.tom.account]
        assert queries.never_named(SET_UP, organisation=cast.leeds, accounts=accounts) == {cast.priya.account}
        with read_scope(SET_UP, (cast.leeds,)):
            ids = {
                entry.action: entry.about_id
                for entry in Entry.objects.filter(facts__account=str(priya), about="identity.membership")
            }
        assert ids["identity.mark_never_named"] == ids["identity.appoint"] != priya


class TestTheLog:
    def test_a_sign_in_that_was_left_alone_changed_nothing(self, db: None) -> None:
        made, found = (
            register_account(SET_UP, email=email, password="a long enough password")
            for email in ("nia@leeds.example", "Nia@leeds.example")
        )
        with read_scope(SET_UP, (PLATFORM,)):
            entries = Entry.objects.filter(action="identity.register_account", about_id=made).order_by("id")
            assert [entry.changed for entry in entries] == [["email", "password"], []]
        assert made == found

    def test_a_membership_that_ends_is_named_as_it_was_when_it_began(self, cast: Cast) -> None:
        appointing.end_membership(SET_UP, organisation=cast.leeds, account=cast.tom.account)
        with read_scope(SET_UP, (cast.leeds,)):
            entries = list(Entry.objects.filter(about="identity.membership", facts__account=str(cast.tom.account)))
        assert {entry.action for entry in entries} == {"identity.appoint", "identity.end_membership"}
        assert len({entry.about_id for entry in entries}) == 1
        with pytest.raises(NotStaff):
            appointing.end_membership(SET_UP, organisation=cast.leeds, account=cast.tom.account)


@pytest.fixture
def noor(appoint: Appoint) -> Staff:
    """The administrator of Leeds."""
    return appoint("Noor Haddad", "administrator")


def _signs_up(email: str, *, is_confirmed: bool = True) -> UUID:
    account = register_account(SET_UP, email=email, password="a long enough password")
    EmailAddress.objects.create(user_id=account, email=email, verified=is_confirmed, primary=True)
    return account


class TestAnAdministrator:
    """Appoints others by the address they confirmed; what they do is recorded as theirs."""

    def test_appoints_whoever_confirmed_their_address(self, cast: Cast, noor: Staff) -> None:
        account = _signs_up("ada@leeds.example")
        here: dict[str, Any] = {"name": " Ada Whitfield ", "roles": ["case_worker"], "team": cast.waste_team}
        made = appointing.appoint_by_address(noor, organisation=cast.leeds, email=" ADA@leeds.example", **here)
        assert made == account
        (row,) = [row for row in staff_list(noor, organisation=cast.leeds) if row.account == account]
        assert (row.name, row.roles, row.team, row.trained_until) == (
            "Ada Whitfield",
            ("case_worker",),
            cast.waste_team,
            None,
        )
        with read_scope(noor, (cast.leeds,)):
            entry = Entry.objects.filter(action="identity.appoint").latest("id")
        assert (entry.actor_id, entry.facts["account"], entry.facts["case_worker"]) == (
            noor.account,
            str(account),
            True,
        )

    @pytest.mark.parametrize("email", ["nobody@leeds.example", "mallory@leeds.example"])
    def test_appoints_nobody_by_an_address_that_nobody_confirmed(self, cast: Cast, noor: Staff, email: str) -> None:
        _signs_up("mallory@leeds.example", is_confirmed=False)
        with pytest.raises(Invalid) as refusal:
            appointing.appoint_by_address(
                noor, organisation=cast.leeds, email=email, name="Mallory", roles=["administrator"]
            )
        assert set(refusal.value.fields) == {"email"}

    def test_says_who_it_is_what_they_do_and_in_which_team_of_the_body(self, cast: Cast, noor: Staff) -> None:
        elsewhere = bodies.teams(SET_UP, organisation=cast.cardiff)[0].id
        with pytest.raises(Invalid) as refusal:
            appointing.appoint(
                noor, organisation=cast.leeds, account=cast.tom.account, name=" ", roles=[], team=elsewhere
            )
        assert set(refusal.value.fields) == {"name", "roles", "team"}

    def test_changes_nothing_of_their_own_and_nothing_of_the_officer(self, cast: Cast, noor: Staff) -> None:
        """UK GDPR Article 38(3): whoever oversees is not removed by whom they oversee."""
        here: dict[str, Any] = {"organisation": cast.leeds}
        for account, roles in (
            (noor.account, ["administrator", "case_worker"]),
            (cast.olu.account, ["case_worker"]),
            (cast.tom.account, ["data_protection_officer"]),
        ):
            with pytest.raises(MayNotAppoint):
                appointing.appoint(noor, **here, account=account, name="Somebody", roles=roles)
        for account in (noor.account, cast.olu.account):
            with pytest.raises(MayNotAppoint):
                appointing.end_membership(noor, **here, account=account)
        with pytest.raises(MayNotAppoint):
            record_training(
                noor, **here, account=noor.account, course="starter", passed_on=today(), expires_on=date(2099, 1, 1)
            )

    def test_is_one_here_trained_and_with_a_second_factor(self, cast: Cast, noor: Staff) -> None:
        untrained, unproven = replace(noor, is_trained=False), replace(noor, has_second_factor=False)
        for who in (cast.priya, cast.olu, replace(cast.huw, organisation=cast.leeds), untrained, unproven):
            with pytest.raises(MayNotAppoint):
                appointing.appoint(
                    who, organisation=cast.leeds, account=cast.tom.account, name="Sam", roles=["case_worker"]
                )
            with pytest.raises(MayNotAppoint):
                staff_list(who, organisation=cast.leeds)

    def test_records_a_course_of_those_who_work_here_on_a_day_that_was(self, cast: Cast, noor: Staff) -> None:
        here: dict[str, Any] = {"organisation": cast.leeds, "course": "starter"}
        with pytest.raises(NotStaff):
            record_failed_test(noor, **here, account=cast.huw.account, on=today())
        with pytest.raises(Invalid) as refusal:
            record_training(
                noor, **here, account=cast.tom.account, passed_on=date(2099, 1, 2), expires_on=date(2099, 1, 1)
            )
        assert set(refusal.value.fields) == {"passed_on", "expires_on"}
        record_failed_test(noor, **here, account=cast.tom.account, on=today())
        assert not as_staff(cast, cast.tom, cast.leeds).is_trained
