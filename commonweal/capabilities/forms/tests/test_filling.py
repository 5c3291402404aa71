"""A resident fills in a form, page by page: nothing is lost, and nobody else opens it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from uuid6 import uuid7

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.filling import answer_page, forget_expired_drafts, start_draft
from commonweal.capabilities.forms.errors import AlreadySubmitted, DraftGone, InvalidAnswers, NoSuchPage, NotYourDraft
from commonweal.capabilities.forms.models import DraftAnswer
from commonweal.capabilities.forms.queries.filling import draft, draft_answers, draft_page, has_expired_drafts
from commonweal.capabilities.forms.rules.paths import Place
from commonweal.capabilities.forms.tasks import sweep_drafts
from commonweal.capabilities.forms.tests.asked import BIN, CONTACT, MISSED_COLLECTION, WHERE
from commonweal.capabilities.forms.tests.filled import NAME, fill_in, look_at, submit
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks import now as clock
from commonweal.foundations.personal_data.fields import Sealed
from commonweal.foundations.personal_data.models import DataKey, Trace
from commonweal.foundations.personal_data.reading import NotReading
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import DraftHolder, Visitor


def begin(organisation: int) -> DraftHolder:
    return DraftHolder(draft=start_draft(Visitor(), organisation=organisation, service=NAME, page="bin", given=BIN))


def test_the_first_answer_makes_the_draft(leeds: int) -> None:
    rosa = begin(leeds)
    found = draft(rosa, organisation=leeds)
    assert found.answered == {"bin"}
    assert found.service.name == NAME
    assert draft_page(rosa, organisation=leeds, service=NAME, page="bin").given == {"bin": "recycling"}


def test_a_wrong_first_answer_makes_nothing(leeds: int) -> None:
    with pytest.raises(InvalidAnswers) as caught:
        start_draft(Visitor(), organisation=leeds, service=NAME, page="bin", given={"bin": ""})
    assert str(caught.value.fields["bin"]) == "Select which bin was missed"


def test_the_same_first_answer_sent_twice_makes_one_draft(leeds: int) -> None:
    rosa = DraftHolder(draft=uuid7())
    assert draft_page(rosa, organisation=leeds, service=NAME, page="bin").given == {}
    for _time in range(2):
        answer_page(rosa, organisation=leeds, service=NAME, page="bin", given=BIN)
    assert draft(rosa, organisation=leeds).answered == {"bin"}


def test_only_the_first_page_begins_a_draft(leeds: int) -> None:
    rosa = DraftHolder(draft=uuid7())
    with pytest.raises(DraftGone):
        answer_page(rosa, organisation=leeds, service=NAME, page="where", given=WHERE)
    with pytest.raises(DraftGone):
        answer_page(rosa, organisation=leeds, page="bin", given=BIN)


def test_a_draft_of_one_service_is_not_one_of_another(leeds: int) -> None:
    rosa = begin(leeds)
    with pytest.raises(NoSuchPage):
        draft_page(rosa, organisation=leeds, service="bulky_waste", page="bin")
    with pytest.raises(DraftGone):
        answer_page(rosa, organisation=leeds, service="bulky_waste", page="bin", given=BIN)


def test_each_page_leads_to_the_next_and_says_what_is_missing(leeds: int) -> None:
    rosa = begin(leeds)
    progress = answer_page(rosa, organisation=leeds, page="where", given=WHERE)
    assert (progress.following, progress.missing) == (Place("contact"), Place("due"))
    progress = answer_page(rosa, organisation=leeds, page="contact", given=CONTACT)
    assert (progress.following, progress.missing) == (None, Place("due"))


def test_answers_come_back_as_they_were_typed(leeds: int) -> None:
    rosa = begin(leeds)
    given = {**WHERE, "place-point": "53.79970,-1.54920"}
    answer_page(rosa, organisation=leeds, page="where", given=given)
    found = draft_page(rosa, organisation=leeds, service=NAME, page="where").given
    assert found == {**given, "place-postcode": "LS1 1UR"}


def test_a_changed_answer_replaces_the_one_before(leeds: int) -> None:
    rosa = begin(leeds)
    answer_page(rosa, organisation=leeds, page="bin", given={"bin": "food"})
    assert draft_answers(rosa, organisation=leeds).value("bin") == "food"


def test_a_wrong_answer_changes_nothing(leeds: int) -> None:
    rosa = begin(leeds)
    with pytest.raises(InvalidAnswers):
        answer_page(rosa, organisation=leeds, page="bin", given={"bin": "gin"})
    assert draft_answers(rosa, organisation=leeds).value("bin") == "recycling"


def test_an_optional_question_left_empty_counts_as_asked(leeds: int) -> None:
    rosa = begin(leeds)
    answer_page(rosa, organisation=leeds, page="where", given={**WHERE, "left_at": ""})
    assert "left_at" in draft(rosa, organisation=leeds).answered
    assert draft_answers(rosa, organisation=leeds).value("left_at") == ""


def test_a_page_not_answered_yet_opens_nothing_and_leaves_no_trace(leeds: int) -> None:
    rosa = begin(leeds)
    assert draft_page(rosa, organisation=leeds, service=NAME, page="due").given == {}
    assert traces(leeds) == []


def test_an_answered_page_opens_only_its_own_answers(leeds: int) -> None:
    rosa = begin(leeds)
    answer_page(rosa, organisation=leeds, page="contact", given=CONTACT)
    draft_page(rosa, organisation=leeds, service=NAME, page="bin")
    assert traces(leeds) == [(rosa.draft, "applying", "draft_holder", ["forms.draft_answer.value"])]


def traces(organisation: int) -> list[tuple[object, ...]]:
    look_at(organisation)
    return list(Trace.objects.values_list("subject_id", "purpose", "actor_kind", "fields"))


def test_nothing_of_a_draft_lies_in_the_clear(leeds: int) -> None:
    rosa = begin(leeds)
    answer_page(rosa, organisation=leeds, page="contact", given=CONTACT)
    look_at(leeds)
    with connection.cursor() as cursor:
        cursor.execute("select d::text || a::text from forms_draft d join forms_draftanswer a on a.draft_id = d.id")
        stored = str(cursor.fetchall())
    assert "Rosa" not in stored
    assert "recycling" not in stored


def test_only_its_holder_opens_a_draft(leeds: int) -> None:
    rosa, stranger = begin(leeds), begin(leeds)
    with pytest.raises(DraftGone):
        draft_page(DraftHolder(draft=uuid7()), organisation=leeds, service=NAME, page="where")
    assert draft(stranger, organisation=leeds).id == stranger.draft
    assert draft(rosa, organisation=leeds).id == rosa.draft


@pytest.mark.parametrize("who", ["priya", "olu", "rosa"])
def test_nobody_else_opens_answers_before_they_are_sent(leeds: int, cast: Cast, who: str) -> None:
    with pytest.raises(ReadingRefused):
        draft_answers(getattr(cast, who), organisation=leeds)


def test_a_draft_of_one_council_is_not_there_in_another(leeds: int, cast: Cast) -> None:
    with pytest.raises(DraftGone):
        draft(begin(leeds), organisation=cast.fife)


def test_after_signing_out_nobody_else_goes_on_with_a_draft(leeds: int, cast: Cast) -> None:
    begun = start_draft(cast.rosa, organisation=leeds, service=NAME, page="bin", given=BIN)
    rosa = DraftHolder(draft=begun, account=cast.rosa.account)
    assert draft(rosa, organisation=leeds).answered == {"bin"}
    for other in (replace(rosa, account=None), replace(rosa, account=cast.sam.account)):
        with pytest.raises(NotYourDraft):
            draft_answers(other, organisation=leeds)
        with pytest.raises(NotYourDraft):
            answer_page(other, organisation=leeds, page="bin", given=BIN)


def test_a_draft_stays_with_the_version_it_began_under(leeds: int) -> None:
    rosa = begin(leeds)
    newer = MISSED_COLLECTION.replace("Which bin was missed?", "Which of your bins was missed?")
    offer_service(SET_UP, organisation=leeds, declaration=newer)
    assert draft(rosa, organisation=leeds).service.pages[0].title.en == "Which bin was missed?"
    assert draft(begin(leeds), organisation=leeds).service.pages[0].title.en == "Which of your bins was missed?"


def test_an_unknown_page_is_not_found(leeds: int) -> None:
    rosa = begin(leeds)
    with pytest.raises(NoSuchPage):
        draft_page(rosa, organisation=leeds, service=NAME, page="secrets")
    with pytest.raises(NoSuchPage):
        answer_page(rosa, organisation=leeds, page="secrets", given={})


def test_a_draft_ends_seven_days_after_its_last_change(leeds: int) -> None:
    with clock.at(clock.now()) as hands:
        rosa = begin(leeds)
        hands.advance(timedelta(days=6))
        answer_page(rosa, organisation=leeds, page="where", given=WHERE)
        hands.advance(timedelta(days=6, hours=23))
        assert draft(rosa, organisation=leeds).answered >= {"bin", "place"}
        assert not has_expired_drafts(SET_UP, organisation=leeds)
        hands.advance(timedelta(hours=1))
        with pytest.raises(DraftGone):
            draft(rosa, organisation=leeds)
        with pytest.raises(DraftGone):
            answer_page(rosa, organisation=leeds, page="bin", given=BIN)


def test_what_has_ended_is_deleted_with_its_key(leeds: int) -> None:
    with clock.at(clock.now()) as hands:
        rosa = begin(leeds)
        hands.advance(timedelta(days=5))
        recent = begin(leeds)
        hands.advance(timedelta(days=2))
        assert forget_expired_drafts(SET_UP, organisation=leeds) == 1
        assert keys_of(leeds, rosa.draft) == 0
        assert keys_of(leeds, recent.draft) == 1
        assert draft(recent, organisation=leeds).answered == {"bin"}


def test_the_sweep_goes_through_every_open_council(leeds: int, cast: Cast) -> None:
    offer_service(SET_UP, organisation=cast.fife, declaration=MISSED_COLLECTION)
    with clock.at(clock.now()) as hands:
        drafts = {council: begin(council).draft for council in (leeds, cast.fife)}
        hands.advance(timedelta(days=7))
        sweep_drafts(timestamp=0)
        assert [keys_of(council, drafts[council]) for council in drafts] == [0, 0]


def keys_of(organisation: int, holder: UUID) -> int:
    look_at(organisation)
    return DataKey.objects.filter(holder=holder).count()


def test_a_submitted_draft_cannot_be_begun_again(leeds: int, cast: Cast) -> None:
    rosa = fill_in(leeds)
    submit(rosa, leeds)
    with pytest.raises(AlreadySubmitted):
        answer_page(rosa, organisation=leeds, service=NAME, page="bin", given=BIN)
    with pytest.raises(AlreadySubmitted):
        draft_page(rosa, organisation=leeds, service=NAME, page="bin")
    with pytest.raises(AlreadySubmitted):
        answer_page(rosa, organisation=leeds, page="bin", given=BIN)
    with pytest.raises(AlreadySubmitted):
        draft(rosa, organisation=leeds)


def test_a_sealed_answer_does_not_open_outside_a_reading(leeds: int) -> None:
    begin(leeds)
    look_at(leeds)
    row = DraftAnswer.objects.get()
    assert isinstance(vars(row)["value"], Sealed)
    with pytest.raises(NotReading):
        _ = row.value
