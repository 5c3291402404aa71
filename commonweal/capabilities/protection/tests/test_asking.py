"""A person asks who it was; the officer answers within a month; nobody is named who is never named."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.identity.actions import appointing
from commonweal.capabilities.identity.errors import MayNotDecide
from commonweal.capabilities.messages import queries as messages
from commonweal.capabilities.protection.actions import deciding
from commonweal.capabilities.protection.actions.asking import answer_who, ask_who
from commonweal.capabilities.protection.errors import AlreadyAnswered, NoSuchOpening, NoSuchQuestion, NotTheOfficer
from commonweal.capabilities.protection.queries import asking
from commonweal.capabilities.protection.queries.openings import key_of, openings
from commonweal.conftest import Cast, Report
from commonweal.foundations.clocks.now import at
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.personal_data.purposes import SENDING
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import read_scope

SENDER = System(task="messages.send", purposes=frozenset({SENDING.code}))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def opened(cast: Cast, report: Report) -> str:
    """Rosa's case, which Priya opened at noon."""
    with at(NOON):
        reference = report(cast.rosa)
        case_page(cast.priya, organisation=cast.leeds, reference=reference)
    return reference


@pytest.fixture
def asked(cast: Cast, opened: str) -> UUID:
    """Rosa has asked who it was."""
    with at(NOON):
        ask_who(cast.rosa, organisation=cast.leeds, entry=_entry(cast), text="My neighbour works there.\nWas it her?")
    (row,) = asking.open_questions(cast.olu, organisation=cast.leeds)
    return row.id


def test_the_officer_has_one_month(cast: Cast, asked: UUID) -> None:
    """UK GDPR Article 12(3): asked on 23 November, due on 23 December."""
    with at(NOON):
        (row,) = asking.open_questions(cast.olu, organisation=cast.leeds)
    assert (row.due_on, row.days_left) == (date(2026, 12, 23), 30)


def test_the_officer_sees_what_was_asked_and_who_it_was(cast: Cast, asked: UUID, opened: str) -> None:
    page = asking.question(cast.olu, organisation=cast.leeds, question=asked)
    assert page.text == "My neighbour works there.\nWas it her?"
    assert (page.who, page.team, page.role, page.reference) == (
        "Priya Nair",
        "Waste and recycling",
        "case_worker",
        opened,
    )
    assert not page.is_never_named


def test_opening_the_question_is_itself_on_the_persons_page(cast: Cast, asked: UUID) -> None:
    with at(NOON + timedelta(hours=1)):
        asking.question(cast.olu, organisation=cast.leeds, question=asked)
    latest = openings(cast.rosa, organisation=cast.leeds).rows[0]
    assert latest.who == "The data protection officer"
    assert latest.purposes == ("to answer a request about personal information",)


def test_the_answer_is_on_the_persons_page_and_no_word_of_it_in_the_mail(cast: Cast, asked: UUID) -> None:
    answer_who(
        cast.olu, organisation=cast.leeds, question=asked, outcome="disclosed", text="A case worker, to plan the round."
    )
    question = openings(cast.rosa, organisation=cast.leeds).rows[0].question
    assert question
    assert (question.outcome, question.answer) == ("disclosed", "A case worker, to plan the round.")
    (waiting,) = [
        messages.to_send(SENDER, organisation=organisation, message=message)
        for organisation, message in messages.waiting(SENDER, organisations=(cast.leeds,), at_most=9)
    ]
    assert "answered your question" in waiting.subject
    assert "/leeds/your/openings/" in waiting.body
    assert not any(word in waiting.subject + waiting.body for word in ("round", "neighbour", "case worker"))
    assert asking.open_questions(cast.olu, organisation=cast.leeds) == ()


def test_asked_twice_it_is_one_question(cast: Cast, asked: UUID) -> None:
    ask_who(cast.rosa, organisation=cast.leeds, entry=_entry(cast), text="And again")
    assert len(asking.open_questions(cast.olu, organisation=cast.leeds)) == 1
    question = openings(cast.rosa, organisation=cast.leeds).rows[0].question
    assert question
    assert question.text.startswith("My neighbour")


