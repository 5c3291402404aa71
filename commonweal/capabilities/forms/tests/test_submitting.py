"""A draft becomes one submission, whatever happens on the way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from uuid6 import uuid7

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.filling import answer_page, start_draft
from commonweal.capabilities.forms.actions.submitting import Completed, complete_draft
from commonweal.capabilities.forms.errors import DraftChanged, DraftGone, Incomplete, NotYourDraft
from commonweal.capabilities.forms.models import Answer, Draft, DraftAnswer, Submission
from commonweal.capabilities.forms.queries.filling import DraftAnswers, draft_answers, where_to_go_on
from commonweal.capabilities.forms.queries.submitting import submission_answers
from commonweal.capabilities.forms.rules.paths import Place
from commonweal.capabilities.forms.tests.asked import CONTACT, MISSED_COLLECTION, due, pages
from commonweal.capabilities.forms.tests.filled import NAME, count, fill_in, look_at, submit
from commonweal.capabilities.people.queries.records import language_of, people_of_account, person
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.due import end_of
from commonweal.foundations.clocks.now import at, today
from commonweal.foundations.events.event import Event
from commonweal.foundations.scope.actors import DraftHolder


def test_what_was_answered_arrives_where_it_belongs(leeds: int, cast: Cast) -> None:
    completed = submit(fill_in(leeds), leeds)
    assert (completed.place, completed.postcode, completed.is_repeat) == ("12 High Street", "LS1 1UR", False)
    known = person(cast.priya, organisation=leeds, person=completed.person)
    assert (known.name, known.email, known.phone) == ("Rosa Márquez", "rosa@people.example", "01632 960001")
    answers = submission_answers(cast.priya, organisation=leeds, submission=completed.submission)
    assert (answers[0].question, answers[0].text) == ("bin", "Recycling")
    assert [answer.question for answer in answers] == ["bin", "due", "left_at"]


def test_the_point_that_was_marked_goes_with_the_place(leeds: int) -> None:
    holder = fill_in(leeds)
    where = {**pages(today())["where"], "place-point": "53.79970,-1.54920"}
    answer_page(holder, organisation=leeds, page="where", given=where)
    completed = submit(holder, leeds)
    assert (completed.place, completed.postcode, completed.point) == ("12 High Street", "LS1 1UR", "53.79970,-1.54920")


def test_staff_of_another_council_find_no_answers(leeds: int, cast: Cast) -> None:
    completed = submit(fill_in(leeds), leeds)
    assert submission_answers(cast.huw, organisation=cast.cardiff, submission=completed.submission) == ()


def test_free_text_is_sealed_apart_from_facts(leeds: int) -> None:
    submit(fill_in(leeds), leeds)
    look_at(leeds)
    with connection.cursor() as cursor:
        cursor.execute("select a.question, k.scope from forms_answer a join personal_data_datakey k on k.id = a.key_id")
        assert dict(cursor.fetchall()) == {"bin": "subject", "due": "subject", "left_at": "record"}


def test_nothing_of_the_draft_is_left(leeds: int) -> None:
    rosa = fill_in(leeds)
    submit(rosa, leeds)
    assert (count(Draft, leeds), count(DraftAnswer, leeds)) == (0, 0)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from personal_data_datakey where holder = %s", [rosa.draft])
        assert cursor.fetchone() == (0,)


def test_a_day_ahead_that_passed_while_the_draft_lay_there_is_not_sent(cast: Cast) -> None:
    ahead = MISSED_COLLECTION.replace("type: recent_date", "type: date").replace("within_days: 28", "from_days: 1")
    offer_service(SET_UP, organisation=cast.leeds, declaration=ahead)
    rosa = fill_in(cast.leeds, without="due")
    answer_page(rosa, organisation=cast.leeds, page="due", given=due(today() + timedelta(days=2)))
    with at(end_of(today() + timedelta(days=1))):
        with pytest.raises(Incomplete) as caught:
            submit(rosa, cast.leeds)
        assert caught.value.place == Place("due")
        assert where_to_go_on(rosa, organisation=cast.leeds) == Place("due")
        answer_page(rosa, organisation=cast.leeds, page="due", given=due(today() + timedelta(days=1)))
        assert not submit(rosa, cast.leeds).is_repeat


def test_the_same_submit_again_gives_the_same_and_changes_nothing(leeds: int) -> None:
    rosa = fill_in(leeds)
    first, again = submit(rosa, leeds), submit(rosa, leeds)
    assert again == replace(first, place="", postcode="", is_repeat=True)
    assert (count(Submission, leeds), count(Answer, leeds)) == (1, 3)


def test_a_submit_whose_answers_were_opened_before_another_was_done_is_a_repeat(leeds: int) -> None:
    rosa = fill_in(leeds)
    opened = draft_answers(rosa, organisation=leeds)
    first = submit(rosa, leeds)
    assert complete_draft(rosa, organisation=leeds, opened=opened).submission == first.submission


@pytest.mark.parametrize("page", ["bin", "due", "where", "contact"])
def test_a_skipped_page_is_named_and_nothing_is_lost(leeds: int, page: str) -> None:
    rosa = fill_in(leeds, without=page)
    with pytest.raises(Incomplete) as caught:
        submit(rosa, leeds)
    assert caught.value.place == Place(page)
    answer_page(rosa, organisation=leeds, page=page, given=pages(today())[page])
    assert not submit(rosa, leeds).is_repeat


def test_an_answer_changed_meanwhile_is_never_lost(leeds: int) -> None:
    rosa = fill_in(leeds)
    opened = draft_answers(rosa, organisation=leeds)
    answer_page(rosa, organisation=leeds, page="contact", given={**CONTACT, "phone": ""})
    with pytest.raises(DraftChanged):
        complete_draft(rosa, organisation=leeds, opened=opened)
    assert not submit(rosa, leeds).is_repeat


def test_nothing_can_be_submitted_that_was_never_there(leeds: int) -> None:
    with pytest.raises(DraftGone):
        submit(DraftHolder(draft=uuid7()), leeds)
    with pytest.raises(DraftGone):
        complete_draft(DraftHolder(draft=uuid7()), organisation=leeds, opened=DraftAnswers(None))


def test_what_is_sent_while_signed_in_becomes_theirs(leeds: int, cast: Cast) -> None:
    rosa = replace(fill_in(leeds), account=cast.rosa.account)
    completed = submit(rosa, leeds)
    assert cast.rosa.account is not None
    assert people_of_account(cast.rosa, organisation=leeds, account=cast.rosa.account) == (completed.person,)


def test_a_draft_begun_signed_in_is_not_sent_by_somebody_else(leeds: int, cast: Cast) -> None:
    begun = start_draft(cast.rosa, organisation=leeds, service=NAME)
    with pytest.raises(NotYourDraft):
        submit(DraftHolder(draft=begun, account=cast.sam.account), leeds)


def test_who_wrote_in_welsh_is_answered_in_welsh(leeds: int, cast: Cast) -> None:
    rosa = fill_in(leeds)
    with translation.override("cy"):
        completed = submit(rosa, leeds)
    assert language_of(cast.priya, organisation=leeds, person=completed.person) == "cy"


def test_a_submission_is_told_as_an_event_of_ids(leeds: int) -> None:
    completed = submit(fill_in(leeds), leeds)
    look_at(leeds)
    with connection.cursor() as cursor:
        cursor.execute("select body::text from events_outgoing where name = 'forms.FormSubmitted'")
        ((body,),) = cursor.fetchall()
    assert str(completed.submission) in body
    assert "Rosa" not in body
    assert "forms.FormSubmitted" in Event.REGISTERED


def test_a_submit_takes_few_statements(leeds: int) -> None:
    submit(fill_in(leeds), leeds)
    rosa = fill_in(leeds)
    with CaptureQueriesContext(connection) as opening:
        opened = draft_answers(rosa, organisation=leeds)
    with CaptureQueriesContext(connection) as submitting:
        complete_draft(rosa, organisation=leeds, opened=opened)
    assert len(statements(opening)) <= 4, "the draft, its answers, its key, the trace"
    assert len(statements(submitting)) <= 15


def statements(captured: CaptureQueriesContext) -> list[str]:
    """What was asked of the database, without the bounds of the transaction."""
    bounds = ("SAVEPOINT", "RELEASE", "select set_config")
    return [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(bounds)]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_twenty_submits_at_once_make_exactly_one(cast: Cast) -> None:
    offer_service(SET_UP, organisation=cast.leeds, declaration=MISSED_COLLECTION)
    rosa = fill_in(cast.leeds)

    def send(_number: int) -> Completed:
        try:
            return submit(rosa, cast.leeds)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        sent = list(pool.map(send, range(20)))
    assert sorted(one.is_repeat for one in sent) == [False] + [True] * 19
    assert len({one.submission for one in sent}) == 1
