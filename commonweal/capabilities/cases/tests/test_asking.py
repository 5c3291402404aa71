"""A case goes back to its applicant with a question and comes back with the answer; what was granted is reminded of."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from commonweal.capabilities.cases.actions.asking import answer_question
from commonweal.capabilities.cases.actions.moving import move
from commonweal.capabilities.cases.errors import AnsweredBefore, NoSuchCase, NothingAsked
from commonweal.capabilities.cases.models import Grant, SentBack
from commonweal.capabilities.cases.tasks import remind_of_grants
from commonweal.capabilities.cases.tests.permits import decide, row_of
from commonweal.capabilities.messages import queries as messages
from commonweal.conftest import SET_UP, Cast, apply_for_permit
from commonweal.foundations.clocks.now import at, local_date
from commonweal.foundations.errors import Invalid
from commonweal.foundations.events.models import Outgoing
from commonweal.foundations.scope.actors import Resident
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.tasks.dispatcher import dispatch

pytestmark = pytest.mark.django_db

QUESTION, ANSWER = "Which gate is yours?", "The <green> one"


@pytest.fixture
def reference(cast: Cast) -> str:
    return apply_for_permit(cast)


@pytest.fixture
def asked(cast: Cast, reference: str) -> str:
    """A case that waits for its applicant."""
    _move(cast, reference, "ask", QUESTION)
    return reference


def _move(cast: Cast, reference: str, to: str, question: str = "") -> None:
    case = row_of(cast, reference)
    move(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, to=to, question=question)


def _answer(cast: Cast, who: Resident, reference: str, text: str = ANSWER) -> None:
    answer_question(who, organisation=cast.leeds, reference=reference, text=text)


def published(cast: Cast, name: str) -> int:
    """How many events of a name were published."""
    with read_scope(SET_UP, (cast.leeds,)):
        return Outgoing.objects.filter(organisation_id=cast.leeds, name=name).count()


def written(cast: Cast, reference: str, template: str) -> int:
    """How many messages of a kind were written about a case."""
    sent = messages.sent_about(SET_UP, organisation=cast.leeds, matter=row_of(cast, reference).id)
    return sum(message.template == template for message in sent)


def test_the_applicant_answers_and_the_case_is_where_it_was(cast: Cast, asked: str) -> None:
    assert row_of(cast, asked).stage == "asking"
    _answer(cast, cast.rosa, asked)
    assert row_of(cast, asked).stage == "received"


def test_nobody_is_sent_back_without_a_question(cast: Cast, reference: str) -> None:
    for question in ("", " \r\n", "x" * 4_001):
        with pytest.raises(Invalid):
            _move(cast, reference, "ask", question)
    assert row_of(cast, reference).stage == "received"


def test_by_reference_and_secret_it_is_answered_too(cast: Cast, asked: str) -> None:
    _answer(cast, Resident(case=row_of(cast, asked).id), asked)
    assert row_of(cast, asked).stage == "received"


def test_nobody_else_answers(cast: Cast, asked: str) -> None:
    for stranger in (cast.sam, Resident(), Resident(case=UUID(int=9))):
        with pytest.raises(NoSuchCase):
            _answer(cast, stranger, asked)
    assert row_of(cast, asked).stage == "asking"


def test_an_answer_has_words_and_counts_once(cast: Cast, asked: str) -> None:
    with pytest.raises(Invalid):
        _answer(cast, cast.rosa, asked, " ")
    _answer(cast, cast.rosa, asked)
    with pytest.raises(NothingAsked):
        _answer(cast, cast.rosa, asked, "Another")


@pytest.mark.parametrize("text", [ANSWER, f" {ANSWER}\r\n"])
def test_the_same_answer_sent_again_counts_once(cast: Cast, asked: str, text: str) -> None:
    _answer(cast, cast.rosa, asked)
    before = row_of(cast, asked).revision
    _answer(cast, cast.rosa, asked, text)
    _answer(cast, Resident(case=row_of(cast, asked).id), asked, text)
    assert row_of(cast, asked).revision == before
    assert published(cast, "cases.CaseAnswered") == 1
    with pytest.raises(AnsweredBefore):
        _answer(cast, cast.rosa, asked, "Another")


def test_an_answer_to_the_question_before_is_none_to_this_one(cast: Cast, asked: str) -> None:
    _answer(cast, cast.rosa, asked)
    _move(cast, asked, "ask", "And which house?")
    _answer(cast, cast.rosa, asked)
    assert published(cast, "cases.CaseAnswered") == 2
    _move(cast, asked, "ask", "And the street?")
    _move(cast, asked, "go_on")
    with pytest.raises(NothingAsked) as refused:
        _answer(cast, cast.rosa, asked)
    assert refused.type is NothingAsked


def test_once_staff_went_on_nothing_is_asked(cast: Cast, asked: str) -> None:
    _move(cast, asked, "go_on")
    with pytest.raises(NothingAsked):
        _answer(cast, cast.rosa, asked)


def test_question_and_answer_are_sealed_and_no_mail_holds_them(cast: Cast, asked: str) -> None:
    _answer(cast, cast.rosa, asked)
    while dispatch():
        pass
    with read_scope(SET_UP, (cast.leeds,)), connection.cursor() as cursor:
        cursor.execute("select question, answer from cases_sentback")
        stored = b"".join(map(bytes, cursor.fetchone()))
        assert written(cast, asked, "sent_back") == 1
        assert SentBack.objects.get().answered_at is not None
    assert QUESTION.encode() not in stored
    assert ANSWER.encode() not in stored


def test_what_lasts_is_reminded_of_once_and_not_again(cast: Cast) -> None:
    monday = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
    with at(monday) as clock:
        reference = apply_for_permit(cast)
        decide(cast, cast.priya, reference, "granted")
        with read_scope(SET_UP, (cast.leeds,)):
            grant = Grant.objects.get()
        assert str(grant.until_on) == "2030-02-28"
        for days, reminders in ((-31, 0), (-30, 1), (-29, 1), (1, 1)):
            moment = datetime(2030, 2, 28, 12, 0, tzinfo=UTC) + timedelta(days=days)
            clock.move_to(moment)
            remind_of_grants()
            while dispatch():
                pass
            assert written(cast, reference, "ending") == reminders, local_date(moment)