def test_the_first_answer_stands(cast: Cast, asked: UUID) -> None:
    answer_who(cast.olu, organisation=cast.leeds, question=asked, outcome="refused", text="It cannot be told.")
    with pytest.raises(AlreadyAnswered):
        answer_who(cast.olu, organisation=cast.leeds, question=asked, outcome="disclosed", text="The waste team.")


def test_nobody_asks_about_what_is_not_on_their_page(cast: Cast, opened: str) -> None:
    entry = _entry(cast)
    for actor, key in (
        (cast.sam, entry),
        (cast.rosa, key_of(NOON, "BCDF-GHJK-B")),
        (cast.rosa, "nonsense"),
        (cast.rosa, "2026-11-23T12:00:00,x"),
        (cast.rosa, "0001-01-01T00:00:00+23:00,x"),
        (cast.rosa, "9999-12-31T23:59:59-23:00,x"),
        (cast.rosa, key_of(NOON, "\x00")),
        (cast.rosa, ""),
    ):
        with pytest.raises(NoSuchOpening):
            ask_who(actor, organisation=cast.leeds, entry=key, text="")


def test_what_is_withheld_cannot_be_asked_about(cast: Cast, opened: str) -> None:
    entry = _entry(cast)
    with at(NOON):
        deciding.withhold(
            cast.olu, organisation=cast.leeds, reference=opened, exemption="crime", review_on=date(2027, 1, 4)
        )
        with pytest.raises(NoSuchOpening):
            ask_who(cast.rosa, organisation=cast.leeds, entry=entry, text="")


def test_a_question_goes_with_its_opening_when_that_is_withheld(cast: Cast, asked: UUID, opened: str) -> None:
    with at(NOON):
        deciding.withhold(
            cast.olu, organisation=cast.leeds, reference=opened, exemption="crime", review_on=date(2027, 1, 4)
        )
        assert openings(cast.rosa, organisation=cast.leeds).rows == ()


def test_an_answer_names_nobody_who_is_never_named(cast: Cast, asked: UUID) -> None:
    appointing.mark_never_named(cast.olu, organisation=cast.leeds, account=cast.priya.account, is_never_named=True)
    assert asking.question(cast.olu, organisation=cast.leeds, question=asked).is_never_named
    with pytest.raises(Invalid) as refusal:
        answer_who(cast.olu, organisation=cast.leeds, question=asked, outcome="disclosed", text="It was Priya.")
    assert set(refusal.value.fields) == {"text"}
    answer_who(cast.olu, organisation=cast.leeds, question=asked, outcome="disclosed", text="It was the waste team.")


@pytest.mark.parametrize(
    ("outcome", "text", "field"),
    [("", "words", "outcome"), ("disclosed", "  ", "text"), ("refused", "x" * 2001, "text")],
)
def test_an_answer_needs_a_decision_and_words(cast: Cast, asked: UUID, outcome: str, text: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        answer_who(cast.olu, organisation=cast.leeds, question=asked, outcome=outcome, text=text)
    assert set(refusal.value.fields) == {field}


def test_a_question_that_is_too_long_is_told_so(cast: Cast, opened: str) -> None:
    with pytest.raises(Invalid):
        ask_who(cast.rosa, organisation=cast.leeds, entry=_entry(cast), text="x" * 2001)


def test_only_the_officer_reads_and_answers(cast: Cast, asked: UUID) -> None:
    with pytest.raises(NotTheOfficer):
        asking.open_questions(cast.priya, organisation=cast.leeds)
    with pytest.raises(NotTheOfficer):
        answer_who(cast.priya, organisation=cast.leeds, question=asked, outcome="disclosed", text="Me.")
    with pytest.raises(NoSuchQuestion):
        asking.question(cast.olu, organisation=cast.leeds, question=uuid4())
    with pytest.raises(MayNotDecide):
        appointing.mark_never_named(
            cast.priya, organisation=cast.leeds, account=cast.priya.account, is_never_named=True
        )


def test_a_look_at_ones_own_page_opens_ones_own_words_alone(cast: Cast, asked: UUID) -> None:
    openings(cast.rosa, organisation=cast.leeds)
    with read_scope(cast.olu, (cast.leeds,)):
        line = Trace.objects.filter(actor_kind="resident").latest("at")
    assert line.fields == ["protection.question.text"]


def _entry(cast: Cast) -> str:
    return openings(cast.rosa, organisation=cast.leeds).rows[0].key
