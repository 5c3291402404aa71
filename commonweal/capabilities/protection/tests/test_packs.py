"""A copy of what is held: searched, decided item by item, released by two people (data-protection.md section 2)."""

import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.bereavement import record_death
from commonweal.capabilities.cases.actions.noting import add_note
from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people.queries.records import find_people
from commonweal.capabilities.protection.actions import deciding, judging
from commonweal.capabilities.protection.actions.correcting import correct_answer
from commonweal.capabilities.protection.actions.judging import decide_item, record_harm_check
from commonweal.capabilities.protection.actions.packing import Packed, keep_pack, note_fetched, release_pack
from commonweal.capabilities.protection.actions.requests import make_request, match_person
from commonweal.capabilities.protection.actions.searching import begin_search
from commonweal.capabilities.protection.actions.timing import ask_evidence, record_evidence
from commonweal.capabilities.protection.errors import (
    AlreadyWaiting,
    ItemsLeft,
    NoAuthority,
    NoSuchPack,
    NotACopy,
    PackIsOld,
    SearchIsOld,
    StillThere,
)
from commonweal.capabilities.protection.models import Item
from commonweal.capabilities.protection.queries.own import own_request
from commonweal.capabilities.protection.queries.packs.assembling import Gathered, Given
from commonweal.capabilities.protection.queries.packs.gathering import gather, strings_taken_out
from commonweal.capabilities.protection.queries.packs.owning import open_own_pack, own_pack
from commonweal.capabilities.protection.queries.packs.releasing import open_pack, pack_page, single_releases
from commonweal.capabilities.protection.queries.packs.searched import search_page
from commonweal.capabilities.protection.queries.packs.supplementing import rights_told
from commonweal.capabilities.protection.queries.requests import matter_of, officers_request, request_page
from commonweal.capabilities.protection.removing import Suggesting
from commonweal.capabilities.protection.tasks import forget_spent_packs
from commonweal.capabilities.protection.tests.conftest import AskedFor
from commonweal.capabilities.protection.tests.copies import Copying, contents
from commonweal.conftest import Appoint, Cast, Report
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import at, now, today
from commonweal.foundations.documents.redaction.removals import Removals
from commonweal.foundations.errors import Invalid
from commonweal.foundations.files.keeping import attach_file
from commonweal.foundations.files.storing import store_made
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Staff

pytestmark = pytest.mark.django_db

NOOR = Removals(["Noor Haddad", "Noor", "Haddad", "noor@people.example"])


@pytest.fixture
def copying(cast: Cast) -> Copying:
    made = Copying(cast)
    made.search()
    return made


@pytest.fixture
def ada(appoint: Appoint) -> Staff:
    """A second data protection officer of Leeds."""
    return appoint("Ada Whitfield", "data_protection_officer")


class TestTheSearch:
    """The search is recorded: systems and paper stores searched, terms, places not searched and why (1.8)."""

    def test_it_is_filled_from_the_declarations_and_asks_for_paper(self, cast: Cast) -> None:
        made = Copying(cast)
        begin_search(cast.olu, **made.here)
        places = search_page(cast.olu, **made.here).places
        assert {"cases.note", "people.person", "forms.answer"} <= {each.place for each in places if each.found}
        assert {each.kind for each in places if each.is_open} == {"paper", "database"}

    def test_searching_again_keeps_what_was_decided(self, copying: Copying) -> None:
        copying.decide_plain()
        left = pack_page(copying.cast.olu, **copying.here).left
        begin_search(copying.cast.olu, **copying.here)
        assert pack_page(copying.cast.olu, **copying.here).left == left

    def test_only_the_officer_and_only_for_a_copy(self, cast: Cast, asked_for: AskedFor, copying: Copying) -> None:
        with pytest.raises(ReadingRefused):
            begin_search(cast.priya, **copying.here)
        with pytest.raises(NotACopy):
            begin_search(cast.olu, organisation=cast.leeds, reference=asked_for("erasure").reference)


