"""A designer writes, has it looked through, makes it live and takes it back; nobody else does."""

from uuid import UUID

import pytest

from commonweal.capabilities.catalogue.actions import (
    discard_draft,
    keep_draft,
    make_live,
    make_live_again,
    offer_service,
    withdraw_service,
)
from commonweal.capabilities.catalogue.errors import (
    BadDeclaration,
    DraftMoved,
    NoDraft,
    NoSuchVersion,
    NotADesigner,
    PowerMissing,
    VersionMoved,
)
from commonweal.capabilities.catalogue.queries.designing import (
    DraftRow,
    designed,
    draft,
    live_version,
    versions,
)
from commonweal.capabilities.catalogue.queries.services import service, service_version
from commonweal.capabilities.catalogue.tests.declared import SMALLEST, changed
from commonweal.conftest import SET_UP, Appoint, Cast
from commonweal.foundations.errors import Invalid
from commonweal.foundations.scope.actors import Staff, Visitor

VISITOR = Visitor()
NAME = "lost_property"
NEWER = changed("Report lost property", "Tell us what you lost")
NEWEST = changed("Report lost property", "Find what you lost")
FAULTY = changed("working_days: 5", "working_days: five")


@pytest.fixture
def dee(appoint: Appoint) -> Staff:
    """A service designer of Leeds."""
    return appoint("Dee Walker", "service_designer")


def write(who: Staff, cast: Cast, text: str = NEWER, *, overrides: str = "", seen: int = 0) -> DraftRow:
    keep_draft(who, organisation=cast.leeds, name=NAME, text=text, overrides=overrides, seen=seen)
    return draft(who, organisation=cast.leeds, name=NAME)


def go_live(who: Staff, cast: Cast, *, seen: int = 1, seen_live: int = 0) -> UUID:
    return make_live(who, organisation=cast.leeds, name=NAME, seen=seen, seen_live=seen_live)


def test_what_a_designer_wrote_goes_live_in_their_name(cast: Cast, dee: Staff) -> None:
    assert write(dee, cast).is_whole
    made = go_live(dee, cast)
    found = service(VISITOR, organisation=cast.leeds, name=NAME)
    assert (found.version, found.number, found.service.title.en) == (made, 1, "Tell us what you lost")
    live = live_version(dee, organisation=cast.leeds, name=NAME)
    assert live is not None
    assert (live.made_by, live.text) == (dee.account, NEWER)
    with pytest.raises(NoDraft):
        draft(dee, organisation=cast.leeds, name=NAME)


def test_a_draft_is_no_offer(cast: Cast, dee: Staff) -> None:
    offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    write(dee, cast)
    assert service(VISITOR, organisation=cast.leeds, name=NAME).service.title.en == "Report lost property"
    (row,) = designed(dee, organisation=cast.leeds)
    assert (row.title, row.live, row.latest, row.has_draft, row.is_faulty) == (
        "Report lost property", 1, 1, True, False,
    )  # fmt: skip


def test_a_faulty_text_is_kept_with_its_faults_and_cannot_go_live(cast: Cast, dee: Staff) -> None:
    kept = write(dee, cast, FAULTY)
    assert (kept.text, kept.is_whole) == (FAULTY, False)
    (fault,) = kept.faults
    assert (fault.field, fault.sentence) == ("case.clocks[0].working_days", "This must be a whole number.")
    assert fault.line == FAULTY[: FAULTY.index("working_days")].count("\n") + 1
    with pytest.raises(BadDeclaration) as refused:
        go_live(dee, cast)
    assert "case.clocks[0].working_days: This must be a whole number." in refused.value.faults[0]
    assert designed(dee, organisation=cast.leeds)[0].is_faulty


@pytest.mark.parametrize("text", ["", "a: [", "\x00", 'name: "\\0"', "name: \ud7ff", "- " * 2000, "🗑️" * 9000])
def test_nothing_that_was_typed_is_lost_whatever_it_is(cast: Cast, dee: Staff, text: str) -> None:
    kept = write(dee, cast, text)
    assert kept.text == text.replace("\x00", "")
    assert kept.faults
    assert not kept.is_whole


def test_a_draft_keeps_the_name_of_its_service(cast: Cast, dee: Staff) -> None:
    kept = write(dee, cast, changed("name: lost_property", "name: found_property"))
    assert [fault.sentence for fault in kept.faults] == ["This is a draft of lost_property: its name stays."]
    with pytest.raises(BadDeclaration):
        go_live(dee, cast)
    with pytest.raises(Invalid):
        keep_draft(dee, organisation=cast.leeds, name="Lost Property", text="")


