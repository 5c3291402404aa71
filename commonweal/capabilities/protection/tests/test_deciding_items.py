"""What is found is searched for on record, and decided item by item (data-protection.md sections 1 and 2)."""

from pathlib import Path
from typing import Any

import pytest

from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.protection.actions import judging
from commonweal.capabilities.protection.actions.correcting import correct_answer
from commonweal.capabilities.protection.actions.judging import decide_item, disclose_plain, record_harm_check
from commonweal.capabilities.protection.actions.requests import make_request
from commonweal.capabilities.protection.actions.searching import begin_search
from commonweal.capabilities.protection.errors import ItemsLeft, NotACopy, TextChanged
from commonweal.capabilities.protection.queries.packs.gathering import gather
from commonweal.capabilities.protection.queries.packs.items import plain_items
from commonweal.capabilities.protection.queries.packs.releasing import pack_page
from commonweal.capabilities.protection.queries.packs.searched import search_page
from commonweal.capabilities.protection.rules.removing import Suggesting
from commonweal.capabilities.protection.tests.conftest import AskedFor
from commonweal.conftest import Cast
from commonweal.foundations.clocks.now import today
from commonweal.foundations.documents.redaction.removals import Removals
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.trace import ReadingRefused
from tests.scenes.copying import Copying

pytestmark = pytest.mark.django_db


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
            copying.decide(item.number, decision="disclosed")
        assert set(refusal.value.fields) == {"ground"}
        copying.decide(item.number, decision="disclosed", ground="consent")

    def test_what_is_withheld_names_an_exemption_of_the_closed_list(self, copying: Copying) -> None:
        copying.decide_plain()
        item = copying.waiting()[0]
        for exemption in ("", "embarrassing"):
            with pytest.raises(Invalid) as refusal:
                copying.decide(item.number, decision="withheld", exemption=exemption)
            assert set(refusal.value.fields) == {"exemption"}

    def test_a_spreadsheet_with_hidden_sheets_does_not_leave(
        self, copying: Copying, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever looks at it does not see them; most breaches of this kind are a hidden sheet."""
        cast = copying.cast
        case = named_case(cast.priya, organisation=cast.leeds, reference=copying.case).id
        copying.is_about_noor(files_of=case)
        monkeypatch.setattr(judging, "facts_of", lambda _file: {"has_hidden_sheets": True})
        with pytest.raises(Invalid) as refusal:
            copying.decide(1, decision="disclosed")
        assert set(refusal.value.fields) == {"decision"}
        monkeypatch.setattr(judging, "facts_of", lambda _file: {"has_hidden_sheets": False})
        copying.decide(1, decision="disclosed")

    def test_a_decision_is_about_the_text_that_was_shown(self, cast: Cast) -> None:
        copying = Copying(cast)
        wrong = make_request(cast.rosa, organisation=cast.leeds, kind="rectification", words="Not the gate").reference
        copying.search()
        (shown,) = [item for item in copying.waiting() if item.label == "forms.answer"]
        _correct(copying, wrong, "By the door of Haddad")
        with pytest.raises(TextChanged):
            decide_item(
                cast.olu,
                **copying.here,
                number=shown.number,
                seen=shown.seen,
                decision="disclosed",
                ground="reasonable",
            )
        copying.decide(shown.number, "disclosed", ground="reasonable")
        _correct(copying, wrong, "By the door")
        copying.search()
        plain = plain_items(cast.olu, **copying.here)
        assert shown.number in {item.number for item in plain}
        _correct(copying, wrong, "By the door of Noor Haddad")
        left = pack_page(cast.olu, **copying.here).left
        with pytest.raises(TextChanged):
            disclose_plain(cast.olu, **copying.here, seen={item.number: item.seen for item in plain})
        assert pack_page(cast.olu, **copying.here).left == left

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
            made.decide(item.number, decision="disclosed", ground="reasonable")
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


def _correct(copying: Copying, request: str, left_at: str) -> None:
    said: dict[str, Any] = {"case": copying.case, "question": "left_at", "item": 0, "given": {"left_at": left_at}}
    correct_answer(copying.cast.olu, organisation=copying.leeds, reference=request, **said)
