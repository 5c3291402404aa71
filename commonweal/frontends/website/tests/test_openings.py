"""A person sees when their information was opened: team, purpose, date; nobody's name."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from commonweal.capabilities.cases.actions.opening import Receipt
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.protection import queries as protection
from commonweal.capabilities.protection.queries import OpeningRow
from commonweal.conftest import Cast


def test_an_opening_by_staff_is_shown_with_team_and_purpose_and_no_name(
    receipt: Receipt, cast: Cast, rosa: Client
) -> None:
    rosa.post("/leeds/your/claim/", {"reference": receipt.reference, "secret": receipt.secret})
    case_page(cast.priya, organisation=cast.leeds, reference=receipt.reference)
    page = rosa.get("/leeds/your/openings/").text
    assert "Waste and recycling" in page
    assert "to deal with your application or report" in page
    assert receipt.reference in page
    assert "Priya" not in page
    assert str(cast.priya.account) not in page


def test_the_general_sentence_stands_on_everybodys_page(rosa: Client) -> None:
    page = rosa.get("/leeds/your/openings/").text
    assert "Nobody has opened your information yet" in page
    assert "Some openings are not shown here" in page
    assert "dpo@council.example" in page


def test_openings_within_an_hour_are_one_line(monkeypatch: pytest.MonkeyPatch, rosa: Client) -> None:
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    row = OpeningRow(at, at.replace(minute=55), 3, "Waste and recycling", "to deal with it", "on screen", "")
    monkeypatch.setattr(protection, "openings", lambda actor, organisation: (row,))
    assert "3 times, last at 9:55am" in rosa.get("/leeds/your/openings/").text