class TestEachItem:
    """Third parties, per item; exemptions decided per item, never for a class (section 2)."""

    def test_what_identifies_others_is_marked_already(self, copying: Copying) -> None:
        copying.decide_plain()
        texts = [item for item in copying.waiting() if item.label == "cases.note"]
        (note,) = texts
        assert {each.replace("-\n", "") for each in note.suggested} >= {"Noor Haddad", "noor@people.example"}
        assert "".join(piece.text for piece in note.pieces if not piece.is_marked).startswith("Spoke to ")

    def test_what_is_likely_somebody_else_s_is_marked_and_the_person_s_own_is_not(self) -> None:
        suggesting = Suggesting((), Removals(["Rosa Delgado", "Delgado", "rosa@people.example", "632960001"]))
        text = "Call Mr Ev-ans on 01632 960 555, not Mrs Delgado (01632 960 001, rosa@people.example)."
        found = suggesting.of(text, is_ours=False)
        assert set(found.strings) == {"Ev-ans", "01632 960 555"}
        assert not suggesting.of(text, is_ours=True).strings

    def test_a_text_of_nobody_else_is_decided_with_others_like_it_once_it_was_read(self, copying: Copying) -> None:
        before = pack_page(copying.cast.olu, **copying.here).left
        copying.decide_plain()
        assert 0 < pack_page(copying.cast.olu, **copying.here).left < before

    def test_others_are_disclosed_only_with_a_ground(self, copying: Copying) -> None:
        copying.decide_plain()
        item = copying.waiting()[0]
        with pytest.raises(Invalid) as refusal:
            decide_item(copying.cast.olu, **copying.here, number=item.number, decision="disclosed")
        assert set(refusal.value.fields) == {"ground"}
        decide_item(copying.cast.olu, **copying.here, number=item.number, decision="disclosed", ground="consent")

    def test_what_is_withheld_names_an_exemption_of_the_closed_list(self, copying: Copying) -> None:
        copying.decide_plain()
        item = copying.waiting()[0]
        for exemption in ("", "embarrassing"):
            with pytest.raises(Invalid) as refusal:
                decide_item(
                    copying.cast.olu, **copying.here, number=item.number, decision="withheld", exemption=exemption
                )
            assert set(refusal.value.fields) == {"exemption"}

    def test_a_spreadsheet_with_hidden_sheets_does_not_leave(
        self, copying: Copying, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever looks at it does not see them; most breaches of this kind are a hidden sheet."""
        cast = copying.cast
        case = named_case(cast.priya, organisation=cast.leeds, reference=copying.case).id
        _about_noor(copying, files_of=case)
        monkeypatch.setattr(judging, "facts_of", lambda _file: {"has_hidden_sheets": True})
        with pytest.raises(Invalid) as refusal:
            decide_item(cast.olu, **copying.here, number=1, decision="disclosed")
        assert set(refusal.value.fields) == {"decision"}
        monkeypatch.setattr(judging, "facts_of", lambda _file: {"has_hidden_sheets": False})
        decide_item(cast.olu, **copying.here, number=1, decision="disclosed")

    def test_nothing_is_packed_before_all_is_decided(self, copying: Copying, tmp_path: Path) -> None:
        with pytest.raises(ItemsLeft):
            gather(copying.cast.olu, **copying.here, folder=tmp_path)


class TestSeriousHarm:
    """Health, education, social work and child abuse data need a check by a named professional (section 2)."""

    def test_nothing_of_a_restricted_service_is_packed_before_a_professional_looked(
        self, cast: Cast, tmp_path: Path
    ) -> None:
        made = Copying(cast, is_restricted=True)
        made.search()
        for item in made.waiting():
            decide_item(cast.olu, **made.here, number=item.number, decision="disclosed", ground="reasonable")
        with pytest.raises(ItemsLeft):
            made.make(tmp_path)
        said: dict[str, Any] = {"service": "missed_collection", "name": "Bridget Ncube", "on": today()}
        with pytest.raises(Invalid) as refusal:
            record_harm_check(cast.olu, **made.here, **said, is_harmful=False, role="case_worker")
        assert set(refusal.value.fields) == {"role"}
        record_harm_check(cast.olu, **made.here, **said, is_harmful=False, role="social_worker")
        made.make(tmp_path)
        record_harm_check(cast.olu, **made.here, **said, is_harmful=True, role="social_worker")
        with pytest.raises(ItemsLeft):
            made.make(tmp_path)


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
        decide_item(copying.cast.olu, **copying.here, number=1, decision="withheld", exemption="negotiations")
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

    def test_the_gate_names_the_item_that_still_holds_what_was_removed(self, copying: Copying, tmp_path: Path) -> None:
        copying.decide_plain()
        for item in copying.waiting():
            if item.label == "cases.note":
                decide_item(
                    copying.cast.olu, **copying.here, number=item.number, decision="redacted", removed=["Monday"]
                )
            else:
                decide_item(
                    copying.cast.olu, **copying.here, number=item.number, decision="withheld", exemption="others"
                )
        with pytest.raises(StillThere) as refusal:
            copying.make(tmp_path)
        assert "cases.note.text" in " ".join(refusal.value.items)

    def test_what_is_withheld_in_silence_leaves_no_hole(self, copying: Copying, tmp_path: Path) -> None:
        """Practice: tipping off; the same rule holds for packs."""
        copying.decide_plain()
        for item in copying.waiting():
            decide_item(copying.cast.olu, **copying.here, number=item.number, decision="withheld", exemption="crime")
        files = contents(copying.make(tmp_path))
        manifest = json.loads(files["manifest.json"])
        assert all(item["decision"] == "disclosed" for item in manifest["items"])
        assert [item["number"] for item in manifest["items"]] == list(range(1, len(manifest["items"]) + 1))
        assert b"crime" not in files["manifest.json"].lower()
        notes = json.loads(files["data/cases.note.json"])
        assert [note["text"] for note in notes] == ["Collected on Monday."]

    def test_whoever_is_named_in_a_case_never_learns_who_reported_it(self, copying: Copying, tmp_path: Path) -> None:
        """Practice: a confidential reporter is never in the reported person's pack."""
        _about_noor(copying)
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
                decide_item(
                    copying.cast.olu, **copying.here, number=item.number, decision="withheld", exemption="others"
                )
            else:
                decide_item(
                    copying.cast.olu, **copying.here, number=item.number, decision="disclosed", ground="reasonable"
                )
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
        _about_noor(copying, files_of=case)
        for item in copying.waiting():
            decide_item(cast.olu, **copying.here, number=item.number, decision="disclosed")
        before = contents(copying.make(tmp_path))
        assert copying.case.encode() in before["manifest.json"]
        assert {"files/1-first.txt", "files/2-second.txt", "data/cases.party.json"} <= set(before)
        decide_item(cast.olu, **copying.here, number=1, decision="withheld", exemption="crime")
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
        deciding.withhold(
            cast.olu,
            organisation=copying.leeds,
            reference=copying.case,
            exemption="crime",
            review_on=today() + timedelta(days=30),
        )
        _about_noor(copying, files_of=case)
        for item in copying.waiting():
            decide_item(cast.olu, **copying.here, number=item.number, decision="disclosed")
        files = contents(copying.make(tmp_path))
        assert not [name for name, content in files.items() if copying.case.encode() in content]

    def test_openings_withheld_after_an_item_was_decided_leave_no_line_of_it(
        self, copying: Copying, tmp_path: Path
    ) -> None:
        copying.redact_all()
        note = next(item for item in map(copying.item, range(1, 99)) if item and item.label == "cases.note")
        said = {"decision": "withheld", "exemption": "negotiations"}
        decide_item(copying.cast.olu, **copying.here, number=note.number, **said)  # type: ignore[arg-type]
        assert b"negotiations" in contents(copying.make(tmp_path))["manifest.json"]
        deciding.withhold(
            copying.cast.olu,
            organisation=copying.leeds,
            reference=copying.case,
            exemption="crime",
            review_on=today() + timedelta(days=30),
        )
        manifest = json.loads(contents(copying.make(tmp_path))["manifest.json"])
        assert "negotiations" not in {item["exemption"] for item in manifest["items"]}

    def test_portability_holds_what_the_person_gave_alone(self, cast: Cast, tmp_path: Path) -> None:
        made = Copying(cast, "portability")
        made.search()
        made.redact_all()
        files = contents(made.make(tmp_path))
        assert "data/people.person.json" in files
        assert "data/cases.note.json" not in files


class TestTheRelease:
    """Redactor and releaser are two people; a single release has a reason and is sampled (practice: gates)."""

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_a_second_person_releases_it_and_whoever_asked_fetches_it(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        copying.redact_all()
        archive = copying.make(tmp_path)
        rosa = copying.cast.rosa
        assert own_pack(rosa, **copying.here) is None
        release_pack(ada, **copying.here, pack=copying.pack)
        fetched = open_own_pack(rosa, **copying.here)
        assert b"".join(fetched.chunks()) == archive.read_bytes()
        note_fetched(rosa, **copying.here)
        page = pack_page(copying.cast.olu, **copying.here)
        assert page.pack
        assert page.pack.downloaded_at
        assert page.pack.single == ""
        assert request_page(copying.cast.olu, **copying.here).outcome == "partly"

    def test_what_was_taken_out_is_forgotten_once_it_is_answered(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        """The names of others are needed until the pack is made, not for as long as the request is kept."""
        copying.redact_all()
        copying.make(tmp_path)
        assert [strings for strings in _taken_out(copying) if strings]
        release_pack(ada, **copying.here, pack=copying.pack)
        assert [strings for strings in _taken_out(copying) if strings] == []

    def test_alone_it_takes_a_reason_that_stands_on_the_monthly_list(self, copying: Copying, tmp_path: Path) -> None:
        copying.redact_all()
        copying.make(tmp_path)
        olu = copying.cast.olu
        with pytest.raises(Invalid) as refusal:
            release_pack(olu, **copying.here, pack=copying.pack)
        assert set(refusal.value.fields) == {"single"}
        release_pack(olu, **copying.here, pack=copying.pack, single="We are two people, and the other is on leave")
        (row,) = single_releases(olu, organisation=copying.leeds)
        assert (row.reference, row.single) == (copying.reference, "small_body")

    def test_on_the_statutory_day_the_day_is_the_reason(self, copying: Copying, tmp_path: Path) -> None:
        copying.redact_all()
        copying.make(tmp_path)
        with at(now() + timedelta(days=70)):
            release_pack(copying.cast.olu, **copying.here, pack=copying.pack, single="It is due today")
            (row,) = single_releases(copying.cast.olu, organisation=copying.leeds)
        assert row.single == "due"

    def test_a_decision_after_it_was_made_makes_it_old(self, copying: Copying, ada: Staff, tmp_path: Path) -> None:
        copying.redact_all()
        copying.make(tmp_path)
        decide_item(ada, **copying.here, number=1, decision="withheld", exemption="negotiations")
        with pytest.raises(PackIsOld):
            release_pack(ada, **copying.here, pack=copying.pack)

    def test_nobody_else_fetches_it_nor_anybody_once_it_expired(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        copying.redact_all()
        copying.make(tmp_path)
        release_pack(ada, **copying.here, pack=copying.pack)
        with pytest.raises(NoSuchPack):
            open_own_pack(copying.cast.sam, **copying.here)
        with at(now() + timedelta(days=31)), pytest.raises(NoSuchPack):
            open_own_pack(copying.cast.rosa, **copying.here)
        assert own_pack(copying.cast.rosa, **copying.here) is not None

    def test_the_file_of_a_pack_goes_once_it_is_replaced_or_expired_and_its_hash_stays(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        copying.redact_all()
        copying.make(tmp_path)
        assert forget_spent_packs() == 0
        copying.make(tmp_path)
        assert (forget_spent_packs(), forget_spent_packs()) == (1, 0)
        release_pack(ada, **copying.here, pack=copying.pack)
        assert forget_spent_packs() == 0
        assert open_own_pack(copying.cast.rosa, **copying.here)
        with at(now() + timedelta(days=31)):
            assert (forget_spent_packs(), forget_spent_packs()) == (1, 0)
        page = pack_page(copying.cast.olu, **copying.here)
        assert page.pack
        assert page.pack.sha256
        with pytest.raises(NoSuchPack):
            open_pack(copying.cast.olu, **copying.here)

    def test_what_is_posted_is_not_fetched(self, copying: Copying, ada: Staff, tmp_path: Path) -> None:
        copying.redact_all()
        copying.make(tmp_path)
        release_pack(ada, **copying.here, pack=copying.pack, posted_to="Rosa Delgado, 12 High Street, LS1 1UR")
        assert own_pack(copying.cast.rosa, **copying.here) is None
        page = pack_page(copying.cast.olu, **copying.here)
        assert page.pack
        assert page.pack.posted_to.startswith("Rosa Delgado")

    def test_what_is_withheld_in_silence_is_not_told_by_the_letter_either(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        """Practice: tipping off; "given in part" would say that something is held back."""
        copying.decide_plain()
        for item in copying.waiting():
            decide_item(copying.cast.olu, **copying.here, number=item.number, decision="withheld", exemption="crime")
        copying.make(tmp_path)
        release_pack(ada, **copying.here, pack=copying.pack)
        answered = own_request(copying.cast.rosa, **copying.here)
        assert answered.outcome == "done"
        assert not any("exempt" in letter.text for letter in answered.letters)

    def test_what_came_after_the_search_is_looked_at_before_it_leaves(self, copying: Copying, tmp_path: Path) -> None:
        copying.redact_all()
        priya, leeds = copying.cast.priya, copying.leeds
        case = named_case(priya, organisation=leeds, reference=copying.case).id
        add_note(priya, organisation=leeds, case=case, text="Noor Haddad called again.")
        with pytest.raises(SearchIsOld):
            copying.make(tmp_path)
        copying.search()
        with pytest.raises(ItemsLeft):
            copying.make(tmp_path)

    def test_a_text_that_was_changed_after_its_decision_is_decided_anew(self, cast: Cast, tmp_path: Path) -> None:
        """The ground was for the text that was read, not for the place where another stands now."""
        copying = Copying(cast)
        leeds = cast.leeds
        wrong = make_request(cast.rosa, organisation=leeds, kind="rectification", words="It was by the hedge").reference
        copying.search()
        copying.redact_all()
        said: dict[str, Any] = {"case": copying.case, "question": "left_at", "item": 0}
        correct_answer(
            cast.olu, organisation=leeds, reference=wrong, **said, given={"left_at": "By the hedge of Noor Haddad"}
        )
        with pytest.raises(SearchIsOld):
            copying.make(tmp_path)
        copying.search()
        (waiting,) = copying.waiting()
        assert (waiting.label, waiting.names_others) == ("forms.answer", True)
        copying.redact_all()
        assert b"hedge of [removed]" in contents(copying.make(tmp_path))["data/forms.answer.json"]

    def test_what_is_decided_while_it_is_made_is_not_passed_over(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        copying.redact_all()
        gathered = gather(copying.cast.olu, **copying.here, folder=tmp_path)
        decide_item(ada, **copying.here, number=1, decision="withheld", exemption="negotiations")
        packed = Packed(gathered.subject, "", gathered.plan, 1, {}, gathered.gathered_at)
        with pytest.raises(PackIsOld):
            keep_pack(copying.cast.olu, **copying.here, packed=packed)

    def test_nothing_decided_for_one_person_lets_another_s_copy_pass(
        self, copying: Copying, ada: Staff, report: Report, tmp_path: Path
    ) -> None:
        copying.redact_all()
        copying.make(tmp_path)
        cast = copying.cast
        sam = named_case(cast.priya, organisation=copying.leeds, reference=report(cast.sam)).person
        match_person(cast.olu, **copying.here, person=sam)
        assert pack_page(cast.olu, **copying.here).is_old
        with pytest.raises(PackIsOld):
            release_pack(ada, **copying.here, pack=copying.pack)
        with pytest.raises(ItemsLeft):
            gather(cast.olu, **copying.here, folder=tmp_path)

    def test_nothing_leaves_while_evidence_of_who_asks_is_awaited(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        person = request_page(copying.cast.olu, **copying.here).subject
        asked = make_request(
            copying.cast.rosa, organisation=copying.leeds, kind="access", authority="attorney", on_behalf_of="Rosa"
        )
        copying.here["reference"] = asked.reference
        match_person(copying.cast.olu, **copying.here, person=person)
        copying.search()
        copying.redact_all()
        copying.make(tmp_path)
        with pytest.raises(NoAuthority):
            release_pack(ada, **copying.here, pack=copying.pack)
        ask_evidence(copying.cast.olu, **copying.here, text="Show us the power of attorney")
        with pytest.raises(AlreadyWaiting):
            release_pack(ada, **copying.here, pack=copying.pack)
        record_evidence(copying.cast.olu, **copying.here, came_on=today())
        release_pack(ada, **copying.here, pack=copying.pack)

    def test_openings_that_are_withheld_after_it_was_made_do_not_leave_with_it(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        copying.redact_all()
        copying.make(tmp_path)
        deciding.withhold(
            copying.cast.olu,
            organisation=copying.leeds,
            reference=copying.case,
            exemption="crime",
            review_on=today() + timedelta(days=30),
        )
        with pytest.raises(PackIsOld):
            release_pack(ada, **copying.here, pack=copying.pack)

    def test_whoever_uses_the_account_of_somebody_who_died_fetches_nothing(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        copying.redact_all()
        copying.make(tmp_path)
        release_pack(ada, **copying.here, pack=copying.pack)
        record_death(
            copying.cast.priya,
            organisation=copying.leeds,
            reference=copying.case,
            died_on=today(),
            certainty="told",
            told_by="Her daughter",
        )
        with pytest.raises(NoSuchPack):
            open_own_pack(copying.cast.rosa, **copying.here)


class TestItsFiles:
    """What is in a file is told by its kind, and how many there are by nothing else."""

    def test_their_names_leave_no_hole_and_end_as_their_kind_does(self, tmp_path: Path) -> None:
        """Practice: tipping off; and a file without an ending would not be searched again."""
        content: Any = SimpleNamespace(name="report", media_type="text/plain", chunks=lambda: iter([b"Collected."]))
        silent = Given(1, "text", "cases.note", uuid7(), "text", "", "withheld", "", "crime", True, ())
        shown = Given(2, "file", "files.file", uuid7(), "", "", "disclosed", "nobody", "", False, (), content)
        folder = tmp_path / "pack"
        (folder / "data").mkdir(parents=True)
        gathered = Gathered(
            reference="R",
            organisation="Leeds",
            language="en",
            word="removed",
            folder=folder,
            gathered_at=now(),
            plan="plan",
            collected=(),
            services=(),
            rights=(),
            openings=(),
            given=(silent, shown),
            removals=Removals(["Noor"]),
            subject=uuid7(),
        )
        assert "files/1-report.txt" in contents(gathered.write().path)


@query(opens=RIGHTS)
def _opened_strings(actor: Staff, *, organisation: int, reference: str) -> list[tuple[str, ...]]:
    request = officers_request(actor, organisation, reference)
    current_reading().about(matter_of(request))
    return [strings_taken_out(item) for item in Item.objects.filter(request_id=request.id)]


def _taken_out(copying: Copying) -> list[tuple[str, ...]]:
    return _opened_strings(copying.cast.olu, **copying.here)


def _about_noor(copying: Copying, *, files_of: UUID | None = None) -> None:
    """The neighbour who is named in Rosa's case, to which two files may belong, asks for a copy."""
    cast = copying.cast
    (noor,) = find_people(cast.priya, organisation=cast.leeds, words="Noor Haddad")
    asked = make_request(
        cast.priya, organisation=cast.leeds, kind="access", name="Noor Haddad", contact="by phone", channel="phone"
    )
    copying.here = {"organisation": cast.leeds, "reference": asked.reference}
    match_person(cast.olu, **copying.here, person=noor)
    for name in ("first.txt", "second.txt"):
        if files_of is None:
            continue
        said: dict[str, Any] = {"content": iter([b"Collected."]), "size": 10, "name": name, "media_type": "text/plain"}
        file = store_made(cast.olu, organisation=cast.leeds, subject=noor, **said)
        attach_file(cast.olu, organisation=cast.leeds, file=file, to=files_of, subject=noor)
    copying.search()


def test_it_claims_nothing_of_other_systems(cast: Cast) -> None:
    """Article 15(1)(h): what is known of decisions by machines, and who answers for the rest."""
    body = organisations.organisation(cast.olu, organisation=cast.leeds)
    *_others, here, elsewhere = rights_told(body)
    assert "A member of staff makes each decision" in here
    assert "any other system" in elsewhere
    assert (body.contact or body.name) in elsewhere
