"""Rosa's case in Leeds, with a neighbour and a note about him, and her request for a copy."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import yaml
from django.conf import settings
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.noting import add_note
from commonweal.capabilities.cases.actions.opening import submit
from commonweal.capabilities.cases.actions.parties import add_party
from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.filling import answer_page, start_draft
from commonweal.capabilities.people.queries.records import find_people
from commonweal.capabilities.protection.actions.deciding import withhold
from commonweal.capabilities.protection.actions.judging import decide_item, disclose_plain
from commonweal.capabilities.protection.actions.packing import Packed, keep_pack
from commonweal.capabilities.protection.actions.requests import make_request, match_person
from commonweal.capabilities.protection.actions.searching import begin_search, note_place
from commonweal.capabilities.protection.errors import NoSuchItem
from commonweal.capabilities.protection.queries.packs.gathering import gather
from commonweal.capabilities.protection.queries.packs.items import ItemPage, item_page, plain_items
from commonweal.capabilities.protection.queries.packs.searched import search_page
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import today
from commonweal.foundations.files.keeping import attach_file
from commonweal.foundations.files.storing import store_made
from commonweal.foundations.scope.actors import DraftHolder, Staff

NOTE = "Spoke to Noor Haddad next door. NOOR-\nson of Haddad’s cousin; noor@people.example saw the crew."


class Copying:
    """One request for a copy, from the case to the pack."""

    def __init__(self, cast: Cast, kind: str = "access", *, is_restricted: bool = False) -> None:
        self.cast, self.leeds = cast, cast.leeds
        _offer(cast, is_restricted=is_restricted)
        self.case = _report(cast)
        if not is_restricted:
            self._is_worked_on()
        self.reference = make_request(cast.rosa, organisation=cast.leeds, kind=kind).reference
        self.here: dict[str, Any] = {"organisation": cast.leeds, "reference": self.reference}

    def _is_worked_on(self) -> None:
        """A neighbour is added, and Priya writes two notes."""
        cast = self.cast
        neighbour = {"their_name": "Noor Haddad", "their_email": "noor@people.example"}
        case = named_case(cast.priya, organisation=cast.leeds, reference=self.case).id
        add_party(cast.priya, organisation=cast.leeds, case=case, party="neighbour", given=neighbour, sent=uuid7())
        add_note(cast.priya, organisation=cast.leeds, case=case, text=NOTE)
        add_note(cast.priya, organisation=cast.leeds, case=case, text="Collected on Monday.")

    def search(self) -> None:
        begin_search(self.cast.olu, **self.here)
        for place in search_page(self.cast.olu, **self.here).places:
            if place.is_open:
                note_place(self.cast.olu, **self.here, place=place.id, kind=place.kind, terms="Rosa Delgado", found=0)

    def decide_plain(self) -> None:
        while shown := plain_items(self.cast.olu, **self.here):
            disclose_plain(self.cast.olu, **self.here, seen={item.number: item.seen for item in shown})

    def decide(self, number: int, decision: str, *, by: Staff | None = None, **said: Any) -> None:
        """One item is decided as it stands there now."""
        who = by or self.cast.olu
        item = item_page(who, **self.here, number=number)
        assert item
        decide_item(who, **self.here, number=number, seen=item.seen, decision=decision, **said)

    def waiting(self) -> list[ItemPage]:
        found = []
        number = 0
        while (item := self.item(number + 1)) is not None:
            number = item.number
            if not item.decision:
                found.append(item)
        return found

    def item(self, number: int) -> ItemPage | None:
        try:
            return item_page(self.cast.olu, **self.here, number=number)
        except NoSuchItem:
            return None

    def redact_all(self) -> None:
        """Texts about others are redacted as suggested, rows about them withheld."""
        self.decide_plain()
        for item in self.waiting():
            if item.kind == "text":
                self.decide(item.number, "redacted", removed=item.suggested)
            else:
                self.decide(item.number, "withheld", exemption="others")

    def withhold_openings(self) -> None:
        """The case is looked into: its openings are withheld from the person."""
        review_on = today() + timedelta(days=30)
        withhold(self.cast.olu, organisation=self.leeds, reference=self.case, exemption="crime", review_on=review_on)

    def is_about_noor(self, *, files_of: UUID | None = None) -> None:
        """From here on the copy is that of the neighbour who is named in Rosa's case, to which two files may belong."""
        cast = self.cast
        (noor,) = find_people(cast.priya, organisation=cast.leeds, words="Noor Haddad")
        said: dict[str, Any] = {"name": "Noor Haddad", "contact": "by phone", "channel": "phone"}
        asked = make_request(cast.priya, organisation=cast.leeds, kind="access", **said)
        self.here = {"organisation": cast.leeds, "reference": asked.reference}
        match_person(cast.olu, **self.here, person=noor)
        if files_of:
            self._has_files(noor, files_of)
        self.search()

    def _has_files(self, noor: UUID, case: UUID) -> None:
        for name in ("first.txt", "second.txt"):
            given: dict[str, Any] = {"content": iter([b"Collected."]), "size": 10, "media_type": "text/plain"}
            file = store_made(self.cast.olu, organisation=self.leeds, subject=noor, name=name, **given)
            attach_file(self.cast.olu, organisation=self.leeds, file=file, to=case, subject=noor)

    def make(self, folder: Path, by: Staff | None = None) -> Path:
        """The pack, kept; returns the archive."""
        gathered = gather(by or self.cast.olu, **self.here, folder=_fresh(folder))
        written = gathered.write()
        file = store_made(
            by or self.cast.olu,
            organisation=self.leeds,
            content=written.chunks(),
            size=written.size,
            name="pack.zip",
            media_type="application/zip",
            subject=uuid7(),
        )
        packed = Packed(file, written.sha256, "plan", written.rows, written.counts, gathered.gathered_at)
        self.pack = keep_pack(by or self.cast.olu, **self.here, packed=packed)
        return written.path


