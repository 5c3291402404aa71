"""Several cases at once: shown before, done by the rules of one, and never over somebody else's change."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.capabilities.cases.queries.opening import CasePage, case_page
from commonweal.capabilities.identity.actions import appointing, relations
from commonweal.capabilities.people.queries import bonds
from commonweal.capabilities.protection.actions.requests import make_request, match_person
from commonweal.capabilities.protection.actions.restricting import restrict
from commonweal.conftest import SET_UP, Appoint, Cast
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.scope.scopes import read_scope
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, press, text_of

pytestmark = pytest.mark.django_db
SEVERAL = f"{LEEDS}worklist/several/"
WORKLIST = f"{LEEDS}cases/"


def chosen_in(page: Any) -> list[str]:
    """The value of each box of the list, in its order."""
    return re.findall(r'name="chosen" value="([^"]+)" form="many"', page.content.decode())


def page_of(cast: Cast, reference: str) -> CasePage:
    return case_page(cast.priya, organisation=cast.leeds, reference=reference)


def send(client: Client, button: str, cases: list[str], **more: str) -> Any:
    return client.post(SEVERAL, {"chosen": cases, "do": button, **more})


def test_one_sees_what_will_happen_and_then_it_does(
    cast: Cast, sign_in: SignIn, report: Report, appoint: Appoint
) -> None:
    asha = appoint("Asha Rao", "case_worker", cast.waste_team)
    priya, references = sign_in(cast.priya), [report() for _number in range(3)]
    boxes = chosen_in(priya.get(WORKLIST))
    asked = text_of(send(priya, "choose", boxes))
    assert "You chose 3 cases" in asked
    assert "Send the crew back" in asked
    assert "Collected" not in asked
    wanted = {"what": "assign", "assignee": str(asha.account), "text": "Please ring first"}
    shown = send(priya, "preview", boxes, **wanted)
    assert text_of(shown).count("Is assigned to Asha Rao") == 3
    assert "Please ring first" in text_of(shown)
    assert page_of(cast, references[0]).assignee is None
    done = priya.post(SEVERAL, {"chosen": boxes, "do": "do", **wanted}, follow=True)
    assert "The chosen cases were changed" in text_of(done)
    pages = [page_of(cast, reference) for reference in references]
    assert {page.assignee for page in pages} == {asha.account}
    assert {page.history[0].text for page in pages} == {"Please ring first"}


def test_each_case_has_its_own_audit_record(cast: Cast, sign_in: SignIn, report: Report) -> None:
    priya = sign_in(cast.priya)
    for _number in range(3):
        report()
    send(priya, "do", chosen_in(priya.get(WORKLIST)), what="move", move="schedule")
    with read_scope(SET_UP, (cast.leeds,)):
        moved = Entry.objects.filter(action="cases.move")
        assert len({entry.about_id for entry in moved}) == 3
        assert Entry.objects.get(action="cases.change_many").facts["done"] == 3


def test_what_changed_meanwhile_is_left_out_and_told(
    cast: Cast, sign_in: SignIn, report: Report, appoint: Appoint
) -> None:
    asha = sign_in(appoint("Asha Rao", "case_worker", cast.waste_team))
    priya, (first, second) = sign_in(cast.priya), (report(), report())
    boxes = chosen_in(priya.get(WORKLIST))
    press(asha, second, "take")
    wanted = {"what": "assign", "assignee": str(cast.priya.account)}
    shown = text_of(send(priya, "preview", boxes, **wanted))
    assert "Left out: it has changed since you chose it" in shown
    assert "Change 1 case" in shown
    answer = send(priya, "do", boxes, **wanted)
    assert "1 case was changed" in text_of(answer)
    assert page_of(cast, first).assignee == cast.priya.account
    assert page_of(cast, second).assignee != cast.priya.account


def test_all_of_it_is_undone_at_once(cast: Cast, sign_in: SignIn, report: Report) -> None:
    priya, references = sign_in(cast.priya), [report() for _number in range(3)]
    done = priya.post(
        SEVERAL,
        {"chosen": chosen_in(priya.get(WORKLIST)), "do": "do", "what": "move", "move": "schedule"},
        follow=True,
    )
    changes = re.findall(r'name="change" value="([^"]+)"', done.content.decode())
    assert len(changes) == 3
    priya.post(f"{LEEDS}undo/", {"change": changes})
    assert {page_of(cast, reference).stage_label for reference in references} == {"Received"}


class TestWhatIsLeftOut:
    def test_ones_own_and_a_relatives(self, cast: Cast, sign_in: SignIn, report: Report, appoint: Appoint) -> None:
        relative, plain = report(name="Bo Larsen"), report()
        person = page_of(cast, relative).person.id
        relations.declare_relation(cast.priya, organisation=cast.leeds, person=person, reference=relative)
        priya = sign_in(cast.priya)
        boxes = chosen_in(priya.get(WORKLIST))
        answer = text_of(send(priya, "do", boxes, what="move", move="schedule"))
        assert "Left out: you said that you are related to the person" in answer
        asha = appoint("Asha Rao", "case_worker", cast.waste_team)
        stages = {case_page(asha, organisation=cast.leeds, reference=each).stage_label for each in (relative, plain)}
        assert stages == {"Received", "Going back"}

    def test_another_teams(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        reference = report()
        boxes = chosen_in(sign_in(cast.priya).get(WORKLIST))
        answer = send(sign_in(cast.tom), "do", boxes, what="note", text="Mine now")
        assert answer.status_code == 409
        assert "1 case is not in your list any more" in text_of(answer)
        assert all(each.kind != "note" for each in page_of(cast, reference).history)

    def test_whoever_is_restricted(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        """UK GDPR Article 18(2): kept, and given to a colleague, but not moved on without a ground."""
        held, plain = report(), report()
        person = page_of(cast, held).person.id
        asked = make_request(cast.olu, organisation=cast.leeds, kind="restriction", name="Rosa Delgado").reference
        match_person(cast.olu, organisation=cast.leeds, reference=asked, person=person)
        restrict(cast.olu, organisation=cast.leeds, reference=asked, ground="accuracy")
        priya = sign_in(cast.priya)
        answer = text_of(send(priya, "do", chosen_in(priya.get(WORKLIST)), what="move", move="schedule"))
        assert "Left out: the person’s information is restricted" in answer
        with read_scope(SET_UP, (cast.leeds,)):
            stages = dict(apps.get_model("cases", "Case").objects.values_list("reference", "stage"))
        assert stages[held] != stages[plain]

    def test_a_move_that_is_not_possible_from_where_it_stands(
        self, cast: Cast, sign_in: SignIn, report: Report
    ) -> None:
        priya, (moved, fresh) = sign_in(cast.priya), (report(), report())
        press(priya, moved, "move.schedule")
        boxes = chosen_in(priya.get(WORKLIST))
        answer = text_of(send(priya, "do", boxes, what="move", move="schedule"))
        assert "you cannot do this at its current stage" in answer
        assert page_of(cast, fresh).stage_label == "Going back"


class TestNoDecisionIsMade:
    def test_nothing_closes(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        priya, reference = sign_in(cast.priya), report()
        boxes = chosen_in(priya.get(WORKLIST))
        for what in ("close", "outcome", "refuse", "move"):
            for move in ("collected", "not_out", "closed", ""):
                answer = send(priya, "do", boxes, what=what, move=move, outcome="not_out")
                assert answer.status_code in (409, 422), (what, move)
        assert page_of(cast, reference).closed_at is None

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({}, "Choose what to do"),
            ({"what": "move"}, "Choose where to move them"),
            ({"what": "note", "text": " "}, "Write the note"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_typed_lost(
        self, cast: Cast, sign_in: SignIn, report: Report, sent: dict[str, str], words: str
    ) -> None:
        priya = sign_in(cast.priya)
        report()
        boxes = chosen_in(priya.get(WORKLIST))
        answer = send(priya, "preview", boxes, **{"text": "Ring first", **sent})
        assert answer.status_code == 422
        assert words in text_of(answer)
        assert sent.get("text", "Ring first").strip() in answer.content.decode()

    def test_none_and_more_than_fifty(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        priya = sign_in(cast.priya)
        report()
        (box,) = chosen_in(priya.get(WORKLIST))
        assert "Choose at least one case" in text_of(send(priya, "choose", []))
        case, _dot, _revision = box.partition(".")
        many = [f"{case[:-4]}{number:04x}.1" for number in range(51)]
        answer = send(priya, "do", many, what="note", text="x")
        assert answer.status_code == 422
        assert "Choose 50 cases or fewer" in text_of(answer)


def test_what_ties_one_to_many_people_is_what_ties_one_to_each(cast: Cast, report: Report, appoint: Appoint) -> None:
    """The rule for one asks one by one; that for many asks as often for many as for one."""
    people = [page_of(cast, report(name=name)).person.id for name in ("Amina Yusuf", "Bo Larsen")]
    people += [page_of(cast, report(account=cast.rosa)).person.id, page_of(cast, report(account=cast.sam)).person.id]
    asha = appoint("Asha Rao", "case_worker", cast.waste_team)
    sam = cast.sam.account
    assert sam is not None
    relations.declare_relation(asha, organisation=cast.leeds, person=people[2], reference="BCDF-2345-X")
    appointing.appoint(SET_UP, organisation=cast.leeds, account=sam, name="Sam", roles=["case_worker"], team=None)
    found = bonds.bonds_of(asha, organisation=cast.leeds, people=people)
    assert found == {person: bonds.bond_of(asha, organisation=cast.leeds, person=person) for person in people}
    assert {bond.kind for bond in found.values()} == {"", "relative", "colleague"}
    counts = []
    for number in (1, 4):
        with CaptureQueriesContext(connection) as asked:
            bonds.bonds_of(asha, organisation=cast.leeds, people=people[-number:])
        counts.append(len(asked))
    assert counts[0] == counts[1]
