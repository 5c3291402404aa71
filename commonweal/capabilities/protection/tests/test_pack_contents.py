"""What stands in a pack, and what stands nowhere in it (data-protection.md section 2)."""

import json
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override
from pypdf import PdfReader
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.closing import close
from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.protection.actions.releasing import release_pack
from commonweal.capabilities.protection.errors import (
    StillThere,
)
from commonweal.capabilities.protection.queries.own import own_request
from commonweal.capabilities.protection.queries.packs.assembling import Gathered
from commonweal.capabilities.protection.queries.packs.gathered import Given
from commonweal.capabilities.protection.queries.packs.supplementing import rights_told
from commonweal.conftest import Cast
from commonweal.foundations.clocks.now import now
from commonweal.foundations.documents.redaction.removals import Removals
from commonweal.foundations.scope.actors import Staff
from tests.scenes.copying import Copying, contents

pytestmark = pytest.mark.django_db

NOOR = Removals(["Noor Haddad", "Noor", "Haddad", "noor@people.example"])


class TestThePack:
    """The data, its supplement and a manifest: each item, its hash, the exemption, who decided (section 2)."""

    def test_nobody_else_is_in_any_file_of_it_and_the_rest_is(self, copying: Copying, tmp_path: Path) -> None:
        copying.redact_all()
        files = contents(copying.make(tmp_path))
        assert {"your-information.pdf", "about.json", "manifest.json", "data/schema.json", "data/openings.csv"} <= set(
            files
        )
        for name, content in files.items():
            if not name.endswith(".pdf"):
                assert not NOOR.found_in(content.decode()), name
        notes = json.loads(files["data/cases.note.json"])
        assert any("Spoke to [removed] next door." in note["text"] for note in notes)
        assert {"text": "Collected on Monday."}.items() <= notes[1].items() or any(
            note["text"] == "Collected on Monday." for note in notes
        )
        assert "Rosa Delgado" in files["data/people.person.csv"].decode()

    def test_answers_stand_in_it_as_people_read_them(self, copying: Copying, tmp_path: Path) -> None:
        """A copy is for whoever asked: beside the code stands what it means (UK GDPR Article 12(1))."""
        copying.redact_all()
        files = contents(copying.make(tmp_path))
        answers = json.loads(files["data/forms.answer.json"])
        told = {answer["question"]: (answer["value"], answer["asked"], answer["answer"]) for answer in answers}
        assert told["bin"] == ("recycling", "Which bin was missed?", "Recycling")
        assert told["left_at"][2] == told["left_at"][0]
        document = " ".join(page.extract_text() for page in PdfReader(BytesIO(files["your-information.pdf"])).pages)
        assert "Which bin was missed?" in document
        assert "Recycling" in document
        assert "open CSV files as text" in " ".join(document.split()), "they hold what is held, formulas too"

    @pytest.mark.parametrize(("language", "place"), [("en", 0), ("cy", 1)])
    def test_where_a_case_stood_is_told_as_they_were_told_it(
        self, cast: Cast, tmp_path: Path, language: str, place: int
    ) -> None:
        """In their language and the words of their version, with the codes beside (UK GDPR Articles 12 and 20)."""
        with override(language):
            made = Copying(cast)
        page = case_page(cast.priya, organisation=cast.leeds, reference=made.case)
        close(cast.priya, organisation=cast.leeds, case=page.id, revision=page.revision, outcome="not_out")
        made.search()
        made.redact_all()
        files = contents(made.make(tmp_path))
        (case,) = json.loads(files["data/cases.case.json"])
        service = ("Report a missed bin collection", "Rhoi gwybod am gasgliad bin a fethwyd")[place]
        outcome = ("Not out when the crew came", "Ddim allan pan ddaeth y criw")[place]
        assert (case["service"], case["service_in_words"]) == ("missed_collection", service)
        assert (case["outcome"], case["outcome_in_words"]) == ("not_out", outcome)
        assert (case["stage"], case["stage_in_words"]) == ("done", ("Done", "Wedi'i gwblhau")[place])
        (move,) = json.loads(files["data/cases.move.json"])
        assert (move["outcome"], move["outcome_in_words"]) == ("not_out", outcome)
        assert (
            f"not_out,{outcome}" in files["data/cases.case.csv"].decode()
            or outcome in files["data/cases.case.csv"].decode()
        )
        document = " ".join(page.extract_text() for page in PdfReader(BytesIO(files["your-information.pdf"])).pages)
        assert outcome in " ".join(document.split())
        assert "not_out" not in document
        assert case["id"] not in document

    def test_no_member_of_staff_is_named_in_it_in_any_format(self, copying: Copying, tmp_path: Path) -> None:
        copying.redact_all()
        files = contents(copying.make(tmp_path))
        staff = [copying.cast.priya.account, copying.cast.olu.account]
        for name, content in files.items():
            text = content.decode("latin-1")
            assert not any(str(account) in text or account.hex in text for account in staff if account), name

    def test_the_manifest_says_what_was_decided_and_the_supplement_why_it_is_held(
        self, copying: Copying, tmp_path: Path
    ) -> None:
        copying.redact_all()
        copying.decide(1, decision="withheld", exemption="negotiations")
        files = contents(copying.make(tmp_path))
        manifest, said = json.loads(files["manifest.json"]), json.loads(files["about.json"])
        assert {item["decision"] for item in manifest["items"]} == {"disclosed", "redacted", "withheld"}
        assert [item["exemption"] for item in manifest["items"] if item["decision"] == "withheld"] == ["negotiations"]
        (service,) = said["services"]
        assert service["references"] == [copying.case]
        assert service["purpose"]
        assert service["law"]
        assert service["seen_by"]
        assert service["kept"]
        assert service["basis"].startswith("it is part of our public task (UK GDPR")
        assert {"names", "what you wrote in your own words"} <= set(service["categories"])

    def test_the_gate_names_the_item_that_still_holds_what_was_removed(self, copying: Copying, tmp_path: Path) -> None:
        copying.decide_plain()
        for item in copying.waiting():
            if item.label == "cases.note":
                copying.decide(item.number, decision="redacted", removed=["Monday"])
            else:
                copying.decide(item.number, decision="withheld", exemption="others")
        with pytest.raises(StillThere) as refusal:
            copying.make(tmp_path)
        assert "cases.note.text" in " ".join(refusal.value.items)

    def test_what_is_withheld_in_silence_leaves_no_hole(self, copying: Copying, tmp_path: Path) -> None:
        """Practice: tipping off; the same rule holds for packs."""
        copying.decide_plain()
        for item in copying.waiting():
            copying.decide(item.number, decision="withheld", exemption="crime")
        files = contents(copying.make(tmp_path))
        manifest = json.loads(files["manifest.json"])
        assert all(item["decision"] == "disclosed" for item in manifest["items"])
        assert [item["number"] for item in manifest["items"]] == list(range(1, len(manifest["items"]) + 1))
        assert b"crime" not in files["manifest.json"].lower()
        notes = json.loads(files["data/cases.note.json"])
        assert [note["text"] for note in notes] == ["Collected on Monday."]

    def test_whoever_is_named_in_a_case_never_learns_who_reported_it(self, copying: Copying, tmp_path: Path) -> None:
        """Practice: a confidential reporter is never in the reported person's pack."""
        copying.is_about_noor()
        copying.redact_all()
        files = contents(copying.make(tmp_path))
        assert "Noor Haddad" in files["data/people.person.csv"].decode()
        reporter = Removals(["Rosa Delgado", "Rosa", "Delgado", "rosa@people.example", "12 High Street", "960 001"])
        for name, content in files.items():
            if not name.endswith(".pdf"):
                assert not reporter.found_in(content.decode()), name

    def test_a_withheld_row_about_somebody_else_is_told_by_nothing(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        """That there is one, and in which table, shows a reporter or a party nobody named."""
        copying.decide_plain()
        waiting = copying.waiting()
        assert {item.kind for item in waiting} == {"text", "row"}
        for item in waiting:
            if item.kind == "row":
                copying.decide(item.number, decision="withheld", exemption="others")
            else:
                copying.decide(item.number, decision="disclosed", ground="reasonable")
        files = contents(copying.make(tmp_path))
        manifest = json.loads(files["manifest.json"])
        assert not {"row"} & {item["what"] for item in manifest["items"]}
        assert {item["decision"] for item in manifest["items"]} == {"disclosed"}
        assert "other people" in manifest["others"]
        release_pack(ada, **copying.here, pack=copying.pack)
        assert own_request(copying.cast.rosa, **copying.here).outcome == "done"

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_a_silent_item_in_the_case_of_another_takes_the_whole_case_with_it(
        self, copying: Copying, tmp_path: Path
    ) -> None:
        """Its other rows, its lines in the manifest and its openings would tell that there is a case."""
        cast = copying.cast
        case = named_case(cast.priya, organisation=cast.leeds, reference=copying.case).id
        copying.is_about_noor(files_of=case)
        for item in copying.waiting():
            copying.decide(item.number, decision="disclosed")
        before = contents(copying.make(tmp_path))
        assert copying.case.encode() in before["manifest.json"]
        assert {"files/1-first.txt", "files/2-second.txt", "data/cases.party.json"} <= set(before)
        copying.decide(1, decision="withheld", exemption="crime")
        files = contents(copying.make(tmp_path))
        assert not {name for name in files if name.startswith(("files/", "data/cases"))}
        assert not [name for name, content in files.items() if b"second.txt" in content]
        assert json.loads(files["manifest.json"])["items"] == []
        assert not [name for name, content in files.items() if copying.case.encode() in content]

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_a_case_of_another_that_is_looked_into_is_no_part_of_it(self, copying: Copying, tmp_path: Path) -> None:
        """Openings are withheld from its applicant; whoever else it names hears of it as little."""
        cast = copying.cast
        case = named_case(cast.priya, organisation=cast.leeds, reference=copying.case).id
        copying.withhold_openings()
        copying.is_about_noor(files_of=case)
        for item in copying.waiting():
            copying.decide(item.number, decision="disclosed")
        files = contents(copying.make(tmp_path))
        assert not [name for name, content in files.items() if copying.case.encode() in content]

    def test_openings_withheld_after_an_item_was_decided_leave_no_line_of_it(
        self, copying: Copying, tmp_path: Path
    ) -> None:
        copying.redact_all()
        note = next(item for item in map(copying.item, range(1, 99)) if item and item.label == "cases.note")
        said = {"decision": "withheld", "exemption": "negotiations"}
        copying.decide(note.number, **said)  # type: ignore[arg-type]
        assert b"negotiations" in contents(copying.make(tmp_path))["manifest.json"]
        copying.withhold_openings()
        manifest = json.loads(contents(copying.make(tmp_path))["manifest.json"])
        assert "negotiations" not in {item["exemption"] for item in manifest["items"]}

    def test_portability_holds_what_the_person_gave_alone(self, cast: Cast, tmp_path: Path) -> None:
        made = Copying(cast, "portability")
        made.search()
        made.redact_all()
        files = contents(made.make(tmp_path))
        assert "data/people.person.json" in files
        assert "data/cases.note.json" not in files
        (case,) = json.loads(files["data/cases.case.json"])
        assert set(case) == {"place", "postcode", "point"}


class TestItsFiles:
    """What is in a file is told by its kind, and how many there are by nothing else."""

    @pytest.mark.parametrize(
        ("called", "name"),
        [
            ("report", "report.txt"),
            ("Report.TXT", "Report.txt"),
            ("ملف" * 80, "ملف" * 33 + "م.txt"),
        ],
    )
    def test_their_names_leave_no_hole_and_end_as_their_kind_does(self, tmp_path: Path, called: str, name: str) -> None:
        """Practice: tipping off; a file without an ending would not be searched again, one with 480 bytes not made."""
        content: Any = SimpleNamespace(name=called, media_type="text/plain", chunks=lambda: iter([b"Collected."]))
        silent = Given(1, "text", "cases.note", uuid7(), "text", "", "withheld", "", "crime", True, ())
        shown = Given(2, "file", "files.file", uuid7(), "", "", "disclosed", "nobody", "", False, (), content)
        assert f"files/1-{name}" in contents(_gathered(tmp_path, silent, shown).write().path)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
    def test_words_go_from_a_text_whatever_program_wrote_it(self, tmp_path: Path, encoding: str) -> None:
        """Article 15(4): a text of Windows kept the names of others, and so did the search of the finished pack."""
        written = "Siân Rhys left it.".encode(encoding)
        content: Any = SimpleNamespace(name="note.txt", media_type="text/plain", chunks=lambda: iter([written]))
        told = Given(1, "file", "files.file", uuid7(), "", "", "redacted", "others", "", False, ("Siân",), content)
        files = contents(_gathered(tmp_path, told).write().path)
        assert files["files/1-note.txt"].decode() == "[removed] Rhys left it."


def _gathered(folder: Path, *given: Given) -> Gathered:
    pack = folder / "pack"
    (pack / "data").mkdir(parents=True)
    return Gathered(
        reference="R",
        organisation="Leeds",
        language="en",
        word="removed",
        folder=pack,
        gathered_at=now(),
        plan="plan",
        collected=(),
        services=(),
        rights=(),
        openings=(),
        given=given,
        removals=Removals(["Noor"]),
        subject=uuid7(),
    )


def test_it_claims_nothing_of_other_systems(cast: Cast) -> None:
    """Article 15(1)(h): what is known of decisions by machines, and who answers for the rest."""
    body = organisations.organisation(cast.olu, organisation=cast.leeds)
    *_others, here, elsewhere = rights_told(body)
    assert "A member of staff makes each decision" in here
    assert "any other system" in elsewhere
    assert (body.contact or body.name) in elsewhere
