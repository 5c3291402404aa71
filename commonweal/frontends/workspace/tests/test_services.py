"""The designers' desk: a text is kept whatever it says, previewed, made live as it was seen, and taken back."""

import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from commonweal.capabilities.catalogue.actions import keep_draft, offer_service
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.services import service, services
from commonweal.capabilities.catalogue.queries.wording import Bilingual, Declared
from commonweal.capabilities.identity.actions import accounts, appointing
from commonweal.capabilities.identity.actions.training import record_training
from commonweal.capabilities.identity.queries import acting
from commonweal.conftest import SET_UP, Appoint, Cast
from commonweal.foundations.design.tiles import Tiles
from commonweal.foundations.scope.actors import Resident, Staff, Visitor
from commonweal.foundations.scope.scopes import read_scope
from commonweal.frontends.workspace.services.field_words import FIELDS
from commonweal.frontends.workspace.tests.conftest import SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, text_of

SERVICES = f"{LEEDS}services/"
LOST = f"{SERVICES}lost-property/"
MISSED_COLLECTION = Path(settings.SERVICES) / "missed_collection" / "service.yaml"
SMALLEST = Path(__file__).with_name("lost_property.yaml").read_text()


def changed(old: str, new: str, text: str = SMALLEST) -> str:
    """The declaration with one part replaced; AssertionError when the part is not there exactly once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


NEWER = changed("Report lost property", "Tell us what you lost")
FAULTY = changed("working_days: 5", "working_days: five", NEWER)


@pytest.fixture
def dee(appoint: Appoint) -> Staff:
    """A service designer of Leeds."""
    return appoint("Dee Walker", "service_designer")


@pytest.fixture
def browser(dee: Staff, sign_in: SignIn) -> Client:
    return sign_in(dee)


@pytest.fixture
def offered(cast: Cast) -> None:
    offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)


def hidden(page: Any) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="(seen|based_on|seen_live)" value="([^"]*)"', page.content.decode())
    return dict(fields)


def keep(browser: Client, text: str, overrides: str = "") -> Any:
    fields = hidden(browser.get(f"{LOST}draft/"))
    return browser.post(f"{LOST}draft/", {**fields, "do": "keep", "text": text, "overrides": overrides})


def test_a_designer_comes_to_the_services_and_finds_what_is_live(browser: Client, offered: None) -> None:
    assert browser.get(LEEDS)["Location"] == SERVICES
    assert "Report lost property Version 1 None" in text_of(browser.get(SERVICES))


@pytest.mark.usefixtures("offered")
class TestWriting:
    def test_a_change_is_kept_shown_and_made_live(self, browser: Client, cast: Cast) -> None:
        assert "name: lost_property" in browser.get(f"{LOST}draft/").content.decode()
        assert keep(browser, NEWER)["Location"] == f"{LOST}draft/?done=kept"
        page = browser.get(f"{LOST}live/")
        assert "Changed Title changed Was Report lost property" in text_of(page)
        assert "Is Tell us what you lost" in text_of(page)
        assert browser.post(f"{LOST}live/", hidden(page))["Location"] == f"{LOST}?done=live"
        assert service(Visitor(), organisation=cast.leeds, name="lost_property").service.title.en == (
            "Tell us what you lost"
        )
        listed = text_of(browser.get(LOST))
        assert re.search(r"Version 2 Live .* Dee Walker .* Version 1 Archived .* Our system", listed)

    def test_a_fault_is_shown_beside_its_line_and_nothing_is_lost(self, browser: Client) -> None:
        keep(browser, FAULTY)
        page = browser.get(f"{LOST}draft/")
        line = FAULTY[: FAULTY.index("working_days")].count("\n") + 1
        assert f"{line} working_days: five" in text_of(page)
        assert f"line {line}, case.clocks[0].working_days: This must be a whole number." in text_of(page)
        assert "working_days: five" in page.content.decode().split("<textarea")[1]
        for way in ("live", "preview", "preview/en/start"):
            assert browser.get(f"{LOST}{way}/")["Location"] == f"{LOST}draft/"
        refused = browser.post(f"{LOST}live/", {"seen": "1", "seen_live": "1"})
        assert refused.status_code == 422
        assert "case.clocks[0].working_days: This must be a whole number." in text_of(refused)

    def test_what_is_wrong_in_an_override_is_shown_in_its_own_text(self, browser: Client) -> None:
        keep(browser, SMALLEST, "team: Parks\nhints: {phone: {en: A, cy: A}}")
        page = text_of(browser.get(f"{LOST}draft/"))
        assert "1 team: Parks 2 hints: {phone: {en: A, cy: A}}" in page
        assert "overrides, line 2, hints.phone: There is no question phone any more." in page

    def test_two_designers_at_once(self, browser: Client, sign_in: SignIn, appoint: Appoint) -> None:
        ana = sign_in(appoint("Ana Silva", "service_designer"))
        mine, theirs = (hidden(each.get(f"{LOST}draft/")) for each in (browser, ana))
        ana.post(f"{LOST}draft/", {**theirs, "do": "keep", "text": NEWER})
        late = browser.post(f"{LOST}draft/", {**mine, "do": "keep", "text": FAULTY, "overrides": "team: Parks"})
        assert late.status_code == 409
        assert "Somebody else changed this draft" in text_of(late)
        assert "What Ana Silva saved" in text_of(late)
        assert "working_days: five" in late.content.decode().split("<textarea")[1]
        assert "team: Parks" in late.content.decode().split("<textarea")[2]
        assert browser.post(f"{LOST}draft/", {**hidden(late), "do": "keep", "text": FAULTY}).status_code == 302

    def test_what_changed_while_one_looked_does_not_go_live(self, browser: Client, cast: Cast) -> None:
        keep(browser, NEWER)
        looked = hidden(browser.get(f"{LOST}live/"))
        offer_service(SET_UP, organisation=cast.leeds, declaration=changed("months: 12", "months: 24"))
        late = browser.post(f"{LOST}live/", looked)
        assert late.status_code == 409
        assert "Outcome “Found”: kept in England, months: 24 became 12" in text_of(late)
        assert "Another version has gone live since this draft was started." in text_of(late)
        assert browser.post(f"{LOST}live/", hidden(late)).status_code == 302

    def test_a_draft_is_thrown_away(self, browser: Client) -> None:
        keep(browser, NEWER)
        fields = hidden(browser.get(f"{LOST}draft/"))
        assert browser.post(f"{LOST}draft/", {**fields, "do": "discard"})["Location"] == f"{SERVICES}?done=discarded"
        assert browser.post(f"{LOST}draft/", {**fields, "do": "discard"}).status_code == 404
        assert "Nobody is writing a draft." in text_of(browser.get(LOST))

    def test_a_period_that_nothing_needs_is_warned_of(self, browser: Client) -> None:
        keep(browser, changed("months: 12", "months: 72"))
        assert "“Found” is kept for 72 months. Nothing that the text names needs more than 24 months" in text_of(
            browser.get(f"{LOST}live/")
        )

    def test_an_older_version_is_taken_up_again(self, browser: Client, cast: Cast) -> None:
        offer_service(SET_UP, organisation=cast.leeds, declaration=NEWER)
        page = browser.get(f"{LOST}versions/1/")
        assert "Is Report lost property" in text_of(page)
        assert browser.post(f"{LOST}versions/1/", {"seen_live": "1"}).status_code == 409
        assert browser.post(f"{LOST}versions/1/", hidden(page))["Location"] == f"{LOST}?done=live"
        found = service(Visitor(), organisation=cast.leeds, name="lost_property")
        assert (found.number, found.service.title.en) == (3, "Report lost property")
        assert "What changed from version 2 to version 3" in text_of(browser.get(f"{LOST}compare/?old=2&new=3"))
        for wrong in ("", "?old=1", "?old=1&new=9", "?old=a&new=2", "?old=1&new=9999999999"):
            assert browser.get(f"{LOST}compare/{wrong}").status_code == 404

    def test_a_service_is_no_longer_offered(self, browser: Client, cast: Cast) -> None:
        assert browser.post(LOST, {"do": "withdraw"})["Location"] == f"{LOST}?done=withdrawn"
        assert services(Visitor(), organisation=cast.leeds) == ()
        assert browser.post(LOST, {"do": "withdraw"}).status_code == 404


def test_a_new_service_is_begun(browser: Client) -> None:
    begun = browser.post(f"{SERVICES}new/", {"name": "lost_property", "text": SMALLEST})
    assert begun["Location"] == f"{LOST}draft/?done=kept"
    again = browser.post(f"{SERVICES}new/", {"name": "lost_property", "text": NEWER})
    assert again.status_code == 409
    assert "Tell us what you lost" in again.content.decode()
    bad = browser.post(f"{SERVICES}new/", {"name": "Lost Property!", "text": NEWER})
    assert bad.status_code == 422
    assert "Enter a name with only lower case letters, numbers and underscores" in text_of(bad)
    assert "Tell us what you lost" in bad.content.decode()
    assert "Residents will see all of it for the first time" in text_of(browser.get(f"{LOST}live/"))


class TestPreview:
    @pytest.fixture(autouse=True)
    def written(self, cast: Cast) -> None:
        keep_draft(SET_UP, organisation=cast.leeds, name="missed_collection", text=MISSED_COLLECTION.read_text())

    PAGES = ("start", "page-bin", "page-due", "page-where", "page-contact", "check", "done", "after")

    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.parametrize("language", ["en", "cy"])
    def test_each_page_says_what_it_is_in_its_own_language(self, browser: Client, page: str, language: str) -> None:
        shown = browser.get(f"{SERVICES}missed-collection/preview/{language}/{page}/")
        assert shown.status_code == 200
        assert f'<html lang="{language}"' in shown.content.decode()
        assert "Preview: nothing you type here is kept, and nothing is sent." in text_of(shown)

    def test_its_words_are_the_draft_s_in_each_language(self, browser: Client) -> None:
        welsh, english = (
            text_of(browser.get(f"{SERVICES}missed-collection/preview/{language}/page-bin/"))
            for language in ("cy", "en")
        )
        assert "Pa fin a fethwyd?" in welsh
        assert "Parhau" in welsh
        assert "Which bin was missed?" in english
        after = text_of(browser.get(f"{SERVICES}missed-collection/preview/cy/after/"))
        assert "Wedi'i gasglu" in after
        assert "Mae eich adroddiad {reference} gennym" in after

    def test_what_is_sent_goes_on_and_keeps_nothing(self, browser: Client, cast: Cast) -> None:
        address = f"{SERVICES}missed-collection/preview/en/"
        sent = browser.post(f"{address}page-bin/", {"bin": "recycling"})
        assert sent["Location"] == f"{address}page-due/"
        assert browser.post(f"{address}check/", {})["Location"] == f"{address}done/"
        with read_scope(SET_UP, (cast.leeds,)):
            assert not apps.get_model("forms", "Draft").objects.filter(organisation_id=cast.leeds).exists()
        assert services(Visitor(), organisation=cast.leeds) == ()

    def test_only_the_preview_is_framed_and_only_by_ourselves(self, browser: Client) -> None:
        around = browser.get(f"{SERVICES}missed-collection/preview/?page=page-bin")
        inside = browser.get(f"{SERVICES}missed-collection/preview/en/page-bin/")
        assert "frame-src 'self'" in around["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in around["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in inside["Content-Security-Policy"]
        assert inside["X-Frame-Options"] == "SAMEORIGIN"
        listed = browser.get(SERVICES)
        assert "frame-src" not in listed["Content-Security-Policy"]
        assert listed["X-Frame-Options"] == "DENY"
        assert set(re.findall(r'<iframe[^>]* src="([^"]+)"', around.content.decode())) == {
            f"{SERVICES}missed-collection/preview/{language}/page-bin/" for language in ("en", "cy")
        }

    def test_a_place_is_marked_as_residents_mark_it(self, browser: Client, settings: Settings) -> None:
        settings.MAP = Tiles("https://tiles.leeds.example/{z}/{x}/{y}.png", "Leeds", 17)
        where = browser.get(f"{SERVICES}missed-collection/preview/en/page-where/")
        assert "data-map-settings" in where.text
        assert "img-src 'self' https://tiles.leeds.example" in where["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in where["Content-Security-Policy"]
        other = browser.get(f"{SERVICES}missed-collection/preview/en/page-bin/")
        assert "tiles.leeds.example" not in other.text + other["Content-Security-Policy"]

    def test_there_is_no_page_that_the_draft_does_not_have(self, browser: Client) -> None:
        for way in ("en/page-colour", "fr/start", "en/nothing"):
            assert browser.get(f"{SERVICES}missed-collection/preview/{way}/").status_code == 404
        assert browser.get(f"{LOST}preview/").status_code == 404


def fields_of(declared: type[Declared]) -> set[str]:
    """The names of every field that a declaration may have, however deep."""
    found: set[str] = set()
    for name, field in declared.model_fields.items():
        found.add(name)
        for inside in parts_in(field.annotation):
            found |= fields_of(inside)
    return found


def parts_in(annotation: Any) -> set[type[Declared]]:
    if isinstance(annotation, type):
        return {annotation} if issubclass(annotation, Declared) and annotation is not Bilingual else set()
    return {part for each in get_args(annotation) for part in parts_in(each)}


def test_every_field_of_a_declaration_has_words() -> None:
    missing = fields_of(Service) - {"key"} - FIELDS.keys()
    assert missing == set()
    assert fields_of(Service) >= {"pages", "within_months", "remind_days"}


def test_a_draft_for_another_nation_is_previewed_and_cannot_go_live(cast: Cast, sign_in: SignIn) -> None:
    account = accounts.register_account(SET_UP, email="cai@people.example", password="a long enough password")
    appointing.appoint(SET_UP, organisation=cast.cardiff, account=account, name="Cai Rhys", roles=["service_designer"])
    record_training(SET_UP, account=account, course="starter", passed_on=date(2026, 1, 5), expires_on=date(2099, 1, 5))
    cai = sign_in(
        acting.staff(Resident(account=account), organisation=cast.cardiff, account=account, has_second_factor=True)
    )
    keep_draft(SET_UP, organisation=cast.cardiff, name="lost_property", text=SMALLEST)
    there = "/workspace/cardiff/services/lost-property/"
    assert "Local Government Act 1972" in text_of(cai.get(f"{there}preview/en/start/"))
    refused = cai.post(f"{there}live/", hidden(cai.get(f"{there}live/")))
    assert refused.status_code == 409
    assert "This organisation cannot offer this service" in text_of(refused)


EVERY = sorted(Path(settings.SERVICES).glob("*/service.yaml"))


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.parent.name)
def test_every_service_of_ours_is_previewed_whole_in_both_languages(browser: Client, cast: Cast, path: Path) -> None:
    name = path.parent.name
    keep_draft(SET_UP, organisation=cast.leeds, name=name, text=path.read_text())
    overview = browser.get(f"{SERVICES}{name.replace('_', '-')}/preview/").content.decode()
    addresses = set(re.findall(r'href="(/workspace/leeds/services/[^"]*/preview/(?:en|cy)/[^"]+/)"', overview))
    assert len(addresses) >= 10
    assert {browser.get(address).status_code for address in addresses} == {200}


@pytest.mark.usefixtures("offered")
def test_nobody_else_sees_or_changes_any_of_it(cast: Cast, sign_in: SignIn) -> None:
    keep_draft(SET_UP, organisation=cast.leeds, name="lost_property", text=NEWER)
    ways = ("", "new/", "lost-property/", "lost-property/draft/", "lost-property/live/", "lost-property/versions/1/")
    more = ("lost-property/compare/?old=1&new=1", "lost-property/preview/", "lost-property/preview/en/start/")
    for who in (cast.priya, cast.olu):
        browser = sign_in(who)
        for way in (*ways, *more):
            assert browser.get(f"{SERVICES}{way}").status_code == 403, way
        assert browser.post(f"{LOST}live/", {"seen": "1", "seen_live": "1"}).status_code == 403
        assert browser.post(f"{LOST}draft/", {"seen": "1", "text": SMALLEST}).status_code == 403
        assert browser.post(LOST, {"do": "withdraw"}).status_code == 403
    assert sign_in(cast.huw).get(SERVICES).status_code == 404
