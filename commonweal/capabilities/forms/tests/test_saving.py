"""What was begun is gone on with later, by whoever holds both reference and code, and by nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.catalogue.errors import NotOffered
from commonweal.capabilities.forms.actions.filling import answer_page, forget_expired_drafts, start_draft
from commonweal.capabilities.forms.actions.saving import MOST_MAILS, save_draft, send_way_back
from commonweal.capabilities.forms.actions.taking import take_down
from commonweal.capabilities.forms.errors import NoSuchDraft, NotAnAddress, NotYourDraft
from commonweal.capabilities.forms.models import Submission
from commonweal.capabilities.forms.queries.filling import complete_answers, draft_answers, draft_page
from commonweal.capabilities.forms.queries.resuming import draft_with_secret, saved
from commonweal.capabilities.forms.queries.taking import begun_by, unfinished
from commonweal.capabilities.forms.tests.asked import CONTACT, WHERE, pages
from commonweal.capabilities.forms.tests.filled import NAME as MISSED
from commonweal.capabilities.forms.tests.filled import fill_in, look_at, submit
from commonweal.capabilities.forms.tests.routed import NAME, NEITHER, ROUTED, YOU
from commonweal.capabilities.messages.queries import sent_about
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks import now as clock
from commonweal.foundations.clocks.now import today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Channel, DraftHolder, Visitor


@pytest.fixture
def rosa(leeds: int) -> DraftHolder:
    """Somebody who has answered all but one page."""
    return fill_in(leeds, without="due")


class TestTheCode:
    def test_reference_and_code_prove_the_draft(self, rosa: DraftHolder, leeds: int) -> None:
        reference = save_draft(rosa, organisation=leeds)
        assert save_draft(rosa, organisation=leeds) == reference
        shown = saved(rosa, organisation=leeds)
        typed = shown.secret.replace("-", "").lower()
        found = draft_with_secret(Visitor(), organisation=leeds, reference=reference.lower(), secret=typed)
        assert (found.id, found.service) == (rosa.draft, MISSED)

    def test_wrong_and_unknown_are_the_same(self, rosa: DraftHolder, leeds: int, cast: Cast) -> None:
        reference = save_draft(rosa, organisation=leeds)
        shown = saved(rosa, organisation=leeds)
        told = set()
        for organisation, named, code in (
            (leeds, reference, "BBBBB-BBBBB"),
            (leeds, reference, ""),
            (leeds, "BBBB-BBBB-B", shown.secret),
            (leeds, "", shown.secret),
            (cast.fife, reference, shown.secret),
        ):
            with pytest.raises(NoSuchDraft) as caught:
                draft_with_secret(Visitor(), organisation=organisation, reference=named, secret=code)
            told.add((caught.value.status, caught.value.code, str(caught.value.message)))
        assert len(told) == 1

    def test_what_was_not_saved_has_no_code(self, rosa: DraftHolder, leeds: int) -> None:
        assert saved(rosa, organisation=leeds).reference == ""
        with pytest.raises(NoSuchDraft):
            draft_with_secret(Visitor(), organisation=leeds, reference="", secret="")

    def test_the_code_lies_nowhere_and_goes_with_the_draft(self, rosa: DraftHolder, leeds: int) -> None:
        reference = save_draft(rosa, organisation=leeds)
        secret = saved(rosa, organisation=leeds).secret
        look_at(leeds)
        with connection.cursor() as cursor:
            cursor.execute("select d::text, (select string_agg(e::text, '') from audit_entry e) from forms_draft d")
            assert secret not in str(cursor.fetchall())
        with clock.at(clock.now()) as hands:
            hands.advance(timedelta(days=8))
            with pytest.raises(NoSuchDraft):
                draft_with_secret(Visitor(), organisation=leeds, reference=reference, secret=secret)

    def test_two_drafts_have_codes_of_their_own(self, leeds: int) -> None:
        holders = [fill_in(leeds, without="due") for _number in range(2)]
        for holder in holders:
            save_draft(holder, organisation=leeds)
        first, second = (saved(holder, organisation=leeds) for holder in holders)
        assert first.secret != second.secret
        with pytest.raises(NoSuchDraft):
            draft_with_secret(Visitor(), organisation=leeds, reference=first.reference, secret=second.secret)


class TestTheLink:
    def test_it_is_sent_a_few_times_and_forgotten_with_the_draft(self, rosa: DraftHolder, leeds: int) -> None:
        sent = [send_way_back(rosa, organisation=leeds, email="rosa@people.example") for _n in range(MOST_MAILS + 1)]
        assert sent == [True] * MOST_MAILS + [False]
        with clock.at(clock.now()) as hands:
            hands.advance(timedelta(days=8))
            forget_expired_drafts(SET_UP, organisation=leeds)
        assert sent_about(SET_UP, organisation=leeds, matter=rosa.draft) == ()

    def test_it_goes_when_the_draft_is_sent(self, leeds: int) -> None:
        rosa = fill_in(leeds)
        send_way_back(rosa, organisation=leeds, email="rosa@people.example")
        submit(rosa, leeds)
        assert sent_about(SET_UP, organisation=leeds, matter=rosa.draft) == ()

    def test_what_is_no_address_is_told(self, rosa: DraftHolder, leeds: int) -> None:
        with pytest.raises(NotAnAddress):
            send_way_back(rosa, organisation=leeds, email="rosa")


class TestOnesOwn:
    def test_whoever_is_signed_in_sees_what_they_began_and_nobody_else_does(self, leeds: int, cast: Cast) -> None:
        begun = start_draft(cast.rosa, organisation=leeds, service=MISSED)
        start_draft(Visitor(), organisation=leeds, service=MISSED)
        assert [row.draft for row in unfinished(cast.rosa, organisation=leeds)] == [begun]
        assert unfinished(cast.sam, organisation=leeds) == ()

    def test_what_one_told_before_is_filled_in_and_may_be_changed(self, leeds: int, cast: Cast) -> None:
        submit(replace(fill_in(leeds), account=cast.rosa.account), leeds)
        begun = DraftHolder(draft=start_draft(cast.rosa, organisation=leeds, service=MISSED), account=cast.rosa.account)
        shown = draft_page(begun, organisation=leeds, service=MISSED, page="contact")
        assert shown.is_prefilled
        assert shown.given["name"] == CONTACT["name"]
        answer_page(begun, organisation=leeds, page="contact", given=CONTACT | {"name": "Rosa Delgado"})
        changed = draft_page(begun, organisation=leeds, service=MISSED, page="contact")
        assert (changed.is_prefilled, changed.given["name"]) == (False, "Rosa Delgado")

    def test_nothing_of_anybody_else_is_filled_in(self, leeds: int, cast: Cast) -> None:
        submit(replace(fill_in(leeds), account=cast.rosa.account), leeds)
        sam = DraftHolder(draft=start_draft(cast.sam, organisation=leeds, service=MISSED), account=cast.sam.account)
        visitor = DraftHolder(draft=start_draft(Visitor(), organisation=leeds, service=MISSED))
        for holder in (sam, visitor, replace(visitor, account=cast.rosa.account)):
            assert draft_page(holder, organisation=leeds, service=MISSED, page="contact").given == {}


class TestStaff:
    @pytest.fixture(autouse=True)
    def offered(self, leeds: int) -> None:
        offer_service(SET_UP, organisation=leeds, declaration=ROUTED)

    def test_they_are_asked_more_and_the_submission_knows_how_it_came(self, leeds: int, cast: Cast) -> None:
        holder, first = take_down(cast.priya, organisation=leeds, service=NAME, channel=Channel.PHONE)
        assert first == "kind"
        for page, given in (
            ("kind", NEITHER),
            ("whose", {"is_own": "yes"}),
            ("desk", {"seen": "yes"}),
            ("you", YOU),
        ):
            answer_page(holder, organisation=leeds, page=page, given=given)
        assert "desk" in [step.page.key for step in complete_answers(holder, organisation=leeds).path.steps]
        completed = submit(holder, leeds)
        assert completed.channel == Channel.PHONE
        look_at(leeds)
        stored = Submission.objects.get(id=completed.submission)
        assert (stored.channel, stored.taken_by) == ("phone", cast.priya.account)
        with connection.cursor() as cursor:
            cursor.execute(
                "select channel from audit_entry where action = 'forms.answer_page' and actor_id = %s", [holder.draft]
            )
            assert {row[0] for row in cursor.fetchall()} == {"phone"}

    def test_whoever_has_no_email_address_is_served_all_the_same(self, leeds: int, cast: Cast) -> None:
        """On their own they are asked for one; whoever rings or writes need not have one."""
        unnamed = {**CONTACT, "email": ""}
        holder, _first = take_down(cast.priya, organisation=leeds, service=MISSED, channel=Channel.PHONE)
        online = start_draft(Visitor(), organisation=leeds, service=MISSED, page="where", given=WHERE)
        with pytest.raises(Invalid) as refusal:
            answer_page(DraftHolder(draft=online), organisation=leeds, page="contact", given=unnamed)
        assert set(refusal.value.fields) == {"email"}
        for page, given in {**pages(today()), "contact": unnamed}.items():
            answer_page(holder, organisation=leeds, page=page, given=given)
        assert submit(holder, leeds).channel == Channel.PHONE

    def test_no_colleague_and_no_resident_opens_it(self, leeds: int, cast: Cast) -> None:
        holder, _first = take_down(cast.priya, organisation=leeds, service=NAME, channel=Channel.COUNTER)
        assert [row.draft for row in begun_by(cast.priya, organisation=leeds)] == [holder.draft]
        assert begun_by(cast.tom, organisation=leeds) == ()
        others = (replace(holder, taken_by=cast.tom.account), replace(holder, taken_by=None))
        for other in (*others, DraftHolder(draft=holder.draft, account=cast.priya.account)):
            with pytest.raises(NotYourDraft):
                draft_answers(other, organisation=leeds)

    def test_staff_open_no_draft_of_a_resident(self, leeds: int, cast: Cast) -> None:
        rosa = start_draft(Visitor(), organisation=leeds, service=NAME, page="kind", given=NEITHER)
        with pytest.raises(NotYourDraft):
            draft_answers(DraftHolder(draft=rosa, taken_by=cast.priya.account), organisation=leeds)

    def test_only_in_the_ways_the_service_is_offered_and_by_staff_who_deal_with_cases(
        self, leeds: int, cast: Cast
    ) -> None:
        with pytest.raises(NotOffered):
            take_down(cast.priya, organisation=leeds, service=NAME, channel=Channel.POST)
        with pytest.raises(NotOffered):
            take_down(cast.priya, organisation=leeds, service=NAME, channel=Channel.ONLINE)
        for who in (cast.olu, replace(cast.priya, is_trained=False), replace(cast.priya, has_second_factor=False)):
            with pytest.raises(ReadingRefused):
                take_down(who, organisation=leeds, service=NAME, channel=Channel.PHONE)
