"""Sending: at most once, and one message that cannot be sent holds up no other."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.mail import EmailMessage
from django.db import connection

from commonweal.capabilities.messages import actions, queries, tasks
from commonweal.capabilities.messages.models import Message
from commonweal.capabilities.messages.tasks import SENDER, notice_lost_answers, send_waiting
from commonweal.capabilities.people.actions import recording as people
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as registry
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import at, now
from commonweal.foundations.personal_data import keys, restricting
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import Frame, read_scope, write_scope

pytestmark = pytest.mark.django_db


def keep(cast: Cast, name: str, *, email: str | None = None) -> UUID:
    address = f"{name}@people.example" if email is None else email
    return people.record_person(
        SET_UP, organisation=cast.leeds, account=None, name=name, email=address, phone="", language="en"
    )


def write(cast: Cast, person: UUID, *, subject: str = "Your report") -> UUID:
    matter = Matter("case", uuid4(), "BCDF-GHJK-B")
    return actions.write(
        SET_UP,
        organisation=cast.leeds,
        person=person,
        matter=matter,
        template="received",
        subject=subject,
        body="We have it.",
    )


def status(cast: Cast, message: UUID) -> str:
    with read_scope(SET_UP, (cast.leeds,)):
        return Message.objects.values_list("status", flat=True).get(id=message)


def told(cast: Cast, message: UUID) -> list[tuple[str, str]]:
    """What the log says was done to a message after it was written, and why."""
    with read_scope(SET_UP, (cast.leeds,)):
        entries = list(Entry.objects.filter(about_id=message).exclude(action="messages.write").order_by("id"))
    return [(entry.action, entry.facts.get("why", "")) for entry in entries]


def refused(cast: Cast, bad: UUID, why: str, mail: list[EmailMessage]) -> None:
    """The bad one, the oldest, failed without a provider; those behind it were sent, once."""
    behind = [write(cast, keep(cast, name)) for name in ("ann", "ben")]
    for _time in range(2):
        send_waiting()
    assert [one.to for one in mail] == [["ann@people.example"], ["ben@people.example"]]
    assert (status(cast, bad), [status(cast, one) for one in behind]) == ("failed", ["sent", "sent"])
    assert told(cast, bad) == [("messages.fail_unsent", why)]


def test_to_a_person_who_is_gone(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    refused(cast, write(cast, uuid4()), "no_such_person", mailoutbox)


def test_to_a_person_who_was_forgotten(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    person = keep(cast, "rosa")
    message = write(cast, person)
    people.forget_person(SET_UP, organisation=cast.leeds, person=person)
    refused(cast, message, "forgotten", mailoutbox)


def test_its_own_key_is_destroyed(cast: Cast, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "ACTIONS", dict(registry.ACTIONS))

    @action()
    def forget(actor: Actor, *, organisation: int, holder: UUID) -> None:
        keys.destroy(holder)
        record("tests.forgotten")

    message = write(cast, keep(cast, "rosa"))
    forget(SET_UP, organisation=cast.leeds, holder=message)
    refused(cast, message, "forgotten", mailoutbox)


def test_without_an_address(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    refused(cast, write(cast, keep(cast, "rosa", email="")), "no_address", mailoutbox)


@pytest.mark.parametrize("ends", ["\n", "\v", "\f", "\x1c"])
def test_with_a_subject_that_would_add_a_header(cast: Cast, mailoutbox: list[EmailMessage], ends: str) -> None:
    refused(
        cast, write(cast, keep(cast, "rosa"), subject=f"Hello{ends}Bcc: all@people.example"), "not_mail", mailoutbox
    )


def test_one_of_three_that_goes_wrong_for_no_known_reason_waits_and_stops_no_other(
    cast: Cast, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, bad, last = (write(cast, keep(cast, name)) for name in ("ann", "rosa", "ben"))
    opened = queries.to_send

    def break_on_one(actor: Actor, *, organisation: int, message: UUID) -> queries.MessageRow:
        if message == bad:
            raise RuntimeError
        return opened(actor, organisation=organisation, message=message)

    monkeypatch.setattr(queries, "to_send", break_on_one)
    assert send_waiting() == 3
    assert [status(cast, one) for one in (first, bad, last)] == ["sent", "created", "sent"]
    monkeypatch.undo()
    send_waiting()
    assert status(cast, bad) == "sent"
    assert len(mailoutbox) == 3


def test_one_whose_person_dies_while_the_sender_holds_it_is_not_handed_over(
    cast: Cast, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail was made before; the statement that claims it asks."""
    message, other = (write(cast, keep(cast, name)) for name in ("rosa", "ann"))
    made = tasks._made

    def make_and_be_told(organisation: int, one: UUID) -> EmailMessage:
        mail = made(organisation, one)
        if one == message:
            with write_scope(SENDER, organisation), connection.connection.cursor() as cursor:
                cursor.execute(
                    "insert into messages_stop (id, organisation_id, subject_id, since)"
                    " select gen_random_uuid(), organisation_id, subject_id, now() from messages_message where id = %s",
                    [message],
                )
        return mail

    monkeypatch.setattr(tasks, "_made", make_and_be_told)
    send_waiting()
    assert [one.to for one in mailoutbox] == [["ann@people.example"]]
    assert (status(cast, message), status(cast, other)) == ("cancelled", "sent")


