"""A request comes by any channel, in any words, from anybody with authority, to any member of staff (1.7)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from uuid6 import uuid7

from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.identity.actions import relations
from commonweal.capabilities.messages import queries as messages
from commonweal.capabilities.protection.actions.answering import complete, withdraw
from commonweal.capabilities.protection.actions.clarifying import ask_to_clarify
from commonweal.capabilities.protection.actions.requests import make_request, match_person
from commonweal.capabilities.protection.errors import AlreadyClosed, NoSuchRequest, NotTheOfficer
from commonweal.capabilities.protection.queries.correcting import correction_page
from commonweal.capabilities.protection.queries.erasing import erasure_page
from commonweal.capabilities.protection.queries.limiting import standing_order
from commonweal.capabilities.protection.queries.objecting import objection_page
from commonweal.capabilities.protection.queries.own import own_request, own_requests
from commonweal.capabilities.protection.queries.packs.finding import find_held
from commonweal.capabilities.protection.queries.packs.items import item_page, plain_items
from commonweal.capabilities.protection.queries.packs.releasing import pack_page
from commonweal.capabilities.protection.queries.packs.searched import search_page
from commonweal.capabilities.protection.queries.proving import request_with_secret
from commonweal.capabilities.protection.queries.requests import request_page
from commonweal.capabilities.protection.tasks import tell_of_letters
from commonweal.capabilities.protection.tests.conftest import AskedFor
from commonweal.conftest import Appoint, Cast, Report
from commonweal.foundations.clocks.now import at, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.purposes import SENDING
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Resident, System, Visitor

SENDER = System(task="messages.send", purposes=frozenset({SENDING.code}))
SAID = {"kind": "access", "name": "Joan Bright", "contact": "joan@people.example"}


def test_somebody_signed_in_needs_to_say_nothing_more(cast: Cast, asked_for: AskedFor) -> None:
    page = request_page(cast.olu, organisation=cast.leeds, reference=asked_for("access").reference)
    assert (page.kind, page.is_matched, page.has_account, page.needs_no_evidence) == ("access", True, True, True)


def test_anybody_asks_for_anybody_with_authority(cast: Cast) -> None:
    said = {**SAID, "authority": "parent", "on_behalf_of": "Ben Bright", "words": "All you hold about my son"}
    asked = make_request(Visitor(), organisation=cast.leeds, **said)  # type: ignore[arg-type]
    page = request_page(cast.olu, organisation=cast.leeds, reference=asked.reference)
    assert (page.name, page.contact, page.on_behalf_of) == ("Joan Bright", "joan@people.example", "Ben Bright")
    assert (page.authority, page.is_matched, page.needs_no_evidence) == ("parent", False, False)


def test_any_member_of_staff_writes_it_down_in_three_fields(cast: Cast) -> None:
    asked = make_request(
        cast.tom, organisation=cast.leeds, kind="erasure", name="Joan, on 01632 960 002", channel="phone"
    )
    page = request_page(cast.olu, organisation=cast.leeds, reference=asked.reference)
    assert (page.kind, page.channel, page.recorded_by, page.received_on) == ("erasure", "phone", "Tom Okafor", today())


def test_one_that_came_earlier_says_why_and_counts_from_then(cast: Cast) -> None:
    with at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        said = {"kind": "access", "name": "Joan", "channel": "post", "received_on": date(2026, 11, 12)}
        with pytest.raises(Invalid) as refusal:
            make_request(cast.priya, organisation=cast.leeds, **said)  # type: ignore[arg-type]
        assert set(refusal.value.fields) == {"received_why"}
        asked = make_request(cast.priya, organisation=cast.leeds, received_why="It lay in the post room", **said)  # type: ignore[arg-type]
        page = request_page(cast.olu, organisation=cast.leeds, reference=asked.reference)
    assert (page.received_on, page.due_on) == (date(2026, 11, 12), date(2026, 12, 14))
    assert page.steps[0].text == "It lay in the post room"


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1926, 11, 12), date(9999, 12, 31)])
def test_a_year_that_cannot_be_is_told(cast: Cast, day: date) -> None:
    with pytest.raises(Invalid) as refusal:
        make_request(
            cast.priya,
            organisation=cast.leeds,
            kind="access",
            name="Joan",
            channel="post",
            received_on=day,
            received_why="It lay in the post room",
        )
    assert set(refusal.value.fields) == {"received_on"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"name": " "}, "name"),
        ({"contact": ""}, "contact"),
        ({"authority": "agent"}, "on_behalf_of"),
        ({"kind": "rectification"}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"about": "BCDF-GHJK-B"}, "about"),
    ],
)
def test_what_is_missing_is_asked_for(cast: Cast, said: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        make_request(Visitor(), organisation=cast.leeds, **{**SAID, **said})  # type: ignore[arg-type]
    assert set(refusal.value.fields) == {field}


def test_a_visitor_cannot_choose_the_day_it_came(cast: Cast) -> None:
    asked = make_request(Visitor(), organisation=cast.leeds, received_on=today() - timedelta(days=9), **SAID)  # type: ignore[arg-type]
    assert request_page(cast.olu, organisation=cast.leeds, reference=asked.reference).received_on == today()


def test_nobody_asks_about_a_case_that_is_not_theirs(cast: Cast, asked_for: AskedFor) -> None:
    reference = asked_for("access").reference
    with pytest.raises(Invalid):
        make_request(cast.sam, organisation=cast.leeds, kind="access", about=reference)


def test_sent_twice_it_is_one_request(cast: Cast) -> None:
    form = uuid7()
    first = make_request(Visitor(), organisation=cast.leeds, submission=form, **SAID)  # type: ignore[arg-type]
    assert make_request(Visitor(), organisation=cast.leeds, submission=form, **SAID) == first  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        make_request(cast.rosa, organisation=cast.leeds, kind="access", submission=form)


def test_reference_and_secret_prove_it_and_nothing_else_does(cast: Cast) -> None:
    asked = make_request(Visitor(), organisation=cast.leeds, **SAID)  # type: ignore[arg-type]
    here = {"organisation": cast.leeds}
    typed = asked.reference.lower(), asked.secret.replace("-", " ").lower()
    assert request_with_secret(Visitor(), **here, reference=typed[0], secret=typed[1]) == asked.id
    for reference, secret in ((asked.reference, "XXXXX-XXXXX"), ("BCDF-2345-X", asked.secret), ("", "")):
        with pytest.raises(NoSuchRequest):
            request_with_secret(Visitor(), **here, reference=reference, secret=secret)
    with pytest.raises(NoSuchRequest):
        request_with_secret(Visitor(), organisation=cast.cardiff, reference=asked.reference, secret=asked.secret)


def test_the_officer_finds_whom_it_is_about(cast: Cast, asked_for: AskedFor) -> None:
    own = request_page(cast.olu, organisation=cast.leeds, reference=asked_for("access").reference).subject
    asked = make_request(cast.tom, organisation=cast.leeds, kind="access", name="Rosa Delgado", channel="counter")
    with pytest.raises(NotTheOfficer):
        match_person(cast.tom, organisation=cast.leeds, reference=asked.reference, person=own)
    match_person(cast.olu, organisation=cast.leeds, reference=asked.reference, person=own)
    page = request_page(cast.olu, organisation=cast.leeds, reference=asked.reference)
    assert (page.subject, page.is_matched) == (own, True)
    assert page.name == "Rosa Delgado"


def test_only_the_officer_opens_it(cast: Cast, asked_for: AskedFor) -> None:
    reference = asked_for("access").reference
    for who in (cast.priya, cast.tom):
        with pytest.raises(ReadingRefused):
            request_page(who, organisation=cast.leeds, reference=reference)


class TestOwn:
    """Whoever asked follows it, and reads what was written to them and nothing else."""

    def test_letters_are_read_on_the_page_and_the_mail_says_nothing(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("access")
        here = {"organisation": cast.leeds, "reference": asked.reference}
        ask_to_clarify(cast.olu, **here, why="unclear", text="Is it the bins?")  # type: ignore[arg-type]
        own = own_request(cast.rosa, **here)  # type: ignore[arg-type]
        assert [letter.text for letter in own.letters] == ["Is it the bins?"]
        sent = messages.sent_about(SENDER, organisation=cast.leeds, matter=asked.id)
        assert [row.template for row in sent] == ["request_news"]
        told = [
            messages.to_send(SENDER, organisation=cast.leeds, message=message)
            for _organisation, message in messages.waiting(SENDER, organisations=(cast.leeds,), at_most=9)
        ]
        (mail,) = [message for message in told if message.reference == asked.reference]
        assert f"/leeds/your/requests/{asked.reference}/" in mail.body
        assert "bins" not in mail.body + mail.subject

    def test_somebody_of_whom_there_is_no_record_is_told_at_the_address_they_sign_in_with(self, cast: Cast) -> None:
        asked = make_request(cast.sam, organisation=cast.leeds, kind="access")
        here = {"organisation": cast.leeds, "reference": asked.reference}
        ask_to_clarify(cast.olu, **here, why="unclear", text="Is it the bins?")  # type: ignore[arg-type]
        ((_organisation, message),) = messages.waiting(SENDER, organisations=(cast.leeds,), at_most=9)
        mail = messages.to_send(SENDER, organisation=cast.leeds, message=message)
        assert mail.recipient == "sam@people.example"

    def test_others_find_nothing(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("access")
        for who in (cast.sam, Resident(case=uuid7())):
            with pytest.raises(NoSuchRequest):
                own_request(who, organisation=cast.leeds, reference=asked.reference)
            with pytest.raises(NoSuchRequest):
                withdraw(who, organisation=cast.leeds, reference=asked.reference)
        assert own_requests(cast.sam, organisation=cast.leeds) == ()

    def test_an_answer_is_asked_for_in_the_list(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("access")
        assert [row.is_awaited for row in own_requests(cast.rosa, organisation=cast.leeds)] == [False]
        ask_to_clarify(
            cast.olu, organisation=cast.leeds, reference=asked.reference, why="unclear", text="Is it the bins?"
        )
        assert [row.is_awaited for row in own_requests(cast.rosa, organisation=cast.leeds)] == [True]

    def test_what_is_taken_back_is_over(self, cast: Cast, asked_for: AskedFor) -> None:
        reference = asked_for("erasure").reference
        withdraw(cast.rosa, organisation=cast.leeds, reference=reference)
        with pytest.raises(AlreadyClosed):
            withdraw(cast.rosa, organisation=cast.leeds, reference=reference)
        assert own_request(cast.rosa, organisation=cast.leeds, reference=reference).outcome == "withdrawn"


class TestWithoutAnAccount:
    """Whoever gave an e-mail address is told that a letter waits; the address opens for sending alone."""

    def test_they_are_told_once_for_each_letter(self, cast: Cast) -> None:
        asked = make_request(Visitor(), organisation=cast.leeds, **SAID)  # type: ignore[arg-type]
        here = {"organisation": cast.leeds, "reference": asked.reference}
        assert tell_of_letters() == 0
        ask_to_clarify(cast.olu, **here, why="unclear", text="Is it the bins?")  # type: ignore[arg-type]
        assert (tell_of_letters(), tell_of_letters()) == (1, 0)
        ((_organisation, message),) = messages.waiting(SENDER, organisations=(cast.leeds,), at_most=9)
        mail = messages.to_send(SENDER, organisation=cast.leeds, message=message)
        assert mail.recipient == "joan@people.example"
        assert f"/leeds/status/?reference={asked.reference}" in mail.body
        assert asked.secret not in mail.body
        assert "bins" not in mail.body + mail.subject

    @pytest.mark.parametrize("contact", ["01632 960 002", "1 Mill Lane, Leeds", "joan@people.example, evenings"])
    def test_nothing_is_sent_where_there_is_no_address(self, cast: Cast, contact: str) -> None:
        asked = make_request(Visitor(), organisation=cast.leeds, kind="access", name="Joan", contact=contact)
        here = {"organisation": cast.leeds, "reference": asked.reference}
        ask_to_clarify(cast.olu, **here, why="unclear", text="Is it the bins?")  # type: ignore[arg-type]
        assert (tell_of_letters(), tell_of_letters()) == (1, 0)
        assert messages.waiting(SENDER, organisations=(cast.leeds,), at_most=9) == ()


class TestNobodyDealsWithTheirOwn:
    """Practice: records of oneself and of relatives are blocked, not prompted."""

    def test_the_officers_own_request_is_for_another_officer(self, cast: Cast, appoint: Appoint) -> None:
        asked = make_request(Resident(account=cast.olu.account), organisation=cast.leeds, kind="access")
        here = {"organisation": cast.leeds, "reference": asked.reference}
        with pytest.raises(ReadingRefused) as refusal:
            request_page(cast.olu, **here)  # type: ignore[arg-type]
        assert refusal.value.reason == "own_record"
        with pytest.raises(ReadingRefused):
            complete(cast.olu, **here, outcome="done", text="Here I am.")  # type: ignore[arg-type]
        other = appoint("Ines Quaye", "data_protection_officer")
        assert request_page(other, **here).kind == "access"  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "page",
        [
            correction_page,
            erasure_page,
            find_held,
            item_page,
            objection_page,
            pack_page,
            plain_items,
            search_page,
            standing_order,
        ],
    )
    def test_no_page_of_it_opens_for_them(self, cast: Cast, page: Callable[..., object]) -> None:
        asked = make_request(Resident(account=cast.olu.account), organisation=cast.leeds, kind="access")
        with pytest.raises(ReadingRefused) as refusal:
            page(cast.olu, organisation=cast.leeds, reference=asked.reference)
        assert refusal.value.reason == "own_record"

    def test_so_is_that_of_a_relative(self, cast: Cast, report: Report, asked_for: AskedFor) -> None:
        reference = asked_for("access").reference
        case = report(cast.rosa)
        person = named_case(cast.olu, organisation=cast.leeds, reference=case).person
        relations.declare_relation(cast.olu, organisation=cast.leeds, person=person, reference=case)
        with pytest.raises(ReadingRefused) as refusal:
            request_page(cast.olu, organisation=cast.leeds, reference=reference)
        assert refusal.value.reason == "relative"
