"""Working on a case at the desk: tasks, facts, clocks, and its chronology."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.conftest import SET_UP, Cast
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, case_at, hidden_fields, press, references_in, text_of


def both(text: str) -> dict[str, str]:
    return {"en": text, "cy": text}


@pytest.fixture
def reference(cast: Cast, report: Report) -> str:
    """A case that waits for a task and a fact, and whose clock may be extended."""
    declared: dict[str, Any] = yaml.safe_load(
        (Path(settings.SERVICES) / "missed_collection" / "service.yaml").read_text()
    )
    case = declared["case"]
    case["tasks"] = [{"key": "call", "label": both("Call the crew"), "stage": "received", "roles": ["case_worker"]}]
    case["facts"] = [
        {
            "key": "seen",
            "type": "text",
            "label": both("What the crew saw"),
            "called": both("What the crew saw"),
            "if_missing": both("Enter what the crew saw"),
            "holds": "answer",
            "why": both("to decide"),
        }
    ]
    case["moves"][0]["requires"] = ["call", "seen"]
    next(each for each in case["outcomes"] if each["key"] == "collected")["requires"] = ["seen"]
    reason = {"key": "snow", "label": both("Snow"), "words": both("Snow lies on the roads.")}
    case["clocks"][0]["extension"] = {"working_days": 3, "reasons": [reason]}
    declared["parties"] = [{"key": "neighbour", "label": both("Neighbour"), "whose": "other"}]
    declared["pages"][-1]["questions"] += [_asks_of("name", "name"), _asks_of("email", "email")]
    offer_service(SET_UP, organisation=cast.leeds, declaration=yaml.safe_dump(declared))
    return report()


def _asks_of(place: str, of_type: str) -> dict[str, Any]:
    return {
        "key": f"their_{place}",
        "type": of_type,
        "label": both(f"Their {place}"),
        "called": both(f"Their {place}"),
        "if_missing": both(f"Enter their {place}"),
        "is_optional": True,
        "holds": "name" if place == "name" else "contact",
        "why": both("to decide"),
        "whose": "other",
        "of_party": "neighbour",
        "fills": f"person.{place}",
    }


@pytest.fixture
def priya(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.priya)


def test_the_page_says_what_is_missing_and_offers_the_move_once_it_is_there(reference: str, priya: Client) -> None:
    page = priya.get(case_at(reference))
    assert "“Send the crew back” still needs: Call the crew; What the crew saw." in text_of(page)
    assert 'value="move.schedule"' not in page.content.decode()
    closing = page.content.decode().split(f'formaction="{case_at(reference)}close/')[0].rsplit("<button", 1)[1]
    assert "govuk-button--secondary" in closing, "that a case cannot go on yet does not suggest to close it"
    assert press(priya, reference, "move.schedule", text="Try").status_code == 409
    ticked = press(priya, reference, "tick.call", text="They did not answer")
    assert ticked["Location"] == f"{case_at(reference)}?done=tick"
    assert "They did not answer" in text_of(priya.get(case_at(reference)))
    _record(priya, reference, "Ice on the road")
    page = priya.get(case_at(reference))
    assert 'value="move.schedule"' in page.content.decode()
    assert "Ice on the road" in text_of(page)
    assert press(priya, reference, "move.schedule", text="").status_code == 302


def test_a_fact_that_is_none_is_told_and_one_recorded_meanwhile_is_not_overwritten(
    reference: str, priya: Client
) -> None:
    address = f"{case_at(reference)}facts/seen/"
    wrong = priya.post(address, {"_seen": "0", "seen": " "})
    assert wrong.status_code == 422
    assert "Enter what the crew saw" in text_of(wrong)
    _record(priya, reference, "Ice")
    stale = priya.post(address, {"_seen": "0", "seen": "No ice"})
    assert stale.status_code == 409
    assert "Someone else has already recorded this" in text_of(stale)
    assert "No ice" in stale.content.decode()
    assert "Ice" in text_of(priya.get(case_at(reference)))


def test_the_time_is_extended_with_a_reason_that_the_applicant_is_told(reference: str, priya: Client) -> None:
    address = f"{case_at(reference)}extend/collection/"
    page = priya.get(address)
    assert "Snow lies on the roads." in text_of(page)
    fields = {**hidden_fields(page), "do": "extend"}
    assert priya.post(address, fields).status_code == 422
    assert priya.post(address, {**fields, "reason": "snow"})["Location"] == f"{case_at(reference)}?done=extend"
    assert "Extended: Snow lies on the roads." in text_of(priya.get(case_at(reference)))
    assert "This time cannot be extended now." in text_of(priya.get(address))


def test_the_chronology_begins_with_the_receipt(reference: str, priya: Client) -> None:
    press(priya, reference, "note", text="Rang the crew")
    told = text_of(priya.get(f"{case_at(reference)}chronology/"))
    assert told.index("Received") < told.index("Rang the crew")


def _record(priya: Client, reference: str, words: str) -> None:
    address = f"{case_at(reference)}facts/seen/"
    page = priya.get(address)
    assert page.status_code == 200
    sent = priya.post(address, {"_seen": "0", "seen": words})
    assert sent["Location"] == f"{case_at(reference)}?done=fact", text_of(sent)


def test_the_worklist_offers_a_move_only_when_nothing_it_needs_is_missing(reference: str, priya: Client) -> None:
    worklist = f"{LEEDS}cases/"
    page = priya.get(worklist).content.decode()
    assert 'value="move.schedule"' not in page
    assert f'Open the case<span class="govuk-visually-hidden"> ({reference})' in page
    press(priya, reference, "tick.call")
    _record(priya, reference, "Ice on the road")
    page = priya.get(worklist).content.decode()
    assert 'value="move.schedule"' in page
    assert "Open the case" not in page
    press(priya, reference, "untick.call")
    assert 'value="move.schedule"' not in priya.get(worklist).content.decode()


def test_what_is_missing_of_many_cases_is_asked_in_as_many_queries_as_of_one(
    reference: str, priya: Client, report: Report
) -> None:
    worklist, counts = f"{LEEDS}cases/", []
    for more in (0, 3):
        for _number in range(more):
            report()
        priya.get(worklist)
        with CaptureQueriesContext(connection) as asked:
            assert len(references_in(priya.get(worklist))) == 1 + more
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_outcome_that_needs_something_is_shown_as_not_yet_possible(reference: str, priya: Client) -> None:
    address = f"{case_at(reference)}close/"
    page = priya.get(address)
    assert "Not yet possible" in text_of(page)
    assert "“Collected” still needs: What the crew saw." in text_of(page)
    assert 'value="collected"' not in page.content.decode()
    assert 'value="not_out"' in page.content.decode()
    _record(priya, reference, "Ice on the road")
    page = priya.get(address)
    assert "Not yet possible" not in text_of(page)
    assert 'value="collected"' in page.content.decode()


def test_somebody_is_added_to_a_case_and_ended_and_nothing_typed_is_lost(reference: str, priya: Client) -> None:
    address = f"{case_at(reference)}parties/neighbour/"
    assert f'href="{address}"' in priya.get(case_at(reference)).content.decode()
    page = priya.get(address).content.decode()
    assert page.count("<h1") == 1
    sent = page.split('name="_sent" value="')[1][:36]
    wrong = priya.post(address, {"_sent": sent, "do": "add", "their_name": "Noor Haddad", "their_email": "nobody"})
    assert wrong.status_code == 422
    assert 'value="Noor Haddad"' in wrong.content.decode()
    assert f'name="_sent" value="{sent}"' in wrong.content.decode()
    added = priya.post(address, {"_sent": sent, "do": "add", "their_name": "Noor Haddad", "their_email": ""})
    assert added["Location"] == f"{case_at(reference)}?done=party_add"
    assert "Neighbour: Noor Haddad" in text_of(priya.get(case_at(reference)))
    end = priya.get(address).content.decode().split('value="end.')[1][:36]
    assert priya.post(address, {"do": f"end.{end}"})["Location"] == f"{case_at(reference)}?done=party_end"
    shown = text_of(priya.get(case_at(reference)))
    assert "Noor Haddad until" in shown
    assert "Added: Neighbour" in shown
    assert "No longer: Neighbour" in shown


def test_a_party_that_is_not_declared_and_a_button_that_is_none_are_refused(reference: str, priya: Client) -> None:
    assert priya.get(f"{case_at(reference)}parties/landlord/").status_code == 404
    assert priya.post(f"{case_at(reference)}parties/neighbour/", {"do": "marry"}).status_code == 400


def test_the_chronology_tells_what_was_ticked_extended_and_handed_over_and_why(
    cast: Cast, reference: str, priya: Client, sign_in: SignIn
) -> None:
    press(priya, reference, "tick.call")
    press(priya, reference, "untick.call")
    address = f"{case_at(reference)}extend/collection/"
    priya.post(address, {**hidden_fields(priya.get(address)), "do": "extend", "reason": "snow"})
    press(priya, reference, "hand", team=str(cast.parks_team), text="The tree is theirs")
    told = text_of(sign_in(cast.tom).get(f"{case_at(reference)}chronology/"))
    order = (
        "Received",
        "Done: Call the crew",
        "Not done after all: Call the crew",
        "Time extended:",
        "Handed over to:",
    )
    assert [told.index(words) for words in order] == sorted(told.index(words) for words in order)
    assert "Snow lies on the roads." in told
    assert "The tree is theirs" in told


def test_a_long_history_is_told_in_as_many_queries_as_a_short_one(reference: str, priya: Client) -> None:
    press(priya, reference, "tick.call")
    counts = []
    for more in (0, 4):
        for number in range(more):
            press(priya, reference, "untick.call" if number % 2 == 0 else "tick.call")
        priya.get(case_at(reference))
        with CaptureQueriesContext(connection) as asked:
            priya.get(case_at(reference))
        counts.append(len(asked))
    assert counts[0] == counts[1]
