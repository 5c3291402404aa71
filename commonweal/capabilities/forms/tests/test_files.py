"""Files given to a form: kept once, refused with a sentence, answered by their ids, and gone with the draft."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import LazySettings

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.attaching import take_file_away
from commonweal.capabilities.forms.actions.filling import answer_page, forget_expired_drafts, start_draft
from commonweal.capabilities.forms.actions.submitting import complete_draft
from commonweal.capabilities.forms.errors import DraftChanged, Incomplete, InvalidAnswers
from commonweal.capabilities.forms.models import Answer, GivenFile
from commonweal.capabilities.forms.queries.files import draft_files, open_draft_file, submitted_files
from commonweal.capabilities.forms.queries.filling import complete_answers, draft_answers
from commonweal.capabilities.forms.tests.asked import pages
from commonweal.capabilities.forms.tests.filled import count, submit
from commonweal.capabilities.forms.tests.with_files import NAME, PAGE, WITH_FILES, send
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import at, now, today
from commonweal.foundations.files.errors import NoSuchFile, NotAccepted
from commonweal.foundations.files.models import StoredFile
from commonweal.foundations.files.tests.conftest import use_folder
from commonweal.foundations.files.tests.made import PDF, docx, plain_photo
from commonweal.foundations.personal_data.models import DataKey
from commonweal.foundations.scope.actors import DraftHolder, Visitor
from commonweal.foundations.scope.scopes import read_scope


@pytest.fixture(autouse=True)
def vault(tmp_path: Path, settings: LazySettings) -> Path:
    use_folder(settings, tmp_path / "files", is_made=True)
    return tmp_path / "files"


@pytest.fixture
def leeds(cast: Cast) -> int:
    offer_service(SET_UP, organisation=cast.leeds, declaration=WITH_FILES)
    return cast.leeds


@pytest.fixture
def holder(leeds: int) -> DraftHolder:
    """Somebody who has answered every page but the one with files."""
    holder = DraftHolder(draft=start_draft(Visitor(), organisation=leeds, service=NAME))
    for page, given in pages(today()).items():
        answer_page(holder, organisation=leeds, page=page, given=given)
    return holder


def go_on(holder: DraftHolder, leeds: int, **given: str) -> None:
    answer_page(holder, organisation=leeds, page=PAGE, given=given)


def names(holder: DraftHolder, leeds: int, question: str = "photos") -> list[str]:
    return [file.name for file in draft_files(holder, organisation=leeds).get(question, ())]


def subjects_of(leeds: int, file: UUID) -> set[UUID]:
    with read_scope(SET_UP, (leeds,)):
        return set(StoredFile.objects.filter(id=file).values_list("subject_id", flat=True))


class TestGiving:
    def test_files_are_listed_by_name_in_the_order_they_were_given(self, holder: DraftHolder, leeds: int) -> None:
        send(holder, leeds, plain_photo("red"), "b.jpg")
        send(holder, leeds, plain_photo("blue"), "a.jpg")
        assert names(holder, leeds) == ["b.jpg", "a.jpg"]

    def test_the_same_photo_sent_again_is_kept_once(self, holder: DraftHolder, leeds: int) -> None:
        send(holder, leeds, plain_photo())
        _file, again = send(holder, leeds, plain_photo(), "under another name.jpg")
        assert not again.is_kept
        assert names(holder, leeds) == ["bin.jpg"]
        assert count(StoredFile, leeds) == 1

    def test_the_same_paper_of_two_people_has_different_marks(self, holder: DraftHolder, leeds: int) -> None:
        other = DraftHolder(draft=start_draft(Visitor(), organisation=leeds, service=NAME))
        for page, given in pages(today()).items():
            answer_page(other, organisation=leeds, page=page, given=given)
        for each in (holder, other):
            send(each, leeds, plain_photo())
        with read_scope(SET_UP, (leeds,)):
            marks = list(GivenFile.objects.values_list("mark", flat=True))
        assert len(set(marks)) == 2

    @pytest.mark.parametrize(
        ("content", "question", "words"),
        [
            (PDF, "photos", "This must be a photo"),
            (plain_photo(), "papers", "This must be a PDF"),
            (PDF.replace(b"<</Root", b"<</Encrypt 2 0 R /Root"), "papers", "locked with a password"),
            (docx(word__vbaProject__bin=b"x"), "papers", "contains macros"),
        ],
    )
    def test_what_is_not_taken_is_refused_in_a_sentence(
        self, holder: DraftHolder, leeds: int, content: bytes, question: str, words: str
    ) -> None:
        send(holder, leeds, plain_photo("red"))
        with pytest.raises(NotAccepted) as refusal:
            send(holder, leeds, content, question=question)
        assert words in str(refusal.value.message)
        assert names(holder, leeds) == ["bin.jpg"]

    def test_no_more_than_the_question_takes(self, holder: DraftHolder, leeds: int) -> None:
        for colour in ("red", "green", "blue"):
            send(holder, leeds, plain_photo(colour))
        with pytest.raises(NotAccepted, match="file_not_accepted") as refusal:
            send(holder, leeds, plain_photo("white"))
        assert "up to 3 files" in str(refusal.value.message)

    def test_a_file_of_somebody_else_cannot_be_given(self, holder: DraftHolder, leeds: int) -> None:
        file, _given = send(holder, leeds, plain_photo())
        other = DraftHolder(draft=start_draft(Visitor(), organisation=leeds, service=NAME))
        with pytest.raises(NoSuchFile):
            open_draft_file(other, organisation=leeds, file=file)


class TestAnswering:
    def test_a_page_without_its_photo_is_not_answered(self, holder: DraftHolder, leeds: int) -> None:
        with pytest.raises(InvalidAnswers) as wrong:
            go_on(holder, leeds)
        assert str(wrong.value.fields["photos"]) == "Add a photo of the bin"

    def test_what_the_form_says_of_files_is_not_believed(self, holder: DraftHolder, leeds: int) -> None:
        with pytest.raises(InvalidAnswers):
            go_on(holder, leeds, photos="0190b6c4-0000-7000-8000-000000000000")

    def test_another_wrong_answer_leaves_the_photo(self, holder: DraftHolder, leeds: int) -> None:
        send(holder, leeds, plain_photo())
        with pytest.raises(InvalidAnswers):
            go_on(holder, leeds, more="x" * 21)
        assert names(holder, leeds) == ["bin.jpg"]

    def test_the_answers_to_check_name_the_files(self, holder: DraftHolder, leeds: int) -> None:
        send(holder, leeds, plain_photo("red"), "front.jpg")
        send(holder, leeds, plain_photo("blue"), "back.jpg")
        go_on(holder, leeds)
        told = {row.question: row.text for row in complete_answers(holder, organisation=leeds).answers}
        assert told["photos"] == "front.jpg\nback.jpg"
        assert told["papers"] == ""

    def test_removing_the_only_photo_asks_for_one_again(self, holder: DraftHolder, leeds: int) -> None:
        file, _given = send(holder, leeds, plain_photo())
        go_on(holder, leeds)
        contents = take_file_away(holder, organisation=leeds, service=NAME, page=PAGE, file=file)
        assert len(contents) == 1
        assert count(StoredFile, leeds) == 0
        with pytest.raises(Incomplete):
            complete_answers(holder, organisation=leeds)
        assert take_file_away(holder, organisation=leeds, service=NAME, page=PAGE, file=file) == ()

    def test_a_photo_added_after_the_page_was_answered_is_in_the_answer(self, holder: DraftHolder, leeds: int) -> None:
        first, _given = send(holder, leeds, plain_photo("red"))
        go_on(holder, leeds)
        second, _given = send(holder, leeds, plain_photo("blue"))
        assert draft_answers(holder, organisation=leeds).value("photos").split() == [str(first), str(second)]


class TestSubmitting:
    def test_the_files_become_the_submissions_under_the_keys_they_have(self, holder: DraftHolder, leeds: int) -> None:
        file, _given = send(holder, leeds, plain_photo())
        go_on(holder, leeds)
        before = _key_and_content(leeds, file)
        completed = submit(holder, leeds)
        assert _key_and_content(leeds, file) == before
        assert subjects_of(leeds, file) == {completed.person}
        listed = submitted_files(SET_UP, organisation=leeds, submission=completed.submission)
        assert [(each.id, each.question) for each in listed] == [(file, "photos")]
        with read_scope(SET_UP, (leeds,)):
            assert not GivenFile.objects.exclude(mark=None).exists()
            assert Answer.objects.filter(question="photos").count() == 1

    def test_a_photo_added_while_it_is_sent_is_not_lost(self, holder: DraftHolder, leeds: int) -> None:
        send(holder, leeds, plain_photo("red"))
        go_on(holder, leeds)
        opened = draft_answers(holder, organisation=leeds)
        with at(now() + timedelta(seconds=1)):
            send(holder, leeds, plain_photo("blue"))
        with pytest.raises(DraftChanged):
            complete_draft(holder, organisation=leeds, opened=opened)
        assert len(names(holder, leeds)) == 2


def test_what_was_never_sent_goes_with_its_draft(holder: DraftHolder, leeds: int) -> None:
    file, _given = send(holder, leeds, plain_photo())
    with at(now() + timedelta(days=8)):
        forget_expired_drafts(SET_UP, organisation=leeds)
    assert (count(StoredFile, leeds), count(GivenFile, leeds)) == (0, 0)
    with read_scope(SET_UP, (leeds,)):
        assert not DataKey.objects.filter(holder=file).exists()


def _key_and_content(leeds: int, file: UUID) -> tuple[UUID, UUID | None, bytes]:
    with read_scope(SET_UP, (leeds,)):
        row = StoredFile.objects.get(id=file)
        return row.key_id, row.content_id, vars(row)["content_key"].value
