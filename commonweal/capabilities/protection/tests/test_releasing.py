"""A pack is released by two people, and leaves (data-protection.md section 2; practice: gates)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from commonweal.capabilities.cases.actions.bereavement import record_death
from commonweal.capabilities.cases.actions.noting import add_note
from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.protection.actions.correcting import correct_answer
from commonweal.capabilities.protection.actions.judging import record_harm_check
from commonweal.capabilities.protection.actions.packing import Packed, keep_pack
from commonweal.capabilities.protection.actions.releasing import Posting, note_fetched, release_pack
from commonweal.capabilities.protection.actions.requests import make_request, match_person
from commonweal.capabilities.protection.actions.timing import ask_evidence, record_evidence
from commonweal.capabilities.protection.errors import (
    AlreadyWaiting,
    ItemsLeft,
    NoAuthority,
    NoSuchPack,
    PackIsOld,
    SearchIsOld,
)
from commonweal.capabilities.protection.models import Item
from commonweal.capabilities.protection.queries.own import own_request
from commonweal.capabilities.protection.queries.packs.gathering import gather, strings_taken_out
from commonweal.capabilities.protection.queries.packs.owning import open_own_pack, own_pack
from commonweal.capabilities.protection.queries.packs.releasing import open_pack, pack_page, single_releases
from commonweal.capabilities.protection.queries.requests import matter_of, officers_request, request_page
from commonweal.capabilities.protection.tasks import forget_spent_packs
from commonweal.conftest import Cast, Report
from commonweal.foundations.actions.query import query
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.clocks.now import at, now, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.scope.scopes import read_scope
from tests.scenes.copying import Copying, contents

HOME = "Rosa Delgado\n12 High Street\nLS1 1UR"

pytestmark = pytest.mark.django_db


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

    def test_whoever_wrote_down_the_check_for_serious_harm_is_no_second_person(
        self, cast: Cast, ada: Staff, tmp_path: Path
    ) -> None:
        copying = Copying(cast, is_restricted=True)
        copying.search()
        for item in copying.waiting():
            copying.decide(item.number, "disclosed", ground="reasonable")
        said: dict[str, Any] = {"service": "missed_collection", "role": "social_worker", "on": today()}
        record_harm_check(ada, **copying.here, **said, name="Bridget Ncube", is_harmful=False)
        copying.make(tmp_path)
        assert not pack_page(ada, **copying.here).is_second
        with pytest.raises(Invalid) as refusal:
            release_pack(ada, **copying.here, pack=copying.pack)
        assert set(refusal.value.fields) == {"single"}
        record_harm_check(cast.olu, **copying.here, **said, name="Bridget Ncube", is_harmful=True)
        with pytest.raises(ItemsLeft):
            release_pack(ada, **copying.here, pack=copying.pack)
        record_harm_check(cast.olu, **copying.here, **said, name="Bridget Ncube", is_harmful=False)
        release_pack(ada, **copying.here, pack=copying.pack)

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
        copying.decide(1, by=ada, decision="withheld", exemption="negotiations")
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
        posting = Posting("Rosa Delgado, 12 High Street, LS1 1UR", "her call this morning", is_current=True)
        release_pack(ada, **copying.here, pack=copying.pack, posting=posting)
        assert own_pack(copying.cast.rosa, **copying.here) is None
        page = pack_page(copying.cast.olu, **copying.here)
        assert page.pack
        assert page.pack.posted_to.startswith("Rosa Delgado")
        assert page.pack.checked_against == "her call this morning"
        with read_scope(copying.cast.olu, (copying.leeds,)):
            entry = Entry.objects.filter(action="protection.release_pack").latest("at")
        assert entry.changed == ["released_at", "posted_to", "checked_against"]
        assert "High Street" not in str(entry.facts)

    def test_no_copy_is_posted_to_an_address_that_nobody_looked_up_again(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        """No letter goes to a superseded address (data-protection.md section 10)."""
        copying.redact_all()
        copying.make(tmp_path)
        for posting, wrong in {
            Posting("", "", is_current=False): {"posted_to", "checked_against", "is_current"},
            Posting(HOME, " ", is_current=True): {"checked_against"},
            Posting(HOME, "the electoral register", is_current=False): {"is_current"},
            Posting("12 High Street", "the electoral register", is_current=True): {"posted_to"},
            Posting("12 High Street\n\n , \n", "the electoral register", is_current=True): {"posted_to"},
            Posting("\n".join("ABCDEFGHI"), "the electoral register", is_current=True): {"posted_to"},
            Posting(f"{HOME}{' ' * 400}x", "the electoral register", is_current=True): {"posted_to"},
        }.items():
            with pytest.raises(Invalid) as refusal:
                release_pack(ada, **copying.here, pack=copying.pack, posting=posting)
            assert set(refusal.value.fields) == wrong

    def test_until_when_it_can_be_fetched_is_told_as_the_day_here(self, cast: Cast, ada: Staff, tmp_path: Path) -> None:
        """At 23:30 UTC in summer the day is over in London."""
        with at(datetime(2026, 6, 1, 23, 30, tzinfo=UTC)):
            copying = Copying(cast)
            copying.search()
            copying.redact_all()
            copying.make(tmp_path)
            release_pack(ada, **copying.here, pack=copying.pack)
            letters = own_request(cast.rosa, **copying.here).letters
        assert "until 2 July 2026" in letters[-1].text

    def test_what_is_withheld_in_silence_is_not_told_by_the_letter_either(
        self, copying: Copying, ada: Staff, tmp_path: Path
    ) -> None:
        """Practice: tipping off; "given in part" would say that something is held back."""
        copying.decide_plain()
        for item in copying.waiting():
            copying.decide(item.number, decision="withheld", exemption="crime")
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
        copying.decide(1, by=ada, decision="withheld", exemption="negotiations")
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
        copying.withhold_openings()
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


@query(opens=RIGHTS)
def _opened_strings(actor: Staff, *, organisation: int, reference: str) -> list[tuple[str, ...]]:
    request = officers_request(actor, organisation, reference)
    current_reading().about(matter_of(request))
    return [strings_taken_out(item) for item in Item.objects.filter(request_id=request.id)]


def _taken_out(copying: Copying) -> list[tuple[str, ...]]:
    return _opened_strings(copying.cast.olu, **copying.here)