def test_two_designers_at_once_overwrite_nothing(cast: Cast, dee: Staff, appoint: Appoint) -> None:
    ana = appoint("Ana Silva", "service_designer")
    write(dee, cast)
    write(ana, cast, NEWEST, seen=1)
    for seen in (0, 1):
        with pytest.raises(DraftMoved):
            write(dee, cast, SMALLEST, seen=seen)
    with pytest.raises(DraftMoved):
        discard_draft(dee, organisation=cast.leeds, name=NAME, seen=1)
    kept = draft(dee, organisation=cast.leeds, name=NAME)
    assert (kept.text, kept.revision, kept.changed_by) == (NEWEST, 2, ana.account)


def test_what_goes_live_is_what_was_looked_at(cast: Cast, dee: Staff) -> None:
    offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    write(dee, cast)
    offer_service(SET_UP, organisation=cast.leeds, declaration=NEWEST)
    with pytest.raises(VersionMoved):
        go_live(dee, cast, seen_live=1)
    write(dee, cast, NEWER + "# a remark\n", seen=1)
    with pytest.raises(VersionMoved):
        go_live(dee, cast, seen=1, seen_live=2)
    assert service(VISITOR, organisation=cast.leeds, name=NAME).number == 2
    go_live(dee, cast, seen=2, seen_live=2)
    assert service(VISITOR, organisation=cast.leeds, name=NAME).number == 3


def test_an_older_version_is_made_live_again_under_a_new_number(cast: Cast, dee: Staff) -> None:
    for text in (SMALLEST, NEWER):
        offer_service(SET_UP, organisation=cast.leeds, declaration=text)
    with pytest.raises(VersionMoved):
        make_live_again(dee, organisation=cast.leeds, name=NAME, number=1, seen_live=1)
    with pytest.raises(NoSuchVersion):
        make_live_again(dee, organisation=cast.leeds, name=NAME, number=9, seen_live=2)
    made = make_live_again(dee, organisation=cast.leeds, name=NAME, number=1, seen_live=2)
    live = service(VISITOR, organisation=cast.leeds, name=NAME)
    assert (live.version, live.number, live.service.title.en) == (made, 3, "Report lost property")
    assert [row.number for row in versions(dee, organisation=cast.leeds, name=NAME)] == [3, 2, 1]
    assert [row.is_live for row in versions(dee, organisation=cast.leeds, name=NAME)] == [True, False, False]


def test_only_designers_of_the_body_may(cast: Cast, dee: Staff, appoint: Appoint) -> None:
    offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    write(dee, cast)
    untrained = appoint("Ted Moss", "service_designer", is_trained=False)
    for who in (cast.priya, cast.olu, cast.huw, untrained, cast.rosa, VISITOR):
        with pytest.raises(NotADesigner):
            designed(who, organisation=cast.leeds)
        with pytest.raises(NotADesigner):
            draft(who, organisation=cast.leeds, name=NAME)
        with pytest.raises(NotADesigner):
            offer_service(who, organisation=cast.leeds, declaration=NEWEST)
        with pytest.raises(NotADesigner):
            keep_draft(who, organisation=cast.leeds, name=NAME, text=NEWEST, seen=1)
        with pytest.raises(NotADesigner):
            make_live(who, organisation=cast.leeds, name=NAME, seen=1, seen_live=1)
        with pytest.raises(NotADesigner):
            make_live_again(who, organisation=cast.leeds, name=NAME, number=1, seen_live=1)
        with pytest.raises(NotADesigner):
            withdraw_service(who, organisation=cast.leeds, name=NAME)
    assert service(VISITOR, organisation=cast.leeds, name=NAME).number == 1


def test_another_body_finds_neither_draft_nor_version(cast: Cast, dee: Staff) -> None:
    write(dee, cast)
    with pytest.raises(NoDraft):
        draft(SET_UP, organisation=cast.fife, name=NAME)
    with pytest.raises(NoDraft):
        discard_draft(SET_UP, organisation=cast.fife, name=NAME, seen=1)
    assert designed(SET_UP, organisation=cast.fife) == ()


def test_a_body_without_the_power_writes_and_cannot_go_live(cast: Cast) -> None:
    keep_draft(SET_UP, organisation=cast.cardiff, name=NAME, text=SMALLEST)
    with pytest.raises(PowerMissing):
        make_live(SET_UP, organisation=cast.cardiff, name=NAME, seen=1, seen_live=0)
    assert draft(SET_UP, organisation=cast.cardiff, name=NAME).text == SMALLEST


def test_what_began_under_a_version_stays_with_it(cast: Cast, dee: Staff) -> None:
    first = offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    write(dee, cast)
    go_live(dee, cast, seen_live=1)
    assert service_version(VISITOR, organisation=cast.leeds, version=first).service.title.en == "Report lost property"
