"""The files of a case: who sees and opens them, what staff and applicants add, and what each opening leaves."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.conf import settings as real

from commonweal.capabilities.cases.actions.attaching import attach_document, hand_in
from commonweal.capabilities.cases.actions.moving import move
from commonweal.capabilities.cases.actions.opening import submit
from commonweal.capabilities.cases.errors import NoSuchCase, NothingAsked
from commonweal.capabilities.cases.models import Attachment
from commonweal.capabilities.cases.queries.attachments import case_files, open_case_file, open_own_file, own_files
from commonweal.capabilities.cases.tests.permits import look, row_of
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.attaching import give_file
from commonweal.capabilities.forms.actions.filling import answer_page, start_draft
from commonweal.conftest import SET_UP, Appoint, Cast, apply_for_permit
from commonweal.foundations.clocks.now import today
from commonweal.foundations.files import uploading
from commonweal.foundations.files.errors import NoSuchFile
from commonweal.foundations.files.tests.conftest import upload, use_folder
from commonweal.foundations.files.tests.made import PDF, plain_photo
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import DraftHolder
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db

_FORMS = real.ROOT / "commonweal" / "capabilities" / "forms" / "tests"


@pytest.fixture(autouse=True)
def vault(tmp_path: Path, settings: LazySettings) -> None:
    use_folder(settings, tmp_path / "files", is_made=True)


@pytest.fixture
def reference(cast: Cast) -> str:
    """Rosa reports a missed bin with a photo for everybody who deals with it, and a paper for managers alone."""
    declared = (real.SERVICES / "missed_collection" / "service.yaml").read_text()
    proof = (_FORMS / "proof.yaml").read_text()
    declaration = declared.replace("  - key: contact\n", f"{proof}  - key: contact\n", 1)
    offer_service(SET_UP, organisation=cast.leeds, declaration=declaration)
    draft = start_draft(cast.rosa, organisation=cast.leeds, service="missed_collection")
    holder = DraftHolder(draft=draft, account=cast.rosa.account)
    day = today()
    given: dict[str, dict[str, str]] = {
        "bin": {"bin": "recycling"},
        "due": {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)},
        "where": {"place-address": "12 High Street", "place-postcode": "LS1 1UR"},
        "contact": {"name": "Rosa Delgado", "email": "rosa@people.example"},
        "proof": {},
    }
    for question, name, content in (("photos", "bin.jpg", plain_photo()), ("papers", "letter.pdf", PDF)):
        _give(holder, cast.leeds, question, name, content)
    for page, typed in given.items():
        answer_page(holder, organisation=cast.leeds, page=page, given=typed)
    return submit(holder, organisation=cast.leeds).reference


def _give(holder: DraftHolder, leeds: int, question: str, name: str, content: bytes) -> None:
    file = uploading.begin(holder, organisation=leeds, size=len(content), name=name, subject=holder.draft)
    uploading.append(holder, organisation=leeds, upload=file, offset=0, data=content)
    uploading.finish(holder, organisation=leeds, upload=file)
    give_file(
        holder,
        organisation=leeds,
        service="missed_collection",
        page="proof",
        question=question,
        file=file,
        digest=b"",
    )


def add(cast: Cast, reference: str, name: str = "map.pdf", *, is_shown: bool = False) -> UUID:
    """Priya adds a document to a case."""
    file = upload(cast.priya, cast.leeds, PDF, name)
    case = row_of(cast, reference).id
    for _time in range(2):
        attach_document(
            cast.priya, organisation=cast.leeds, case=case, file=file, was_received=not is_shown, is_shown=is_shown
        )
    return file


def ids(cast: Cast, reference: str) -> dict[str, UUID]:
    """The files of a case, by what they answer."""
    listed = case_files(cast.priya, organisation=cast.leeds, reference=reference)
    return {each.question: each.id for each in listed}


class TestAtTheDesk:
    def test_the_case_lists_names_but_for_what_the_role_may_not_open(self, cast: Cast, reference: str) -> None:
        listed = look(cast, cast.priya, reference).files
        assert [(each.question, each.row.name if each.row else None) for each in listed] == [
            ("Photos of the bin", "bin.jpg"),
            ("Letters from us", None),
        ]

    def test_each_opening_is_traced_as_the_opening_of_a_file(self, cast: Cast, reference: str) -> None:
        file = ids(cast, reference)["Photos of the bin"]
        opened = open_case_file(cast.priya, organisation=cast.leeds, reference=reference, file=file)
        assert (opened.name, opened.media_type) == ("bin.jpg", "image/jpeg")
        with read_scope(SET_UP, (cast.leeds,)):
            lines = [line for line in Trace.objects.filter(kind="opened") if "files.file.content_key" in line.fields]
        assert [(line.actor_id, line.subject_id) for line in lines] == [
            (cast.priya.account, row_of(cast, reference).person_id)
        ]

    def test_a_paper_for_managers_is_refused_to_others_and_the_attempt_recorded(
        self, cast: Cast, reference: str, appoint: Appoint
    ) -> None:
        file = ids(cast, reference)["Letters from us"]
        with pytest.raises(ReadingRefused):
            open_case_file(cast.priya, organisation=cast.leeds, reference=reference, file=file)
        with read_scope(SET_UP, (cast.leeds,)):
            assert Trace.objects.filter(kind="refused", reason="role").exists()
        grace = appoint("Grace Addo", "team_manager", cast.waste_team)
        assert open_case_file(grace, organisation=cast.leeds, reference=reference, file=file).name == "letter.pdf"

    def test_another_team_opens_none(self, cast: Cast, reference: str) -> None:
        file = ids(cast, reference)["Photos of the bin"]
        with pytest.raises(ReadingRefused):
            open_case_file(cast.tom, organisation=cast.leeds, reference=reference, file=file)
        with pytest.raises(ReadingRefused):
            case_files(cast.tom, organisation=cast.leeds, reference=reference)

    def test_a_file_of_another_case_is_not_found(self, cast: Cast, reference: str) -> None:
        other = add(cast, apply_for_permit(cast, cast.sam))
        for file in (other, uuid4()):
            with pytest.raises(NoSuchFile):
                open_case_file(cast.priya, organisation=cast.leeds, reference=reference, file=file)

    def test_documents_are_added_once_and_by_the_team_alone(self, cast: Cast, reference: str) -> None:
        add(cast, reference)
        assert [each.row.name for each in look(cast, cast.priya, reference).files if each.row] == ["bin.jpg", "map.pdf"]
        file = upload(cast.tom, cast.leeds, PDF, "other.pdf")
        case = row_of(cast, reference).id
        with pytest.raises(ReadingRefused):
            attach_document(cast.tom, organisation=cast.leeds, case=case, file=file, was_received=True)

    def test_nobody_attaches_what_somebody_else_uploaded(self, cast: Cast, reference: str) -> None:
        file = upload(cast.tom, cast.leeds, PDF, "other.pdf")
        case = row_of(cast, reference).id
        with pytest.raises(NoSuchFile):
            attach_document(cast.priya, organisation=cast.leeds, case=case, file=file, was_received=True)


class TestTheApplicant:
    def test_sees_what_they_gave_and_what_they_are_shown(self, cast: Cast, reference: str) -> None:
        hidden, shown = add(cast, reference, "hidden.pdf"), add(cast, reference, "shown.pdf", is_shown=True)
        listed = own_files(cast.rosa, organisation=cast.leeds, reference=reference)
        assert [each.row.name for each in listed if each.row] == ["bin.jpg", "letter.pdf", "shown.pdf"]
        assert open_own_file(cast.rosa, organisation=cast.leeds, reference=reference, file=shown).name == "shown.pdf"
        with pytest.raises(NoSuchFile):
            open_own_file(cast.rosa, organisation=cast.leeds, reference=reference, file=hidden)

    def test_nobody_else_sees_them(self, cast: Cast, reference: str) -> None:
        file = ids(cast, reference)["Photos of the bin"]
        with pytest.raises(NoSuchCase):
            own_files(cast.sam, organisation=cast.leeds, reference=reference)
        with pytest.raises(NoSuchCase):
            open_own_file(cast.sam, organisation=cast.leeds, reference=reference, file=file)

    def test_hands_in_what_they_were_asked_for_and_nothing_unasked(self, cast: Cast) -> None:
        reference = apply_for_permit(cast)
        file = upload(cast.rosa, cast.leeds, PDF, "proof.pdf")
        with pytest.raises(NothingAsked):
            hand_in(cast.rosa, organisation=cast.leeds, reference=reference, file=file)
        case = row_of(cast, reference)
        move(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, to="ask", question="Send proof")
        for _time in range(2):
            hand_in(cast.rosa, organisation=cast.leeds, reference=reference, file=file)
        with read_scope(SET_UP, (cast.leeds,)):
            assert [(row.way, row.is_shown) for row in Attachment.objects.all()] == [("in", True)]
        with pytest.raises(NoSuchCase):
            hand_in(cast.sam, organisation=cast.leeds, reference=reference, file=file)