def test_an_answer_that_is_lost_is_uncertain_and_stops_no_other(
    cast: Cast, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, other = (write(cast, keep(cast, name)) for name in ("rosa", "ann"))
    sent = EmailMessage.send

    def lose_one(mail: EmailMessage, fail_silently: bool = False) -> int:
        taken = sent(mail, fail_silently)
        if mail.to == ["rosa@people.example"]:
            raise RuntimeError
        return taken

    monkeypatch.setattr(EmailMessage, "send", lose_one)
    send_waiting()
    assert (status(cast, lost), status(cast, other)) == ("sending", "sent")
    with at(now() + timedelta(days=365)):
        notice_lost_answers()
        send_waiting()
    assert status(cast, lost) == "uncertain"
    assert len(mailoutbox) == 2


def test_what_a_message_says_is_in_no_error_that_shows_the_row(cast: Cast) -> None:
    message = write(cast, keep(cast, "rosa"))
    row = queries.to_send(SENDER, organisation=cast.leeds, message=message)
    assert (row.recipient, row.subject, row.body) == ("rosa@people.example", "Your report", "We have it.")
    assert str(message) in repr(row)
    for words in (row.recipient, row.subject, row.body):
        assert words not in repr(row)


def restrict(cast: Cast, person: UUID, decision: UUID) -> None:
    with write_scope(SET_UP, cast.leeds) as scope:
        scope.frames.append(Frame("tests.restrict"))
        record("tests.restrict")
        restricting.restrict([person], decision=decision)
        scope.frames.pop()
        registry.flush(scope)


class TestToWhomeverIsRestricted:
    """UK GDPR Article 18(2); data-protection.md section 3: kept, not used, and what waits is seen to wait."""

    def test_a_message_waits_and_holds_up_no_other(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        amina, ben = keep(cast, "amina"), keep(cast, "ben")
        waiting, other = write(cast, amina), write(cast, ben)
        restrict(cast, amina, uuid4())
        send_waiting()
        send_waiting()
        assert (status(cast, waiting), status(cast, other)) == ("held", "sent")
        assert [mail.to for mail in mailoutbox] == [["ben@people.example"]]

    def test_it_goes_once_the_restriction_is_lifted(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        amina, decision = keep(cast, "amina"), uuid4()
        message = write(cast, amina)
        restrict(cast, amina, decision)
        send_waiting()
        with write_scope(SET_UP, cast.leeds) as scope:
            scope.frames.append(Frame("tests.lift"))
            record("tests.lift")
            restricting.lift(decision)
            scope.frames.pop()
            registry.flush(scope)
        assert actions.let_go(SET_UP, organisation=cast.leeds, people=[amina]) == 1
        send_waiting()
        assert status(cast, message) == "sent"

    def test_the_answer_to_their_own_request_is_sent(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        amina = keep(cast, "amina")
        restrict(cast, amina, uuid4())
        message = actions.write(
            SET_UP,
            organisation=cast.leeds,
            person=amina,
            matter=Matter("request", uuid4(), "BCDF-GHJK-B"),
            template="request_step",
            subject="Your request",
            body="There is news.",
        )
        send_waiting()
        assert status(cast, message) == "sent"