def contents(archive: Path) -> dict[str, bytes]:
    """Every file of a pack by its path."""
    with ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _offer(cast: Cast, *, is_restricted: bool) -> None:
    """Missed collections whose cases may be about neighbours, each with a name and an email address."""
    declared = yaml.safe_load((Path(settings.SERVICES) / "missed_collection" / "service.yaml").read_text())
    declared["parties"] = [{"key": "neighbour", "label": _words("Neighbour"), "whose": "other"}]
    asked = [_asked("name", "name"), _asked("email", "email")]
    page = {"key": "beside", "title": _words("Next door"), "shown_when": "answers.bin == 'garden'", "questions": asked}
    declared["pages"].append(page)
    if is_restricted:
        declared["restriction"] = {"roles": ["social_worker"], "harm_checked_by": ["social_worker"]}
    offer_service(SET_UP, organisation=cast.leeds, declaration=yaml.safe_dump(declared, allow_unicode=True))


def _asked(place: str, of_type: str) -> dict[str, Any]:
    return {
        "key": f"their_{place}",
        "type": of_type,
        "label": _words(f"Their {place}"),
        "called": _words(f"Their {place}"),
        "if_missing": _words(f"Enter their {place}"),
        "holds": "name" if place == "name" else "contact",
        "why": _words("to know whom it is about"),
        "whose": "other",
        "of_party": "neighbour",
        "fills": f"person.{place}",
    }


def _words(english: str) -> dict[str, str]:
    return {"en": english, "cy": english}


def _fresh(folder: Path) -> Path:
    made = folder / uuid7().hex
    made.mkdir()
    return made


def _report(cast: Cast) -> str:
    draft = start_draft(cast.rosa, organisation=cast.leeds, service="missed_collection")
    holder = DraftHolder(draft=draft, account=cast.rosa.account)
    day = today()
    given = {
        "bin": {"bin": "recycling"},
        "due": {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)},
        "where": {"place-address": "12 High Street", "place-postcode": "LS1 1UR", "left_at": "By the gate of Haddad"},
        "contact": {"name": "Rosa Delgado", "email": "rosa@people.example", "phone": "01632 960 001"},
    }
    for page, typed in given.items():
        answer_page(holder, organisation=cast.leeds, page=page, given=typed)
    return submit(holder, organisation=cast.leeds).reference
